"""The act at a gate: the ticket moves; the scan, a line of the audit and a notice that goes out are put beside it.

All of it or nothing. On PostgreSQL it is one statement, which is its own transaction: one way there and one way back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from guide.gate.tables import Scan
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets.tables import Ticket

_SCAN = "id device_id museum gate ticket people at heard_at verdict offline again"
_ROWS: dict[type[SQLModel], dict[str, str]] = {
    Scan: {name: {"at": "now", "heard_at": "now"}.get(name, name) for name in _SCAN.split()},
    AuditLine: {"at": "now", "museum": "museum", "who": "who", "did": "did", "about": "ticket", "detail": "told"},
    Outgoing: {
        "id": "notice",
        "kind": "kind",
        "museum": "museum",
        "about": "ticket",
        "body": "told",
        "made_at": "now",
        "due_at": "now",
        "tries": "tries",
    },
}
"""Each column, and the name under which its value comes."""


def let_in(connection: Connection, values: Mapping[str, object]) -> bool:
    """False where somebody else has used the ticket meanwhile; then nothing was written."""
    named = _named(values)
    if connection.dialect.name == "postgresql":
        return bool(connection.execute(_AT_ONCE[bool(values["again"])], named).scalar_one())
    if connection.execute(_MOVE[bool(values["again"])], named).rowcount != 1:
        return False
    for statement in _BESIDE:
        connection.execute(statement, named)
    return True


def turn_away(connection: Connection, values: Mapping[str, object]) -> bool:
    """Keep the scan. False where it was heard over another connection meanwhile."""
    return connection.execute(_TURNED_AWAY[connection.dialect.name], _named(values)).rowcount == 1


def _named(values: Mapping[str, object]) -> dict[str, object]:
    """So that no value is taken for the new one of a column of the same name."""
    return {f"{name}_": value for name, value in values.items()}


def table_of(kind: type[SQLModel]) -> sa.Table:
    table = kind.__table__  # type: ignore[attr-defined]
    assert isinstance(table, sa.Table)
    return table


def _value(name: str, like: sa.Column[Any]) -> sa.BindParameter[Any]:
    return sa.bindparam(f"{name}_", type_=like.type)


def _move(*, again: bool) -> sa.Update:
    """Somebody goes in; or somebody who was inside comes back, and no entry is used."""
    ticket = table_of(Ticket)
    at, people = ticket.c.entered_at, _value("people", ticket.c.entered)
    stands = (ticket.c.code == _value("ticket", ticket.c.code)) & (ticket.c.day == _value("day", ticket.c.day))
    stands &= ticket.c.cancelled_at.is_(None) & ticket.c.issued_at.is_not(None)
    if again:
        return sa.update(ticket).where(stands & (at <= _value("long_ago", at))).values(entered_at=_value("now", at))
    enough = ticket.c.entered + people <= ticket.c.admits
    return (
        sa.update(ticket).where(stands & enough).values(entered_at=_value("now", at), entered=ticket.c.entered + people)
    )


def _row(kind: type[SQLModel], beside: sa.CTE | None = None) -> sa.Insert:
    table, columns = table_of(kind), _ROWS[kind]
    values = sa.select(*(_value(name, table.c[column]) for column, name in columns.items()))
    return sa.insert(table).from_select(list(columns), values if beside is None else values.select_from(beside))


def _at_once(*, again: bool) -> sa.Select[Any]:
    moved = _move(again=again).returning(table_of(Ticket).c.code).cte("moved")
    rows = [_row(kind, moved).cte(f"put_{place}") for place, kind in enumerate(_ROWS)]
    return sa.select(sa.func.count()).select_from(moved).add_cte(*rows)


_MOVE = {again: _move(again=again) for again in (False, True)}
_BESIDE = [_row(kind) for kind in _ROWS]
_AT_ONCE = {again: _at_once(again=again) for again in (False, True)}
_VALUES = {column: _value(name, table_of(Scan).c[column]) for column, name in _ROWS[Scan].items()}
_TURNED_AWAY = {
    dialect: insert(Scan).values(_VALUES).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for dialect, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
