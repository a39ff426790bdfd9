"""What is stored of the people who work here, of their sessions, and of what was done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from guide.database import UTC_TIME


class Person(SQLModel, table=True):
    """Somebody who works for a museum. An invited person has no password yet."""

    __tablename__ = "person"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(unique=True, max_length=200)
    """In small letters."""
    name: str = Field(max_length=200)
    password_hash: str | None = Field(default=None, max_length=300)
    invited_hash: str | None = Field(default=None, index=True, max_length=64)
    invited_until: datetime | None = Field(default=None, sa_type=UTC_TIME)
    made_at: datetime = Field(sa_type=UTC_TIME)
    left_at: datetime | None = Field(default=None, sa_type=UTC_TIME)


class Post(SQLModel, table=True):
    """A role that a person has at a museum; the museum `*` is every one."""

    __tablename__ = "post"
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    museum: str = Field(primary_key=True, max_length=60)
    role: str = Field(primary_key=True, max_length=20)


class SignedIn(SQLModel, table=True):
    """One browser in which a person is signed in. Only the hash of its token is kept."""

    __tablename__ = "signed_in"
    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: UUID = Field(index=True, foreign_key="person.id")
    began_at: datetime = Field(sa_type=UTC_TIME)
    until: datetime = Field(sa_type=UTC_TIME)


class AuditLine(SQLModel, table=True):
    """What was done, by whom, about what. `seal` is set afterwards: each seal holds the hash of the one before."""

    __tablename__ = "audit_line"
    id: int | None = Field(default=None, primary_key=True, sa_type=sa.BigInteger().with_variant(sa.Integer, "sqlite"))
    at: datetime = Field(sa_type=UTC_TIME)
    museum: str = Field(max_length=60, index=True)
    who: str = Field(max_length=220)
    """`person:<email>`, `device:<id>`, `payment:<provider>`, `command` or `visitor`."""
    did: str = Field(max_length=60)
    """`order.refunded`, `shift.closed`, `ticket.entered`, …"""
    about: str = Field(max_length=220)
    detail: str = Field(default="", sa_type=sa.Text)
    """JSON; no name or address of a visitor."""
    place: int | None = Field(default=None, unique=True)
    """Its place in the chain, once it is sealed."""
    seal: str | None = Field(default=None, max_length=64)


class AuditHead(SQLModel, table=True):
    """Where the chain ends: one row. It moves with the lines, so that none can be taken off the end unnoticed."""

    __tablename__ = "audit_head"
    id: int = Field(default=1, primary_key=True)
    length: int
    seal: str = Field(max_length=64)
