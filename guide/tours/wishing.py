"""What a visitor wishes of a walk, and the day on which it is walked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from guide.tours.calendar import LOOK_AHEAD_DAYS, is_open, openings, today
from guide.tours.content import MuseumSheet

SHORTEST, LONGEST = 5, 480
"""Minutes."""
LOOKING, LOOKING_WITH_CHILDREN = 60, 120
"""Seconds that one stays to look, besides what is told."""


@dataclass(frozen=True)
class Wish:
    """Stops are named by their numbers."""

    minutes: int
    no_steps: bool = False
    children: bool = False
    themes: tuple[str, ...] = ()
    loved: int | None = None
    start: int | None = None
    """Where the visitor stands; none where they have not begun."""
    seen: frozenset[int] = frozenset()
    must: frozenset[int] = frozenset()

    @property
    def looking(self) -> int:
        return LOOKING_WITH_CHILDREN if self.children else LOOKING


When = Literal["now", "later", "another-day", "unknown", "never"]


@dataclass(frozen=True)
class Outing:
    """The day of a walk, when it can begin, and how long the museum stays open from then; none is no limit."""

    day: date
    when: When
    begins: time | None = None
    closes: time | None = None
    seconds: int | None = None


def outing(sheet: MuseumSheet, now: datetime) -> Outing:
    """Now where the museum is open, else when it opens next; where no hours are told, nobody knows of a limit."""
    state, local = today(sheet, now), now.astimezone(ZoneInfo(sheet.time_zone))
    if state.state == "unknown":
        return Outing(state.day, "unknown")
    if state.state == "open":
        begins = local.time().replace(microsecond=0)
        return Outing(state.day, "now", begins, state.until, _between(begins, state.until))
    if state.state == "opens-later":
        closes = next(end for start, end in state.spans if start == state.opens)
        return Outing(state.day, "later", state.opens, closes, _between(state.opens, closes))
    return _next(sheet, state.day)


def _next(sheet: MuseumSheet, after: date) -> Outing:
    days = (after + timedelta(days=ahead) for ahead in range(1, LOOK_AHEAD_DAYS + 1))
    day = next((day for day in days if is_open(sheet, day)), None)
    if day is None:
        return Outing(after, "never")
    begins, closes = next(openings(sheet, day))
    return Outing(day, "another-day", begins, closes, _between(begins, closes))


def _between(begins: time | None, closes: time | None) -> int:
    assert begins is not None
    assert closes is not None
    return (closes.hour - begins.hour) * 3600 + (closes.minute - begins.minute) * 60 - begins.second


def hours_told(sheet: MuseumSheet) -> Mapping[str, object]:
    """What a phone needs to tell the same without a network: the spans of each weekday, Monday first."""
    monday = date(2024, 1, 1)
    week = [[[f"{one:%H:%M}" for one in span] for span in openings(sheet, monday + timedelta(n))] for n in range(7)]
    closures = [[str(one.since or ""), str(one.until or "")] for one in sheet.closures]
    return {"zone": sheet.time_zone, "week": None if sheet.hours is None else week, "closures": closures}
