"""A museum's keys: the newest signs, the older ones are still believed, and one that leaked is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session, col

from guide.database import changed, insert_into
from guide.errors import Conflict, NotFound
from guide.tickets.tables import SigningKey

MOST = 255
"""A key's number is one byte of every code that it signs."""
_COLUMNS: tuple[Any, ...] = (
    SigningKey.museum,
    SigningKey.number,
    SigningKey.private,
    SigningKey.public,
    SigningKey.withdrawn_at,
)
_OF_MUSEUM: sa.Select[Any] = (
    sa.select(*_COLUMNS).where(col(SigningKey.museum) == sa.bindparam("slug")).order_by(col(SigningKey.number))
)
_NEWEST: sa.Select[Any] = (
    sa.select(*_COLUMNS)
    .where((col(SigningKey.museum) == sa.bindparam("slug")) & col(SigningKey.withdrawn_at).is_(None))
    .order_by(col(SigningKey.number).desc())
    .limit(1)
)


class NoSuchKey(NotFound):
    """The museum never had a key of this number."""


class KeysUsedUp(Conflict):
    """A museum has had as many keys as a code can tell apart."""


@dataclass(frozen=True)
class Key:
    museum: str
    number: int
    private: bytes
    public: bytes
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class PublicKey:
    """What a gate is given: enough to believe, not enough to sign."""

    number: int
    public: bytes
    withdrawn: bool


def key_of(session: Session, slug: str, now: datetime) -> Key:
    """The key that signs now; the first one is made here, so only a transaction that writes may ask."""
    keys = _keys(session, slug)
    believed = [key for key in keys if key.withdrawn_at is None]
    return believed[-1] if believed else _made(session, slug, keys, now)


def known_key(session: Session, slug: str) -> Key | None:
    """The same for a page, which only reads: none where the museum has not issued a ticket yet."""
    row = session.connection().execute(_NEWEST, {"slug": slug}).first()
    return Key(*row) if row else None


def rotate(session: Session, slug: str, now: datetime) -> Key:
    """A new key signs from now on."""
    return _made(session, slug, _keys(session, slug), now)


def _made(session: Session, slug: str, known: list[Key], now: datetime) -> Key:
    """The key that follows those that are known. Two who make it at once get the same one."""
    number = max((key.number for key in known), default=0) + 1
    if number > MOST:
        raise KeysUsedUp(most=MOST)
    secret = Ed25519PrivateKey.generate()
    row = {"museum": slug, "number": number, "made_at": now}
    row |= {"private": secret.private_bytes_raw(), "public": secret.public_key().public_bytes_raw()}
    session.connection().execute(insert_into(session, SigningKey).values(row).on_conflict_do_nothing())
    found = known_key(session, slug)
    assert found is not None
    return found


def withdraw(session: Session, slug: str, number: int, now: datetime) -> None:
    """What this key signed is not believed any more; tickets are shown anew with the key that follows."""
    that = (col(SigningKey.museum) == slug) & (col(SigningKey.number) == number)
    withdrawn_at = sa.func.coalesce(col(SigningKey.withdrawn_at), now)
    if not changed(session, sa.update(SigningKey).where(that).values(withdrawn_at=withdrawn_at)):
        raise NoSuchKey(number=number)


def public_keys(session: Session, slug: str) -> tuple[PublicKey, ...]:
    """Every key the museum ever had, withdrawn ones marked."""
    return tuple(PublicKey(key.number, key.public, key.withdrawn_at is not None) for key in _keys(session, slug))


def _keys(session: Session, slug: str) -> list[Key]:
    return [Key(*row) for row in session.connection().execute(_OF_MUSEUM, {"slug": slug})]
