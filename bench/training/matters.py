"""Learns what small talk and practical matters resemble, from questions as visitors put them.

`python -m bench.training.matters --models FOLDER --out TABLE` reads visitors.jsonl beside this file; what is no matter
is learnt from its own lines of that kind and from what is asked in readings.yaml. Vietnamese is read once more without
its marks. First it tells how well the weights do on each writer's questions when they were learnt from the others'.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import yaml

from bench.assistant_xquad import embedder_of
from bench.training.second import READINGS
from guide.assistant.finding import arrays
from guide.assistant.matters.resembling import NOTHING
from guide.assistant.models.embedder import Embedder

VISITORS = Path(__file__).with_name("visitors.jsonl")
SMALL = 0.3
"""How strongly the weights are held to nought."""
NOBODY = ""
Numbers = npt.NDArray[np.float64]


class Heard(NamedTuple):
    question: str
    matter: str
    writer: str


class Weights(NamedTuple):
    topics: tuple[str, ...]
    weights: Numbers
    constants: Numbers

    def topic(self, vector: Numbers) -> str:
        return self.topics[int(np.argmax(vector @ self.weights + self.constants))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    embedder = embedder_of(given.models)
    heard = [*visitors(), *readings()]
    vectors = np.concatenate([embedder.embed_queries([one.question]) for one in heard]).astype(np.float64)
    for writer in sorted({one.writer for one in heard} - {NOBODY}):
        print(f"# writer {writer}: {right(heard, vectors, writer):.1f} of 100, learnt from the others")
    write(given.out, embedder, learnt(heard, vectors))


def visitors() -> Iterator[Heard]:
    for line in VISITORS.read_text("utf-8").splitlines():
        row = json.loads(line)
        for typed in dict.fromkeys((row["question"], bare(row["question"]))):
            yield Heard(typed, row["matter"] or NOTHING, row["writer"])


def readings() -> Iterator[Heard]:
    for reading in yaml.safe_load(READINGS.read_text("utf-8")):
        for asked in reading["asked"]:
            yield from (Heard(question, NOTHING, NOBODY) for question, _ in asked.values())


def bare(text: str) -> str:
    marked = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def right(heard: Sequence[Heard], vectors: Numbers, writer: str) -> float:
    theirs = np.array([one.writer == writer for one in heard])
    weights = learnt([one for one in heard if one.writer != writer], vectors[~theirs])
    asked = (one for one in heard if one.writer == writer)
    hits = [weights.topic(vector) == one.matter for vector, one in zip(vectors[theirs], asked, strict=True)]
    return 100 * float(np.mean(hits))


def learnt(heard: Sequence[Heard], vectors: Numbers) -> Weights:
    """Ridge regression to one or nought; a matter of which there are few examples counts for more."""
    counts = Counter(one.matter for one in heard)
    topics = tuple(sorted(counts))
    wanted = np.array([[float(one.matter == topic) for topic in topics] for one in heard])
    much = np.array([(len(heard) / len(topics) / counts[one.matter]) ** 0.5 for one in heard])[:, None]
    mean = vectors.mean(axis=0)
    told = np.column_stack((vectors - mean, np.ones(len(vectors))))
    found = np.linalg.solve(told.T @ (told * much) + SMALL * np.eye(told.shape[1]), told.T @ (wanted * much))
    return Weights(topics, found[:-1], found[-1] - mean @ found[:-1])


def write(path: Path, embedder: Embedder, weights: Weights) -> None:
    told = {"model": embedder.model, "topics": list(weights.topics)}
    named = {"weights": weights.weights.astype(np.float16).ravel(), "constants": weights.constants.astype(np.float32)}
    arrays.write(path, told, named)
    print(f"# {len(weights.topics)} topics, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
