"""A museum in the pocket: taken while there is a network, walked through without one, never staler than it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error, Page, Playwright, Route, expect

from tests.browser.conftest import CONTROLLED, NewPhone, Phone, Site, launched, promised
from tests.browser.wire import Wire

MUSEUM = "/dao-xa?lang=vi"
STOP = "/dao-xa/stops/cong-da?lang=vi"
TAKE = "/dao-xa/take?lang=vi"
VIETNAMESE = "guide-take[language=vi]"
PLAYS = "() => document.querySelector('audio').currentTime > 0.2"
BURIED = "async () => (await (await caches.open('gone')).keys()).length > 0"
CHOSEN = """async language => {
  const kept = await (await caches.open('language')).match('/language');
  return (await kept?.text()) === language;
}"""


@pytest.fixture
def wire(site: Site) -> Iterator[Wire]:
    wire = Wire(urlsplit(site.url).port or 0)
    yield wire
    wire.close()


@pytest.fixture
def phone(site: Site, wire: Wire, new_phone: NewPhone) -> Phone:
    return new_phone(Site(wire.url, site.folder, site.settings))


@pytest.fixture
def taken(phone: Phone) -> Page:
    """A phone that has taken the museum along in Vietnamese."""
    page = ready_to_take(phone)
    take(page)
    return page


def ready_to_take(phone: Phone) -> Page:
    page = phone.open(TAKE)
    page.wait_for_function(CONTROLLED)
    expect(page.locator(VIETNAMESE)).to_have_attribute("state", "offered", timeout=60_000)
    return page


def take(page: Page) -> None:
    page.click(f"{VIETNAMESE} [data-act=take]")
    expect(page.locator(VIETNAMESE)).to_have_attribute("state", "taken", timeout=90_000)


def go(page: Page, phone: Phone, path: str) -> None:
    page.goto(phone.site.url + path)


def scanned(page: Page, phone: Phone) -> str:
    """The code on the label of the first stop."""
    return str(page.evaluate(CODE_OF, "/dao-xa/stops/cong-da"))


CODE_OF = """async (path) => {
  const pack = await (await fetch("/api/v1/museums/dao-xa/pack?lang=vi")).json();
  return Object.keys(pack.codes).find((code) => pack.codes[code].startsWith(path));
}"""


def test_the_size_is_said_before_anything_is_downloaded(phone: Phone) -> None:
    page = ready_to_take(phone)

    expect(page.locator(f"{VIETNAMESE} .told")).to_contain_text("MB")
    assert page.evaluate("caches.has('pack:dao-xa:vi')") is False


def test_a_whole_visit_without_a_network(taken: Page, phone: Phone, wire: Wire) -> None:
    code = scanned(taken, phone)
    wire.cut()

    go(taken, phone, f"/q/{code[:3]}-{code[3:].lower()}")

    expect(taken.locator("h1")).to_contain_text("Cổng đá")
    expect(taken.locator("guide-age")).to_contain_text("lưu")
    taken.click("#play")
    taken.wait_for_function(PLAYS)
    assert taken.evaluate(SEEKS)
    taken.wait_for_function("() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)")


SEEKS = """() => new Promise((done) => {
  const audio = document.querySelector("audio"), to = audio.duration / 2;
  audio.pause(); // so that it is still there when somebody looks
  audio.onseeked = () => done(Math.abs(audio.currentTime - to) < 1);
  audio.currentTime = to;
})"""


OPENS_ALONE = {
    "/dao-xa/102": "Giếng cổ",
    "/dao-xa/go?number=1 0 2&lang=vi": "Giếng cổ",
    "/dao-xa/stops/cong-da?lang=vi&tour=mot-vong": "Cổng đá",
    "/dao-xa/stops/cong-da?lang=vi&walk=101.102": "Cổng đá",
    "/dao-xa/tours/mot-vong?lang=vi": "Một vòng 20 phút",
    "/dao-xa/search?q=gieng&lang=vi": "Tìm",
    "/dao-xa/ask?q=Xây năm nào?&lang=vi": "Hỏi bảo tàng",
    "/dao-xa/walk?minutes=45&lang=vi": "",
    "/dao-xa?page=1&lang=vi": "Nhà tù Đảo Xa",
    "/": "Nhà tù Đảo Xa",
    "/dao-xa/999": "Không có trong phần đã tải",
    "/q/AAAAAAA": "Không có trong phần đã tải",
    "/dao-xa/go?number=gì đó&lang=vi": "Không có trong phần đã tải",
    "/dao-xa/tickets?lang=vi": "Chưa có mạng",
}


def test_every_address_of_a_museum_that_was_taken_along_opens_alone(taken: Page, phone: Phone, wire: Wire) -> None:
    wire.cut()

    for path, seen in OPENS_ALONE.items():
        go(taken, phone, path)
        expect(taken.locator("h1")).to_contain_text(seen)


def test_a_question_asked_from_a_stop_alone_leads_to_the_page_of_asking(taken: Page, phone: Phone, wire: Wire) -> None:
    wire.cut()
    go(taken, phone, STOP)

    taken.fill("#question", "Xây năm nào?")
    taken.press("#question", "Enter")

    expect(taken.locator("h1")).to_contain_text("Hỏi bảo tàng")
    assert parse_qs(urlsplit(taken.url).query) == {"q": ["Xây năm nào?"], "stop": ["cong-da"], "lang": ["vi"]}


def test_what_was_not_taken_along_offers_the_number_pad(taken: Page, phone: Phone, wire: Wire) -> None:
    wire.cut()
    go(taken, phone, "/q/AAAAAAA")

    taken.fill("#number", "101")
    taken.keyboard.press("Enter")

    expect(taken.locator("h1")).to_contain_text("Cổng đá")


def test_after_a_break_only_what_is_missing_is_fetched(phone: Phone, wire: Wire) -> None:
    page = ready_to_take(phone)

    def breaks(route: Route) -> None:
        wire.cut_after(kilobytes=1)
        route.continue_()

    page.route("**/media/*.webm", breaks, times=1)  # the pages before it have arrived
    page.click(f"{VIETNAMESE} [data-act=take]")
    expect(page.locator(VIETNAMESE)).to_have_attribute("state", "broken", timeout=60_000)
    there = set(page.evaluate(FILES))
    wire.mend()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(path_of(request.url)))

    take(page)

    assert there
    assert not there & set(asked)
    assert page.evaluate(WHOLE) == []


def path_of(url: str) -> str:
    there = urlsplit(url)
    return f"{there.path}?{there.query}" if there.query else there.path


FILES = """async () => {
  const kept = await (await caches.open("pack:dao-xa:vi")).keys();
  const list = "/api/v1/museums/dao-xa/pack?lang=vi";
  return kept.map(({ url }) => url.slice(location.origin.length)).filter((url) => url !== list);
}"""
WHOLE = """async () => {
  const cache = await caches.open("pack:dao-xa:vi"), wrong = [];
  const { files } = await (await cache.match("/api/v1/museums/dao-xa/pack?lang=vi")).json();
  for (const { url, bytes, sha256 } of files) {
    const body = await (await cache.match(url))?.arrayBuffer();
    const hash = body && [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))];
    const told = hash?.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (body?.byteLength !== bytes || told !== sha256) wrong.push(url);
  }
  return wrong;
}"""


def test_a_new_edition_brings_only_what_is_new(taken: Page, phone: Phone, site: Site, wire: Wire) -> None:
    (site.folder / "stops/gieng-co/vi.md").write_text("# Giếng cổ\n\nGiếng sâu mười hai mét.\n")
    site.show()
    taken.reload()
    expect(taken.locator(VIETNAMESE)).to_have_attribute("state", "newer", timeout=60_000)
    asked: list[str] = []
    taken.on("request", lambda request: asked.append(path_of(request.url)))

    take(taken)

    pages = [path for path in asked if path.startswith("/dao-xa/stops/")]
    assert all("gieng-co" in path or "tour=" in path or "nha-bep" in path for path in pages)
    assert "/dao-xa/stops/gieng-co?lang=vi" in pages
    assert taken.evaluate(WHOLE) == []
    wire.cut()
    go(taken, phone, "/dao-xa/102")
    expect(taken.locator(".telling")).to_contain_text("mười hai mét")


def test_it_is_deleted_when_it_is_asked_twice(taken: Page) -> None:
    remove = f"{VIETNAMESE} [data-act=remove]"
    taken.click(remove)
    expect(taken.locator(remove)).to_contain_text("lần nữa")
    assert taken.evaluate("caches.has('pack:dao-xa:vi')")

    taken.click(remove)

    expect(taken.locator(VIETNAMESE)).to_have_attribute("state", "offered", timeout=60_000)
    assert taken.evaluate("caches.has('pack:dao-xa:vi')") is False


def test_a_phone_without_room_is_told_so_and_nothing_is_begun(phone: Phone) -> None:
    phone.context.add_init_script("navigator.storage.estimate = async () => ({ quota: 1e5, usage: 9e4 })")
    page = ready_to_take(phone)

    page.click(f"{VIETNAMESE} [data-act=take]")

    expect(page.locator(f"{VIETNAMESE} .told")).to_contain_text("không đủ chỗ")
    assert page.evaluate("caches.has('pack:dao-xa:vi')") is False


SPOILT = """
const { fetch } = window;
window.fetch = (url, told) =>
  `${url}`.endsWith("/stops/gieng-co?lang=vi") ? Promise.resolve(new Response("khác")) : fetch(url, told);
"""


def test_a_file_that_arrives_damaged_is_not_kept(phone: Phone) -> None:
    phone.context.add_init_script(SPOILT)
    page = ready_to_take(phone)

    page.click(f"{VIETNAMESE} [data-act=take]")

    expect(page.locator(VIETNAMESE)).to_have_attribute("state", "damaged", timeout=90_000)
    assert "/dao-xa/stops/gieng-co?lang=vi" not in page.evaluate(FILES)


def shut(why: str) -> str:
    return f"status: {{closed: {{from: 2020-01-01, reason: {{vi: {why}}}}}}}\n"


Well = Callable[[str], None]
WITHDRAWN = "withdrawn: {since: 2026-11-20, reason: {vi: Giếng đã lấp}}\n"


@pytest.fixture
def well(site: Site) -> Iterator[Well]:
    """What becomes of the well: published with this more; after the test it is as it was."""
    sheet = site.folder / "stops/gieng-co/stop.yaml"
    before = sheet.read_text()

    def becomes(more: str) -> None:
        sheet.write_text(before + more)
        site.show()

    yield becomes
    becomes("")


def test_a_closure_beats_the_pack_as_soon_as_there_is_a_network(
    taken: Page, phone: Phone, well: Well, wire: Wire
) -> None:
    well(shut("Đang vét giếng"))
    wire.hold()
    go(taken, phone, "/dao-xa/stops/gieng-co?lang=vi")
    expect(taken.locator("h1")).to_contain_text("Giếng cổ")
    expect(taken.locator(".is-shut")).to_have_count(0)

    wire.let_go()

    expect(taken.locator(".is-shut")).to_contain_text("vét giếng")
    promised(taken, KEPT_SHUT)
    wire.cut()
    go(taken, phone, "/dao-xa/stops/gieng-co?lang=vi")
    expect(taken.locator(".is-shut")).to_contain_text("vét giếng")


KEPT_SHUT = """async () => {
  const kept = await (await caches.open("pages")).match(location.href);
  return Boolean((await kept?.text())?.includes("vét giếng"));
}"""


def test_any_page_that_is_read_with_a_network_brings_the_closures_of_all(
    taken: Page, phone: Phone, well: Well, wire: Wire
) -> None:
    well(shut("Đang thay gàu"))

    go(taken, phone, STOP)

    promised(taken, SAYS_SHUT)
    wire.cut()
    go(taken, phone, "/dao-xa/102")
    expect(taken.locator(".is-shut")).to_contain_text("thay gàu")


SAYS_SHUT = """async () => {
  const cache = await caches.open("pack:dao-xa:vi");
  return (await (await cache.match("/dao-xa/stops/gieng-co?lang=vi")).text()).includes("thay gàu");
}"""


LIST = "**/api/v1/museums/dao-xa/pack?**"


def test_closures_come_first_when_there_is_more_than_is_fetched_unasked(
    taken: Page, phone: Phone, well: Well, wire: Wire
) -> None:
    well(shut("Đang thay gàu"))
    taken.route(LIST, with_a_large_sound)

    go(taken, phone, STOP)

    promised(taken, SAYS_SHUT)
    go(taken, phone, TAKE)
    expect(taken.locator(VIETNAMESE)).to_have_attribute("state", "newer", timeout=60_000)


def with_a_large_sound(route: Route) -> None:
    with suppress(Error):  # the page was left meanwhile
        listed = route.fetch().json()
        listed["files"].insert(0, {"url": "/media/large.webm", "kind": "sound", "bytes": 3_000_000, "sha256": "-"})
        route.fulfill(json=listed)


def test_what_was_taken_back_beats_the_pack_however_it_is_asked_for(
    taken: Page, phone: Phone, well: Well, wire: Wire
) -> None:
    well(WITHDRAWN)
    taken.route(LIST, lambda route: route.abort())
    go(taken, phone, "/dao-xa/stops/gieng-co?lang=vi&walk=101.102")
    expect(taken.locator(".tomb")).to_contain_text("Giếng đã lấp")
    promised(taken, BURIED)
    wire.cut()

    go(taken, phone, "/dao-xa/stops/gieng-co?lang=vi")

    expect(taken.locator(".tomb")).to_contain_text("Giếng đã lấp")


def test_a_question_in_an_address_does_not_stay_on_the_phone(taken: Page, phone: Phone) -> None:
    for path in ("/dao-xa/ask?q=Xây năm nào?&lang=vi", "/dao-xa/search?q=gieng&lang=vi", STOP):
        go(taken, phone, path)
        taken.wait_for_load_state("networkidle")

    promised(taken, f"async () => (await ({KEPT})()).some((url) => url.includes('cong-da'))")
    assert not [url for url in taken.evaluate(KEPT) if "q=" in url]


KEPT = "async () => (await (await caches.open('pages')).keys()).map(({ url }) => url)"


def test_an_address_without_a_language_is_answered_in_the_one_chosen_last(taken: Page, phone: Phone) -> None:
    for path in ("/dao-xa", "/dao-xa?lang=en", "/dao-xa"):
        go(taken, phone, path)
        taken.wait_for_load_state("networkidle")
        if "lang=en" in path:
            promised(taken, CHOSEN, "en")

    expect(taken.locator("html")).to_have_attribute("lang", "en")


def test_no_other_kind_of_file_goes_on_in_the_middle_of_a_sound(taken: Page) -> None:
    asked = [taken.evaluate(KIND, place) for place in ("1000-1009", "0-9", "1000-1009")]

    assert asked == ["audio/mpeg", "audio/webm", "audio/webm"]


KIND = """async (range) => {
  const { url } = (await (await caches.open("pack:dao-xa:vi")).keys()).find(({ url }) => url.endsWith(".webm"));
  const answer = await fetch(url.replace(/webm$/, "mp3"), { headers: { Range: `bytes=${range}` } });
  return answer.headers.get("content-type");
}"""


def test_a_sound_that_plays_is_not_interrupted_by_what_is_new(
    taken: Page, phone: Phone, well: Well, wire: Wire
) -> None:
    well(WITHDRAWN)
    wire.hold()
    go(taken, phone, "/dao-xa/stops/gieng-co?lang=vi")
    taken.click("#play")
    taken.wait_for_function(PLAYS)
    taken.evaluate("window.sound = document.querySelector('audio')")

    wire.let_go()

    expect(taken.locator("guide-age")).to_contain_text("bản mới")
    assert taken.evaluate("window.sound.isConnected && window.sound === document.querySelector('audio')")
    taken.click("guide-age a")
    expect(taken.locator(".tomb")).to_contain_text("Giếng đã lấp")


def test_a_scan_is_in_the_language_that_was_read_last(taken: Page, phone: Phone) -> None:
    """Taken along in Vietnamese, read in English while there is a network."""
    go(taken, phone, "/dao-xa?lang=en")
    expect(taken.locator("h1")).to_contain_text("Far Island Prison")
    promised(taken, CHOSEN, "en")

    go(taken, phone, "/dao-xa/101")

    expect(taken.locator("h1")).to_contain_text("The stone gate")


def test_the_guide_can_be_installed(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    phone = Phone(launched(playwright, tmp_path / "profile"), site)
    page = phone.open(MUSEUM)
    page.wait_for_function(CONTROLLED)
    devtools = phone.context.new_cdp_session(page)

    told = devtools.send("Page.getInstallabilityErrors")

    assert told["installabilityErrors"] == []
    phone.context.close()
