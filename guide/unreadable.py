"""What is wrong with a request that has not the agreed shape: one refusal for each kind of mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guide.errors import GuideError, Unusable


class UnknownKey(Unusable):
    """Perhaps misspelt; nothing is overheard."""


class KeyMissing(Unusable):
    pass


class NotWholeNumber(Unusable):
    """Numbers are numbers, and not text."""


class NotText(Unusable):
    pass


class NotTrueOrFalse(Unusable):
    pass


class NotADay(Unusable):
    pass


class TooLongOrShort(Unusable):
    pass


class NumberTooSmall(Unusable):
    pass


class NumberTooLarge(Unusable):
    pass


class NotOneOf(Unusable):
    pass


class NotJson(Unusable):
    pass


KINDS: dict[str, type[Unusable]] = {
    "extra": UnknownKey,
    "missing": KeyMissing,
    "string_pattern_mismatch": Unusable,
    "string_unicode": NotText,
    "int": NotWholeNumber,
    "string_type": NotText,
    "bool": NotTrueOrFalse,
    "date": NotADay,
    "string": TooLongOrShort,
    "too": TooLongOrShort,
    "greater": NumberTooSmall,
    "less": NumberTooLarge,
    "literal": NotOneOf,
    "enum": NotOneOf,
    "json": NotJson,
    "model": NotJson,
    "list": NotJson,
    "dict": NotJson,
}


def unreadable(error: Mapping[str, Any]) -> GuideError:
    """The refusal for the first thing that was found, as pydantic names it."""
    kind, facts = str(error["type"]), error.get("ctx") or {}
    refusal = KINDS.get(kind) or KINDS.get(kind.split("_")[0]) or Unusable
    expected = str(facts.get("expected", "")).replace("'", "")
    limit = next((value for value in facts.values() if isinstance(value, int)), "")
    return refusal(where=_where(error["loc"]), expected=expected, limit=limit)


def _where(place: tuple[object, ...]) -> str:
    """`tickets.0.count`, without saying that it was in the body; what a stranger wrote is cut short."""
    named = [str(part)[:40] for part in place if part not in ("body", "query", "header", "path")]
    return ".".join(named)[:120].encode("utf-8", "replace").decode() or "JSON"
