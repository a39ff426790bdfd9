"""The ledger: every đồng that moves is one line from an account to another, so the whole sums to zero by its shape.

| what happens                     | gives (credit)     | receives (debit)      |
|----------------------------------|--------------------|-----------------------|
| a ticket is paid                 | `sales:<category>` | the way, or the till  |
| a donation comes with it         | `donations`        | the way, or the till  |
| money comes for which none is    | `owed`             | the way, or the till  |
| a ticket is given back           | `owed`             | `sales:<category>`    |
| the money has been sent back     | the way, or the till | `owed`              |

A way of paying is an account of its own name (`vietqr`, `vnpay`, `momo`, `cash`, …). What `owed` holds is still to go
back to visitors.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.clock import day_in
from guide.tickets.tables import LedgerLine
from guide.tours.catalogue import Museum

CASH = "cash"
DONATIONS = "donations"
OWED = "owed"
SALES = "sales:"
Move = tuple[str, str, int]
"""Who gives, who receives, how many đồng."""


def sales(category: str) -> str:
    return SALES + category


def move(
    session: Session,
    now: datetime,
    museum: Museum,
    day: date | None,
    lines: Iterable[Move],
    order_code: str,
    shift_id: UUID | None = None,
) -> None:
    """Write these moves down; a move of nothing is none. `day` is the museum's day on which it moves: that of now."""
    told = {"at": now, "day": day or day_in(museum.sheet.time_zone, now), "museum": museum.slug}
    told |= {"order_code": order_code, "shift_id": shift_id}
    rows = [
        told | {"giving": giving, "receiving": receiving, "dong": dong} for giving, receiving, dong in lines if dong
    ]
    if rows:
        session.connection().execute(sa.insert(LedgerLine), rows)


def balances(session: Session, museum: str) -> dict[str, int]:
    """What each account has received less what it has given; together they are nothing."""
    sums: dict[str, int] = {}
    for side, sign in ((col(LedgerLine.receiving), 1), (col(LedgerLine.giving), -1)):
        asked = sa.select(side, sa.func.sum(LedgerLine.dong)).where(col(LedgerLine.museum) == museum).group_by(side)
        for account, dong in session.connection().execute(asked):
            sums[account] = sums.get(account, 0) + sign * int(dong)
    return sums
