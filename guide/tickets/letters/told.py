"""What letter, sheet and calendar file are made of: an order and its tickets, told in the buyer's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from guide.tickets.letters.telling import Tongue
from guide.tickets.selling.slots import EntryTime, entry_times
from guide.tickets.signing.shown import signed_codes
from guide.tickets.tables import Order, Ticket
from guide.tours.prices import dong
from guide.tours.squares import Square, square


@dataclass(frozen=True)
class ToldTicket:
    code: str
    category: str
    evidence: str
    """What to bring; it is looked at, never kept."""
    admits: int
    day: str
    time: str
    square: Square = field(repr=False)
    """What the gate scans."""


@dataclass(frozen=True)
class ToldOrder:
    """Everything about one visit that is printed or sent."""

    code: str
    language: str
    spoken: str
    """The language of the product's own words."""
    museum: str
    address: str
    day: str
    """In words."""
    time: str
    on: date
    begins: datetime | None
    ends: datetime | None
    zone: str
    total: str
    url: str
    """Its page; whoever has this address has the tickets. Nothing where our own address is not known."""
    tickets: tuple[ToldTicket, ...]


def told_order(session: Session, tongue: Tongue, order: Order, tickets: Sequence[Ticket], public_url: str) -> ToldOrder:
    """`tickets` are those that are good for entering."""
    signed = signed_codes(session, tickets)
    time = entry_time(tongue, order.day, order.slot)
    return ToldOrder(
        code=order.code,
        language=order.language,
        spoken=tongue.interface,
        museum=tongue.name,
        address=tongue.address,
        day=tongue.day(order.day),
        time=tongue.time(order.slot),
        on=order.day,
        begins=time.starts_at if time and order.slot else None,
        ends=time.ends_at if time and order.slot else None,
        zone=tongue.museum.sheet.time_zone,
        total=dong(order.total_dong, tongue.interface),
        url=f"{public_url}/orders/{order.code}?lang={order.language}" if public_url else "",
        tickets=tuple(told_ticket(tongue, ticket, signed[ticket.code]) for ticket in tickets),
    )


def told_ticket(tongue: Tongue, ticket: Ticket, signed: str) -> ToldTicket:
    return ToldTicket(
        code=ticket.code,
        category=tongue.category(ticket.category),
        evidence=tongue.evidence(ticket.category, ticket.day),
        admits=ticket.admits,
        day=tongue.day(ticket.day),
        time=tongue.time(ticket.slot),
        square=square(signed),
    )


def entry_time(tongue: Tongue, day: date, slot: str) -> EntryTime | None:
    """None where the museum has changed its times since."""
    return next((time for time in entry_times(tongue.museum.sheet, day) if time.slot == slot), None)
