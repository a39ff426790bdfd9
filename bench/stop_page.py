"""A stop page against a bare Starlette application that returns the same bytes: requests a second, and p99."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.told import tell

ROOT = Path(__file__).parent.parent
CLIENTS = 8
ROUNDS = 7
SECONDS = 2.0
PATH = "/con-dao/stops/phu-hai?lang=vi"
BARE = """
import pathlib, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
body = pathlib.Path(sys.argv[1]).read_bytes()
async def page(request): return Response(body, media_type="text/html")
app = Starlette(routes=[Route("/{rest:path}", page)])
uvicorn.run(app, port=int(sys.argv[2]), loop="uvloop", http="httptools", log_level="error", access_log=False)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, guide_server(Path(folder), 8711) as ours:
        body = Path(folder) / "page.html"
        body.write_bytes(asyncio.run(fetched(ours)))
        with bare_server(body, 8712) as bare:
            rounds = [(asyncio.run(load(ours)), asyncio.run(load(bare))) for _ in range(ROUNDS)]
    ours_rate, bare_rate = (statistics.median(pair[side][0] for pair in rounds) for side in (0, 1))
    ours_p99, bare_p99 = (statistics.median(pair[side][1] for pair in rounds) for side in (0, 1))
    tell("stop page, requests a second", round(ours_rate), round(bare_rate))
    tell("stop page, p99 ms", round(ours_p99 * 1000, 2), round(bare_p99 * 1000, 2))


@contextmanager
def guide_server(home: Path, port: int, content: str = "content") -> Iterator[int]:
    guide = Path(sys.executable).with_name("guide")
    settings = {**os.environ, "GUIDE_HOME": str(home / "home"), "GUIDE_LOG_LEVEL": "error"}
    for museum in ("con-dao",):
        subprocess.run(
            [guide, "publish", ROOT / content / museum, "--no-audio"], env=settings, check=True, capture_output=True
        )
    with serving([str(guide), "serve", "--port", str(port), "--host", "127.0.0.1"], port, settings):
        yield port


@contextmanager
def bare_server(body: Path, port: int) -> Iterator[int]:
    with serving([sys.executable, "-c", BARE, str(body), str(port)], port, dict(os.environ)):
        yield port


@contextmanager
def serving(command: list[str], port: int, settings: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, env=settings, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            asyncio.run(fetched(port))
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the server did not come up")


async def load(port: int) -> tuple[float, float]:
    """Requests a second and the slow end of the answers, over connections that stay open."""
    until = time.perf_counter() + SECONDS
    started = time.perf_counter()
    times = [one for client in await asyncio.gather(*(visit(port, until) for _ in range(CLIENTS))) for one in client]
    return len(times) / (time.perf_counter() - started), sorted(times)[int(len(times) * 0.99)]


async def visit(port: int, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    while time.perf_counter() < until:
        began = time.perf_counter()
        await ask(reader, writer)
        times.append(time.perf_counter() - began)
    writer.close()
    return times


async def fetched(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = await ask(reader, writer)
    writer.close()
    return body


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    writer.write(f"GET {PATH} HTTP/1.1\r\nHost: bench\r\nAccept: text/html\r\nAccept-Language: vi\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    return await reader.readexactly(length)


if __name__ == "__main__":
    main()
