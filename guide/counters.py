"""Counters, not tracks: how often something happened on a museum's day, never who did it.

A count is noted in memory, off the request's path, and written by a small thread: one upsert for each key. What is
shown is rounded away when it is small, so that nobody can be recognised in it.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Field, Session, SQLModel, col, select

from guide.database import Database, insert_into

log = logging.getLogger(__name__)
FEW = 5
LONGEST_KEY = 100


class What(StrEnum):
    SCAN = "scan"
    PAGE = "page"
    PLAY = "play"
    FINISHED = "finished"
    NOTHING_FOUND = "nothing-found"
    NO_ANSWER = "no-answer"
    FORGED_NOTICE = "forged-notice"


class Count(SQLModel, table=True):
    museum: str = Field(primary_key=True, max_length=60)
    day: date = Field(primary_key=True)
    what: str = Field(primary_key=True, max_length=40)
    key: str = Field(primary_key=True, max_length=100)
    language: str = Field(primary_key=True, max_length=20)
    times: int


@dataclass(frozen=True)
class Happening:
    museum: str
    day: date
    what: What
    key: str
    language: str


class Counters:
    """Notes what happens; `flush` writes it down. A crash loses what a second brought, and no visitor waits."""

    EVERY_SECONDS = 1.0

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: Counter[Happening] = Counter()
        self._lock = threading.Lock()
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, happening: Happening) -> None:
        key = happening.key[:LONGEST_KEY].replace("\0", "")
        with self._lock:
            self._noted[replace(happening, key=key)] += 1

    def flush(self) -> None:
        """Where the database is away, what was noted waits for the next time."""
        with self._lock:
            noted, self._noted = self._noted, Counter()
        try:
            if noted:
                self._write(noted)
        except OperationalError:
            with self._lock:
                self._noted += noted
            raise

    def _write(self, noted: Counter[Happening]) -> None:
        with self._database.writing() as session:
            for happening, times in sorted(noted.items(), key=str):
                _add(session, happening, times)

    def keep_writing(self) -> None:
        self._thread = threading.Thread(target=self._write_again, name="counters", daemon=True)
        self._thread.start()

    def stop_writing(self) -> None:
        self._leaving.set()
        if self._thread:
            self._thread.join(timeout=10)
        self.flush()

    def _write_again(self) -> None:
        while not self._leaving.wait(self.EVERY_SECONDS):
            try:
                self.flush()
            except Exception:  # a thread's edge: counting goes on
                log.exception("counters could not be written")


def _add(session: Session, happening: Happening, times: int) -> None:
    row = {**vars(happening), "what": happening.what.value, "times": times}
    statement = insert_into(session, Count).values(row)
    key = ["museum", "day", "what", "key", "language"]
    session.execute(statement.on_conflict_do_update(index_elements=key, set_={"times": col(Count.times) + times}))


@dataclass(frozen=True)
class Shown:
    what: str
    key: str
    times: int


def report(session: Session, museum: str, since: date, until: date) -> list[Shown]:
    """Totals by what and key, most first; what happened fewer than FEW times stands together, without its key."""
    total = sa.func.sum(col(Count.times))
    days = (col(Count.museum) == museum) & col(Count.day).between(since, until)
    rows = session.exec(select(Count.what, Count.key, total).where(days).group_by(Count.what, Count.key)).all()
    return sorted(without_small(rows), key=lambda row: (row.what, -row.times, row.key))


def without_small(rows: Iterable[tuple[str, str, int]]) -> Iterable[Shown]:
    small: Counter[str] = Counter()
    for what, key, times in rows:
        if times >= FEW:
            yield Shown(what, key, times)
        else:
            small[what] += times
    yield from (Shown(what, "", times) for what, times in small.items() if times >= FEW)
