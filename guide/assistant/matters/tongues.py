"""The files of phrases, one a language, read once and kept so that a question is held against all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import yaml

from guide.assistant.matters.words import SAME, Company, Typed, company, cut, difference, one_slip
from guide.tours.folding import Word

Key = TypeVar("Key")
Value = TypeVar("Value")
ALLOWED = ("numbers", "names", "strict", "anything")
"""What a topic says of the words that may stand beside its phrases."""


@dataclass(frozen=True)
class Topic:
    name: str
    company: Company
    numbers: bool
    """May a number stand beside it: an age, a day of the year?"""
    names: bool
    """May a person's name stand beside it?"""
    strict: bool
    """Is nothing allowed beside it, not even the words that say nothing?"""
    anything: bool
    """May anything stand beside it? Whoever says "ignore your instructions" asks for nothing that the museum tells."""


@dataclass(frozen=True)
class Phrase:
    topic: str
    words: tuple[Word, ...]
    against: bool
    """Does it show that something else is meant: "what year did it open"?"""


@dataclass(frozen=True)
class Tongue:
    topics: tuple[Topic, ...]
    around: Company
    """Words that say nothing of what is asked: please, where, is, the."""
    beginning: Mapping[Word, Sequence[Phrase]]
    """Phrases by their first word."""
    meant: Mapping[str, Sequence[Word]]
    """The phrases' words by their letters without marks."""
    alike: Mapping[tuple[str, int], Sequence[str]]
    """The letters of phrases' words by the first of them and their number: a slip is looked for only there."""
    known: frozenset[str]
    """All words of the file: one of them is no slip of another."""

    def found(self, asked: Typed) -> Iterator[tuple[Phrase, range]]:
        """Every phrase that is there, and where."""
        readings = [self._readings(word) for word in asked.words]
        for start, first in enumerate(readings):
            for phrase in chain.from_iterable(self.beginning.get(word, ()) for word in first):
                span = range(start, start + len(phrase.words))
                if span.stop <= len(readings) and _fits(phrase.words, readings[start : span.stop]):
                    yield phrase, span

    def _readings(self, typed: Word) -> dict[Word, int]:
        """What words of phrases a typed word may be, and how far it is from each."""
        if typed.folded in self.known or typed.has_marks:
            return {word: difference(typed, word) for word in self.meant.get(typed.folded, ())}
        first, length = typed.folded[0], len(typed.folded)
        alike = chain.from_iterable(self.alike.get((first, near), ()) for near in (length - 1, length, length + 1))
        near = (self.meant[letters] for letters in alike if one_slip(typed.folded, letters))
        return dict.fromkeys(chain.from_iterable(near), SAME)


def _fits(phrase: Sequence[Word], readings: Sequence[Mapping[Word, int]]) -> bool:
    """Of two words one may have other marks than it should."""
    slips = [reading.get(word) for word, reading in zip(phrase, readings, strict=True)]
    return None not in slips and sum(filter(None, slips)) <= len(phrase) // 2


def known_tongues() -> list[str]:
    return sorted(file.stem for file in Path(__file__).parent.glob("*.yaml"))


def listed(language: str) -> dict[str, Any]:
    """The phrases as they are written; none where the language has no file."""
    file = Path(__file__).with_name(f"{language}.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {"around": "", "topics": {}}
    return found


@cache
def tongue(language: str) -> Tongue:
    told = listed(language)
    topics = tuple(_topic(name, rows) for name, rows in told["topics"].items())
    phrases = [phrase for name, rows in told["topics"].items() for phrase in _phrases(name, rows)]
    meant = _grouped((word.folded, word) for phrase in phrases for word in phrase.words)
    around = company(told["around"])
    known = frozenset(meant).union(around.folded, *(topic.company.folded for topic in topics))
    beginning = _grouped((phrase.words[0], phrase) for phrase in phrases)
    alike = _grouped(((letters[0], len(letters)), letters) for letters in meant)
    return Tongue(topics, around, beginning, meant, alike, known)


def _topic(name: str, rows: Mapping[str, Any]) -> Topic:
    allowed = (bool(rows.get(key)) for key in ALLOWED)
    return Topic(name, company(str(rows.get("with", ""))), *allowed)


def _phrases(name: str, rows: Mapping[str, Any]) -> Iterator[Phrase]:
    for key, against in (("phrases", False), ("unless", True)):
        for phrase in rows.get(key, ()):
            yield Phrase(name, tuple(cut(str(phrase))), against)


def _grouped(pairs: Iterator[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    found: dict[Key, dict[Value, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}
