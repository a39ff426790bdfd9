"""Orders over HTTP with 2 workers, against pretix and a raw one-row UPDATE + COMMIT on the same database, fsync on."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from bench.gate import crowd, database, posted, server
from bench.told import tell
from guide.bell import Quiet
from guide.clock import day_in
from guide.database import Database
from guide.migrations import bring_up_to_date
from guide.publishing.publish import Press
from guide.storage import Folder
from guide.tours.catalogue import Museum

ROUNDS = int(os.environ.get("ORDER_ROUNDS", "5"))
SECONDS = 3.0
CLIENTS = 8
LARGE = 30
FASTEST = 1200
"""More orders a second than there will ever be."""
MUSEUM = "orders-bench"
PRETIX = 12.8
"""Orders a second that pretix took on two cores with 2 workers."""
SHEET = """
name: {vi: Làng Gốm}
languages: [vi]
hours: {daily: ["07:30-17:00"]}
prices: [{category: adult, dong: 50000}]
slots: [{days: daily, at: ["08:00"], places: 100000}]
"""
RAW = """
import sqlite3, sys, time
address, seconds = sys.argv[1], float(sys.argv[2])
update, count = "UPDATE allotment SET taken = taken + 0", 0
until = time.perf_counter() + seconds
if address.startswith("sqlite"):
    raw = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
    raw.execute("PRAGMA synchronous=FULL")
    while time.perf_counter() < until:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(update)
        raw.execute("COMMIT")
        count += 1
else:
    import psycopg
    with psycopg.connect(address) as raw:
        while time.perf_counter() < until:
            raw.execute(update)
            raw.commit()
            count += 1
print(count / seconds)
"""


def main() -> None:
    for kind in sys.argv[2:] or ("postgresql", "sqlite"):
        with tempfile.TemporaryDirectory() as folder, database(kind, Path(folder)) as address:
            measure(kind, address, Path(folder))


def measure(kind: str, address: str, home: Path) -> None:
    publish(address, home)
    one: list[dict[str, float]] = []
    large: list[dict[str, float]] = []
    raw: list[float] = []
    with server(address, home, 8731) as port:
        orders(port, 1, 2.0, home)
        for _ in range(ROUNDS):
            one.append(orders(port, 1, SECONDS, home))
            raw.append(updates(address, SECONDS / 3))
            large.append(orders(port, LARGE, SECONDS / 2, home))
    assert all(round_["fine"] == round_["asked"] for round_ in one + large), one + large
    rate = round(statistics.median(found["rate"] for found in one), 1)
    p99 = round(statistics.median(found["p99_ms"] for found in one), 1)
    raw_rate = round(statistics.median(raw), 1)
    costs = [round(CLIENTS / statistics.median(found["rate"] for found in side) * 1000, 1) for side in (large, one)]
    tell(f"{kind}, {CLIENTS} clients, orders a second (pretix)", rate, PRETIX)
    tell(f"{kind}, {CLIENTS} clients, orders a second (one raw update after the other)", rate, raw_rate)
    tell(f"{kind}, {CLIENTS} clients, slow end in ms (the middle)", p99, costs[1])
    tell(f"{kind}, {CLIENTS} clients, ms for an order of {LARGE} (of 1)", *costs)
    print(f"load {os.getloadavg()[0]:.2f}", file=sys.stderr)


def publish(address: str, home: Path) -> None:
    opened, now = Database(address), datetime.now(UTC)
    bring_up_to_date(opened)
    folder = home / "content" / MUSEUM
    (folder / "stops" / "one").mkdir(parents=True)
    (folder / "museum.yaml").write_text(SHEET, "utf-8")
    (folder / "stops" / "one" / "vi.md").write_text("# Lò\n\nLò nung.\n", "utf-8")
    Press(opened, Folder(home / "home"), Quiet()).publish(folder, MUSEUM, now, nothing)
    opened.engine.dispose()


def nothing(_: Museum) -> None:
    """Derive nothing."""


def orders(port: int, people: int, seconds: float, home: Path) -> dict[str, float]:
    """All for the same entry time: the worst that a busy morning can do."""
    day = day_in("Asia/Ho_Chi_Minh", datetime.now(UTC)) + timedelta(days=1)
    wish = {"day": day.isoformat(), "slot": "08:00", "language": "vi", "pay": "simulator"}
    body = json.dumps(wish | {"tickets": [{"category": "adult", "count": people}]}).encode()
    path = f"/api/v1/museums/{MUSEUM}/orders"
    ready = (posted(path, [f"Idempotency-Key: {uuid4()}"], body) for _ in range(round(FASTEST * seconds)))
    return crowd(port, CLIENTS, seconds, ready, home, " 201 ")


def updates(address: str, seconds: float) -> float:
    """What the database alone does: one row moved and committed, again and again."""
    command = [sys.executable, "-c", RAW, address, str(seconds)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
