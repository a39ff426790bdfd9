"""The locked phone: stop after stop is told by one sound, and its buttons do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AWAKE, CONTROLLED, SPOKEN, NewPhone, Phone, Site, open_site, promised
from tests.browser.put_away import open_put_away
from tests.browser.wire import Wire

WALK = "&tour=nam-diem"
FIRST = f"/dao-xa/stops/mot?lang=vi{WALK}"
SOUND = "document.querySelector('#sound')"
TOLD = f"() => {SOUND}.currentTime > 0.1 && !{SOUND}.paused"
HASTE = f"""() => {{
  const going = {SOUND}.currentTime > 0.1 && !{SOUND}.paused && {SOUND}.duration > 1;
  if (going) {SOUND}.currentTime = {SOUND}.duration - 0.3;
  return going;
}}"""
STOPS = {"mot": "Bến tàu", "hai": "Hàng bàng", "ba": "Sân đá", "bon": "Bờ tường", "nam": "Ngọn đồi"}
PLACES = ("mot", "hai", "cong-da", "nha-bep", "ba", "bon", "nam")

WATCH = """
  globalThis.seen = {told: [], counted: [], titles: [], places: [], hidden: [], asked: [], handlers: {}};
  const ask = fetch.bind(globalThis);
  globalThis.fetch = (url, ...told) => (seen.asked.push(String(url)), ask(url, ...told));
  const add = (type, act) => document.addEventListener(type, act, true);
  add('playing', ({target}) => {
    const path = new URL(target.src).pathname;
    if (seen.told.at(-1) !== path) { seen.told.push(path); seen.hidden.push(document.visibilityState); }
  });
  const beacon = navigator.sendBeacon.bind(navigator);
  const count = text => seen.counted.push(JSON.parse(text));
  navigator.sendBeacon = (url, body) => (body.text().then(count), beacon(url, body));
  const session = navigator.mediaSession, set = session.setActionHandler.bind(session);
  session.setActionHandler = (action, act) => (seen.handlers[action] = act, set(action, act));
  const place = session.setPositionState.bind(session);
  session.setPositionState = told => (seen.places.push(told ?? {}), place(told));
  const metadata = Object.getOwnPropertyDescriptor(MediaSession.prototype, 'metadata');
  Object.defineProperty(session, 'metadata', {
    get: () => metadata.get.call(session),
    set: told => (seen.titles.push(told.title), metadata.set.call(session, told)),
  });
"""
KEPT_SOUND = "async () => (await (await caches.open('media')).keys()).length >= 2"
"""The worker has two files: a sound and its sentences."""
KEPT_PAGE = "async url => Boolean(await (await caches.open('pages')).match(url))"
LINGER = f"({SOUND}.playbackRate = 0.1, {SOUND}.currentTime = {SOUND}.duration - 3)"
LINGERS = f"() => !{SOUND}.seeking && {SOUND}.readyState === 4 && {SOUND}.currentTime > {SOUND}.duration - 3.1"
NEWS = """async ([url, keptAt]) => {
  const line = new MessageChannel(), heard = new Promise(done => line.port1.onmessage = ({data}) => done(data.news));
  navigator.serviceWorker.controller.postMessage({type: 'news', url, keptAt}, [line.port2]);
  return heard;
}"""
NO_CLOCKS = """
  addEventListener('visibilitychange', () => {
    for (const clock of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
      globalThis[clock] = () => 0;
    }
  });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Five stops on a walk, among them the kitchen, which is closed; on another the gate, which is written in a
    language that no voice can tell."""
    with open_site(tmp_path_factory.mktemp("walk")) as walk:
        for number, (slug, title) in enumerate(STOPS.items(), start=201):
            folder = walk.folder / "stops" / slug
            folder.mkdir()
            (folder / "stop.yaml").write_text(f"number: {number}\n", "utf-8")
            (folder / "vi.md").write_text(f"# {title}\n\n{said(title)}\n", "utf-8")
        (walk.folder / "stops" / "mot" / "stop.yaml").write_text(
            "number: 201\nimages: [{file: ben.svg, alt: {vi: Bến}}]\n", "utf-8"
        )
        (walk.folder / "stops" / "mot" / "ben.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"><path d="M0 0h640v400z"/></svg>', "utf-8"
        )
        tours = {"nam-diem": (*STOPS, "nha-bep"), "hai-tieng": ("hai", "cong-da", "bon")}
        for slug, stops in tours.items():
            line = ", ".join(f"{{stop: {stop}}}" for stop in sorted(stops, key=PLACES.index))
            tour = f"title: {{vi: Năm điểm}}\nminutes: 10\nstops: [{line}]\n"
            (walk.folder / "tours" / f"{slug}.yaml").write_text(tour, "utf-8")
        walk.show()
        yield walk


def said(title: str) -> str:
    """One sentence, and long enough that it is still told when a slow machine comes to look."""
    ways = ("bến", "cổng", "hàng cây", "mái ngói", "sân", "giếng", "bếp lửa", "bờ tường", "con đường", "ngọn đồi")
    return f"Đây là điểm {title}, " + ", ".join(f"từ {one} ra {two}" for one, two in pairwise(ways)) + "."


def open_watched(phone: Phone, path: str = FIRST) -> Page:
    phone.context.add_init_script(WATCH)
    return phone.open(path)


def play(page: Page) -> None:
    page.click("#play")
    page.wait_for_function(TOLD)
    page.wait_for_function(AWAKE)
    page.wait_for_function("() => navigator.mediaSession.metadata?.title")


def hasten(page: Page) -> None:
    """To just before the end of what is told now, where everything goes as it would have gone after minutes."""
    page.wait_for_function(AWAKE)
    page.wait_for_function(HASTE)


def heading(page: Page, title: str) -> None:
    expect(page.locator("h1")).to_have_text(title)


def test_five_stops_are_told_with_the_screen_off(site: Site, tmp_path: Path) -> None:
    """No clock runs once the page is hidden: only what the sound itself tells leads on."""
    with open_put_away(site.url + FIRST, tmp_path / "profile", WATCH + NO_CLOCKS) as phone:
        phone.wait(f"({AWAKE})()")
        element = phone.tell("globalThis.first = document.querySelector('#sound'), true")
        phone.tap("#play")
        phone.wait("seen.told.length === 1")
        phone.put_away()

        for number in range(1, 6):
            phone.wait(f"seen.told.length === {number} && seen.titles.length === {number} && ({HASTE})()")
        phone.wait("seen.counted.filter(one => one.what === 'finished').length === 5")
        phone.wait("document.querySelector('guide-queue [role=status]').textContent.includes('Đã kể hết')")

        assert element
        assert phone.tell("document.querySelector('#sound') === first")
        assert phone.tell("document.querySelectorAll('audio').length") == 1
        assert phone.tell("seen.hidden") == ["visible"] + 4 * ["hidden"]
        assert phone.tell("seen.titles") == list(STOPS.values())
        assert phone.tell("seen.counted.filter(one => one.what === 'play').map(one => one.key)") == list(STOPS)
        assert phone.tell("location.pathname") == "/dao-xa/stops/nam"
        assert phone.tell("document.title").startswith("Ngọn đồi")


def test_a_closed_stop_is_passed_over_with_a_word(new_phone: NewPhone) -> None:
    page = open_watched(new_phone(), f"/dao-xa/stops/hai?lang=vi{WALK}")
    play(page)

    hasten(page)
    heading(page, "Sân đá")

    expect(page.locator("guide-queue [role=status]")).to_have_text(
        "Bỏ qua 103 · Nhà bếp: đang đóng cửa. Đang kể: 203 · Sân đá."
    )


def test_a_stop_that_no_voice_can_tell_is_passed_over_with_a_word(new_phone: NewPhone) -> None:
    page = open_watched(new_phone(), "/dao-xa/stops/hai?lang=rad&tour=hai-tieng")
    play(page)

    hasten(page)
    heading(page, "Bờ tường")

    said = page.inner_text("guide-queue [role=status]")
    assert "101 · Ƀăng boh tâo" in said
    assert "204 · Bờ tường" in said


def test_the_words_the_address_and_the_links_are_those_of_the_stop_that_is_told(
    site: Site, new_phone: NewPhone
) -> None:
    phone = new_phone()
    page = open_watched(phone)
    page.wait_for_function(AWAKE)
    page.select_option("guide-player select", "1.5")
    play(page)

    hasten(page)
    heading(page, "Hàng bàng")
    page.wait_for_selector("#s1.spoken")

    assert page.url == f"{site.url}/dao-xa/stops/hai?lang=vi{WALK}"
    assert page.inner_text("#s1") == said("Hàng bàng")
    assert page.evaluate(f"{SOUND}.playbackRate") == 1.5
    assert page.get_attribute(".tongues a[lang=en]", "href") == "/dao-xa/stops/hai?tour=nam-diem&lang=en"
    assert page.get_attribute(".controls .next", "href") == f"/dao-xa/stops/nha-bep?lang=vi{WALK}"
    assert page.get_attribute("link[rel=canonical]", "href") == f"{site.url}/dao-xa/stops/hai?lang=vi"
    assert page.evaluate("document.activeElement.id") == "play", "the finger, or the reader, stays where it was"
    assert phone.complaints == []
    assert phone.strangers == []


def test_the_back_button_leads_back_and_the_sound_comes_along(new_phone: NewPhone) -> None:
    page = open_watched(new_phone())
    first = page.evaluate(f"{SOUND}.src")
    play(page)
    hasten(page)
    heading(page, "Hàng bàng")

    page.evaluate("history.back()")
    heading(page, "Bến tàu")
    page.wait_for_function(TOLD)

    assert page.evaluate(f"{SOUND}.src") == first
    assert page.evaluate("location.pathname") == "/dao-xa/stops/mot"


def test_the_buttons_of_a_locked_phone_lead_on_back_and_to_a_place(new_phone: NewPhone) -> None:
    page = open_watched(new_phone())
    play(page)
    page.wait_for_function("() => seen.places.some(one => one.duration > 1)")

    page.evaluate(f"{SOUND}.playbackRate = 0.1")  # so slow that it is about where it was sought when somebody looks
    sought = page.evaluate(f"(seen.handlers.seekto({{seekTime: 1}}), {SOUND}.currentTime)")
    page.wait_for_function("() => seen.places.some(one => Math.abs(one.position - 1) < 0.3)")
    back = page.evaluate(f"(seen.handlers.seekbackward({{}}), {SOUND}.currentTime)")
    ahead = page.evaluate(f"(seen.handlers.seekforward({{seekOffset: 1}}), {SOUND}.currentTime)")
    page.evaluate("seen.handlers.nexttrack()")
    heading(page, "Hàng bàng")
    page.wait_for_function(TOLD)
    page.evaluate("seen.handlers.previoustrack()")
    heading(page, "Bến tàu")
    page.wait_for_function(TOLD)

    assert abs(sought - 1) < 0.2
    assert back < 0.2
    assert ahead - back > 0.8
    assert page.evaluate("seen.handlers.previoustrack") is None, "nothing comes before the first"
    assert page.evaluate("navigator.mediaSession.metadata.artist") == "Nhà tù Đảo Xa"


def test_the_artwork_of_a_locked_phone_is_a_square_picture(site: Site, new_phone: NewPhone) -> None:
    page = open_watched(new_phone())
    play(page)
    own = page.evaluate("navigator.mediaSession.metadata.artwork[0]")
    page.evaluate("seen.handlers.nexttrack()")
    heading(page, "Hàng bàng")
    shown = "own => ![undefined, own].includes(navigator.mediaSession.metadata?.artwork[0].src)"
    page.wait_for_function(shown, arg=own["src"])
    house = page.evaluate("navigator.mediaSession.metadata.artwork[0]")
    measured = """src => new Promise(done => {
      const picture = new Image(); picture.onload = () => done([picture.naturalWidth, picture.naturalHeight]);
      picture.src = src;
    })"""

    for told in (own, house):
        assert (told["sizes"], told["type"]) == ("512x512", "image/png")
        assert page.evaluate(measured, told["src"]) == [512, 512]
    assert own["src"] == f"{site.url}/dao-xa/stops/mot/artwork.png"


def test_a_walk_that_was_composed_goes_on_as_it_was_composed(new_phone: NewPhone) -> None:
    page = open_watched(new_phone(), "/dao-xa/stops/ba?lang=vi&walk=203.201.205")
    play(page)

    hasten(page)
    heading(page, "Bến tàu")
    hasten(page)
    heading(page, "Ngọn đồi")

    assert page.evaluate("new URLSearchParams(location.search).get('walk')") == "203.201.205"


def test_who_scans_one_label_hears_one_stop_unless_they_choose_to_listen_on(site: Site, new_phone: NewPhone) -> None:
    page = open_watched(new_phone(), "/dao-xa/stops/mot?lang=vi")
    play(page)
    hasten(page)
    page.wait_for_function(f"() => {SOUND}.ended && {SOUND}.paused")
    heading(page, "Bến tàu")

    page.get_by_role("switch", name="Nghe liền mạch").check()
    play(page)
    hasten(page)
    heading(page, "Hàng bàng")
    page.goto(site.url + "/dao-xa/stops/ba?lang=vi")

    expect(page.get_by_role("switch")).to_be_checked()


def test_who_listens_on_goes_on_by_the_page_s_own_links_too(new_phone: NewPhone) -> None:
    page = open_watched(new_phone())
    play(page)
    page.evaluate("globalThis.same = true")

    page.click(".steps a.after")
    heading(page, "Hàng bàng")
    page.wait_for_function(TOLD)

    assert page.evaluate("globalThis.same"), "it is still the same page"
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_a_link_to_a_closed_stop_opens_it_all_the_same(new_phone: NewPhone) -> None:
    page = open_watched(new_phone(), f"/dao-xa/stops/hai?lang=vi{WALK}")
    play(page)

    page.click(".steps a.after")

    heading(page, "Nhà bếp")


def test_one_tap_on_a_walk_tells_it_from_its_first_stop(new_phone: NewPhone) -> None:
    phone = new_phone()
    page = open_watched(phone, "/dao-xa/tours/nam-diem?lang=vi")
    page.wait_for_function("() => customElements.get('guide-queue')")

    page.get_by_role("link", name="Nghe cả chặng").click()
    heading(page, "Bến tàu")
    page.wait_for_function(TOLD)
    expect(page.get_by_role("switch")).to_be_checked()
    hasten(page)
    heading(page, "Hàng bàng")
    page.wait_for_function(TOLD)
    page.evaluate("history.go(-2)")

    heading(page, "Năm điểm")
    assert phone.complaints == []


@pytest.fixture
def wire(site: Site) -> Iterator[Wire]:
    wire = Wire(urlsplit(site.url).port or 0)
    yield wire
    wire.close()


@pytest.fixture
def wired(site: Site, wire: Wire, new_phone: NewPhone) -> Phone:
    return new_phone(Site(wire.url, site.folder, site.settings))


def test_the_next_stop_is_there_before_the_network_goes(wired: Phone, wire: Wire) -> None:
    page = open_watched(wired)
    page.wait_for_function(CONTROLLED)
    play(page)
    promised(page, KEPT_SOUND)
    page.evaluate(LINGER)
    page.wait_for_function(LINGERS)

    wire.cut()
    page.evaluate(f"{SOUND}.playbackRate = 2")
    heading(page, "Hàng bàng")
    page.wait_for_function(TOLD)
    hasten(page)

    expect(page.locator("guide-queue [role=status]")).to_contain_text("Chưa tải được điểm kế tiếp")


def test_a_walk_from_the_pocket_is_told_without_a_network(wired: Phone, wire: Wire) -> None:
    page = open_watched(wired, "/dao-xa/take?lang=vi")
    page.wait_for_function(CONTROLLED)
    page.click("guide-take[language=vi] [data-act=take]")
    expect(page.locator("guide-take[language=vi]")).to_have_attribute("state", "taken", timeout=90_000)
    page.goto(f"{wire.url}/dao-xa/tours/nam-diem?lang=vi")
    page.wait_for_function(AWAKE)
    wire.cut()

    page.get_by_role("link", name="Nghe cả chặng").click()
    heading(page, "Bến tàu")
    page.wait_for_function(TOLD)
    for title in ("Hàng bàng", "Sân đá"):
        hasten(page)
        heading(page, title)
        page.wait_for_function(TOLD)

    expect(page.locator("guide-queue [role=status]")).to_contain_text("Bỏ qua 103 · Nhà bếp: đang đóng cửa.")


def test_a_stop_that_closed_since_it_was_kept_is_passed_over(wired: Phone, site: Site) -> None:
    page = open_watched(wired)
    page.wait_for_function(CONTROLLED)
    for slug in ("ba", "bon"):
        page.goto(f"{wired.site.url}/dao-xa/stops/{slug}?lang=vi{WALK}")
        promised(page, KEPT_PAGE, f"/dao-xa/stops/{slug}?lang=vi{WALK}")
    sheet = site.folder / "stops" / "bon" / "stop.yaml"
    before = sheet.read_text("utf-8")
    sheet.write_text(before + "status: {closed: {from: 2020-01-01, reason: {vi: Sửa bờ}}}\n", "utf-8")
    site.show()
    page.goto(f"{wired.site.url}/dao-xa/stops/ba?lang=vi{WALK}")

    play(page)
    page.wait_for_function("() => seen.asked.some(url => url.includes('/stops/nam'))")
    hasten(page)

    heading(page, "Ngọn đồi")
    sheet.write_text(before, "utf-8")
    site.show()


def test_a_copy_that_was_renewed_since_it_was_read_is_news(wired: Phone) -> None:
    """The queue reads the next stop's page ahead; when it asks, the worker may hold a newer copy already."""
    page = open_watched(wired)
    page.wait_for_function(CONTROLLED)
    page.goto(f"{wired.site.url}/dao-xa/stops/ba?lang=vi{WALK}")
    next_stop = f"/dao-xa/stops/bon?lang=vi{WALK}"
    page.evaluate("url => fetch(url, {headers: {accept: 'text/html'}})", next_stop)
    promised(page, KEPT_PAGE, next_stop)

    asked = [wired.site.url + next_stop, 1]
    assert page.evaluate(NEWS, asked) == "renewed"
    assert page.evaluate(f"async ([url]) => ({NEWS})([url, Date.now()])", asked) == "same"


def test_without_scripts_the_big_button_leads_to_the_first_stop(new_phone: NewPhone) -> None:
    page = new_phone(java_script_enabled=False).open("/dao-xa/tours/nam-diem?lang=vi")

    page.get_by_role("link", name="Nghe cả chặng").click()

    heading(page, "Bến tàu")
    expect(page.get_by_role("switch")).to_be_hidden()


def test_sentences_that_are_heard_alone_lead_on_too(site: Site, new_phone: NewPhone) -> None:
    """The second stop is long and was never recorded: it is told sentence by sentence when its turn comes."""
    pairs = [f"Từ bến {one} đến bến {other} người ta đi chừng ba trăm bước." for one in "ABCDEFG" for other in "HIKLM"]
    folder = site.folder / "stops" / "dai"
    folder.mkdir()
    (folder / "vi.md").write_text("# Đường dài\n\n" + " ".join(pairs), "utf-8")
    (site.folder / "tours" / "dai.yaml").write_text(
        "title: {vi: Dài}\nminutes: 10\nstops: [{stop: nam}, {stop: dai}, {stop: mot}]\n", "utf-8"
    )
    site.show("--no-audio")
    phone = new_phone()
    phone.context.add_init_script(SPOKEN)
    page = open_watched(phone, "/dao-xa/stops/nam?lang=vi&tour=dai")
    play(page)

    hasten(page)
    heading(page, "Đường dài")
    page.wait_for_function(TOLD, timeout=60_000)
    page.wait_for_function("() => spoken.includes('Đường dài s1')")
