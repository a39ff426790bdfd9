"""How many came in: by gate and day, for the staff page and the museum's reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.gate.tables import Scan
from guide.gate.verdicts import Verdict


@dataclass(frozen=True)
class GateCount:
    """One gate on one day."""

    gate: str
    people: int
    """Let in, everybody once."""
    again: int
    """Came back after they had been inside."""
    refused: int
    last: datetime


def entered(session: Session, museum: str, since: date, until: date, zone: str) -> list[tuple[date, str, int]]:
    """The museum's day, the gate, and how many people were let in there; both days included."""
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    ends = [midnight(day + timedelta(days=1), zone) for day in days]
    which = sa.case(*((col(Scan.at) < end, place) for place, end in enumerate(ends)), else_=len(days)).label("place")
    let_in = (col(Scan.verdict) == Verdict.WELCOME.value) & col(Scan.again).is_(False)
    between = (col(Scan.museum) == museum) & (col(Scan.at) >= midnight(since, zone)) & (col(Scan.at) < ends[-1])
    counted = sa.select(which, col(Scan.gate), sa.func.sum(col(Scan.people))).where(between & let_in)
    rows = session.connection().execute(counted.group_by(which, col(Scan.gate)).order_by(which, col(Scan.gate)))
    return [(days[place], gate, int(people)) for place, gate, people in rows]


def on_day(session: Session, museum: str, day: date, zone: str) -> Iterator[GateCount]:
    """Each gate that scanned anything that day."""
    first, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    welcome = col(Scan.verdict) == Verdict.WELCOME.value
    in_, back = (sa.case((welcome & col(Scan.again).is_(again), col(Scan.people)), else_=0) for again in (False, True))
    refused = sa.case((welcome, 0), else_=1)
    that_day = (col(Scan.museum) == museum) & (col(Scan.at) >= first) & (col(Scan.at) < end)
    asked = sa.select(col(Scan.gate), *map(sa.func.sum, (in_, back, refused)), sa.func.max(col(Scan.at)))
    for row in session.connection().execute(asked.where(that_day).group_by(col(Scan.gate)).order_by(col(Scan.gate))):
        yield GateCount(*row)


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))
