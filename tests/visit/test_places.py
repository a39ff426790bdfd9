"""Floors and grounds on a page: every stop is a link on its drawing and in a list, on the smallest phone too."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import combinations
from math import hypot
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from guide.app import create_app, furnish
from guide.clock import Clock
from guide.publishing.deriving import Deriving
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tours.positions import Place
from guide.visit.places.outdoors import Window, _bar
from guide.visit.places.spreading import NARROWEST, THUMB, Point, spread
from tests.flows.conftest import MUSEUM, TUESDAY_MORNING
from tests.museum import SMALLEST, write

PLAN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">
<desc lang="vi">Sơ đồ phác</desc>
<rect data-room="san" width="200" height="200"><title lang="vi">Sân &amp; giếng</title>
<title lang="en">Yard</title></rect>
<rect id="kho" x="200" width="200" height="200"><title>Nhà kho</title></rect></svg>
"""
GROUNDS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"kind": "water", "name": {"vi": "Hồ <sen>"}},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[106.606, 8.681], [106.61, 8.681], [106.61, 8.6815], [106.606, 8.681]]],
            },
        }
    ],
}
SURVEYED, ON_FLOOR = "position: {{lat: {}, lon: {}, verified: true}}\n", "floor: {{id: tret, x: {}, y: 0.5}}\n"
PLACED = {
    **{path: dedent(text).lstrip() for path, text in MUSEUM.items()},
    "tret.svg": PLAN,
    "dao.geojson": json.dumps(GROUNDS, ensure_ascii=False),
}
PLACED["museum.yaml"] += (
    "floors: [{id: tret, name: {vi: Tầng trệt, en: Ground floor}, svg: tret.svg}]\n"
    "map: {drawing: dao.geojson, credit: {vi: Đảo vẽ}}\n"
)
PLACED["stops/cong-da/stop.yaml"] += SURVEYED.format(8.6823, 106.6071)
PLACED["stops/gieng-co/stop.yaml"] += SURVEYED.format(8.6829, 106.6079) + ON_FLOOR.format(0.2)
PLACED["stops/nha-bep/stop.yaml"] += "position: {lat: 8.68, lon: 106.61}\n" + ON_FLOOR.format(0.7)
NOT_ALL_PLACED = {**PLACED, "stops/am/vi.md": "# Am nhỏ\n\nMột câu.\n", "stops/am/stop.yaml": "number: 106\n"}


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("places")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'guide.sqlite')}"
    settings = Settings(home=folder / "home", database_url=url, log_level="error")
    shelf = Shelf({Clock: Clock(TUESDAY_MORNING)}).over(furnish(settings))
    for name, files in {"dao-xa": PLACED, "lang-gom": dict(SMALLEST), "dao-gan": NOT_ALL_PLACED}.items():
        deriving = Deriving.of(shelf, lambda _: None)
        shelf[Press].publish(write(folder / name, files), name, TUESDAY_MORNING, deriving.at_first)
    with TestClient(create_app(shelf), headers={"accept": "text/html", "accept-language": "vi"}) as browser:
        yield browser


def page(house: TestClient, path: str) -> str:
    answer = house.get(path)
    assert answer.status_code == 200, answer.text[:200]
    return answer.text


def links(text: str) -> list[str]:
    """Where the dots of all drawings lead, in their order."""
    return re.findall(r'data-stop="([^"]+)" x=', text)


def test_every_stop_is_a_link_on_its_drawing_and_in_a_list(placed: TestClient) -> None:
    text = page(placed, "/dao-xa/map?lang=vi")

    assert links(text) == ["cong-da", "nha-bep", "gieng-co", "nha-bep", "gieng-co"]
    for slug in ("cong-da", "nha-bep", "gieng-co"):
        assert text.count(f'href="/dao-xa/stops/{slug}?lang=vi"') >= 2
    assert 'aria-label="103 · Nhà bếp, tạm đóng, vị trí gần đúng"' in text
    assert "style=" not in text.replace("data-style=", "")


def test_stops_that_are_on_no_drawing_are_named_below(placed: TestClient) -> None:
    text = page(placed, "/dao-gan/map?lang=vi")

    assert re.search(r'Chưa rõ vị trí trên sơ đồ: <a href="/dao-gan/stops/am\?lang=vi">106 Am nhỏ</a></p>', text)
    assert "Chưa rõ vị trí" not in page(placed, "/dao-xa/map?lang=vi")


def test_rooms_are_links_to_what_stands_in_them(placed: TestClient) -> None:
    text = page(placed, "/dao-xa/map?lang=vi")

    assert 'href="#room-tret-1" aria-label="Sân &amp; giếng: điểm 102"' in text
    assert 'href="#room-tret-2" aria-label="Nhà kho: điểm 103"' in text
    assert 'id="room-tret-1"' in text
    assert "Sơ đồ phác" in text


def test_a_plan_speaks_the_language_of_the_reader(placed: TestClient) -> None:
    text = page(placed, "/dao-xa/map?lang=en")

    assert 'aria-label="Yard: stop 102"' in text
    assert "Ground floor" in text
    assert 'aria-label="Nhà kho: stop 103"' in text


def test_the_stop_one_stands_at_is_marked_on_every_drawing(placed: TestClient) -> None:
    text = page(placed, "/dao-xa/map?lang=vi&stop=gieng-co")

    assert text.count('aria-current="location"') == 4
    assert text.count('id="here"') == 1
    assert 'aria-label="102 · Giếng cổ, Bạn ở đây"' in text
    assert 'aria-current="location"' not in page(placed, "/dao-xa/map?lang=vi&stop=khong-co&tour=khong&walk=1.x")


def test_a_stop_says_where_it_is_and_leads_there(placed: TestClient) -> None:
    text = page(placed, "/dao-xa/stops/gieng-co?lang=vi")

    assert 'href="/dao-xa/map?stop=gieng-co&amp;lang=vi#here"' in text
    assert "Tầng trệt, Sân &amp; giếng · xem trên sơ đồ" in text


def test_a_composed_walk_is_the_line_that_is_drawn(placed: TestClient) -> None:
    lines = [
        len(re.findall(r'class="line" points="([^"]*)"', page(placed, f"/dao-xa/map?lang=vi&walk={walk}"))[0].split())
        for walk in ("101.102", "101.103.102")
    ]

    assert lines == [2, 3]


def test_a_walk_is_kept_from_the_stop_to_the_map_and_back(placed: TestClient) -> None:
    on_tour = page(placed, "/dao-xa/stops/gieng-co?lang=vi&tour=mot-vong")
    assert 'href="/dao-xa/map?stop=gieng-co&amp;lang=vi&amp;tour=mot-vong#here"' in on_tour

    text = page(placed, "/dao-xa/map?lang=vi&walk=101.102")
    assert 'href="/dao-xa/stops/gieng-co?lang=vi&amp;walk=101.102"' in text
    assert 'href="/dao-xa/stops/nha-bep?lang=vi"' in text


def test_only_surveyed_open_stops_can_propose_themselves(placed: TestClient) -> None:
    text = page(placed, "/dao-xa/map?lang=vi")

    told = re.search(r'data-stops="([^"]*)"', text)
    assert told is not None
    near = json.loads(told[1].replace("&#34;", '"'))
    assert [(stop["slug"], stop["lat"], stop["lon"]) for stop in near] == [
        ("cong-da", 8.6823, 106.6071),
        ("gieng-co", 8.6829, 106.6079),
    ]


def test_a_drawing_is_well_formed_and_its_names_are_words(placed: TestClient) -> None:
    text = page(placed, "/dao-xa/map?lang=vi")

    assert "Hồ &lt;sen&gt;" in text
    for drawn in re.findall(r'<svg class="(?:base|over)".*?</svg>\s*(?=</div>|<svg class="over")', text, re.DOTALL):
        assert ET.fromstring(drawn) is not None


def test_a_museum_that_told_no_places_has_no_map_and_says_so(placed: TestClient) -> None:
    answer = placed.get("/lang-gom/map?lang=vi")

    assert answer.status_code == 404
    assert "chưa có sơ đồ hay bản đồ" in answer.text
    assert "/lang-gom/map" not in page(placed, "/lang-gom?lang=vi")
    assert "guide-near" not in page(placed, "/lang-gom/stops/one?lang=vi")


CROWDS: dict[str, tuple[Point, ...]] = {
    "alone": ((0.5, 0.5),),
    "all in one place": ((0.3, 0.3),) * 6,
    "in a corner": tuple((0.001 * one, 0.0) for one in range(5)),
    "a showcase": tuple((0.5 + one * 0.01, 0.5) for one in range(12)),
    "a full house": tuple((one % 8 / 8, one // 8 / 8) for one in range(64)),
}


@pytest.mark.parametrize("crowd", CROWDS)
@pytest.mark.parametrize("height", [0.5, 1.4])
def test_a_thumb_finds_each_dot_on_the_smallest_phone(crowd: str, height: float) -> None:
    found = spread(CROWDS[crowd], height)
    width = NARROWEST * found.larger
    dots = [(x * width, y * width * height) for x, y in found.dots]

    assert all(hypot(ax - bx, ay - by) >= THUMB - 1 for (ax, ay), (bx, by) in combinations(dots, 2))
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found.dots)


def test_dots_that_have_room_stay_where_they_are() -> None:
    points = ((0.2, 0.2), (0.8, 0.2), (0.5, 0.8))

    found = spread(points, 1.0)

    assert [pytest.approx(point) for point in points] == list(found.dots)
    assert found.larger == 1


def test_the_scale_is_right_to_a_hand_on_a_hundred_metres() -> None:
    """Along a meridian and a parallel at Côn Đảo, as long as the ellipsoid says."""
    place, north, east = Place(8.68, 106.6), Place(8.68 + 0.0009, 106.6), Place(8.68, 106.6 + 0.0009)
    window = Window.around([place, north, east], [])

    (x, y), (_, up), (across, _) = (window.at(one) for one in (place, north, east))

    assert y - up == pytest.approx(99.54, abs=0.1)
    assert across - x == pytest.approx(99.05, abs=0.1)


@pytest.mark.parametrize(("width", "bar"), [(200, 50), (700, 200), (1600, 500), (16_000, 5000)])
def test_the_bar_of_the_scale_is_a_round_number(width: float, bar: int) -> None:
    assert _bar(width) == bar
