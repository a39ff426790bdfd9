"""Where a stop stands on the earth: phones speak WGS 84, Vietnamese surveyors VN-2000, and 190 metres lie between them.

A surveyed position is written in the system of its sheet: in degrees, or in metres as `lat` (X, to the north) and `lon`
(Y, to the east) with the code of the zone. The zone is never guessed from a province: 105°45′ taken for 107°45′ is
219 km.
"""

from __future__ import annotations

from functools import lru_cache
from math import asin, atan2, cos, cosh, degrees, hypot, pi, radians, sin, sinh, sqrt
from typing import NamedTuple

WGS_84 = 4326
VN_2000 = 4756
_DEGREES = (WGS_84, VN_2000)


class Place(NamedTuple):
    """Degrees in WGS 84, as phones and GeoJSON mean them."""

    lat: float
    lon: float


class _Zone(NamedTuple):
    meridian: float
    scale: float


_THREE_DEGREES = (
    "5896 102, 5897 105, 5898 108, 5899 107.75, 9205 103, 9206 104, 9207 104.5, 9208 104.75, 9209 105.5, 9210 105.75, "
    "9211 106, 9212 106.25, 9213 106.5, 9214 107, 9215 107.25, 9216 107.5, 9217 108.25, 9218 108.5"
)
"""EPSG's codes for the zones of three degrees, and their meridians."""
ZONES = {3405: _Zone(105.0, 0.9996), 3406: _Zone(111.0, 0.9996)} | {
    int(code): _Zone(float(meridian), 0.9999)
    for code, meridian in (zone.split() for zone in _THREE_DEGREES.split(", "))
}
KNOWN = frozenset({*_DEGREES, *ZONES})
FALSE_EASTING = 500_000.0
_NORTH, _EAST = (800_000, 2_700_000), (100_000, 900_000)
"""Between the southernmost islands and Hà Giang, and as far from a meridian as its zone is ever used."""


def problem(lat: float, lon: float, epsg: int) -> str | None:
    """Why this cannot be a position: a kind of mistake, or None."""
    if epsg not in KNOWN:
        return "position-system"
    if epsg in _DEGREES:
        return None if abs(lat) <= 90 and abs(lon) <= 180 else "position-range"
    if _within(lat, _NORTH) and _within(lon, _EAST):
        return None
    return "position-swapped" if _within(lon, _NORTH) and _within(lat, _EAST) else "position-metres"


def _within(value: float, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= value <= bounds[1]


@lru_cache(maxsize=4096)
def wgs84(lat: float, lon: float, epsg: int = WGS_84) -> Place:
    if epsg == WGS_84:
        return Place(lat, lon)
    written = Place(lat, lon) if epsg == VN_2000 else _unprojected(lat, lon, ZONES[epsg])
    return _shifted(written)


_A = 6_378_137.0
_F = 1 / 298.257223563
_E2 = _F * (2 - _F)
_N = _F / (2 - _F)
_CIRCLE = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BACK = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 / 1440 * _N**4,
    17 / 480 * _N**3 - 37 / 840 * _N**4,
    4397 / 161_280 * _N**4,
)
_TO_LATITUDE = (
    2 * _N - 2 / 3 * _N**2 - 2 * _N**3 + 116 / 45 * _N**4,
    7 / 3 * _N**2 - 8 / 5 * _N**3 - 227 / 45 * _N**4,
    56 / 15 * _N**3 - 136 / 35 * _N**4,
    4279 / 630 * _N**4,
)


def _unprojected(north: float, east: float, zone: _Zone) -> Place:
    """Krüger's series, to the fourth power: right within a thousandth of a millimetre."""
    radius = zone.scale * _CIRCLE
    up, across = north / radius, (east - FALSE_EASTING) / radius
    terms = list(enumerate(_BACK, start=1))
    xi = up - sum(term * sin(2 * j * up) * cosh(2 * j * across) for j, term in terms)
    eta = across - sum(term * cos(2 * j * up) * sinh(2 * j * across) for j, term in terms)
    conformal = asin(sin(xi) / cosh(eta))
    lat = conformal + sum(term * sin(2 * j * conformal) for j, term in enumerate(_TO_LATITUDE, start=1))
    return Place(degrees(lat), zone.meridian + degrees(atan2(sinh(eta), cos(xi))))


_MOVE = (-191.90441429, -39.30318279, -111.45032835)
_SECOND = pi / 180 / 3600
_TURN = (-0.00928836 * _SECOND, 0.01975479 * _SECOND, -0.00427372 * _SECOND)
_SCALE = 1.000000252906278


def _shifted(place: Place) -> Place:
    """The seven parameters of 05/2007/QĐ-BTNMT, turned as a coordinate frame is; heights are taken as none."""
    x, y, z = _in_space(place)
    a, b, c = _TURN
    return _on_earth(
        _MOVE[0] + _SCALE * (x + c * y - b * z),
        _MOVE[1] + _SCALE * (-c * x + y + a * z),
        _MOVE[2] + _SCALE * (b * x - a * y + z),
    )


def _in_space(place: Place) -> tuple[float, float, float]:
    lat, lon = radians(place.lat), radians(place.lon)
    normal = _A / sqrt(1 - _E2 * sin(lat) ** 2)
    return normal * cos(lat) * cos(lon), normal * cos(lat) * sin(lon), normal * (1 - _E2) * sin(lat)


def _on_earth(x: float, y: float, z: float) -> Place:
    """Bowring's formula."""
    flat, short = hypot(x, y), _A * (1 - _F)
    tilt = atan2(z * _A, flat * short)
    lat = atan2(z + _E2 * _A / short * _A * sin(tilt) ** 3, flat - _E2 * _A * cos(tilt) ** 3)
    return Place(degrees(lat), degrees(atan2(y, x)))
