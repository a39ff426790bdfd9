"""Entry times follow hours, closures and what the museum writes about them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guide.tickets.selling.slots import entry_times, slot_asked
from tests.tickets.box_office import SELLS, TOMORROW, UNDIVIDED, museum

HOURS = ["07:30-11:30", "13:30-17:00"]
MONDAY, TUESDAY, CLOSURE = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 10)
Told = list[tuple[str, str, str, int | None]]
CASES: list[tuple[str, dict[str, Any], date, Told]] = [
    (
        "each time lasts until the next or until closing",
        SELLS,
        TOMORROW,
        [("08:00", "08:00", "10:00", 40), ("10:00", "10:00", "11:30", 40), ("14:00", "14:00", "17:00", 40)],
    ),
    ("an undivided day is one time without limit", UNDIVIDED, TOMORROW, [("", "07:30", "17:00", None)]),
    (
        "an undivided day may have a limit",
        UNDIVIDED | {"tickets": {"places_a_day": 500}},
        TOMORROW,
        [("", "07:30", "17:00", 500)],
    ),
    ("a closed weekday has none", SELLS, MONDAY, []),
    ("a closure has none", SELLS, CLOSURE, []),
    (
        "a time may say how long it lasts",
        SELLS | {"slots": [{"days": "daily", "at": ["08:00", "09:00"], "places": 5, "minutes": 90}]},
        TUESDAY,
        [("08:00", "08:00", "09:30", 5), ("09:00", "09:00", "10:30", 5)],
    ),
    (
        "rules of the same day stand side by side, in the order of the day",
        SELLS
        | {"slots": [{"days": "tue-sun", "at": ["14:00"], "places": 5}, {"days": "wed", "at": ["08:00"], "places": 9}]},
        TOMORROW,
        [("08:00", "08:00", "11:30", 9), ("14:00", "14:00", "17:00", 5)],
    ),
    (
        "outside opening hours nobody is let in",
        SELLS | {"slots": [{"days": "daily", "at": ["07:00", "08:00", "12:00"], "places": 5}]},
        TOMORROW,
        [("08:00", "08:00", "11:30", 5)],
    ),
    (
        "without hours the whole day is open",
        {"name": {"vi": "A"}, "languages": ["vi"]},
        MONDAY,
        [("", "00:00", "00:00", None)],
    ),
]


@pytest.mark.parametrize(("sheet", "day", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_entry_times_of_a_day(sheet: dict[str, Any], day: date, told: Told) -> None:
    times = entry_times(museum(sheet=sheet).sheet, day)

    assert [(one.slot, f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}", one.places) for one in times] == told


def test_an_entry_time_is_a_moment_at_the_museum() -> None:
    first, *_ = entry_times(museum().sheet, TOMORROW)

    assert first.starts_at.isoformat() == "2026-11-25T08:00:00+07:00"
    assert first.id == "2026-11-25T0800"


@pytest.mark.parametrize(
    ("asked", "slot"),
    [
        ("2026-11-25T0800", "08:00"),
        ("08:00", "08:00"),
        ("2026-11-25", ""),
        ("2026-11-26T0800", None),
        ("8:00", None),
        ("🐉", None),
        ("2026-11-25T08:00", None),
        ("０８:００", None),
    ],
)
def test_a_time_is_named_by_its_id_or_by_the_clock(asked: str, slot: str | None) -> None:
    assert slot_asked(asked, TOMORROW) == slot
