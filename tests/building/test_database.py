"""One way in and one way out: what is written is there whole or not at all, and many may write at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from guide.database import Database, Turnstile, added, changed
from guide.tours.tables import Document

WRITERS = 40


def at_once(act: Callable[[int], None], times: int = WRITERS) -> list[Exception]:
    """Do it in so many threads that start together; what went wrong."""
    start, wrong = threading.Barrier(times), list[Exception]()

    def run(number: int) -> None:
        start.wait(30)
        try:
            act(number)
        except Exception as error:  # noqa: BLE001  # the thread's edge
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return wrong


def read_then_write(session: Session, number: int) -> None:
    """The everyday shape of a change, and the one that two transactions on SQLite cannot do side by side."""
    session.exec(select(Document)).all()
    session.add(Document(hash=f"{number}", body=b""))
    session.flush()


def documents(database: Database) -> int:
    with database.reading() as session:
        return len(session.exec(select(Document)).all())


def test_forty_who_write_at_once_all_succeed(database: Database) -> None:
    def act(number: int) -> None:
        with database.writing() as session:
            read_then_write(session, number)

    assert at_once(act) == []
    assert documents(database) == WRITERS


def test_a_plain_begin_would_turn_writers_away(new_sqlite: Callable[[], str]) -> None:
    """Why writing begins with BEGIN IMMEDIATE: who reads first and writes then is told that the database is locked."""
    database = Database(new_sqlite())
    both_have_read = threading.Barrier(2)

    def act(number: int) -> None:
        with database.engine.connect().execution_options(begin="BEGIN") as connection, Session(connection) as session:
            session.exec(select(Document)).all()
            both_have_read.wait(30)
            session.add(Document(hash=f"{number}", body=b""))
            session.commit()

    (turned_away,) = at_once(act, times=2)
    database.engine.dispose()

    assert isinstance(turned_away, OperationalError)
    assert "database is locked" in str(turned_away)


def test_what_fails_halfway_is_not_there(database: Database) -> None:
    def failing() -> None:
        with database.writing() as session:
            read_then_write(session, 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()

    assert documents(database) == 0


def test_after_a_failure_the_next_may_write(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing():
        raise RuntimeError

    with database.writing() as session:
        read_then_write(session, 1)

    assert documents(database) == 1


def test_who_reads_is_not_disturbed_by_who_writes(database: Database) -> None:
    with database.writing() as session:
        read_then_write(session, 1)
        assert documents(database) == 0

    assert documents(database) == 1


def test_adding_what_is_there_already_adds_nothing(database: Database) -> None:
    rows = [{"hash": f"{number}", "body": b"same"} for number in range(5)]

    with database.writing() as session:
        assert added(session, Document, rows[:3]) == 3
    with database.writing() as session:
        assert added(session, Document, rows) == 2
        assert added(session, Document, []) == 0

    assert documents(database) == 5


def test_two_who_add_the_same_at_once_do_not_disturb_each_other(database: Database) -> None:
    rows = [{"hash": f"{number}", "body": b"same"} for number in range(200)]
    new: list[int] = []

    def act(_: int) -> None:
        with database.writing() as session:
            new.append(added(session, Document, rows))

    assert at_once(act, times=8) == []
    assert sum(new) == documents(database) == 200


def test_a_statement_tells_how_many_rows_it_changed(database: Database) -> None:
    with database.writing() as session:
        added(session, Document, [{"hash": "a", "body": b"1"}, {"hash": "b", "body": b"1"}])

        assert changed(session, sa.update(Document).values(body=b"2")) == 2
        assert changed(session, sa.delete(Document).where(sa.literal(False))) == 0


def test_sqlite_keeps_what_it_said_is_kept(new_sqlite: Callable[[], str]) -> None:
    database = Database(new_sqlite())
    with database.reading() as session:
        told = [session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS]
    database.engine.dispose()

    assert dict(zip(PRAGMAS, told, strict=True)) == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_a_postgresql_address_is_opened_with_psycopg() -> None:
    assert Database("postgresql://somewhere/guide").engine.driver == "psycopg"


def test_a_new_sqlite_database_makes_its_folder(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'guide.sqlite'}").engine.connect().close()

    assert (tmp_path / "a" / "b" / "guide.sqlite").exists()


def test_a_turnstile_lets_through_in_the_order_of_coming() -> None:
    turnstile, order = Turnstile(), list[int]()

    def pass_through(number: int) -> None:
        with turnstile:
            order.append(number)

    with turnstile:
        threads = []
        for number in range(20):
            thread = threading.Thread(target=pass_through, args=(number,))
            thread.start()
            threads.append(thread)
            wait_until(lambda: turnstile.waiting == len(threads))
    for thread in threads:
        thread.join(10)

    assert order == list(range(20))


def test_a_turnstile_lets_one_through_at_a_time() -> None:
    turnstile, inside, most = Turnstile(), [0], [0]

    def act(_: int) -> None:
        for _ in range(50):
            with turnstile:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    assert at_once(act, times=8) == []
    assert most == [1]


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        threading.Event().wait(0.001)
