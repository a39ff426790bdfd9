"""Alembic's way in; `bring_up_to_date` hands over the connection."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from guide.migrations import import_tables


def written_plainly(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """SQLModel's own string type is written as SQLAlchemy's, so that old migrations outlive it."""
    return f"sa.String(length={item.length})" if kind == "type" and isinstance(item, AutoString) else False


import_tables()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=written_plainly,
)
with context.begin_transaction():
    context.run_migrations()
