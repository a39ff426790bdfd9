"""Learns which sentence is shown second, from questions whose first sentence is wrong.

`python -m bench.training.second CONTENT --models FOLDER`: prints the weights of `second` in learnt.yaml. They are drawn
from those of `with_meaning` by questions.tsv over the sample museums, a paragraph and a stop at a time, and by the
made-up readings.yaml; XQuAD is not looked at.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import yaml

from bench.assistant_xquad import embedder_of
from bench.training.weights import Asked, Numbers, World, choices, drawn, holding, paragraphs, whole_stops, worlds
from guide.assistant.finding import ranking
from guide.assistant.finding.meaning import meaning_of
from guide.assistant.finding.retrieval import rows_of
from guide.assistant.models.embedder import Embedder
from guide.assistant.passages import Passage
from guide.tours.sentences import sentences

READINGS = Path(__file__).with_name("readings.yaml")
HOLDING_ON = 0.05
"""Much less than the first sentence's are: what else may answer looks different."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("content", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--kept", type=Path, help="where vectors are kept between runs")
    given = parser.parse_args()
    embedder = embedder_of(given.models)
    with tempfile.TemporaryDirectory() as passing:
        kept = given.kept or Path(passing)
        ours = [*worlds(given.content, embedder, kept / "paragraphs", paragraphs)]
        ours += worlds(given.content, embedder, kept / "whole", whole_stops)
        ours += [readings(language, embedder, kept / f"readings-{language}") for language in ("vi", "en")]
        told = list(missed(choices(ours, True)))
    print(f"# {len(told)} questions")
    print(json.dumps(learnt(told)).replace('"', ""))


def readings(language: str, embedder: Embedder, kept: Path) -> World:
    told, asked = [], []
    for number, reading in enumerate(yaml.safe_load(READINGS.read_text("utf-8"))):
        said = sentences(reading["title"][language], reading[language], language)
        told.append(Passage(f"stops/{number}/1", "stop", str(number), language, said[0].text, tuple(said[1:]), ""))
        asked += [(each[language][0], str(number), each[language][1]) for each in reading["asked"]]
    questions = [Asked(question, holding(told, stop, answer)) for question, stop, answer in asked]
    return World(told, meaning_of(rows_of(told), embedder, kept), questions)


def missed(told: Iterable[tuple[Numbers, Numbers]]) -> Iterable[tuple[Numbers, Numbers]]:
    """Without the sentence that comes first, where that does not answer."""
    for features, right in told:
        first = int(np.argmax(features @ ranking.learnt().weights))
        if not right[first]:
            yield np.delete(features, first, axis=0), np.delete(right, first)


def learnt(told: Sequence[tuple[Numbers, Numbers]]) -> dict[str, float]:
    start = ranking.learnt().weights
    weights = start + drawn(told, start, HOLDING_ON)
    return {name: round(float(weight), 2) for name, weight in zip(ranking.FEATURES, weights, strict=True)}


if __name__ == "__main__":
    main()
