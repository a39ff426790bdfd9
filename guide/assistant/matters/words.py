"""Words as visitors type them: with marks or without, and with the slips of a small keyboard."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from guide.tours import folding
from guide.tours.folding import Word

LONG_ENOUGH, SHORTEST = 5, 4
"""Letters from which on a word with one slip is still known; a shorter one only with its letters in another order."""
SAME, OTHER_MARKS = 0, 1


@dataclass(frozen=True)
class Company:
    """Words, as they are written and without their marks."""

    written: frozenset[str]
    folded: frozenset[str]

    def __or__(self, other: Company) -> Company:
        return Company(self.written | other.written, self.folded | other.folded)


@dataclass(frozen=True)
class Typed:
    """A question as it was typed."""

    words: tuple[Word, ...]
    asks: bool
    marked: bool
    """Were marks typed where they belong? Then a word without them is meant without."""


def typed(question: str) -> Typed:
    words = tuple(cut(question))
    marked = sum(word.has_marks for word in words)
    return Typed(words, "?" in question, marked * 2 >= len(words) and marked > 1)


def company(words: str) -> Company:
    found = cut(words)
    return Company(frozenset(word.written for word in found), frozenset(word.folded for word in found))


def cut(text: str) -> list[Word]:
    """Words; of a script without spaces, its characters."""
    found: list[Word] = []
    for word in folding.words(unicodedata.normalize("NFC", text)):
        if folding.unspaced(word.folded):
            found += (Word(letter, letter, letter) for letter in word.written)
        else:
            found.append(word)
    return found


def difference(typed: Word, meant: Word) -> int:
    """Of two words that are one when their marks are left out: marks that were typed count."""
    return SAME if typed.marked == meant.marked or not typed.has_marks else OTHER_MARKS


def one_slip(one: str, other: str) -> bool:
    """One letter too many, missing or changed, or the same letters in another order."""
    if abs(len(one) - len(other)) > 1 or one[0] != other[0] or len(other) < SHORTEST:
        return False
    if len(other) < LONG_ENOUGH or sorted(one) == sorted(other):
        return sorted(one) == sorted(other)
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    left, right = one[start:], other[start:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:]
