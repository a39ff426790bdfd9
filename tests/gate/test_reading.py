"""What was held before a gate, however a scanner or a hand wrote it."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide.gate.reading import NOTHING, read
from guide.tickets.signing.keys import Key
from guide.tickets.signing.signed import Claim, sign

SECRET = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEY = Key("dao-xa", 1, SECRET.private_bytes_raw(), SECRET.public_key().public_bytes_raw())
CODE = "XXRV5WYPFA"
SIGNED = sign(KEY, Claim("dao-xa", CODE, date(2026, 11, 24), "08:00", 1, "adult"))
WRONG_CHECK = CODE[:-1] + next(letter for letter in "23456789" if letter != CODE[-1])


SIGNED_ALIKE = {
    "as it is": SIGNED,
    "by a scanner that ends its lines": f"{SIGNED}\r\n",
    "with spaces around": f"  {SIGNED}\t",
    "with a space between": f"{SIGNED[:50]} {SIGNED[50:]}",
}
TYPED_ALIKE = {
    "as it is": CODE,
    "in small letters": CODE.lower(),
    "by a scanner that ends its lines": f"{CODE}\r",
    "in groups": f"{CODE[:3]} {CODE[3:6]} {CODE[6:]}",
    "with a hyphen": f"{CODE[:5]}-{CODE[5:]}",
    "after a byte order mark": f"\ufeff{CODE}",
}
NO_TICKET = {
    "nothing": "",
    "a space": " ",
    "a word": "hello",
    "emoji": "🎫🎫🎫",
    "a wrong check letter": WRONG_CHECK,
    "a letter less": CODE[:-1],
    "twice": CODE * 2,
    "signed, a digit less": SIGNED[:-1],
    "signed, twice": SIGNED * 2,
    "100 KB of digits": "9" * 100_000,
    "100 KB of letters": "A" * 100_000,
    "a bar code": "8934563138165",
    "a stop's label": "https://example.vn/q/K7M2QXR",
    "zero bytes": "\x00" * 10,
    "an injection": "' OR 1=1 --",
    "wide digits": "１２３",
}


@pytest.mark.parametrize("written", SIGNED_ALIKE.values(), ids=SIGNED_ALIKE)
def test_a_signed_code_is_read(written: str) -> None:
    shown = read(written)

    assert shown.code == CODE
    assert shown.signed is not None


@pytest.mark.parametrize("written", TYPED_ALIKE.values(), ids=TYPED_ALIKE)
def test_a_typed_code_is_read(written: str) -> None:
    shown = read(written)

    assert (shown.code, shown.signed) == (CODE, None)


@pytest.mark.parametrize("written", NO_TICKET.values(), ids=NO_TICKET)
def test_anything_else_is_no_ticket(written: str) -> None:
    assert read(written) == NOTHING
