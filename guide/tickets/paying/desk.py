"""What the payments' page shows: money to look at, money that is to go back, and what came lately."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from guide.tickets import ledger
from guide.tickets.paying import review
from guide.tickets.tables import Notice, Order, Refund
from guide.tours.catalogue import Museum

LATEST = 20


@dataclass(frozen=True)
class Line:
    """One notice."""

    provider: str
    reference: str
    at: datetime
    """By the museum's clock."""
    dong: int
    became: str
    why: str | None
    order_code: str | None
    order_dong: int | None
    memo: str
    looked_at: bool
    remark: str


@dataclass(frozen=True)
class Owed:
    """One refund."""

    id: UUID
    at: datetime
    dong: int
    pay: str
    why: str
    order_code: str

    @property
    def in_cash(self) -> bool:
        """It goes back out of a drawer, at the counter."""
        return self.pay == ledger.CASH


@dataclass(frozen=True)
class Desk:
    to_look_at: Sequence[Line]
    owed: Sequence[Owed]
    latest: Sequence[Line]

    @property
    def owed_dong(self) -> int:
        return sum(refund.dong for refund in self.owed)


def desk(session: Session, museum: Museum) -> Desk:
    zone = ZoneInfo(museum.sheet.time_zone)
    open_still, latest = review.to_look_at(session, museum.slug), _latest(session, museum.slug)
    totals = _totals(session, {notice.order_code for notice in open_still})
    return Desk(
        [_line(notice, zone, totals) for notice in open_still],
        [_owed(refund, zone) for refund in _due(session, museum.slug)],
        [_line(notice, zone, {}) for notice in latest],
    )


def _totals(session: Session, codes: Collection[str | None]) -> Mapping[str | None, int]:
    """What the orders cost that the money may have been meant for."""
    asked = select(Order.code, Order.total_dong).where(col(Order.code).in_(code for code in codes if code))
    return dict(session.exec(asked).all())


def _due(session: Session, museum: str) -> Sequence[Refund]:
    asked = select(Refund).where(col(Refund.museum) == museum, col(Refund.done_at).is_(None))
    return session.exec(asked.order_by(col(Refund.due_at))).all()


def _latest(session: Session, museum: str) -> Sequence[Notice]:
    asked = select(Notice).where(col(Notice.museum) == museum).order_by(col(Notice.heard_at).desc())
    return session.exec(asked.limit(LATEST)).all()


def _line(notice: Notice, zone: ZoneInfo, totals: Mapping[str | None, int]) -> Line:
    return Line(
        notice.provider,
        notice.reference,
        notice.heard_at.astimezone(zone),
        notice.dong,
        notice.became,
        notice.why,
        notice.order_code,
        totals.get(notice.order_code),
        review.memo_of(notice),
        notice.looked_at is not None,
        notice.remark,
    )


def _owed(refund: Refund, zone: ZoneInfo) -> Owed:
    return Owed(refund.id, refund.due_at.astimezone(zone), refund.dong, refund.pay, refund.why, refund.order_code)
