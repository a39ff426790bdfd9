"""A stop page of a museum of 10,000 stops against one of 10: seconds to make it anew, interleaved."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from bench.publishing import FEW, MANY, generate
from bench.stop_page import ROOT, serving
from bench.told import tell

PAIRS = 300
_fresh = count()


def main() -> None:
    guide = str(Path(sys.executable).with_name("guide"))
    with tempfile.TemporaryDirectory() as folder:
        homes = {
            port: published(guide, Path(folder) / str(stops), stops) for port, stops in ((8751, MANY), (8752, FEW))
        }
        command = [guide, "serve", "--host", "127.0.0.1", "--port"]
        with serving([*command, "8751"], 8751, homes[8751]), serving([*command, "8752"], 8752, homes[8752]):
            for port in homes:
                asyncio.run(made_anew(port))
            pairs = [(asyncio.run(made_anew(8751)), asyncio.run(made_anew(8752))) for _ in range(PAIRS)]
    many, few = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    tell("stop page made anew, 10,000 stops, ms", round(many * 1000, 2), round(few * 1000, 2))


def published(guide: str, root: Path, stops: int) -> dict[str, str]:
    museum = generate(root / "big", stops)
    settings = {**os.environ, "GUIDE_HOME": str(root / "home"), "GUIDE_LOG_LEVEL": "error"}
    subprocess.run([guide, "publish", museum, "--no-audio"], env=settings, cwd=ROOT, check=True, capture_output=True)
    return settings


async def made_anew(port: int) -> float:
    """One page that nobody asked for before, so that none is kept."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.perf_counter()
    path = f"/big/{101 + next(_fresh) % 2}?lang=vi"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode())
    moved = (await reader.read()).split(b"location: ")[1].split(b"\r\n")[0].decode()
    seconds = time.perf_counter() - began
    writer.close()
    return seconds + await opened(port, moved)


async def opened(port: int, path: str) -> float:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.perf_counter()
    asked = f"{path}&fresh={next(_fresh)}"
    writer.write(f"GET {asked} HTTP/1.1\r\nHost: bench\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    seconds = time.perf_counter() - began
    writer.close()
    assert b" 200 " in answer[:15], answer[:200]
    return seconds


if __name__ == "__main__":
    main()
