"""What a ticket that is given back brings: the museum's terms, the time left, and the sum that is shown first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from guide.tours.calendar import closure_on, openings
from guide.tours.content import MuseumSheet

WHOLE = 100


@dataclass(frozen=True)
class Returned:
    """One ticket that goes back, and what it brings."""

    code: str
    category: str
    dong: int


@dataclass(frozen=True)
class Offer:
    """What giving back would bring: shown before it is done, and done just so."""

    percent: int
    tickets: tuple[Returned, ...]
    donation_dong: int = 0
    """A donation goes back only with the last ticket of its order."""

    @property
    def dong(self) -> int:
        return sum(ticket.dong for ticket in self.tickets) + self.donation_dong


def share(sheet: MuseumSheet, day: date, slot: str, now: datetime) -> int | None:
    """The part of the price, in hundredths, that a visitor gets back now; none where it is too late."""
    if closure_on(sheet.closures, day):
        return WHOLE
    left = begins_at(sheet, day, slot) - now
    fitting = [rule.percent for rule in sheet.tickets.giving_back if left >= timedelta(hours=rule.until_hours)]
    return max(fitting, default=None)


def may_change(sheet: MuseumSheet, day: date, slot: str, now: datetime) -> bool:
    """A day that the museum has closed since can be changed as long as one likes."""
    left = begins_at(sheet, day, slot) - now
    return left >= timedelta(hours=sheet.tickets.changing_until_hours) or bool(closure_on(sheet.closures, day))


def begins_at(sheet: MuseumSheet, day: date, slot: str) -> datetime:
    """The moment that hours are counted back from: the entry time, or the opening of a day that is not divided."""
    opening = next((opens for opens, _ in openings(sheet, day)), time())
    moment = time.fromisoformat(slot) if slot else opening
    return datetime.combine(day, moment, ZoneInfo(sheet.time_zone))


def offer(percent: int, tickets: Sequence[Returned], donation_dong: int = 0) -> Offer:
    """Rounded down ticket by ticket: one after the other brings what all at once bring."""
    returned = tuple(Returned(one.code, one.category, one.dong * percent // WHOLE) for one in tickets)
    return Offer(percent, returned, donation_dong)
