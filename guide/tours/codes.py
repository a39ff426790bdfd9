"""The code printed on a stop's label: short enough to type, and a mistyped one leads nowhere rather than elsewhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 7
_PRIME = 31
"""The first prime above the 30 letters: no difference of two letters or of two weights is a multiple of it."""
_WEIGHTS = range(LENGTH, 0, -1)
_REST = 6
"""What the weighed letters of every right code leave modulo 31; so K7M2QXR, the code in our examples, is one."""
_SPACES_AND_HYPHENS = re.compile(r"[\s\-\u00ad\u200b-\u200d\u2010-\u2015\u2212\ufeff]+")


def derive(museum: str, slug: str, taken: Collection[str] = ()) -> str:
    """The same museum and slug give the same code on every machine, as long as the same codes are taken."""
    return next(code for code in _candidates(f"{museum}/{slug}") if code not in taken)


def is_code(text: str) -> bool:
    """Every single wrong letter and every swap of two letters is found out: their difference is never 0 modulo 31."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and _weighed(text) == _REST


def tidy(text: str) -> str:
    """What a visitor typed, as the label prints it: capitals, without spaces or hyphens."""
    return _SPACES_AND_HYPHENS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _candidates(name: str) -> Iterator[str]:
    for attempt in count():
        stem = _stem(name if attempt == 0 else f"{name}#{attempt}")
        check = (_REST - _weighed(stem)) % _PRIME
        if check < len(ALPHABET):
            yield stem + ALPHABET[check]


def _stem(name: str) -> str:
    value = int.from_bytes(hashlib.sha256(name.encode()).digest(), "big")
    letters = []
    for _ in range(LENGTH - 1):
        value, letter = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def _weighed(text: str) -> int:
    return sum(weight * ALPHABET.index(letter) for weight, letter in zip(_WEIGHTS, text, strict=False)) % _PRIME
