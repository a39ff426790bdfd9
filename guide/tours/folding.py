"""Folding: a visitor finds "Côn Đảo" by typing "con dao", "CÔN ĐẢO" or "Ｃôn đảo".

A text is cut into words; each is kept in three forms:

    written   "hoà"         lower case, composed
    marked    "hoa" + "̀"    the same with its tone last, so that "hoà" and "hòa" are one word
    folded    "hoa"         no diacritics, "đ" as "d"

The rules, for other readers of the index: NFKD, lower case, everything but letters, digits and their marks becomes a
space, runs of ideographs, kana and hangul stand apart from other letters; then, a word at a time, U+0300-U+036F go,
LETTERS are replaced, and the rest is composed (NFC, and Thai and Lao "am", which NFC leaves in two).
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST = 64
IDEOGRAPHS = (
    (0x1100, 0x11FF), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
UNSPACED_LETTERS = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))  # Thai and Lao, Burmese, Khmer
LETTERS = {"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
VARIATION_SELECTORS = range(0xFE00, 0xFE10)


class Word(NamedTuple):
    written: str
    marked: str
    folded: str

    @property
    def has_marks(self) -> bool:
        return self.written != self.folded


def words(text: str) -> list[Word]:
    return [word(piece) for piece in pieces(text)]


def folded(text: str) -> str:
    return " ".join(read.folded for read in words(text))


def pieces(text: str) -> list[str]:
    """The words of a text as they stand, decomposed: what `word` reads."""
    plain = unicodedata.normalize("NFKD", text).lower().translate(_KEPT)
    return _IDEOGRAPHIC.sub(r" \g<0> ", plain).split()


@lru_cache(maxsize=1 << 15)
def word(piece: str) -> Word:
    if piece.isascii():
        return Word(piece, piece[:LONGEST], piece[:LONGEST])
    tones = "".join(_TONES.findall(piece))
    marked = _TONES.sub("", piece) + tones
    bare = _MARKS.sub("", piece).translate(_LETTERS)
    return Word(_composed(piece), marked[:LONGEST], _composed(bare)[:LONGEST] or piece[:LONGEST])


@lru_cache(maxsize=1 << 13)
def unspaced(folded_word: str) -> bool:
    """Is it written in a script without spaces, so that its pieces stand for its words?"""
    return bool(_UNSPACED.search(folded_word))


class _KeptCharacters(dict[int, int]):
    """Which characters words are made of, learnt as they are met: the rest is a space."""

    def __missing__(self, code: int) -> int:
        kind = unicodedata.category(chr(code))
        kept = kind[0] in "LN" or (kind in ("Mn", "Mc") and code not in VARIATION_SELECTORS)
        self[code] = code if kept else 0x20
        return self[code]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


def _characters(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_KEPT = _KeptCharacters()
_LETTERS = str.maketrans(LETTERS)
_MARKS = re.compile("[\u0300-\u036f]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_IDEOGRAPHIC = re.compile(f"[{_characters(IDEOGRAPHS)}]+")
_UNSPACED = re.compile(f"[{_characters(IDEOGRAPHS + UNSPACED_LETTERS)}]")
