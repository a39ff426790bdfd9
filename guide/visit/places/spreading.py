"""Stops that stand close together: their dots are moved apart, for a thumb to find each; a line says from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, sin

NARROWEST = 288
"""How wide a drawing is on a phone of 320 px."""
THUMB = 44
LARGER = (1, 1.5, 2, 3, 4)
"""How much wider than the phone a drawing may be that has many stops; it is then moved along."""
ROUNDS = 120
MOST = 150
"""Beyond these a drawing is a crowd however it is drawn; the list beside it tells each."""
TURN = 2.399963
"""The golden angle: stops in one and the same place go each its own way."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Spread:
    """Where the dots are, as shares of the width and the height, and how large the drawing must be for that."""

    dots: tuple[Point, ...]
    larger: float


@lru_cache(maxsize=512)
def spread(points: tuple[Point, ...], height: float) -> Spread:
    """`height` is that of the drawing, as a share of its width."""
    if len(points) > MOST:
        return Spread(points, LARGER[-1])
    for larger in LARGER:
        size = (NARROWEST * larger, NARROWEST * larger * height)
        if larger < LARGER[-1] and len(points) * THUMB**2 > size[0] * size[1]:
            continue
        dots = _apart([(x * size[0], y * size[1]) for x, y in points], size)
        if _closest(dots) >= THUMB - 1:
            break
    return Spread(tuple((x / size[0], y / size[1]) for x, y in dots), larger)


def moved(point: Point, dot: Point, height: float) -> bool:
    """Further than where a dot covers its own place."""
    return hypot(dot[0] - point[0], (dot[1] - point[1]) * height) * NARROWEST > THUMB / 4


def _apart(points: Sequence[Point], size: Point) -> list[Point]:
    dots = [_inside(point, size) for point in points]
    for _ in range(ROUNDS):
        if not _push(dots, size):
            break
    return dots


def _push(dots: list[Point], size: Point) -> bool:
    """Each pair that is too close gives way by half; whether any was."""
    pushed = False
    along = sorted(range(len(dots)), key=lambda one: (dots[one], one))
    for place, one in enumerate(along):
        for other in along[place + 1 :]:
            (x1, y1), (x2, y2) = dots[one], dots[other]
            if x2 - x1 >= 2 * THUMB:
                break
            if (away := hypot(x1 - x2, y1 - y2)) >= THUMB:
                continue
            pushed = True
            dx, dy = ((x1 - x2) / away, (y1 - y2) / away) if away else (cos(one * TURN), sin(one * TURN))
            by = (THUMB - away) / 2 + 0.1
            dots[one] = _inside((x1 + dx * by, y1 + dy * by), size)
            dots[other] = _inside((x2 - dx * by, y2 - dy * by), size)
    return pushed


def _inside(point: Point, size: Point) -> Point:
    """A whole dot, also at the edge."""
    (x, y), half = point, THUMB / 2
    return min(max(x, half), max(size[0] - half, half)), min(max(y, half), max(size[1] - half, half))


def _closest(dots: Sequence[Point]) -> float:
    pairs = ((dots[one], dots[other]) for one in range(len(dots)) for other in range(one))
    return min((hypot(x1 - x2, y1 - y2) for (x1, y1), (x2, y2) in pairs), default=float(THUMB))
