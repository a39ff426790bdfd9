"""From `guide serve` to the first page on a published database, against a bare uvicorn; and what it imports."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.stop_page import BARE, ROOT, serving
from bench.told import tell

RUNS = 5
HEAVY = ("torch", "faiss", "onnxruntime", "sentence_transformers")


def main() -> None:
    guide = Path(sys.executable).with_name("guide")
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, "GUIDE_HOME": folder, "GUIDE_LOG_LEVEL": "error"}
        for museum in sorted((ROOT / "content").glob("*/museum.yaml")):
            command = [guide, "publish", museum.parent, "--no-audio"]
            subprocess.run(command, env=settings, check=True, capture_output=True)
        page = Path(folder) / "page.html"
        page.write_bytes(b"x" * 20_000)
        ours, bare = [], []
        for run in range(RUNS):
            port = 8720 + 2 * run
            ours.append(seconds([str(guide), "serve", "--host", "127.0.0.1", "--port", str(port)], port, settings))
            bare.append(seconds([sys.executable, "-c", BARE, str(page), str(port + 1)], port + 1, settings))
    tell("serve to first page, seconds", round(statistics.median(ours), 2), round(statistics.median(bare), 2))
    tell("heavy libraries on that path", len(heavy_imports()), 1)


def seconds(command: list[str], port: int, settings: dict[str, str]) -> float:
    began = time.perf_counter()
    with serving(command, port, settings):
        return time.perf_counter() - began


def heavy_imports() -> list[str]:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, guide.serving; print(*sys.modules)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return [name for name in HEAVY if name in told.stdout.split()]


if __name__ == "__main__":
    main()
