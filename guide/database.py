"""One way into the database and one way out: a transaction, on SQLite or on PostgreSQL."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlmodel import Session, SQLModel

PATIENCE_SECONDS = 10
RESTED_SECONDS = 1.0
POOL = 10
"""Connections that a process keeps: as many as are busy at once where it serves a full house."""
T = TypeVar("T")
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
        self._turn = _turn_on(self.engine)
        self._ferry = Ferry(self.writing) if self.engine.dialect.name == "sqlite" else None

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

    def act(self, act: Callable[[Connection], T]) -> T:
        """For a small act that many do at once: whole when this returns, or nothing of it where it raises.

        On PostgreSQL every statement of it is its own transaction, so what must be whole is one statement. On SQLite
        those that wait beside each other share one.
        """
        if self._ferry:
            return self._ferry.cross(act)
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return act(connection)

    def together(self, act: Callable[[Session], T]) -> T:
        """As `writing`, for what many do at once: on SQLite those who wait beside each other share one commit."""
        if self._ferry:
            return self._ferry.cross(lambda connection: _beside_others(connection, act))
        with self.writing() as session:
            return act(session)

    @contextmanager
    def _connected(self, **options: Any) -> Iterator[Session]:
        with (
            self.engine.connect().execution_options(**options) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            yield session


def _turn_on(engine: Engine) -> AbstractContextManager[None]:
    """PostgreSQL lets many write at once; on SQLite they come one by one, and we see to it that they come in turn."""
    if engine.dialect.name != "sqlite":
        return nullcontext()
    return Turnstile(Airlock(Path(engine.url.database)) if engine.url.database else nullcontext())


def _beside_others(connection: Connection, act: Callable[[Session], T]) -> T:
    """In a session of its own, which neither commits nor rolls back what the others did."""
    with Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session:
        result = act(session)
        session.flush()
        return result


@dataclass(eq=False)
class _Waiting:
    act: Callable[[Connection], Any]
    called: threading.Event = field(default_factory=threading.Event)
    """It is done, or it is this one's turn to take the others over."""
    done: bool = False
    result: Any = None
    error: BaseException | None = None


class Ferry:
    """Acts that wait for the same file cross together: one transaction, one write to the disk that keeps them all.

    Whoever comes first leads: while it waits for its turn others gather, and it takes along all who are there. Nobody
    is told anything before the commit. An act that fails is taken back alone; where the commit fails, all fail.
    """

    def __init__(self, writing: Callable[[], AbstractContextManager[Session]]) -> None:
        self._writing = writing
        self._guard = threading.Lock()
        self._bank: list[_Waiting] = []
        self._led = False

    def cross(self, act: Callable[[Connection], T]) -> T:
        mine = _Waiting(act)
        with self._guard:
            self._bank.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            mine.called.wait()
        if not mine.done:
            self._lead(mine)
        if mine.error:
            raise mine.error
        result: T = mine.result
        return result

    def _lead(self, mine: _Waiting) -> None:
        taken = [mine]
        try:
            with self._writing() as session:
                taken = self._all_aboard()
                for one in taken:
                    _do(one, session.connection(), shared=len(taken) > 1)
        except BaseException as error:  # noqa: BLE001  # handed to everybody who was aboard
            for one in taken:
                one.error = one.error or error
        self._ashore(taken)

    def _all_aboard(self) -> list[_Waiting]:
        with self._guard:
            taken, self._bank = self._bank, []
        return taken

    def _ashore(self, taken: list[_Waiting]) -> None:
        with self._guard:
            self._bank = [one for one in self._bank if one not in taken]
            following = self._bank[0] if self._bank else None
            self._led = following is not None
        for one in taken:
            one.done = True
            one.called.set()
        if following:
            following.called.set()


def _do(one: _Waiting, connection: Connection, *, shared: bool) -> None:
    if not shared:
        one.result = one.act(connection)
        return
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        one.result = one.act(connection)
    except Exception as error:  # noqa: BLE001  # told to the one whose act it was; the others go on
        connection.exec_driver_sql("ROLLBACK TO one")
        one.error = error
    connection.exec_driver_sql("RELEASE one")


class Turnstile:
    """A lock that lets threads through in the order they came; SQLite's own waiting is a scramble."""

    def __init__(self, beyond: AbstractContextManager[None] | None = None) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._busy = False
        self._beyond = beyond or nullcontext()

    @property
    def waiting(self) -> int:
        return len(self._queue)

    def __enter__(self) -> None:
        self._wait_among_threads()
        try:
            self._beyond.__enter__()
        except BaseException:
            self._let_in_the_next()
            raise

    def __exit__(self, *_: object) -> None:
        try:
            self._beyond.__exit__(None, None, None)
        finally:
            self._let_in_the_next()

    def _wait_among_threads(self) -> None:
        with self._guard:
            if not self._busy:
                self._busy = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        mine.acquire()

    def _let_in_the_next(self) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._busy = False


class Airlock:
    """Lets one process through at a time, and none a second time while another waits.

    There are two doors, and one goes through the first only to stand before the second: so whoever comes out and
    wants in again finds the first door closed while somebody stands there. A killed process holds no door.
    """

    def __init__(self, file: Path) -> None:
        self._doors = [Path(f"{file}.{door}") for door in ("first-door", "second-door")]
        self._inside = -1

    def __enter__(self) -> None:
        first, second = (os.open(door, os.O_CREAT | os.O_RDWR) for door in self._doors)
        try:
            fcntl.flock(first, fcntl.LOCK_EX)
            fcntl.flock(second, fcntl.LOCK_EX)
            self._inside = second
        finally:
            _leave(first)

    def __exit__(self, *_: object) -> None:
        _leave(self._inside)


def _leave(door: int) -> None:
    """Said aloud: a child that was forked meanwhile has the door open too."""
    fcntl.flock(door, fcntl.LOCK_UN)
    os.close(door)


def open_engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, pool_size=POOL)
    event.listen(engine, "checkin", _rest)
    event.listen(engine, "checkout", _wake(engine))
    return engine


def _rest(_raw: Any, record: Any) -> None:
    record.info["resting_since"] = time.monotonic()


def _wake(engine: Engine) -> Callable[..., None]:
    """Ask a connection that has rested whether it still stands; to ask a busy one each time is one more way there."""

    def wake(raw: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info.get("resting_since", time.monotonic()) < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(raw)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.DisconnectionError from error

    return wake


def _open_sqlite(address: sa.URL) -> Engine:
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, connect_args={"check_same_thread": False, "timeout": PATIENCE_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _end_sqlite)
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


def _end_sqlite(raw: Any, _record: object) -> None:
    """Where a commit failed, its transaction may still stand; whoever comes next must not be in it."""
    if raw is not None and raw.in_transaction:
        raw.rollback()


def added(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> int:
    """Put in the rows that are not there yet; how many were new. Two who add the same do not disturb each other."""
    if not rows:
        return 0
    statement = insert_into(session, table).on_conflict_do_nothing()
    keys = sa.inspect(table).primary_key
    return len(session.connection().execute(statement.returning(*keys), rows).all())


def insert_into(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do on conflict."""
    return insert_of(session.get_bind().dialect.name, table)


def insert_of(dialect: str, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """The same, for whoever keeps the statement."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def changed(session: Session, statement: sa.Update | sa.Delete) -> int:
    """How many rows a statement touched: scarce things move in one statement, and we count."""
    return int(session.connection().execute(statement).rowcount)
