"""What becomes of a notice: tickets are issued once, and what does not fit is looked at or owed back, never lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from guide.database import Database
from guide.tickets import ledger
from guide.tickets.changing import cancelling
from guide.tickets.paying import momo, notices, payos, sepay, vnpay
from guide.tickets.paying.payment import Outcome, Told
from guide.tickets.selling import expiring
from guide.tickets.tables import Allotment, LedgerLine, Notice, Refund
from tests.killing import boundaries, killed_before
from tests.tickets.box_office import NOW, TOMORROW
from tests.tickets.paying.world import (
    CONTRACTS,
    LATER,
    MUSEUM,
    MUSEUMS,
    OTHER,
    PRICE,
    every,
    heard,
    issued,
    momo_notice,
    payos_notice,
    sepay_notice,
    sold,
    status_of,
    vnpay_notice,
)

pytestmark = pytest.mark.slow

SOON_SECONDS = 5
TIMES = ("08:00", "10:00", "14:00")
PROVIDERS: list[Any] = [
    pytest.param(sepay, sepay_notice, id="sepay"),
    pytest.param(payos, payos_notice, id="payos"),
    pytest.param(vnpay, vnpay_notice, id="vnpay"),
    pytest.param(momo, momo_notice, id="momo"),
]


@pytest.mark.parametrize(("provider", "notice"), PROVIDERS)
def test_the_tickets_are_there_when_the_money_is(books: Database, provider: Any, notice: Any) -> None:
    order = sold(books, pay=provider.WAY)

    assert heard(books, provider, notice(order.code)) == Outcome("settled")

    assert status_of(books, order) == "paid"
    assert issued(books, order) == 2
    assert {line.receiving for line in every(books, LedgerLine)} == {provider.WAY}


@pytest.mark.parametrize(("provider", "notice"), PROVIDERS)
def test_a_notice_that_comes_again_has_the_same_outcome_and_no_effect(
    database: Database, provider: Any, notice: Any
) -> None:
    order = sold(database, pay=provider.WAY)
    first = heard(database, provider, notice(order.code))

    again = [heard(database, provider, notice(order.code), NOW + timedelta(days=n)) for n in (0, 1, 40)]

    assert again == [replace(first, repeated=True)] * 3
    assert issued(database, order) == 2
    assert len(every(database, Notice)) == 1
    assert sum(line.dong for line in every(database, LedgerLine)) == PRICE
    assert every(database, Refund) == []


UNFIT: list[Any] = [
    (lambda code: sepay_notice(code, PRICE - 1), "wrong-amount"),
    (lambda code: sepay_notice(code, PRICE + 1), "wrong-amount"),
    (lambda code: sepay_notice(code, PRICE * 100), "wrong-amount"),
    (lambda code: sepay_notice(code, content="cam on bao tang"), "no-code"),
    (lambda code: sepay_notice("K7M2QXR349"), "unknown-order"),
    (lambda code: sepay_notice(code, transferAmount="100000"), "unreadable"),
    (lambda code: sepay_notice(code, accountNumber="999"), "other-account"),
]


@pytest.mark.parametrize(("notice", "why"), UNFIT, ids=[why for _, why in UNFIT])
def test_what_does_not_fit_waits_for_somebody_to_look_and_issues_nothing(
    books: Database, notice: Any, why: str
) -> None:
    order = sold(books)

    assert heard(books, sepay, notice(order.code)) == Outcome("review", why)

    kept = every(books, Notice)[0]
    assert (kept.became, kept.why, kept.museum) == ("review", why, MUSEUM.slug)
    assert status_of(books, order) == "held"
    assert issued(books, order) == 0
    assert every(books, LedgerLine) == []


def test_money_in_another_currency_is_looked_at(books: Database) -> None:
    order = sold(books)

    assert heard(books, payos, payos_notice(order.code, currency="USD")).why == "currency"
    assert heard(books, vnpay, vnpay_notice(order.code, vnp_CurrCode="USD")).why == "currency"
    assert status_of(books, order) == "held"


def test_money_for_another_museums_order_is_shown_to_whoever_has_it(books: Database) -> None:
    order = sold(books, museum=OTHER)

    assert heard(books, sepay, sepay_notice(order.code)) == Outcome("review", "other-museum")

    kept = every(books, Notice)[0]
    assert (kept.museum, kept.order_code) == (MUSEUM.slug, order.code)


def test_museums_that_share_an_account_share_its_notices(books: Database) -> None:
    shared = CONTRACTS | {OTHER.slug: CONTRACTS[MUSEUM.slug]}
    order = sold(books, museum=OTHER)

    assert heard(books, sepay, sepay_notice(order.code), contracts=shared) == Outcome("settled")


def test_money_for_an_order_whose_museum_is_gone_is_looked_at() -> None:
    told = Told("sepay", "vietqr", "1", PRICE, ("K7M2QXR349",), ())

    assert notices.judge(told, [("K7M2QXR349", "closed-down")], MUSEUMS) == Outcome("review", "museum-gone")


def test_a_memo_that_names_two_orders_is_looked_at(books: Database) -> None:
    one, two = sold(books), sold(books)

    both = sepay_notice(one.code, 2 * PRICE, content=f"SEN {one.code} SEN {two.code}")

    assert heard(books, sepay, both) == Outcome("review", "several-orders")


def test_of_two_codes_in_a_memo_the_one_that_is_an_order_counts(books: Database) -> None:
    order = sold(books)

    assert heard(books, sepay, sepay_notice(order.code, content=f"SEN K7M2QXR349 SEN {order.code}")).why is None


def test_late_money_gets_its_places_while_there_are_any(books: Database) -> None:
    order = sold(books)
    swept(books)

    assert heard(books, sepay, sepay_notice(order.code), LATER) == Outcome("settled", "late")
    assert issued(books, order) == 2


def test_a_hold_that_is_over_but_still_there_is_simply_paid(books: Database) -> None:
    order = sold(books)

    assert heard(books, sepay, sepay_notice(order.code), LATER) == Outcome("settled")


def swept(database: Database) -> None:
    with database.writing() as session:
        assert expiring.release_expired(session, LATER) == 1


def test_late_money_goes_back_when_the_places_are_gone(books: Database) -> None:
    order = sold(books)
    sold(books, LATER, counts={"adult": 39})

    assert heard(books, sepay, sepay_notice(order.code), LATER) == Outcome("refund", "money-back")

    assert issued(books, order) == 0
    assert [(refund.dong, refund.why) for refund in every(books, Refund)] == [(PRICE, "places-gone")]


def test_a_second_payment_of_a_paid_order_goes_back(books: Database) -> None:
    order = sold(books)
    heard(books, sepay, sepay_notice(order.code))

    assert heard(books, vnpay, vnpay_notice(order.code)) == Outcome("refund", "money-back")

    assert issued(books, order) == 2
    assert [(refund.dong, refund.pay, refund.why) for refund in every(books, Refund)] == [
        (PRICE, "vnpay", "paid-twice")
    ]


def test_money_for_a_cancelled_order_goes_back(books: Database) -> None:
    order = sold(books)
    with books.writing() as session:
        cancelling.cancel(session, MUSEUM, order.code, NOW)

    assert heard(books, sepay, sepay_notice(order.code)) == Outcome("refund", "cancelled")
    assert issued(books, order) == 0


@pytest.mark.parametrize(
    ("provider", "failed", "paid"),
    [
        (vnpay, lambda code: vnpay_notice(code, number="0", vnp_ResponseCode="24"), vnpay_notice),
        (momo, lambda code: momo_notice(code, resultCode=1006), momo_notice),
    ],
    ids=["vnpay", "momo"],
)
def test_a_failed_attempt_changes_nothing_before_or_after_the_payment(
    books: Database, provider: Any, failed: Any, paid: Any
) -> None:
    order = sold(books, pay=provider.WAY)

    became = [heard(books, provider, make(order.code)).became for make in (failed, paid, failed)]

    assert became == ["failed", "settled", "failed"]
    assert status_of(books, order) == "paid"
    assert issued(books, order) == 2


def test_a_number_that_comes_again_for_another_payment_is_looked_at(database: Database) -> None:
    """It is genuine, and so it is neither believed twice nor dropped."""
    one, two = sold(database), sold(database)
    heard(database, sepay, sepay_notice(one.code))

    first = heard(database, sepay, sepay_notice(two.code))
    again = heard(database, sepay, sepay_notice(two.code))
    other_amount = heard(database, sepay, sepay_notice(one.code, PRICE * 2))

    assert first == Outcome("review", "same-reference")
    assert again == replace(first, repeated=True)
    assert other_amount == Outcome("review", "same-reference")
    assert issued(database, two) == 0


def test_what_a_payer_wrote_is_kept_only_for_those_who_must_look(books: Database) -> None:
    order = sold(books)
    heard(books, sepay, sepay_notice(order.code))
    heard(books, sepay, sepay_notice(order.code, PRICE - 1, number=2))

    settled, waiting = sorted(every(books, Notice), key=lambda notice: notice.became, reverse=True)

    assert settled.body == "{}"
    assert "NGUYEN VAN A" in waiting.body
    assert "0123499999" in waiting.body


def test_a_notice_is_few_statements(books: Database) -> None:
    order = sold(books)
    said: list[str] = []
    sa.event.listen(books.engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    heard(books, sepay, sepay_notice(order.code))

    assert len([text for text in said if not text.startswith(("BEGIN", "COMMIT"))]) <= 14, said


def test_sixteen_at_once_are_one(database: Database) -> None:
    order = sold(database)
    arrived = sepay_notice(order.code)

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(lambda _: heard(database, sepay, arrived), range(16)))

    assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * 15
    assert {outcome.became for outcome in outcomes} == {"settled"}
    assert issued(database, order) == 2
    assert sum(line.dong for line in every(database, LedgerLine)) == PRICE
    assert every(database, Refund) == []


def test_sixteen_different_payments_at_once_are_one_and_fifteen_refunds(database: Database) -> None:
    order = sold(database)

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(lambda n: heard(database, sepay, sepay_notice(order.code, number=n + 1)), range(16)))

    assert sorted(outcome.became for outcome in outcomes) == ["refund"] * 15 + ["settled"]
    assert issued(database, order) == 2
    assert len(every(database, Refund)) == 15
    with database.reading() as session:
        assert ledger.balances(session, MUSEUM.slug)[ledger.OWED] == -15 * PRICE


@pytest.mark.slow
def test_money_that_meets_its_cancellation_is_paid_and_given_back_or_owed_at_once(database: Database) -> None:
    """Whoever comes first, the visitor has either tickets or money to come back, and never both or neither."""
    orders = [sold(database, slot=TIMES[n % 3]) for n in range(12)]

    with ThreadPoolExecutor(8) as pool:
        both = [(act, order.code, n + 1) for n, order in enumerate(orders) for act in (paying, cancelled)]
        doing = [pool.submit(act, database, code, number) for act, code, number in both]
    for done in doing:
        done.result()

    assert {status_of(database, order) for order in orders} == {"cancelled"}
    assert sorted(refund.dong for refund in every(database, Refund)) == [PRICE] * 12
    with database.reading() as session:
        assert ledger.balances(session, MUSEUM.slug)[ledger.OWED] == -12 * PRICE


def paying(database: Database, code: str, number: int) -> None:
    assert heard(database, sepay, sepay_notice(code, number=number)).became in ("settled", "refund")


def cancelled(database: Database, code: str, _: int) -> None:
    with database.writing() as session:
        cancelling.cancel(session, MUSEUM, code, NOW, by=cancelling.By("person:x", "reason"))


def test_without_its_guard_the_same_notice_would_count_more_than_once(
    books: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the tests above would see if notices were not put down first: their number no longer makes them one."""
    order = sold(books)
    monkeypatch.setattr(notices, "_kept", lambda *_: True)
    monkeypatch.setattr(notices, "_note", lambda *_: None)

    outcomes = [
        heard(books, sepay, arrived)
        for arrived in (
            sepay_notice(order.code),
            sepay_notice(order.code, PRICE - 1),
            sepay_notice(order.code, number=2),
        )
    ]

    assert [outcome.became for outcome in outcomes] == ["settled", "review", "refund"]
    assert every(books, Notice) == []


KILLED: list[Any] = [
    pytest.param(PRICE, NOW, "settled", id="in time"),
    pytest.param(PRICE, LATER, "settled", id="late"),
    pytest.param(PRICE - 1, NOW, "review", id="wrong amount"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("dong", "now", "became"), KILLED)
def test_killed_at_any_statement_the_providers_retry_gets_the_one_result(
    database: Database, dong: int, now: datetime, became: str
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    for number in boundaries():
        order = sold(database, slot=TIMES[number % len(TIMES)])
        if now == LATER:
            swept(database)
        arrived = sepay_notice(order.code, dong, number)
        database.engine.dispose()

        killed = killed_before(number, url, lambda child, arrived=arrived: heard(child, sepay, arrived, now))
        began = time.monotonic()
        outcome = heard(database, sepay, arrived, now)

        assert time.monotonic() - began < SOON_SECONDS
        assert outcome.became == became
        assert issued(database, order) == (2 if became == "settled" else 0)
        assert len(every(database, Notice)) == number
        assert sum(line.dong for line in every(database, LedgerLine)) == (PRICE * number if became == "settled" else 0)
        assert every(database, Refund) == []
        if not killed:
            break
    assert number > 4


def test_the_places_of_a_paid_order_stay_taken(books: Database) -> None:
    order = sold(books)
    heard(books, sepay, sepay_notice(order.code))
    heard(books, sepay, sepay_notice(order.code))

    with books.reading() as session:
        taken = session.connection().execute(
            sa.select(col(Allotment.taken)).where(col(Allotment.day) == TOMORROW, col(Allotment.part) == "")
        )
        assert taken.scalar_one() == 2
