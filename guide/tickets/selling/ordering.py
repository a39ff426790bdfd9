"""An order: places held for a while, with a code to pay by; all of it in one transaction, or nothing.

Its rows are written first and its places are taken last, so that others wait for the places only while this is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from guide import outgoing
from guide.errors import GuideError
from guide.office import audit
from guide.tickets import codes, once
from guide.tickets.selling.holding import PROMISED, places_of, wants_of
from guide.tickets.selling.orders import order_of, tickets_of
from guide.tickets.selling.securing import hold, look
from guide.tickets.selling.wishes import Agreed, Ways, Wish, judge
from guide.tickets.signing.keys import key_of
from guide.tickets.tables import Order, OrderStatus, Ticket
from guide.tours.catalogue import Museum

__all__ = ["Purchase", "Wish", "place", "purchase"]
_Row = dict[str, Any]


class Bought(NamedTuple):
    """A ticket as it was just made."""

    code: str
    order_code: str
    museum: str
    day: date
    slot: str
    category: str
    dong: int
    admits: int
    entered: int
    issued_at: datetime | None
    cancelled_at: None = None


@dataclass(frozen=True)
class Purchase:
    order: Order
    tickets: Sequence[Ticket | Bought]


def place(
    session: Session,
    museum: Museum,
    wish: Wish,
    now: datetime,
    key: str | None = None,
    ways: Ways | None = None,
    who: str = "visitor",
) -> Order:
    """The order of this wish. With the same key it is made once, however often it is asked for."""
    return purchase(session, museum, wish, now, key, ways, who).order


def purchase(
    session: Session,
    museum: Museum,
    wish: Wish,
    now: datetime,
    key: str | None = None,
    ways: Ways | None = None,
    who: str = "visitor",
) -> Purchase:
    """The same, with its tickets."""
    try:
        agreed = judge(museum, wish, now, ways)
        seeking = _Seeking.of(museum, agreed)
        look(session, *seeking, now)
    except GuideError:
        if key and (code := once.earlier(session, once.name(museum.slug, "order", key), _hash(wish))):
            return _earlier(session, code)
        raise
    code = codes.new()
    if key and (first := once.claim(session, once.name(museum.slug, "order", key), _hash(wish), code, now)):
        return _earlier(session, first)
    bought = _write(session, museum, wish, agreed, code, seeking.wants, now, who)
    hold(session, *seeking, now)
    return bought


class _Seeking(NamedTuple):
    """Places that an order needs."""

    museum: str
    day: date
    slot: str
    wants: dict[str, int]
    places: dict[str, int]

    @classmethod
    def of(cls, museum: Museum, agreed: Agreed) -> _Seeking:
        time, sheet = agreed.time, museum.sheet
        wants = wants_of(sheet, agreed.counts) | ({PROMISED: agreed.people} if agreed.is_promise else {})
        return cls(museum.slug, time.day, time.slot, wants, places_of(sheet, time))


def _earlier(session: Session, code: str) -> Purchase:
    return Purchase(order_of(session, code), tickets_of(session, code))


def _hash(wish: Wish) -> str:
    return once.body_hash(asdict(wish))


def _write(
    session: Session,
    museum: Museum,
    wish: Wish,
    agreed: Agreed,
    code: str,
    wants: dict[str, int],
    now: datetime,
    who: str,
) -> Purchase:
    if agreed.is_paid:
        key_of(session, museum.slug, now)
    order = _order(museum.slug, wish, agreed, code, wants, now)
    tickets = sorted(_tickets(order, agreed, as_group=wish.as_group), key=lambda ticket: (ticket.category, ticket.code))
    did = "order.paid" if agreed.is_paid else "order.placed"
    connection = session.connection()
    connection.execute(_ORDERS, order)
    connection.execute(_TICKETS, [ticket._asdict() for ticket in tickets])
    audit.note(session, now, museum.slug, who, did, code, dong=agreed.total_dong, people=agreed.people)
    outgoing.send(session, now, "letter", museum.slug, code, what=did)
    return Purchase(Order(**order), tickets)


_ORDERS = sa.insert(Order)
_TICKETS = sa.insert(Ticket)


def _order(museum: str, wish: Wish, agreed: Agreed, code: str, wants: dict[str, int], now: datetime) -> _Row:
    return {
        "code": code,
        "museum": museum,
        "day": wish.day,
        "slot": agreed.time.slot,
        "status": OrderStatus.PAID if agreed.is_paid else OrderStatus.HELD,
        "language": wish.language,
        "channel": wish.channel,
        "pay": agreed.pay,
        "people": agreed.people,
        "total_dong": agreed.total_dong,
        "donation_dong": agreed.donation_dong,
        "email": wish.email,
        "lines": json.dumps([[line.category, line.count, line.dong] for line in agreed.lines]),
        "takes": json.dumps(wants),
        "made_at": now,
        "expires_at": agreed.expires_at,
        "paid_at": now if agreed.is_paid else None,
        "shift_id": wish.shift_id,
    }


def _tickets(order: _Row, agreed: Agreed, *, as_group: bool) -> Iterator[Bought]:
    for line in agreed.lines:
        admits = line.count if as_group else 1
        alike: _Row = {"category": line.category, "dong": line.dong * admits, "admits": admits, "entered": 0}
        alike |= {"order_code": order["code"], "issued_at": order["paid_at"]}
        alike |= {name: order[name] for name in ("museum", "day", "slot")}
        for _ in range(line.count // admits):
            yield Bought(code=codes.new(), **alike)
