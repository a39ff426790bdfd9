"""Staff pages on a small phone: no barrier, nothing wider than the screen, and the day begins without any script."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, NewPhone, Site
from tests.browser.test_access import RULES

EMAIL, PASSWORD = "lan@example.vn", "sáng sớm ra biển"
PAGES = ("/office", "/office/password", "/office/dao-xa/people", "/office/dao-xa/letters", "/office/dao-xa/audit")


@pytest.fixture(scope="module", autouse=True)
def lan(site: Site) -> None:
    words = ["staff", "add", "--email", EMAIL, "--name", "Trần Thị Lan 🐘", "--museum", "dao-xa"]
    told = {**os.environ, **site.settings}
    command = [sys.executable, "-m", "guide", *words]
    subprocess.run(command, env=told, cwd=ROOT, input=PASSWORD.encode(), check=True, capture_output=True)


def sign_in(page: Page) -> Page:
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector("footer.staff")
    return page


@pytest.mark.parametrize(("scheme", "language"), [("light", "vi"), ("dark", "en")])
def test_no_staff_page_has_a_barrier_or_is_wider_than_a_small_phone(
    new_phone: NewPhone, scheme: str, language: str
) -> None:
    phone = new_phone(
        color_scheme=scheme, reduced_motion="reduce", bypass_csp=True, viewport={"width": 320, "height": 640}
    )
    page = phone.open(f"/office/sign-in?lang={language}")
    assert Axe().run(page, options=RULES).violations_count == 0
    sign_in(page)

    for path in PAGES:
        page.goto(phone.site.url + path)
        for closed in page.locator("main summary").all():
            closed.click()
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    assert phone.strangers == []


def test_the_day_begins_and_a_colleague_comes_without_any_script(new_phone: NewPhone) -> None:
    phone = new_phone(java_script_enabled=False)
    page = sign_in(phone.open("/office/dao-xa/people"))
    page.fill("[name=name]", "Lê Văn Minh")
    page.fill("[name=email]", "minh@example.vn")
    page.locator("section [value=gate]").check()
    page.click("section button")
    link = page.input_value(".whole-line")
    page.click(".foot button")
    expect(page.locator("footer.staff")).to_have_count(0)

    page.goto(link)
    page.fill("[name=new]", "gió mùa đông bắc")
    page.click("main button")

    expect(page.locator("h1")).to_have_text("Chào Lê Văn Minh")
    page.wait_for_load_state()
    assert page.locator(".doors a").count() == 1
    assert phone.complaints == []


def test_staff_pages_bring_nothing_that_their_policy_forbids(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = sign_in(phone.open("/office"))

    for path in PAGES:
        page.goto(phone.site.url + path)

    assert phone.complaints == []
    assert phone.strangers == []
