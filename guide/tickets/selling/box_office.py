"""The box office: what is free, an order, and how an order stands; each in one transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from guide.clock import Clock, day_in
from guide.database import Database
from guide.tickets.guesses import Guesses
from guide.tickets.paying.ways import Ways
from guide.tickets.selling.availability import LAST_DAY, SlotLine, availability
from guide.tickets.selling.ordering import Bought, Purchase, purchase
from guide.tickets.selling.orders import order_of, status_at, tickets_of
from guide.tickets.selling.wishes import Wish
from guide.tickets.signing.shown import signed_codes
from guide.tickets.tables import Order, OrderStatus, Ticket
from guide.tours.catalogue import Catalogues

DAYS_SHOWN = 30


@dataclass(frozen=True)
class Shown:
    """An order as its holder sees it."""

    code: str
    status: OrderStatus
    expires_at: datetime
    total_dong: int
    pay: dict[str, Any]
    tickets: tuple[tuple[str, str, str | None], ...]
    """Code, category, and the signed code once it is paid."""


class BoxOffice:
    def __init__(
        self, database: Database, catalogues: Catalogues, clock: Clock, ways: Ways, guesses: Guesses | None = None
    ) -> None:
        self._database = database
        self._catalogues = catalogues
        self._clock = clock
        self._ways = ways
        self._guesses = guesses or Guesses()

    def free(self, slug: str, since: date | None, until: date | None) -> list[SlotLine]:
        """From today on, where no days are named."""
        museum, now = self._catalogues.current.named(slug), self._clock.now()
        since = since or day_in(museum.sheet.time_zone, now)
        until = until or min(since, LAST_DAY) + timedelta(days=DAYS_SHOWN - 1)
        with self._database.reading() as session:
            return availability(session, museum, since, until, now)

    def sell(self, slug: str, wish: Wish, key: str | None) -> Shown:
        museum, now = self._catalogues.current.named(slug), self._clock.now()

        def buy(session: Session) -> Shown:
            return self._shown(session, purchase(session, museum, wish, now, key, self._ways.accepted), now)

        return self._database.together(buy)

    def show(self, typed: str, asker: str) -> Shown:
        """Whoever guesses has to wait; whoever knows a code has not."""
        with self._guesses.counted(asker), self._database.reading() as session:
            order = order_of(session, typed)
            return self._shown(session, Purchase(order, tickets_of(session, order.code)), self._clock.now())

    def _shown(self, session: Session, bought: Purchase, now: datetime) -> Shown:
        order, status = bought.order, status_at(bought.order, now)
        good = filter(is_live, bought.tickets) if status is OrderStatus.PAID else ()
        signed = signed_codes(session, good)
        live = [ticket for ticket in bought.tickets if ticket.cancelled_at is None or not order.paid_at]
        tickets = tuple((ticket.code, ticket.category, signed.get(ticket.code)) for ticket in live)
        return Shown(order.code, status, self._there(order), order.total_dong, self._pay(order, status), tickets)

    def _pay(self, order: Order, status: OrderStatus) -> dict[str, Any]:
        if status is OrderStatus.HELD:
            return self._ways.payment(order, order.pay).data
        return {"way": order.pay, "kind": "none", "dong": order.total_dong}

    def _there(self, order: Order) -> datetime:
        """The hold's end by the museum's clock."""
        museum = self._catalogues.current.museums.get(order.museum)
        return order.expires_at.astimezone(ZoneInfo(museum.sheet.time_zone)) if museum else order.expires_at


def is_live(ticket: Ticket | Bought) -> bool:
    return ticket.issued_at is not None and ticket.cancelled_at is None
