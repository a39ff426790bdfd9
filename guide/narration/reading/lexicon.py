"""A museum's own words: said as its people say them, whole words only, the longest first."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from guide.narration.reading.scan import PIECE, Rule, Rules, by_first
from guide.narration.reading.shapes import Entry


@lru_cache(maxsize=64)
def museum_words(entries: tuple[Entry, ...]) -> Rules:
    longest_first = sorted(entries, key=lambda entry: len(entry.word), reverse=True)
    rows = by_first((tidy(entry.word), rule(entry)) for entry in longest_first if PIECE.search(entry.word))
    letters = {first: found for first, found in rows.items() if first[0].isalpha()}
    digits = tuple(r for first, found in rows.items() if first[0].isdigit() for r in found)
    marks = {first: found for first, found in rows.items() if not first[0].isalnum()}
    return Rules(digits=digits, words=letters, marks=marks)


def rule(entry: Entry) -> Rule:
    """An entry with phonemes alone keeps the written word: the voice that knows phonemes puts them there."""
    written = tidy(entry.word)
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(part) for part in written.split()) + r"(?!\w)"
    say = tidy(entry.say) if entry.say is not None else None
    return Rule(
        re.compile(pattern, 0 if entry.case else re.IGNORECASE), lambda m: say if say is not None else m.group()
    )


def tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def rules_of(lexicon: Sequence[Entry]) -> Rules:
    return museum_words(tuple(lexicon)) if lexicon else Rules()
