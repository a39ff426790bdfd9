"""Entry times: when visitors may come on a day, and how many at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from guide.tours.calendar import closure_on, days_of, openings
from guide.tours.content import MuseumSheet
from guide.tours.sale import Slots

_SLOT = re.compile(r"(?:(?P<day>\d{4}-\d\d-\d\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d))?|(?P<clock>\d\d:\d\d))", re.ASCII)
WHOLE_DAY = ((time.min, time.max),)


@dataclass(frozen=True)
class EntryTime:
    """A time at which visitors are let in; `slot` is `08:00`, or nothing where the day is not divided."""

    day: date
    slot: str
    starts_at: datetime
    ends_at: datetime
    last_entry: datetime
    """Until when a gate lets in who is late; whoever buys then could go in just so."""
    places: int | None
    """None where as many as like may come."""

    @property
    def id(self) -> str:
        return slot_id(self.day, self.slot)


def slot_id(day: date, slot: str) -> str:
    """`2026-11-25T0800`, or `2026-11-25` for a day that is not divided."""
    return f"{day.isoformat()}T{slot.replace(':', '')}" if slot else day.isoformat()


def slot_asked(text: str, day: date) -> str | None:
    """The slot that somebody names for this day, as an id or as a time of the clock; none where it is no such thing."""
    found = _SLOT.fullmatch(text)
    if not found or (found["day"] and found["day"] != day.isoformat()):
        return None
    return found["clock"] or (f"{found['hour']}:{found['minute']}" if found["hour"] else "")


def entry_times(sheet: MuseumSheet, day: date) -> tuple[EntryTime, ...]:
    """In the order of the day; none where the museum is closed."""
    spans = tuple(openings(sheet, day)) if sheet.hours is not None else WHOLE_DAY
    if not spans or closure_on(sheet.closures, day):
        return ()
    zone = ZoneInfo(sheet.time_zone)
    if not sheet.slots:
        whole = _between(day, spans[0][0], spans[-1][1], zone)
        return (EntryTime(day, "", *whole, whole[1], sheet.tickets.places_a_day),)
    return tuple(_divided(sheet, day, spans, zone))


def _divided(
    sheet: MuseumSheet, day: date, spans: tuple[tuple[time, time], ...], zone: ZoneInfo
) -> Iterator[EntryTime]:
    rules = rules_by_time(sheet, day)
    times = sorted(rules)
    for place, at in enumerate(times):
        begins = time.fromisoformat(at)
        span = next((span for span in spans if span[0] <= begins < span[1]), None)
        if span is None:
            continue
        following = time.fromisoformat(times[place + 1]) if place + 1 < len(times) else span[1]
        starts_at, ends_at = _between(day, begins, _end(rules[at], day, begins, min(following, span[1])), zone)
        last_entry = min(ends_at, starts_at + timedelta(minutes=sheet.tickets.late_minutes))
        yield EntryTime(day, at, starts_at, ends_at, last_entry, rules[at].places)


def rules_by_time(sheet: MuseumSheet, day: date) -> dict[str, Slots]:
    fitting = (rule for rule in sheet.slots if day.weekday() in days_of(rule.days))
    return {at: rule for rule in fitting for at in rule.at}


def _end(rule: Slots, day: date, begins: time, otherwise: time) -> time:
    if rule.minutes is None:
        return otherwise
    ends = datetime.combine(day, begins) + timedelta(minutes=rule.minutes)
    return ends.time() if ends.date() == day else time.max


def _between(day: date, begins: time, ends: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first, last = datetime.combine(day, begins, zone), datetime.combine(day, ends, zone)
    if ends == time.max:
        last = datetime.combine(day + timedelta(days=1), time.min, zone)
    return first, last
