"""Asking without a network: how quickly a phone answers from the museum in its pocket, beside the server by words.

`python -m bench.pocket [--slower 4]`: 40 stops of the sample museums as one, and their questions; a browser that is so
many times slower, the answering on the page's own thread, where slowing down is sure to reach it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from bench.told import tell
from guide.app import close, furnish
from guide.assistant.answer import Asked
from guide.assistant.desk import Desk
from guide.assistant.pocket.keeping import Pockets
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tours.catalogue import Catalogues, Museum
from guide.visit.findable import findable

ROOT = Path(__file__).parent.parent
HOST = "http://pocket.test"
STOPS, ASKED, ENOUGH_MS, ENOUGH_BYTES = 40, 150, 100, 300_000
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
SHEET = "name: {vi: Bốn mươi, en: Forty}\nlanguages: [vi, en]\nfallback: [en, vi]\nhours: {daily: ['07:30-17:00']}\n"
ANSWER = """async ([file, asked]) => {
  const { Pocket } = await import("/lib/pocket/pocket.js");
  const text = await (await fetch(file)).text();
  const timed = (act, began = performance.now()) => [act(), performance.now() - began];
  const [pocket, opened] = timed(() => new Pocket(JSON.parse(text)));
  const first = timed(() => pocket.ask(asked[0]))[1];
  return { opened, first, times: asked.map((question) => timed(() => pocket.ask(question))[1]) };
}"""
SEARCH = """async ([file, queries]) => {
  const { Finder } = await import("/lib/pocket/search/finding.js");
  const text = await (await fetch(file)).text();
  const timed = (act, began = performance.now()) => [act(), performance.now() - began];
  const [finder, opened] = timed(() => new Finder(JSON.parse(text)));
  return { opened, times: queries.map((query) => timed(() => finder.find(query))[1]) };
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slower", type=int, default=4, help="how many times slower the phone is than this machine")
    slower = parser.parse_args().slower
    with tempfile.TemporaryDirectory() as folder, forty(Path(folder)) as (shelf, museum):
        for language in ("vi", "en"):
            tell_language(shelf, museum, language, slower)


def tell_language(shelf: Shelf, museum: Museum, language: str, slower: int) -> None:
    asked = questions(language)
    server = [_timed(lambda one=one: shelf[Desk].told(museum, Asked(one, language, NOW))) for one in asked]
    began = time.perf_counter()
    packed = shelf[Pockets].of(museum, language)
    tell(f"pocket {language}: bytes, beside what there is room for", len(packed.body), ENOUGH_BYTES)
    tell(f"pocket {language}: making it, s, once an edition", round(time.perf_counter() - began, 2), 0)
    with phone(slower) as (page, files):
        files |= {"/pocket.json": packed.unpacked, "/findable.json": findable(museum, language)}
        told = page.evaluate(ANSWER, ["/pocket.json", asked])
        found = page.evaluate(SEARCH, ["/findable.json", asked])
    middle, slow = _spread(told["times"])
    tell(f"pocket {language}: answering at CPU x{slower}, p50 ms, beside the server", middle, _spread(server)[0])
    tell(f"pocket {language}: answering at CPU x{slower}, p95 ms, beside what is enough", slow, ENOUGH_MS)
    tell(f"pocket {language}: opening at CPU x{slower}, ms, once a visit", round(told["opened"]), 0)
    tell(
        f"pocket {language}: searching at CPU x{slower}, p95 ms, beside what is enough",
        _spread(found["times"])[1],
        ENOUGH_MS,
    )
    tell(f"pocket {language}: opening the search at CPU x{slower}, ms", round(found["opened"]), 0)


@contextmanager
def forty(folder: Path) -> Iterator[tuple[Shelf, Museum]]:
    """Stops of all the sample museums in one."""
    there = folder / "forty"
    there.mkdir()
    (there / "museum.yaml").write_text(SHEET, "utf-8")
    stops = sorted(path for path in (ROOT / "content").glob("*/stops/*") if (path / "en.md").exists())[:STOPS]
    for path in stops:
        (there / "stops" / path.name).mkdir(parents=True)
        for language in ("vi", "en"):
            shutil.copy(path / f"{language}.md", there / "stops" / path.name)
    shelf = furnish(Settings(home=folder / "home", log_level="error"))
    shelf[Press].publish(there, "forty", NOW, lambda *_: None)
    shelf[Catalogues].renew()
    yield shelf, shelf[Catalogues].current.museums["forty"]
    close(shelf)


@contextmanager
def phone(slower: int) -> Iterator[tuple[Page, dict[str, bytes]]]:
    browser = next(path for name in ("chromium", "google-chrome") if (path := shutil.which(name)))
    files: dict[str, bytes] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        page.route("**/*", lambda route: _serve(route, files))
        page.goto(f"{HOST}/")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        yield page, files
        chromium.close()


def _serve(route: Route, files: dict[str, bytes]) -> None:
    path = route.request.url.removeprefix(HOST)
    if path in files:
        route.fulfill(body=files[path], content_type="application/json")
    elif path == "/":
        route.fulfill(body="<!doctype html><title>pocket</title>", content_type="text/html")
    else:
        route.fulfill(body=(ROOT / "pwa" / path.lstrip("/")).read_bytes(), content_type="text/javascript")


def questions(language: str) -> list[str]:
    lines = (ROOT / "tests/assistant/questions/sample.jsonl").read_text("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [row["question"] for row in rows if row["language"] == language][:ASKED]


def _timed(act: Any) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _spread(times: list[float]) -> tuple[float, float]:
    return round(statistics.median(times), 1), round(sorted(times)[int(len(times) * 0.95)], 1)


if __name__ == "__main__":
    main()
