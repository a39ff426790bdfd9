"""Selling for cash: the order, its money and its tickets in one transaction, and the change that is given back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from guide.errors import Conflict, NotFound
from guide.tickets import ledger
from guide.tickets.changing.cancelling import By, cancel
from guide.tickets.counter.till import till
from guide.tickets.selling import refunds
from guide.tickets.selling.ordering import place
from guide.tickets.selling.orders import order_of
from guide.tickets.selling.settling import Paid, Settled, settle
from guide.tickets.selling.wishes import COUNTER, Wish
from guide.tickets.tables import Order, OrderStatus, Refund, Shift
from guide.tours.catalogue import Museum

PAID = frozenset({Settled.PAID, Settled.LATE_PAID})


class TooLittleGiven(Conflict):
    """The cash that was given is less than what is to be paid."""


class NothingToPay(Conflict):
    """The order is paid, or cancelled, or its places are gone: no money is taken for it."""


class NoSuchRefund(NotFound):
    """No money of this museum is to go back under this number, or it has gone back already."""


class NotEnoughInTill(Conflict):
    """The drawer does not hold what is to be given back."""


@dataclass(frozen=True)
class Sale:
    """What somebody at the counter wants."""

    day: date
    slot: str | None
    counts: Mapping[str, int]
    language: str
    given_dong: int | None = None
    """None where it was given exactly."""
    donation_dong: int = 0
    as_group: bool = False

    def wish(self, shift: Shift) -> Wish:
        return Wish(
            self.day,
            self.slot,
            self.counts,
            self.language,
            ledger.CASH,
            donation_dong=self.donation_dong,
            channel=COUNTER,
            shift_id=shift.id,
            as_group=self.as_group,
        )


@dataclass(frozen=True)
class Sold:
    order: Order
    given_dong: int

    @property
    def change_dong(self) -> int:
        return self.given_dong - self.order.total_dong


def sell(session: Session, museum: Museum, shift: Shift, sale: Sale, now: datetime, key: str | None = None) -> Sold:
    """With the same key it is sold once, however often the button was pressed."""
    order = place(session, museum, sale.wish(shift), now, key, who=_who(shift))
    if order.status == OrderStatus.PAID:
        return Sold(order, _enough(order, sale.given_dong))
    return take_payment(session, museum, shift, order.code, sale.given_dong, now)


def take_payment(
    session: Session, museum: Museum, shift: Shift, order_code: str, given_dong: int | None, now: datetime
) -> Sold:
    """Cash for an order that waits for it, made here or on the web; also late, while there are places."""
    order = order_of(session, order_code)
    given = _enough(order, given_dong)
    paid = Paid(order.code, order.total_dong, ledger.CASH, f"till/{order.code}", _who(shift), shift.id)
    settled = settle(session, museum, paid, now)
    session.refresh(order)
    if settled not in PAID and not (settled is Settled.ALREADY and _taken_in(order, shift)):
        raise NothingToPay(order=order.code)
    return Sold(order, given)


def _taken_in(order: Order, shift: Shift) -> bool:
    """The button was pressed twice; what another drawer has taken was not given here."""
    return order.status == OrderStatus.PAID and order.pay == ledger.CASH and order.shift_id == shift.id


def _enough(order: Order, given_dong: int | None) -> int:
    given = order.total_dong if given_dong is None else given_dong
    if given < order.total_dong:
        raise TooLittleGiven(missing_dong=order.total_dong - given)
    return given


def give_back(
    session: Session,
    museum: Museum,
    shift: Shift,
    order_code: str,
    reason: str,
    now: datetime,
    tickets: Collection[str] | None = None,
) -> int:
    """What came in cash goes back in cash at once, as many đồng as this says; other money is owed until it is sent."""
    order = cancel(session, museum, order_code, now, tickets, By(_who(shift), reason))
    cash = [refund for refund in due_of(session, order.code) if refund.pay == ledger.CASH]
    return sum(give_cash(session, museum, shift, refund.id, now) for refund in cash)


def give_cash(session: Session, museum: Museum, shift: Shift, refund_id: UUID, now: datetime) -> int:
    """Money that is owed is given out of the drawer, once."""
    refund = session.get(Refund, refund_id, populate_existing=True)
    if refund is None or refund.museum != museum.slug:
        raise NoSuchRefund
    if till(session, shift).expected_dong < refund.dong:
        raise NotEnoughInTill(dong=refund.dong)
    if not refunds.sent(session, museum, refund_id, _who(shift), now, ledger.CASH, shift.id):
        raise NoSuchRefund
    return refund.dong


def due_of(session: Session, order_code: str) -> list[Refund]:
    asked = select(Refund).where(col(Refund.order_code) == order_code, col(Refund.done_at).is_(None))
    return list(session.exec(asked.order_by(col(Refund.due_at), col(Refund.id))))


def _who(shift: Shift) -> str:
    return f"person:{shift.person}"
