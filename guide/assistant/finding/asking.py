"""What a question asks for: its telling words, and those that only tell what kind of answer is wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from guide.tours import folding

KINDS: Final = ("who", "when", "where", "number", "why", "how", "what")
LONGEST: Final = 64
"""Words of a question that are read; who writes more is not asking."""


@dataclass(frozen=True)
class Question:
    """`telling[n][m]`: does letter m of word n tell what is asked for?"""

    words: tuple[folding.Word, ...]
    telling: tuple[tuple[bool, ...], ...]
    kind: str | None
    pointing: bool = False
    """Does it point to what is before one's eyes, or to what was said before?"""

    def names(self) -> list[folding.Word]:
        return [word for word, telling in zip(self.words, self.telling, strict=True) if any(telling)]


def read(text: str, language: str) -> Question:
    return of_words(folding.words(text)[:LONGEST], language)


def of_words(words: list[folding.Word], language: str) -> Question:
    tongue = language.partition("-")[0]
    forms = [_form(word, tongue) for word in words]
    running = f" {' '.join(forms)} "
    phrases = _phrases(tongue)
    found = [(match.span(), phrases.kinds[match[0]]) for match in phrases.pattern.finditer(running)]
    little = bytearray(len(running))
    for (start, end), _ in found:
        little[start:end] = b"\1" * (end - start)
    kind = min((kind for _, kind in found if kind in KINDS), key=KINDS.index, default=None)
    pointing = any(kind == "pointing" or (kind == "onward" and start == 1) for (start, _), kind in found)
    return Question(tuple(words), tuple(_telling(words, forms, little)), kind, pointing)


def _telling(words: list[folding.Word], forms: list[str], little: bytearray) -> list[tuple[bool, ...]]:
    telling, at = [], 1
    for word, form in zip(words, forms, strict=True):
        span = little[at : at + len(form)]
        at += len(form) + 1
        exact = folding.unspaced(word.folded) and len(form) == len(word.folded)
        telling.append(tuple(not one for one in span) if exact else (not all(span),) * len(word.folded))
    return telling


def _form(word: folding.Word, tongue: str) -> str:
    return word.written if tongue == "vi" else word.folded


def phrases(tongue: str) -> list[str]:
    """All that one asks with."""
    return list(_phrases(tongue).kinds)


def phrase(listed: str, tongue: str) -> str:
    """As it is looked for."""
    return " ".join(_form(word, tongue) for word in folding.words(listed))


@dataclass(frozen=True)
class _Phrases:
    pattern: re.Pattern[str]
    kinds: dict[str, str]


@cache
def _phrases(tongue: str) -> _Phrases:
    kinds: dict[str, str] = {}
    listed = _listed().get(tongue, {})
    for kind in ("little", "onward", "pointing", *reversed(KINDS)):
        kinds |= dict.fromkeys([phrase(one, tongue) for one in listed.get(kind, ())], kind)
    longest = sorted(kinds, key=lambda one: (-len(one), one))
    parts = [re.escape(one) for one in longest if folding.unspaced(one)]
    whole = [re.escape(one) for one in longest if not folding.unspaced(one)]
    spaced = [f"(?<= )(?:{'|'.join(whole)})(?= )"] if whole else []
    return _Phrases(re.compile("|".join(spaced + parts) or "(?!)"), kinds)


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name("question_words.yaml").read_text("utf-8")
    listed: dict[str, dict[str, list[str]]] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - "on" and "no" are words
    return listed
