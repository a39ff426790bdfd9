"""The question as it was understood, shown to the visitor in the shape in which it was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from guide.tours import folding

_TYPED: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def shown(question: str, words: Sequence[folding.Word], meant: Sequence[str]) -> str | None:
    """The question as it was understood, or None when that is how it was typed."""
    if [word.written for word in words] == list(meant):
        return None
    spans = [match.span() for match in _TYPED.finditer(question)]
    if len(spans) != len(words):
        return " ".join(meant)
    parts, at = [], 0
    for (start, end), one in zip(spans, meant, strict=True):
        parts += [question[at:start], _cased(one, question[start:end])]
        at = end
    return "".join([*parts, question[at:]])


def as_typed(question: str, words: Sequence[folding.Word]) -> list[str]:
    """The words with their capitals, where they can be told apart as they were typed."""
    found = _TYPED.findall(question)
    return found if len(found) == len(words) else [word.written for word in words]


def _cased(word: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
