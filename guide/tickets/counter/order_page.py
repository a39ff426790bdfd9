"""An order as the counter sees it: its tickets, what is to be paid, and what is to go back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from guide.tickets import codes
from guide.tickets.changing.cancelling import fresh_tickets
from guide.tickets.counter.receipts import Receipt
from guide.tickets.counter.sale import due_of
from guide.tickets.letters.telling import Tongue, spaced
from guide.tickets.selling.orders import NoSuchOrder, lines_of, order_of, status_at
from guide.tickets.tables import Order, OrderStatus, Ticket

TicketState = Literal["live", "inside", "cancelled", "unpaid"]


@dataclass(frozen=True)
class ShownTicket:
    code: str
    spaced: str
    category: str
    dong: int
    admits: int
    entered: int
    state: TicketState


@dataclass(frozen=True)
class Due:
    id: UUID
    dong: int
    pay: str


@dataclass(frozen=True)
class OrderPage:
    code: str
    spaced: str
    status: OrderStatus
    day: str
    time: str
    until: str
    """How long its places are held."""
    people: int
    total_dong: int
    donation_dong: int
    pay: str
    channel: str
    tickets: tuple[ShownTicket, ...]
    due: tuple[Due, ...]

    @property
    def waits(self) -> bool:
        """For its money; late money is taken while there are places."""
        return self.status in (OrderStatus.HELD, OrderStatus.EXPIRED)

    @property
    def live(self) -> tuple[ShownTicket, ...]:
        return tuple(ticket for ticket in self.tickets if ticket.state == "live")


def own(session: Session, tongue: Tongue, code: str) -> Order:
    """Only an order of the museum at whose counter one stands; the code of any of its tickets names it too."""
    known = codes.read(code)
    ticket = session.get(Ticket, known) if known else None
    order = order_of(session, ticket.order_code if ticket else code)
    if order.museum != tongue.museum.slug:
        raise NoSuchOrder(code=code[:20])
    return order


def order_page(session: Session, tongue: Tongue, code: str, now: datetime) -> OrderPage:
    order = own(session, tongue, code)
    zone = ZoneInfo(tongue.museum.sheet.time_zone)
    tickets = fresh_tickets(session, order.code)
    return OrderPage(
        order.code,
        spaced(order.code),
        status_at(order, now),
        tongue.day(order.day),
        tongue.time(order.slot),
        f"{order.expires_at.astimezone(zone):%H:%M, %d/%m}",
        order.people,
        order.total_dong,
        order.donation_dong,
        order.pay,
        order.channel,
        tuple(_shown(tongue, ticket) for ticket in sorted(tickets, key=lambda one: (one.category, one.code))),
        tuple(Due(refund.id, refund.dong, refund.pay) for refund in due_of(session, order.code)),
    )


def _shown(tongue: Tongue, ticket: Ticket) -> ShownTicket:
    name = tongue.category(ticket.category)
    counts = (ticket.dong, ticket.admits, ticket.entered)
    return ShownTicket(ticket.code, spaced(ticket.code), name, *counts, _state(ticket))


def _state(ticket: Ticket) -> TicketState:
    if ticket.cancelled_at:
        return "cancelled"
    if ticket.entered:
        return "inside"
    return "live" if ticket.issued_at else "unpaid"


def receipt_of(session: Session, tongue: Tongue, code: str, now: datetime) -> Receipt:
    order = own(session, tongue, code)
    paid_at = (order.paid_at or now).astimezone(ZoneInfo(tongue.museum.sheet.time_zone))
    return Receipt(tongue.name, order.code, paid_at, tuple(_lines(tongue, order)), order.total_dong)


def _lines(tongue: Tongue, order: Order) -> Sequence[tuple[str, int, int]]:
    tickets = [(tongue.category(line.category), line.count, line.count * line.dong) for line in lines_of(order)]
    donation = [(tongue.say("counter.donation"), 1, order.donation_dong)] if order.donation_dong else []
    return [*tickets, *donation]
