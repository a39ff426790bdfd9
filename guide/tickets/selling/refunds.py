"""Money that is to go back: owed in the transaction that found it out, and sent once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.errors import Conflict
from guide.office import audit
from guide.tickets import ledger
from guide.tickets.tables import Refund
from guide.tours.catalogue import Museum


class GivenAtTheCounter(Conflict):
    """Cash leaves by a drawer, in somebody's shift, and by nothing else."""


def owe(
    session: Session,
    museum: Museum,
    order_code: str,
    dong: int,
    pay: str,
    why: str,
    now: datetime,
    shift_id: UUID | None = None,
) -> UUID:
    """Money has come for which there is nothing; it is kept apart until it has gone back."""
    refund = uuid4()
    row = {"id": refund, "order_code": order_code, "museum": museum.slug, "dong": dong, "pay": pay}
    session.connection().execute(sa.insert(Refund), row | {"why": why, "due_at": now})
    ledger.move(session, now, museum, None, [(ledger.OWED, pay, dong)], order_code, shift_id)
    return refund


def sent(
    session: Session,
    museum: Museum,
    refund_id: UUID,
    who: str,
    now: datetime,
    by: str | None = None,
    shift_id: UUID | None = None,
) -> bool:
    """Somebody has sent it, the way it came or `by` another; false where it had been sent before."""
    this = (col(Refund.id) == refund_id) & (col(Refund.museum) == museum.slug) & col(Refund.done_at).is_(None)
    told = (col(Refund.order_code), col(Refund.dong), col(Refund.pay))
    sending = sa.update(Refund).where(this).values(done_at=now, done_by=who).returning(*told)
    row = session.connection().execute(sending).first()
    if row is None:
        return False
    way = by or row.pay
    if way == ledger.CASH and shift_id is None:
        raise GivenAtTheCounter
    ledger.move(session, now, museum, None, [(way, ledger.OWED, row.dong)], row.order_code, shift_id)
    audit.note(session, now, museum.slug, who, "refund.sent", row.order_code, dong=row.dong, by=way)
    return True
