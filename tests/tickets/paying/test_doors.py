"""The doors of paying: notices of every provider, hostile ones too, the way there and back, and the trial."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from guide.clock import Clock
from guide.counters import Count
from guide.shelf import Shelf
from guide.throttle import Throttle
from guide.tickets.guesses import Guesses
from guide.tickets.paying.payment import Arrived
from guide.tickets.paying.simulator import SIGNATURE
from guide.tickets.tables import LedgerLine, Notice
from tests.tickets.box_office import NOW
from tests.tickets.paying.conftest import Till
from tests.tickets.paying.world import (
    PRICE,
    every,
    issued,
    momo_notice,
    payos_notice,
    sepay_notice,
    sold,
    status_of,
    vnpay_notice,
)

ANSWERS: list[tuple[str, Any, int, Any]] = [
    ("sepay", sepay_notice, 200, {"success": True}),
    ("payos", payos_notice, 200, {"success": True}),
    ("vnpay", vnpay_notice, 200, {"RspCode": "00", "Message": "Confirm Success"}),
    ("momo", momo_notice, 204, None),
]


@pytest.mark.parametrize(("provider", "notice", "status", "body"), ANSWERS, ids=[case[0] for case in ANSWERS])
def test_a_provider_is_answered_as_it_documents(till: Till, provider: str, notice: Any, status: int, body: Any) -> None:
    order = sold(till.books)

    answer = till.tell(provider, notice(order.code))

    assert answer.status_code == status
    assert (answer.json() if answer.content else None) == body
    assert status_of(till.books, order) == "paid"


def test_vnpay_hears_that_it_has_told_us_before(till: Till) -> None:
    order = sold(till.books)

    told = [till.tell("vnpay", vnpay_notice(order.code)).json()["RspCode"] for _ in range(3)]

    assert told == ["00", "02", "02"]


def test_vnpay_hears_what_is_wrong(till: Till) -> None:
    order = sold(till.books)
    forged = vnpay_notice(order.code)

    assert till.tell("vnpay", vnpay_notice("K7M2QXR349")).json()["RspCode"] == "01"
    assert till.tell("vnpay", vnpay_notice(order.code, PRICE * 2, number="2")).json()["RspCode"] == "04"
    assert till.tell("vnpay", replace(forged, query=forged.query[:-1])).json()["RspCode"] == "97"
    assert till.tell("vnpay", replace(forged, query=(*forged.query, *forged.query))).json()["RspCode"] == "99"
    assert status_of(till.books, order) == "held"


GENUINE = {"sepay": sepay_notice, "payos": payos_notice, "momo": momo_notice}
HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "a list": b"[]",
    "a number": b"7",
    "nothing at all": b"null",
    "half of it": b'{"data": {"amount": 100',
    "no text": b"\xff\xfe\x00",
    "a key twice": b'{"signature": "x", "signature": "y", "data": {}}',
    "no keys": b"{}",
    "keys of another shape": b'{"data": {"amount": []}, "signature": {}, "partnerCode": [], "id": {}}',
    "no number": b'{"amount": NaN, "transferAmount": Infinity}',
    "depth": b'{"a":' * 8000,
    "length": b'{"a": "' + b"x" * 60_000 + b'"}',
    "a number without end": b'{"amount": ' + b"9" * 6000 + b"}",
    "half a letter": b'{"signature": "\\ud800", "partnerCode": "MOMOLG", "data": {"a": "\\ud800"}}',
}


@pytest.mark.parametrize("provider", GENUINE)
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_is_refused_and_leaves_no_trace(till: Till, provider: str, body: bytes) -> None:
    headers = GENUINE[provider]("K7M2QXR349").headers if provider != "sepay" else {}

    answer = till.tell(provider, Arrived(headers, (), body))

    assert answer.status_code in (401, 422)
    assert answer.json()["error"] in ("ForgedNotice", "UnreadableNotice")
    assert every(till.books, Notice) == []


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_with_the_right_key_it_is_refused_or_looked_at_but_never_believed(till: Till, body: bytes) -> None:
    answer = till.tell("sepay", replace(sepay_notice("K7M2QXR349"), body=body))

    assert answer.status_code in (200, 422)
    assert {notice.why for notice in every(till.books, Notice)} <= {"unreadable"}
    assert every(till.books, LedgerLine) == []


@pytest.mark.parametrize(
    "query", ["", "vnp_SecureHash=", "vnp_Amount=1&vnp_Amount=2", "vnp_TmnCode=LANGGOM1", "%00=%FF", "a" * 5000]
)
def test_a_hostile_address_is_refused_and_leaves_no_trace(till: Till, query: str) -> None:
    answer = till.browser.get(f"/api/v1/payments/vnpay/notices?{query}")

    assert answer.status_code == 200
    assert answer.json()["RspCode"] in ("97", "99")
    assert every(till.books, Notice) == []


def test_a_body_larger_than_any_notice_is_not_read(till: Till) -> None:
    assert till.tell("sepay", replace(sepay_notice("K7M2QXR349"), body=b"x" * 65_537)).status_code == 413


def test_nobody_of_that_name_tells_us_of_payments(till: Till) -> None:
    assert till.tell("paypal", Arrived({}, (), b"{}")).status_code == 404
    assert till.browser.get("/orders/K7M2QXR349/return/paypal").status_code == 404


def test_forgeries_are_counted_and_nothing_else(till: Till) -> None:
    for _ in range(3):
        till.tell("sepay", replace(sepay_notice("K7M2QXR349"), headers={"authorization": "Apikey guess"}))
    till.counters.flush()

    with till.books.reading() as session:
        assert [(count.what, count.key, count.times) for count in session.exec(select(Count))] == [
            ("forged-notice", "sepay", 3)
        ]
    assert every(till.books, Notice) == []


def test_a_visitor_is_led_to_the_providers_page(till: Till) -> None:
    order = sold(till.books, pay="vnpay")

    answer = till.browser.get(f"/orders/{order.code}/payment", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(
        "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?vnp_Amount=10000000"
    )
    assert "no-store" in answer.headers["cache-control"]


def test_nobody_is_led_there_without_end_or_for_nothing(till: Till) -> None:
    order, at_counter = sold(till.books, pay="vnpay"), sold(till.books, pay="counter")

    answers = [till.browser.get(f"/orders/{order.code}/payment", follow_redirects=False) for _ in range(7)]
    till.app.state.shelf = Shelf({Clock: Clock(NOW + timedelta(hours=1))}).over(till.app.state.shelf)

    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert till.browser.get(f"/orders/{order.code}/payment").status_code == 409
    assert till.browser.get(f"/orders/{at_counter.code}/payment").status_code == 409
    assert till.browser.get("/orders/K7M2QXR349/payment").status_code == 404


def test_coming_back_from_the_provider_proves_nothing(till: Till) -> None:
    """Whatever stands in the address, the order's page says how the order stands."""
    order = sold(till.books, pay="vnpay")
    paid = "&".join(f"{name}={value}" for name, value in vnpay_notice(order.code).query)

    answer = till.browser.get(f"/orders/{order.code}/return/vnpay?{paid}", follow_redirects=False)

    assert answer.headers["location"] == f"/orders/{order.code}?returned=vnpay"
    assert status_of(till.books, order) == "held"


@pytest.mark.parametrize("door", ["payment", "return/vnpay", "simulator"])
def test_codes_are_found_by_trying_at_none_of_these_doors(till: Till, door: str) -> None:
    """One count for all of them: who has guessed elsewhere does not guess on here."""
    guesses = Guesses(Throttle(1, 6))
    till.open(trial=True)
    till.app.state.shelf = Shelf({Guesses: guesses}).over(till.app.state.shelf)
    order = sold(till.books, pay="vnpay")
    right = [till.browser.get(f"/orders/{order.code}/{door}", follow_redirects=False).status_code for _ in range(3)]

    wrong = [till.browser.get(f"/orders/AAAAAAAAAA/{door}").status_code for _ in range(5)]
    wrong += [till.browser.get(f"/orders/AAAAAAAAAA/{one}").status_code for one in ("simulator", "payment")]

    assert set(right) <= {200, 303}
    assert wrong == [404] * 6 + [429]
    assert till.post(f"/orders/{order.code}/simulator", {"pay": "all"}).status_code == 429


def test_the_house_counts_guesses_once_for_pages_and_programs(till: Till) -> None:
    stranger = TestClient(till.app, headers={"accept": "text/html"}, client=("10.9.8.7", 4321))

    wrong = [stranger.get("/orders/AAAAAAAAAA/payment").status_code for _ in range(20)]

    assert wrong == [404] * 20
    assert stranger.get("/api/v1/orders/AAAAAAAAAA").status_code == 429
    assert stranger.get("/orders/AAAAAAAAAA").status_code == 429


def test_without_a_trial_nobody_plays_the_bank(till: Till) -> None:
    order = sold(till.books)

    assert till.browser.get(f"/orders/{order.code}/simulator").status_code == 404
    assert till.post(f"/orders/{order.code}/simulator", {"pay": "all"}).status_code == 404
    assert status_of(till.books, order) == "held"


def test_on_trial_a_visitor_plays_the_bank_and_has_the_tickets(till: Till) -> None:
    till.open(contracts={}, trial=True)
    order = sold(till.books)

    page = till.browser.get(f"/orders/{order.code}/simulator")
    answer = till.post(f"/orders/{order.code}/simulator", {"pay": "all"})

    assert "Trả đủ 100.000 ₫" in page.text
    assert "không có đồng nào được chuyển" in page.text
    assert (answer.status_code, answer.headers["location"]) == (303, f"/orders/{order.code}")
    assert issued(till.books, order) == 2


@pytest.mark.parametrize(("choice", "dong"), [("less", 99_000), ("more", 101_000)])
def test_on_trial_a_wrong_amount_is_looked_at_as_a_real_one_would_be(till: Till, choice: str, dong: int) -> None:
    till.open(contracts={}, trial=True)
    order = sold(till.books)

    till.post(f"/orders/{order.code}/simulator", {"pay": choice})

    assert [(kept.why, kept.dong, kept.museum) for kept in every(till.books, Notice)] == [
        ("wrong-amount", dong, "lang-gom")
    ]
    assert status_of(till.books, order) == "held"


def test_the_simulator_is_believed_by_its_key_alone(till: Till) -> None:
    order = sold(till.books)
    body = json.dumps({"order": order.code, "dong": PRICE, "reference": "1"}).encode()

    for headers in ({}, {SIGNATURE: ""}, {SIGNATURE: "0" * 64}):
        assert till.tell("simulator", Arrived(headers, (), body)).status_code == 401

    assert status_of(till.books, order) == "held"
    assert (till.home / "simulator.key").stat().st_mode & 0o077 == 0


def test_an_answer_never_holds_a_secret(till: Till) -> None:
    for provider, notice, _, _ in ANSWERS:
        answer = till.tell(provider, notice("K7M2QXR349"))

        assert "secret" not in answer.text
        assert "key-of" not in answer.text
