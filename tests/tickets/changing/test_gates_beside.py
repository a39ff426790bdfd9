"""A gate that hears of many tickets and somebody who changes an order take them in one order, and none fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from guide.database import Database
from guide.tickets.changing.cancelling import cancel
from guide.tickets.changing.rebooking import change
from guide.tickets.selling.settling import Paid, settle
from guide.tickets.tables import Order
from tests.tickets.box_office import NOW, museum
from tests.tickets.changing.bought import FRIDAY, bought, codes_of, held

VILLAGE = museum()
PATIENCE_SECONDS = 20
Begin = Callable[..., Order]
Act = Callable[[Session, str], object]


def gives_back(session: Session, code: str) -> None:
    cancel(session, VILLAGE, code, NOW)


def comes_another_day(session: Session, code: str) -> None:
    change(session, VILLAGE, code, FRIDAY, "10:00", NOW)


def pays(session: Session, code: str) -> None:
    settle(session, VILLAGE, Paid(code, 75_000, "vietqr", "FT1"), NOW)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "act"), [(bought, gives_back), (bought, comes_another_day), (held, gives_back), (held, pays)]
)
def test_a_gate_that_has_the_first_ticket_of_an_order_can_have_the_second(
    new_postgresql: Callable[[], str], begin: Begin, act: Act
) -> None:
    database = Database(new_postgresql())
    code, first, second = next(_stored_backwards(database, begin))

    def change_it() -> None:
        with database.writing() as session:
            act(session, code)

    with database.writing() as gate:
        _take(gate, first)
        changing = threading.Thread(target=change_it)
        changing.start()
        _until_somebody_waits(gate)
        _take(gate, second)
    changing.join(PATIENCE_SECONDS)
    assert not changing.is_alive()
    database.engine.dispose()


def _stored_backwards(database: Database, begin: Begin) -> Iterator[tuple[str, str, str]]:
    """Adults are written before students, so a statement without an order comes upon the later code first."""
    while True:
        order = begin(database, VILLAGE, {"adult": 1, "student": 1})
        adult, student = codes_of(database, order)
        if student < adult:
            yield order.code, student, adult


def _take(session: Session, code: str) -> None:
    session.connection().execute(sa.text("SELECT 1 FROM ticket WHERE code = :code FOR UPDATE NOWAIT"), {"code": code})


def _until_somebody_waits(session: Session) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not session.connection().execute(waiting).scalar_one():
        assert time.monotonic() < until
        time.sleep(0.01)
