"""Once: what a key brought is kept in the transaction that brought it, so a retry gets the one result."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col

from guide.database import insert_of
from guide.errors import Unusable
from guide.tickets.tables import Once

LONGEST_KEY = 255


class KeyUsedOtherwise(Unusable):
    """The same key came with another body."""


def name(museum: str, what: str, *key: str) -> str:
    """A key as it is kept: each museum has its own for each kind of thing, and one of any length fits.

    A visitor chooses the key of an order, and must not be able to choose a bank's number of a payment.
    """
    return f"{museum}/{body_hash([what, *key])[:48]}"


def page_key(page: str, wish: object) -> str:
    """The same page with the same wish is the same purchase; a wish that was changed after going back is another."""
    return hashlib.sha256(f"{page}|{wish!r}".encode()).hexdigest()


def body_hash(body: object) -> str:
    told = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def claim(session: Session, key: str, body: str, result: str, now: datetime) -> str | None:
    """Nothing where the key is new and now stands for this result; else what it brought before.

    Who comes with a key that another transaction is just using waits for the end of that one.
    """
    row = {"key": key, "body_hash": body, "result": result, "at": now}
    if session.connection().execute(_claiming(session.get_bind().dialect.name), row).first():
        return None
    return earlier(session, key, body)


@cache
def _claiming(dialect: str) -> ReturningInsert[str]:
    return insert_of(dialect, Once).on_conflict_do_nothing().returning(col(Once.key))


def earlier(session: Session, key: str, body: str) -> str | None:
    asked = sa.select(col(Once.body_hash), col(Once.result)).where(col(Once.key) == key)
    found = session.connection().execute(asked).first()
    if found and found.body_hash != body:
        raise KeyUsedOtherwise
    return str(found.result) if found else None
