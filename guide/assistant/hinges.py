"""What a question hangs on: how heavy, born when, whose wife. A text that has no such word does not answer it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from guide.language import base
from guide.tours.folding import folded

TELLING = 4
"""Letters from which on a single word is known although its diacritics are missing."""


@dataclass(frozen=True)
class Phrases:
    marked: re.Pattern[str]
    bare: re.Pattern[str]

    def stand_in(self, plain: str, without: str) -> bool:
        """Whoever typed no marks at all may have meant any."""
        return bool(self.bare.search(without) if plain == without else self.marked.search(plain))


@dataclass(frozen=True)
class Hinge:
    asked: dict[str, Phrases]
    told: dict[str, Phrases]


def hinges_of(question: str, language: str) -> list[Hinge]:
    """What the question hangs on."""
    tongue, plain, without = base(language), _plain(question), folded(question)
    return [hinge for hinge in _hinges() if tongue in hinge.asked and hinge.asked[tongue].stand_in(plain, without)]


def told_of(hinges: Sequence[Hinge], texts: Iterable[str], language: str) -> bool:
    """Do these texts say something of all that is asked?"""
    tongue, plain = base(language), [_plain(text) for text in texts] if hinges else []
    return all(tongue not in hinge.told or any(map(hinge.told[tongue].marked.search, plain)) for hinge in hinges)


@cache
def _hinges() -> tuple[Hinge, ...]:
    return tuple(Hinge(dict(_phrases(one["asked"])), dict(_phrases(one["told"]))) for one in _read().values())


def _read() -> dict[str, dict[str, dict[str, Sequence[str]]]]:
    found: dict[str, dict[str, dict[str, Sequence[str]]]] = yaml.safe_load(
        Path(__file__).with_suffix(".yaml").read_text("utf-8")
    )
    return found


def phrases_of() -> list[list[dict[str, tuple[list[str], list[str]]]]]:
    """Of each hinge what is asked and what is told, by language: as they are written, and without marks."""
    return [
        [{tag: forms(phrases) for tag, phrases in side.items()} for side in one.values()] for one in _read().values()
    ]


def forms(phrases: Sequence[str]) -> tuple[list[str], list[str]]:
    telling = [phrase for phrase in phrases if _known_without_marks(phrase)]
    return list(map(_plain, phrases)), list(map(_folded, telling))


def _phrases(listed: dict[str, Sequence[str]]) -> Iterator[tuple[str, Phrases]]:
    for language, phrases in listed.items():
        marked, bare = forms(phrases)
        yield language, Phrases(_pattern(marked), _pattern(bare))


def _known_without_marks(phrase: str) -> bool:
    return folded(phrase) == _plain(phrase.rstrip("*")) or " " in phrase or len(phrase) >= TELLING


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    forms = "|".join(re.escape(phrase.rstrip("*")) + (r"\w*" if phrase.endswith("*") else "") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{forms or '(?!)'})(?!\w)")


def _folded(phrase: str) -> str:
    return folded(phrase) + ("*" if phrase.endswith("*") else "")


def _plain(text: str) -> str:
    """Small letters, apostrophes and other signs as spaces."""
    composed = unicodedata.normalize("NFC", text).lower()
    return " ".join(re.sub(r"[^\w*]", " ", composed).split())
