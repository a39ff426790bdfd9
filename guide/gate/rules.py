"""The rules of a gate on one day, out of the museum's own sheet: hours, entry times, patience, and coming back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from guide.tickets.selling.slots import entry_times
from guide.tours.calendar import closure_on, openings
from guide.tours.content import MuseumSheet

BETWEEN_ENTRIES = timedelta(minutes=10)
"""Who comes back sooner may be somebody else, to whom the ticket was passed over the fence."""


@dataclass(frozen=True)
class Rules:
    early_minutes: int = 30
    late_minutes: int = 60
    re_entry: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    """Opening hours in minutes from midnight; none where the museum does not say."""
    closed: bool = False
    times: Mapping[str, str] = field(default_factory=dict)
    """Each entry time of the day, and when it ends."""


@dataclass(frozen=True)
class Moment:
    """A moment as the museum's own calendar and clock have it."""

    at: datetime
    day: date
    minute: int


def moment_at(zone: str, now: datetime) -> Moment:
    local = now.astimezone(ZoneInfo(zone))
    return Moment(now, local.date(), local.hour * 60 + local.minute)


def rules_on(sheet: MuseumSheet, day: date) -> Rules:
    selling = sheet.tickets
    spans = tuple((_minutes(f"{opens:%H:%M}"), _minutes(f"{closes:%H:%M}")) for opens, closes in openings(sheet, day))
    return Rules(
        early_minutes=selling.early_minutes,
        late_minutes=selling.late_minutes,
        re_entry=selling.re_entry == "same-day",
        spans=spans,
        closed=closure_on(sheet.closures, day) is not None or (sheet.hours is not None and not spans),
        times={time.slot: f"{time.ends_at:%H:%M}" for time in entry_times(sheet, day) if time.slot},
    )


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
