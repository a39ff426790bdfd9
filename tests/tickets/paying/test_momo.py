"""MoMo v2: what we ask for, and notices; two of them were really signed by MoMo's test environment."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guide.tickets.paying import momo
from guide.tickets.paying.contracts import Contract, MoMo
from guide.tickets.paying.payment import Answer, Arrived, ForgedNotice, Outcome, ProviderAway, ProviderRefused
from tests.tickets.box_office import NOW
from tests.tickets.paying import world
from tests.tickets.paying.test_vietqr import Asked

CODE = "K7M2QXR349"
PUBLIC_TEST_KEYS = MoMo.model_validate(
    {"partner_code": "MOMO", "access_key": "F8BBA842ECF85", "secret_key": "K951B6PE1waDMi640xX08PD3vg6EkVlz"}
)
"""Those that MoMo hands to everybody in its own examples (github.com/momo-wallet/payment)."""
SIGNED_BY_MOMO: list[dict[str, Any]] = [
    {
        "partnerCode": "MOMO",
        "orderId": "MOMO1731137931267",
        "requestId": "MOMO1731137931267",
        "amount": 1000,
        "orderInfo": "undefined nạp tiền vào tài khoản",
        "orderType": "momo_wallet",
        "transId": 4225107942,
        "resultCode": 0,
        "message": "Successful.",
        "payType": "qr",
        "responseTime": 1731137968770,
        "extraData": "",
        "signature": "2068ac90836a9aacdefd4995b58ed03f0b1f1d27046b7ca371b92175bb5437a6",
    },
    {
        "partnerCode": "MOMO",
        "orderId": "MOMO1713984978976",
        "requestId": "MOMO1713984978976",
        "amount": 1000,
        "orderInfo": "30k",
        "orderType": "momo_wallet",
        "transId": 4029232035,
        "resultCode": 0,
        "message": "Thành công.",
        "payType": "credit",
        "responseTime": 1713985045244,
        "extraData": "",
        "signature": "0d6f0e650eb5d320c3a65df17a620f01c09d0eae742d3eb7e84177b2ebda6fe0",
    },
]
"""Written down by developers in public repositories as MoMo's test gateway sent them, with the public test keys."""


@pytest.mark.parametrize("sent", SIGNED_BY_MOMO, ids=["English", "Vietnamese"])
def test_what_momo_itself_signed_is_genuine(sent: dict[str, Any]) -> None:
    contracts = {"lang-gom": Contract(momo=PUBLIC_TEST_KEYS)}

    told = momo.heard(contracts, Arrived({}, (), json.dumps(sent).encode()), NOW)

    assert told
    assert (told.dong, told.reference, told.paid) == (1000, str(sent["transId"]), True)


@pytest.mark.parametrize("name", [*momo.TOLD, "signature"])
def test_a_change_anywhere_in_it_is_a_forgery(name: str) -> None:
    sent = SIGNED_BY_MOMO[0] | {name: "1001"}

    with pytest.raises(ForgedNotice):
        momo.heard({"lang-gom": Contract(momo=PUBLIC_TEST_KEYS)}, Arrived({}, (), json.dumps(sent).encode()), NOW)


def test_the_request_is_signed_over_the_string_that_the_documentation_gives() -> None:
    asked = momo.request(PUBLIC_TEST_KEYS, Asked(), "https://a.vn/back", "https://a.vn/ipn", NOW)

    attempt = f"{CODE}090000000"
    message = (
        "accessKey=F8BBA842ECF85&amount=100000&extraData=&ipnUrl=https://a.vn/ipn"
        f"&orderId={attempt}&orderInfo=Ve tham quan SEN {CODE}&partnerCode=MOMO"
        f"&redirectUrl=https://a.vn/back&requestId={attempt}&requestType=captureWallet"
    )
    assert asked["signature"] == momo.reading.signature(PUBLIC_TEST_KEYS.secret_key, message)


def page(answer: dict[str, Any]) -> str:
    return momo.page(PUBLIC_TEST_KEYS, Asked(), "https://a.vn/b", "https://a.vn/n", lambda *_: answer, NOW)


def test_the_visitor_is_led_to_the_page_that_momo_made() -> None:
    assert page({"resultCode": 0, "payUrl": "https://test-payment.momo.vn/v2/x"}) == "https://test-payment.momo.vn/v2/x"


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ({"resultCode": 41, "message": "Duplicated orderId"}, ProviderRefused),
        ({"resultCode": "0", "payUrl": "https://x"}, ProviderAway),
        ({"resultCode": 0}, ProviderAway),
        ({"resultCode": 0, "payUrl": "javascript:alert(1)"}, ProviderAway),
        ({}, ProviderAway),
    ],
)
def test_an_answer_that_is_no_page_is_a_kind_refusal(answer: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        page(answer)


def test_a_failed_attempt_never_stands_for_the_payment_that_follows_it() -> None:
    failed = momo.heard(world.CONTRACTS, world.momo_notice(CODE, resultCode=1006), NOW)
    paid = momo.heard(world.CONTRACTS, world.momo_notice(CODE), NOW)

    assert failed
    assert paid
    assert (failed.paid, paid.paid) == (False, True)
    assert failed.reference != paid.reference


def test_momo_is_answered_without_content_and_a_forger_is_not() -> None:
    assert momo.answer(Outcome("settled")) == Answer(204)
    with pytest.raises(ForgedNotice):
        momo.answer(ForgedNotice())
