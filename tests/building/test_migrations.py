"""The history of the tables leads exactly to the tables that the rooms speak of, and any server may lead there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from guide.database import Database
from guide.migrations import bring_up_to_date, import_tables
from tests.conftest import SLOW_POSTGRESQL, ask_postgresql


def test_the_migrated_database_is_what_the_tables_say(database: Database) -> None:
    import_tables()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_database_that_is_up_to_date_is_left_alone(database: Database) -> None:
    before = version(database)

    bring_up_to_date(database)

    assert version(database) == before != []


def test_several_servers_may_start_at_once_on_an_empty_database(new_empty: Callable[[], str]) -> None:
    start, wrong, address = threading.Barrier(4), list[Exception](), new_empty()

    def act() -> None:
        database = Database(address)
        start.wait(30)
        try:
            bring_up_to_date(database)
        except Exception as error:  # noqa: BLE001  # the thread's edge
            wrong.append(error)
        database.engine.dispose()

    run_all([threading.Thread(target=act) for _ in range(4)])

    assert wrong == []


@pytest.fixture(params=["sqlite", SLOW_POSTGRESQL])
def new_empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / 'empty.sqlite'}"
    server: str = request.getfixturevalue("postgresql_server")
    return lambda: ask_postgresql(server, "CREATE DATABASE empty") or server.format("empty")


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def version(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return list(MigrationContext.configure(connection).get_current_heads())
