"""A real server and a real browser: pages are looked at on a phone of 360 px."""

from __future__ import annotations

import atexit
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, expect, sync_playwright

from tests.flows.conftest import write_museum
from tests.museum import Files, write

if TYPE_CHECKING:
    from tests.browser.pages import Whole

ROOT = Path(__file__).parent.parent.parent
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --mute-audio --autoplay-policy=document-user-activation-required"
).split()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
AWAKE = """() => !document.querySelector(':not(:defined)')
  && [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"""
"""Every element of the page listens, and it is dressed: nothing moves any more under a finger."""
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
"""The worker has taken charge of this page."""
SPOKEN = """
  globalThis.spoken = [];
  const marked = ({target}) => target.classList.contains('spoken') &&
    spoken.push(`${document.querySelector('h1').textContent.trim()} ${target.id}`);
  new MutationObserver(changes => changes.forEach(marked))
    .observe(document, {subtree: true, attributeFilter: ['class']});
"""
"""Begun with the page, it notes every sentence that was marked, however late somebody comes to look."""

expect.set_options(timeout=30_000)  # as long as Playwright's own waits: the machine may have other things to do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.slow)


@dataclass
class Site:
    """A running server and the folder that its museum was published from."""

    url: str
    folder: Path
    settings: dict[str, str]

    def publish(self, *how: str) -> None:
        guide(self.settings, "publish", str(self.folder), "--museum", "dao-xa", *how)

    def show(self, *how: str) -> None:
        """Publish, until the server shows it."""
        before = self._edition()
        self.publish(*how)
        until = time.monotonic() + 60
        while self._edition() == before:
            assert time.monotonic() < until, "the server does not show what was published"
            time.sleep(0.1)

    def _edition(self) -> str:
        with urlopen(f"{self.url}/api/v1/museums/dao-xa") as answer:
            return str(json.load(answer)["edition"])


def guide(settings: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "guide", *words], env=settings, cwd=ROOT, check=True, capture_output=True)


def free_port() -> int:
    """Below those that the system gives to whoever asks, and another than any that the test process beside us takes:
    it is still free when the server comes to it."""
    beside = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4
    while True:
        port = 11_000 + 4 * secrets.randbelow(5_000) + beside
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@cache
def published() -> Path:
    """The home of a guide that has published our museum; recorded once, and copied."""
    home = Path(tempfile.mkdtemp(prefix="guide-published-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    settings = {**os.environ, "GUIDE_HOME": str(home / "home"), "GUIDE_LOG_LEVEL": "warning"}
    Site("", write_museum(home / "dao-xa"), settings).publish()
    return home / "home"


@contextmanager
def open_site(home: Path, more: Files | None = None) -> Iterator[Site]:
    port = free_port()
    settings = {**os.environ, "GUIDE_HOME": str(home / "home"), "GUIDE_LOG_LEVEL": "warning"}
    site = Site(f"http://127.0.0.1:{port}", write(write_museum(home / "dao-xa"), more or {}), settings)
    shutil.copytree(published(), home / "home", dirs_exist_ok=True)
    if more:
        site.publish()
    command = [sys.executable, "-m", "guide", "serve", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=settings, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        wait_for(site.url, process)
        yield site
    finally:
        process.terminate()
        process.communicate(timeout=60)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{url}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(process.stderr.read().decode() if process.stderr else "no server")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as opened:
        yield opened


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """One server for all tests that go through every page."""
    from tests.browser.pages import everything

    with everything(tmp_path_factory.mktemp("whole")) as opened:
        yield opened


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Ended with its module: while it runs, its thread has an event loop that other tests would stumble over."""
    with sync_playwright() as running:
        yield running


@dataclass
class Phone:
    """A phone with a profile of its own, and everything that went wrong on it."""

    context: BrowserContext
    site: Site
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("request", self._requested)
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.site.url + path)
        return page

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.strangers.append(request.url)


NewPhone = Callable[..., Phone]


def promised(page: Page, function: str, told: object = None, seconds: float = 90) -> None:
    """Until an asynchronous function of the page says yes; `wait_for_function` takes its promise for a yes."""
    until = time.monotonic() + seconds
    while not page.evaluate(function, told):
        assert time.monotonic() < until, function
        page.wait_for_timeout(100)


def browser_there() -> str:
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert browser, "Chromium is needed: make install-test brings it"
    return browser


LOOKS = {"viewport": {"width": 360, "height": 740}, "locale": "vi-VN", "has_touch": True}


def launched(playwright: Playwright, profile: Path, flags: Sequence[str] = FLAGS, **options: Any) -> BrowserContext:
    """A program of its own, with a profile that is there after it."""
    told = {**LOOKS, **options}
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=browser_there(), args=[*flags], **told
    )


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Started once a module: its phones share the program and nothing else."""
    with playwright.chromium.launch(executable_path=browser_there(), args=FLAGS) as running:
        yield running


@pytest.fixture
def new_phone(site: Site, browser: Browser) -> Iterator[NewPhone]:
    phones: list[Phone] = []

    def make(at: Site = site, **options: Any) -> Phone:
        phones.append(Phone(browser.new_context(**{**LOOKS, **options}), at))
        return phones[-1]

    yield make
    for phone in phones:
        phone.context.close()


@pytest.fixture
def phone(new_phone: NewPhone) -> Phone:
    return new_phone()
