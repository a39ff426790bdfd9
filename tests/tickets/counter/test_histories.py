"""Whatever is sold, changed and given back, in whatever order: the ledger sums to nothing, and the rest adds up too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from guide.database import Database
from guide.errors import GuideError
from guide.tickets import ledger
from guide.tickets.changing.cancelling import By, cancel
from guide.tickets.changing.handing import split
from guide.tickets.changing.rebooking import change
from guide.tickets.counter import sale, shifts
from guide.tickets.counter.figures import report
from guide.tickets.counter.sale import Sale
from guide.tickets.counter.till import till
from guide.tickets.selling.ordering import place
from guide.tickets.selling.settling import Paid, settle
from guide.tickets.tables import LedgerLine, Order, OrderStatus, Shift, Ticket
from guide.tours.catalogue import Museum
from tests.tickets.box_office import NOW, museum, wish
from tests.tickets.changing.bought import FREE_DAY, FRIDAY, THURSDAY, enter, everything_adds_up
from tests.tickets.counter.drawer import LAN
from tests.tickets.open_counter import let_in

SELLS: dict[str, Any] = {
    "tickets": {
        "donations": True,
        "giving_back": [{"until_hours": 24, "percent": 100}, {"until_hours": 0, "percent": 33}],
        "changing_until_hours": 0,
        "quotas": [{"name": "young", "categories": ["student", "child"], "places": 12}],
    },
    "prices": [
        {"category": "adult", "dong": 50_000},
        {"category": "child", "dong": 0, "ages": [0, 15]},
        {"category": "student", "dong": 25_001, "student": True, "to": "2026-11-26"},
        {"category": "student", "dong": 20_000, "student": True, "from": "2026-11-27"},
    ],
}
DAYS = (THURSDAY, FRIDAY, FREE_DAY)
DESK = By(f"person:{LAN}", "Bão")

counts = st.dictionaries(st.sampled_from(["adult", "child", "student"]), st.integers(1, 4), min_size=1)
numbers = st.integers(0, 50)
acts = st.one_of(
    st.tuples(st.just("sell"), counts, st.sampled_from(DAYS), st.booleans()),
    st.tuples(st.just("hold"), counts, st.sampled_from(DAYS), st.integers(0, 30_000)),
    st.tuples(st.just("pay"), numbers, st.booleans()),
    st.tuples(st.just("give back"), numbers, st.booleans()),
    st.tuples(st.just("give one back"), numbers, numbers),
    st.tuples(st.just("change"), numbers, st.sampled_from(DAYS), st.sampled_from(["08:00", "10:00"])),
    st.tuples(st.just("split"), numbers),
    st.tuples(st.just("enter"), numbers, numbers),
    st.tuples(st.just("wait"), st.sampled_from([5, 20, 2000])),
)


@dataclass
class House:
    database: Database
    museum: Museum
    shift: Shift
    now: datetime = NOW
    paid: int = 0


def run(house: House, act: tuple[Any, ...]) -> None:
    """One act in a transaction of its own; a refusal leaves nothing."""
    name, *told = act
    if name == "wait":
        house.now += timedelta(minutes=told[0])
        return
    with suppress(GuideError), house.database.writing() as session:
        ACTS[str(name)](house, session, *told)


def sell(house: House, session: Session, counts: dict[str, int], day: date, group: bool) -> None:
    shift = shifts.working(session, house.museum.slug, LAN)
    sale.sell(session, house.museum, shift, Sale(day, "08:00", counts, "vi", as_group=group), house.now)


def hold(house: House, session: Session, counts: dict[str, int], day: date, donation: int) -> None:
    place(session, house.museum, wish(counts, day=day, slot="10:00", donation_dong=donation), house.now)


def order_at(house: House, session: Session, number: int) -> Order:
    orders = session.exec(select(Order).where(Order.museum == house.museum.slug).order_by(Order.code)).all()
    if not orders:
        raise GuideError
    return orders[number % len(orders)]


def pay(house: House, session: Session, number: int, at_counter: bool) -> None:
    order = order_at(house, session, number)
    if at_counter:
        shift = shifts.working(session, house.museum.slug, LAN)
        sale.take_payment(session, house.museum, shift, order.code, None, house.now)
    elif order.total_dong:
        house.paid += 1
        settle(session, house.museum, Paid(order.code, order.total_dong, "vietqr", f"FT{house.paid}"), house.now)


def give_back(house: House, session: Session, number: int, at_counter: bool) -> None:
    order = order_at(house, session, number)
    if at_counter:
        shift = shifts.working(session, house.museum.slug, LAN)
        sale.give_back(session, house.museum, shift, order.code, "Bão", house.now)
    else:
        cancel(session, house.museum, order.code, house.now)


def tickets_at(session: Session, order: Order) -> list[Ticket]:
    return list(session.exec(select(Ticket).where(Ticket.order_code == order.code).order_by(Ticket.code)))


def give_one_back(house: House, session: Session, number: int, which: int) -> None:
    order = order_at(house, session, number)
    tickets = tickets_at(session, order)
    cancel(session, house.museum, order.code, house.now, [tickets[which % len(tickets)].code])


def move(house: House, session: Session, number: int, day: date, slot: str) -> None:
    change(session, house.museum, order_at(house, session, number).code, day, slot, house.now, DESK)


def part(house: House, session: Session, number: int) -> None:
    split(session, house.museum, order_at(house, session, number).code, house.now)


def go_in(house: House, session: Session, number: int, which: int) -> None:
    tickets = [ticket for ticket in tickets_at(session, order_at(house, session, number)) if ticket.issued_at]
    if tickets:
        enter(session, tickets[which % len(tickets)].code)


ACTS: dict[str, Callable[..., None]] = {
    "sell": sell,
    "hold": hold,
    "pay": pay,
    "give back": give_back,
    "give one back": give_one_back,
    "change": move,
    "split": part,
    "enter": go_in,
}


def check(house: House) -> None:
    everything_adds_up(house.database, house.museum)
    with house.database.reading() as session:
        lines = session.exec(select(LedgerLine).where(LedgerLine.museum == house.museum.slug)).all()
        drawer = [line for line in lines if line.shift_id == house.shift.id]
        cash = sum(line.dong * ((line.receiving == ledger.CASH) - (line.giving == ledger.CASH)) for line in drawer)
        assert till(session, house.shift).expected_dong == house.shift.float_dong + cash
        told = report(session, house.museum, date(2026, 11, 1), date(2026, 12, 31), let_in)
        assert told.adds_up
        assert told.flow.net_dong == sum(
            line.dong * ((line.receiving in ("cash", "vietqr")) - (line.giving in ("cash", "vietqr"))) for line in lines
        )
        for order in session.exec(select(Order).where(Order.museum == house.museum.slug)):
            live = [ticket for ticket in tickets_at(session, order) if ticket.cancelled_at is None]
            if order.status in (OrderStatus.HELD, OrderStatus.PAID):
                assert sum(ticket.admits for ticket in live) == order.people
            if order.status == OrderStatus.CANCELLED:
                assert not live


BEGINS: list[tuple[Any, ...]] = [
    ("sell", {"adult": 2, "student": 3}, THURSDAY, True),
    ("hold", {"adult": 1, "child": 2}, THURSDAY, 5_000),
    ("pay", 0, False),
    ("pay", 1, False),
]
"""So that there is something to change from the start."""


_numbers = count(1)


def history(database: Database, told: list[tuple[Any, ...]]) -> None:
    """At a museum of its own, so that one database is enough for all."""
    village = museum(f"village-{next(_numbers)}", **SELLS)
    with database.writing() as session:
        shift = shifts.open_shift(session, village.slug, LAN, 1_000_000, NOW)
    house = House(database, village, shift)
    for act in [*BEGINS, *told]:
        run(house, act)
    check(house)


QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)


@settings(QUIET, max_examples=5)
@given(told=st.lists(acts, min_size=1, max_size=14))
def test_a_few_histories_add_up(sqlite: Database, told: list[tuple[Any, ...]]) -> None:
    history(sqlite, told)


@pytest.mark.slow
@settings(QUIET, max_examples=40)
@given(told=st.lists(acts, min_size=4, max_size=30))
def test_any_history_adds_up(database: Database, told: list[tuple[Any, ...]]) -> None:
    history(database, told)


@pytest.fixture
def sqlite(new_sqlite: Callable[[], str]) -> Iterator[Database]:
    opened = Database(new_sqlite())
    yield opened
    opened.engine.dispose()
