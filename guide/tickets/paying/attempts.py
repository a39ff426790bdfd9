"""How an order is named to providers that want another name for each attempt, or a number; and the way back."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from guide.tickets import codes
from guide.tours.codes import ALPHABET

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def attempt_of(code: str, now: datetime) -> str:
    """The order's code and the time of day to the millisecond: letters and digits only."""
    return f"{code}{now.astimezone(VIETNAM):%H%M%S%f}"[: codes.LENGTH + 9]


def code_of_attempt(attempt: str) -> tuple[str, ...]:
    code = attempt[: codes.LENGTH]
    return (code,) if codes.is_code(code) else ()


def number_of(code: str) -> int:
    """The free letters as a number; below 2⁵³, which is as far as a JSON number goes."""
    number = 0
    for letter in code[:-1]:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number


def code_of_number(number: int) -> tuple[str, ...]:
    stem = ""
    for _ in range(codes.LENGTH - 1):
        number, letter = divmod(number, len(ALPHABET))
        stem = ALPHABET[letter] + stem
    code = None if number else codes.completed(stem)
    return (code,) if code else ()
