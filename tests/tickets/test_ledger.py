"""The ledger sums to zero by its shape: every line has both its sides."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from guide.database import Database
from guide.tickets import ledger
from guide.tickets.tables import LedgerLine
from tests.tickets.box_office import NOW, TOMORROW, museum

VILLAGE = museum()
ACCOUNTS = [ledger.CASH, "vietqr", ledger.OWED, ledger.DONATIONS, ledger.sales("adult"), ledger.sales("child")]
MOVES = st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), st.integers(0, 10**12))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOVES, max_size=30))
def test_whatever_moves_the_whole_is_nothing(database: Database, moves: list[ledger.Move]) -> None:
    with database.writing() as session:
        ledger.move(session, NOW, VILLAGE, None, moves, "222222222B")
        balances = ledger.balances(session, VILLAGE.slug)
        session.rollback()

    assert sum(balances.values()) == 0
    for account in ACCOUNTS:
        received = sum(dong for giving, receiving, dong in moves if receiving == account and giving != account)
        gave = sum(dong for giving, receiving, dong in moves if giving == account and receiving != account)
        assert balances.get(account, 0) == received - gave


def test_a_move_of_nothing_is_none_and_one_below_nothing_cannot_be(database: Database) -> None:
    with database.writing() as session:
        ledger.move(session, NOW, VILLAGE, None, [("cash", "owed", 0)], "222222222B")
        assert session.exec(select(sa.func.count()).select_from(LedgerLine)).one() == 0

    with pytest.raises(IntegrityError), database.writing() as session:
        ledger.move(session, NOW, VILLAGE, None, [("cash", "owed", -1)], "222222222B")


def test_a_line_stands_on_the_museums_day(database: Database) -> None:
    evening = NOW.replace(hour=18)
    with database.writing() as session:
        ledger.move(session, evening, VILLAGE, None, [("cash", "owed", 1)], "222222222B")

        assert session.exec(select(LedgerLine.day)).one() == TOMORROW


def test_each_museum_has_its_own_books(database: Database) -> None:
    with database.writing() as session:
        ledger.move(session, NOW, VILLAGE, None, [("cash", "owed", 5)], "222222222B")

        assert ledger.balances(session, "pho-hien") == {}
