"""The counter in a seller's hand: a sale in a few taps, with and without scripts, and no barrier on its pages."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from guide.database import Database
from guide.office.roles import Role
from guide.shelf import Shelf
from guide.visit import files
from guide.visit.front import Front
from tests.browser.conftest import NewPhone, Site, free_port
from tests.browser.test_access import RULES
from tests.tickets.box_office import museum
from tests.tickets.open_counter import FRONT, OpenCounter, open_counter

VILLAGE = museum(tickets={"donations": True})
HERE = "/counter/lang-gom"


@pytest.fixture(scope="module")
def counter(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCounter]:
    home = tmp_path_factory.mktemp("counter")
    database = Database(f"sqlite:///{shutil.copy(sqlite_template, home / 'guide.sqlite')}")
    opened = open_counter(database, VILLAGE, home)
    opened.app.state.shelf = Shelf({Front: FRONT}).over(opened.app.state.shelf)
    opened.app.include_router(files.router)
    opened.comes(Role.ADMIN)
    opened.open_shift()
    yield opened
    database.engine.dispose()


@pytest.fixture(scope="module")
def site(counter: OpenCounter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Served as it is, on the day that the museum's tests stand on."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(counter.app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Site(f"http://127.0.0.1:{port}", tmp_path_factory.mktemp("nothing"), {})
    server.should_exit = True
    thread.join(60)


def seller(new_phone: NewPhone, counter: OpenCounter, **options: object) -> Page:
    phone = new_phone(**options)
    phone.context.add_cookies([{"name": "office", "value": counter.browser.cookies["office"], "url": phone.site.url}])
    return phone.open(HERE)


def test_a_sale_takes_a_few_taps_and_is_not_asked_for_twice(new_phone: NewPhone, counter: OpenCounter) -> None:
    page = seller(new_phone, counter)
    page.wait_for_function("() => !!customElements.get('guide-counter')")

    for _ in range(3):
        page.click("button.more[value=adult]")
    page.click("button.less[value=adult]")
    page.click("button.more[value=student]")
    page.click(".notes button:has-text('150.000')")

    assert page.inner_text("#total") == "125.000\u00a0₫"
    assert page.inner_text("#change b") == "25.000\u00a0₫"
    assert page.url.endswith(HERE), "nothing was sent yet"
    page.dblclick(".sell")
    page.wait_for_url("**/orders/**")
    assert "25.000" in page.inner_text(".give")
    page.goto(page.url.split("/orders/")[0])
    assert page.locator("tbody tr").count() == 1


def test_another_day_keeps_what_was_chosen(new_phone: NewPhone, counter: OpenCounter) -> None:
    page = seller(new_phone, counter)
    page.wait_for_function("() => !!customElements.get('guide-counter')")
    page.click("button.more[value=adult]")

    page.fill("[name=day]", "2026-11-27")
    page.wait_for_url("**/basket")

    assert page.input_value("[name=day]") == "2026-11-27"
    assert page.input_value("#count-adult") == "1"


def test_a_sale_needs_no_script(new_phone: NewPhone, counter: OpenCounter) -> None:
    page = seller(new_phone, counter, java_script_enabled=False)

    page.click("button.more[value=adult]")
    expect(page.locator("#count-adult")).to_have_value("1")
    page.click("button.more[value=adult]")
    expect(page.locator("#count-adult")).to_have_value("2")
    page.click(".notes button:has-text('200.000')")
    expect(page.locator("#change b")).to_have_text("100.000\u00a0₫")
    assert page.inner_text("#total") == "100.000\u00a0₫"
    page.click(".sell")

    assert "100.000" in page.inner_text(".give")
    page.click("text=Bán tiếp")
    page.click("text=Kết ca")
    assert "Phải có trong két" in page.inner_text(".till-report")


@pytest.mark.parametrize(("scheme", "language"), [("light", "vi"), ("dark", "en")])
def test_no_page_has_a_barrier_or_is_wider_than_a_small_phone(
    new_phone: NewPhone, counter: OpenCounter, scheme: str, language: str
) -> None:
    small = {"viewport": {"width": 320, "height": 640}, "reduced_motion": "reduce", "bypass_csp": True}
    page = seller(new_phone, counter, color_scheme=scheme, **small)
    counter.sells(key=f"for-{scheme}-and-its-barriers")
    page.goto(f"{page.url}?lang={language}")
    links = page.locator(".counter-head a, td a").all()[:3]
    paths = [str(link.get_attribute("href")) for link in links]

    for path in (HERE, *paths, f"{HERE}/orders?code=nonsense", "/office/lang-gom/reports"):
        page.goto(counter_address(page) + path)
        for closed in page.locator("main summary").all():
            closed.click()
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def counter_address(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])
