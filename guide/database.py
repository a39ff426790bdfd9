"""One way into the database and one way out: a transaction, on SQLite or on PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlmodel import Session, SQLModel

PATIENCE_SECONDS = 10
SQLITE_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "temp_store=MEMORY")


class _Instant(sa.types.TypeDecorator[datetime]):
    """An aware moment. SQLite forgets the zone, so it is always kept, and given back, as UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


UTC_TIME = _Instant()


class Database:
    """The long-lived thing that rooms are handed: ask it for a transaction to read or to write in."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self._turn = Turnstile() if self.engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._connected() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Everything written inside is there afterwards, or nothing of it is."""
        with self._turn, self._connected(begin="BEGIN IMMEDIATE") as session:
            yield session
            session.commit()

    @contextmanager
    def _connected(self, **options: Any) -> Iterator[Session]:
        with (
            self.engine.connect().execution_options(**options) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            yield session


class Turnstile:
    """A lock that lets threads through in the order they came; SQLite's own waiting is a scramble."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._busy = False

    @property
    def waiting(self) -> int:
        return len(self._queue)

    def __enter__(self) -> None:
        with self._guard:
            if not self._busy:
                self._busy = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        mine.acquire()

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._busy = False


def open_engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return sa.create_engine(address, pool_pre_ping=True)


def _open_sqlite(address: sa.URL) -> Engine:
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, connect_args={"check_same_thread": False, "timeout": PATIENCE_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    _into_wal(raw, time.monotonic() + PATIENCE_SECONDS)


def _into_wal(raw: Any, until: float) -> None:
    """On a new database several may ask for this at once, and SQLite does not let them wait for each other."""
    while True:
        try:
            raw.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def added(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> int:
    """Put in the rows that are not there yet; how many were new. Two who add the same do not disturb each other."""
    if not rows:
        return 0
    statement = insert_into(session, table).on_conflict_do_nothing()
    keys = sa.inspect(table).primary_key
    return len(session.connection().execute(statement.returning(*keys), rows).all())


def insert_into(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do on conflict."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(table)


def changed(session: Session, statement: sa.Update | sa.Delete) -> int:
    """How many rows a statement touched: scarce things move in one statement, and we count."""
    return int(session.connection().execute(statement).rowcount)
