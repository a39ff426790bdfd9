"""Sealing: every line of the audit gets a place in one chain, and a seal that holds the hash of the one before.

It is done afterwards, by one sealer at a time, so that no sale and no scan waits for another. A line is sealed in the
order in which sealers find it: on PostgreSQL a line with a lower id may be committed later, and simply gets a later
place. Who changes, removes, puts in or swaps a sealed line afterwards breaks the chain there, and `verify` says where.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col

from guide.database import Database, added, changed
from guide.office.tables import AuditHead, AuditLine

log = structlog.get_logger("sealing")

AT_ONCE = 500
LOOKED_AT_ONCE = 2000
SEALED = ("id", "at", "museum", "who", "did", "about", "detail")


@dataclass(frozen=True)
class Chain:
    """How far the chain reaches, and the first place where it does not hold."""

    length: int
    seal: str
    broken_at: int | None = None

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def seal_of(before: str, place: int, line: Any) -> str:
    """`line` has the columns of `SEALED`."""
    told = [place, line.id, line.at.isoformat(timespec="microseconds"), *(getattr(line, name) for name in SEALED[2:])]
    return hashlib.sha256(f"{before}\n{json.dumps(told, ensure_ascii=False)}".encode()).hexdigest()


def seal(database: Database) -> int:
    """Seal what is not sealed yet; how many lines. Of two who try at once one does it, and the other does nothing."""
    sealed = 0
    while some := _seal_some(database):
        sealed += some
    return sealed


def _seal_some(database: Database) -> int:
    with database.reading() as session:
        length, before = _head(session)
        unsealed = sa.select(*_columns()).where(col(AuditLine.place).is_(None))
        lines = session.connection().execute(unsealed.order_by(col(AuditLine.id)).limit(AT_ONCE)).all()
    if not lines:
        return 0
    seals: list[dict[str, object]] = []
    for place, line in enumerate(lines, length + 1):
        before = seal_of(before, place, line)
        seals.append({"line": line.id, "new_place": place, "new_seal": before})
    with database.writing() as session:
        return _put_on(session, length, seals)


def _put_on(session: Session, length: int, seals: list[dict[str, object]]) -> int:
    """The head moves first, in one conditional statement: whoever moves it is the one sealer."""
    new = seals[-1]
    added(session, AuditHead, [{"id": 1, "length": 0, "seal": ""}])
    mine = (col(AuditHead.id) == 1) & (col(AuditHead.length) == length)
    move = sa.update(AuditHead).where(mine).values(length=new["new_place"], seal=new["new_seal"])
    if not changed(session, move):
        return 0
    lines = sa.update(AuditLine).where(col(AuditLine.id) == sa.bindparam("line"))
    values: dict[str, object] = {"place": sa.bindparam("new_place"), "seal": sa.bindparam("new_seal")}
    session.connection().execute(lines.values(values), seals)
    return len(seals)


def verify(session: Session, since: int = 0) -> Chain:
    """Read the chain from the place after `since` to its end. What stands at `since` is taken for true."""
    length, head = _head(session)
    place, before = since, _seal_at(session, since)
    for line in _sealed(session, since, length):
        if line.place != place + 1 or line.seal != seal_of(before, line.place, line):
            return Chain(length, head, broken_at=place + 1)
        place, before = line.place, line.seal
    if place < length or (length > since and before != head):
        return Chain(length, head, broken_at=min(place + 1, length))
    return Chain(length, head, broken_at=_beyond(session))


def _beyond(session: Session) -> int | None:
    """A place after the end, looked for in one statement, because the end moves while people work."""
    end = sa.select(col(AuditHead.length)).scalar_subquery()
    beyond = sa.select(sa.func.min(col(AuditLine.place))).where(col(AuditLine.place) > sa.func.coalesce(end, 0))
    found: int | None = session.connection().execute(beyond).scalar()
    return found


def _head(session: Session) -> tuple[int, str]:
    row = session.connection().execute(sa.select(col(AuditHead.length), col(AuditHead.seal))).first()
    return (row.length, row.seal) if row else (0, "")


def _seal_at(session: Session, place: int) -> str:
    asked = sa.select(col(AuditLine.seal)).where(col(AuditLine.place) == place)
    return session.connection().execute(asked).scalar_one_or_none() or ""


def _sealed(session: Session, since: int, until: int) -> Iterator[Any]:
    last = since
    while last < until:
        after = sa.select(*_columns()).where(col(AuditLine.place) > last, col(AuditLine.place) <= until)
        lines = session.connection().execute(after.order_by(col(AuditLine.place)).limit(LOOKED_AT_ONCE)).all()
        if not lines:
            return
        yield from lines
        last = lines[-1].place


def _columns() -> tuple[Any, ...]:
    return tuple(getattr(AuditLine, name) for name in (*SEALED, "place", "seal"))


class Sealer:
    """Seals every few seconds, in each serving process; who comes second finds nothing to do."""

    EVERY_SECONDS = 3.0

    def __init__(self, database: Database) -> None:
        self._database = database
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def keep_sealing(self) -> None:
        self._thread = threading.Thread(target=self._seal_again, name="sealer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._leaving.set()
        if self._thread:
            self._thread.join(timeout=10)

    def _seal_again(self) -> None:
        while not self._leaving.wait(self.EVERY_SECONDS):
            try:
                seal(self._database)
            except Exception:  # a thread's edge: the next round tries again
                log.exception("the audit could not be sealed")
