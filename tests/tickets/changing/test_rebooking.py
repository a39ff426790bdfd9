"""Another day for an order that is paid: other places for its own, and never more than one entry for a ticket."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from guide.database import Database
from guide.errors import GuideError
from guide.office.tables import AuditLine
from guide.tickets.changing.cancelling import AlreadyEntered, By, cancel
from guide.tickets.changing.rebooking import CostsMore, NotChangeable, TooLateToChange, change, offered
from guide.tickets.selling.securing import SoldOut
from guide.tickets.selling.wishes import ClosedThatDay, DayOver, NoSuchCategory, NoSuchTime, NoTimeChosen, TooFarAhead
from guide.tickets.tables import Order
from guide.tours.catalogue import Museum
from tests.tickets.box_office import NOW, SELLS, museum
from tests.tickets.changing.bought import (
    FREE_DAY,
    FRIDAY,
    THURSDAY,
    bought,
    codes_of,
    enter,
    everything_adds_up,
    held,
    refunds,
    sums,
    taken,
    ticket,
)

pytestmark = pytest.mark.slow

VILLAGE = museum()
WEEKEND_DEARER = museum(
    prices=[
        {"category": "adult", "dong": 50_000, "to": "2026-11-27"},
        {"category": "adult", "dong": 60_000, "from": "2026-11-28"},
        {"category": "student", "dong": 25_000, "to": "2026-11-27"},
        {"category": "student", "dong": 5_000, "from": "2026-11-28"},
    ]
)
SATURDAY = date(2026, 11, 28)


def move(
    database: Database, order: Order, day: date = FRIDAY, slot: str | None = "10:00", there: Museum = VILLAGE
) -> Order:
    with database.writing() as session:
        return change(session, there, order.code, day, slot, NOW)


def test_an_order_comes_on_another_day_with_the_same_tickets(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 2, "child": 1})
    before = codes_of(database, order)

    after = move(database, order, slot="2026-11-27T1000")

    assert (after.day, after.slot, after.status, after.people) == (FRIDAY, "10:00", "paid", 3)
    assert codes_of(database, order) == before
    assert {(ticket(database, code).day, ticket(database, code).slot) for code in before} == {(FRIDAY, "10:00")}
    assert (taken(database, VILLAGE), taken(database, VILLAGE, FRIDAY, "10:00")) == ({"": 0}, {"": 3})
    assert refunds(database, order) == []
    everything_adds_up(database, VILLAGE)


def test_a_changed_ticket_does_not_enter_on_both_days(database: Database) -> None:
    """A gate without a network lets the old sheet in and tells us later: the one count of the ticket is used up."""
    order = bought(database, VILLAGE, {"adult": 1})
    (code,) = codes_of(database, order)
    move(database, order)

    with database.writing() as session:
        assert enter(session, code)
    with database.writing() as session:
        assert not enter(session, code)


def test_a_cheaper_day_brings_the_difference_back(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 2}, donation_dong=0)

    with database.reading() as session:
        promised = offered(session, VILLAGE, order.code, FREE_DAY, "08:00", NOW)
    after = move(database, order, FREE_DAY, "08:00")

    assert (promised.was_dong, promised.will_dong, promised.back_dong) == (100_000, 0, 100_000)
    assert refunds(database, order) == [(100_000, "changed")]
    assert sums(database, VILLAGE) == {"vietqr": 100_000, "owed": -100_000}
    assert after.total_dong == 100_000
    everything_adds_up(database, VILLAGE)


def test_what_was_refunded_by_changing_is_not_refunded_again_by_giving_back(database: Database) -> None:
    order = bought(database, WEEKEND_DEARER, {"student": 2})
    move(database, order, SATURDAY, "08:00", WEEKEND_DEARER)

    with database.writing() as session:
        cancel(session, WEEKEND_DEARER, order.code, NOW)

    assert refunds(database, order) == [(10_000, "given-back"), (40_000, "changed")]
    assert sums(database, WEEKEND_DEARER) == {"vietqr": 50_000, "owed": -50_000}


def test_one_category_may_become_dearer_where_another_becomes_cheaper_by_more(database: Database) -> None:
    order = bought(database, WEEKEND_DEARER, {"adult": 1, "student": 1})

    move(database, order, SATURDAY, "08:00", WEEKEND_DEARER)

    assert sums(database, WEEKEND_DEARER) == {
        "vietqr": 75_000,
        "owed": -10_000,
        "sales:adult": -60_000,
        "sales:student": -5_000,
    }
    everything_adds_up(database, WEEKEND_DEARER)


def test_a_dearer_day_is_refused_and_nothing_moves(database: Database) -> None:
    order = bought(database, WEEKEND_DEARER, {"adult": 2})

    with pytest.raises(CostsMore) as refused:
        move(database, order, SATURDAY, "08:00", WEEKEND_DEARER)

    assert refused.value.facts == {"more_dong": 20_000}
    assert taken(database, WEEKEND_DEARER) == {"": 2}


def test_the_same_time_again_changes_nothing(database: Database) -> None:
    order = bought(database, VILLAGE)

    once, twice = move(database, order), move(database, order)

    assert once.model_dump() == twice.model_dump()
    with database.reading() as session:
        assert len(session.exec(select(AuditLine).where(AuditLine.did == "order.changed")).all()) == 1


def test_what_is_sold_out_is_refused_and_the_old_places_stay(database: Database) -> None:
    small = museum(slots=[{"days": "tue-sun", "at": ["08:00", "10:00"], "places": 3}])
    bought(database, small, {"adult": 2}, day=FRIDAY, slot="10:00")
    order = bought(database, small, {"adult": 2})

    with pytest.raises(SoldOut):
        move(database, order, there=small)

    assert (taken(database, small), taken(database, small, FRIDAY, "10:00")) == ({"": 2}, {"": 2})


def test_within_a_full_time_of_a_day_nobody_is_in_their_own_way(database: Database) -> None:
    small = museum(slots=[{"days": "tue-sun", "at": ["08:00"], "places": 2}])
    order = bought(database, small, {"adult": 2})

    assert move(database, order, THURSDAY, "08:00", small).day == THURSDAY
    assert taken(database, small) == {"": 2}


REFUSED: dict[str, tuple[dict[str, Any], type[GuideError]]] = {
    "a day that has passed": ({"day": date(2026, 11, 20)}, DayOver),
    "a day too far ahead": ({"day": date(2027, 11, 27)}, TooFarAhead),
    "a day that is closed": ({"day": date(2026, 12, 11)}, ClosedThatDay),
    "no time where there are times": ({"slot": None}, NoTimeChosen),
    "a time that is none": ({"slot": "03:33"}, NoSuchTime),
    "a time of another day": ({"slot": "2026-11-26T1000"}, NoSuchTime),
    "nonsense": ({"slot": "🕰️"}, NoSuchTime),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_day_or_time_that_cannot_be_had_is_refused(database: Database, case: str) -> None:
    asked, refusal = REFUSED[case]
    order = bought(database, VILLAGE)

    with pytest.raises(refusal):
        move(database, order, **asked)
    assert taken(database, VILLAGE) == {"": 2}


def test_a_category_that_is_not_sold_then_is_refused(database: Database) -> None:
    order = bought(database, VILLAGE, {"student": 1})
    without = museum(prices=[{"category": "adult", "dong": 50_000}])

    with pytest.raises(NoSuchCategory):
        move(database, order, there=without)


def test_too_late_for_a_visitor_is_not_too_late_for_staff(database: Database) -> None:
    order = bought(database, VILLAGE)
    late = NOW + timedelta(hours=40)

    with pytest.raises(TooLateToChange), database.writing() as session:
        change(session, VILLAGE, order.code, FRIDAY, "10:00", late)
    with database.writing() as session:
        after = change(session, VILLAGE, order.code, FRIDAY, "10:00", late, By("person:lan@example.vn", "Mưa to"))

    assert after.day == FRIDAY


def test_only_what_is_paid_and_has_not_entered_can_change(database: Database) -> None:
    waiting, inside, gone = held(database, VILLAGE), bought(database, VILLAGE), bought(database, VILLAGE)
    with database.writing() as session:
        enter(session, codes_of(database, inside)[0])
    with database.writing() as session:
        cancel(session, VILLAGE, gone.code, NOW)

    for order, refusal in ((waiting, NotChangeable), (inside, AlreadyEntered), (gone, NotChangeable)):
        with pytest.raises(refusal):
            move(database, order)


def test_after_a_part_was_given_back_only_the_rest_moves(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 3})
    with database.writing() as session:
        cancel(session, VILLAGE, order.code, NOW, codes_of(database, order)[:1])

    move(database, order)

    assert (taken(database, VILLAGE), taken(database, VILLAGE, FRIDAY, "10:00")) == ({"": 0}, {"": 2})
    assert [line["to_day"] for line in audit_of(database)] == ["2026-11-27"]
    everything_adds_up(database, VILLAGE)


def audit_of(database: Database) -> list[dict[str, Any]]:
    with database.reading() as session:
        return [
            json.loads(row.detail) for row in session.exec(select(AuditLine).where(AuditLine.did == "order.changed"))
        ]


@pytest.mark.slow
def test_two_who_change_places_with_each_other_do_not_wait_for_each_other(database: Database) -> None:
    """Ten rounds there and back from both sides at once: no deadlock, and every place is where its order is."""
    there = museum(sheet=SELLS, tickets={"changing_until_hours": 0})
    orders = [
        (bought(database, there), THURSDAY, FRIDAY),
        (bought(database, there, day=FRIDAY), FRIDAY, THURSDAY),
    ]

    def to_and_fro(order: Order, home: date, away: date) -> None:
        for _ in range(10):
            move(database, order, away, "08:00", there)
            move(database, order, home, "08:00", there)

    wrong: list[Exception] = []

    def run(order: Order, home: date, away: date) -> None:
        try:
            to_and_fro(order, home, away)
        except Exception as error:  # noqa: BLE001  # told to the test, which runs in another thread
            wrong.append(error)

    threads = [threading.Thread(target=run, args=one) for one in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    everything_adds_up(database, there)


def test_what_another_day_costs_less_comes_back_as_of_tickets_that_are_given_back(database: Database) -> None:
    half = museum(tickets={"giving_back": [{"until_hours": 24, "percent": 50}]})
    order = bought(database, half)

    with database.reading() as session:
        assert offered(session, half, order.code, FREE_DAY, "08:00", NOW).back_dong == 50_000
    move(database, order, FREE_DAY, "08:00", half)

    assert refunds(database, order) == [(50_000, "changed")]
    assert sums(database, half) == {"vietqr": 100_000, "sales:adult": -50_000, "owed": -50_000}
    everything_adds_up(database, half)


def test_where_nothing_is_given_back_a_free_day_brings_nothing_either_but_staff_may_return_all(
    database: Database,
) -> None:
    never = museum(tickets={"giving_back": []})
    ours, theirs = bought(database, never), bought(database, never)

    move(database, ours, FREE_DAY, "08:00", never)
    with database.writing() as session:
        change(session, never, theirs.code, FREE_DAY, "08:00", NOW, By("person:lan@example.vn", "Bão"))

    assert (refunds(database, ours), refunds(database, theirs)) == ([], [(100_000, "changed")])
    everything_adds_up(database, never)
