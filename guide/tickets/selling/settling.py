"""Money has come: the tickets of an order are issued exactly once, in whatever order and however often we are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide import outgoing
from guide.database import changed
from guide.office import audit
from guide.tickets import codes, ledger, once
from guide.tickets.selling.holding import PROMISED, give_back, places_of, wants_of
from guide.tickets.selling.orders import lines_of, lock_tickets, takes_of
from guide.tickets.selling.refunds import owe
from guide.tickets.selling.securing import SoldOut, hold
from guide.tickets.selling.slots import EntryTime, entry_times
from guide.tickets.signing.keys import key_of
from guide.tickets.tables import Order, OrderStatus, Ticket
from guide.tours.catalogue import Museum


class Settled(StrEnum):
    PAID = "paid"
    ALREADY = "already"
    """This very payment was heard before."""
    LATE_PAID = "late-paid"
    """The hold was over, and there were still places."""
    REFUND_DUE = "refund-due"
    """There are no places any more, or it had been paid before: the money is to go back."""
    WRONG_AMOUNT = "wrong-amount"
    """Nothing is changed; people will look at it."""
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    """The order had been cancelled: the money is to go back."""


@dataclass(frozen=True)
class Paid:
    """What somebody who takes money says."""

    order_code: str
    dong: int
    by: str
    """The way of paying: an account of the ledger."""
    reference: str
    """Theirs: what makes two payments two, and one that is told twice one."""
    who: str | None = None
    """For the audit; by default `payment:<by>`."""
    shift_id: UUID | None = None


def settle(session: Session, museum: Museum, paid: Paid, now: datetime) -> Settled:
    order = _locked(session, museum, paid.order_code)
    if order is None:
        return Settled.UNKNOWN
    if paid.dong != order.total_dong:
        return Settled.WRONG_AMOUNT
    key = once.name(museum.slug, "payment", paid.by, paid.reference)
    if once.claim(session, key, "", order.code, now):
        return Settled.ALREADY
    lock_tickets(session, order.code)
    key_of(session, museum.slug, now)  # before any places: who makes the first key may be waiting for them
    return _ACTS[OrderStatus(order.status)](session, museum, order, paid, now)


def _locked(session: Session, museum: Museum, code: str) -> Order | None:
    """Others who would change the order wait until this is settled."""
    known = codes.read(code)
    asked = select(Order).where(col(Order.code) == known, col(Order.museum) == museum.slug).with_for_update()
    return session.exec(asked.execution_options(populate_existing=True)).first() if known else None


def _while_held(session: Session, museum: Museum, order: Order, paid: Paid, now: datetime) -> Settled:
    takes = takes_of(order)
    promised = takes.pop(PROMISED, 0)
    _issue(session, museum, order, takes, paid, now)
    give_back(session, museum.slug, order.day, order.slot, {PROMISED: promised})
    return Settled.PAID


def _too_late(session: Session, museum: Museum, order: Order, paid: Paid, now: datetime) -> Settled:
    time = next((time for time in entry_times(museum.sheet, order.day) if time.slot == order.slot), None)
    if time is None or time.last_entry <= now:
        return _send_back(session, museum, order, paid, now, "time-over")
    wants = wants_of(museum.sheet, {line.category: line.count for line in lines_of(order)})
    if not _places_again(session, museum, time, wants, now):
        return _send_back(session, museum, order, paid, now, "places-gone")
    _issue(session, museum, order, wants, paid, now)
    return Settled.LATE_PAID


def _places_again(session: Session, museum: Museum, time: EntryTime, wants: Mapping[str, int], now: datetime) -> bool:
    """By what the museum says now: its quotas may be others than when the order was made."""
    try:
        hold(session, museum.slug, time.day, time.slot, wants, places_of(museum.sheet, time), now)
    except SoldOut:
        return False
    return True


def _paid_twice(session: Session, museum: Museum, order: Order, paid: Paid, now: datetime) -> Settled:
    return _send_back(session, museum, order, paid, now, "paid-twice")


def _cancelled(session: Session, museum: Museum, order: Order, paid: Paid, now: datetime) -> Settled:
    _send_back(session, museum, order, paid, now, "cancelled")
    return Settled.CANCELLED


_Act = Callable[[Session, Museum, Order, Paid, datetime], Settled]
_ACTS: dict[OrderStatus, _Act] = {
    OrderStatus.HELD: _while_held,
    OrderStatus.EXPIRED: _too_late,
    OrderStatus.PAID: _paid_twice,
    OrderStatus.CANCELLED: _cancelled,
}


def _issue(session: Session, museum: Museum, order: Order, takes: Mapping[str, int], paid: Paid, now: datetime) -> None:
    shift = paid.shift_id or order.shift_id
    values = {"status": OrderStatus.PAID, "paid_at": now, "pay": paid.by, "shift_id": shift}
    values |= {"takes": json.dumps(dict(takes))}
    assert changed(session, sa.update(Order).where(col(Order.code) == order.code).values(**values)) == 1
    whole = col(Ticket.cancelled_at).is_(None)
    changed(session, sa.update(Ticket).where(col(Ticket.order_code) == order.code, whole).values(issued_at=now))
    moves = [(ledger.sales(line.category), paid.by, line.count * line.dong) for line in lines_of(order)]
    moves.append((ledger.DONATIONS, paid.by, order.donation_dong))
    ledger.move(session, now, museum, None, moves, order.code, shift)
    _tell(session, museum, order, paid, now, "order.paid")


def _send_back(session: Session, museum: Museum, order: Order, paid: Paid, now: datetime, why: str) -> Settled:
    owe(session, museum, order.code, paid.dong, paid.by, why, now, paid.shift_id)
    _tell(session, museum, order, paid, now, "refund.due", why=why)
    return Settled.REFUND_DUE


def _tell(
    session: Session, museum: Museum, order: Order, paid: Paid, now: datetime, did: str, **detail: object
) -> None:
    who = paid.who or f"payment:{paid.by}"
    audit.note(session, now, museum.slug, who, did, order.code, dong=paid.dong, **detail)
    outgoing.send(session, now, "letter", museum.slug, order.code, what=did, **detail)
