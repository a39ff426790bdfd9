"""Prices are dated rules, and are written as each language writes money."""

from __future__ import annotations

from datetime import date

import pytest

from guide.tours.content import MuseumSheet
from guide.tours.prices import dong, prices_on

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
