"""The page of an order: how to pay while its places are held, and its tickets the moment that they are paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from guide.tickets.changing.terms import may_change
from guide.tickets.letters.telling import Tongue, spaced
from guide.tickets.paying.payment import Payment
from guide.tickets.selling.orders import lines_of, status_at
from guide.tickets.selling.slots import slot_id
from guide.tickets.tables import Order, OrderStatus, Ticket
from guide.tours.prices import dong
from guide.tours.squares import Square, square
from guide.visit.buying import wording
from guide.visit.buying.basket import COUNT
from guide.visit.frame import Told

State = Literal["held", "counter", "paid", "expired", "cancelled", "handed"]
_PROVIDERS = {"vnpay": "VNPay", "momo": "MoMo", "vietqr": "payOS"}


@dataclass(frozen=True)
class ShownTicket:
    code: str
    spaced: str
    category: Told
    evidence: Told
    admits: int
    entered: int
    square: Square | None
    """What the gate scans; nothing where the ticket is not good any more, or is somebody else's now."""
    void: bool
    handed_on: bool

    @property
    def used(self) -> bool:
        return self.entered >= self.admits

    @property
    def is_good(self) -> bool:
        return self.square is not None


@dataclass(frozen=True)
class ShownLine:
    count: int
    name: Told
    price: str


@dataclass(frozen=True)
class ToPay:
    """What there is to do about the money."""

    payment: Payment
    amount: str
    square: Square | None
    provider: str


@dataclass(frozen=True)
class OrderPage:
    code: str
    spaced: str
    state: State
    museum: str
    day: str
    time: str
    address: Told
    people: int
    lines: tuple[ShownLine, ...]
    donation: str
    total: str
    until: str
    """By the museum's clock."""
    seconds_left: int
    to_pay: ToPay | None
    tickets: tuple[ShownTicket, ...]
    again_url: str
    refunded: str
    unwanted: str
    """Paid too late, or twice."""
    changeable: bool
    returnable: bool
    wallet: str
    link: str
    """By which a ticket was just handed on; it is shown this once."""
    linked_spaced: str
    done: str


@dataclass(frozen=True)
class Facts:
    """What was asked of the database and of the ways of paying, before anything is shown."""

    order: Order
    tickets: Sequence[Ticket]
    signed: dict[str, str]
    payment: Payment | None
    refunded_dong: int
    unwanted_dong: int
    now: datetime

    @property
    def state(self) -> State:
        status = status_at(self.order, self.now)
        return "counter" if status is OrderStatus.HELD and self.order.pay == "counter" else _STATES[status]


_STATES: dict[OrderStatus, State] = {
    OrderStatus.HELD: "held",
    OrderStatus.PAID: "paid",
    OrderStatus.EXPIRED: "expired",
    OrderStatus.CANCELLED: "cancelled",
}


@dataclass(frozen=True)
class Happened:
    """What this visitor did a moment ago, to be said once."""

    done: str = ""
    link: str = ""
    linked: str = ""


def order_page(facts: Facts, tongue: Tongue, wallet: str = "", happened: Happened = Happened()) -> OrderPage:
    order, state = facts.order, facts.state
    until = order.expires_at.astimezone(ZoneInfo(tongue.museum.sheet.time_zone))
    live = [ticket for ticket in facts.tickets if ticket.cancelled_at is None and not ticket.entered]
    paid = state == "paid"
    return OrderPage(
        code=order.code,
        spaced=spaced(order.code),
        state=state,
        museum=tongue.name,
        day=tongue.day(order.day),
        time=tongue.time(order.slot),
        address=wording.told(tongue, tongue.museum.sheet.address),
        people=order.people,
        lines=tuple(_lines(order, tongue)),
        donation=dong(order.donation_dong, tongue.interface) if order.donation_dong else "",
        total=dong(order.total_dong, tongue.interface),
        until=f"{until:%H:%M}" if until.date() == order.day or state == "held" else f"{until:%H:%M, %d/%m}",
        seconds_left=max(0, int((order.expires_at - facts.now).total_seconds())),
        to_pay=_to_pay(facts.payment, tongue) if state in ("held", "counter") and facts.payment else None,
        tickets=tuple(shown_ticket(ticket, facts.signed, tongue) for ticket in facts.tickets) if paid else (),
        again_url=again(order),
        refunded=dong(facts.refunded_dong, tongue.interface) if facts.refunded_dong else "",
        unwanted=dong(facts.unwanted_dong, tongue.interface) if facts.unwanted_dong else "",
        changeable=paid
        and bool(live)
        and len(live) == _left(facts.tickets)
        and may_change(tongue.museum.sheet, order.day, order.slot, facts.now),
        returnable=paid and bool(live),
        wallet=wallet,
        link=happened.link,
        linked_spaced=spaced(happened.linked),
        done=happened.done,
    )


def handed_page(ticket: Ticket, facts: Facts, tongue: Tongue) -> OrderPage:
    """One ticket for somebody who did not buy it: neither the order's code nor its other tickets."""
    blank = order_page(facts, tongue)
    shown = shown_ticket(ticket, facts.signed, tongue, mine=True)
    private = {"code": "", "spaced": "", "lines": (), "total": "", "donation": "", "again_url": "", "to_pay": None}
    told = {
        "state": "handed",
        "tickets": (shown,),
        "changeable": False,
        "returnable": False,
        "refunded": "",
        "unwanted": "",
    }
    return OrderPage(**{**vars(blank), **private, **told})


def shown_ticket(ticket: Ticket, signed: dict[str, str], tongue: Tongue, *, mine: bool = False) -> ShownTicket:
    """`mine`: it was handed on to whoever looks."""
    elsewhere = ticket.handed_on is not None and not mine
    good = ticket.cancelled_at is None and ticket.issued_at is not None and not elsewhere
    return ShownTicket(
        code=ticket.code,
        spaced=spaced(ticket.code),
        category=wording.category(tongue, ticket.category),
        evidence=wording.evidence(tongue, ticket.category, ticket.day),
        admits=ticket.admits,
        entered=ticket.entered,
        square=square(signed[ticket.code]) if good else None,
        void=ticket.cancelled_at is not None,
        handed_on=elsewhere,
    )


def again(order: Order) -> str:
    """The page of tickets with the same basket."""
    day = [("day", order.day.isoformat()), ("slot", slot_id(order.day, order.slot))]
    counts = [(f"{COUNT}{line.category}", str(line.count)) for line in lines_of(order)]
    return f"/{order.museum}/tickets?{urlencode([*day, *counts, ('lang', order.language)])}"


def _left(tickets: Sequence[Ticket]) -> int:
    return sum(ticket.cancelled_at is None for ticket in tickets)


def _lines(order: Order, tongue: Tongue) -> Iterator[ShownLine]:
    for line in lines_of(order):
        price = dong(line.count * line.dong, tongue.interface) if line.dong else tongue.say("prices.free")
        yield ShownLine(line.count, wording.category(tongue, line.category), price)


def _to_pay(payment: Payment, tongue: Tongue) -> ToPay:
    return ToPay(
        payment,
        dong(payment.dong, tongue.interface),
        square(payment.emv) if payment.emv else None,
        _PROVIDERS.get(payment.way, ""),
    )
