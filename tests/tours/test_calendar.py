"""Whether the museum is open at a moment, until when, and if not, why and when again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guide.tours.calendar import Today, days_of, is_open, next_opening, openings, stop_closure, today
from guide.tours.codes import derive
from guide.tours.content import MuseumSheet, Stop

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = {"tue-sun": ["07:30-11:30", "13:30-17:00"]}
CLOSURES = [
    {"from": "2026-11-26", "to": "2026-11-27", "reason": {"vi": "Sửa mái"}},
    {"from": "2026-12-10", "reason": {"vi": "Trùng tu"}},
]
FREE = [{"day": "11-23"}, {"day": "11-25"}]


def museum(**more: Any) -> MuseumSheet:
    return MuseumSheet.model_validate(
        {"name": {"vi": "A"}, "languages": ["vi"], "hours": HOURS, "closures": CLOSURES, "free_days": FREE, **more}
    )


def at(day: int, clock: str, month: int = 11) -> datetime:
    """A moment at the museum in 2026; 24 November is a Tuesday."""
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock), HANOI).astimezone(UTC)


def told(seen: Today) -> tuple[Any, ...]:
    again = seen.next_opening and (seen.next_opening[0].day, f"{seen.next_opening[1]:%H:%M}")
    return seen.state, seen.until and f"{seen.until:%H:%M}", seen.opens and f"{seen.opens:%H:%M}", again


MOMENTS = [
    ("before opening", at(24, "06:00"), ("opens-later", None, "07:30", None)),
    ("a second before", at(24, "07:29:59"), ("opens-later", None, "07:30", None)),
    ("as it opens", at(24, "07:30"), ("open", "11:30", None, None)),
    ("in the morning", at(24, "09:00"), ("open", "11:30", None, None)),
    ("as lunch begins", at(24, "11:30"), ("opens-later", None, "13:30", None)),
    ("in the lunch break", at(24, "12:00"), ("opens-later", None, "13:30", None)),
    ("in the afternoon", at(24, "13:30"), ("open", "17:00", None, None)),
    ("as it closes", at(24, "17:00"), ("over", None, None, (25, "07:30"))),
    ("late", at(24, "23:59:59"), ("over", None, None, (25, "07:30"))),
    ("just after midnight", at(25, "00:00"), ("opens-later", None, "07:30", None)),
    ("the evening before a closure", at(25, "18:00"), ("over", None, None, (28, "07:30"))),
    ("the first day of a closure", at(26, "09:00"), ("closure", None, None, (28, "07:30"))),
    ("its last day", at(27, "09:00"), ("closure", None, None, (28, "07:30"))),
    ("the day after it", at(28, "09:00"), ("open", "11:30", None, None)),
    ("Sunday evening", at(29, "18:00"), ("over", None, None, (1, "07:30"))),
    ("the closed weekday", at(23, "09:00"), ("closed-day", None, None, (24, "07:30"))),
    ("a closure without an end", at(10, "09:00", month=12), ("closure", None, None, None)),
    ("the evening before it", at(9, "18:00", month=12), ("over", None, None, None)),
    ("a year later, still", at(10, "09:00", month=12).replace(year=2027), ("closure", None, None, None)),
]


@pytest.mark.parametrize(("now", "expected"), [row[1:] for row in MOMENTS], ids=[row[0] for row in MOMENTS])
def test_what_the_museums_page_opens_with(now: datetime, expected: tuple[Any, ...]) -> None:
    assert told(today(museum(), now)) == expected


def test_a_closure_says_why() -> None:
    seen = today(museum(), at(26, "09:00"))

    assert seen.closure is not None
    assert seen.closure.reason == {"vi": "Sửa mái"}


def test_a_free_day_is_told_also_when_the_museum_is_closed_on_it() -> None:
    free = {day: today(museum(), at(day, "09:00")).free for day in (23, 24, 25)}

    assert [day for day, found in free.items() if found] == [23, 25]


def test_without_hours_nothing_is_claimed() -> None:
    seen = today(museum(hours=None), at(24, "09:00"))

    assert told(seen) == ("unknown", None, None, None)
    assert next_opening(museum(hours=None), date(2026, 11, 24)) is None


def test_without_hours_a_closure_is_still_told() -> None:
    assert today(museum(hours=None), at(26, "09:00")).state == "closure"


ZONES = [
    ("Asia/Ho_Chi_Minh", datetime(2026, 11, 23, 16, 59, tzinfo=UTC), 23),
    ("Asia/Ho_Chi_Minh", datetime(2026, 11, 23, 17, 0, tzinfo=UTC), 24),
    ("Pacific/Kiritimati", datetime(2026, 11, 23, 10, 0, tzinfo=UTC), 24),
    ("Pacific/Pago_Pago", datetime(2026, 11, 24, 10, 59, tzinfo=UTC), 23),
    ("Europe/Paris", datetime(2026, 3, 28, 23, 30, tzinfo=UTC), 29),
    ("Europe/Paris", datetime(2026, 3, 29, 21, 59, tzinfo=UTC), 29),
    ("Europe/Paris", datetime(2026, 3, 29, 22, 0, tzinfo=UTC), 30),
]


@pytest.mark.parametrize(("zone", "now", "day"), ZONES)
def test_the_day_is_the_museums_wherever_the_server_stands(zone: str, now: datetime, day: int) -> None:
    assert today(museum(time_zone=zone), now).day.day == day


@pytest.mark.parametrize("hour", [5, 6])
def test_hours_are_the_clock_on_the_museums_wall_through_summer_time(hour: int) -> None:
    """Half past seven in Paris is 6:30 UTC in winter and 5:30 in summer."""
    day = date(2026, 1, 6) if hour == 6 else date(2026, 7, 7)
    paris = museum(time_zone="Europe/Paris", closures=[])

    assert today(paris, datetime.combine(day, time(hour, 29), UTC)).state == "opens-later"
    assert today(paris, datetime.combine(day, time(hour, 30), UTC)).state == "open"


OPENINGS = [
    ({"daily": ["08:00-17:00"]}, 24, ["08:00-17:00"]),
    ({"daily": ["08:00-17:00"], "tue": ["09:00-12:00"]}, 24, ["09:00-12:00"]),
    ({"tue": ["09:00-12:00"], "daily": ["08:00-17:00"]}, 25, ["08:00-17:00"]),
    ({"daily": ["08:00-17:00"], "mon": []}, 23, []),
    ({"daily": ["08:00-17:00"], "sat-sun": ["07:00-20:00"], "sun": ["10:00-12:00"]}, 29, ["10:00-12:00"]),
    ({"tue": ["13:30-17:00", "07:30-11:30"]}, 24, ["07:30-11:30", "13:30-17:00"]),
    ({"tue": ["07:30-12:00", "12:00-17:00"]}, 24, ["07:30-17:00"]),
    ({"tue": ["07:30-16:00", "12:00-14:00"]}, 24, ["07:30-16:00"]),
    ({}, 24, []),
]


@pytest.mark.parametrize(("hours", "day", "spans"), OPENINGS)
def test_the_most_particular_rule_for_a_day_wins_and_its_spans_are_in_order(
    hours: dict[str, list[str]], day: int, spans: list[str]
) -> None:
    found = openings(museum(hours=hours), date(2026, 11, day))

    assert [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in found] == spans


DAYS = [
    ("mon", (0,)),
    ("tue-sun", (1, 2, 3, 4, 5, 6)),
    ("sat-mon", (0, 5, 6)),
    ("sun-sat", (0, 1, 2, 3, 4, 5, 6)),
    ("mon-mon", (0,)),
    ("mon,wed,fri", (0, 2, 4)),
    ("mon-wed,tue-thu", (0, 1, 2, 3)),
    ("daily", (0, 1, 2, 3, 4, 5, 6)),
]


@pytest.mark.parametrize(("rule", "days"), DAYS)
def test_days_are_written_as_people_write_them(rule: str, days: tuple[int, ...]) -> None:
    assert days_of(rule) == days


def test_a_day_is_open_when_it_has_hours_and_no_closure() -> None:
    open_days = [day for day in range(23, 30) if is_open(museum(), date(2026, 11, day))]

    assert open_days == [24, 25, 28, 29]


def test_a_stop_is_closed_from_its_day_to_its_day() -> None:
    sheet = {"closed": {"from": "2026-11-24", "to": "2026-11-25", "reason": {"vi": "Tu bổ"}}}
    stop = Stop.model_validate({"slug": "one", "number": 1, "code": derive("a", "one"), "status": sheet})

    closed = [day for day in range(23, 28) if stop_closure(stop, date(2026, 11, day))]

    assert closed == [24, 25]
    assert stop_closure(stop.model_copy(update={"status": "open"}), date(2026, 11, 24)) is None
