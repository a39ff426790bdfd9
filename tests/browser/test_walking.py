"""A walk composed on a phone: by the museum, without JavaScript, and by the phone itself where there is no network."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import CONTROLLED, NewPhone, Phone, Site, open_site
from tests.browser.gates import zone_of_noon
from tests.browser.test_access import RULES
from tests.browser.wire import Wire
from tests.flows.conftest import MUSEUM
from tests.tours.walkers import judged_case

TAKE = "guide-take[language=vi]"
COMPOSE = """async cases => {
  const { compose } = await import('/assets/lib/walks/composing.js');
  return cases.map(({ ground, wish, now }) => {
    const walk = compose(ground, wish, new Date(now));
    return {
      calls: walk.calls.map(({ place, leg }) => [place.number, leg.seconds, leg.steps, leg.how]),
      why: walk.calls.map(({ worth }) => worth.why),
      left: walk.leftOut.map(({ place, why }) => [place.number, why]),
      all: [walk.seconds, walk.given, walk.weighed, walk.exact],
    };
  });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Where it is noon: shortly before closing a walk is cut short, and differs from one minute to the next."""
    sheet = MUSEUM["museum.yaml"].rstrip() + f"\n        time_zone: {zone_of_noon(datetime.now(UTC))}\n"
    with open_site(tmp_path_factory.mktemp("noon"), {"museum.yaml": sheet}) as opened:
        yield opened


def test_a_phone_composes_what_the_museum_composes(phone: Phone) -> None:
    chance = random.Random(11)
    cases = [judged_case(chance, chance.choice([1, 2, 5, 8, 13, 14, 15, 20, 40])) for _ in range(120)]
    page = phone.open("/offline")

    assert page.evaluate(COMPOSE, cases) == [case["walk"] for case in cases]


def test_without_javascript_a_family_asks_walks_and_plans_anew(new_phone: NewPhone) -> None:
    page = new_phone(java_script_enabled=False).open("/dao-xa?lang=vi")
    page.click(".for-you a:has-text('Có trẻ nhỏ')")
    page.check("[name=minutes][value='20']", force=True)
    page.check("[name=children]")
    page.click("button:has-text('Tìm lối đi')")
    expect(page.locator("h1")).to_contain_text("Lối đi")
    expect(page.locator(".path .card")).to_have_count(2)

    page.click(".begin a")
    expect(page.locator(".walk")).to_contain_text("điểm 1/2")
    page.click(".steps .after")
    expect(page.locator(".walk")).to_contain_text("điểm 2/2")
    page.click(".onward .quick a >> nth=0")
    expect(page.locator("h1")).to_contain_text("Chưa có lối đi nào vừa 10 phút")
    expect(page.locator(".composed")).to_contain_text("Bạn đã xem hết")


@pytest.fixture
def wire(site: Site) -> Iterator[Wire]:
    wire = Wire(urlsplit(site.url).port or 0)
    yield wire
    wire.close()


def test_without_a_network_a_taken_museum_composes_a_walk_and_is_walked(
    site: Site, wire: Wire, new_phone: NewPhone
) -> None:
    phone = new_phone(Site(wire.url, site.folder, site.settings))
    page = taken(phone)
    wire.cut()

    page.goto(f"{wire.url}/dao-xa/walk?lang=vi")
    page.check("[name=minutes][value='30']", force=True)
    page.click("button:has-text('Tìm lối đi')")
    expect(page.locator("h1")).to_contain_text("Lối đi", timeout=15_000)
    numbers = page.locator(".path .number").all_text_contents()
    assert [re.sub(r"\D", "", number) for number in numbers] in (["101", "102"], ["102", "101"])
    expect(page.locator(".left-out")).to_contain_text("Nhà bếp")
    expect(page.locator(".path .thumb")).to_have_count(1)
    page.wait_for_function("() => document.querySelector('.path .thumb img').naturalWidth > 0")

    page.click(".begin a")
    expect(page.locator(".walk")).to_contain_text("điểm 1/2", timeout=15_000)
    page.click(".steps .after")
    expect(page.locator(".walk")).to_contain_text("điểm 2/2", timeout=15_000)
    assert "walk=" in page.url


def taken(phone: Phone) -> Page:
    page = phone.open("/dao-xa/take?lang=vi")
    page.wait_for_function(CONTROLLED)
    expect(page.locator(TAKE)).to_have_attribute("state", "offered", timeout=15_000)
    page.click(f"{TAKE} [data-act=take]")
    expect(page.locator(TAKE)).to_have_attribute("state", "taken", timeout=90_000)
    return page


def test_the_phone_remembers_the_minutes_that_are_left_and_what_was_heard(phone: Phone) -> None:
    page = phone.open("/dao-xa/walk?lang=vi&minutes=30")
    expect(page.locator("guide-walk:defined")).to_be_visible()
    page.click(".begin > a")

    left = page.locator(".onward .left")
    expect(left).to_contain_text("Còn chừng")
    minutes = int(re.sub(r"\D", "", left.text_content() or ""))
    assert 28 <= minutes <= 30
    here = page.get_attribute("guide-onward", "number")
    page.locator("#sound").dispatch_event("play")
    expect(page.locator(".onward .like")).to_have_attribute("href", re.compile(f"seen=.*{here}"))
    assert phone.complaints == []
    assert phone.strangers == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_walks_have_no_barrier_and_fit_a_small_phone(new_phone: NewPhone, scheme: str) -> None:
    phone = new_phone(color_scheme=scheme, viewport={"width": 320, "height": 640}, bypass_csp=True)
    for asked in ("", "&minutes=45&steps=none&children=yes", "&minutes=5&seen=101.102", "&walk=102.101"):
        page = phone.open(f"/dao-xa/walk?lang=vi{asked}")
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{asked}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.close()


SAID = """() => ['h1', '.facets', '.note', '.path', '.left-out', '.reckoned'].map(
  one => [...document.querySelectorAll(`.composed ${one}`)].map(found => found.textContent.replace(/\\s+/g, '')))"""
COMPOSED_HERE = """asked => {
  history.replaceState(null, '', `/dao-xa/walk?lang=vi&${asked}`);
  const element = document.querySelector('guide-walk');
  element.replaceWith(element);
  document.querySelector('main').append(element);
}"""


@pytest.mark.parametrize(
    "asked", ["minutes=20&children=yes", "minutes=45&steps=none", "walk=102.101", "minutes=10&from=cong-da&seen=101"]
)
def test_a_walk_that_the_phone_composed_reads_as_the_museums(phone: Phone, asked: str) -> None:
    served = phone.open(f"/dao-xa/walk?lang=vi&{asked}").evaluate(SAID)
    page = phone.open("/dao-xa/walk?lang=vi")
    expect(page.locator("guide-walk:defined")).to_be_visible()

    page.evaluate(COMPOSED_HERE, asked)
    expect(page.locator("guide-walk[answered]")).to_be_visible()

    assert page.evaluate(SAID) == served
