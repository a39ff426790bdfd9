"""What each page costs before anything is asked of it, and whom it asks, on a phone that never was there."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from guide.visit.front import Front
from tests.browser.conftest import FLAGS, ROOT, Site, browser_there
from tests.browser.pages import PAGES, Whole, spoken

KILOBYTE = 1000
STOP = 60 * KILOBYTE
"""Promised for a stop; no other page may cost more unless it stands below with its reason."""
DEARER = {"/dao-xa/take": 130 * KILOBYTE}
"""It fetches the list of what would be taken along in each of four languages, to say beforehand how much that is."""
INLINE = 4096
MEDIA = ("audio/", "video/", "image/", "font/")
SETTLED = "() => !document.body.dataset.late || document.querySelector('link[href*=\"late.css\"]')?.sheet"
INLINE_SCRIPTS = """() => [...document.querySelectorAll('script:not([src])')]
  .filter(one => one.type !== 'application/ld+json').map(one => new Blob([one.textContent]).size)"""


@dataclass
class Look:
    """One page, opened on a phone that never was here."""

    bytes: int = 0
    inline: int = 0
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site(whole: Whole) -> Site:
    return whole.site


@pytest.fixture(scope="module")
def looks(whole: Whole, playwright: Playwright) -> Iterator[dict[str, Look]]:
    browser = playwright.chromium.launch(executable_path=browser_there(), args=FLAGS)
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    yield {path: look(context.new_page(), whole.site.url, spoken(path, "vi")) for path in whole.paths}
    browser.close()


def look(page: Page, site: str, path: str) -> Look:
    """Until nothing comes any more, late parts too; media by themselves do not count."""
    seen, wire, kinds = Look(), page.context.new_cdp_session(page), {}
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["response"]["mimeType"]}))
    wire.on("Network.loadingFinished", lambda told: _weigh(seen, kinds, told))
    page.on("request", lambda one: one.url.startswith((site, "data:", "blob:")) or seen.strangers.append(one.url))
    page.on("console", lambda said: said.type in ("error", "warning") and seen.complaints.append(said.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(site + path)
    page.wait_for_function(SETTLED)
    page.wait_for_load_state("networkidle")
    seen.inline = sum(page.evaluate(INLINE_SCRIPTS))
    page.close()
    return seen


def _weigh(seen: Look, kinds: dict[str, str], told: dict[str, object]) -> None:
    if not kinds.get(str(told["requestId"]), "").startswith(MEDIA):
        seen.bytes += int(str(told["encodedDataLength"]).split(".")[0])


def test_a_stop_costs_sixty_kilobytes_and_no_page_more_than_it_says(looks: dict[str, Look]) -> None:
    dear = {path: one.bytes for path, one in looks.items() if one.bytes > DEARER.get(path, STOP)}

    assert dear == {}
    assert min(one.bytes for one in looks.values()) > 5 * KILOBYTE, "nothing was weighed"


def test_no_page_asks_anybody_else(looks: dict[str, Look]) -> None:
    assert {path: one.strangers for path, one in looks.items() if one.strangers} == {}


def test_no_page_complains(looks: dict[str, Look]) -> None:
    """But that its own address is not there, or no longer; and here, that we keep the service worker out."""
    of_their_own = re.compile(r"the server responded with a status of (404|410)|registration blocked by Playwright")
    told = {path: [said for said in one.complaints if not of_their_own.search(said)] for path, one in looks.items()}

    assert {path: said for path, said in told.items() if said} == {}


def test_no_page_says_more_than_four_kilobytes_of_script_at_once(looks: dict[str, Look]) -> None:
    said = {path: one.inline for path, one in looks.items()}

    assert {path: size for path, size in said.items() if size > INLINE} == {}
    assert max(said.values()) > KILOBYTE


def test_a_stop_holds_its_budget_by_its_files_too(whole: Whole) -> None:
    """Page, late style and every element that it names, each packed: whether or not a browser came to them all."""
    from urllib.request import urlopen

    with urlopen(f"{whole.site.url}/dao-xa/stops/cong-da?lang=vi", timeout=60) as answer:
        page = answer.read().decode()
    front = Front(ROOT / "pwa")
    named = {name for name in re.findall(r"/assets/([\w./-]+\.(?:js|css))", page) if "bundles/" not in name}

    assert {"styles/late.css", "elements/guide-player.js"} <= named
    assert len(gzip.compress(page.encode())) + sum(len(front.assets[name].packed or b"") for name in named) <= STOP


def test_no_picture_or_font_is_part_of_the_style() -> None:
    """They would hide from the budget."""
    styles = {path.name: path.read_text("utf-8") for path in Path(ROOT / "pwa" / "styles").glob("*.css")}

    assert [name for name, text in styles.items() if "url(" in text or "@font-face" in text or "@import" in text] == []


def test_every_dearer_page_is_one_of_the_list() -> None:
    assert set(DEARER) <= {path for paths in PAGES.values() for path in paths}
