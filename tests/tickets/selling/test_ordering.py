"""An order holds its places, once, in few statements, and is as cheap for a group as for one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import select

from guide.database import Database
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets import codes
from guide.tickets.changing.cancelling import cancel
from guide.tickets.once import KeyUsedOtherwise
from guide.tickets.selling.availability import availability
from guide.tickets.selling.ordering import place, purchase
from guide.tickets.selling.orders import lines_of, order_of, status_at, takes_of, tickets_of
from guide.tickets.selling.securing import NoMorePromises, SoldOut
from guide.tickets.selling.settling import Paid, settle
from guide.tickets.selling.wishes import (
    DonationOutOfRange,
    GroupTooSmall,
    NoDonationsHere,
    NotPaidThatWay,
    NotSoldOnline,
    TimeOver,
    TooFarAhead,
    TooFarForTheCounter,
    TooManyForTheCounter,
    Wish,
    judge,
)
from guide.tickets.tables import Allotment, Order
from guide.tours.catalogue import Museum
from tests.tickets.box_office import NOW, TOMORROW, UNDIVIDED, museum, wish

VILLAGE = museum()
QUOTAS = [{"name": "pupils", "categories": ["child", "student"], "places": 5}]


def order(database: Database, wished: Wish, there: Museum = VILLAGE, now: datetime = NOW, **other: Any) -> Order:
    with database.writing() as session:
        return place(session, there, wished, now, **other)


def free(database: Database, there: Museum = VILLAGE, now: datetime = NOW) -> int | None:
    with database.reading() as session:
        return availability(session, there, TOMORROW, TOMORROW, now)[0].free


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield said
    event.remove(database.engine, "before_cursor_execute", note)


class TestAnOrder:
    def test_holds_its_places_and_keeps_what_was_agreed(self, database: Database) -> None:
        made = order(database, wish({"adult": 2, "student": 1}, email="an@example.vn"))

        with database.reading() as session:
            kept = order_of(session, made.code.lower())
            tickets = tickets_of(session, made.code)
        assert (kept.status, kept.total_dong, kept.people, kept.email) == ("held", 125_000, 3, "an@example.vn")
        assert [(line.category, line.count, line.dong) for line in lines_of(kept)] == [
            ("adult", 2, 50_000),
            ("student", 1, 25_000),
        ]
        assert [(ticket.category, ticket.issued_at) for ticket in tickets] == [("adult", None)] * 2 + [
            ("student", None)
        ]
        assert all(codes.is_code(ticket.code) for ticket in tickets)
        assert free(database) == 37

    def test_is_for_the_whole_day_where_the_day_is_not_divided(self, database: Database) -> None:
        there = museum(sheet=UNDIVIDED)

        made = order(database, wish(slot=None), there)

        assert (made.slot, free(database, there)) == ("", None)

    def test_waits_a_quarter_of_an_hour_for_its_money(self, database: Database) -> None:
        made = order(database, wish())

        assert made.expires_at == NOW + timedelta(minutes=15)
        assert [status_at(made, NOW + timedelta(minutes=m)) for m in (14, 15)] == ["held", "expired"]

    def test_that_is_paid_at_the_counter_waits_as_long_as_the_gate_waits_for_who_is_late(
        self, database: Database
    ) -> None:
        made = order(database, wish(pay="counter"))
        undivided = order(database, wish(pay="counter", slot=None), museum("pho-hien", UNDIVIDED))
        begun = order(database, wish(pay="counter"), now=datetime(2026, 11, 25, 1, 50, tzinfo=UTC))

        assert made.expires_at == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
        assert undivided.expires_at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
        assert begun.expires_at == datetime(2026, 11, 25, 2, 5, tzinfo=UTC)

    def test_of_many_people_is_not_kept_for_a_promise_to_pay_at_the_counter(self, database: Database) -> None:
        with pytest.raises(TooManyForTheCounter):
            order(database, wish({"adult": 11}, pay="counter"))

        assert order(database, wish({"adult": 10}, pay="counter")).people == 10
        assert order(database, wish({"adult": 11}, pay="cash", channel="counter")).people == 11
        assert order(database, wish({"child": 15}, pay="counter")).status == "paid"

    def test_that_is_only_promised_to_be_paid_leaves_most_places_to_others(self, database: Database) -> None:
        promised = [order(database, wish({"adult": people}, pay="counter")) for people in (10, 3)]

        with pytest.raises(NoMorePromises):
            order(database, wish({"adult": 1}, pay="counter"))
        assert order(database, wish({"adult": 1})).status == "held"
        with database.writing() as session:
            settle(session, museum(), Paid(promised[0].code, 500_000, "cash", "T1"), NOW)
            cancel(session, museum(), promised[1].code, NOW)
            assert takes_of(order_of(session, promised[0].code)) == {"": 10}
        assert order(database, wish({"adult": 10}, pay="counter")).people == 10
        assert free(database) == 19

    def test_of_a_day_without_a_limit_may_always_be_promised(self, database: Database) -> None:
        there = museum(sheet=UNDIVIDED)

        orders = [order(database, wish({"adult": 10}, pay="counter", slot=None), there) for _ in range(3)]

        assert {made.status for made in orders} == {"held"}

    def test_is_promised_for_the_next_two_weeks_only(self, database: Database) -> None:
        assert order(database, wish(pay="counter", day=date(2026, 12, 8))).status == "held"
        with pytest.raises(TooFarForTheCounter):
            order(database, wish(pay="counter", day=date(2026, 12, 9)))
        assert order(database, wish(day=date(2026, 12, 9))).status == "held"

    @pytest.mark.parametrize("channel", ["web", "counter"])
    def test_is_not_sold_for_a_time_at_which_no_gate_lets_in_any_more(self, database: Database, channel: str) -> None:
        last = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

        assert order(database, wish(channel=channel), now=last - timedelta(minutes=1)).slot == "08:00"
        with pytest.raises(TimeOver):
            order(database, wish(channel=channel), now=last)
        with database.reading() as session:
            lines = availability(session, museum(), TOMORROW, TOMORROW, last)
        assert [line.id[-4:] for line in lines] == ["1000", "1400"]

    def test_of_nothing_to_pay_is_paid_at_once(self, database: Database) -> None:
        made = order(database, wish({"child": 2}, pay="vietqr"))

        with database.reading() as session:
            assert {ticket.issued_at for ticket in tickets_of(session, made.code)} == {NOW}
        assert (made.status, made.pay, made.paid_at) == ("paid", "free", NOW)

    def test_of_nothing_to_pay_but_a_donation_waits_for_it(self, database: Database) -> None:
        made = order(database, wish({"child": 2}, donation_dong=20_000), museum(tickets={"donations": True}))

        assert (made.status, made.total_dong) == ("held", 20_000)

    def test_on_a_free_day_costs_nothing(self, database: Database) -> None:
        made = order(database, wish(day=date(2026, 12, 2)))

        assert (made.status, made.total_dong) == ("paid", 0)

    def test_of_a_group_may_be_one_ticket_that_admits_all(self, database: Database) -> None:
        made = order(database, wish({"group": 12}, as_group=True))

        with database.reading() as session:
            (ticket,) = tickets_of(session, made.code)
        assert (ticket.admits, ticket.dong, made.people) == (12, 480_000, 12)

    def test_leaves_a_line_in_the_audit_and_a_letter_without_anything_personal(self, database: Database) -> None:
        made = order(database, wish(email="an@example.vn"))

        with database.reading() as session:
            line, letter = session.exec(select(AuditLine)).one(), session.exec(select(Outgoing)).one()
        assert (line.did, line.who, line.about) == ("order.placed", "visitor", made.code)
        assert (letter.kind, letter.about, json.loads(letter.body)) == ("letter", made.code, {"what": "order.placed"})
        assert "example" not in line.detail + letter.body

    def test_is_not_half_there_when_the_places_are_gone(self, database: Database) -> None:
        order(database, wish({"adult": 40}))

        with pytest.raises(SoldOut):
            order(database, wish({"adult": 1}), key="a")

        with database.reading() as session:
            assert session.exec(select(sa.func.count()).select_from(Order)).one() == 1


class TestQuotas:
    def test_a_quota_and_the_total_are_held_together(self, database: Database) -> None:
        there = museum(tickets={"quotas": QUOTAS})

        made = order(database, wish({"adult": 2, "child": 1, "student": 3}), there)

        assert takes_of(made) == {"": 6, "pupils": 4}

    def test_a_full_quota_takes_nothing_of_the_total(self, database: Database) -> None:
        there = museum(tickets={"quotas": QUOTAS})
        order(database, wish({"student": 5}), there)

        with database.writing() as session:
            with pytest.raises(SoldOut):
                place(session, there, wish({"adult": 1, "child": 1}), NOW)

            rows = session.exec(select(Allotment.part, Allotment.taken).order_by(Allotment.part)).all()
        assert [tuple(row) for row in rows] == [("", 5), ("pupils", 5)]
        assert order(database, wish({"adult": 1}), there).people == 1

    def test_more_places_in_the_edition_are_more_to_sell(self, database: Database) -> None:
        order(database, wish({"adult": 40}))

        larger = museum(slots=[{"days": "tue-sun", "at": ["08:00"], "places": 41}])
        assert order(database, wish({"adult": 1}), larger).people == 1

    def test_fewer_places_than_are_taken_sell_nothing_and_take_nothing_back(self, database: Database) -> None:
        order(database, wish({"adult": 10}))

        smaller = museum(slots=[{"days": "tue-sun", "at": ["08:00"], "places": 5}])
        with pytest.raises(SoldOut):
            order(database, wish({"adult": 1}), smaller)
        assert (free(database, smaller), free(database)) == (0, 30)

    def test_before_it_is_sold_out_holds_that_are_over_give_their_places(self, database: Database) -> None:
        gone = order(database, wish({"adult": 40}))
        later = NOW + timedelta(minutes=15)

        made = order(database, wish({"adult": 40}), now=later)

        with database.reading() as session:
            assert [order_of(session, one.code).status for one in (gone, made)] == ["expired", "held"]


class TestTheKey:
    def test_brings_one_order_however_often_it_is_sent(self, database: Database) -> None:
        codes_told = {order(database, wish(), key="a").code for _ in range(3)}

        assert (len(codes_told), free(database)) == (1, 38)

    def test_with_another_wish_is_refused(self, database: Database) -> None:
        order(database, wish(), key="a")

        with pytest.raises(KeyUsedOtherwise):
            order(database, wish({"adult": 3}), key="a")

    def test_whose_order_was_refused_may_be_used_again(self, database: Database) -> None:
        with pytest.raises(SoldOut):
            order(database, wish({"adult": 50}), key="a")

        assert order(database, wish({"adult": 2}), key="a").people == 2

    def test_sent_at_the_same_time_brings_one_order(self, database: Database) -> None:
        start, told = threading.Barrier(8), list[str]()

        def send() -> None:
            start.wait(30)
            told.append(order(database, wish(), key="a").code)

        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

        assert (len(told), len(set(told)), free(database)) == (8, 1, 38)


class TestItsCost:
    @pytest.mark.parametrize("people", [1, 30])
    def test_is_seven_statements_whatever_its_size(self, database: Database, people: int) -> None:
        there = museum(tickets={"quotas": [{"name": "all", "categories": ["adult"], "places": 40}]})
        with statements(database) as said:
            order(database, wish({"adult": people}), there, key="a")

        assert len(said) == 7, said

    def test_of_what_is_sold_out_is_only_looking(self, database: Database) -> None:
        order(database, wish({"adult": 40}))
        with statements(database) as said, pytest.raises(SoldOut):
            order(database, wish(), key="a")

        assert len(said) == 3
        assert all(statement.startswith("SELECT") for statement in said)

    def test_is_at_most_twelve_where_holds_that_are_over_are_swept_first(self, database: Database) -> None:
        """In a museum that has issued a ticket before, and so has a key to sign with."""
        order(database, wish({"child": 1}, slot="10:00"))
        order(database, wish({"adult": 40}))
        with statements(database) as said:
            order(database, wish({"child": 40}, pay="free"), now=NOW + timedelta(hours=1), key="a")

        assert len(said) <= 12, said

    def test_availability_of_thirty_days_is_two_queries(self, database: Database) -> None:
        times = [f"{8 + n // 4:02}:{n % 4 * 15:02}" for n in range(16)]
        there = museum(slots=[{"days": "daily", "at": times, "places": 9}], hours={"daily": ["07:30-17:00"]})
        order(database, wish(), there)

        with statements(database) as said, database.reading() as session:
            lines = availability(session, there, TOMORROW, TOMORROW + timedelta(days=29), NOW)

        assert len(said) <= 2
        assert len(lines) == 30 * 16 - 3 * 16
        assert sum(9 - (line.free or 0) for line in lines) == 2


def test_the_last_places_are_sold_once_among_many_who_are_kept_together(database: Database) -> None:
    there = museum(slots=[{"days": "daily", "at": ["08:00"], "places": 3}])
    start, told = threading.Barrier(12), list[str]()

    def buy() -> None:
        start.wait(30)
        try:
            told.append(database.together(lambda session: place(session, there, wish({"adult": 1}), NOW).code))
        except SoldOut:
            told.append("")

    threads = [threading.Thread(target=buy) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    with database.reading() as session:
        assert sorted(told) == [""] * 9 + sorted(session.exec(select(Order.code)).all())
        assert session.exec(select(sa.func.count()).select_from(AuditLine)).one() == 3


def test_what_was_just_bought_is_what_is_found_afterwards(database: Database) -> None:
    with database.writing() as session:
        bought = purchase(session, VILLAGE, wish({"student": 2, "adult": 1}), NOW)

    with database.reading() as session:
        kept = order_of(session, bought.order.code)
        assert kept.model_dump() == bought.order.model_dump()
        assert [ticket.code for ticket in tickets_of(session, kept.code)] == [ticket.code for ticket in bought.tickets]


REFUSED: list[tuple[Wish, dict[str, Any], type[Exception]]] = [
    (wish({"group": 9}), {}, GroupTooSmall),
    (wish(donation_dong=1), {}, NoDonationsHere),
    (wish(donation_dong=-1), {"donations": True}, DonationOutOfRange),
    (wish(donation_dong=10**9), {"donations": True}, DonationOutOfRange),
    (wish(pay="counter"), {"pay_at_counter": False}, NotPaidThatWay),
    (wish(pay="free"), {}, NotPaidThatWay),
    (wish(), {"online": False}, NotSoldOnline),
    (wish(day=date(2026, 12, 30)), {"ahead_days": 30}, TooFarAhead),
]


@pytest.mark.parametrize(("wished", "terms", "refusal"), REFUSED)
def test_what_a_museum_does_not_sell_is_refused(wished: Wish, terms: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        judge(museum(tickets=terms), wished, NOW)


def test_the_counter_sells_where_the_web_does_not() -> None:
    agreed = judge(museum(tickets={"online": False}), wish(channel="counter", pay="cash"), NOW)

    assert agreed.total_dong == 100_000


def test_a_large_group_of_many_categories_may_have_the_groups_price() -> None:
    assert judge(VILLAGE, wish({"group": 6, "child": 4}), NOW).people == 10


def test_a_way_of_paying_must_be_offered_for_this_sum() -> None:
    def ways(_: Museum, dong: int) -> list[str]:
        return ["vietqr"] if dong < 100_000 else ["momo"]

    with pytest.raises(NotPaidThatWay):
        judge(VILLAGE, wish(), NOW, ways)
    assert judge(VILLAGE, wish({"adult": 1}), NOW, ways).pay == "vietqr"
