"""Learns which sentence answers and how sure that is, from questions of ours over the sample museums.

`python -m bench.training.weights CONTENT XQUAD --models FOLDER --out learnt.yaml`. The weights come from CONTENT and
questions.tsv beside this file; XQUAD sets nothing but the thresholds, where 95.5 of 100 answerable are answered.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from bench.assistant_xquad import embedder_of, part_of, questions_of, stops_of
from guide.assistant.finding import confidence, ranking
from guide.assistant.finding.meaning import Meaning, meaning_of
from guide.assistant.finding.retrieval import Retrieval, rows_of
from guide.assistant.finding.seeking import Weighed
from guide.assistant.models.embedder import Embedder
from guide.assistant.passages import Passage
from guide.tours.sentences import Sentence, sentences

QUESTIONS = Path(__file__).with_name("questions.tsv")
BY_HAND = {
    "passage": 1.5, "weighed": 0.75, "share": 1.5, "meaning": 0.75, "kind": 0.45, "kind_and_words": 0.6,
    "own": 0.45, "own_words": 1.2,
}  # fmt: skip
HOLDING_ON = 10.0
"""How strongly the weights of sentences are held to those set by hand."""
IN_COURSE = ("carried", "carried_far", "fresh", "late")
"""What a pocket does not reckon."""
IN_PLACE = ("within", "within_own")
"""What a sentence means where it stands: which comes first it does not tell better, which comes second it does."""
OF_MEANING = ("meaning", "meaning_beside", "meaning_own", "meaning_margin", "sentence_meaning", *IN_PLACE)
PLAIN = 0.003
"""The inverse of how strongly the rule of sureness is held to saying nothing."""
UNANSWERED = 0.045

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    question: str
    answers: frozenset[tuple[int, int]]
    """The place of a passage and the number of a sentence in it."""

    @property
    def places(self) -> frozenset[int]:
        return frozenset(place for place, _ in self.answers)


@dataclass(frozen=True)
class World:
    passages: Sequence[Passage]
    meaning: Meaning
    asked: Sequence[Asked]

    @property
    def language(self) -> str:
        return self.passages[0].language


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("content", type=Path)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kept", type=Path, help="where vectors are kept between runs")
    given = parser.parse_args()
    embedder = embedder_of(given.models)
    with tempfile.TemporaryDirectory() as passing:
        kept = given.kept or Path(passing)
        museums = list(worlds(given.content, embedder, kept / "paragraphs", paragraphs))
        whole = list(worlds(given.content, embedder, kept / "whole", whole_stops))
        others = [xquad(given.xquad, language, embedder, kept) for language in ("vi", "en", "zh", "es")]
        told = {"sentences": learnt_sentences([*museums, *whole]), "sureness": learnt_sureness(museums, others)}
    given.out.write_text(yaml.safe_dump(told, sort_keys=False), "utf-8")


Cut = Callable[[Path, str], Iterable[Passage]]


def worlds(content: Path, embedder: Embedder, kept: Path, cut: Cut) -> Iterable[World]:
    rows = [line.split("\t") for line in QUESTIONS.read_text("utf-8").splitlines()]
    for museum in sorted(path.name for path in content.iterdir() if path.is_dir()):
        for language, question, answer in (("vi", 1, 2), ("en", 3, 4)):
            told = list(cut(content / museum, language))
            asked = [
                Asked(row[question], holding(told, row[0].partition("/")[2], row[answer]))
                for row in rows
                if row[0].startswith(f"{museum}/")
            ]
            meaning = meaning_of(rows_of(told), embedder, kept / f"{museum}-{language}")
            yield World(told, meaning, [one for one in asked if one.answers])


def paragraphs(folder: Path, language: str) -> Iterable[Passage]:
    for slug, told in stops(folder, language):
        for number, group in groupby(told[1:], key=lambda sentence: sentence.paragraph):
            yield Passage(f"stops/{slug}/{number}", "stop", slug, language, told[0].text, tuple(group), "")


def whole_stops(folder: Path, language: str) -> Iterable[Passage]:
    for slug, told in stops(folder, language):
        yield Passage(f"stops/{slug}/1", "stop", slug, language, told[0].text, tuple(told[1:]), "")


def stops(folder: Path, language: str) -> Iterable[tuple[str, list[Sentence]]]:
    for path in sorted(folder.glob(f"stops/*/{language}.md")):
        title, _, body = path.read_text("utf-8").partition("\n")
        yield path.parent.name, sentences(title.lstrip("# "), body, language)


def holding(passages: Sequence[Passage], stop: str, answer: str) -> frozenset[tuple[int, int]]:
    return frozenset(
        (place, sentence.number)
        for place, passage in enumerate(passages)
        if passage.stop == stop
        for sentence in passage.sentences
        if answer in sentence.text
    )


def xquad(folder: Path, language: str, embedder: Embedder, kept: Path) -> World:
    told = stops_of(folder, language)
    places = {passage.stop: place for place, passage in enumerate(told)}
    asked = [Asked(one["question"], frozenset({(places[one["stop"]], 0)})) for one in questions_of(folder, language)]
    return World(told, meaning_of(rows_of(told), embedder, kept / language), asked)


def learnt_sentences(museums: Sequence[World]) -> dict[str, dict[str, float]]:
    told, by_words = list(choices(museums, True)), list(choices(museums, False))
    return {"with_meaning": drawn_of(told, IN_PLACE), "by_words": drawn_of(by_words, (*OF_MEANING, *IN_COURSE))}


def drawn_of(told: Sequence[tuple[Numbers, Numbers]], without: Sequence[str]) -> dict[str, float]:
    used = [n for n, name in enumerate(ranking.FEATURES) if name not in without]
    names = [ranking.FEATURES[n] for n in used]
    start = np.array([BY_HAND.get(name, 0.0) for name in names])
    weights = start + drawn([(features[:, used], right) for features, right in told], start)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def choices(museums: Sequence[World], by_meaning: bool) -> Iterable[tuple[Numbers, Numbers]]:
    """Of each question what describes the sentences looked at, and which of them answer."""
    for world in museums:
        retrieval = Retrieval.build(world.passages, world.meaning if by_meaning else None)
        for one in world.asked:
            looks = retrieval.look(weighed(retrieval, one.question))
            right = np.array([(look.place, look.number) in one.answers for look in looks], float)
            if right.any():
                yield np.array([look.features for look in looks]), right


def weighed(retrieval: Retrieval, question: str) -> Weighed:
    """By meaning too, also where words alone would do."""
    return retrieval.weigh(retrieval.read(question, retrieval.language), retrieval.meaning)


def drawn(told: Sequence[tuple[Numbers, Numbers]], start: Numbers, holding_on: float = HOLDING_ON) -> Numbers:
    """How far to go from the start so that the right sentences become likelier, by descent."""

    def slope(move: Numbers) -> Numbers:
        total = holding_on * move / 50
        for features, right in told:
            chance = _shares(features @ (start + move))
            wanted = chance * right / max(float((chance * right).sum()), 1e-9)
            total = total + features.T @ (chance - wanted) / len(told)
        return total

    return descended(slope, len(start), 400)


def _shares(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max())
    return raised / raised.sum()


def descended(slope: Callable[[Numbers], Numbers], size: int, steps: int) -> Numbers:
    """Adam's rule."""
    at, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        down = slope(at)
        mean, square = 0.9 * mean + 0.1 * down, 0.999 * square + 0.001 * down**2
        at = at - 0.03 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return at


def learnt_sureness(museums: Sequence[World], others: Sequence[World]) -> dict[str, object]:
    told = {}
    for name, by_meaning in (("with_meaning", True), ("by_words", False)):
        used = [n for n, one in enumerate(confidence.FEATURES) if by_meaning or one not in OF_MEANING]
        seen = [[part[:, used] for part in taken_away(part_worlds, by_meaning)] for part_worlds in by_language(museums)]
        weights, base = rule(seen)
        thresholds = {}
        for world in others:
            there = taken_away([world], by_meaning)[0][:, used] @ weights + base
            thresholds[world.language] = round(float(chance_of(np.quantile(there, UNANSWERED))), 3)
            lost = [one[:, used] @ weights + base for one in taken_away([world], by_meaning)[1:]]
            print(
                name, world.language, [round(100 * float((one < np.quantile(there, 0.05)).mean()), 1) for one in lost]
            )
        thresholds["other"] = round((thresholds.pop("zh") + thresholds.pop("es")) / 2, 3)
        small = {tongue: balanced(part, weights, base) for tongue, part in zip(("vi", "en"), seen, strict=True)}
        small["other"] = round(sum(small.values()) / 2, 3)
        told[name] = {
            "of": {confidence.FEATURES[n]: round(float(w), 3) for n, w in zip(used, weights, strict=True)},
            "from": round(base, 3),
            "threshold": {tongue: [small[tongue], thresholds[tongue]] for tongue in ("vi", "en", "other")},
        }
    return told


def balanced(seen: Sequence[Numbers], weights: Numbers, base: float) -> float:
    """Where as many of the answerable are answered as of the others are refused."""
    there, *lost = (chance_of(part @ weights + base) for part in seen)
    gone = np.concatenate(lost)
    return float(min(np.arange(0.3, 0.7, 0.01), key=lambda at: abs((there >= at).mean() - (gone < at).mean())).round(2))


def by_language(museums: Sequence[World]) -> list[list[World]]:
    return [[world for world in museums if world.language == language] for language in ("vi", "en")]


def taken_away(museums: Sequence[World], by_meaning: bool) -> list[Numbers]:
    """What is known of questions that can be answered, whose paragraph is gone, and whose stop is gone."""
    seen: list[list[Numbers]] = [[], [], []]
    for world in museums:
        slugs = sorted({passage.stop or "" for passage in world.passages})
        large = len(slugs) > 100  # five stops there are one article
        stops = [slugs.index(passage.stop or "") // (5 if large else 1) for passage in world.passages]
        folds = [(1, [n % 5 == fold for n in range(len(stops))]) for fold in ((0, 3) if large else range(5))]
        folds += [(2, [stop % 4 == fold for stop in stops]) for fold in ((0, 2) if large else range(4))]
        for kind, gone in folds:
            for place, found in evidence_without(world, gone, by_meaning):
                seen[kind if place else 0].append(found)
    return [np.array(one) for one in seen]


def evidence_without(world: World, gone: Sequence[bool], by_meaning: bool) -> Iterable[tuple[bool, Numbers]]:
    left = [passage for passage, missing in zip(world.passages, gone, strict=True) if not missing]
    retrieval = Retrieval.build(left, part_of(world.meaning, world.passages, gone) if by_meaning else None)
    for one in world.asked:
        lost = [gone[place] for place in one.places]
        if all(lost) or not any(lost):
            seen = weighed(retrieval, one.question)
            yield all(lost), confidence.evidence(seen, retrieval.look(seen))


def rule(seen: Sequence[Sequence[Numbers]]) -> tuple[Numbers, float]:
    """Logistic regression over standardised numbers; the answerable weigh as much as both kinds of unanswerable."""
    rows = np.concatenate([part for parts in seen for part in parts])
    right = np.concatenate([np.full(len(part), n == 0, float) for parts in seen for n, part in enumerate(parts)])
    weight = np.concatenate(
        [np.full(len(part), (1 if n == 0 else 0.5) / len(part)) for parts in seen for n, part in enumerate(parts)]
    )
    weight = weight * len(rows) / weight.sum()
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    scaled = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    held = np.append(np.full(rows.shape[1], 1 / PLAIN), 0.0)

    def slope(at: Numbers) -> Numbers:
        return (scaled.T @ (weight * (chance_of(scaled @ at) - right)) + held * at) / len(rows)

    found = descended(slope, scaled.shape[1], 600)
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def chance_of(told: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-told))


if __name__ == "__main__":
    main()
