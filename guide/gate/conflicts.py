"""Scans that contradict each other: somebody went in at a gate without a network who should not have; until seen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import changed
from guide.errors import NotFound
from guide.gate.tables import Conflict, Scan
from guide.gate.verdicts import Verdict
from guide.office import audit

MOST_SHOWN = 200


class NoSuchConflict(NotFound):
    """No scan of this museum contradicts under this id."""


@dataclass(frozen=True)
class Passed:
    """A gate at which a ticket let somebody in."""

    gate: str
    at: datetime


@dataclass(frozen=True)
class Contradiction:
    scan_id: str
    ticket: str
    should: Verdict
    here: Passed
    people: int
    elsewhere: tuple[Passed, ...]
    """Where else the same ticket let somebody in."""
    seen_at: datetime | None
    seen_by: str | None


def listed(session: Session, museum: str) -> list[Contradiction]:
    """Those that nobody has looked at yet first; then the newest."""
    rows = session.connection().execute(_LISTED, {"museum": museum}).all()
    passed = _passed(session, {row.ticket for row in rows if row.ticket})
    return [
        Contradiction(
            row.scan_id,
            row.ticket,
            Verdict(row.verdict),
            Passed(row.gate, row.at),
            row.people,
            tuple(one for scan_id, one in passed[row.ticket] if scan_id != row.scan_id),
            row.seen_at,
            row.seen_by,
        )
        for row in rows
    ]


def unseen(session: Session, museum: str) -> int:
    asked = sa.select(sa.func.count()).where((col(Conflict.museum) == museum) & col(Conflict.seen_at).is_(None))
    return int(session.connection().execute(asked).scalar_one())


def see(session: Session, museum: str, scan_id: str, who: str, now: datetime) -> None:
    """Somebody has looked at it; the first who did is remembered."""
    that = (col(Conflict.scan_id) == scan_id) & (col(Conflict.museum) == museum)
    first = {"seen_at": sa.func.coalesce(Conflict.seen_at, now), "seen_by": sa.func.coalesce(Conflict.seen_by, who)}
    if not changed(session, sa.update(Conflict).where(that).values(**first)):
        raise NoSuchConflict
    audit.note(session, now, museum, who, "conflict.seen", scan_id)


def _passed(session: Session, tickets: set[str]) -> dict[str, list[tuple[str, Passed]]]:
    found: dict[str, list[tuple[str, Passed]]] = defaultdict(list)
    for row in session.connection().execute(_PASSED, {"tickets": sorted(tickets)}):
        found[row.ticket].append((row.id, Passed(row.gate, row.at)))
    return found


_LISTED = (
    sa.select(
        col(Conflict.scan_id),
        col(Conflict.ticket),
        col(Conflict.verdict),
        col(Conflict.seen_at),
        col(Conflict.seen_by),
        col(Scan.gate),
        col(Scan.at),
        col(Scan.people),
    )
    .join(Scan, col(Scan.id) == col(Conflict.scan_id))
    .where(col(Conflict.museum) == sa.bindparam("museum"))
    .order_by(col(Conflict.seen_at).is_not(None), col(Conflict.found_at).desc())
    .limit(MOST_SHOWN)
)
_PASSED = (
    sa.select(col(Scan.id), col(Scan.ticket), col(Scan.gate), col(Scan.at))
    .where(col(Scan.ticket).in_(sa.bindparam("tickets", expanding=True)) & (col(Scan.verdict) == Verdict.WELCOME.value))
    .order_by(col(Scan.at))
)
