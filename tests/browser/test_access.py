"""For everyone: no page has a barrier that axe can find, in light or dark, and none is wider than a small phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import NewPhone

PAGES = (
    "/",
    "/dao-xa",
    "/dao-xa/stops/cong-da",
    "/dao-xa/stops/nha-bep",
    "/dao-xa/tours/mot-vong",
    "/dao-xa/search?q=cong",
    "/dao-xa/stops/khong-co",
    "/offline",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_has_a_barrier(new_phone: NewPhone, scheme: str, language: str) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)

    for path in PAGES:
        page = phone.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        page.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_small_phone(new_phone: NewPhone, path: str) -> None:
    page = new_phone(viewport={"width": 320, "height": 640}).open(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
