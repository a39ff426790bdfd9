"""A drawer at the village's counter, and what is done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guide.database import Database
from guide.tickets.counter import shifts
from guide.tickets.counter.sale import Sale, Sold, sell
from guide.tickets.counter.till import Till, till
from guide.tickets.tables import Shift
from guide.tours.catalogue import Museum
from tests.tickets.box_office import NOW
from tests.tickets.changing.bought import THURSDAY

LAN, HOA = "lan@example.vn", "hoa@example.vn"


def opened(database: Database, museum: Museum, person: str = LAN, float_dong: int = 500_000) -> Shift:
    with database.writing() as session:
        return shifts.open_shift(session, museum.slug, person, float_dong, NOW)


def sold(
    database: Database,
    museum: Museum,
    shift: Shift,
    counts: dict[str, int] | None = None,
    now: datetime = NOW,
    key: str | None = None,
    **other: Any,
) -> Sold:
    wanted = {"day": THURSDAY, "slot": "08:00", "language": "vi"} | other
    with database.writing() as session:
        return sell(session, museum, shift, Sale(counts=counts or {"adult": 2}, **wanted), now, key)


def till_of(database: Database, shift: Shift) -> Till:
    with database.reading() as session:
        return till(session, shifts.shift_of(session, shift.museum, shift.id))
