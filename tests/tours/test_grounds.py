"""What a museum draws of its grounds is read strictly: a slip is named by its line, not drawn somewhere else."""

from __future__ import annotations

import json

import pytest

from guide.tours.grounds import MOST_POINTS, NotADrawing, drawing
from guide.tours.positions import Place

SQUARE = [[106.6, 8.6], [106.61, 8.6], [106.61, 8.61], [106.6, 8.6]]


def feature(shape: str = "Polygon", coordinates: object = None, **properties: object) -> dict[str, object]:
    geometry = {"type": shape, "coordinates": coordinates or [SQUARE]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def written(*features: object) -> bytes:
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}'.encode()


def test_lines_and_areas_are_drawn_by_their_kind_and_name() -> None:
    drawn = drawing(
        written(
            feature(kind="water", name={"vi": "Hồ"}) | {"id": 7},
            feature("MultiLineString", [SQUARE[:2], [[106.6, 8.6, 12.5], [106.7, 8.7, 13]]], name="Đường Biển"),
        )
    )

    lake, road = drawn.features
    assert (lake.kind, lake.name, lake.area) == ("water", {"vi": "Hồ"}, True)
    assert (road.kind, road.name, road.area) == ("path", "Đường Biển", False)
    assert road.lines[1] == (Place(8.6, 106.6), Place(8.7, 106.7))


@pytest.mark.parametrize(
    ("raw", "kind", "line"),
    [
        (b'{"type": "FeatureCollection",\n"features": [}', "map-json", 2),
        (b"[" * 100_000, "map-json", 1),
        (b"[1, 2]", "map-collection", 1),
        (written(feature(), feature("Point", [106.6, 8.6])), "map-feature", 3),
        (written(feature(), {"type": "Feature", "geometry": None}), "map-feature", 3),
        (written(feature(kidn="water")), "map-property", 2),
        (written(feature() | {"properties": ["water"]}), "map-property", 2),
        (written(feature(kind="lava")), "map-kind", 2),
        (written(feature(name={"vi": 3})), "map-name", 2),
        (written(feature("LineString", [[8.6, 106.6], [8.7, 106.7]])), "map-degrees", 2),
        (written(feature("LineString", [[1_145_745.4, 445_963.7]] * 2)), "map-degrees", 2),
        (written(feature("LineString", [[106.6, 8.6]])), "map-degrees", 2),
        (written(feature("Polygon", [SQUARE[:3]])), "map-degrees", 2),
        (written(feature("Polygon", SQUARE)), "map-degrees", 2),
        (written(feature("LineString", [[106.6, True], [106.7, 8.7]])), "map-degrees", 2),
        (written(feature("LineString", [[106.6, 8.6]] * (MOST_POINTS + 1))), "map-many", 2),
    ],
)
def test_a_slip_is_named_with_its_line(raw: bytes, kind: str, line: int) -> None:
    with pytest.raises(NotADrawing) as refused:
        drawing(raw)

    assert (refused.value.kind, refused.value.line) == (kind, line)
