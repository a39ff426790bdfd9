"""Prices are dated rules, and are written as each language writes money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.language import shipped_messages
from guide.tours.content import MuseumSheet
from guide.tours.prices import Person, best_price, category_name, dong, offer_of, offers, prices_on
from tests.tickets.box_office import museum

SHEET = MuseumSheet.model_validate(
    {
        "name": {"vi": "A"},
        "languages": ["vi"],
        "prices": [
            {"category": "adult", "dong": 40_000, "to": "2025-12-31"},
            {"category": "adult", "dong": 50_000, "from": "2026-01-01"},
            {"category": "child", "dong": 0, "ages": [0, 15]},
            {"category": "student", "dong": 20_000, "from": "2026-06-01", "to": "2026-06-01"},
        ],
    }
)
DAYS = [
    ("2025-12-31", [40_000, 0]),
    ("2026-01-01", [50_000, 0]),
    ("2026-05-31", [50_000, 0]),
    ("2026-06-01", [50_000, 0, 20_000]),
    ("2026-06-02", [50_000, 0]),
]


@pytest.mark.parametrize(("day", "expected"), DAYS)
def test_the_rules_that_hold_on_a_day_in_the_museums_order(day: str, expected: list[int]) -> None:
    assert [price.dong for price in prices_on(SHEET, date.fromisoformat(day))] == expected


WRITTEN = [
    (50_000, "vi", "50.000 ₫"),
    (50_000, "en", "50,000 ₫"),
    (50_000, "zh-Hant", "50,000 ₫"),
    (50_000, "fr", "50\u202f000 ₫"),
    (50_000, "ru", "50\u202f000 ₫"),
    (1_250_000, "de", "1.250.000 ₫"),
    (1_250_000, "rad", "1.250.000 ₫"),
    (0, "vi", "0 ₫"),
    (500, "en-GB", "500 ₫"),
]


@pytest.mark.parametrize(("amount", "language", "written"), WRITTEN)
def test_money_is_written_as_the_language_writes_it(amount: int, language: str, written: str) -> None:
    assert dong(amount, language) == written


AGES = [0, 5, 6, 11, 12, 15, 16, 17, 18, 59, 60, 79, 80, 120]
FULL, FREE_DAY, PLAIN_DAY = 100_000, date(2026, 11, 23), date(2026, 11, 24)
RULES: list[dict[str, Any]] = [
    {"category": "adult", "dong": FULL, "ages": [16, 59]},
    {"category": "infant", "dong": 0, "ages": [0, 5]},
    {"category": "child", "dong": 30_000, "ages": [6, 11]},
    {"category": "youth", "dong": 50_000, "ages": [12, 15]},
    {"category": "student", "dong": 40_000, "student": True, "ages": [16]},
    {"category": "senior", "dong": 45_000, "ages": [60], "citizens": True},
    {"category": "elder", "dong": 0, "ages": [80]},
    {"category": "disabled", "dong": 35_000, "disability": "any"},
    {"category": "severe", "dong": 0, "disability": "severe"},
    {"category": "group", "dong": 38_000, "people": 20},
]
PEOPLE = st.builds(
    Person,
    age=st.sampled_from(AGES),
    student=st.booleans(),
    disability=st.sampled_from([None, "any", "severe"]),
    citizen=st.booleans(),
    people=st.sampled_from([1, 19, 20, 21]),
)


def selling(rules: list[dict[str, Any]], **other: Any) -> MuseumSheet:
    return MuseumSheet.model_validate({"name": {"vi": "A"}, "languages": ["vi"], "prices": rules} | other)


def by_hand(person: Person) -> int:
    """The same rules, told by somebody at the till."""
    sums = [FULL]
    sums += [0] if person.age <= 5 or person.age >= 80 or person.disability == "severe" else []
    sums += [30_000] if 6 <= person.age <= 11 else []
    sums += [50_000] if 12 <= person.age <= 15 else []
    sums += [40_000] if person.student and person.age >= 16 else []
    sums += [45_000] if person.age >= 60 and person.citizen else []
    sums += [35_000] if person.disability else []
    sums += [38_000] if person.people >= 20 else []
    return min(sums)


@given(PEOPLE)
def test_everybody_pays_the_best_single_price(person: Person) -> None:
    price = best_price(selling(RULES), PLAIN_DAY, person)

    assert price is not None
    assert price.dong == by_hand(person)


@given(PEOPLE, st.permutations(RULES))
def test_the_order_in_which_a_museum_writes_its_prices_changes_nothing(
    person: Person, rules: list[dict[str, Any]]
) -> None:
    assert paid(rules, person) == paid(RULES, person)


def paid(rules: list[dict[str, Any]], person: Person, **other: Any) -> int:
    price = best_price(selling(rules, **other), PLAIN_DAY, person)
    assert price is not None
    return price.dong


@given(PEOPLE, st.lists(st.sampled_from(RULES), min_size=1))
def test_reductions_do_not_add_up(person: Person, rules: list[dict[str, Any]]) -> None:
    """What is paid is one of the prices that stand there."""
    assert paid(rules, person) in {rule["dong"] for rule in rules}


@given(PEOPLE, st.booleans())
def test_showing_more_never_costs_more(person: Person, more: bool) -> None:
    shown = replace(person, student=True, disability="severe" if more else person.disability or "any")

    assert paid(RULES, shown) <= paid(RULES, person)


@given(PEOPLE)
def test_on_a_free_day_nobody_pays(person: Person) -> None:
    price = best_price(selling(RULES, free_days=[{"day": "11-23"}]), FREE_DAY, person)

    assert price is not None
    assert price.dong == 0


AT_THE_EDGES = [(5, "infant"), (6, "child"), (11, "child"), (12, "youth"), (15, "youth"), (16, "adult"), (17, "adult")]
AT_THE_EDGES += [(18, "adult"), (59, "adult"), (60, "senior"), (79, "senior"), (80, "elder")]


@pytest.mark.parametrize(("age", "category"), AT_THE_EDGES)
def test_ages_are_meant_with_both_ends(age: int, category: str) -> None:
    price = best_price(selling(RULES), PLAIN_DAY, Person(age))

    assert price is not None
    assert price.category == category


PRIVATE: list[dict[str, Any]] = [
    {"category": "adult", "dong": 70_000, "citizens": True},
    {"category": "foreigner", "dong": 100_000, "citizens": False},
    {"category": "child", "dong": 35_000, "ages": [6, 12]},
]


@pytest.mark.parametrize(
    ("person", "dong"),
    [
        (Person(30), 70_000),
        (Person(30, citizen=False), 100_000),
        (Person(12, citizen=False), 35_000),
        (Person(70, citizen=False), 100_000),
    ],
)
def test_a_private_museum_may_price_by_citizenship(person: Person, dong: int) -> None:
    assert paid(PRIVATE, person) == dong


def test_whom_no_rule_is_written_for_pays_the_full_price() -> None:
    rules = [*PRIVATE, {"category": "adult", "dong": 60_000, "ages": [18, 59], "citizens": True}]

    assert paid(rules[1:], Person(70)) == 60_000
    assert paid(rules[1:], Person(70, citizen=False)) == 100_000


def test_nobody_is_led_to_a_price_for_papers_that_we_do_not_ask_about() -> None:
    reduced = {"category": "reduced", "dong": 25_000, "evidence": {"vi": "Giấy tờ"}}

    assert paid([{"category": "adult", "dong": 50_000}, reduced], Person(40)) == 50_000


def test_where_nothing_is_sold_there_is_no_price() -> None:
    assert best_price(selling([]), PLAIN_DAY, Person(30)) is None


def test_of_two_rules_with_one_name_the_name_alone_brings_the_dearer() -> None:
    there = offers(selling([RULES[5], RULES[5] | {"dong": 0, "ages": [80]}]), PLAIN_DAY)

    assert [getattr(offer_of(there, name), "dong", None) for name in ("senior", "adult")] == [45_000, None]


NAMES = [("veteran", "en", "Veterans"), ("veteran", "vi", "Cựu chiến binh"), ("adult", "vi", "Người lớn")]
NAMES += [("hill-tribe", "en", "Hill tribe"), ("adult", "en", "Adults")]


@pytest.mark.parametrize(("category", "language", "name"), NAMES)
def test_the_museums_own_name_of_a_category_wins(category: str, language: str, name: str) -> None:
    named = {"category": "veteran", "dong": 0, "name": {"vi": "Cựu chiến binh", "en": "Veterans"}}
    there = museum(sheet={"name": {"vi": "A"}, "languages": ["vi", "en"], "prices": [*RULES, named]})

    assert category_name(there, category, language, shipped_messages()) == name
