"""The museum's calendar: whether it is open now, until when, and if not, why and when again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from guide.tours.content import Closure, FreeDay, MuseumSheet, Stop
from guide.tours.shapes import WEEK

State = Literal["open", "opens-later", "over", "closed-day", "closure", "unknown"]
LOOK_AHEAD_DAYS = 60
Opening = tuple[time, time]


@dataclass(frozen=True)
class Today:
    """What the museum's page opens with."""

    day: date
    state: State
    spans: tuple[Opening, ...] = ()
    until: time | None = None
    opens: time | None = None
    closure: Closure | None = None
    next_opening: tuple[date, time] | None = None
    free: FreeDay | None = None


def today(sheet: MuseumSheet, now: datetime) -> Today:
    local = now.astimezone(ZoneInfo(sheet.time_zone))
    day, moment = local.date(), local.time()
    spans, free = tuple(openings(sheet, day)), free_day(sheet, day)
    if closure := closure_on(sheet.closures, day):
        return Today(day, "closure", closure=closure, next_opening=next_opening(sheet, day), free=free)
    if sheet.hours is None:
        return Today(day, "unknown", free=free)
    if current := next((span for span in spans if span[0] <= moment < span[1]), None):
        return Today(day, "open", spans, until=current[1], free=free)
    if later := next((span for span in spans if moment < span[0]), None):
        return Today(day, "opens-later", spans, opens=later[0], free=free)
    return Today(day, "over" if spans else "closed-day", spans, next_opening=next_opening(sheet, day), free=free)


def openings(sheet: MuseumSheet, day: date) -> Iterator[Opening]:
    """The spans of a day by the weekly hours; the most particular rule for the day wins."""
    rules = {rule: days_of(rule) for rule in sheet.hours or {}}
    fitting = [rule for rule, days in rules.items() if day.weekday() in days]
    if sheet.hours and fitting:
        yield from _joined(sheet.hours[min(fitting, key=lambda rule: len(rules[rule]))])


def _joined(spans: Sequence[str]) -> Iterator[Opening]:
    """In the order of the day; spans that touch are one."""
    opens = closes = ""
    for span in sorted(spans):
        if span[:5] > closes and closes:
            yield time.fromisoformat(opens), time.fromisoformat(closes)
            closes = ""
        opens, closes = (opens if closes else span[:5]), max(closes, span[6:])
    if closes:
        yield time.fromisoformat(opens), time.fromisoformat(closes)


def is_open(sheet: MuseumSheet, day: date) -> bool:
    return closure_on(sheet.closures, day) is None and any(openings(sheet, day))


def closure_on(closures: Sequence[Closure], day: date) -> Closure | None:
    return next((closure for closure in closures if closure.holds(day)), None)


def stop_closure(stop: Stop, day: date) -> Closure | None:
    if stop.status == "open" or not stop.status.closed.holds(day):
        return None
    return stop.status.closed


def next_opening(sheet: MuseumSheet, after: date) -> tuple[date, time] | None:
    for ahead in range(1, LOOK_AHEAD_DAYS + 1):
        day = after + timedelta(days=ahead)
        if is_open(sheet, day):
            return day, next(openings(sheet, day))[0]
    return None


def free_day(sheet: MuseumSheet, day: date) -> FreeDay | None:
    return next((free for free in sheet.free_days if free.day == f"{day:%m-%d}"), None)


def days_of(rule: str) -> tuple[int, ...]:
    """The weekdays of `tue-sun`, `mon,wed` or `daily`, Monday being 0; `sat-mon` goes round the week's end."""
    if rule == "daily":
        return tuple(range(7))
    found: set[int] = set()
    for part in rule.split(","):
        first, _, last = part.partition("-")
        start, length = WEEK.index(first), (WEEK.index(last or first) - WEEK.index(first)) % 7
        found |= {(start + step) % 7 for step in range(length + 1)}
    return tuple(sorted(found))
