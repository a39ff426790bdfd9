"""A word whose sounds the museum wrote down goes to the voice with them, and is shown as it is written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

OPEN, SOUNDS, CLOSE = "\ue000", "\ue001", "\ue002"
"""Of private use: reading turns them into spaces where a text holds them, so that nothing is marked by accident."""
MARKED = re.compile(f"{OPEN}([^{OPEN}-{CLOSE}]*){SOUNDS}([^{OPEN}-{CLOSE}]*){CLOSE}")
MARKS = re.compile(f"[{OPEN}-{CLOSE}]")
TWINS = str.maketrans({":": "ː", "'": "ˈ", "’": "ˈ", "g": "ɡ", ".": None, "/": None, "[": None, "]": None, "‿": None})


@dataclass(frozen=True)
class Handed:
    """What a voice is handed: the text without marks, and from where to where which sounds are known."""

    text: str
    sounds: tuple[tuple[int, int, str], ...]

    def within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Those of a part of the text, with their places in it."""
        return [(first - start, last - start, ipa) for first, last, ipa in self.sounds if start <= first < last <= end]


def marked(word: str, phonemes: str) -> str:
    return f"{OPEN}{unmarked(word)}{SOUNDS}{tidy_sounds(phonemes)}{CLOSE}"


def unmarked(text: str) -> str:
    return MARKS.sub(" ", text)


def written(told: str) -> str:
    """As it is shown: the word, without its sounds."""
    return MARKED.sub(r"\1", told)


def taken(told: str) -> Handed:
    text, sounds, place = "", [], 0
    for found in MARKED.finditer(told):
        text += unmarked(told[place : found.start()])
        sounds.append((len(text), len(text) + len(found[1]), found[2]))
        text += found[1]
        place = found.end()
    return Handed(text + unmarked(told[place:]), tuple(sounds))


def tidy_sounds(phonemes: str) -> str:
    """Precomposed, with the signs that people type for those of the phonetic alphabet, and nothing that is a pause."""
    return " ".join(unicodedata.normalize("NFC", unmarked(phonemes)).translate(TWINS).split())
