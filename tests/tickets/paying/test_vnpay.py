"""VNPay 2.1.0: the address that a visitor is sent to, the notice, and the answers that VNPay documents."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from guide.tickets.paying import reading, vnpay
from guide.tickets.paying.payment import Arrived, ForgedNotice, Outcome, UnreadableNotice
from tests.tickets.box_office import NOW
from tests.tickets.paying.test_vietqr import Asked
from tests.tickets.paying.world import AGREED, CONTRACTS, LATER, signed_by_vnpay, vnpay_notice

CODE = "K7M2QXR349"
DOCUMENTED = (
    "vnp_Amount=1806000&vnp_Command=pay&vnp_CreateDate=20210801153333&vnp_CurrCode=VND&vnp_IpAddr=127.0.0.1"
    "&vnp_Locale=vn&vnp_OrderInfo=Thanh+toan+don+hang+%3A5&vnp_OrderType=other"
    "&vnp_ReturnUrl=https%3A%2F%2Fdomainmerchant.vn%2FReturnUrl&vnp_TmnCode=DEMOV210&vnp_TxnRef=5&vnp_Version=2.1.0"
)
"""sandbox.vnpayment.vn/apis/docs/thanh-toan-pay/pay.html; the key of its example signature is not published."""


def test_the_signed_text_is_sorted_and_written_as_in_the_documentation() -> None:
    assert vnpay.signed_text(dict(reversed(parse_qsl(DOCUMENTED)))) == DOCUMENTED


def test_the_visitor_is_sent_to_a_signed_address_with_a_hundred_times_the_amount() -> None:
    assert AGREED.vnpay
    address = urlsplit(vnpay.page(AGREED.vnpay, Asked(expires_at=LATER), "https://a.vn/back", "203.0.113.9", NOW))
    asked = dict(parse_qsl(address.query))
    text, _, signature = address.query.partition("&vnp_SecureHash=")

    assert f"{address.scheme}://{address.netloc}{address.path}" == vnpay.SANDBOX
    assert asked["vnp_Amount"] == "10000000"
    assert asked["vnp_TxnRef"] == f"{CODE}090000000"
    assert (asked["vnp_CreateDate"], asked["vnp_ExpireDate"]) == ("20261124090000", "20261124091600")
    assert signature == reading.signature(AGREED.vnpay.hash_secret, text, "sha512")


def test_a_signed_notice_is_genuine_whatever_else_stands_in_the_address() -> None:
    arrived = vnpay_notice(CODE)

    told = vnpay.heard(CONTRACTS, Arrived({}, (*arrived.query, ("utm_source", "x")), b""), NOW)

    assert told
    assert (told.codes, told.dong, told.reference, told.museums) == ((CODE,), 100_000, "14226112", ("lang-gom",))


@pytest.mark.parametrize("name", ["vnp_Amount", "vnp_TxnRef", "vnp_ResponseCode", "vnp_TmnCode", "vnp_SecureHash"])
def test_a_changed_notice_is_a_forgery(name: str) -> None:
    changed = tuple((key, "1" if key == name else value) for key, value in vnpay_notice(CODE).query)

    with pytest.raises(ForgedNotice):
        vnpay.heard(CONTRACTS, Arrived({}, changed, b""), NOW)


def test_a_key_that_stands_twice_could_be_read_in_two_ways_and_is_not() -> None:
    twice = (*vnpay_notice(CODE).query, ("vnp_Amount", "1"))

    with pytest.raises(UnreadableNotice):
        vnpay.heard(CONTRACTS, Arrived({}, twice, b""), NOW)


@pytest.mark.parametrize("amount", ["10000050", "-100", "1e7", "10000000.0", "", "x", "٣00", "1" * 30])
def test_a_signed_amount_that_makes_no_whole_dong_is_looked_at_by_people(amount: str) -> None:
    told = vnpay.heard(CONTRACTS, vnpay_notice(CODE, vnp_Amount=amount), NOW)

    assert told
    assert (told.problem, told.dong) == ("unreadable", 0)


def test_both_codes_must_say_that_it_was_paid() -> None:
    for name in ("vnp_ResponseCode", "vnp_TransactionStatus"):
        told = vnpay.heard(CONTRACTS, vnpay_notice(CODE, **{name: "24"}, vnp_TransactionNo="0"), NOW)

        assert told
        assert not told.paid
        assert told.reference.startswith("failed:")


def test_nothing_signed_with_an_empty_secret_gets_in() -> None:
    with pytest.raises(ForgedNotice):
        vnpay.heard(CONTRACTS, Arrived({}, (("vnp_TmnCode", "LANGGOM1"), ("vnp_SecureHash", "")), b""), NOW)
    with pytest.raises(ForgedNotice):
        vnpay.heard({}, Arrived({}, signed_by_vnpay({}), b""), NOW)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome("settled"), "00"),
        (Outcome("settled", "late"), "00"),
        (Outcome("failed"), "00"),
        (Outcome("refund", "money-back"), "00"),
        (Outcome("settled", repeated=True), "02"),
        (Outcome("review", "unknown-order"), "01"),
        (Outcome("review", "no-code"), "01"),
        (Outcome("review", "wrong-amount"), "04"),
        (Outcome("review", "wrong-amount", repeated=True), "04"),
        (Outcome("review", "unreadable"), "99"),
        (ForgedNotice(), "97"),
        (UnreadableNotice(), "99"),
    ],
)
def test_vnpay_is_answered_in_its_own_codes(outcome: Outcome, code: str) -> None:
    answer = vnpay.answer(outcome)

    assert answer.status == 200
    assert answer.body
    assert answer.body["RspCode"] == code
