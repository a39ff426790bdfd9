"""The code on a ticket: what a gate must know, signed by the museum, in digits that any scanner types right.

In order: version 1 (1 byte), number of the key (1), museum (4: the beginning of the slug's SHA-256), the ticket's code
without its check letter as a number of base 30 (6), day since 2020-01-01 (2), entry time in minutes from midnight or
0xFFFF (2), people it admits (2), length of the category's slug (1) and the slug, and 64 bytes of Ed25519 signature over
all of it. Byte 1 is put before everything, and the whole is written as one decimal number: digits survive caps lock,
Telex and every keyboard's layout, and fill a QR code most densely.

Only what `sign` writes is read: another way of writing the same number, or the same ticket, is no code.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guide.tickets import codes
from guide.tickets.signing.keys import Key
from guide.tours.codes import ALPHABET

VERSION = 1
FIRST_DAY = date(2020, 1, 1)
ANY_TIME = 0xFFFF
MINUTES_A_DAY = 24 * 60
_FRONT = 19
_SIGNATURE = 64
_LONGEST_SLUG = 60
LONGEST_TEXT = len(str((1 << 8 * (_FRONT + _LONGEST_SLUG + _SIGNATURE + 1)) - 1))
_SLUG = re.compile(r"[a-z0-9-]{1,60}")


class Claiming(Protocol):
    """A ticket, as it is stored or as it was just made."""

    @property
    def museum(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def slot(self) -> str: ...
    @property
    def admits(self) -> int: ...
    @property
    def category(self) -> str: ...


@dataclass(frozen=True)
class Claim:
    """What a ticket's code says of it."""

    museum: str
    code: str
    day: date
    slot: str
    """`08:00`, or nothing where the day is not divided."""
    admits: int
    category: str


@dataclass(frozen=True)
class SignedCode:
    """What stands in the digits; not believed before `signed_by`."""

    key: int
    museum: bytes
    """The beginning of the museum's hash."""
    code: str
    day: date
    slot: str
    admits: int
    category: str
    message: bytes
    signature: bytes

    def is_of(self, slug: str) -> bool:
        return self.museum == museum_hash(slug)

    def signed_by(self, public: bytes) -> bool:
        try:
            _public(public).verify(self.signature, self.message)
        except InvalidSignature:
            return False
        return True


def claim_of(ticket: Claiming) -> Claim:
    return Claim(ticket.museum, ticket.code, ticket.day, ticket.slot, ticket.admits, ticket.category)


def sign(key: Key, claim: Claim) -> str:
    """The same ticket signed with the same key is the same digits."""
    message = b"".join(
        (
            bytes((VERSION, key.number)),
            museum_hash(claim.museum),
            _number(claim.code).to_bytes(6, "big"),
            (claim.day - FIRST_DAY).days.to_bytes(2, "big"),
            _minutes(claim.slot).to_bytes(2, "big"),
            claim.admits.to_bytes(2, "big"),
            bytes((len(claim.category),)),
            claim.category.encode("ascii"),
        )
    )
    return str(int.from_bytes(b"\x01" + message + _private(key.private).sign(message), "big"))


def read(text: str) -> SignedCode | None:
    """What stands in the digits, or nothing where this is no code of ours."""
    body = _bytes(text)
    if body is None or len(body) < _FRONT + 1 + _SIGNATURE or body[0] != VERSION:
        return None
    message, signature = body[:-_SIGNATURE], body[-_SIGNATURE:]
    category = message[_FRONT:].decode("ascii", "replace")
    code = _code(int.from_bytes(message[6:12], "big"))
    slot = _time(int.from_bytes(message[14:16], "big"))
    admits = int.from_bytes(message[16:18], "big")
    if message[18] != len(category) or not _SLUG.fullmatch(category) or code is None or slot is None or not admits:
        return None
    day = FIRST_DAY + timedelta(days=int.from_bytes(message[12:14], "big"))
    return SignedCode(message[1], message[2:6], code, day, slot, admits, category, message, signature)


@lru_cache(maxsize=1024)
def museum_hash(slug: str) -> bytes:
    return hashlib.sha256(slug.encode()).digest()[:4]


def _bytes(text: str) -> bytes | None:
    if len(text) > LONGEST_TEXT or not text.isascii() or not text.isdigit() or text.startswith("0"):
        return None
    number = int(text)
    whole = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return whole[1:] if whole[0] == 1 else None


def _number(code: str) -> int:
    number = 0
    for letter in code[:-1]:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number


def _code(number: int) -> str | None:
    """Nine letters, and the one check letter that makes a code of them; some nine letters have none."""
    stem = ""
    for _ in range(codes.LENGTH - 1):
        number, place = divmod(number, len(ALPHABET))
        stem = ALPHABET[place] + stem
    return None if number else codes.completed(stem)


def _minutes(slot: str) -> int:
    return int(slot[:2]) * 60 + int(slot[3:]) if slot else ANY_TIME


def _time(minutes: int) -> str | None:
    if minutes == ANY_TIME:
        return ""
    return f"{minutes // 60:02}:{minutes % 60:02}" if minutes < MINUTES_A_DAY else None


@lru_cache(maxsize=256)
def _private(raw: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw)


@lru_cache(maxsize=256)
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)
