"""Whoever holds an order's code may change it: give tickets back, or come on another day; each in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from guide.clock import Clock
from guide.database import Database
from guide.tickets.changing.cancelling import cancel, refunded_dong
from guide.tickets.changing.rebooking import change
from guide.tickets.selling.box_office import BoxOffice, Shown
from guide.tickets.tables import Order
from guide.tours.catalogue import Catalogues, Museum


@dataclass(frozen=True)
class Changed:
    """The order as it stands afterwards, and all that goes back of it."""

    shown: Shown
    refund_dong: int


@dataclass(frozen=True)
class Holder:
    database: Database
    catalogues: Catalogues
    clock: Clock
    office: BoxOffice

    def cancel(self, typed: str, tickets: Collection[str] | None, asker: str) -> Changed:
        code, museum = self._known(typed, asker)
        with self.database.writing() as session:
            cancel(session, museum, code, self.clock.now(), tickets)
        return self._shown(code, asker)

    def change(self, typed: str, day: date, slot: str | None, asker: str) -> Changed:
        code, museum = self._known(typed, asker)
        with self.database.writing() as session:
            change(session, museum, code, day, slot, self.clock.now())
        return self._shown(code, asker)

    def _known(self, typed: str, asker: str) -> tuple[str, Museum]:
        """Looking first: whoever guesses codes has to wait."""
        code = self.office.show(typed, asker).code
        with self.database.reading() as session:
            order = session.get_one(Order, code)
        return code, self.catalogues.current.named(order.museum)

    def _shown(self, code: str, asker: str) -> Changed:
        with self.database.reading() as session:
            back = refunded_dong(session, code)
        return Changed(self.office.show(code, asker), back)
