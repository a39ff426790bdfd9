"""What is free: for each entry time of some days how many may still come, exactly as an order would find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.errors import Unusable
from guide.tickets.selling.holding import TOTAL
from guide.tickets.selling.slots import EntryTime, entry_times
from guide.tickets.tables import Allotment, Order, OrderStatus
from guide.tours.catalogue import Museum

MOST_DAYS = 100
LAST_DAY = date(2999, 12, 31)
"""Nobody plans further, and a calendar has an end."""
_Taken = Counter[tuple[date, str]]


class TooManyDays(Unusable):
    """More days are asked for than one answer holds, or they end before they begin."""


@dataclass(frozen=True)
class SlotLine:
    """One entry time at which one can still come; without `places` it has no limit."""

    id: str
    starts_at: datetime
    ends_at: datetime
    places: int | None
    free: int | None


def availability(session: Session, museum: Museum, since: date, until: date, now: datetime) -> list[SlotLine]:
    if not 0 <= (until - since).days < MOST_DAYS or until > LAST_DAY:
        raise TooManyDays(most=MOST_DAYS)
    taken = _taken(session, museum.slug, since, until)
    taken.subtract(_expired(session, museum.slug, since, until, now))
    days = [since + timedelta(days=ahead) for ahead in range((until - since).days + 1)]
    times = (time for day in days for time in entry_times(museum.sheet, day) if time.last_entry > now)
    return [_line(time, taken[time.day, time.slot]) for time in times]


def _line(time: EntryTime, taken: int) -> SlotLine:
    free = None if time.places is None else max(0, time.places - taken)
    return SlotLine(time.id, time.starts_at, time.ends_at, time.places, free)


def _taken(session: Session, museum: str, since: date, until: date) -> _Taken:
    asked = sa.select(col(Allotment.day), col(Allotment.slot), col(Allotment.taken)).where(
        col(Allotment.museum) == museum,
        col(Allotment.day).between(since, until),
        col(Allotment.part) == TOTAL,
    )
    return Counter(dict(_counted(session, asked)))


def _expired(session: Session, museum: str, since: date, until: date, now: datetime) -> _Taken:
    """Holds that are over count as free, also before somebody has swept them up."""
    asked = (
        sa.select(col(Order.day), col(Order.slot), sa.func.sum(Order.people))
        .where(
            col(Order.museum) == museum,
            col(Order.day).between(since, until),
            col(Order.status) == OrderStatus.HELD,
            col(Order.expires_at) <= now,
        )
        .group_by(col(Order.day), col(Order.slot))
    )
    return Counter(dict(_counted(session, asked)))


def _counted(session: Session, asked: sa.Select[date, str, int]) -> Iterator[tuple[tuple[date, str], int]]:
    for day, slot, number in session.connection().execute(asked):
        yield (day, slot), int(number)
