"""What is free in 30 days of 16 entry times, exactly, against the two bare queries that it needs."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from bench.gate import database
from bench.told import tell
from guide.database import Database
from guide.migrations import bring_up_to_date
from guide.tickets.selling.availability import availability
from guide.tickets.selling.ordering import place
from guide.tickets.selling.wishes import Wish
from guide.tours.catalogue import Museum, Part, Parts
from guide.tours.content import MuseumSheet
from guide.tours.editions import Manifest

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
DAYS, TIMES = 30, 16
ORDERS = 2_000
ROUNDS = 40
AT = [f"{8 + number // 2:02}:{number % 2 * 30:02}" for number in range(TIMES)]
SHEET = {
    "name": {"vi": "Làng Gốm"},
    "languages": ["vi"],
    "hours": {"daily": ["07:30-17:00"]},
    "prices": [{"category": "adult", "dong": 50_000}],
    "slots": [{"days": "daily", "at": AT, "places": 100}],
}
BARE = (
    "SELECT day, slot, taken FROM allotment WHERE museum = 'bench' AND part = ''",
    "SELECT day, slot, sum(people) FROM ticket_order WHERE status = 'held' AND expires_at <= :now GROUP BY day, slot",
)


def main() -> None:
    for kind in sys.argv[2:] or ("postgresql", "sqlite"):
        with tempfile.TemporaryDirectory() as folder, database(kind, Path(folder)) as address:
            measure(kind, Database(address))


def measure(kind: str, opened: Database) -> None:
    bring_up_to_date(opened)
    there = museum()
    fill(opened, there)
    first, now = (NOW + timedelta(days=1)).date(), NOW + timedelta(hours=1)

    def ours(session: Session) -> int:
        return len(availability(session, there, first, first + timedelta(days=DAYS - 1), now))

    def bare(session: Session) -> int:
        return sum(len(session.connection().execute(sa.text(query), {"now": now}).all()) for query in BARE)

    pairs = [(timed(opened, ours), timed(opened, bare)) for _ in range(ROUNDS)]
    values = [round(statistics.median(side) * 1000, 2) for side in zip(*pairs, strict=True)]
    tell(f"{kind}, {DAYS} days of {TIMES} entry times, ms", *values)
    print(f"load {os.getloadavg()[0]:.2f}", file=sys.stderr)
    opened.engine.dispose()


def museum() -> Museum:
    body = MuseumSheet.model_validate(SHEET).model_dump_json(by_alias=True, exclude_defaults=True)
    return Museum(Manifest("bench", {"museum": "0"}, {}), "0", Parts({"museum": Part("museum", body.encode())}))


def fill(opened: Database, there: Museum) -> None:
    """Two thousand orders, spread over all times; every second hold is over and not swept up yet."""
    with opened.writing() as session:
        for number in range(ORDERS):
            day = (NOW + timedelta(days=1 + number % DAYS)).date()
            pay = "counter" if number % 2 else "vietqr"
            place(session, there, Wish(day, AT[number % TIMES], {"adult": 2}, "vi", pay), NOW)


def timed(opened: Database, act: Callable[[Session], int]) -> float:
    with opened.reading() as session:
        began = time.perf_counter()
        assert act(session)
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
