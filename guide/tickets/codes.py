"""Codes of orders and tickets: short, without look-alikes, fit for a bank transfer's memo, and checked when typed.

Ten characters of the alphabet that labels use, the last a check: every single wrong letter and every swap of two is
found out. Nine free letters are some 2 × 10¹³ codes, so a code that is known was told.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from guide.tours.codes import ALPHABET, tidy

LENGTH = 10
_PRIME = 31
_REST = 9
"""What the weighed letters of every right code leave modulo 31."""


def new(letter: Callable[[str], str] = secrets.choice) -> str:
    while True:
        stem = "".join(letter(ALPHABET) for _ in range(LENGTH - 1))
        check = (_REST - _weighed(stem)) % _PRIME
        if check < len(ALPHABET):
            return stem + ALPHABET[check]


def is_code(text: str) -> bool:
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and _weighed(text) == _REST


def read(typed: str) -> str | None:
    """The code in what somebody typed; none where it cannot be one."""
    code = tidy(typed)
    return code if is_code(code) else None


def _weighed(text: str) -> int:
    return (
        sum(weight * ALPHABET.index(letter) for weight, letter in zip(range(LENGTH, 0, -1), text, strict=False))
        % _PRIME
    )
