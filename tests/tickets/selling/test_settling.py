"""Money comes once, twice, late or in vain: tickets are issued exactly once, and every đồng is found again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from guide.database import Database
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets import ledger
from guide.tickets.changing.cancelling import By, cancel
from guide.tickets.selling import refunds
from guide.tickets.selling.availability import availability
from guide.tickets.selling.expiring import release_expired
from guide.tickets.selling.ordering import place
from guide.tickets.selling.orders import order_of, takes_of, tickets_of
from guide.tickets.selling.securing import SoldOut
from guide.tickets.selling.settling import Paid, Settled, settle
from guide.tickets.signing.keys import public_keys
from guide.tickets.tables import LedgerLine, Refund
from tests.tickets.box_office import NOW, TOMORROW, museum, wish

VILLAGE = museum(tickets={"donations": True})
LATER = NOW + timedelta(hours=1)
AFTERWARDS = NOW + timedelta(days=2)
WISH = wish({"adult": 2, "student": 1}, donation_dong=10_000)
DUE = 135_000


def order(session: Session) -> str:
    return place(session, VILLAGE, WISH, NOW).code


def paid(code: str, dong: int = DUE, reference: str = "FT1") -> Paid:
    return Paid(code, dong, "vietqr", reference)


RULED = museum(tickets={"quotas": [{"name": "pupils", "categories": ["student"], "places": 5}]})


def test_late_money_takes_the_places_that_there_are_now_and_no_others_are_given_back(database: Database) -> None:
    """The museum has given up a quota between the order and its money."""
    with database.writing() as session:
        code = place(session, RULED, wish({"student": 2}), NOW).code
        release_expired(session, LATER)
        assert settle(session, VILLAGE, paid(code, 50_000), LATER) is Settled.LATE_PAID
        assert takes_of(order_of(session, code)) == {"": 2}

    with database.writing() as session:
        assert cancel(session, VILLAGE, code, NOW, by=By("person:lan", "Bão")).status == "cancelled"
        assert availability(session, VILLAGE, TOMORROW, TOMORROW, LATER)[0].free == 40


def nothing(session: Session, code: str) -> None:
    """It was just ordered."""


def sweep(session: Session, code: str) -> None:
    release_expired(session, LATER)


def sweep_and_sell(session: Session, code: str) -> None:
    sweep(session, code)
    place(session, VILLAGE, wish({"adult": 38}), LATER)


def call_off(session: Session, code: str) -> None:
    cancel(session, VILLAGE, code, NOW)


def pay_before(session: Session, code: str) -> None:
    settle(session, VILLAGE, paid(code), NOW)


def pay_otherwise(session: Session, code: str) -> None:
    settle(session, VILLAGE, paid(code, reference="FT0"), NOW)


Event = Callable[[Session, str], None]
CASES: list[tuple[Event, datetime, Settled, str, int, list[str]]] = [
    (nothing, NOW, Settled.PAID, "paid", 3, []),
    (nothing, LATER, Settled.PAID, "paid", 3, []),
    (pay_before, NOW, Settled.ALREADY, "paid", 3, []),
    (pay_otherwise, NOW, Settled.REFUND_DUE, "paid", 3, ["paid-twice"]),
    (sweep, LATER, Settled.LATE_PAID, "paid", 3, []),
    (sweep_and_sell, LATER, Settled.REFUND_DUE, "expired", 0, ["places-gone"]),
    (sweep, AFTERWARDS, Settled.REFUND_DUE, "expired", 0, ["time-over"]),
    (call_off, NOW, Settled.CANCELLED, "cancelled", 0, ["cancelled"]),
]


@pytest.mark.parametrize(("before", "now", "settled", "status", "issued", "why"), CASES)
def test_what_becomes_of_a_payment(
    database: Database, before: Event, now: datetime, settled: Settled, status: str, issued: int, why: list[str]
) -> None:
    with database.writing() as session:
        code = order(session)
        before(session, code)
    with database.writing() as session:
        assert settle(session, VILLAGE, paid(code), now) is settled

    with database.reading() as session:
        assert order_of(session, code).status == status
        assert sum(ticket.issued_at is not None for ticket in tickets_of(session, code)) == issued
        owed = session.exec(select(Refund)).all()
        assert [(refund.why, refund.dong) for refund in owed] == [(reason, DUE) for reason in why]
        assert sum(ledger.balances(session, "lang-gom").values()) == 0


@pytest.mark.parametrize("dong", [DUE - 1, DUE + 1, 0, 1, -DUE])
def test_a_wrong_amount_issues_nothing_and_changes_nothing(database: Database, dong: int) -> None:
    with database.writing() as session:
        code = order(session)
        assert settle(session, VILLAGE, paid(code, dong), NOW) is Settled.WRONG_AMOUNT

        assert order_of(session, code).status == "held"
        assert session.exec(select(LedgerLine)).all() == []
        assert settle(session, VILLAGE, paid(code), NOW) is Settled.PAID


@pytest.mark.parametrize("code", ["222222222B", "", "🐉", "' OR 1=1"])
def test_money_for_an_order_that_is_none_is_unknown(database: Database, code: str) -> None:
    with database.writing() as session:
        assert settle(session, VILLAGE, paid(code), NOW) is Settled.UNKNOWN


def test_an_order_is_settled_at_its_own_museum_only(database: Database) -> None:
    with database.writing() as session:
        code = order(session)

        assert settle(session, museum("pho-hien"), paid(code), NOW) is Settled.UNKNOWN


@pytest.mark.parametrize("key", ["paid/vietqr/FT1", "FT1", "payment", '["payment", "vietqr", "FT1"]'])
def test_no_key_of_an_order_can_stand_in_the_way_of_a_payment(database: Database, key: str) -> None:
    with database.writing() as session:
        code = place(session, VILLAGE, WISH, NOW, key=key).code

        assert settle(session, VILLAGE, paid(code), NOW) is Settled.PAID


def test_one_payment_is_not_counted_for_two_orders(database: Database) -> None:
    with database.writing() as session:
        told = [settle(session, VILLAGE, paid(order(session)), NOW) for _ in range(2)]

    assert told == [Settled.PAID, Settled.ALREADY]


def test_a_payment_is_told_to_ledger_audit_and_post(database: Database) -> None:
    with database.writing() as session:
        code = order(session)
        settle(session, VILLAGE, paid(code), NOW)

    with database.reading() as session:
        lines = {(line.giving, line.receiving): line.dong for line in session.exec(select(LedgerLine))}
        assert lines == {
            ("sales:adult", "vietqr"): 100_000,
            ("sales:student", "vietqr"): 25_000,
            ("donations", "vietqr"): 10_000,
        }
        assert [(line.did, line.who) for line in session.exec(select(AuditLine))][-1] == (
            "order.paid",
            "payment:vietqr",
        )
        assert [letter.about for letter in session.exec(select(Outgoing))] == [code, code]
        assert len(public_keys(session, "lang-gom")) == 1


def test_the_same_notice_at_the_same_moment_counts_once(database: Database) -> None:
    with database.writing() as session:
        code = order(session)
    start, told = threading.Barrier(8), list[Settled]()

    def tell(reference: str) -> None:
        start.wait(30)
        with database.writing() as session:
            told.append(settle(session, VILLAGE, paid(code, reference=reference), NOW))

    threads = [threading.Thread(target=tell, args=(f"FT{number % 2}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(told) == sorted([Settled.PAID, Settled.REFUND_DUE, *[Settled.ALREADY] * 6])
    with database.reading() as session:
        assert sum(ledger.balances(session, "lang-gom")[account] for account in ("vietqr", ledger.OWED)) == DUE


class TestSendingMoneyBack:
    def test_it_is_sent_once(self, database: Database) -> None:
        with database.writing() as session:
            code = order(session)
            call_off(session, code)
            settle(session, VILLAGE, paid(code), NOW)
            refund = session.exec(select(Refund.id)).one()

            sent = [refunds.sent(session, VILLAGE, refund, "person:lan@example.vn", LATER) for _ in range(2)]

            assert sent == [True, False]
            assert ledger.balances(session, "lang-gom") == {"vietqr": 0, "owed": 0}

    def test_no_museum_sends_what_another_owes(self, database: Database) -> None:
        with database.writing() as session:
            refund = refunds.owe(session, VILLAGE, "222222222B", DUE, "vietqr", "unknown", NOW)

            assert not refunds.sent(session, museum("pho-hien"), refund, "person:lan@example.vn", LATER)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["order", "pay", "pay again", "wait", "sweep", "cancel", "send back"]), st.integers(0, 5)
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_in_whatever_order_the_books_agree(database: Database, steps: list[tuple[str, int]]) -> None:
    history = History()
    with database.writing() as session:
        for what, number in steps:
            history.step(session, what, number)

        history.check(session)
        session.rollback()


class History:
    """What visitors, banks and the clock may do, one after the other."""

    def __init__(self) -> None:
        terms = {"donations": True, "giving_back": [{"until_hours": 0, "percent": 100}]}
        self.there = museum(slots=[{"days": "daily", "at": ["08:00"], "places": 6}], tickets=terms)
        self.now = NOW
        self.codes: list[str] = []
        self.received = 0

    def step(self, session: Session, what: str, number: int) -> None:
        if what == "order":
            self.order(session, number)
        elif what == "wait":
            self.now += timedelta(minutes=6)
        elif what == "sweep":
            release_expired(session, self.now)
        elif what == "send back":
            for refund in session.exec(select(Refund.id)).all()[: number + 1]:
                refunds.sent(session, self.there, refund, "person:lan@example.vn", self.now)
        elif self.codes:
            self.change(session, what, self.codes[number % len(self.codes)])

    def order(self, session: Session, number: int) -> None:
        wished = wish({"adult": 1 + number % 3, "student": 1 + number % 2}, donation_dong=number * 1_000)
        free = availability(session, self.there, TOMORROW, TOMORROW, self.now)[0].free
        try:
            self.codes.append(place(session, self.there, wished, self.now).code)
        except SoldOut:
            assert (free or 0) < sum(wished.counts.values())

    def change(self, session: Session, what: str, code: str) -> None:
        if what == "cancel":
            cancel(session, self.there, code, self.now)
            return
        order = order_of(session, code)
        reference = code if what == "pay" else f"{code}/{self.now}"
        settled = settle(session, self.there, Paid(code, order.total_dong, "vietqr", reference), self.now)
        self.received += 0 if settled is Settled.ALREADY else order.total_dong

    def check(self, session: Session) -> None:
        balances = ledger.balances(session, self.there.slug)
        kept = [order_of(session, code) for code in self.codes]
        live = [ticket for code in self.codes for ticket in tickets_of(session, code) if ticket.cancelled_at is None]
        owed = session.exec(select(Refund)).all()
        sales = -sum(dong for account, dong in balances.items() if account.startswith(ledger.SALES))
        sent = sum(refund.dong for refund in owed if refund.done_at)
        assert sum(balances.values()) == 0
        assert sales == sum(ticket.dong for ticket in live if ticket.issued_at)
        assert sales - balances.get(ledger.DONATIONS, 0) == self.received - sum(refund.dong for refund in owed)
        assert balances.get("vietqr", 0) == self.received - sent
        taken = sum(order.people for order in kept if order.status in ("held", "paid"))
        expired = sum(order.people for order in kept if order.status == "held" and order.expires_at <= self.now)
        assert availability(session, self.there, TOMORROW, TOMORROW, self.now)[0].free == 6 - taken + expired
        assert taken <= 6
