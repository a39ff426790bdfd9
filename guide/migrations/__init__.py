"""The history of the tables. `bring_up_to_date` takes any database to the present."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import guide
from guide.database import Database

ONE_AT_A_TIME = 7_306_001
"""The key of PostgreSQL's advisory lock: several servers may start at once."""


def bring_up_to_date(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with database.engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if database.engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        if MigrationContext.configure(connection).get_current_revision() == _newest(config):
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _newest(config: Config) -> str | None:
    return ScriptDirectory.from_config(config).get_current_head()


def import_tables() -> None:
    """Every room's tables.py, so that SQLModel's metadata knows them all."""
    for module in pkgutil.walk_packages(guide.__path__, "guide."):
        if module.name.endswith(".tables") or module.name in ("guide.counters", "guide.outgoing"):
            importlib.import_module(module.name)
