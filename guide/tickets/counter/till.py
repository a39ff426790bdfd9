"""The till: what should be in a drawer, told by the ledger and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.tickets import ledger
from guide.tickets.tables import LedgerLine, Order, Shift


@dataclass(frozen=True)
class Till:
    """A drawer from its float on: what came in, what went out, and what was counted once it was closed."""

    float_dong: int
    taken_dong: int
    given_dong: int
    counted_dong: int | None = None

    @property
    def expected_dong(self) -> int:
        return self.float_dong + self.taken_dong - self.given_dong

    @property
    def difference_dong(self) -> int:
        return 0 if self.counted_dong is None else self.counted_dong - self.expected_dong


@dataclass(frozen=True)
class Movement:
    """Cash that came in or, below nought, went out for one order; a free order moved none."""

    at: datetime
    order_code: str
    dong: int


def till(session: Session, shift: Shift) -> Till:
    taken, given = (_sum(session, shift, side) for side in (LedgerLine.receiving, LedgerLine.giving))
    return Till(shift.float_dong, taken, given, shift.counted_dong)


def _sum(session: Session, shift: Shift, side: str) -> int:
    asked = sa.select(sa.func.coalesce(sa.func.sum(LedgerLine.dong), 0)).where(
        col(LedgerLine.shift_id) == shift.id, col(side) == ledger.CASH
    )
    return int(session.connection().execute(asked).scalar_one())


def movements(session: Session, shift: Shift) -> list[Movement]:
    """Everything that was done in a shift, the latest first."""
    moved = [*_cash(session, shift), *_free(session, shift)]
    return sorted(moved, key=lambda one: (one.at, one.order_code), reverse=True)


def _cash(session: Session, shift: Shift) -> Iterator[Movement]:
    sign = sa.case((col(LedgerLine.receiving) == ledger.CASH, 1), else_=-1)
    cash = (col(LedgerLine.receiving) == ledger.CASH) | (col(LedgerLine.giving) == ledger.CASH)
    keys = (col(LedgerLine.at), col(LedgerLine.order_code), sign.label("sign"))
    asked = (
        sa.select(*keys, sa.func.sum(LedgerLine.dong).label("dong"))
        .where(cash & (col(LedgerLine.shift_id) == shift.id))
        .group_by(*keys)
    )
    for row in session.connection().execute(asked):
        yield Movement(row.at, row.order_code, row.sign * int(row.dong))


def _free(session: Session, shift: Shift) -> Iterator[Movement]:
    asked = select(Order).where(col(Order.shift_id) == shift.id, col(Order.total_dong) == 0)
    for order in session.exec(asked):
        yield Movement(order.made_at, order.code, 0)
