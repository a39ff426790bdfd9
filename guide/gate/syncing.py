"""A gate has its network again, and tells what it scanned in the meantime: all of it in a few statements.

Its visitors have gone in, so its word stands. But where a ticket had been used elsewhere, was cancelled or was never
ours, the scan is also a conflict, whichever of two gates comes back first. The tickets are locked before the scans are
looked up, so that the same batch over two connections is heard once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import Database, added
from guide.gate.admission import ENTERED, HeardMeanwhile, Scanned
from guide.gate.devices import ADMIT, known
from guide.gate.letting_in import table_of
from guide.gate.offline import Batch, Heard, Standing
from guide.gate.reading import read
from guide.gate.tables import Conflict, Device, Scan
from guide.gate.verdicts import Admission, Verdict
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets.signing.keys import public_keys
from guide.tickets.tables import Ticket
from guide.tours.catalogue import Catalogue

_Row = dict[str, Any]


def sync(
    database: Database, catalogue: Catalogue, token: str, scans: Sequence[Scanned], now: datetime
) -> list[Admission]:
    for _ in range(3):
        try:
            with database.writing() as session:
                return synced(session, catalogue, token, scans, now)
        except HeardMeanwhile:
            continue
    raise HeardMeanwhile


def synced(
    session: Session, catalogue: Catalogue, token: str, scans: Sequence[Scanned], now: datetime
) -> list[Admission]:
    """Each scan's own answer, in the order in which they were told."""
    device = known(session, token, ADMIT)
    batch = gathered(session, catalogue, device, scans, now)
    heard: dict[str, Heard] = {}
    for scanned in sorted(scans, key=lambda scan: scan.at):
        if scanned.scan_id not in heard:
            heard[scanned.scan_id] = batch.hear(scanned)
    _write(session, device, batch, list(heard.values()))
    return [heard[scanned.scan_id].admission for scanned in scans]


def gathered(session: Session, catalogue: Catalogue, device: Device, scans: Sequence[Scanned], now: datetime) -> Batch:
    execute = session.connection().execute
    codes = sorted({code for scan in scans if (code := read(scan.code).code)})
    standings = {row.code: Standing(row, row.entered, []) for row in execute(_TICKETS, {"codes": codes})}
    for visit in execute(_VISITS, {"codes": codes}):
        if visit.ticket in standings:
            standings[visit.ticket].visits.append(visit.at)
            standings[visit.ticket].elsewhere |= visit.device_id != device.id
    earlier = {row.id: row for row in execute(_EARLIER, {"ids": [scan.scan_id for scan in scans]})}
    keys = {key.number: key.public for key in public_keys(session, device.museum) if not key.withdrawn}
    return Batch(device.museum, catalogue.named(device.museum).sheet, now, keys, standings, earlier)


def _write(session: Session, device: Device, batch: Batch, heard: list[Heard]) -> None:
    new = sorted((one for one in heard if one.new), key=lambda one: one.scanned.scan_id)
    if added(session, Scan, [_scan(device, one, batch.now) for one in new]) != len(new):
        raise HeardMeanwhile
    _move(session, batch)
    connection = session.connection()
    entered = [one for one in new if one.lets_in]
    if entered:
        connection.execute(sa.insert(AuditLine), [_audit(device, one, batch.now) for one in entered])
        connection.execute(sa.insert(Outgoing), [_outgoing(device, one, batch.now) for one in entered])
    added(session, Conflict, list(_conflicts(device, heard, batch.now)))


def _move(session: Session, batch: Batch) -> None:
    """Every ticket by as many as were let in; they are locked already, so nobody was quicker."""
    moved = sorted((code, standing) for code, standing in batch.standings.items() if standing.last)
    rows = [{"which": code, "people": one.used, "last": one.last} for code, one in moved]
    if rows and session.connection().execute(_MOVE, rows).rowcount != len(rows):
        raise HeardMeanwhile


def _scan(device: Device, heard: Heard, now: datetime) -> _Row:
    admission = heard.admission
    return {
        "id": admission.scan_id,
        "device_id": device.id,
        "museum": device.museum,
        "gate": device.gate,
        "ticket": heard.ticket,
        "people": admission.people,
        "at": heard.at,
        "heard_at": now,
        "verdict": admission.verdict.value,
        "offline": heard.scanned.verdict is not None,
        "again": admission.again,
    }


def _audit(device: Device, heard: Heard, now: datetime) -> _Row:
    row = {"at": now, "museum": device.museum, "who": f"device:{device.id}", "did": ENTERED, "about": heard.ticket}
    return row | {"detail": json.dumps(_told(device, heard))}


def _outgoing(device: Device, heard: Heard, now: datetime) -> _Row:
    row = {"id": uuid4(), "kind": "entered", "museum": device.museum, "about": heard.ticket, "tries": 0}
    return row | {"made_at": now, "due_at": now, "body": json.dumps(_told(device, heard))}


def _told(device: Device, heard: Heard) -> _Row:
    told: _Row = {"people": heard.scanned.people, "gate": device.gate, "again": heard.admission.again}
    if heard.scanned.verdict is not None:
        told |= {"offline": True}
    if heard.admission.conflict:
        told |= {"conflict": heard.admission.conflict.value}
    if heard.scanned.verdict is not None and heard.at != heard.scanned.at:
        told |= {"its-clock": heard.scanned.at.isoformat()}
    return told


def _conflicts(device: Device, heard: list[Heard], now: datetime) -> Iterator[_Row]:
    """Somebody went in who should not have. A device that was too strict is told so, and that is all."""
    in_all_the_same = (None, Verdict.WELCOME)
    for one in heard:
        if one.admission.conflict and one.scanned.verdict in in_all_the_same:
            row = {"scan_id": one.scanned.scan_id, "museum": device.museum, "ticket": one.ticket or ""}
            yield row | {"verdict": one.admission.conflict.value, "found_at": now}


def _listed(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, expanding=True)


_TICKETS = (
    sa.select(table_of(Ticket))
    .where(col(Ticket.code).in_(_listed("codes")))
    .order_by(col(Ticket.code))
    .with_for_update()
)
_VISITS = sa.select(col(Scan.ticket), col(Scan.at), col(Scan.device_id)).where(
    col(Scan.ticket).in_(_listed("codes")) & (col(Scan.verdict) == Verdict.WELCOME.value)
)
_EARLIER = (
    sa.select(table_of(Scan), col(Conflict.verdict).label("found"))
    .outerjoin(Conflict, col(Conflict.scan_id) == col(Scan.id))
    .where(col(Scan.id).in_(_listed("ids")))
)
_MOVE = (
    sa.update(Ticket)
    .where(
        (col(Ticket.code) == sa.bindparam("which"))
        & (col(Ticket.entered) + sa.bindparam("people") <= col(Ticket.admits))
    )
    .values(entered=col(Ticket.entered) + sa.bindparam("people"), entered_at=sa.bindparam("last"))
)
