"""A museum's own words: said as its people say them, whole words only, the more important or longer first."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from guide.narration.reading.marking import OPEN, marked, unmarked, written
from guide.narration.reading.scan import PIECE, Rule, Rules, by_first
from guide.narration.reading.shapes import Entry, Word

APOSTROPHES = "'’ʼ"
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


@lru_cache(maxsize=64)
def museum_words(entries: tuple[Entry, ...]) -> Rules:
    in_order = sorted(entries, key=lambda entry: (entry.priority, len(entry.word)), reverse=True)
    rows = by_first((one, rule(entry)) for entry in in_order for one in spellings(tidy(entry.word)))
    letters = {first: found for first, found in rows.items() if first[0].isalpha()}
    digits = tuple(r for first, found in rows.items() if first[0].isdigit() for r in found)
    marks = {first: found for first, found in rows.items() if not first[0].isalnum()}
    return Rules(digits=digits, words=letters, marks=marks)


def spellings(word: str) -> list[str]:
    """One for each sign that the word may begin with in a text: the apostrophe of «Kʼpan» counts as a letter."""
    written = (APOSTROPHE.sub(one, word) for one in APOSTROPHES)
    return list({piece.group(): one for one in written if (piece := PIECE.search(one))}.values())


def rule(entry: Entry) -> Rule:
    """An entry with phonemes keeps the written word, or its respelling, for a voice that does not know them."""
    written = tidy(entry.word)
    parts = (APOSTROPHE.sub(APOSTROPHE.pattern, re.escape(part)) for part in written.split())
    pattern = r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
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
