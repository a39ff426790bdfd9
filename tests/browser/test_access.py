"""For everyone: no page has a barrier that axe can find, however it is read, and none is wider than a small phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NewPhone, Phone, Site
from tests.browser.pages import RULES, Whole, spoken

PHONE = {"viewport": {"width": 320, "height": 640}, "reduced_motion": "reduce", "bypass_csp": True}
"""As small as phones are; axe is put into the page, which its policy would not let anybody do."""
CLEARER = {**RULES, "rules": {"color-contrast-enhanced": {"enabled": True}}}
"""Seven to one, where somebody asked for more contrast."""
NOT_OURS = ("/widgets/", "/simulator")
"""Shown as they would look elsewhere: on another website, at a bank."""
READINGS = [
    ("vi", "light", ""),
    ("ar", "dark", ""),
    ("en", "dark", "contrast-more.version-child.motion-calm"),
    ("vi", "light", "contrast-more.text-largest.spacing-wide.version-easy"),
]
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(one => {
  const { left, right, width } = one.getBoundingClientRect();
  const hidden = one.closest('.aside,.skip,.drawings,[hidden],details:not([open])');
  return width && (right > innerWidth + 1 || left < -1) && !hidden;
}).slice(0, 5).map(one => one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 40))"""


@pytest.fixture(scope="module")
def site(whole: Whole) -> Site:
    return whole.site


def settled(page: Page) -> Page:
    """With everything that comes late, and before anything has been touched."""
    page.wait_for_function(
        "() => !document.body.dataset.late || document.querySelector('link[href*=\"late.css\"]')?.sheet"
    )
    page.wait_for_function("() => !document.querySelector('guide-near')?.hidden")
    return page


def opened(phone: Phone, paths: tuple[str, ...], language: str) -> Iterator[tuple[str, Page]]:
    page = phone.context.new_page()
    for path in paths:
        page.goto(phone.site.url + spoken(path, language))
        yield path, settled(page)


def chosen(phone: Phone, choices: str) -> Phone:
    if choices:
        phone.context.add_cookies([{"name": "choices", "value": choices, "url": phone.site.url}])
    return phone


def barriers(page: Page, rules: dict[str, Any]) -> str:
    found = Axe().run(page, options=rules)
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize(("language", "scheme", "choices"), READINGS)
def test_no_page_has_a_barrier_and_none_is_wider_than_a_small_phone(
    new_phone: NewPhone, whole: Whole, language: str, scheme: str, choices: str
) -> None:
    phone = chosen(new_phone(color_scheme=scheme, **PHONE), choices)
    clearer, faults = "contrast" in choices, {}

    for path, page in opened(phone, whole.paths, language):
        wide = page.evaluate(TOO_WIDE) if page.evaluate("document.documentElement.scrollWidth") > 320 else []
        rules = CLEARER if clearer and not path.endswith(NOT_OURS) else RULES
        if found := barriers(page, rules) or wide:
            faults[path] = found

    assert faults == {}


@pytest.mark.parametrize("choices", ["", "text-largest.contrast-more"])
def test_what_is_opened_on_a_page_has_no_barrier_either(new_phone: NewPhone, whole: Whole, choices: str) -> None:
    """The menu of languages, a face and its reasons, the sources, the other tellings."""
    phone = chosen(new_phone(color_scheme="dark", **PHONE), choices)
    ((_, page),) = opened(phone, ("/dao-xa/stops/cong-da",), "vi")
    page.locator("label[for=face-poor]").click()
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")

    assert barriers(page, RULES) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
