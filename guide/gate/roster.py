"""What a gate carries through a night without a network: the day's tickets by hashes, the keys, the rules; no names.

A row is found only by whoever holds the ticket's code. A lost phone tells how many tickets there are, and nothing more.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.gate.rules import BETWEEN_ENTRIES, Rules, moment_at, rules_on
from guide.gate.tables import Device
from guide.tickets.letters.telling import Tongue
from guide.tickets.signing.keys import PublicKey, public_keys
from guide.tickets.tables import Ticket
from guide.tours.catalogue import Museum


class State(IntEnum):
    UNPAID = 0
    ISSUED = 1
    CANCELLED = 2


def roster(
    session: Session, device: Device, museum: Museum, tongues: dict[str, Tongue], now: datetime
) -> dict[str, Any]:
    """The device judges by this alone; `tongues` are the languages that it speaks."""
    today = moment_at(museum.sheet.time_zone, now)
    keys = public_keys(session, museum.slug)
    tickets = list(_tickets(session, museum.slug, today.day))
    return {
        "museum": museum.slug,
        "name": museum.sheet.name,
        "gate": device.gate,
        "device": device.name,
        "day": today.day.isoformat(),
        "now": now.isoformat(),
        "time_zone": museum.sheet.time_zone,
        "keys": [_key(key) for key in keys if not key.withdrawn],
        "withdrawn_keys": [key.number for key in keys if key.withdrawn],
        "rules": told(rules_on(museum.sheet, today.day)),
        "categories": {slug: _category(slug, today.day, tongues) for slug in _categories(museum, tickets)},
        "tickets": tickets,
    }


def told(rules: Rules) -> dict[str, Any]:
    return {
        "early_minutes": rules.early_minutes,
        "late_minutes": rules.late_minutes,
        "re_entry": "same-day" if rules.re_entry else "never",
        "re_entry_minutes": round(BETWEEN_ENTRIES.total_seconds() / 60),
        "spans": [[_clock(opens), _clock(closes)] for opens, closes in rules.spans],
        "closed": rules.closed,
        "times": dict(rules.times),
    }


def hidden(museum: str, day: date, code: str) -> str:
    digest = hashlib.sha256(f"roster:{museum}:{day.isoformat()}:{code}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode()


def etag(told: dict[str, Any]) -> str:
    """The same roster has the same tag, at whatever moment it is asked for."""
    return hashlib.sha256(repr({**told, "now": ""}).encode()).hexdigest()[:20]


def _key(key: PublicKey) -> dict[str, Any]:
    return {"number": key.number, "public": base64.b64encode(key.public).decode()}


def _tickets(session: Session, museum: str, day: date) -> Iterator[list[str | int | None]]:
    """In the order of what hides them, which tells nothing of the order in which they were sold."""
    rows = session.connection().execute(_OF_DAY, {"slug": museum, "today": day})
    listed = [
        [hidden(museum, day, row.code), row.admits, row.entered, _state(row).value, _minutes(row.slot), row.category]
        for row in rows
    ]
    yield from sorted(listed)


def _state(row: Any) -> State:
    if row.cancelled_at:
        return State.CANCELLED
    return State.ISSUED if row.issued_at else State.UNPAID


def _categories(museum: Museum, tickets: list[list[str | int | None]]) -> list[str]:
    priced = [price.category for price in museum.sheet.prices]
    return list(dict.fromkeys([*priced, *(str(ticket[-1]) for ticket in tickets)]))


def _category(slug: str, day: date, tongues: dict[str, Tongue]) -> dict[str, dict[str, str]]:
    evidence = {language: tongue.evidence(slug, day) for language, tongue in tongues.items()}
    return {
        "name": {language: tongue.category(slug) for language, tongue in tongues.items()},
        "evidence": {language: sentence for language, sentence in evidence.items() if sentence},
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _minutes(slot: str) -> int | None:
    return int(slot[:2]) * 60 + int(slot[3:]) if slot else None


_OF_DAY = sa.select(
    *map(
        col,
        (
            Ticket.code,
            Ticket.slot,
            Ticket.category,
            Ticket.admits,
            Ticket.entered,
            Ticket.issued_at,
            Ticket.cancelled_at,
        ),
    )
).where((col(Ticket.museum) == sa.bindparam("slug")) & (col(Ticket.day) == sa.bindparam("today")))
