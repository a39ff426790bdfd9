"""A museum's own words: said as its people say them, whole words only, the more important or longer first."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from guide.narration.reading.marking import OPEN, marked, unmarked, written
from guide.narration.reading.scan import PIECE, Rule, Rules, by_first
from guide.narration.reading.shapes import Entry, Word


@lru_cache(maxsize=64)
def museum_words(entries: tuple[Entry, ...]) -> Rules:
    in_order = sorted(entries, key=lambda entry: (entry.priority, len(entry.word)), reverse=True)
    rows = by_first((tidy(entry.word), rule(entry)) for entry in in_order if PIECE.search(entry.word))
    letters = {first: found for first, found in rows.items() if first[0].isalpha()}
    digits = tuple(r for first, found in rows.items() if first[0].isdigit() for r in found)
    marks = {first: found for first, found in rows.items() if not first[0].isalnum()}
    return Rules(digits=digits, words=letters, marks=marks)


def rule(entry: Entry) -> Rule:
    """An entry with phonemes keeps the written word, or its respelling, for a voice that does not know them."""
    written = tidy(entry.word)
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(part) for part in written.split()) + r"(?!\w)"
    return Rule(re.compile(pattern, 0 if entry.case else re.IGNORECASE), lambda match: said(entry, match.group()))


def said(entry: Entry, found: str) -> str:
    word = tidy(found if entry.say is None else unmarked(entry.say))
    return marked(word, entry.phonemes) if entry.phonemes and word else word


def tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def rules_of(lexicon: Sequence[Entry]) -> Rules:
    return museum_words(tuple(lexicon)) if lexicon else Rules()


def shown(word: Word) -> Word:
    """Without the marks around sounds, which are for voices alone."""
    if OPEN not in word.spoken:
        return word
    return replace(word, spoken=written(word.spoken), told=word.spoken)
