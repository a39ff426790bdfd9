"""Orders as they stand: whoever holds a code may see what it is of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.errors import NotFound
from guide.tickets import codes
from guide.tickets.tables import Order, OrderStatus, Ticket


class NoSuchOrder(NotFound):
    """No order has this code."""


@dataclass(frozen=True)
class Line:
    """What was agreed for a category."""

    category: str
    count: int
    dong: int
    """For each."""


def order_of(session: Session, code: str) -> Order:
    """The order of a code, as it was typed."""
    known = codes.read(code)
    order = session.get(Order, known, populate_existing=True) if known else None
    if order is None:
        raise NoSuchOrder(code=code[:20])
    return order


def tickets_of(session: Session, order_code: str) -> list[Ticket]:
    asked = select(Ticket).where(col(Ticket.order_code) == order_code).execution_options(populate_existing=True)
    return sorted(session.exec(asked), key=lambda ticket: (ticket.category, ticket.code))


def lock_tickets(session: Session, order_code: str) -> None:
    """Before places, and in the order of their codes: so do gates, and nobody waits for each other."""
    of_order = sa.select(col(Ticket.code)).where(col(Ticket.order_code) == order_code)
    session.connection().execute(of_order.order_by(col(Ticket.code)).with_for_update())


def lines_of(order: Order) -> list[Line]:
    return [Line(*line) for line in json.loads(order.lines)]


def takes_of(order: Order) -> dict[str, int]:
    """The places that it holds or has, by part."""
    takes: dict[str, int] = json.loads(order.takes)
    return takes


def status_at(order: Order, now: datetime) -> OrderStatus:
    """A hold that is over is expired to whoever looks, also before it has been swept up."""
    status = OrderStatus(order.status)
    return OrderStatus.EXPIRED if status is OrderStatus.HELD and order.expires_at <= now else status
