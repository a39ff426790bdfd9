"""A hold that is over gives its places back, exactly once, and nothing else does."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from guide.clock import Clock
from guide.database import Database
from guide.tickets.selling import expiring
from guide.tickets.selling.availability import availability
from guide.tickets.selling.expiring import Expiring, forget_addresses, release_expired
from guide.tickets.selling.ordering import place
from guide.tickets.selling.orders import order_of
from guide.tickets.selling.settling import Paid, settle
from guide.tickets.tables import Allotment
from tests.tickets.box_office import NOW, TOMORROW, museum, wish

VILLAGE = museum(tickets={"quotas": [{"name": "all", "categories": ["adult"], "places": 40}]})
LATER = NOW + timedelta(minutes=15)


def place_some(database: Database) -> list[str]:
    """One that waits, one that is paid, one that is paid at the counter."""
    with database.writing() as session:
        codes = [place(session, VILLAGE, wish(pay=pay), NOW).code for pay in ("vietqr", "momo", "counter")]
        settle(session, VILLAGE, Paid(codes[1], 100_000, "momo", "M1"), NOW)
    return codes


def test_only_a_hold_that_is_over_ends(database: Database) -> None:
    codes = place_some(database)

    with database.writing() as session:
        assert [release_expired(session, now) for now in (LATER - timedelta(seconds=1), LATER, LATER)] == [0, 1, 0]

    with database.reading() as session:
        assert [order_of(session, code).status for code in codes] == ["expired", "paid", "held"]
        assert availability(session, VILLAGE, TOMORROW, TOMORROW, LATER)[0].free == 36


def test_a_hold_that_is_over_counts_as_free_before_anybody_has_swept(database: Database) -> None:
    place_some(database)

    with database.reading() as session:
        assert [availability(session, VILLAGE, TOMORROW, TOMORROW, now)[0].free for now in (NOW, LATER)] == [34, 36]


def test_many_who_sweep_at_once_end_each_hold_once(database: Database) -> None:
    with database.writing() as session:
        for _ in range(12):
            place(session, VILLAGE, wish(), NOW)
    start, ended = threading.Barrier(8), list[int]()

    def sweep() -> None:
        start.wait(30)
        with database.writing() as session:
            ended.append(release_expired(session, LATER))

    threads = [threading.Thread(target=sweep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (len(ended), sum(ended)) == (8, 12)
    with database.reading() as session:
        assert availability(session, VILLAGE, TOMORROW, TOMORROW, LATER)[0].free == 40


def test_a_sweeper_sweeps_until_nothing_is_left(database: Database) -> None:
    place_some(database)
    sweeper = Expiring(database, Clock(NOW + timedelta(days=3)))

    assert [sweeper.sweep(), sweeper.sweep()] == [2, 0]


def test_a_sweeper_in_the_house_comes_by_itself(database: Database) -> None:
    place_some(database)
    sweeper = Expiring(database, Clock(LATER))
    sweeper.EVERY_SECONDS = 0.01
    sweeper.keep_sweeping()

    until = time.monotonic() + 10
    while free(database) != 36 and time.monotonic() < until:
        threading.Event().wait(0.01)
    sweeper.stop_sweeping()

    assert free(database) == 36


def free(database: Database) -> int | None:
    """What counts without looking at the clock."""
    with database.reading() as session:
        return availability(session, VILLAGE, TOMORROW, TOMORROW, NOW)[0].free


def test_an_address_is_forgotten_a_month_after_the_visit(database: Database) -> None:
    with database.writing() as session:
        code = place(session, VILLAGE, wish(email="an@example.vn"), NOW).code
        settle(session, VILLAGE, Paid(code, 100_000, "momo", "M1"), NOW)

        assert [forget_addresses(session, NOW + timedelta(days=days)) for days in (30, 33, 40)] == [0, 1, 0]
        assert (order_of(session, code).email, order_of(session, code).total_dong) == (None, 100_000)


def test_more_than_one_handful_is_swept_in_handfuls(database: Database) -> None:
    before, expiring.MOST_AT_ONCE = expiring.MOST_AT_ONCE, 2
    try:
        with database.writing() as session:
            for _ in range(5):
                place(session, VILLAGE, wish(), NOW)

        assert Expiring(database, Clock(LATER)).sweep() == 5
    finally:
        expiring.MOST_AT_ONCE = before


def test_a_hold_that_has_more_to_give_back_than_was_taken_keeps_no_other_waiting(database: Database) -> None:
    elsewhere = museum("pho-hien")
    with database.writing() as session:
        codes = [place(session, there, wish(), NOW).code for there in (VILLAGE, elsewhere)]
        session.connection().execute(sa.update(Allotment).where(col(Allotment.museum) == "lang-gom").values(taken=1))

    assert Expiring(database, Clock(LATER)).sweep() == 2

    with database.reading() as session:
        assert [order_of(session, code).status for code in codes] == ["expired", "expired"]
        assert {row.taken for row in session.exec(select(Allotment))} == {0}
