"""Finding without a server: the file for the pocket, read in plain Python, as a browser would do it (see POCKET.md)."""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guide.assistant.finding import asking, signs
from guide.assistant.finding.pocket_terms import Wanted, cut, wanted
from guide.assistant.finding.pocket_words import PocketWords
from guide.assistant.finding.showing import shown
from guide.tours import folding

NAMES = -1


@dataclass(frozen=True)
class Row:
    passage: int
    number: int
    text: str
    terms: Counter[str]
    length: int


@dataclass(frozen=True)
class Cited:
    """`refused`: nothing is surely there; the sentences are then only the nearest."""

    refused: bool
    confidence: float
    sentences: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Asked:
    question: asking.Question
    text: str
    wanted: Wanted
    gains: Mapping[str, float]
    mass: float
    said: float
    unknown: float

    def share(self, terms: set[str]) -> float:
        return sum(self.gains[term] for term in terms) / self.mass

    def words(self, terms: set[str]) -> dict[int, float]:
        """The whole words among them, by place, each by its part of all whole words."""
        whole = {term: place for term, (_, place, _) in self.wanted.items() if term[0] in "wm"}
        worth: dict[int, float] = defaultdict(float)
        for term, place in whole.items():
            worth[place] += self.gains[term]
        there = {whole[term] for term in terms if term in whole}
        total = max(sum(worth.values()), 1e-6)
        return {place: worth[place] / total for place in there}


@dataclass(frozen=True)
class Held:
    row: Row
    weighed: float
    share: float
    terms: set[str]


class PocketReader:
    def __init__(self, packed: bytes) -> None:
        told = json.loads(gzip.decompress(packed))["minds"][0]
        self.language: str = told["language"]
        self.passages: list[dict[str, Any]] = told["passages"]
        self.rules: dict[str, Any] = told["rules"]
        self.rows = [row for place, one in enumerate(self.passages) for row in _rows(place, one)]
        self._words = PocketWords(told["syllables"], [row.text for row in self.rows]) if told["syllables"] else None
        self._mean_row = sum(row.length for row in self.rows) / max(len(self.rows), 1)

    def find(self, question: str, here: str | None = None, previous: Sequence[str] = ()) -> Cited:
        asked = self._asked(question, previous)
        lexical = self._scores(asked)
        bonus = self._worth_of_here(asked) if here else 0.0
        scores = [score + bonus * (one.get("stop") == here) for score, one in zip(lexical, self.passages, strict=True)]
        best = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[: self.rules["looked_at"]]
        held = [self._held(row, asked) for row in self.rows if row.passage in best]
        for place in best:
            mine = [one.weighed for one in held if one.row.passage == place and one.row.number > 0]
            scores[place] += self.rules["best_sentence"] * max(mine, default=0.0)
        best.sort(key=lambda place: (-scores[place], place))
        looks = self._looks(asked, scores, best, held)
        confidence = self._confidence(asked, lexical, scores, best, held)
        ranked = sorted(looks, key=lambda look: -look[1])
        cited = tuple((self.passages[row.passage]["key"], row.number) for row, _ in ranked)
        return Cited(confidence < self.rules["sure"]["threshold"], confidence, cited)

    @cached_property
    def _postings(self) -> Mapping[str, list[tuple[int, int]]]:
        """Of each term the passages that hold it, and how well it fits there, 1 to 255."""
        held: list[Counter[str]] = [Counter() for _ in self.passages]
        lengths = [0] * len(self.passages)
        for row in self.rows:
            held[row.passage].update(row.terms)
            lengths[row.passage] += row.length
        mean = sum(lengths) / max(len(lengths), 1)
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, terms in enumerate(held):
            burden = self._burden(lengths[place] / mean)
            for term, count in terms.items():
                found[term].append((place, min(max(round(255 * (count / (count + burden))), 1), 255)))
        return found

    def _burden(self, length: float) -> float:
        part: float = self.rules["by_length"]
        return float(self.rules["saturation"]) * (1 - part + part * length)

    def _asked(self, question: str, previous: Sequence[str]) -> Asked:
        asked = self._sought(*self._understood(question))
        if not previous or not (asked.question.pointing or asked.said < self.rules["says_little"] / 2):
            return asked
        earlier = self._sought(*self._understood(previous[-1]))
        first = 1 + max((place for _, place, _ in asked.wanted.values()), default=-1)
        extra = {
            term: (weight * self.rules["borrowed"], place + first, telling)
            for term, (weight, place, telling) in earlier.wanted.items()
            if term not in asked.wanted
        }
        joined = self._sought(asked.question, f"{earlier.text} {asked.text}", asked.wanted | extra)
        return Asked(**{**vars(joined), "said": asked.said + earlier.said})

    def _understood(self, question: str) -> tuple[asking.Question, str]:
        words = folding.words(question)[: asking.LONGEST]
        if self._words is None or not words:
            return asking.of_words(words, self.language), question
        meant = self._words.restored(words)
        read = asking.of_words([folding.words(one)[0] for one in meant], self.language)
        return read, shown(question, words, meant) or question

    def _sought(self, read: asking.Question, text: str, terms: Wanted | None = None) -> Asked:
        terms = wanted(read, self.rules) if terms is None else terms
        count = max(len(self.passages), self.rules["fewest"])
        held = {term: len(self._postings.get(term, ())) for term in terms}
        rarity = {term: math.log1p((count - many + 0.5) / (many + 0.5)) for term, many in held.items()}
        gains = {term: weight * rarity[term] for term, (weight, _, _) in terms.items()}
        mass = max(sum(gains.values()), 1e-6)
        said = sum(rarity[term] for term, (_, _, telling) in terms.items() if telling) / 2
        return Asked(read, text, terms, gains, mass, said, sum(gains[term] for term in terms if not held[term]) / mass)

    def _scores(self, asked: Asked) -> list[float]:
        scores = [0.0] * len(self.passages)
        for term, gain in asked.gains.items():
            for place, fit in self._postings.get(term, ()):
                scores[place] += gain * (self.rules["saturation"] + 1) / 255 * fit / asked.mass
        return scores

    def _worth_of_here(self, asked: Asked) -> float:
        pointing = asked.question.pointing
        if asked.unknown > self.rules["strange"] and not pointing:
            return 0.0
        enough = self.rules["says_little"] * (2 if pointing else 1)
        return float(self.rules["here"] * (1.5 if pointing else 1.0) * max(0.0, 1 - asked.said / enough))

    def _held(self, row: Row, asked: Asked) -> Held:
        burden, full = self._burden(row.length / self._mean_row), self.rules["saturation"] + 1
        there = {term for term in asked.gains if term in row.terms}
        weighed = sum(asked.gains[term] * row.terms[term] * full / (row.terms[term] + burden) for term in there)
        return Held(row, weighed / asked.mass, sum(asked.gains[term] for term in there) / asked.mass, there)

    def _looks(
        self, asked: Asked, scores: Sequence[float], best: Sequence[int], held: Sequence[Held]
    ) -> list[tuple[Row, float]]:
        """The sentences of the best passages that may be said, each with its score."""
        mine = [one for one in held if one.row.passage in best[: self.rules["quoted_from"]]]
        told = signs.Signs(asked.text, self.language)
        looks = []
        for place, one in enumerate(mine):
            same = [other for other in mine if other.row.passage == one.row.passage]
            beside = [
                other.share for other in mine[max(place - 1, 0) : place + 2] if other is not one and other in same
            ]
            features = self._features(asked, one, same) | {
                "passage": scores[one.row.passage] - scores[best[0]],
                "beside": max(beside, default=0.0),
                "kind": signs.fit(asked.question, told, signs.Signs(one.row.text, self.language)),
            }
            features["kind_and_words"] = features["kind"] * one.share
            features |= self._in_course(asked, same, same.index(one))
            if one.row.number > 0 or len(same) == 1:
                looks.append((one.row, sum(self.rules["sentences"].get(n, 0.0) * v for n, v in features.items())))
        return looks

    def _in_course(self, asked: Asked, same: Sequence[Held], place: int) -> dict[str, float]:
        """What a sentence has when it is read after the others of its passage."""
        here, before = same[place].terms, same[place - 1].terms if place else set()
        earlier = set().union(*(one.terms for one in same[:place]))
        part = self.rules["carried"]
        return {
            "carried": asked.share(here) + part * asked.share(before - here),
            "carried_far": asked.share(here) + part * asked.share(earlier - here),
            "fresh": asked.share(here - earlier),
            "late": place / max(len(same) - 1, 1),
        }

    def _features(self, asked: Asked, one: Held, same: Sequence[Held]) -> dict[str, float]:
        spoken = [other for other in same if other.row.number > 0]
        words = asked.words(one.terms)
        said = [asked.words(other.terms) for other in spoken]
        many = max(len(spoken), 1)
        own = {term: 1 - (sum(term in other.terms for other in spoken) - 1) / many for term in one.terms}
        own_words = {place: 1 - (sum(place in other for other in said) - 1) / many for place in words}
        return {
            "weighed": one.weighed,
            "share": one.share,
            "words": sum(words.values()),
            "first": float(one.row.number == 1),
            "short": -math.log(one.row.length / self._mean_row),
            "own": sum(asked.gains[term] * part for term, part in own.items()) / asked.mass,
            "own_words": sum(words[place] * part for place, part in own_words.items()),
        }

    def _confidence(
        self, asked: Asked, lexical: Sequence[float], scores: Sequence[float], best: Sequence[int], held: Sequence[Held]
    ) -> float:
        top = best[0]
        mine = [one for one in held if one.row.passage == top]
        said = [one for one in mine if one.row.number > 0 or len(mine) == 1]
        others = [score for place, score in enumerate(lexical) if place != top]
        features = {
            "share": lexical[top],
            "share_margin": lexical[top] - max(others, default=0.0),
            "sentence": max((one.weighed for one in said), default=0.0),
            "words": max((sum(asked.words(one.terms).values()) for one in said), default=0.0),
            "margin": scores[top] - (scores[best[1]] if len(best) > 1 else 0.0),
        }
        sure = self.rules["sure"]
        told = sum(sure["of"].get(name, 0.0) * value for name, value in features.items()) + sure["from"]
        return 1 / (1 + math.exp(-told))


def _rows(place: int, passage: dict[str, Any]) -> list[Row]:
    """The names, the title unless it is a sentence itself, and the sentences: each that is not empty."""
    spoken = [(number, text) for number, text in passage["sentences"]]
    titled = [] if any(number == 0 for number, _ in spoken) else [(0, passage.get("title", ""))]
    named = [(NAMES, " · ".join(passage["names"]))] if "names" in passage else []
    return [Row(place, number, text, *cut(text)) for number, text in (*named, *titled, *spoken) if text]
