"""Orders that were bought and paid at the small museum, and what the house holds of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.database import Database
from guide.tickets.ledger import balances
from guide.tickets.selling.ordering import place
from guide.tickets.selling.orders import tickets_of
from guide.tickets.selling.settling import Paid, Settled, settle
from guide.tickets.tables import Allotment, Order, OrderStatus, Refund, Ticket
from guide.tours.catalogue import Museum
from tests.tickets.box_office import NOW, SLOT, wish

THURSDAY = date(2026, 11, 26)
FRIDAY = date(2026, 11, 27)
FREE_DAY = date(2026, 12, 2)


def bought(
    database: Database, museum: Museum, counts: dict[str, int] | None = None, now: datetime = NOW, **other: Any
) -> Order:
    """Paid, for Thursday at eight: two days ahead, while all can still be given back."""
    with database.writing() as session:
        order = place(session, museum, wish(counts, **({"day": THURSDAY, "slot": SLOT} | other)), now)
        if order.total_dong:
            paid = Paid(order.code, order.total_dong, order.pay, f"FT{order.code}")
            assert settle(session, museum, paid, now) is Settled.PAID
        return order


def held(database: Database, museum: Museum, counts: dict[str, int] | None = None, **other: Any) -> Order:
    with database.writing() as session:
        return place(session, museum, wish(counts, **({"day": THURSDAY, "slot": SLOT} | other)), NOW)


def codes_of(database: Database, order: Order) -> list[str]:
    with database.reading() as session:
        return [ticket.code for ticket in tickets_of(session, order.code)]


def ticket(database: Database, code: str) -> Ticket:
    with database.reading() as session:
        found = session.get(Ticket, code)
        assert found
        return found


def taken(database: Database, museum: Museum, day: date = THURSDAY, slot: str = SLOT) -> dict[str, int]:
    """What is taken of an entry time, by part."""
    with database.reading() as session:
        asked = select(Allotment).where(Allotment.museum == museum.slug, Allotment.day == day, Allotment.slot == slot)
        return {row.part: row.taken for row in session.exec(asked)}


def sums(database: Database, museum: Museum) -> dict[str, int]:
    with database.reading() as session:
        return {account: dong for account, dong in balances(session, museum.slug).items() if dong}


def refunds(database: Database, order: Order) -> list[tuple[int, str]]:
    with database.reading() as session:
        asked = select(Refund).where(Refund.order_code == order.code).order_by(col(Refund.due_at), col(Refund.dong))
        return [(refund.dong, refund.why) for refund in session.exec(asked)]


def enter(session: Session, code: str, people: int = 1) -> bool:
    """What a gate does with a ticket, in one statement."""
    there = (col(Ticket.code) == code) & col(Ticket.cancelled_at).is_(None)
    room = col(Ticket.entered) + people <= col(Ticket.admits)
    told = {"entered": col(Ticket.entered) + people, "entered_at": NOW}
    return bool(session.connection().execute(sa.update(Ticket).where(there & room).values(**told)).rowcount)


def everything_adds_up(database: Database, museum: Museum) -> None:
    """The ledger sums to nothing, and the places that are taken are the people of orders that live."""
    with database.reading() as session:
        assert sum(balances(session, museum.slug).values()) == 0
        live = col(Order.status).in_([OrderStatus.HELD, OrderStatus.PAID])
        people: dict[tuple[date, str], int] = {}
        for order in session.exec(select(Order).where(live, col(Order.museum) == museum.slug)):
            people[order.day, order.slot] = people.get((order.day, order.slot), 0) + order.people
        rows = session.exec(select(Allotment).where(Allotment.part == "", Allotment.museum == museum.slug))
        assert {(row.day, row.slot): row.taken for row in rows if row.taken} == people
        owed = sum(
            refund.dong
            for refund in session.exec(
                select(Refund).where(col(Refund.done_at).is_(None), col(Refund.museum) == museum.slug)
            )
        )
        assert -balances(session, museum.slug).get("owed", 0) == owed
