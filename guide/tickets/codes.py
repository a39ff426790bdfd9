"""Codes of orders and tickets: short, without look-alikes, fit for a bank transfer's memo, and checked when typed.

Ten characters of the alphabet that labels use, the last a check: every single wrong letter and every swap of two is
found out. Nine free letters are some 2 × 10¹³ codes, so a code that is known was told.
"""

from __future__ import annotations

import operator
import secrets
from collections.abc import Callable

from guide.tours.codes import ALPHABET, tidy

LENGTH = 10
_PRIME = 31
_REST = 9
"""What the weighed letters of every right code leave modulo 31."""
_MANY = len(ALPHABET) ** (LENGTH - 1)
_WEIGHTS = tuple(range(LENGTH, 1, -1))
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def new(below: Callable[[int], int] = secrets.randbelow) -> str:
    while True:
        if code := completed(_stem(below(_MANY))):
            return code


def _stem(number: int) -> str:
    letters = []
    for _ in range(LENGTH - 1):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def completed(stem: str) -> str | None:
    """Nine letters with their check; none where the check would be no letter of ours."""
    check = (_REST - sum(map(operator.mul, _WEIGHTS, map(_VALUES.__getitem__, stem)))) % _PRIME
    return stem + ALPHABET[check] if check < len(ALPHABET) else None


def is_code(text: str) -> bool:
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and completed(text[:-1]) == text


def read(typed: str) -> str | None:
    """The code in what somebody typed; none where it cannot be one."""
    code = tidy(typed)
    return code if is_code(code) else None
