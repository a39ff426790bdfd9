"""SePay: a transfer is believed by its key or its signature, and only what reached our account is ours."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import SecretStr

from guide.tickets.paying import reading, sepay
from guide.tickets.paying.contracts import Contract, SePay
from guide.tickets.paying.payment import Answer, Arrived, ForgedNotice, Outcome, UnreadableNotice
from tests.tickets.box_office import NOW
from tests.tickets.paying.world import AGREED, CONTRACTS, sepay_notice

CODE = "K7M2QXR349"
SECRET = SecretStr("webhook-secret")
SIGNING = {"lang-gom": Contract(vietqr=AGREED.vietqr, sepay=SePay(secret=SECRET))}


def test_the_key_that_was_agreed_on_lets_a_transfer_in() -> None:
    told = sepay.heard(CONTRACTS, sepay_notice(CODE), NOW)

    assert told
    assert (told.codes, told.dong, told.reference, told.way) == ((CODE,), 100_000, "92704", "vietqr")


@pytest.mark.parametrize(
    "header", ["", "Apikey", "Apikey ", "Apikey sepay-key-of-lang-go", "Bearer sepay-key-of-lang-gom", "apikey é", "x"]
)
def test_any_other_key_does_not(header: str) -> None:
    with pytest.raises(ForgedNotice):
        sepay.heard(CONTRACTS, replace(sepay_notice(CODE), headers={"authorization": header}), NOW)
    with pytest.raises(ForgedNotice):
        sepay.heard(CONTRACTS, replace(sepay_notice(CODE), headers={}), NOW)


def signed(seconds: int = 0, body: bytes = sepay_notice(CODE).body) -> Arrived:
    at = str(int(NOW.timestamp()) + seconds)
    signature = reading.signature(SECRET, f"{at}.{body.decode()}")
    return Arrived({"x-sepay-timestamp": at, "x-sepay-signature": f"sha256={signature}"}, (), body)


@pytest.mark.parametrize("seconds", [0, -299, 299])
def test_a_fresh_signature_over_time_and_body_lets_a_transfer_in(seconds: int) -> None:
    assert sepay.heard(SIGNING, signed(seconds), NOW)


@pytest.mark.parametrize(
    "arrived",
    [
        signed(-301),
        signed(301),
        replace(signed(), body=sepay_notice(CODE, 1).body),
        replace(signed(), headers=signed().headers | {"x-sepay-timestamp": "now"}),
        replace(signed(), headers=signed().headers | {"x-sepay-timestamp": "9" * 40}),
        replace(signed(), headers=sepay_notice(CODE).headers),
    ],
    ids=["old", "from the future", "another body", "no time", "no such time", "the key instead"],
)
def test_any_other_does_not(arrived: Arrived) -> None:
    with pytest.raises(ForgedNotice):
        sepay.heard(SIGNING, arrived, NOW)


def test_money_that_leaves_is_none_of_ours() -> None:
    assert sepay.heard(CONTRACTS, sepay_notice(CODE, transferType="out"), NOW) is None


def test_money_on_another_account_is_ours_only_where_its_memo_is() -> None:
    """One key may tell of all accounts that somebody has."""
    strange = sepay.heard(CONTRACTS, sepay_notice(CODE, accountNumber="999"), NOW)

    assert strange
    assert strange.problem == "other-account"
    assert sepay.heard(CONTRACTS, sepay_notice(CODE, accountNumber="999", content="tien nha"), NOW) is None


def test_a_virtual_account_stands_for_the_one_behind_it() -> None:
    told = sepay.heard(CONTRACTS, sepay_notice(CODE, accountNumber="VA1", subAccount="0011001932418"), NOW)

    assert told
    assert told.problem is None


NO_OBJECTS = [
    b"", b"[]", b"null", b"{", b'{"a":1,"a":2}', b"\xff\xfe", b'{"transferAmount":NaN}', b'{"content":"\\ud800"}'
]  # fmt: skip


@pytest.mark.parametrize("body", NO_OBJECTS)
def test_what_is_no_json_object_with_each_key_once_is_not_read(body: bytes) -> None:
    with pytest.raises(UnreadableNotice):
        sepay.heard(CONTRACTS, replace(sepay_notice(CODE), body=body), NOW)


def test_nesting_without_end_is_not_read() -> None:
    with pytest.raises(UnreadableNotice):
        sepay.heard(CONTRACTS, replace(sepay_notice(CODE), body=b"[" * 30_000), NOW)


@pytest.mark.parametrize(
    "odd",
    [
        {"transferAmount": "100000"},
        {"transferAmount": -100_000},
        {"transferAmount": 0},
        {"transferAmount": 100_000.0},
        {"transferAmount": True},
        {"transferAmount": 10**40},
        {"transferAmount": None},
        {"transferAmount": [100_000]},
        {"id": None},
        {"id": {}},
        {"id": ""},
        {"id": "x" * 200},
        {"id": "a\0b"},
        {"transferType": None},
        {"transferType": "IN"},
    ],
    ids=str,
)
def test_genuine_but_not_to_be_understood_is_looked_at_by_people(odd: dict[str, object]) -> None:
    told = sepay.heard(CONTRACTS, sepay_notice(CODE, **odd), NOW)

    assert told
    assert (told.problem, told.dong) == ("unreadable", 0)


def test_a_strange_memo_is_no_surprise() -> None:
    for content in (None, 5, ["SEN"], "\0" * 10, "🪷" * 2000):
        told = sepay.heard(CONTRACTS, sepay_notice(CODE, content=content), NOW)

        assert told
        assert told.codes == ()


def test_sepay_is_told_that_it_was_heard() -> None:
    assert sepay.answer(Outcome("review", "no-code")) == Answer(200, {"success": True})
    assert json.dumps(sepay.answer(Outcome("settled")).body) == '{"success": true}'
