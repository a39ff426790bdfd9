"""A museum taken along, in bytes for 40 stops against the 20 MB it may be, and in milliseconds of the server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from bench.stop_page import ROOT, serving
from bench.told import tell

MUSEUM = "con-dao"
"""The sample museum with the most stops."""
STOPS = 40
MOST_BYTES = 20_000_000
PORT = 8753
AS_LARGE_FOR_ANY = ("tool", "data")
"""Kinds of files that do not grow with each stop as pages and sounds do; small beside them, and taken as they are."""


def main() -> None:
    guide = str(Path(sys.executable).with_name("guide"))
    with tempfile.TemporaryDirectory() as home:
        settings = {**os.environ, "GUIDE_HOME": home, "GUIDE_LOG_LEVEL": "error"}
        museum = ROOT / "content" / MUSEUM
        subprocess.run([guide, "publish", museum], env=settings, check=True, capture_output=True)
        with serving([guide, "serve", "--host", "127.0.0.1", "--port", str(PORT)], PORT, settings):
            for language in ("vi", "en", "fr"):
                weigh(language)


def weigh(language: str) -> None:
    first, listed = timed(language)
    again, _ = timed(language)
    tell(f"pack of {STOPS} stops, {language}, bytes", scaled(listed), MOST_BYTES)
    tell(f"pack asked again, {language}, ms", round(again * 1000, 1), round(first * 1000, 1))


def timed(language: str) -> tuple[float, dict[str, Any]]:
    began = time.perf_counter()
    with urlopen(Request(f"http://127.0.0.1:{PORT}/api/v1/museums/{MUSEUM}/pack?lang={language}")) as answer:
        listed: dict[str, Any] = json.load(answer)
    return time.perf_counter() - began, listed


def scaled(listed: dict[str, Any]) -> int:
    """What grows with the stops, for 40 of them; what does not, as it is."""
    stops = len(listed["codes"])
    growing = sum(file["bytes"] for file in listed["files"] if file["kind"] not in AS_LARGE_FOR_ANY)
    return round(growing * STOPS / stops + listed["bytes"] - growing)


if __name__ == "__main__":
    main()
