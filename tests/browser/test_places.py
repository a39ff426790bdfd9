"""Plans and maps in a real browser: by thumb, by keys, without scripts; and a position that stays on the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import CONTROLLED, ROOT, NewPhone, Phone, Site, open_site
from tests.browser.test_access import RULES, settled
from tests.browser.wire import Wire
from tests.museum import write
from tests.tiles import pictures, shapes
from tests.visit.test_places import PLACED

MAP = "/dao-xa/map?lang=vi"
GATE, WELL = (8.6823, 106.6071), (8.6829, 106.6079)
FAR = (8.70, 106.63)
SMALL = {"width": 320, "height": 640}
BUNDLED = (ROOT / "pwa" / "bundles" / "map.js").exists()
DRESSED = "() => getComputedStyle(document.querySelector('guide-near > button')).borderRadius !== '0px'"
needs_bundles = pytest.mark.skipif(not BUNDLED, reason="nothing is bundled here: no npm")
WITH_TILES = PLACED["museum.yaml"].replace("dao.geojson,", "dao.geojson, tiles: dao.pmtiles,")
PATIENT = 90_000
DRIVER = "GL Driver Message"
"""What a machine without a graphics card says of drawing; no fault of the page."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("placed")) as opened:
        write(opened.folder, {**PLACED, "museum.yaml": WITH_TILES})
        shapes(opened.folder / "dao.pmtiles", *GATE)
        opened.show()
        yield opened


def test_without_scripts_every_dot_and_room_is_a_link(new_phone: NewPhone) -> None:
    page = new_phone(java_script_enabled=False).open(MAP)

    page.get_by_role("link", name="Nhà kho: điểm 103").click(position={"x": 12, "y": 12})
    expect(page).to_have_url(re.compile("#room-tret-2$"))
    page.locator("#floor-tret .dot[data-stop=gieng-co] a").click()

    page.wait_for_url(lambda url: urlsplit(url).path == "/dao-xa/stops/gieng-co")
    page.get_by_role("link", name="Tầng trệt, Sân & giếng · xem trên sơ đồ").click()
    page.wait_for_url("**stop=gieng-co**")
    expect(page.locator("#floor-tret [aria-current=location]").first).to_be_visible()


def test_a_thumb_finds_each_dot_on_a_small_phone(new_phone: NewPhone) -> None:
    page = new_phone(viewport=SMALL).open(MAP)

    found = page.evaluate("""() => [...document.querySelectorAll(".dot a")].map((link) => {
      link.scrollIntoView({ block: "center", inline: "center" });
      const { x, y, width, height } = link.querySelector(".reach").getBoundingClientRect();
      const corners = [[.5, .5], [.2, .5], [.8, .5], [.5, .2], [.5, .8]];
      const its = ([a, b]) => link.contains(document.elementFromPoint(x + a * width, y + b * height));
      return [width, height, corners.every(its)];
    })""")

    assert len(found) == 5
    assert all(round(min(sides), 2) >= 44 and its_own for *sides, its_own in found)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_plan_is_walked_through_and_made_larger_by_keys_alone(phone: Phone) -> None:
    page = phone.open(MAP)
    plan = page.locator("#floor-tret .plan")
    expect(page.locator("#floor-tret .zooms button")).to_have_count(2)
    before = width(page)

    plan.focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert width(page) > before * 2
    page.keyboard.press("-")
    page.get_by_role("button", name="Thu nhỏ").last.click()
    assert width(page) == before

    plan.focus()
    names = [tabbed(page) for _ in range(4)]
    assert names == [
        "Sân & giếng: điểm 102",
        "Nhà kho: điểm 103",
        "103 · Nhà bếp, tạm đóng, vị trí gần đúng",
        "102 · Giếng cổ",
    ]
    page.keyboard.press("Enter")
    page.wait_for_url("**/stops/gieng-co?lang=vi")
    assert phone.complaints == []


def width(page: Page) -> float:
    found: float = page.evaluate("document.querySelector('#floor-tret .drawn').getBoundingClientRect().width")
    return found


def tabbed(page: Page) -> str:
    page.keyboard.press("Tab")
    name: str = page.evaluate("document.activeElement.getAttribute('aria-label')")
    return name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_has_no_barrier(new_phone: NewPhone, scheme: str) -> None:
    phone = new_phone(color_scheme=scheme, bypass_csp=True, viewport=SMALL)

    page = phone.open(f"{MAP}&stop=gieng-co")
    expect(page.locator(".zooms").first).to_be_visible()
    settled(page)

    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@needs_bundles
def test_the_detailed_map_comes_when_it_is_asked_for_and_is_moved_by_buttons(phone: Phone) -> None:
    fetched: list[str] = []
    phone.context.on("request", lambda request: fetched.append(urlsplit(request.url).path))
    page = phone.open(MAP)
    expect(page.get_by_role("button", name="Bản đồ chi tiết")).to_be_visible()
    assert not any("/bundles/" in path for path in fetched)

    page.get_by_role("button", name="Bản đồ chi tiết").click()
    pin = page.get_by_role("link", name="102 · Giếng cổ").and_(page.locator(".pin"))
    expect(page.get_by_role("button", name="Về bản vẽ")).to_be_visible(timeout=PATIENT)
    expect(pin).to_be_visible()
    before = pin.bounding_box()
    page.get_by_role("button", name="Sang phía tây").click()
    page.wait_for_function(
        "(x) => document.querySelector('.pin[href*=gieng-co]').getBoundingClientRect().x > x + 60", arg=before["x"]
    )

    assert any(path.endswith(".pmtiles") for path in fetched)
    page.get_by_role("button", name="Về bản vẽ").click()
    expect(page.locator("#grounds .plan")).to_be_visible()
    assert phone.strangers == []
    assert [said for said in phone.complaints if DRIVER not in said] == []


@needs_bundles
def test_where_the_detailed_map_cannot_come_the_drawing_stays(phone: Phone) -> None:
    page = phone.open(MAP)
    page.evaluate("HTMLCanvasElement.prototype.getContext = () => null")

    page.get_by_role("button", name="Bản đồ chi tiết").click()

    expect(page.locator("guide-map [role=status]")).to_contain_text(
        "Máy này chưa mở được bản đồ chi tiết", timeout=PATIENT
    )
    expect(page.locator("#grounds .plan")).to_be_visible()


def test_without_a_network_the_pack_has_the_plans_and_says_where_one_stands(site: Site, new_phone: NewPhone) -> None:
    wire = Wire(urlsplit(site.url).port or 0)
    page = new_phone(Site(wire.url, site.folder, site.settings)).open("/dao-xa/take?lang=vi")
    page.wait_for_function(CONTROLLED)
    taken = page.locator("guide-take[language=vi]")
    page.click("guide-take[language=vi] [data-act=take]")
    expect(taken).to_have_attribute("state", re.compile("taken|damaged"), timeout=PATIENT)
    if taken.get_attribute("state") == "damaged":  # a recording came meanwhile, and the page that names it is another
        page.get_by_role("button", name="Tải tiếp").first.click()
        expect(taken).to_have_attribute("state", "taken", timeout=PATIENT)

    wire.cut()
    page.goto(f"{wire.url}/dao-xa/map?stop=gieng-co&lang=vi")

    expect(page.locator("#floor-tret .dot.is-here[data-stop=gieng-co]")).to_be_visible()
    page.wait_for_function("() => document.querySelector('.drawn img').naturalWidth > 0")
    wire.close()


LOOKED_AT = """
const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
navigator.geolocation.watchPosition = (look, ...rest) => watch((fix) => {
  look(fix);
  globalThis.lookedAt = fix.coords.latitude;
}, ...rest);
"""


@pytest.fixture
def walker(new_phone: NewPhone) -> Phone:
    return walking(new_phone)


def walking(new_phone: NewPhone, **options: object) -> Phone:
    phone = new_phone(geolocation=at(FAR), permissions=["geolocation"], **options)
    phone.context.set_geolocation(at(FAR))
    phone.context.add_init_script(LOOKED_AT)
    return phone


def at(place: tuple[float, float], accuracy: float = 8) -> dict[str, float]:
    return {"latitude": place[0], "longitude": place[1], "accuracy": accuracy}


def walk(phone: Phone, *places: tuple[float, float], accuracy: float = 8) -> None:
    """Each reading a hair beside the one before, as phones have it; the next comes when it has been looked at."""
    for number, (lat, lon) in enumerate(places):
        here = lat + number * 1e-6
        phone.context.set_geolocation(at((here, lon), accuracy))
        phone.context.pages[-1].wait_for_function("(here) => Math.abs(globalThis.lookedAt - here) < 1e-7", arg=here)


def turned_on(phone: Phone, path: str = MAP) -> Page:
    page = phone.open(path)
    page.get_by_role("button", name="Báo tôi khi đến gần").click()
    expect(page.locator("guide-near [role=status]")).to_contain_text("Đang để ý")
    return page


@pytest.mark.parametrize("comes", [True, False])
def test_the_offer_to_tell_what_is_near_waits_until_it_is_dressed(new_phone: NewPhone, comes: bool) -> None:
    walker = walking(new_phone, service_workers="block")  # which fetches the same style
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    walker.context.route("**/styles/places.css*", hold)
    page = walker.open("/dao-xa/stops/cong-da?lang=vi")
    offer = page.get_by_role("button", name="Báo tôi khi đến gần")
    while not held:
        page.wait_for_timeout(20)
    expect(offer).to_be_hidden()

    held[0].continue_() if comes else held[0].abort()

    expect(offer).to_be_visible()
    assert page.evaluate(DRESSED) == comes


def test_a_stop_proposes_itself_once_when_one_comes_near(walker: Phone) -> None:
    page = turned_on(walker)
    card = page.locator(".card-near a")
    expect(card).to_have_count(0)

    walk(walker, GATE, GATE)
    expect(card).to_have_text("101 · Cổng đá")
    walk(walker, FAR, FAR)
    expect(card).to_have_count(0)
    walk(walker, GATE, GATE, GATE)
    expect(card).to_have_count(0)
    walk(walker, WELL, WELL)
    expect(card).to_have_text("102 · Giếng cổ")

    card.click()
    expect(page.get_by_role("button", name="Thôi báo")).to_have_attribute("aria-pressed", "true")
    walk(walker, WELL, WELL, WELL)
    expect(page.locator(".card-near")).to_have_count(0)


def test_a_vague_position_proposes_nothing(walker: Phone) -> None:
    page = turned_on(walker)

    walk(walker, GATE, GATE, GATE, accuracy=60)

    expect(page.locator("guide-near [role=status]")).to_contain_text("mờ quá")
    expect(page.locator(".card-near")).to_have_count(0)


def test_a_position_never_leaves_the_phone(walker: Phone) -> None:
    sent: list[str] = []
    walker.context.on("request", lambda request: sent.append(everything_in(request)))
    page = turned_on(walker)
    walk(walker, GATE, GATE, FAR, WELL, WELL)
    page.locator(".card-near a").click()
    page.goto(f"{walker.site.url}/dao-xa?lang=vi")
    walk(walker, GATE, WELL)

    assert len(sent) > 5
    coordinates = [f"{degrees:.3f}" for place in (GATE, WELL, FAR) for degrees in place]
    assert [text for text in sent if any(number in text for number in coordinates)] == []
    assert [text for text in sent if re.search(r"\b(lat|lon|latitude|longitude|geo)=", text)] == []
    kept: str = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert not any(number in kept for number in coordinates)


def everything_in(request: Request) -> str:
    return f"{request.url} {request.headers} {request.post_data_buffer}"


def test_nobody_is_asked_for_a_position_unasked(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.context.add_init_script("navigator.geolocation.watchPosition = () => { throw new Error('asked'); }")
    page = phone.open(MAP)
    expect(page.get_by_role("button", name="Báo tôi khi đến gần")).to_be_visible()

    page.goto(f"{phone.site.url}/dao-xa/stops/cong-da?lang=vi")

    expect(page.get_by_role("button", name="Báo tôi khi đến gần")).to_be_visible()
    assert phone.complaints == []


@needs_bundles
def test_tiles_that_are_pictures_are_drawn_too(site: Site, new_phone: NewPhone) -> None:
    pictures(site.folder / "dao.pmtiles", *GATE)
    site.show()
    page = new_phone().open(MAP)

    page.get_by_role("button", name="Bản đồ chi tiết").click()

    expect(page.get_by_role("button", name="Về bản vẽ")).to_be_visible(timeout=PATIENT)
    expect(page.locator(".maplibregl-canvas")).to_be_visible()
