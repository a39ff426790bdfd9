"""A ticket is held before a gate that has a network: gather what is known, decide, act.

A scan is known by the id that its device made. Heard a second time, also at the same moment, it gets the verdict of the
first time: whoever comes second finds the scan there; or its act fails whole, and it looks again and finds it. The
ticket itself is moved by one conditional statement, so that of sixteen gates one lets it in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from guide.database import Database
from guide.gate.devices import ADMIT, MayNot, hashed, stranger
from guide.gate.judging import Held, Judged, judge
from guide.gate.letting_in import let_in, table_of, turn_away
from guide.gate.reading import Shown, read
from guide.gate.rules import BETWEEN_ENTRIES, moment_at, rules_on
from guide.gate.tables import Device, Scan
from guide.gate.verdicts import Admission, Seen, Verdict
from guide.tickets.tables import SigningKey, Ticket
from guide.tours.catalogue import Catalogue
from guide.tours.content import MuseumSheet

ENTERED = "ticket.entered"
ATTEMPTS = 3
_OF_TICKET = "code museum day slot category admits entered issued_at cancelled_at entered_at".split()


@dataclass(frozen=True)
class Scanned:
    """What a device saw."""

    scan_id: str
    code: str
    at: datetime
    people: int = 1
    verdict: Verdict | None = None
    """What the device said by itself, where it had no network."""


@dataclass(frozen=True)
class Gathered:
    """All that one statement knows of a scan: its device, its ticket, the key of its signature, and itself."""

    device: UUID
    museum: str
    gate: str
    shown: Shown
    ticket: Any
    key: bytes | None
    earlier: Any


class HeardMeanwhile(Exception):
    """The same scan was heard over another connection, and was quicker; or the ticket was moved under our hands."""


def admit(database: Database, catalogue: Catalogue, token: str, scanned: Scanned, now: datetime) -> Admission:
    for _ in range(ATTEMPTS):
        try:
            return database.act(lambda connection: admitted(connection, catalogue, token, scanned, now))
        except (HeardMeanwhile, IntegrityError):
            continue
    raise HeardMeanwhile


def admitted(connection: Connection, catalogue: Catalogue, token: str, scanned: Scanned, now: datetime) -> Admission:
    gathered = gather(connection, token, scanned)
    if gathered.earlier:
        return as_before(gathered, scanned)
    sheet = catalogue.named(gathered.museum).sheet
    judged = decide(gathered, sheet, scanned.people, now)
    act = let_in if judged.verdict is Verdict.WELCOME else turn_away
    if not act(connection, values_of(gathered, scanned, judged, now)):
        raise HeardMeanwhile
    about = seen(gathered, judged, scanned)
    return Admission(gathered.museum, scanned.scan_id, judged.verdict, scanned.people, judged.again, about)


def gather(connection: Connection, token: str, scanned: Scanned) -> Gathered:
    shown = read(scanned.code)
    key = shown.signed.key if shown.signed else 0
    asked = {"token": hashed(token), "scan": scanned.scan_id, "code": shown.code or "", "key": key}
    row = connection.execute(_KNOWN, asked).first()
    if row is None or row.revoked_at:
        raise stranger(connection, token)
    if ADMIT not in row.may.split():
        raise MayNot
    ticket = row if row.code else None
    public = row.public if row.public and row.withdrawn_at is None else None
    return Gathered(row.device, row.at_museum, row.gate, shown, ticket, public, row if row.earlier else None)


def decide(gathered: Gathered, sheet: MuseumSheet, people: int, now: datetime) -> Judged:
    moment = moment_at(sheet.time_zone, now)
    held = held_of(gathered.shown, gathered.ticket, gathered.museum, gathered.key)
    return judge(held, rules_on(sheet, moment.day), moment, people)


def held_of(shown: Shown, ticket: Any, museum: str, key: bytes | None) -> Held:
    """What the ticket's row says counts, also where the paper is older; the paper only proves that we made it."""
    if shown.code is None:
        return Held(readable=False)
    signed = shown.signed
    if signed and not signed.is_of(museum):
        return Held(ours=False)
    if signed and not (key and signed.signed_by(key)):
        return Held(genuine=False)
    if ticket is None:
        return Held(known=False)
    return Held(
        ours=ticket.museum == museum,
        day=ticket.day,
        slot=ticket.slot,
        cancelled=ticket.cancelled_at is not None,
        paid=ticket.issued_at is not None,
        admits=ticket.admits,
        entered=ticket.entered,
        entered_at=ticket.entered_at,
    )


def values_of(gathered: Gathered, scanned: Scanned, judged: Judged, now: datetime) -> dict[str, object]:
    ticket = gathered.ticket
    return {
        "id": scanned.scan_id,
        "device_id": gathered.device,
        "museum": gathered.museum,
        "gate": gathered.gate,
        "ticket": ticket.code if ticket else None,
        "day": ticket.day if ticket else None,
        "people": scanned.people,
        "now": now,
        "long_ago": now - BETWEEN_ENTRIES,
        "verdict": judged.verdict.value,
        "offline": False,
        "again": judged.again,
        "who": f"device:{gathered.device}",
        "did": ENTERED,
        "kind": "entered",
        "told": json.dumps({"people": scanned.people, "gate": gathered.gate, "again": judged.again}),
        "notice": uuid4(),
        "tries": 0,
    }


def seen(gathered: Gathered, judged: Judged, scanned: Scanned) -> Seen | None:
    ticket = gathered.ticket
    if ticket is None or ticket.museum != gathered.museum or judged.verdict is Verdict.FORGED:
        return None
    entering = scanned.people if judged.verdict is Verdict.WELCOME and not judged.again else 0
    return Seen(ticket.code, ticket.day, ticket.slot, ticket.category, ticket.admits, ticket.entered + entering)


def as_before(gathered: Gathered, scanned: Scanned) -> Admission:
    """What was said the first time; but an id that named another ticket then says nothing of this one."""
    earlier, ticket = gathered.earlier, gathered.ticket
    if earlier.scan_museum != gathered.museum or earlier.scan_ticket != (ticket.code if ticket else None):
        return Admission(gathered.museum, scanned.scan_id, Verdict.UNKNOWN, scanned.people)
    verdict = Verdict(earlier.earlier)
    told = Judged(Verdict.ALREADY_INSIDE if verdict is Verdict.WELCOME else verdict)
    about = seen(gathered, told, scanned)
    return Admission(gathered.museum, scanned.scan_id, verdict, earlier.people, earlier.again, about)


def _known() -> sa.Select[Any]:
    """The device by its token; beside it whatever there is of the scan, the ticket and the key."""
    device, ticket, key, scan = table_of(Device), table_of(Ticket), table_of(SigningKey), table_of(Scan)
    asked: dict[str, Any] = {name: sa.bindparam(name) for name in ("token", "scan", "code", "key")}
    numbered = (key.c.museum == device.c.museum) & (key.c.number == asked["key"])
    of_scan = (
        scan.c.verdict.label("earlier"),
        scan.c.museum.label("scan_museum"),
        scan.c.ticket.label("scan_ticket"),
        scan.c.people,
        scan.c.again,
    )
    of_device = (device.c.id.label("device"), device.c.museum.label("at_museum"), device.c.gate, device.c.may)
    of_ticket = [ticket.c[name] for name in _OF_TICKET]
    return (
        sa.select(*of_device, device.c.revoked_at, *of_ticket, key.c.public, key.c.withdrawn_at, *of_scan)
        .select_from(device)
        .outerjoin(ticket, ticket.c.code == asked["code"])
        .outerjoin(key, numbered)
        .outerjoin(scan, scan.c.id == asked["scan"])
        .where(device.c.token_hash == asked["token"])
    )


_KNOWN = _known()
