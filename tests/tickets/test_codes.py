"""Codes of orders and tickets: one wrong letter, or two that were swapped, are found out."""

from __future__ import annotations

import random

from guide.tickets import codes
from guide.tours.codes import ALPHABET

CHANCE = random.Random(20_261_124)
MADE = [codes.new(CHANCE.randrange) for _ in range(200)]


def test_a_new_code_is_right_and_another_every_time() -> None:
    assert all(codes.is_code(code) for code in MADE)
    assert len(set(MADE)) == 200


def test_every_wrong_letter_is_found_out() -> None:
    code = MADE[0]
    wrong = {code[:place] + letter + code[place + 1 :] for place in range(10) for letter in ALPHABET} - {code}

    assert not any(codes.is_code(other) for other in wrong)


def test_every_two_letters_that_are_swapped_are_found_out() -> None:
    for code in MADE:
        swapped = {code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(9)} - {code}
        assert not any(codes.is_code(other) for other in swapped)


def test_a_code_is_read_as_people_type_it() -> None:
    code = MADE[0]

    assert codes.read(f" {code[:5].lower()}-{code[5:]} ") == code
    assert [codes.read(typed) for typed in ("", "🐉", code[:-1], code + "A", "'; DROP TABLE")] == [None] * 5


def test_nine_letters_have_one_check_or_none() -> None:
    assert all(codes.completed(code[:-1]) == code for code in MADE)
    stems = ("".join(CHANCE.choices(ALPHABET, k=9)) for _ in range(500))
    assert 0 < sum(codes.completed(stem) is None for stem in stems) < 50
