"""What has to leave the house: letters and notices, written down in the transaction that is their reason.

A row is there if and only if what it tells of happened. A courier in each serving process takes the rows that are due,
hands them to whoever delivers their kind, and tries again later where that fails.
"""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from guide.database import UTC_TIME


class Outgoing(SQLModel, table=True):
    __tablename__ = "outgoing"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = Field(max_length=40)
    """`letter`, `entered`, …: who delivers it."""
    museum: str = Field(max_length=60)
    about: str = Field(max_length=100)
    """The order or ticket that it tells of."""
    body: str = Field(default="{}", sa_type=sa.Text)
    """JSON."""
    made_at: datetime = Field(sa_type=UTC_TIME)
    due_at: datetime = Field(sa_type=UTC_TIME, index=True)
    tries: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    problem: str | None = Field(default=None, max_length=500)
    """Why it is given up; it stays to be seen."""


def send(session: Session, now: datetime, kind: str, museum: str, about: str, **body: object) -> None:
    """Write down that this is to leave; it leaves when the transaction has been committed, and not otherwise."""
    row = {"id": uuid4(), "kind": kind, "museum": museum, "about": about, "made_at": now, "due_at": now, "tries": 0}
    session.connection().execute(sa.insert(Outgoing), row | {"body": json.dumps(body, ensure_ascii=False)})
