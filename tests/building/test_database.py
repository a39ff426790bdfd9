"""One way in and one way out: what is written is there whole or not at all, and many may write at once."""

from __future__ import annotations

import fcntl
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from guide.database import Airlock, Database, Turnstile, added, changed
from guide.tours.tables import Document

WRITERS = 40
ROOT = Path(__file__).parent.parent.parent


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
        thread.join(60)

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


def test_who_comes_out_of_an_airlock_and_wants_in_again_lets_the_other_process_go_first(tmp_path: Path) -> None:
    """A file's lock belongs to who opened it, so two airlocks here are as two processes are."""
    ours, theirs, order = Airlock(tmp_path / "a"), Airlock(tmp_path / "a"), list[str]()

    def go_in() -> None:
        with theirs:
            order.append("theirs")

    with ours:
        thread = threading.Thread(target=go_in)
        thread.start()
        wait_until(lambda: is_locked(tmp_path / "a.first-door"))
    with ours:
        order.append("ours")
    thread.join(60)

    assert order == ["theirs", "ours"]


def is_locked(file: Path) -> bool:
    if not file.exists():
        return False
    with file.open() as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(door, fcntl.LOCK_UN)
    return False


WRITES = """
import sys, time
import sqlalchemy as sa
from guide.database import Database
database, until = Database(sys.argv[1]), time.time() + float(sys.argv[3])
insert = sa.text("INSERT INTO document (hash, body) VALUES (:hash, '')")
while time.time() < until:
    with database.writing() as session:
        session.execute(insert, {"hash": sys.argv[2] + str(time.time())})
"""


@pytest.mark.slow
def test_processes_that_write_all_the_time_take_turns(new_sqlite: Callable[[], str]) -> None:
    address = new_sqlite()
    command = [sys.executable, "-c", WRITES, address]
    writers = [subprocess.Popen([*command, name, "4"], cwd=ROOT, stderr=subprocess.PIPE, text=True) for name in "ab"]
    said = [writer.communicate(timeout=60)[1] for writer in writers]
    database = Database(address)
    with database.reading() as session:
        names = session.connection().exec_driver_sql("SELECT substr(hash, 1, 1) FROM document ORDER BY rowid").scalars()
        writes = "".join(names)
    database.engine.dispose()

    both = writes[max(writes.index("a"), writes.index("b")) : min(writes.rindex("a"), writes.rindex("b")) + 1]
    assert said == ["", ""]
    assert max(len(run[0]) for run in re.finditer("a+|b+", both)) <= len(both) / 10


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        threading.Event().wait(0.001)


@pytest.mark.slow
def test_a_connection_that_broke_while_it_rested_is_replaced(
    new_postgresql: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(new_postgresql())
    with database.reading() as session:
        mine = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with other.writing() as session:
        session.connection().exec_driver_sql(f"SELECT pg_terminate_backend({mine})")
    other.engine.dispose()
    monkeypatch.setattr("guide.database.RESTED_SECONDS", 0)

    with database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT 1").scalar_one() == 1
    database.engine.dispose()


def put(name: str) -> Callable[[sa.Connection], str]:
    def act(connection: sa.Connection) -> str:
        connection.execute(sa.insert(Document), {"hash": name, "body": b""})
        return name

    return act


def kept(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.exec(select(Document.hash)).all())


def behind_a_long_one(database: Database, acts: list[Callable[[sa.Connection], str]]) -> list[str]:
    """All of these wait while somebody writes; then they go on together. What each was told, or its refusal."""
    told: list[str] = []

    def tell(act: Callable[[sa.Connection], str]) -> None:
        try:
            told.append(database.act(act))
        except Exception as error:  # noqa: BLE001  # the thread's edge
            told.append(type(error).__name__)

    threads = [threading.Thread(target=tell, args=(act,)) for act in acts]
    with database.writing():
        for thread in threads:
            thread.start()
        time.sleep(0.3)
    for thread in threads:
        thread.join(30)
    return sorted(told)


def test_acts_that_wait_beside_each_other_are_kept_by_few_writes(database: Database) -> None:
    commits: list[object] = []
    sa.event.listen(database.engine, "commit", commits.append)

    told = behind_a_long_one(database, [put(f"{number:02}") for number in range(20)])

    assert told == [f"{number:02}" for number in range(20)]
    assert kept(database) == set(told)
    if database.engine.dialect.name == "sqlite":
        assert len(commits) <= 4


def test_an_act_that_fails_is_taken_back_alone(database: Database) -> None:
    def fail(connection: sa.Connection) -> str:
        if database.engine.dialect.name == "sqlite":  # elsewhere a statement is whole by itself
            put("half")(connection)
        raise LookupError

    told = behind_a_long_one(database, [put("one"), fail, put("two"), put("three")])

    assert told == ["LookupError", "one", "three", "two"]
    assert kept(database) == {"one", "two", "three"}


def test_an_act_alone_that_fails_leaves_nothing_and_the_next_goes_on(database: Database) -> None:
    def fail(connection: sa.Connection) -> str:
        raise LookupError

    with pytest.raises(LookupError):
        database.act(fail)

    assert database.act(put("one")) == "one"
    assert kept(database) == {"one"}


def test_nobody_is_told_of_an_act_that_could_not_be_kept(
    new_sqlite: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(new_sqlite())
    commit = database.engine.dialect.do_commit

    def refuse(raw: Any) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise sqlite3.OperationalError("disk full")
        commit(raw)

    monkeypatch.setattr(database.engine.dialect, "do_commit", refuse)
    told = behind_a_long_one(database, [put("one"), put("two"), put("three")])

    assert told == ["OperationalError"] * 3
    assert kept(database) == set()
    assert database.act(put("four")) == "four"
    database.engine.dispose()
