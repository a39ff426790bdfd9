"""What is stored of places, orders, tickets and money."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from guide.database import UTC_TIME

COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Allotment(SQLModel, table=True):
    """Places that can run out: of a museum's day, or of one entry time of it, as a whole or for some categories.

    Made when the first place of it is held. `places` follows the edition, but never below what is taken.
    """

    __tablename__ = "allotment"
    __table_args__ = (sa.CheckConstraint("taken >= 0 AND taken <= places", name="never_oversold"),)
    museum: str = Field(primary_key=True, max_length=60)
    day: date = Field(primary_key=True)
    slot: str = Field(primary_key=True, max_length=5)
    """`08:00`, or nothing where the day is not divided."""
    part: str = Field(primary_key=True, max_length=60)
    """The name of the quota; nothing is the total."""
    places: int
    taken: int = 0


class OrderStatus(StrEnum):
    HELD = "held"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Order(SQLModel, table=True):
    """One purchase. It has no name: whoever holds its code holds it. The address is kept only to send the letter."""

    __tablename__ = "ticket_order"
    __table_args__ = (
        sa.Index("orders_that_wait", "status", "expires_at"),
        sa.Index("orders_of_a_day", "museum", "day"),
    )
    code: str = Field(primary_key=True, max_length=10)
    museum: str = Field(max_length=60)
    day: date
    slot: str = Field(max_length=5)
    status: str = Field(max_length=10)
    language: str = Field(max_length=35)
    channel: str = Field(max_length=10)
    """`web` or `counter`."""
    pay: str = Field(max_length=20)
    """The way of paying that was chosen, and then the one that was used."""
    people: int
    """Places that it holds or has."""
    total_dong: int
    """What is to be paid: tickets and donation."""
    donation_dong: int = 0
    email: str | None = Field(default=None, max_length=200)
    lines: str = Field(sa_type=sa.Text)
    """JSON of [category, count, dong each]; what was agreed, whatever an edition says later."""
    takes: str = Field(sa_type=sa.Text)
    """JSON of {part: places}: what to give back where the order ends."""
    made_at: datetime = Field(sa_type=UTC_TIME)
    expires_at: datetime = Field(sa_type=UTC_TIME)
    paid_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    cancelled_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    shift_id: UUID | None = Field(default=None, index=True)
    """The counter's shift that sold it."""


class Ticket(SQLModel, table=True):
    """What one person, or a group with one code, enters with. It enters once for each it admits."""

    __tablename__ = "ticket"
    __table_args__ = (
        sa.CheckConstraint("entered >= 0 AND entered <= admits", name="enters_once"),
        sa.Index("tickets_of_a_day", "museum", "day"),
    )
    code: str = Field(primary_key=True, max_length=10)
    order_code: str = Field(index=True, max_length=10)
    museum: str = Field(max_length=60)
    day: date
    slot: str = Field(max_length=5)
    category: str = Field(max_length=60)
    dong: int
    """For the whole ticket: of a group's one code, all of it."""
    admits: int = 1
    entered: int = 0
    issued_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    cancelled_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    entered_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    """The last time."""
    handed_on: str | None = Field(default=None, unique=True, max_length=64)
    """Hash of the link by which it was handed on."""


class LedgerLine(SQLModel, table=True):
    """Money moved from one account to another; there is no line with one side, so the sides are always equal."""

    __tablename__ = "ledger_line"
    __table_args__ = (sa.CheckConstraint("dong > 0", name="moves_something"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=COUNTED)
    at: datetime = Field(sa_type=UTC_TIME)
    day: date = Field(index=True)
    """The museum's day on which it moved."""
    museum: str = Field(max_length=60, index=True)
    giving: str = Field(max_length=60)
    """The account that is credited: `sales:adult`, `donations`, `cash`, `vietqr`, …"""
    receiving: str = Field(max_length=60)
    """The account that is debited."""
    dong: int = Field(sa_type=sa.BigInteger)
    order_code: str = Field(index=True, max_length=10)
    shift_id: UUID | None = Field(default=None, index=True)


class Once(SQLModel, table=True):
    """What an idempotency key brought, committed with it: a retry finds it, or finds nothing done."""

    __tablename__ = "once"
    key: str = Field(primary_key=True, max_length=120)
    body_hash: str = Field(max_length=64)
    result: str = Field(max_length=40)
    at: datetime = Field(sa_type=UTC_TIME)


class Notice(SQLModel, table=True):
    """What a payment provider told us, kept whatever became of it."""

    __tablename__ = "payment_notice"
    provider: str = Field(primary_key=True, max_length=20)
    reference: str = Field(primary_key=True, max_length=100)
    """The provider's own number of the movement: what makes a repeated notice the same notice."""
    heard_at: datetime = Field(sa_type=UTC_TIME)
    museum: str = Field(default="", max_length=60, index=True)
    order_code: str | None = Field(default=None, index=True, max_length=10)
    dong: int = Field(sa_type=sa.BigInteger)
    became: str = Field(max_length=20)
    """`settled`, `review`, `refund`, `failed`."""
    why: str | None = Field(default=None, max_length=60)
    """Key of the sentence on the review list."""
    body: str = Field(sa_type=sa.Text)
    looked_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    looked_by: str | None = Field(default=None, max_length=220)
    remark: str = Field(default="", max_length=500)


class Refund(SQLModel, table=True):
    """Money that is to go back, until somebody or a provider has sent it."""

    __tablename__ = "refund"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    order_code: str = Field(index=True, max_length=10)
    museum: str = Field(max_length=60, index=True)
    dong: int = Field(sa_type=sa.BigInteger)
    pay: str = Field(max_length=20)
    why: str = Field(max_length=60)
    due_at: datetime = Field(sa_type=UTC_TIME)
    done_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    done_by: str | None = Field(default=None, max_length=220)


class Shift(SQLModel, table=True):
    """One person's time at a counter, from the float in the drawer to the count at its end."""

    __tablename__ = "shift"
    __table_args__ = (
        sa.Index(
            "one_open_shift_each",
            "museum",
            "person",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    museum: str = Field(max_length=60)
    person: str = Field(max_length=200)
    opened_at: datetime = Field(sa_type=UTC_TIME)
    float_dong: int = Field(sa_type=sa.BigInteger)
    closed_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    counted_dong: int | None = Field(default=None, sa_type=sa.BigInteger)
    expected_dong: int | None = Field(default=None, sa_type=sa.BigInteger)
    remark: str = Field(default="", max_length=500)


class SigningKey(SQLModel, table=True):
    """A museum's key. A new one signs from then on; an older one is still believed until it is withdrawn."""

    __tablename__ = "signing_key"
    museum: str = Field(primary_key=True, max_length=60)
    number: int = Field(primary_key=True)
    public: bytes
    private: bytes
    made_at: datetime = Field(sa_type=UTC_TIME)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
