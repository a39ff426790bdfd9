"""Another day: other places for the old ones, in one transaction; the tickets stay the same tickets.

A ticket keeps its row and its code, so whoever enters, on either day and at whatever gate, uses the one count that it
has. Its signed code is another one, because that holds the day. What was agreed and paid stays written in the order; a
difference goes back as a refund.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import changed
from guide.errors import Conflict
from guide.office import audit
from guide.tickets import ledger
from guide.tickets.changing.cancelling import (
    CHANGED,
    VISITOR,
    AlreadyEntered,
    By,
    NoReason,
    fresh_tickets,
    outgoing_letter,
    own_order,
    repay,
)
from guide.tickets.changing.terms import WHOLE, may_change, share
from guide.tickets.selling.holding import TOTAL, Hold, places_of, wants_of
from guide.tickets.selling.orders import Line, takes_of
from guide.tickets.selling.securing import exchange
from guide.tickets.selling.slots import EntryTime
from guide.tickets.selling.wishes import WEB, GroupTooSmall, NoSuchCategory, time_wished
from guide.tickets.tables import Order, OrderStatus, Ticket
from guide.tours.catalogue import Museum
from guide.tours.content import MuseumSheet
from guide.tours.prices import offer_of, offers


class TooLateToChange(Conflict):
    """The museum lets the day be changed only until some hours before."""


class CostsMore(Conflict):
    """The other day is dearer, and more money cannot be taken by changing."""


class NotChangeable(Conflict):
    """Only an order that is paid can change its day."""


@dataclass(frozen=True)
class Change:
    """What another day would mean: shown before it is done, and done just so."""

    time: EntryTime
    lines: tuple[Line, ...]
    was: Mapping[str, int]
    """What the tickets of each category have cost together."""
    percent: int = WHOLE
    """How much of what it costs less goes back: as of a ticket that is given back."""

    @property
    def was_dong(self) -> int:
        return sum(self.was.values())

    @property
    def will_dong(self) -> int:
        return sum(line.count * line.dong for line in self.lines)

    @property
    def back_dong(self) -> int:
        return (self.was_dong - self.will_dong) * self.percent // WHOLE

    @property
    def kept_dong(self) -> int:
        return self.was_dong - self.will_dong - self.back_dong

    @property
    def counts(self) -> dict[str, int]:
        return {line.category: line.count for line in self.lines}


def offered(
    session: Session, museum: Museum, order_code: str, day: date, slot: str | None, now: datetime, by: By = VISITOR
) -> Change:
    order = own_order(session, museum, order_code)
    return _decided(museum.sheet, order, _live(session, order), day, slot, now, by)


def change(
    session: Session, museum: Museum, order_code: str, day: date, slot: str | None, now: datetime, by: By = VISITOR
) -> Order:
    """The whole order comes on another day or at another time; to the time that it has already, nothing happens."""
    order = own_order(session, museum, order_code, for_update=True)
    tickets = _live(session, order)
    decided = _decided(museum.sheet, order, tickets, day, slot, now, by)
    if (order.day, order.slot) == (decided.time.day, decided.time.slot):
        return order
    before = {"day": str(order.day), "slot": order.slot}
    _move_places(session, museum, order, decided, now)
    _move_tickets(session, tickets, decided)
    repay(session, museum, order, _moves(decided), CHANGED, now)
    after = {"to_day": str(order.day), "to_slot": order.slot, "back_dong": decided.back_dong}
    audit.note(session, now, order.museum, by.who, "order.changed", order.code, **before, **after)
    outgoing_letter(session, order, now, "order.changed")
    return order


def _live(session: Session, order: Order) -> list[Ticket]:
    return [ticket for ticket in fresh_tickets(session, order.code) if ticket.cancelled_at is None]


def _decided(
    sheet: MuseumSheet, order: Order, tickets: Sequence[Ticket], day: date, slot: str | None, now: datetime, by: By
) -> Change:
    if order.status != OrderStatus.PAID or not tickets:
        raise NotChangeable
    if entered := next((ticket for ticket in tickets if ticket.entered), None):
        raise AlreadyEntered(ticket=entered.code)
    if by.reason == "":
        raise NoReason
    if not by.whole and not may_change(sheet, order.day, order.slot, now):
        raise TooLateToChange(hours=sheet.tickets.changing_until_hours)
    time = time_wished(sheet, day, slot, now, order.channel if by.whole else WEB)
    percent = WHOLE if by.whole else share(sheet, order.day, order.slot, now) or 0
    decided = Change(time, _priced(sheet, day, tickets), _paid_for(tickets), percent)
    if (more := decided.will_dong - decided.was_dong) > 0:
        raise CostsMore(more_dong=more)
    return decided


def _paid_for(tickets: Sequence[Ticket]) -> Counter[str]:
    was = Counter[str]()
    for ticket in tickets:
        was[ticket.category] += ticket.dong
    return was


def _priced(sheet: MuseumSheet, day: date, tickets: Sequence[Ticket]) -> tuple[Line, ...]:
    """What the same people cost on that day."""
    people = Counter[str]()
    for ticket in tickets:
        people[ticket.category] += ticket.admits
    there = offers(sheet, day)
    found = {category: offer_of(there, category) for category in people}
    for category, price in found.items():
        if price is None:
            raise NoSuchCategory(category=category)
        if price.people and people.total() < price.people:
            raise GroupTooSmall(category=category, people=price.people)
    return tuple(Line(name, people[name], price.dong) for name, price in sorted(found.items()) if price)


def _move_places(session: Session, museum: Museum, order: Order, decided: Change, now: datetime) -> None:
    time, takes = decided.time, takes_of(order)
    wants = wants_of(museum.sheet, decided.counts)
    before = Hold(museum.slug, order.day, order.slot, tuple(takes.items()))
    after = Hold(museum.slug, time.day, time.slot, tuple(wants.items()))
    exchange(session, before, after, places_of(museum.sheet, time), now)
    told = {"day": time.day, "slot": time.slot, "people": wants[TOTAL], "takes": json.dumps(wants)}
    changed(session, sa.update(Order).where(col(Order.code) == order.code).values(**told))
    session.refresh(order)


def _move_tickets(session: Session, tickets: Sequence[Ticket], decided: Change) -> None:
    """One statement a category, and we count: a ticket that enters at this very moment stays where it is."""
    for line in decided.lines:
        codes = [ticket.code for ticket in tickets if ticket.category == line.category]
        untouched = col(Ticket.code).in_(codes) & col(Ticket.cancelled_at).is_(None) & (col(Ticket.entered) == 0)
        told = {"day": decided.time.day, "slot": decided.time.slot, "dong": line.dong * col(Ticket.admits)}
        if changed(session, sa.update(Ticket).where(untouched).values(**told)) != len(codes):
            raise AlreadyEntered(ticket=codes[0])


def _moves(decided: Change) -> list[ledger.Move]:
    """A category may become dearer where another becomes cheaper by as much: each account is told its own.

    What the museum keeps stays where it was earned.
    """
    less = {line.category: decided.was[line.category] - line.count * line.dong for line in decided.lines}
    cheaper = {category: dong for category, dong in less.items() if dong > 0}
    kept = decided.kept_dong
    for category, dong in cheaper.items():
        cheaper[category] -= min(dong, kept)
        kept -= min(dong, kept)
    back = [(ledger.OWED, ledger.sales(category), dong) for category, dong in cheaper.items() if dong]
    more = [(ledger.sales(category), ledger.OWED, -dong) for category, dong in less.items() if dong < 0]
    return [*back, *more]
