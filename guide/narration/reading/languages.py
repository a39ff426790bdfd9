"""Which rules a language has; one without any is cleaned and left as it is."""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from guide.narration.reading.scan import Rules
from guide.narration.reading.words import Manner

WITH_RULES = frozenset({"vi", "en", "fr", "zh", "ja", "ko", "de", "es", "ru"})


@dataclass(frozen=True)
class Language:
    rules: Rules = field(default_factory=Rules)
    manner: Manner = field(default_factory=Manner)


NO_RULES = Language()


def language_of(tag: str) -> Language:
    base = tag.replace("_", "-").split("-")[0].lower()
    return load(base) if base in WITH_RULES else NO_RULES


@cache
def load(base: str) -> Language:
    room = import_module(f"guide.narration.reading.{base}")
    return Language(rules=room.RULES, manner=room.MANNER)
