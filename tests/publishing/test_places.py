"""Floor plans and what a map is drawn of: refused with file and line, taken in whole, handed out to phones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.publishing.places import show_tiles
from guide.tours import tiles
from tests.museum import SMALLEST, SVG, Files, Publishing
from tests.publishing.test_mistakes import mistakes
from tests.tiles import pictures

GROUNDS = json.dumps({"type": "FeatureCollection", "features": []})
PLACED: Files = {
    **SMALLEST,
    "museum.yaml": """
        name: {vi: Làng Gốm}
        languages: [vi]
        floors: [{id: ground, name: {vi: Tầng trệt}, svg: plans/ground.svg}]
        map: {drawing: plans/lang.geojson, credit: {vi: Làng vẽ}}
    """,
    "plans/ground.svg": SVG,
    "plans/lang.geojson": GROUNDS,
    "stops/one/stop.yaml": """
        floor: {id: ground, x: 0.25, y: 0.5}
        position: {lat: 1145745.457, lon: 445963.799, epsg: 5899, verified: true}
    """,
}
SHEET = "name: {vi: Làng}\nlanguages: [vi]\n"
BROKEN = [
    ({"museum.yaml": SHEET + "floors: [{id: g, name: {vi: T}, svg: g.png}]\n"}, "museum.yaml:3 plan-not-svg"),
    (
        {
            "museum.yaml": SHEET
            + "floors:\n- {id: g, name: {vi: T}, svg: g.svg}\n- {id: g, name: {vi: U}, svg: g.svg}\n",
            "g.svg": SVG,
        },
        "museum.yaml:5 floor-twice",
    ),
    (
        {
            "museum.yaml": SHEET + "floors: [{id: g, name: {vi: T}, svg: g.svg}]\n",
            "g.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        },
        "g.svg:1 plan-without-box",
    ),
    (
        {
            "museum.yaml": SHEET + "floors: [{id: g, name: {vi: T}, svg: g.svg}]\n",
            "g.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<path d="M0 0h9"/>\n<script/></svg>',
        },
        "g.svg:3 picture-unsafe",
    ),
    ({"museum.yaml": SHEET + "map: {drawing: lang.geojson}\n"}, "museum.yaml:3 names-missing-file"),
    (
        {
            "museum.yaml": SHEET + "map: {drawing: lang.geojson}\n",
            "lang.geojson": '{"type": "FeatureCollection",\n"features": [}',
        },
        "lang.geojson:2 map-json",
    ),
    ({"museum.yaml": SHEET + "map: {tiles: l.pmtiles}\n", "l.pmtiles": b"PMTiles\x03"}, "l.pmtiles:1 tiles-broken"),
    (
        {"stops/one/stop.yaml": "position: {lat: 10.3, lon: 107.2, epsg: 9210}\n"},
        "stops/one/stop.yaml:1 position-metres",
    ),
]


@pytest.mark.parametrize(("files", "mistake"), BROKEN)
def test_what_cannot_be_drawn_is_named_with_its_line(tmp_path: Path, files: Files, mistake: str) -> None:
    assert mistakes(tmp_path, {**SMALLEST, **files}) == [mistake]


def test_a_surveyed_position_and_a_plan_are_taken_in(publishing: Publishing) -> None:
    publishing(PLACED)

    stop = publishing.museum.stop("one")
    assert stop is not None
    assert stop.position is not None
    assert (round(stop.position.place.lat, 6), round(stop.position.place.lon, 6)) == (10.360281, 107.25833)
    assert set(publishing.museum.manifest.files) == {"plans/ground.svg", "plans/lang.geojson"}


def test_tiles_are_handed_out_under_a_name_of_their_own(publishing: Publishing, tmp_path: Path) -> None:
    body = pictures(tmp_path / "made.pmtiles", 10.36, 107.26).read_bytes()
    publishing({**SMALLEST, "museum.yaml": SHEET + "map: {tiles: l.pmtiles}\n", "l.pmtiles": body})
    museum, storage = publishing.museum, publishing.press.storage

    show_tiles(storage, museum.manifest.files, museum.sheet)

    shown = storage.path(tiles.shown_name(museum.manifest.files["l.pmtiles"]))
    assert shown is not None
    assert shown.read_bytes() == body
