"""The code on a ticket: signed by the museum, read in one way only, and nothing else is taken for it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from guide.tickets import codes
from guide.tickets.signing.keys import Key
from guide.tickets.signing.signed import LONGEST_TEXT, Claim, read, sign

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SECRET = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEY = Key("dao-xa", 1, SECRET.private_bytes_raw(), SECRET.public_key().public_bytes_raw())
CLAIM = Claim("dao-xa", codes.completed("K7M2QXR2A") or "", date(2026, 11, 24), "08:00", 1, "adult")
SIGNED = sign(KEY, CLAIM)

claims = some.builds(
    Claim,
    museum=some.just("dao-xa"),
    code=some.text("23456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=9, max_size=9).map(codes.completed).filter(bool),
    day=some.dates(date(2020, 1, 1), date(2199, 1, 1)),
    slot=some.one_of(some.just(""), some.times().map(lambda time: f"{time:%H:%M}")),
    admits=some.integers(1, 65535),
    category=some.from_regex(r"[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,1}", fullmatch=True),
)


@given(claims)
def test_what_is_signed_is_read_again(claim: Claim) -> None:
    found = read(sign(KEY, claim))

    assert found is not None
    assert (found.code, found.day, found.slot, found.admits, found.category) == (
        claim.code,
        claim.day,
        claim.slot,
        claim.admits,
        claim.category,
    )
    assert found.is_of("dao-xa")
    assert found.key == 1
    assert found.signed_by(KEY.public)


def test_the_same_ticket_and_key_are_the_same_digits() -> None:
    assert sign(KEY, CLAIM) == SIGNED
    assert SIGNED.isdigit()
    assert len(SIGNED) < 230


def test_the_bytes_stand_where_the_format_says() -> None:
    number = int(SIGNED)
    body = number.to_bytes((number.bit_length() + 7) // 8, "big")

    assert body[:3] == b"\x01\x01\x01"
    assert body[3:7] == hashlib.sha256(b"dao-xa").digest()[:4]
    assert body[13:15] == (date(2026, 11, 24) - date(2020, 1, 1)).days.to_bytes(2, "big")
    assert body[15:17] == (480).to_bytes(2, "big")
    assert body[17:19] == (1).to_bytes(2, "big")
    assert body[19:25] == b"\x05adult"
    assert len(body) == 25 + 64


def test_another_museums_code_is_read_and_is_not_ours() -> None:
    found = read(sign(KEY, replace(CLAIM, museum="dak-lak")))

    assert found is not None
    assert not found.is_of("dao-xa")


def test_a_signature_of_another_key_is_not_believed() -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
    forged = sign(Key("dao-xa", 1, other.private_bytes_raw(), other.public_key().public_bytes_raw()), CLAIM)
    found = read(forged)

    assert found is not None
    assert not found.signed_by(KEY.public)


@given(some.integers(0, 8 * 25 - 1))
def test_one_changed_bit_is_found_out(bit: int) -> None:
    changed = read(str(int(SIGNED) ^ (1 << (8 * 64 + bit))))

    assert changed is None or not changed.signed_by(KEY.public)


def packed(*parts: bytes) -> str:
    return str(int.from_bytes(b"\x01" + b"".join(parts), "big"))


def body(**changes: bytes) -> str:
    """A body of the right form, but for what is changed."""
    parts = {
        "version": b"\x01",
        "key": b"\x01",
        "museum": b"abcd",
        "code": bytes(6),
        "day": bytes(2),
        "slot": b"\xff\xff",
        "admits": b"\x00\x01",
        "length": b"\x05",
        "category": b"adult",
        "signature": bytes(64),
    }
    return packed(*(parts | changes).values())


NOT_OURS = {
    "nothing": "",
    "letters": "K7M2QXR",
    "a zero before it": "0" + SIGNED,
    "a plus before it": "+" + SIGNED,
    "an underscore in it": SIGNED[:9] + "_" + SIGNED[9:],
    "a space in it": SIGNED[:9] + " " + SIGNED[9:],
    "a line's end": SIGNED + "\n",
    "Arabic digits": SIGNED.translate({ord(str(n)): chr(0x660 + n) for n in range(10)}),
    "full-width digits": SIGNED.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
    "superscript": SIGNED[:-1] + "²",
    "the first half": SIGNED[: len(SIGNED) // 2],
    "without its last digit": SIGNED[:-1],
    "one digit more": SIGNED + "1",
    "one byte more": packed((lambda n: n.to_bytes((n.bit_length() + 7) // 8, "big"))(int(SIGNED))[1:], b"\x00"),
    "too long": "1" * (LONGEST_TEXT + 1),
    "100 KB": "9" * 100_000,
    "a bar code": "8934563138165",
    "version 2": body(version=b"\x02"),
    "version 0": body(version=b"\x00"),
    "no letters of a code": body(code=b"\xff" * 6),
    "a time after midnight": body(slot=(1440).to_bytes(2, "big")),
    "nobody": body(admits=b"\x00\x00"),
    "no category": body(length=b"\x00", category=b""),
    "a longer category than it says": body(length=b"\x04"),
    "a shorter category than it says": body(length=b"\x06"),
    "a category in capitals": body(category=b"Adult"),
    "a category of bytes": body(category=b"\xff\xfe\xfd\xfc\xfb"),
}


@pytest.mark.parametrize("text", NOT_OURS.values(), ids=NOT_OURS)
def test_nothing_else_is_taken_for_a_code(text: str) -> None:
    assert read(text) is None


def test_the_table_above_is_wrong_only_where_it_says() -> None:
    assert read(body()) is not None
