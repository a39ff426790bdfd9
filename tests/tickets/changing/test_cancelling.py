"""Giving back: places and money return by the museum's terms, and twice is once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from guide.database import Database
from guide.errors import GuideError
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets.changing import cancelling
from guide.tickets.changing.cancelling import (
    AlreadyEntered,
    By,
    GroupWouldBeTooSmall,
    NoReason,
    NoSuchTicket,
    NotPaidYet,
    TooLateToGiveBack,
    cancel,
    offered,
    refunded_dong,
)
from guide.tickets.selling.orders import NoSuchOrder
from guide.tickets.selling.settling import Paid, Settled, settle
from guide.tickets.tables import Order, Ticket
from tests.tickets.box_office import NOW, SELLS, museum
from tests.tickets.changing.bought import (
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

VILLAGE = museum(tickets={"donations": True})
HALF = museum(tickets={"giving_back": [{"until_hours": 24, "percent": 50}], "donations": True})
WITH_QUOTA = museum(tickets={"quotas": [{"name": "young", "categories": ["student", "child"], "places": 10}]})
LATE = NOW + timedelta(hours=40)
DESK = By("person:lan@example.vn", "Trời bão, thuyền không ra đảo")


def give_back(database: Database, order: Order, tickets: list[str] | None = None, by: By = cancelling.VISITOR) -> Order:
    with database.writing() as session:
        return cancel(session, VILLAGE, order.code, NOW, tickets, by)


def test_a_whole_order_is_given_back(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 2, "child": 1}, donation_dong=20_000)

    after = give_back(database, order)

    assert (after.status, after.cancelled_at, after.people) == ("cancelled", NOW, 0)
    assert taken(database, VILLAGE) == {"": 0}
    assert refunds(database, order) == [(120_000, "given-back")]
    assert sums(database, VILLAGE) == {"vietqr": 120_000, "owed": -120_000}
    everything_adds_up(database, VILLAGE)


def test_one_ticket_of_an_order_is_given_back_and_the_donation_stays(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 2}, donation_dong=20_000)
    first, second = codes_of(database, order)

    after = give_back(database, order, [first])

    assert (after.status, after.people) == ("paid", 1)
    assert (ticket(database, first).cancelled_at, ticket(database, second).cancelled_at) == (NOW, None)
    assert refunds(database, order) == [(50_000, "given-back")]
    assert sums(database, VILLAGE)["donations"] == -20_000
    everything_adds_up(database, VILLAGE)


def test_the_last_ticket_ends_the_order_and_brings_the_donation_back(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 2}, donation_dong=20_000)

    for code in codes_of(database, order):
        after = give_back(database, order, [code])

    assert after.status == "cancelled"
    assert sum(dong for dong, _ in refunds(database, order)) == 120_000
    everything_adds_up(database, VILLAGE)


@pytest.mark.parametrize("tickets", [None, "all", "one"])
def test_giving_back_twice_is_once(database: Database, tickets: str | None) -> None:
    order = bought(database, VILLAGE, {"adult": 2})
    codes = codes_of(database, order)
    chosen = {None: None, "all": codes, "one": codes[:1]}[tickets]

    first = give_back(database, order, chosen)
    second = give_back(database, order, chosen)

    assert first.model_dump() == second.model_dump()
    assert len(refunds(database, order)) == 1
    everything_adds_up(database, VILLAGE)


def test_what_is_offered_is_what_is_done(database: Database) -> None:
    order = bought(database, HALF, {"adult": 1, "student": 1}, donation_dong=5_000)

    with database.writing() as session:
        promised = offered(session, HALF, order.code, NOW)
        cancel(session, HALF, order.code, NOW)

    assert (promised.percent, promised.dong) == (50, 42_500)
    with database.reading() as session:
        assert refunded_dong(session, order.code) == 42_500
    assert sums(database, HALF) == {"vietqr": 80_000, "owed": -42_500, "sales:adult": -25_000, "sales:student": -12_500}


def test_a_hold_is_simply_let_go(database: Database) -> None:
    order = held(database, VILLAGE)

    after = give_back(database, order)

    assert (after.status, taken(database, VILLAGE)) == ("cancelled", {"": 0})
    assert refunds(database, order) == []
    assert sums(database, VILLAGE) == {}


def test_money_that_comes_for_an_order_that_was_let_go_is_sent_back(database: Database) -> None:
    order = held(database, VILLAGE)
    give_back(database, order)

    with database.writing() as session:
        settled = settle(session, VILLAGE, Paid(order.code, 100_000, "vietqr", "FT9"), NOW)

    assert settled is Settled.CANCELLED
    everything_adds_up(database, VILLAGE)


def test_a_quota_is_given_back_with_its_tickets(database: Database) -> None:
    order = bought(database, WITH_QUOTA, {"adult": 1, "student": 2})
    with database.reading() as session:
        students = select(Ticket.code).where(Ticket.order_code == order.code, col(Ticket.category) == "student")
        student = session.exec(students).first()
    assert student

    with database.writing() as session:
        cancel(session, WITH_QUOTA, order.code, NOW, [student])
    assert taken(database, WITH_QUOTA) == {"": 2, "young": 1}

    with database.writing() as session:
        cancel(session, WITH_QUOTA, order.code, NOW)
    assert taken(database, WITH_QUOTA) == {"": 0, "young": 0}


def test_places_go_back_as_they_were_taken_also_when_quotas_have_changed_since(database: Database) -> None:
    order = bought(database, WITH_QUOTA, {"student": 2})

    with database.writing() as session:
        cancel(session, museum(), order.code, NOW, codes_of(database, order)[:1])
        cancel(session, museum(), order.code, NOW)

    assert taken(database, WITH_QUOTA) == {"": 0, "young": 0}


REFUSED: dict[str, tuple[timedelta, type[GuideError]]] = {
    "too late": (timedelta(hours=40), TooLateToGiveBack),
    "the day is over": (timedelta(days=9), TooLateToGiveBack),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_visitor_is_refused_when_the_terms_give_nothing_more(database: Database, case: str) -> None:
    later, refusal = REFUSED[case]
    order = bought(database, VILLAGE)

    for act in (offered, cancel):
        with pytest.raises(refusal), database.writing() as session:
            act(session, VILLAGE, order.code, NOW + later)
    assert taken(database, VILLAGE) == {"": 2}


def test_a_free_ticket_can_be_given_back_at_any_time_so_that_others_have_its_place(database: Database) -> None:
    order = bought(database, VILLAGE, {"child": 1})

    with database.writing() as session:
        assert cancel(session, VILLAGE, order.code, LATE).status == "cancelled"


def test_staff_give_back_at_any_time_and_say_why(database: Database) -> None:
    order = bought(database, HALF)

    with pytest.raises(NoReason), database.writing() as session:
        cancel(session, HALF, order.code, LATE, by=By("person:lan@example.vn", ""))
    with database.writing() as session:
        cancel(session, HALF, order.code, LATE, by=DESK)

    assert refunds(database, order) == [(100_000, "given-back")]
    with database.reading() as session:
        line = session.exec(select(AuditLine).where(AuditLine.did == "order.refunded")).one()
        assert (line.who, line.about, json.loads(line.detail)["reason"]) == (DESK.who, order.code, DESK.reason)


def test_a_ticket_that_has_entered_is_not_given_back_not_even_by_staff(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 2})
    inside, outside = codes_of(database, order)
    with database.writing() as session:
        assert enter(session, inside)

    for tickets, by in ((None, cancelling.VISITOR), ([inside], cancelling.VISITOR), ([inside], DESK)):
        with pytest.raises(AlreadyEntered):
            give_back(database, order, tickets, by)
    assert give_back(database, order, [outside]).status == "paid"
    everything_adds_up(database, VILLAGE)


def test_a_strange_code_is_refused_and_changes_nothing(database: Database) -> None:
    order, other = bought(database, VILLAGE), bought(database, VILLAGE)

    for codes in (["nonsense"], codes_of(database, other), [*codes_of(database, order), "🎟️"]):
        with pytest.raises(NoSuchTicket):
            give_back(database, order, codes)
    with pytest.raises(NoSuchOrder), database.writing() as session:
        cancel(session, museum("other"), order.code, NOW)
    assert taken(database, VILLAGE) == {"": 4}


@pytest.mark.parametrize(("email", "letters"), [("an@example.vn", 1), (None, 0)])
def test_a_letter_tells_of_it_where_there_is_an_address(database: Database, email: str | None, letters: int) -> None:
    order = bought(database, VILLAGE, email=email)

    give_back(database, order)

    with database.reading() as session:
        sent = [json.loads(row.body)["what"] for row in session.exec(select(Outgoing))]
        assert sent.count("order.cancelled") == letters


def races(*acts: Callable[[], object]) -> list[object]:
    """What each brings when they begin together; a refusal is an answer."""
    answers: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            answers[place] = act()
        except GuideError as refusal:
            answers[place] = refusal

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_eight_who_give_the_same_order_back_at_once_bring_one_refund(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 3})

    races(*[lambda: give_back(database, order)] * 8)

    assert refunds(database, order) == [(150_000, "given-back")]
    everything_adds_up(database, VILLAGE)


def gate_against_desk(database: Database) -> tuple[int, int]:
    """How many tickets entered, and how many were given back, when both were tried at once with each."""
    order = bought(database, VILLAGE, {"adult": 12})
    codes = codes_of(database, order)

    def pass_gate(code: str) -> None:
        with database.writing() as session:
            enter(session, code)

    acts: list[Callable[[], object]] = []
    for code in codes:
        acts += [lambda code=code: pass_gate(code), lambda code=code: give_back(database, order, [code])]  # type: ignore[misc]
    races(*acts)
    tickets = [ticket(database, code) for code in codes]
    return sum(one.entered for one in tickets), sum(one.cancelled_at is not None for one in tickets)


def test_a_ticket_either_enters_or_is_given_back(database: Database) -> None:
    entered, given = gate_against_desk(database)

    assert entered + given == 12
    everything_adds_up(database, VILLAGE)


def test_a_museum_of_today_gives_back_what_a_museum_of_yesterday_sold(database: Database) -> None:
    """The entry time is not in the edition any more; hours are counted all the same."""
    order = bought(database, VILLAGE)
    today = museum(slots=[{"days": "sat", "at": ["09:00"], "places": 5}], tickets=SELLS.get("tickets", {}))

    with database.writing() as session:
        assert cancel(session, today, order.code, NOW).status == "cancelled"
    assert order.day == date(2026, 11, 26)


def test_thirty_tickets_are_given_back_in_as_many_statements_as_one(database: Database) -> None:
    said: list[int] = []
    for number in (1, 30):
        order = bought(database, VILLAGE, {"adult": number}, email="an@example.vn", slot="10:00")
        statements: list[str] = []

        def note(
            _connection: object, _cursor: object, statement: str, *_: object, said: list[str] = statements
        ) -> None:
            said.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        give_back(database, order)
        event.remove(database.engine, "before_cursor_execute", note)
        said.append(len([one for one in statements if not one.startswith(("BEGIN", "COMMIT"))]))

    assert said[0] == said[1] <= 14


def test_of_an_order_that_is_not_paid_no_part_is_let_go(database: Database) -> None:
    order = held(database, VILLAGE)
    first, second = codes_of(database, order)

    with pytest.raises(NotPaidYet):
        give_back(database, order, [first])
    with pytest.raises(NoSuchTicket):
        give_back(database, order, ["K7M2QXR4TR"])
    assert give_back(database, order, []).status == "held"
    assert give_back(database, order, [first.lower(), f"{second[:5]} {second[5:]}"]).status == "cancelled"


def test_a_code_may_be_typed_as_people_type(database: Database) -> None:
    order = bought(database, VILLAGE)
    first, _ = codes_of(database, order)

    give_back(database, order, [f" {first[:5].lower()} {first[5:]}"])

    assert ticket(database, first).cancelled_at == NOW


def test_the_price_of_a_group_is_not_kept_by_fewer(database: Database) -> None:
    order = bought(database, VILLAGE, {"group": 11})
    codes = codes_of(database, order)

    give_back(database, order, codes[:1])
    with pytest.raises(GroupWouldBeTooSmall):
        give_back(database, order, codes[1:2])
    assert give_back(database, order, codes[1:2], DESK).people == 9
    assert give_back(database, order).status == "cancelled"


def test_what_no_money_came_for_brings_none(database: Database) -> None:
    order = held(database, VILLAGE)

    with database.reading() as session:
        assert offered(session, VILLAGE, order.code, NOW).dong == 0
