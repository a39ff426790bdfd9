"""A printed code leads to its stop or nowhere: every likely slip of the finger is caught."""

from __future__ import annotations

import pytest

from guide.tours import codes
from guide.tours.codes import ALPHABET, derive, is_code, tidy

MANY = [derive("con-dao", f"stop-{number}") for number in range(300)]


def swapped(code: str, first: int, second: int) -> str:
    letters = list(code)
    letters[first], letters[second] = letters[second], letters[first]
    return "".join(letters)


def test_the_alphabet_has_no_look_alikes():
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set("01ILOU") & set(ALPHABET)


def test_every_derived_code_is_a_code():
    assert all(is_code(code) for code in MANY)
    assert all(len(code) == codes.LENGTH for code in MANY)


def test_every_single_wrong_letter_is_caught():
    mistyped = (
        code[:place] + letter + code[place + 1 :]
        for code in MANY
        for place in range(codes.LENGTH)
        for letter in ALPHABET
        if letter != code[place]
    )

    assert not any(is_code(text) for text in mistyped)


def test_every_swap_of_two_letters_is_caught_neighbours_or_not():
    places = [(first, second) for second in range(codes.LENGTH) for first in range(second)]
    slips = {text for code in MANY for pair in places if (text := swapped(code, *pair)) != code}

    assert not any(is_code(text) for text in slips)


def test_the_code_in_our_examples_is_a_right_one():
    assert is_code("K7M2QXR")


def test_a_code_is_the_same_on_every_machine():
    assert derive("con-dao", "phu-hai") == "Z33ZQFQ"


def test_the_same_slug_in_another_museum_has_another_code():
    assert derive("con-dao", "gate") != derive("bach-dinh", "gate")


def test_a_taken_code_is_passed_over_for_the_next_candidate():
    first = derive("con-dao", "phu-hai")
    second = derive("con-dao", "phu-hai", taken={first})
    third = derive("con-dao", "phu-hai", taken=[first, second])

    assert len({first, second, third}) == 3
    assert is_code(second)
    assert is_code(third)


def test_ten_thousand_stops_get_ten_thousand_codes():
    taken: set[str] = set()
    for number in range(10_000):
        taken.add(derive("great", f"stop-{number}", taken))

    assert len(taken) == 10_000


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("k7m2qxr", "K7M2QXR"),
        (" K7M 2QXR\n", "K7M2QXR"),
        ("k7m-2qxr", "K7M2QXR"),
        ("K7M–2QXR", "K7M2QXR"),
        ("Ｋ７Ｍ２ＱＸＲ", "K7M2QXR"),
        ("K7M\u00a02QXR", "K7M2QXR"),
        ("O0I1LU", "O0I1LU"),
        ("", ""),
    ],
)
def test_what_a_visitor_types_is_read_as_the_label_prints_it(typed: str, read: str):
    assert tidy(typed) == read


@pytest.mark.parametrize("text", ["", "2", MANY[0][:-1], MANY[0] + "2", MANY[0].lower(), "0" * 7, "K7M 2QX", "ĐĐĐĐĐĐĐ"])
def test_anything_else_is_not_a_code(text: str):
    assert not is_code(text)
