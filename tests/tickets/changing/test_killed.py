"""Killed with -9 anywhere while giving back, changing, parting or selling for cash: whoever asks again gets it once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from guide.database import Database
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets.changing.cancelling import cancel
from guide.tickets.changing.handing import split
from guide.tickets.changing.rebooking import change
from guide.tickets.counter import shifts
from guide.tickets.counter.sale import Sale, give_back, sell
from guide.tickets.ledger import balances
from guide.tickets.tables import Allotment, Order, Refund, Shift, Ticket
from tests.killing import boundaries, killed_before
from tests.tickets.box_office import NOW, museum
from tests.tickets.changing.bought import FREE_DAY, THURSDAY, bought
from tests.tickets.counter.drawer import LAN, opened, sold

pytestmark = pytest.mark.slow
VILLAGE = museum(tickets={"donations": True, "quotas": [{"name": "all", "categories": ["adult"], "places": 30}]})
Act = Callable[[Database], object]


def the_order(session: Session) -> Order:
    return session.exec(select(Order)).one()


def in_a_transaction(act: Callable[[Session], object]) -> Act:
    def run(database: Database) -> None:
        with database.writing() as session:
            act(session)

    return run


def buy(database: Database, **other: Any) -> None:
    bought(database, VILLAGE, {"adult": 2, "student": 1}, donation_dong=10_000, email="an@example.vn", **other)


def sell_for_cash(database: Database) -> None:
    sold(database, VILLAGE, opened(database, VILLAGE), {"adult": 2})


def close(session: Session) -> None:
    """A retry finds the shift closed by the first try, and brings the same count."""
    shift = session.exec(select(Shift)).one()
    shifts.close(session, VILLAGE.slug, shift.id, LAN, 600_000, NOW)


def at_till(act: Callable[[Session, Any], object]) -> Callable[[Session], object]:
    return lambda session: act(session, shifts.working(session, VILLAGE.slug, LAN))


SALE = Sale(THURSDAY, "08:00", {"adult": 2}, "vi", 200_000)
CASES: dict[str, tuple[Act, Act]] = {
    "giving back": (buy, in_a_transaction(lambda session: cancel(session, VILLAGE, the_order(session).code, NOW))),
    "another day": (
        buy,
        in_a_transaction(lambda session: change(session, VILLAGE, the_order(session).code, FREE_DAY, "10:00", NOW)),
    ),
    "parting": (
        lambda database: buy(database, as_group=True),
        in_a_transaction(lambda session: split(session, VILLAGE, the_order(session).code, NOW)),
    ),
    "a sale for cash": (
        lambda database: opened(database, VILLAGE),
        in_a_transaction(at_till(lambda session, shift: sell(session, VILLAGE, shift, SALE, NOW, "form-1"))),
    ),
    "cash given back": (
        sell_for_cash,
        in_a_transaction(
            at_till(lambda session, shift: give_back(session, VILLAGE, shift, the_order(session).code, "Bão", NOW))
        ),
    ),
    "closing": (sell_for_cash, in_a_transaction(close)),
}


def state(database: Database) -> dict[str, object]:
    counted: list[type[SQLModel]] = [Order, Ticket, Refund, AuditLine, Outgoing]
    with database.reading() as session:
        rows = {table.__name__: session.exec(select(sa.func.count()).select_from(table)).one() for table in counted}
        places = sorted((row.day, row.part, row.taken) for row in session.exec(select(Allotment)))
        gone = session.exec(select(sa.func.count(col(Ticket.cancelled_at)))).one()
        orders = [(order.channel, order.status, order.day, order.people) for order in session.exec(select(Order))]
        money = {account: dong for account, dong in balances(session, VILLAGE.slug).items() if dong}
        return rows | {"places": places, "gone": gone, "orders": orders, "money": money}


@pytest.mark.parametrize("case", CASES)
def test_it_is_done_whole_or_not_at_all_and_the_retry_does_it_once(new_sqlite: Callable[[], str], case: str) -> None:
    killed_everywhere(new_sqlite, case)


def test_so_it_is_on_postgresql(new_postgresql: Callable[[], str]) -> None:
    killed_everywhere(new_postgresql, "a sale for cash")


def killed_everywhere(new_address: Callable[[], str], case: str) -> None:
    before, act = CASES[case]
    seen = []
    for number in boundaries():
        address = new_address()
        untouched = on(address, before)
        killed = killed_before(number, address, act)
        left, began = on(address, lambda _: None), time.monotonic()
        seen.append((left, on(address, act)))
        assert time.monotonic() - began < 5
        assert left in (untouched, seen[-1][1]), number
        if not killed:
            break

    assert [after for _, after in seen] == [seen[-1][0]] * len(seen)
    assert len(seen) > 4


def on(address: str, act: Act) -> dict[str, object]:
    """What is there after this was done."""
    database = Database(address)
    act(database)
    found = state(database)
    database.engine.dispose()
    return found
