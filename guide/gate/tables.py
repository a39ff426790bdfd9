"""What is stored of gates: devices that may scan, every scan, and the scans that contradict each other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from guide.database import UTC_TIME


class Device(SQLModel, table=True):
    """A phone or a scanner at a gate. Only hashes of its pairing word and of its token are kept."""

    __tablename__ = "device"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    museum: str = Field(max_length=60, index=True)
    name: str = Field(max_length=100)
    gate: str = Field(max_length=60)
    may: str = Field(default="admit roster", max_length=100)
    """What it may do, words with spaces between."""
    pairing_hash: str | None = Field(default=None, unique=True, max_length=64)
    pairing_until: datetime | None = Field(default=None, sa_type=UTC_TIME)
    token_hash: str | None = Field(default=None, unique=True, max_length=64)
    made_at: datetime = Field(sa_type=UTC_TIME)
    made_by: str = Field(max_length=220)
    paired_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    revoked_at: datetime | None = Field(default=None, sa_type=UTC_TIME)


class Scan(SQLModel, table=True):
    """One code held before one device, and the verdict that stands."""

    __tablename__ = "scan"
    __table_args__ = (sa.Index("scans_of_a_gate", "museum", "at"),)
    id: str = Field(primary_key=True, max_length=60)
    """Made by the device."""
    device_id: UUID = Field(index=True)
    museum: str = Field(max_length=60)
    gate: str = Field(max_length=60)
    ticket: str | None = Field(default=None, index=True, max_length=10)
    people: int = 1
    at: datetime = Field(sa_type=UTC_TIME)
    """When the device saw it."""
    heard_at: datetime = Field(sa_type=UTC_TIME)
    verdict: str = Field(max_length=20)
    """What the device was told, or had already told the visitor."""
    offline: bool = False
    again: bool = False
    """They had been inside that day, and came back: no entry of the ticket was used."""


class Conflict(SQLModel, table=True):
    """An offline scan that let somebody in although the ticket had been used elsewhere."""

    __tablename__ = "scan_conflict"
    scan_id: str = Field(primary_key=True, max_length=60)
    museum: str = Field(max_length=60, index=True)
    ticket: str = Field(max_length=10)
    verdict: str = Field(max_length=20)
    """What it should have been."""
    found_at: datetime = Field(sa_type=UTC_TIME)
    seen_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    seen_by: str | None = Field(default=None, max_length=220)
