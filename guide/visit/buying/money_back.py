"""Money that came too late, or twice: it is on its way back, and the page of its order says so."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.tickets.changing.cancelling import CHANGED, GIVEN_BACK
from guide.tickets.tables import Refund


def unwanted_dong(session: Session, order_code: str) -> int:
    """Of payments that bought nothing; what giving back and changing brought is another sum."""
    asked = sa.select(sa.func.coalesce(sa.func.sum(Refund.dong), 0)).where(
        col(Refund.order_code) == order_code, col(Refund.why).not_in((GIVEN_BACK, CHANGED))
    )
    return int(session.connection().execute(asked).scalar_one())
