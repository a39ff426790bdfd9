"""What an answer looks like: a year for "when", a number for "how many", a name that was not asked for "who"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import yaml

from guide.assistant.finding.asking import Question
from guide.language import base
from guide.tours import folding

_NAME: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_DIGITS: Final = re.compile(r"\d[\d.,]*")
_YEAR: Final = re.compile(r"(?<!\d)\d{3,4}(?!\d)|\d+[./-]\d+[./-]\d+|\d+/\d+")


@dataclass(frozen=True)
class Signs:
    """What a sentence tells of; each is looked for when a question wants it, and kept."""

    sentence: str
    language: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital letter, folded; the first word of a sentence may have one for no reason, and counts only
        when more of a name follows."""
        return frozenset(_names(self.sentence))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(found.rstrip(".,") for found in _DIGITS.findall(self.sentence))

    @cached_property
    def dated(self) -> bool:
        return bool(_YEAR.search(self.sentence))

    @cached_property
    def kinds(self) -> frozenset[str]:
        words = [_form(word, self.language) for word in folding.words(self.sentence)]
        said, running = frozenset(words), "".join(word for word in words if folding.unspaced(word))
        lists = _listed().get(base(self.language), {})
        kinds = {kind for kind, listed in lists.items() if not said.isdisjoint(listed)}
        if running:
            kinds |= {kind for kind, listed in lists.items() if any(one in running for one in listed)}
        return frozenset(kinds)


def fit(question: Question, asked: Signs, told: Signs) -> float:
    """How well a sentence suits what kind of answer is wanted, 0 to 1; what the question itself says is no answer."""
    match question.kind:
        case "when":
            new_numbers = bool(told.numbers - asked.numbers)
            return 1.0 if told.dated and new_numbers else 0.5 if new_numbers or "when" in told.kinds else 0.0
        case "number":
            return 1.0 if told.numbers - asked.numbers else 0.6 if "number" in told.kinds else 0.0
        case "who":
            return 1.0 if told.names - asked.names else 0.0
        case "where":
            return 0.6 * bool(told.names - asked.names) + 0.4 * ("where" in told.kinds)
        case "why" | "how" as kind:
            return 1.0 if kind in told.kinds else 0.0
    return 0.5


def _names(sentence: str) -> list[str]:
    found = [word for word in _NAME.findall(sentence) if word[0].isupper()]
    first = _NAME.search(sentence)
    if found and first and found[0] == first[0] and not any(one.isupper() for one in found[0][1:]):
        following = _NAME.search(sentence, first.end())
        found = found if following and following[0][0].isupper() else found[1:]
    return [folding.folded(word) for word in found]


def _form(word: folding.Word, language: str) -> str:
    return word.written if base(language) == "vi" else word.folded


@cache
def _listed() -> dict[str, dict[str, frozenset[str]]]:
    text = Path(__file__).with_name("answer_signs.yaml").read_text("utf-8")
    read: dict[str, dict[str, list[str]]] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - "no" and "on" are words
    return {tongue: {kind: frozenset(words) for kind, words in lists.items()} for tongue, lists in read.items()}
