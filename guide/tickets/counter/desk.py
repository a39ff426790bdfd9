"""The desk: what one person does at one museum's counter, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from guide.database import Database
from guide.tickets.changing import rebooking
from guide.tickets.changing.cancelling import By
from guide.tickets.counter import sale, shifts
from guide.tickets.counter.order_page import OrderPage, order_page, own, receipt_of
from guide.tickets.counter.receipts import Receipts, Slip
from guide.tickets.counter.sale import NothingToPay, Sale, Sold
from guide.tickets.counter.selling_page import SellingPage, Time, local, selling_page, times_of
from guide.tickets.counter.till import Movement, Till, movements, till
from guide.tickets.counter.typed import Basket
from guide.tickets.letters.telling import Tongue
from guide.tickets.once import page_key
from guide.tickets.selling.availability import availability
from guide.tickets.selling.wishes import NothingChosen
from guide.tickets.tables import Order, OrderStatus, Shift
from guide.tours.catalogue import Museum


@dataclass(frozen=True)
class ShiftPage:
    shift: Shift
    opened_at: datetime
    closed_at: datetime | None
    till: Till
    moved: tuple[Movement, ...]
    own: bool
    """Of the person who looks, who alone may close it."""


@dataclass(frozen=True)
class CounterDesk:
    database: Database
    tongue: Tongue
    person: str
    now: datetime
    receipts: Receipts

    @property
    def museum(self) -> Museum:
        return self.tongue.museum

    def has_shift(self) -> bool:
        with self.database.reading() as session:
            return shifts.open_of(session, self.museum.slug, self.person) is not None

    def open(self, float_dong: int) -> Shift:
        with self.database.writing() as session:
            return shifts.open_shift(session, self.museum.slug, self.person, float_dong, self.now)

    def selling(self, basket: Basket) -> SellingPage | None:
        """Nothing where no shift is open."""
        with self.database.reading() as session:
            shift = shifts.open_of(session, self.museum.slug, self.person)
            return selling_page(session, self.tongue, shift, basket, self.now) if shift else None

    def sell(self, basket: Basket) -> Sold:
        wanted = Sale(
            basket.day,
            basket.slot,
            basket.wanted,
            self.tongue.language,
            basket.given_dong,
            basket.donation_dong,
            basket.as_group and basket.people > 1,
        )
        with self.database.writing() as session:
            shift = shifts.working(session, self.museum.slug, self.person)
            key = page_key(basket.key, wanted.wish(shift))
            return sale.sell(session, self.museum, shift, wanted, self.now, key)

    def order(self, code: str) -> OrderPage:
        with self.database.reading() as session:
            return order_page(session, self.tongue, code, self.now)

    def take_payment(self, code: str, given_dong: int | None) -> Sold:
        with self.database.writing() as session:
            shift = shifts.working(session, self.museum.slug, self.person)
            order = own(session, self.tongue, code)
            return sale.take_payment(session, self.museum, shift, order.code, given_dong, self.now)

    def give_back(self, code: str, reason: str, tickets: Sequence[str] | None) -> int:
        """These tickets; nothing named is the whole order."""
        if tickets is not None and not tickets:
            raise NothingChosen
        with self.database.writing() as session:
            shift = shifts.working(session, self.museum.slug, self.person)
            return sale.give_back(session, self.museum, shift, code, reason, self.now, tickets)

    def times(self, day: date) -> tuple[Time, ...]:
        """What there is of a day, for who comes on another one."""
        with self.database.reading() as session:
            lines = availability(session, self.museum, day, day, self.now)
        return times_of(lines, None, ZoneInfo(self.museum.sheet.time_zone))

    def change(self, code: str, day: date, slot: str | None, reason: str) -> Order:
        with self.database.writing() as session:
            order = own(session, self.tongue, code)
            by = By(f"person:{self.person}", reason)
            return rebooking.change(session, self.museum, order.code, day, slot, self.now, by)

    def give_cash(self, refund: UUID) -> int:
        with self.database.writing() as session:
            shift = shifts.working(session, self.museum.slug, self.person)
            return sale.give_cash(session, self.museum, shift, refund, self.now)

    def slip(self, code: str) -> Slip:
        with self.database.reading() as session:
            if own(session, self.tongue, code).status != OrderStatus.PAID:
                raise NothingToPay(order=code[:20])
            receipt = receipt_of(session, self.tongue, code, self.now)
        return self.receipts.write(receipt)

    def slip_of(self, code: str) -> Slip | None:
        """The one that was written, to look at."""
        return self.receipts.written(code)

    def shift(self, shift_id: UUID) -> ShiftPage:
        zone = ZoneInfo(self.museum.sheet.time_zone)
        with self.database.reading() as session:
            shift = shifts.shift_of(session, self.museum.slug, shift_id)
            return ShiftPage(
                shift,
                shift.opened_at.astimezone(zone),
                shift.closed_at.astimezone(zone) if shift.closed_at else None,
                till(session, shift),
                tuple(local(movements(session, shift), zone)),
                shift.person == self.person,
            )

    def close(self, shift_id: UUID, counted_dong: int, remark: str) -> Shift:
        with self.database.writing() as session:
            return shifts.close(session, self.museum.slug, shift_id, self.person, counted_dong, self.now, remark)
