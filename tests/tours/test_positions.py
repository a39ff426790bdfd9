"""Where a stop stands: what surveyors wrote in VN-2000 is found again by a phone."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest
from pydantic import ValidationError

from guide.tours import positions
from guide.tours.content import Position
from guide.tours.positions import Place, wgs84

PUBLISHED = """
    09°45′22.357″ 107°58′59.645″ 09°45′26.050″ 107°58′53.250″
    09°48′49.998″ 107°54′49.367″ 09°48′53.690″ 107°54′42.970″
    10°20′14.098″ 107°17′06.022″ 10°20′17.777″ 107°16′59.607″
    10°21′26.160″ 107°15′39.067″ 10°21′29.839″ 107°15′32.651″
    10°21′30.762″ 107°15′33.523″ 10°21′34.441″ 107°15′27.107″
    10°21′37.012″ 107°15′29.987″ 10°21′40.691″ 107°15′23.571″
"""
"""WGS 84 and VN-2000 of one point each: notice to mariners 168/TBHH-TCTBĐATHHMN of 18 June 2021."""

PROJECTED = [
    (1_145_745.457, 445_963.799, 5899, Place(10 + 21 / 60 + 37.012 / 3600, 107 + 15 / 60 + 29.987 / 3600)),
    (1_143_193.711, 448_881.392, 5899, Place(10 + 20 / 60 + 14.098 / 3600, 107 + 17 / 60 + 6.022 / 3600)),
    (1_143_559.632, 667_927.036, 9210, Place(10 + 20 / 60 + 14.098 / 3600, 107 + 17 / 60 + 6.022 / 3600)),
    (1_401_220.905, 449_841.707, 9218, Place(12.67, 108.04)),
    (2_409_405.828, 443_962.411, 9211, Place(21.78, 105.46)),
    (2_409_308.084, 495_667.830, 9209, Place(21.78, 105.46)),
    (2_284_304.185, 557_114.892, 9209, Place(20.65, 106.05)),
]
"""As another implementation (PROJ 9.5.1) projects them."""


def degrees(written: str) -> float:
    whole, minutes, seconds = (float(part) for part in written.strip("″").replace("°", " ").replace("′", " ").split())
    return whole + minutes / 60 + seconds / 3600


def metres(one: Place, other: Place) -> float:
    return hypot((one.lat - other.lat) * 111_000, (one.lon - other.lon) * 111_320 * cos(radians(one.lat)))


@pytest.mark.parametrize("line", [line for line in PUBLISHED.splitlines() if line.strip()])
def test_the_published_points_agree_within_two_centimetres(line: str) -> None:
    lat, lon, north, east = map(degrees, line.split())

    assert metres(wgs84(north, east, 4756), Place(lat, lon)) < 0.02


@pytest.mark.parametrize(("north", "east", "epsg", "place"), PROJECTED)
def test_metres_in_a_zone_lead_to_the_same_place(north: float, east: float, epsg: int, place: Place) -> None:
    assert metres(wgs84(north, east, epsg), place) < 0.02


def test_the_wrong_meridian_is_219_kilometres_away() -> None:
    right, wrong = (wgs84(1_143_193.711, 448_881.392, epsg) for epsg in (5899, 9210))

    assert metres(right, wrong) == pytest.approx(219_000, rel=0.01)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ({"lat": 10.36, "lon": 107.26, "epsg": 32648}, "position-system"),
        ({"lat": 91, "lon": 0}, "position-range"),
        ({"lat": 445_963.8, "lon": 1_145_745.5, "epsg": 5899}, "position-swapped"),
        ({"lat": 10.36, "lon": 107.26, "epsg": 9210}, "position-metres"),
    ],
)
def test_what_is_no_position_is_refused_for_what_it_is(written: dict[str, float], kind: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Position.model_validate(written)

    assert [error["type"] for error in refused.value.errors()] == [kind]


def test_degrees_of_phones_stay_as_they_were_written() -> None:
    assert Position(lat=8.6823, lon=106.6071).place == Place(8.6823, 106.6071)
    assert positions.problem(8.6823, 106.6071, positions.WGS_84) is None
