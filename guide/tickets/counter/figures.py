"""Figures: what was sold, given back, donated and let in between two days, summed from the ledger and the tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.errors import Unusable
from guide.tickets import ledger
from guide.tickets.tables import LedgerLine, Order, Shift, Ticket
from guide.tours.catalogue import Museum

MOST_DAYS = 400
Name = TypeVar("Name")
CountEntries = Callable[[Session, str, date, date, str], list[tuple[date, str, int]]]
"""What the gates tell: for each day and gate the people let in. The gate is another room, so it is handed over."""


class ReportTooLong(Unusable):
    """The days end before they begin, or are more than one report holds."""


@dataclass(frozen=True)
class Moved:
    """A sum of ledger lines of one day and one channel from an account to another."""

    day: date
    channel: str
    giving: str
    receiving: str
    dong: int


@dataclass(frozen=True)
class Takings:
    """What the museum earned of something: tickets sold, the part of it that went back, and donations."""

    sold_dong: int = 0
    returned_dong: int = 0
    donations_dong: int = 0

    @property
    def net_dong(self) -> int:
        return self.sold_dong - self.returned_dong + self.donations_dong

    def __add__(self, other: Takings) -> Takings:
        return Takings(
            self.sold_dong + other.sold_dong,
            self.returned_dong + other.returned_dong,
            self.donations_dong + other.donations_dong,
        )


@dataclass(frozen=True)
class Flow:
    """Money that came by a way of paying, and went back by it."""

    taken_dong: int = 0
    given_dong: int = 0

    @property
    def net_dong(self) -> int:
        return self.taken_dong - self.given_dong

    def __add__(self, other: Flow) -> Flow:
        return Flow(self.taken_dong + other.taken_dong, self.given_dong + other.given_dong)


@dataclass(frozen=True)
class People:
    sold: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Report:
    since: date
    until: date
    days: dict[date, Takings]
    categories: dict[str, Takings]
    channels: dict[str, Takings]
    ways: dict[str, Flow]
    owed: Flow
    """What came to be owed to visitors, and what of it was sent."""
    people: dict[str, People]
    """By category, in these days sold and given back."""
    visits: dict[date, tuple[int, int]]
    """By the day of the visit: people with a ticket, and those of them who entered."""
    gates: tuple[tuple[date, str, int], ...]
    shifts: tuple[Shift, ...]

    @property
    def takings(self) -> Takings:
        return sum(self.days.values(), Takings())

    @property
    def flow(self) -> Flow:
        return sum(self.ways.values(), Flow())

    @property
    def adds_up(self) -> bool:
        """What was earned is what came in, less what is still owed: the two sides of the ledger."""
        return self.takings.net_dong + self.owed.net_dong == self.flow.net_dong


def report(session: Session, museum: Museum, since: date, until: date, entries: CountEntries) -> Report:
    if not 0 <= (until - since).days < MOST_DAYS:
        raise ReportTooLong(most=MOST_DAYS)
    moved = list(_moved(session, museum.slug, since, until))
    first, last = _moments(museum, since, until)
    return Report(
        since,
        until,
        takings_by(moved, lambda one: one.day),
        takings_by(moved, _category),
        takings_by(moved, lambda one: one.channel),
        ways_of(moved),
        owed_of(moved),
        _people(session, museum.slug, first, last),
        _visits(session, museum.slug, since, until),
        tuple(entries(session, museum.slug, since, until, museum.sheet.time_zone)),
        _shifts(session, museum.slug, first, last),
    )


def takings_by(moved: Iterable[Moved], name: Callable[[Moved], Name]) -> dict[Name, Takings]:
    found: dict[Name, Takings] = {}
    for one in moved:
        if (earned := _takings(one)) != Takings():
            found[name(one)] = found.get(name(one), Takings()) + earned
    return found


def _takings(one: Moved) -> Takings:
    if _is_sale(one.giving):
        return Takings(sold_dong=one.dong)
    if _is_sale(one.receiving):
        return Takings(returned_dong=one.dong)
    given = (one.giving == ledger.DONATIONS) - (one.receiving == ledger.DONATIONS)
    return Takings(donations_dong=given * one.dong)


def _is_sale(account: str) -> bool:
    return account.startswith(ledger.SALES)


def _category(one: Moved) -> str:
    """Donations belong to none."""
    account = one.giving if _is_sale(one.giving) else one.receiving
    return account.removeprefix(ledger.SALES) if _is_sale(account) else ""


def ways_of(moved: Iterable[Moved]) -> dict[str, Flow]:
    found: dict[str, Flow] = {}
    for one in moved:
        for account, flow in ((one.receiving, Flow(taken_dong=one.dong)), (one.giving, Flow(given_dong=one.dong))):
            if not _is_sale(account) and account not in (ledger.DONATIONS, ledger.OWED):
                found[account] = found.get(account, Flow()) + flow
    return found


def owed_of(moved: Iterable[Moved]) -> Flow:
    return sum(
        (
            Flow(one.dong * (one.giving == ledger.OWED), one.dong * (one.receiving == ledger.OWED))
            for one in moved
            if one.giving != one.receiving
        ),
        Flow(),
    )


def _moved(session: Session, museum: str, since: date, until: date) -> Iterator[Moved]:
    channel = sa.func.coalesce(col(Order.channel), "")
    keys = (col(LedgerLine.day), channel.label("channel"), col(LedgerLine.giving), col(LedgerLine.receiving))
    asked = (
        sa.select(*keys, sa.func.sum(LedgerLine.dong).label("dong"))
        .outerjoin_from(LedgerLine, Order, col(Order.code) == col(LedgerLine.order_code))
        .where(col(LedgerLine.museum) == museum, col(LedgerLine.day).between(since, until))
        .group_by(*keys)
        .order_by(*keys)
    )
    for row in session.connection().execute(asked):
        yield Moved(row.day, row.channel, row.giving, row.receiving, int(row.dong))


def _moments(museum: Museum, since: date, until: date) -> tuple[datetime, datetime]:
    """From the first moment of the days at the museum to the first after them."""
    zone = ZoneInfo(museum.sheet.time_zone)
    return datetime.combine(since, time(), zone), datetime.combine(until + timedelta(days=1), time(), zone)


def _people(session: Session, museum: str, first: datetime, last: datetime) -> dict[str, People]:
    sold = _admitted(session, museum, col(Ticket.issued_at), first, last)
    returned = _admitted(session, museum, col(Ticket.cancelled_at), first, last)
    names = sorted({*sold, *returned})
    return {name: People(sold.get(name, 0), returned.get(name, 0)) for name in names}


def _admitted(
    session: Session, museum: str, moment: sa.SQLColumnExpression[datetime | None], first: datetime, last: datetime
) -> dict[str, int]:
    asked = (
        sa.select(col(Ticket.category), sa.func.sum(Ticket.admits))
        .where(col(Ticket.museum) == museum, col(Ticket.issued_at).is_not(None), moment >= first, moment < last)
        .group_by(col(Ticket.category))
    )
    return {category: int(people) for category, people in session.connection().execute(asked)}


def _visits(session: Session, museum: str, since: date, until: date) -> dict[date, tuple[int, int]]:
    live = col(Ticket.issued_at).is_not(None) & col(Ticket.cancelled_at).is_(None)
    asked = (
        sa.select(col(Ticket.day), sa.func.sum(Ticket.admits), sa.func.sum(Ticket.entered))
        .where(col(Ticket.museum) == museum, col(Ticket.day).between(since, until), live)
        .group_by(col(Ticket.day))
        .order_by(col(Ticket.day))
    )
    return {day: (int(admits), int(entered)) for day, admits, entered in session.connection().execute(asked)}


def _shifts(session: Session, museum: str, first: datetime, last: datetime) -> tuple[Shift, ...]:
    asked = select(Shift).where(col(Shift.museum) == museum, col(Shift.opened_at) >= first, col(Shift.opened_at) < last)
    found: Sequence[Shift] = session.exec(asked.order_by(col(Shift.opened_at))).all()
    return tuple(found)
