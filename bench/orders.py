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

from bench.gate import database, server
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
CLIENT = """
import json, select, socket, sys, time, uuid
port, clients, seconds, path, body = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], sys.argv[5]
poll, sockets, began, times, made = select.epoll(), {}, {}, [], 0
body = body.encode()
def ask(s):
    began[s.fileno()] = time.perf_counter()
    s.sendall((f"POST {path} HTTP/1.1\\r\\nHost: bench\\r\\nContent-Type: application/json\\r\\n"
        f"Accept-Language: vi\\r\\nIdempotency-Key: {uuid.uuid4()}\\r\\n"
        f"Content-Length: {len(body)}\\r\\n\\r\\n").encode() + body)
for _ in range(clients):
    s = socket.create_connection(("127.0.0.1", port))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sockets[s.fileno()] = [s, b""]
    poll.register(s, select.EPOLLIN)
start = time.perf_counter()
for s, _ in sockets.values(): ask(s)
waiting = clients
while waiting:
    for fd, _ in poll.poll():
        held = sockets[fd]
        held[1] += held[0].recv(65536)
        if not held[1].endswith(b"}"): continue
        head, _, told = held[1].partition(b"\\r\\n\\r\\n")
        if len(told) < int(head.lower().split(b"content-length:")[1].split(b"\\r\\n")[0]): continue
        now = time.perf_counter()
        times.append(now - began[fd])
        made += b" 201 " in head[:20]
        held[1] = b""
        if now - start < seconds: ask(held[0])
        else: waiting -= 1
times.sort()
p99 = times[int(len(times) * .99)] * 1000
print(json.dumps({"rate": len(times) / (now - start), "p99_ms": p99, "made": made, "asked": len(times)}))
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
        orders(port, 1, CLIENTS, 2.0)
        for _ in range(ROUNDS):
            one.append(orders(port, 1, CLIENTS, SECONDS))
            raw.append(updates(address, SECONDS / 3))
            large.append(orders(port, LARGE, CLIENTS, SECONDS / 2))
    assert all(round_["made"] == round_["asked"] for round_ in one + large), one + large
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


def orders(port: int, people: int, clients: int, seconds: float) -> dict[str, float]:
    """All for the same entry time: the worst that a busy morning can do."""
    day = day_in("Asia/Ho_Chi_Minh", datetime.now(UTC)) + timedelta(days=1)
    body = {"day": day.isoformat(), "slot": "08:00", "language": "vi", "pay": "simulator"}
    body |= {"tickets": [{"category": "adult", "count": people}]}
    path = f"/api/v1/museums/{MUSEUM}/orders"
    command = [sys.executable, "-c", CLIENT, str(port), str(clients), str(seconds), path, json.dumps(body)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def updates(address: str, seconds: float) -> float:
    """What the database alone does: one row moved and committed, again and again."""
    command = [sys.executable, "-c", RAW, address, str(seconds)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
