"""How Kokoro reads what is written: a text becomes phonemes, each stretch with the place it comes from.

This runs in the engine's own process. A language's own reading is in the file beside this one that bears its name;
a word of another script is read as its own language has it, or spelt, and never left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Protocol

from guide.narration.engines.parts import Part


class Letters(Protocol):
    def parts(self, text: str) -> Iterator[Part]:
        """In order; the places are those of the text."""
        ...


FULL_STOPS = str.maketrans(
    {
        "。": ".",
        "．": ".",
        "、": ",",
        "，": ",",
        "；": ";",
        "：": ":",
        "！": "!",
        "？": "?",
        "¡": None,
        "¿": None,
        "―": "—",
        "–": "—",
        "〜": "—",
        "～": "—",
        "・": " ",
        "·": " ",
        **dict.fromkeys("«「『【《〈〔“", "“"),
        **dict.fromkeys("»」』】》〉〕”", "”"),
        "（": "(",
        "）": ")",
    }
)
"""What the voice knows of marks; a mark that it does not know is a pause."""
MARKS = ';:,.!?—…"()“”'
OPENING, CLOSING = ("“", "("), tuple(";:,.!?…)”")
LETTER = "A-Za-z\\u00c0-\\u024f\\u1e00-\\u1eff\\u0300-\\u036fＡ-Ｚａ-ｚ"
LATIN = re.compile(rf"[{LETTER}]+(?:['’-][{LETTER}]+)*")
NEAREST = {
    **dict.fromkeys("ɓʙ", "b"),
    **dict.fromkeys("ɗ", "d"),
    **dict.fromkeys("gɠ", "ɡ"),
    **dict.fromkeys("ɫɬɭʟɮ", "l"),
    **dict.fromkeys("ɱ", "m"),
    **dict.fromkeys("ɦħʕ", "h"),
    **dict.fromkeys("ʀ", "ʁ"),
    **dict.fromkeys("ʐʑɮ", "ʒ"),
    "ʍ": "w",
    "ɝ": "ɜɹ",
    "ɶ": "œ",
    "ɞ": "ɜ",
    "ɘ": "ə",
    "ɵ": "o",
    "ʉ": "u",
    "ʏ": "y",
    "ä": "a",
    "ˑ": "ː",
}
"""For a sound that the voice has no sign of its own for: the nearest that it has."""


def known(phonemes: str, signs: frozenset[str]) -> str:
    """As the voice writes them; a sound that it has not even nearly is left out."""
    plain = "".join(sign if sign in signs else NEAREST.get(sign, sign) for sign in phonemes)
    parted = "".join(sign if sign in signs else unicodedata.normalize("NFD", sign) for sign in plain)
    return "".join(sign for sign in parted if sign in signs)


def with_sounds(letters: Letters, text: str, sounds: list[tuple[int, int, str]]) -> list[Part]:
    """The museum's own phonemes where it gave them; the words around them are read as they stand together."""
    parts = list(letters.parts(text))
    for start, end, phonemes in sounds:
        within = [part for part in parts if start <= part.place < end]
        before = [part for part in parts if part.place < start]
        after = parts[len(before) + len(within) :]
        if not apart(text, start, end, within, after):
            before, after = list(letters.parts(text[:start])), _moved(letters.parts(text[end:]), end)
        parts = [*before, Part(start, phonemes + (_ending(within) or " ")), *after]
    return parts


def apart(text: str, start: int, end: int, within: list[Part], after: list[Part]) -> bool:
    """Whether the word was read by itself, and not as a part of another."""
    rest = text[end : after[0].place if after else len(text)]
    return bool(within) and within[0].place == start and not any(letter.isalnum() for letter in rest)


def _ending(parts: list[Part]) -> str:
    return parts[-1].phonemes[len(parts[-1].phonemes.rstrip(f"{MARKS} ")) :] if parts else ""


def tidied(parts: Iterator[Part]) -> Iterator[Part]:
    """With single spaces: a mark stands close to the word that it ends, or before the one that it opens."""
    before: Part | None = None
    for part in parts:
        phonemes = " ".join(part.phonemes.split()) + (" " if part.phonemes[-1:].isspace() else "")
        if phonemes.strip() in OPENING:
            phonemes = phonemes.strip()
        if before and phonemes[:1] in CLOSING:
            before = Part(before.place, before.phonemes.rstrip())
        if before:
            yield before
        before = Part(part.place, phonemes) if phonemes.strip() else None
    if before:
        yield before


def _moved(parts: Iterator[Part], by: int) -> list[Part]:
    return [Part(part.place + by, part.phonemes) for part in parts]


def latin(text: str) -> Iterator[tuple[int, str, bool]]:
    """A text of Chinese characters or kana in stretches: where it begins, what it is, whether in Latin letters."""
    place = 0
    for found in LATIN.finditer(text):
        yield place, text[place : found.start()], False
        yield found.start(), found[0], True
        place = found.end()
    yield place, text[place:], False
