"""Learns what small talk and practical matters resemble, from questions as visitors put them.

`python -m bench.training.matters --models FOLDER --out TABLE` reads visitors.jsonl beside this file, which nine writers
made up; what is no matter is learnt from their lines of that kind and from what is asked in readings.yaml. First it
tells how many of each writer's questions are right by words, by vectors and by both, learnt from the other writers'.
"""

from __future__ import annotations

import argparse
import json
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
from guide.assistant.matters.resembling import NOTHING, PLACES, places
from guide.assistant.minds import unmarked
from guide.assistant.models.embedder import Embedder

VISITORS = Path(__file__).with_name("visitors.jsonl")
SMALL = 0.3
"""How strongly the weights are held to nought."""
NOBODY = ""
LARGEST = 127
Numbers = npt.NDArray[np.float32]


class Heard(NamedTuple):
    question: str
    matter: str
    writer: str


class Weights(NamedTuple):
    topics: tuple[str, ...]
    of_words: Numbers
    of_vectors: Numbers
    constants: Numbers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    embedder = embedder_of(given.models)
    heard = [*visitors(), *readings()]
    words = np.array([counted(one.question) for one in heard])
    vectors = np.concatenate([embedder.embed_queries([one.question]) for one in heard])
    for writer in sorted({one.writer for one in heard} - {NOBODY}):
        print(f"# writer {writer}, by words, by vectors, by both:", *right(heard, words, vectors, writer))
    write(given.out, embedder, learnt(heard, words, vectors))


def visitors() -> Iterator[Heard]:
    """Vietnamese once more without its marks."""
    for line in VISITORS.read_text("utf-8").splitlines():
        row = json.loads(line)
        for typed in dict.fromkeys((row["question"], unmarked(row["question"]))):
            yield Heard(typed, row["matter"] or NOTHING, row["writer"])


def readings() -> Iterator[Heard]:
    for reading in yaml.safe_load(READINGS.read_text("utf-8")):
        for asked in reading["asked"]:
            yield from (Heard(question, NOTHING, NOBODY) for question, _ in asked.values())


def counted(question: str) -> Numbers:
    found = places(question)
    row = np.zeros(PLACES, np.float32)
    row[found] = 1 / np.sqrt(max(len(found), 1))
    return row


def right(heard: Sequence[Heard], words: Numbers, vectors: Numbers, writer: str) -> list[float]:
    theirs = np.array([one.writer == writer for one in heard])
    weights = learnt([one for one in heard if one.writer != writer], words[~theirs], vectors[~theirs])
    by_words = words[theirs] @ weights.of_words
    by_vectors = vectors[theirs] @ weights.of_vectors + weights.constants
    wanted = np.array([weights.topics.index(one.matter) for one in heard if one.writer == writer])
    ways = (by_words, by_vectors, by_words + by_vectors)
    return [round(100 * float((scores.argmax(axis=1) == wanted).mean()), 1) for scores in ways]


def learnt(heard: Sequence[Heard], words: Numbers, vectors: Numbers) -> Weights:
    """Ridge regression to one or nought; a matter of which there are few examples counts for more."""
    counts = Counter(one.matter for one in heard)
    topics = tuple(sorted(counts))
    wanted = np.array([[float(one.matter == topic) for topic in topics] for one in heard], np.float32)
    much = np.array([(len(heard) / len(topics) / counts[one.matter]) ** 0.25 for one in heard], np.float32)[:, None]
    mean = vectors.mean(axis=0)
    of_vectors = ridge(np.column_stack((vectors - mean, np.ones(len(vectors)))) * much, wanted * much)
    of_words = ridge(words * much, wanted * much)
    return Weights(topics, of_words, of_vectors[:-1], of_vectors[-1] - mean @ of_vectors[:-1])


def ridge(told: Numbers, wanted: Numbers) -> Numbers:
    """By rows or by columns, whichever there are fewer of."""
    rows, columns = told.shape
    found: Numbers
    if columns < rows:
        found = np.linalg.solve(told.T @ told + SMALL * np.eye(columns), told.T @ wanted)
    else:
        found = told.T @ np.linalg.solve(told @ told.T + SMALL * np.eye(rows), wanted)
    return found


def write(path: Path, embedder: Embedder, weights: Weights) -> None:
    steps = np.abs(weights.of_words).max(axis=0) / LARGEST
    named: dict[str, arrays.Array] = {
        "of_words": np.rint(weights.of_words / steps).astype(np.int8).ravel(),
        "steps": steps.astype(np.float32),
        "of_vectors": weights.of_vectors.astype(np.float16).ravel(),
        "constants": weights.constants.astype(np.float32),
    }
    arrays.write(path, {"model": embedder.model, "topics": list(weights.topics)}, named)
    print(f"# {len(weights.topics)} topics, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
