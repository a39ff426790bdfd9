"""Whoever comes at the same moment: exactly as many places are sold as there are, and nobody meets a fault of ours.

Thirty-two clients a round hold, let holds run out, cancel, pay, and pay too late. The same clients without the guard
sell more than there is, so the test proves something.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import Database
from guide.tickets import ledger
from guide.tickets.changing.cancelling import cancel
from guide.tickets.selling import expiring, securing
from guide.tickets.selling.availability import availability
from guide.tickets.selling.ordering import place
from guide.tickets.selling.orders import order_of
from guide.tickets.selling.securing import SoldOut
from guide.tickets.selling.settling import Paid, Settled, settle
from guide.tickets.tables import Allotment, LedgerLine, Order, Refund, Ticket
from tests.tickets.box_office import NOW, museum, wish

pytestmark = pytest.mark.slow

ROUNDS, CLIENTS, PLACES = 50, 32, 12
FIRST_DAY = date(2026, 12, 15)
LATER = NOW + timedelta(minutes=16)
VILLAGE = museum(
    slots=[{"days": "daily", "at": ["08:00"], "places": PLACES}],
    hours={"daily": ["07:30-17:00"]},
    tickets={"ahead_days": 400, "quotas": [{"name": "pupils", "categories": ["student"], "places": 5}]},
)
Client = Callable[[Database, date, random.Random], None]


def order(database: Database, day: date, people: int, now: datetime = NOW, category: str = "adult") -> str:
    """Everybody looks first, and buys what was free then."""
    with database.reading() as session:
        if sold(session, day) + people > PLACES:
            raise SoldOut(people=people)
    wished = wish({category: people}, day=day)
    return database.together(lambda session: place(session, VILLAGE, wished, now).code)


def pay(database: Database, code: str, now: datetime) -> Settled:
    def settled(session: Session) -> Settled:
        total_dong = order_of(session, code).total_dong
        return settle(session, VILLAGE, Paid(code, total_dong, "vietqr", code), now)

    return database.together(settled)


def buys(database: Database, day: date, chance: random.Random) -> None:
    code = order(database, day, chance.randint(1, 3), category=chance.choice(["adult", "student"]))
    if chance.random() < 0.7:
        pay(database, code, NOW)


def buys_and_cancels(database: Database, day: date, chance: random.Random) -> None:
    code = order(database, day, chance.randint(1, 3))
    if chance.random() < 0.5:
        pay(database, code, NOW)
    with database.writing() as session:
        cancel(session, VILLAGE, code, NOW)


def pays_late(database: Database, day: date, chance: random.Random) -> None:
    """The hold was made a quarter of an hour ago, and may be swept up before the money comes, or while it comes."""
    code = order(database, day, chance.randint(1, 3), now=NOW - timedelta(minutes=20))
    pay(database, code, NOW)


def pays_twice(database: Database, day: date, chance: random.Random) -> None:
    code = order(database, day, 1)
    for _ in range(2):
        pay(database, code, NOW)


def sweeps(database: Database, day: date, chance: random.Random) -> None:
    with database.writing() as session:
        expiring.release_expired(session, NOW)


CLIENTS_THERE: list[Client] = [buys, buys, buys, buys_and_cancels, pays_late, pays_late, pays_twice, sweeps]


def crowd(database: Database, day: date, chance: random.Random) -> list[BaseException]:
    """So many clients who all saw the same free places; what went wrong, besides that there were none left."""
    start, wrong = threading.Barrier(CLIENTS), list[BaseException]()

    def run(client: Client, its_chance: random.Random) -> None:
        start.wait(60)
        try:
            client(database, day, its_chance)
        except SoldOut:
            pass
        except BaseException as error:  # noqa: BLE001  # the thread's edge
            wrong.append(error)

    chosen = [(chance.choice(CLIENTS_THERE), random.Random(chance.random())) for _ in range(CLIENTS)]
    threads = [threading.Thread(target=run, args=one) for one in chosen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return wrong


def fill_up(database: Database, day: date) -> None:
    """One after the other buys a place, when no hold of the crowd's is left."""
    with database.writing() as session:
        expiring.release_expired(session, LATER)
    with suppress(SoldOut):
        while True:
            pay(database, order(database, day, 1, now=LATER), LATER)


def sold(session: Session, day: date) -> int:
    """What orders say, not the counters."""
    here = col(Order.status).in_(["held", "paid"]) & (col(Order.day) == day)
    return int(session.connection().execute(sa.select(sa.func.sum(Order.people)).where(here)).scalar_one() or 0)


def test_exactly_the_places_that_there_are_are_sold(database: Database) -> None:
    chance, seen = random.Random(20_261_124), list[int]()
    for number in range(ROUNDS):
        day = FIRST_DAY + timedelta(days=number)
        assert crowd(database, day, chance) == []
        fill_up(database, day)
        with database.reading() as session:
            seen.append(sold(session, day))
            assert availability(session, VILLAGE, day, day, LATER)[0].free == 0

    assert seen == [PLACES] * ROUNDS
    with database.reading() as session:
        assert_all_agrees(session)


def assert_all_agrees(session: Session) -> None:
    rows = session.connection().execute(sa.select(Allotment.part, Allotment.taken, Allotment.places))
    assert all(taken <= places for _, taken, places in rows)
    balances = ledger.balances(session, VILLAGE.slug)
    assert sum(balances.values()) == 0
    issued = col(Ticket.issued_at).is_not(None) & col(Ticket.cancelled_at).is_(None)
    tickets_dong = session.connection().execute(sa.select(sa.func.sum(Ticket.dong)).where(issued)).scalar_one()
    sales = sum(dong for account, dong in balances.items() if account.startswith(ledger.SALES))
    owed = session.connection().execute(sa.select(sa.func.sum(Refund.dong))).scalar_one()
    assert (-sales, -balances.get(ledger.OWED, 0)) == (tickets_dong, owed or 0)
    assert session.connection().execute(sa.select(sa.func.count(col(LedgerLine.id)))).scalar_one() > ROUNDS


def test_the_same_crowd_without_the_guard_buys_more_than_there_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking first is what plain code would do."""
    monkeypatch.setattr(securing, "take", lambda *_: True)
    monkeypatch.setattr(expiring, "give_all_back", lambda *_: None)
    monkeypatch.setattr("guide.tickets.changing.cancelling.give_back", lambda *_: None)
    chance = random.Random(20_261_124)

    assert crowd(database, FIRST_DAY, chance) == []

    with database.reading() as session:
        assert sold(session, FIRST_DAY) > PLACES
