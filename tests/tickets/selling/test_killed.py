"""Killed with -9 anywhere in an order or a payment: whoever asks again with the same key gets the one result."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from guide.database import Database
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets.selling.ordering import place
from guide.tickets.selling.settling import Paid, Settled, settle
from guide.tickets.tables import Allotment, LedgerLine, Once, Order, Ticket
from tests.conftest import NewDatabase
from tests.killing import boundaries, killed_before
from tests.tickets.box_office import NOW, museum, wish

pytestmark = pytest.mark.slow
VILLAGE = museum(tickets={"donations": True, "quotas": [{"name": "all", "categories": ["adult"], "places": 30}]})
WISH = wish({"adult": 2, "student": 1}, donation_dong=10_000, email="an@example.vn")


def orders(database: Database) -> str:
    return database.together(lambda session: place(session, VILLAGE, WISH, NOW, key="0b1e").code)


def pays(database: Database) -> Settled:
    with database.writing() as session:
        return settle(session, VILLAGE, Paid(the_code(database), 135_000, "vietqr", "FT1"), NOW)


def the_code(database: Database) -> str:
    with database.reading() as session:
        return session.exec(select(Order.code)).one()


def rows(database: Database) -> dict[str, int]:
    counted: list[type[SQLModel]] = [Order, Ticket, Once, LedgerLine, AuditLine, Outgoing]
    with database.reading() as session:
        found = {table.__name__: session.exec(select(sa.func.count()).select_from(table)).one() for table in counted}
        taken = session.exec(select(sa.func.sum(Allotment.taken)).where(Allotment.part == "")).one()
        return found | {"places": taken or 0}


NOTHING = dict.fromkeys(("Order", "Ticket", "Once", "LedgerLine", "AuditLine", "Outgoing", "places"), 0)
ORDERED = NOTHING | {"Order": 1, "Ticket": 3, "Once": 1, "AuditLine": 1, "Outgoing": 1, "places": 3}
PAID = ORDERED | {"Once": 2, "LedgerLine": 3, "AuditLine": 2, "Outgoing": 2}


def killed_everywhere(
    new_database: NewDatabase, before: Callable[[Database], object], act: Callable[[Database], object]
) -> list[tuple[dict[str, int], dict[str, int]]]:
    """What is there after each death, and after the same was asked again."""
    seen = []
    for number in boundaries():
        database = new_database()
        before(database)
        database.engine.dispose()
        killed = killed_before(number, database.engine.url.render_as_string(hide_password=False), act)
        left = rows(database)
        began = time.monotonic()
        act(database)
        assert time.monotonic() - began < 5
        seen.append((left, rows(database)))
        if not killed:
            return seen
    return seen


def test_an_order_is_there_whole_or_not_at_all_and_the_retry_gets_it(new_database: NewDatabase) -> None:
    seen = killed_everywhere(new_database, lambda _: None, orders)

    assert [left for left, _ in seen[:-2]] == [NOTHING] * (len(seen) - 2)
    assert [left for left, _ in seen[-2:]] == [ORDERED] * 2
    assert [after for _, after in seen] == [ORDERED] * len(seen)


def test_a_payment_counts_once_wherever_it_was_cut_off(new_database: NewDatabase) -> None:
    seen = killed_everywhere(new_database, orders, pays)

    assert [left for left, _ in seen[:-2]] == [ORDERED] * (len(seen) - 2)
    assert [left for left, _ in seen[-2:]] == [PAID] * 2
    assert [after for _, after in seen] == [PAID] * len(seen)
