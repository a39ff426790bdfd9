"""Looking closely in a real browser: nothing is loaded unasked, every viewer opens, and no hand has to drag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import FLAGS, Phone, Site, launched, open_site
from tests.browser.test_places import DRIVER
from tests.views import packed_glb
from tests.visit.test_seeing import STOP, WELL

DRAWS = [*(flag for flag in FLAGS if flag != "--disable-gpu"), "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
"""Three dimensions, drawn without a graphics card."""
DRAWS_NOT = [*FLAGS, "--disable-3d-apis"]
PATIENT = 90_000
WELL_PACKED = {
    "stops/gieng-da/stop.yaml": "seeing: [{kind: model, file: packed.glb, alt: {vi: Một hình chóp.}}]\n",
    "stops/gieng-da/vi.md": "# Giếng đá\n\nGiếng xếp đá.\n",
    "stops/gieng-da/packed.glb": packed_glb(),
}
VIEWERS = {"model": 1, "panorama": 2, "deepzoom": 3}
OpenPhone = Callable[..., Phone]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site"), {**WELL, **WELL_PACKED}) as opened:
        yield opened


@pytest.fixture
def open_phone(site: Site, playwright: Playwright, tmp_path: Path) -> Iterator[OpenPhone]:
    phones: list[Phone] = []

    def make(flags: list[str] = DRAWS, **options: object) -> Phone:
        context = launched(playwright, tmp_path / f"profile{len(phones)}", flags, **options)
        phones.append(Phone(context, site))
        phones[-1].context.set_default_timeout(PATIENT)
        return phones[-1]

    yield make
    for phone in phones:
        phone.context.close()


def seeing(kind: str) -> str:
    return f"{STOP}/seeing/{VIEWERS[kind]}?lang=vi"


def opened(page: Page) -> str:
    """What is said once the viewer is there."""
    page.click(".offer button")
    return told(page)


def told(page: Page, before: str = "Đang mở…") -> str:
    said = page.locator(".told")
    expect(said).not_to_have_text(before, timeout=PATIENT)
    expect(said).not_to_be_empty(timeout=PATIENT)
    return said.inner_text()


def wait_for_another_sight(page: Page, seen: bytes) -> None:
    for _ in range(100):
        if page.locator(".stage").screenshot(timeout=PATIENT) != seen:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the same is seen as before")


def complaints(phone: Phone) -> list[str]:
    return [said for said in phone.complaints if DRIVER not in said]


def test_a_stop_page_asks_for_no_viewer(open_phone: OpenPhone) -> None:
    phone, asked = open_phone(FLAGS), list[str]()
    phone.context.on("request", lambda request: asked.append(request.url))

    page = phone.open(f"{STOP}?lang=vi")
    page.locator("#seeing").scroll_into_view_if_needed()
    page.wait_for_function(
        "() => [...document.querySelectorAll('[aria-labelledby=seeing] img')].some(one => one.naturalWidth > 0)"
    )
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if url.endswith(".webp")]
    assert not [url for url in asked if "/bundles/" in url or "/media/seen/" in url]


@pytest.mark.parametrize("kind", VIEWERS)
def test_a_viewer_opens_when_asked_and_is_led_by_buttons_and_keys(open_phone: OpenPhone, kind: str) -> None:
    phone, asked = open_phone(), list[str]()
    phone.context.on("request", lambda request: asked.append(request.url))
    page = phone.open(seeing(kind))
    expect(page.locator(".offer")).to_contain_text("MB")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/bundles/" in url or "/media/seen/" in url]

    first = opened(page)
    seen = page.locator(".stage").screenshot(timeout=PATIENT)
    page.click("[data-way=in]")
    closer = told(page, first)
    page.click("[data-way=right]")
    page.click("[data-way=right]")
    page.click("[data-way=right]")
    told(page, closer)
    wait_for_another_sight(page, seen)
    page.focus(".stage")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("0")

    expect(page.locator(".told")).to_have_text(first, timeout=PATIENT)
    assert "phóng 1 lần" in first.lower()
    assert "phóng 1 lần" not in closer.lower()
    assert complaints(phone) == []
    assert phone.strangers == []


def test_a_packed_model_is_unpacked_by_our_own_decoder(open_phone: OpenPhone) -> None:
    phone, asked = open_phone(), list[str]()
    phone.context.on("request", lambda request: asked.append(request.url))
    page = phone.open("/dao-xa/stops/gieng-da/seeing/1?lang=vi")

    opened(page)

    assert [url for url in asked if url.endswith("/assets/bundles/decoders/draco_decoder.wasm")]
    assert complaints(phone) == []
    assert phone.strangers == []


def test_where_three_dimensions_cannot_be_drawn_picture_and_words_stay(open_phone: OpenPhone) -> None:
    phone, asked = open_phone(DRAWS_NOT), list[str]()
    phone.context.on("request", lambda request: asked.append(request.url))
    page = phone.open(seeing("model"))

    page.click(".offer button")

    expect(page.locator("guide-seeing > [role=alert]")).to_contain_text("WebGL")
    expect(page.locator("figure img")).to_be_visible()
    expect(page.locator("#words")).to_contain_text("Miệng giếng tròn.")
    assert not [url for url in asked if "/bundles/" in url]


def test_what_could_not_be_loaded_can_be_tried_again(open_phone: OpenPhone) -> None:
    phone = open_phone()
    page = phone.open(seeing("deepzoom"))
    page.route("**/media/seen/**", lambda route: route.abort())
    page.click(".offer button")
    expect(page.locator("guide-seeing > [role=alert]")).to_contain_text("Chưa mở được", timeout=PATIENT)
    expect(page.locator("figure img")).to_be_visible()

    page.unroute("**/media/seen/**")

    assert "ở giữa" in opened(page)
    expect(page.locator("guide-seeing > [role=alert]")).to_be_hidden()


def test_the_whole_screen_can_be_had_and_given_back(open_phone: OpenPhone) -> None:
    page = open_phone().open(seeing("deepzoom"))
    opened(page)
    whole = page.locator("[data-way=whole]")

    whole.click()
    expect(whole).to_have_attribute("aria-pressed", "true")
    whole.click()

    expect(whole).to_have_attribute("aria-pressed", "false")


def test_every_control_has_a_name_and_room_for_a_finger(open_phone: OpenPhone) -> None:
    page = open_phone().open(seeing("deepzoom"))
    opened(page)

    boxes = page.locator(".levers button").evaluate_all(
        "all => all.map((one) => [one.ariaLabel, one.offsetWidth, one.offsetHeight])"
    )

    assert len({name for name, _, _ in boxes}) == len(boxes) == 8
    assert all(name and width >= 44 and height >= 44 for name, width, height in boxes)
    expect(page.get_by_role("application", name="Ảnh lớn")).to_be_focused()


def test_nothing_glides_where_less_motion_is_wished(open_phone: OpenPhone) -> None:
    page = open_phone(reduced_motion="reduce").open(seeing("model"))
    opened(page)

    assert page.evaluate("document.querySelector('model-viewer').interpolationDecay") == 0
    assert not page.evaluate("document.querySelector('model-viewer').hasAttribute('auto-rotate')")


def test_a_film_plays_with_its_captions_and_without_any_script_of_ours(open_phone: OpenPhone) -> None:
    phone = open_phone(FLAGS, java_script_enabled=True)
    page = phone.open(f"{STOP}/seeing/4?lang=vi")

    page.locator("video").evaluate("film => { film.muted = true; return film.play(); }")

    shown = "document.querySelector('video').textTracks[0]"
    modes = page.evaluate("[...document.querySelector('video').textTracks].map(one => [one.language, one.mode])")
    assert ["vi", "showing"] in modes
    assert page.evaluate(f"{shown}.kind") == "captions"
    assert phone.complaints == []
    assert phone.strangers == []
