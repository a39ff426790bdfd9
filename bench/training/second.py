"""Learns which sentence is shown second, from questions whose first sentence is wrong; and when it is told before it.

`python -m bench.training.second CONTENT --models FOLDER`: prints `second` and `before` of learnt.yaml. The weights of
the first are drawn from those of `with_meaning` by questions.tsv over the sample museums, a paragraph and a stop at a
time, and by the made-up readings.yaml; those of the other are a logistic rule over the same questions, as far as just
one of the two sentences answers. XQuAD is not looked at.
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
from bench.training.weights import (
    Asked,
    Numbers,
    World,
    chance_of,
    choices,
    descended,
    drawn,
    holding,
    paragraphs,
    whole_stops,
    worlds,
)
from guide.assistant.finding import ranking
from guide.assistant.finding.meaning import meaning_of
from guide.assistant.finding.retrieval import rows_of
from guide.assistant.models.embedder import Embedder
from guide.assistant.passages import Passage
from guide.tours.sentences import sentences

READINGS = Path(__file__).with_name("readings.yaml")
OF_THE_PASSAGE = ranking.FEATURES.index("passage")
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
        told = list(choices(ours, True))
    wrong = list(missed(told))
    second = learnt(wrong)
    print(f"# {len(wrong)} questions")
    print("second:", written(named(second)))
    pairs = list(one_of_two(told, second))
    *before, base = which_of_two(pairs)
    print(f"# {len(pairs)} questions")
    print("before:", written({"of": named(np.array(before)), "from": round(base, 2)}))


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


def learnt(told: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
    start = ranking.learnt().weights
    return start + drawn(told, start, HOLDING_ON)


def one_of_two(told: Iterable[tuple[Numbers, Numbers]], second: Numbers) -> Iterable[tuple[Numbers, float]]:
    """Of two in one passage, by what the second differs from the first, and is it the one that answers?"""
    for features, right in told:
        order = np.argsort(-(features @ ranking.learnt().weights), kind="stable")
        if len(order) > 2:
            first, others = order[0], order[1:]
            other = others[int(np.argmax(features[others] @ second))]
            difference = features[other] - features[first]
            if right[first] != right[other] and not difference[OF_THE_PASSAGE]:
                yield difference, float(right[other])


def which_of_two(pairs: Sequence[tuple[Numbers, float]]) -> list[float]:
    """Logistic regression; the last is what it adds."""
    rows = np.array([np.append(difference, 1.0) for difference, _ in pairs])
    right = np.array([answers for _, answers in pairs])
    held = np.append(np.ones(rows.shape[1] - 1), 0.0)

    def slope(at: Numbers) -> Numbers:
        return (rows.T @ (chance_of(rows @ at) - right) + held * at) / len(rows)

    return [float(weight) for weight in descended(slope, rows.shape[1], 3000)]


def named(weights: Numbers) -> dict[str, float]:
    return {name: round(float(weight), 2) for name, weight in zip(ranking.FEATURES, weights, strict=True)}


def written(told: object) -> str:
    return json.dumps(told).replace('"', "")


if __name__ == "__main__":
    main()
