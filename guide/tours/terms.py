"""Terms: a text becomes numbers that can be looked up, its words, its pairs of words and its crumbs of four letters.

A term is 32 bits. `spelled` is Horner's rule over the code points with FACTOR, modulo 2^32; `stirred` mixes in what
kind of term it is. The highest bit is set for crumbs, which only rank, and clear for terms that tell a reason.
Crumbs run across spaces, with one space before and after a text. Scripts without spaces have pieces for words:
ideographs, kana and hangul one and two characters, Thai and its neighbours three and four.

Texts are cut many at once, by arrays; a question is cut alone, by `term`, `pair` and `cuts`: the numbers are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from guide.tours.folding import IDEOGRAPHS, UNSPACED_LETTERS

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]

FACTOR: Final = np.uint32(0x9E3779B1)
WORD, MARKED, PAIR, PIECE, CRUMB = range(1, 6)
CRUMB_BIT: Final = np.uint32(0x80000000)
CRUMB_LENGTH: Final = 4
PIECE_LENGTHS: Final = {"ideograph": (1, 2), "unspaced": (3, 4)}
_ALL: Final = 0xFFFFFFFF
STOP: Final = "\0"  # stands between two texts: nothing runs across it


@dataclass(frozen=True)
class Windows:
    """Terms cut from running text, and where each begins."""

    length: int
    terms: Numbers
    starts: Places


def spelled(words: Sequence[str]) -> Numbers:
    if not words:
        return np.zeros(0, np.uint32)
    codes = code_points("".join(words))
    lengths = np.array([len(word) for word in words])
    ends = np.cumsum(lengths)
    after = np.repeat(ends, lengths) - 1 - np.arange(len(codes))
    return np.add.reduceat(codes * _powers(int(lengths.max()))[after], ends - lengths, dtype=np.uint32)


def stirred(numbers: Numbers, kind: int) -> Numbers:
    """The finishing steps of MurmurHash3, so that alike spellings land far apart."""
    mixed = numbers ^ np.uint32(kind * 0x5BD1E995 & 0xFFFFFFFF)
    mixed = (mixed ^ (mixed >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed | CRUMB_BIT if kind == CRUMB else mixed & ~CRUMB_BIT


def paired(before: Numbers, after: Numbers) -> Numbers:
    return stirred(before * FACTOR + after, PAIR)


def code_points(text: str) -> Numbers:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def crumbs(codes: Numbers) -> Windows:
    return _windows(codes, _SCRIPT[codes], CRUMB_LENGTH, LETTERS, CRUMB)


def pieces(codes: Numbers) -> list[Windows]:
    scripts = _SCRIPT[codes]
    cuts = []
    for script, lengths in ((IDEOGRAPH, PIECE_LENGTHS["ideograph"]), (UNSPACED, PIECE_LENGTHS["unspaced"])):
        if (scripts == script).any():
            cuts += [_windows(codes, scripts, length, script, PIECE + 16 * length) for length in lengths]
    return cuts


def _windows(codes: Numbers, scripts: npt.NDArray[np.uint8], length: int, script: int, kind: int) -> Windows:
    count = max(len(codes) - length + 1, 0)
    numbers = _spelled_from_each(codes, count, length)
    fitting = scripts == script
    if fitting.all():
        return Windows(length, stirred(numbers, kind), np.arange(count))
    whole = np.ones(count, bool)
    for step in range(length):
        whole &= fitting[step : step + count]
    return Windows(length, stirred(numbers[whole], kind), np.flatnonzero(whole))


def _spelled_from_each(codes: Numbers, count: int, length: int) -> Numbers:
    numbers = codes[:count].copy()
    for step in range(1, length):
        numbers *= FACTOR
        numbers += codes[step : step + count]
    return numbers


@lru_cache(1 << 16)
def term(text: str, kind: int) -> int:
    """`stirred(spelled(…))` of one short text; remembered, because most words of a question were in one before."""
    number = 0
    for letter in text:
        number = (number * int(FACTOR) + ord(letter)) & _ALL
    return _stirred(number, kind)


@lru_cache(1 << 14)
def pair(before: int, after: int) -> int:
    return _stirred((before * int(FACTOR) + after) & _ALL, PAIR)


class Cuts(NamedTuple):
    """Terms of one text, where each begins, and how many characters it has."""

    terms: Numbers
    starts: Places
    lengths: Places


def cuts(text: str) -> Cuts:
    """The crumbs and pieces of one text."""
    codes = code_points(text)
    if len(codes) >= CRUMB_LENGTH and codes.min() > 0 and codes.max() < _FIRST_UNSPACED:
        numbers = _spelled_from_each(codes, len(codes) - CRUMB_LENGTH + 1, CRUMB_LENGTH)
        windows = [Windows(CRUMB_LENGTH, stirred(numbers, CRUMB), np.arange(len(numbers)))]
    else:
        windows = [crumbs(codes), *pieces(codes)]
    return Cuts(
        np.concatenate([one.terms for one in windows]),
        np.concatenate([one.starts for one in windows]),
        np.repeat([one.length for one in windows], [len(one.terms) for one in windows]),
    )


def _stirred(number: int, kind: int) -> int:
    number ^= kind * 0x5BD1E995 & _ALL
    number = (number ^ number >> 16) * 0x85EBCA6B & _ALL
    number = (number ^ number >> 13) * 0xC2B2AE35 & _ALL
    number ^= number >> 16
    return number | int(CRUMB_BIT) if kind == CRUMB else number & ~int(CRUMB_BIT)


@cache
def _powers(count: int) -> Numbers:
    return np.concatenate(([np.uint32(1)], np.cumprod(np.full(count, FACTOR), dtype=np.uint32)))


def _scripts() -> npt.NDArray[np.uint8]:
    table = np.full(0x110000, LETTERS, np.uint8)
    for script, ranges in ((IDEOGRAPH, IDEOGRAPHS), (UNSPACED, UNSPACED_LETTERS)):
        for first, last in ranges:
            table[first : last + 1] = script
    table[ord(STOP)] = NOTHING
    return table


NOTHING, LETTERS, IDEOGRAPH, UNSPACED = range(4)
_SCRIPT = _scripts()
_FIRST_UNSPACED = min(first for ranges in (IDEOGRAPHS, UNSPACED_LETTERS) for first, _ in ranges)
