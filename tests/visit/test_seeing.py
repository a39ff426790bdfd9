"""Looking closely: a stop's page only offers it; its own page is whole without scripts, and loads nothing by itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from guide.app import create_app, furnish
from guide.clock import Clock
from guide.settings import Settings
from guide.shelf import Shelf
from guide.visit.front import Front
from guide.web import Pages
from tests.flows.conftest import TUESDAY_MORNING, House, write_museum
from tests.museum import write
from tests.views import CAPTIONS, film, glb, picture
from tests.visit.test_taking import pack, urls

pytestmark = pytest.mark.slow

STOP = "/dao-xa/stops/gieng-co"
KINDS = ("model", "panorama", "deepzoom", "sign", "description")
WELL = {
    "stops/gieng-co/stop.yaml": """
        number: 102
        formerly: [gieng-cu]
        seeing:
          - {kind: model, file: well.glb, title: {vi: Miệng giếng}, alt: {vi: Miệng giếng tròn., en: A round mouth.}}
          - {kind: panorama, file: yard.jpg, alt: {vi: Sân giếng.}, credit: {vi: "Tranh của bảo tàng"}}
          - {kind: deepzoom, file: wall.jpg, alt: {vi: Vách đá ong.}}
          - {kind: sign, file: told.mp4, alt: {vi: Bà Tư kể.}, captions: {vi: told.vtt, en: told.en.vtt}}
          - {kind: description, title: {vi: Tả giếng}, alt: {vi: "Giếng tròn.\\n\\nNước ở rất sâu.", en: Round.}}
    """,
    "stops/gieng-co/well.glb": glb(),
    "stops/gieng-co/yard.jpg": picture(2000, 1000),
    "stops/gieng-co/wall.jpg": picture(2600, 1700),
    "stops/gieng-co/told.mp4": film("libx264", "mp4"),
    "stops/gieng-co/told.vtt": CAPTIONS,
    "stops/gieng-co/told.en.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nWelcome.\n",
}
ELEMENT = "guide-seeing"


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[House]:
    root = tmp_path_factory.mktemp("well")
    database = f"sqlite:///{shutil.copy(sqlite_template, root / 'guide.sqlite')}"
    shelf = Shelf({Clock: Clock(TUESDAY_MORNING)}).over(furnish(Settings(home=root / "home", database_url=database)))
    browser = TestClient(create_app(shelf), headers={"accept": "text/html", "accept-language": "vi"})
    house = House(browser, shelf, write(write_museum(root / "dao-xa"), WELL))
    house.publish()
    with browser:
        yield house


def seen(house: House, number: int, language: str = "vi") -> str:
    answer = house.browser.get(f"{STOP}/seeing/{number}?lang={language}")
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def main_of(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def test_the_stop_offers_it_and_loads_nothing_of_it(well: House) -> None:
    text = well.browser.get(f"{STOP}?lang=vi").text

    for number, kind in enumerate(("Mô hình 3D", "Nhìn quanh 360°", "Ảnh lớn", "Phim ký hiệu", "Lời tả"), start=1):
        assert f'{STOP}/seeing/{number}?lang=vi"' in text
        assert kind in text
    assert "0,1 MB" in text
    assert "/assets/bundles/" not in text
    assert ELEMENT not in text
    assert "/media/seen/" not in text
    assert len(re.findall(r'<img src="/media/[0-9a-f]{32}\.webp" alt="" [^>]*loading="lazy"', main_of(text))) == 4


@pytest.mark.parametrize("number", range(1, 6))
def test_each_page_is_whole_before_any_script(well: House, number: int) -> None:
    text = main_of(seen(well, number))

    words = ("Miệng giếng tròn.", "Sân giếng.", "Vách đá ong.", "Bà Tư kể.", "Nước ở rất sâu.")[number - 1]
    assert f"<p>{words}</p>" in text
    assert f'href="{STOP}?lang=vi"' in text
    assert ("download=" in text) == (number != 5)
    assert ('poster="/media/' if number == 4 else '<figure><img src="/media/') in text or number == 5
    if number != 5:
        plain = re.search(r'href="(/media/seen/[^"]+)" download="102-gieng-co-\d\.\w+"', text)
        assert plain
        assert well.browser.get(plain[1]).status_code == 200


def test_the_walk_that_is_followed_is_not_lost_on_the_way(well: House) -> None:
    stop = well.browser.get(f"{STOP}?lang=vi&tour=mot-vong").text
    view = well.browser.get(f"{STOP}/seeing/1?lang=vi&tour=mot-vong").text
    composed = main_of(well.browser.get(f"{STOP}/seeing/1?lang=vi&walk=101.102").text)
    strange = main_of(well.browser.get(f"{STOP}/seeing/1?lang=vi&tour=nowhere").text)

    assert f'href="{STOP}/seeing/1?lang=vi&amp;tour=mot-vong"' in stop
    assert f'href="{STOP}?lang=vi&amp;tour=mot-vong"' in view
    assert f'href="{STOP}/seeing/2?lang=vi&amp;tour=mot-vong"' in view
    assert f'href="{STOP}?lang=vi&amp;walk=101.102"' in composed
    assert f'href="{STOP}?lang=vi"' in strange


def test_its_words_are_in_the_readers_language_or_say_which_they_are(well: House) -> None:
    assert "<p>A round mouth.</p>" in seen(well, 1, "en")
    assert '<section class="words" id="words" lang="vi"' in seen(well, 2, "en")


def test_a_film_has_its_captions_as_tracks_and_as_text(well: House) -> None:
    text = seen(well, 4, "en")

    assert re.search(r'<source src="/media/seen/\w+\.mp4" type="video/mp4">', text)
    assert 'preload="none"' in text
    assert len(re.findall(r'<track kind="captions" src="/media/seen/\w+\.vtt" srclang="(?:vi|en)"', text)) == 2
    assert 'srclang="en" label="English" default' in text
    assert "<p>Welcome.</p>" in text
    track = re.search(r'<track kind="captions" src="([^"]+)" srclang="vi"', text)
    assert track
    assert well.browser.get(track[1]).text == CAPTIONS
    assert ELEMENT not in text


def test_a_film_is_answered_in_parts_and_kept_for_good(well: House) -> None:
    source = re.search(r'<source src="([^"]+)"', seen(well, 4))
    assert source

    part = well.browser.get(source[1], headers={"range": "bytes=0-9"})
    whole = well.browser.get(source[1])

    assert part.status_code == 206
    assert part.content == whole.content[:10]
    assert part.headers["content-type"] == "video/mp4"
    assert "immutable" in whole.headers["cache-control"]
    assert well.browser.get(source[1], headers={"if-none-match": whole.headers["etag"]}).status_code == 304


def test_a_large_picture_is_handed_out_in_tiles(well: House) -> None:
    text = seen(well, 3)
    told = re.search(r'url="(/media/seen/\w+)".*? sides="(\d+) (\d+) (\d+) (\d+)"', text)
    assert told
    url, width, height, _, least = told.groups()

    tile = well.browser.get(f"{url}/{least}/0_0.webp")

    assert (width, height) == ("2600", "1700")
    assert tile.headers["content-type"] == "image/webp"
    assert "immutable" in tile.headers["cache-control"]
    assert "nếu xem hết mọi chỗ" in text


NOT_THERE = [
    f"{STOP}/seeing/0",
    f"{STOP}/seeing/6",
    f"{STOP}/seeing/one",
    f"{STOP}/seeing/99999999999999999999",
    "/dao-xa/stops/cong-da/seeing/1",
    "/dao-xa/stops/nowhere/seeing/1",
    "/media/seen/" + "0" * 32 + ".glb",
    "/media/seen/..%2f..%2fguide.sqlite",
    "/media/seen/" + "0" * 32 + "/9/0_0.webp",
    "/media/seen/" + "0" * 32 + ".zip",
]


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_said_kindly(well: House, path: str) -> None:
    assert well.browser.get(path).status_code == 404


def test_the_tiles_are_not_handed_out_as_one_file(well: House) -> None:
    url = re.search(r'url="(/media/seen/\w+)"', seen(well, 3))
    assert url

    assert well.browser.get(f"{url[1]}.zip").status_code == 404
    assert well.browser.get(f"{url[1]}/11/9_9.webp").status_code == 404


def test_a_renamed_stop_is_found_by_its_old_address(well: House) -> None:
    answer = well.browser.get("/dao-xa/stops/gieng-cu/seeing/2?lang=vi", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (301, f"{STOP}/seeing/2?lang=vi")


def test_only_a_viewers_own_page_lets_more_in(well: House) -> None:
    plain = well.browser.get(f"{STOP}?lang=vi").headers["content-security-policy"]
    policies = [
        well.browser.get(f"{STOP}/seeing/{number}?lang=vi").headers["content-security-policy"] for number in range(1, 6)
    ]

    assert "blob:" not in plain.replace("media-src 'self' blob:", "")
    assert "wasm-unsafe-eval" in policies[0]
    assert policies[1] == plain.replace("img-src 'self' data:", "img-src 'self' data: blob:")
    assert policies[2:] == [plain, plain, plain]
    assert not [policy for policy in policies if "unsafe-inline" in policy or "http" in policy]


def test_where_nothing_could_be_bundled_the_page_is_whole_without_a_viewer(
    well: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf: Shelf = well.browser.app.state.shelf  # type: ignore[attr-defined]
    bare = replace(shelf[Front])
    for name in [name for name in bare.assets if name.startswith("bundles/")]:
        del bare.assets[name]
    monkeypatch.setitem(shelf[Pages]._jinja.globals, "bundled", bare.bundled)
    monkeypatch.setitem(shelf[Pages]._jinja.globals, "weight", bare.weight)

    for number in (1, 2, 3):
        text = main_of(well.browser.get(f"{STOP}/seeing/{number}?lang=vi&bare").text)
        assert ELEMENT not in text
        assert "<button" not in text
        assert "download=" in text
        assert '<figure><img src="/media/' in text


def test_along_go_words_and_small_pictures_only(well: House) -> None:
    listed = pack(well)

    assert {f"{STOP}/seeing/{number}?lang=vi" for number in range(1, 6)} <= urls(listed, "page")
    assert not [url for url in urls(listed) if "/media/seen/" in url or "/bundles/" in url]
    poster = re.search(r'poster="([^"]+)"', seen(well, 4))
    assert poster
    assert poster[1] in urls(listed, "picture")
