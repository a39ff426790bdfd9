"""The outlines of what a drawing draws, as polygons in the drawing's own measure: to tell what stands inside which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, radians, sin, tan
from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PART = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_TURNING = re.compile(r"(\w+)\s*\(([^)]*)\)")
Point = tuple[float, float]
AROUND = 24
"""Points on a circle."""
ALONG = 8
"""Points on a curve."""


@dataclass(frozen=True)
class Outline:
    points: tuple[Point, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a line from the point to the right crosses an odd number of edges."""
        inside = False
        for (x1, y1), (x2, y2) in self._edges():
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside

    @property
    def area(self) -> float:
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in self._edges())) / 2

    def _edges(self) -> Iterator[tuple[Point, Point]]:
        yield from pairwise((*self.points, self.points[0]))

    @property
    def written(self) -> str:
        """As the `points` of a polygon."""
        return " ".join(f"{x:.6g},{y:.6g}" for x, y in self.points)


@dataclass(frozen=True)
class Turn:
    """What an element's and its ancestors' `transform` do to a point."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def __call__(self, point: Point) -> Point:
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, written: str) -> Turn:
        turn = self
        for name, numbers in _TURNING.findall(written):
            turn = turn._of(_turning(name, _numbers(numbers)))
        return turn

    def _of(self, inner: Turn) -> Turn:
        (a, b), (c, d) = self._along(inner.a, inner.b), self._along(inner.c, inner.d)
        e, f = self((inner.e, inner.f))
        return Turn(a, b, c, d, e, f)

    def _along(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y, self.b * x + self.d * y


def _turning(name: str, n: list[float]) -> Turn:
    if name == "matrix" and len(n) == 6:
        return Turn(*n)
    if name == "translate" and n:
        return Turn(e=n[0], f=(n[1] if len(n) > 1 else 0))
    if name == "scale" and n:
        return Turn(a=n[0], d=(n[1] if len(n) > 1 else n[0]))
    if name in ("skewX", "skewY") and n:
        return Turn(c=tan(radians(n[0]))) if name == "skewX" else Turn(b=tan(radians(n[0])))
    return _rotated(n) if name == "rotate" and n else Turn()


def _rotated(n: list[float]) -> Turn:
    turn, (x, y) = radians(n[0]), (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)
    a, b = cos(turn), sin(turn)
    return Turn(a, b, -b, a, x - a * x + b * y, y - b * x - a * y)


def outlines(element: Element, turn: Turn) -> Iterator[Outline]:
    """Those of an element and of all in it; `turn` is its own, with all above it."""
    shape = _SHAPES.get(element.tag.removeprefix(_SVG))
    for points in shape(element) if shape else ():
        if len(points) > 2:
            yield Outline(tuple(map(turn, points)))
    for child in element:
        yield from outlines(child, turn.then(child.get("transform", "")))


def _rect(element: Element) -> list[list[Point]]:
    x, y, width, height = _lengths(element, "x", "y", "width", "height")
    return [[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]] if width and height else []


def _round(element: Element) -> list[list[Point]]:
    x, y, r, rx, ry = _lengths(element, "cx", "cy", "r", "rx", "ry")
    steps = [2 * pi * step / AROUND for step in range(AROUND)]
    return [[(x + (rx or r) * cos(step), y + (ry or r) * sin(step)) for step in steps]] if r or rx else []


def _polygon(element: Element) -> list[list[Point]]:
    return [_pairs(_numbers(element.get("points", "")))]


def _path(element: Element) -> list[list[Point]]:
    pen = _Pen()
    for letter, numbers in _PART.findall(element.get("d", "")):
        pen.draw(letter, _numbers(numbers))
    return pen.lines


_SHAPES: dict[str, Callable[[Element], list[list[Point]]]] = {
    "rect": _rect,
    "circle": _round,
    "ellipse": _round,
    "polygon": _polygon,
    "polyline": _polygon,
    "path": _path,
}
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


class _Pen:
    """Follows a path. Curves become a few straight lines; an arc is cut straight from end to end."""

    def __init__(self) -> None:
        self.lines: list[list[Point]] = []
        self._at: Point = (0, 0)
        self._bend: Point = (0, 0)

    def draw(self, letter: str, numbers: list[float]) -> None:
        kind = letter.upper()
        if kind == "Z":
            self._at = self.lines[-1][0] if self.lines else self._at
            return
        for place in range(0, len(numbers) - _TAKES[kind] + 1, _TAKES[kind]):
            piece = numbers[place : place + _TAKES[kind]]
            self._step("L" if kind == "M" and place else kind, self._absolute(kind, piece, letter.islower()))

    def _absolute(self, kind: str, piece: list[float], relative: bool) -> list[Point]:
        x, y = self._at
        if kind == "H":
            return [(piece[0] + (x if relative else 0), y)]
        if kind == "V":
            return [(x, piece[0] + (y if relative else 0))]
        points = _pairs(piece[-2:] if kind == "A" else piece)
        return [(px + x, py + y) for px, py in points] if relative else points

    def _step(self, kind: str, points: list[Point]) -> None:
        if kind == "M" or not self.lines:
            self.lines.append([points[-1] if kind == "M" else self._at])
        if kind in "ST":
            points = [(2 * self._at[0] - self._bend[0], 2 * self._at[1] - self._bend[1]), *points]
        self.lines[-1].extend(_curved([self._at, *points]))
        self._bend = points[-2] if kind in "CSQT" else points[-1]
        self._at = points[-1]


def _curved(points: list[Point]) -> Iterator[Point]:
    """De Casteljau; two points are a straight line."""
    steps = ALONG if len(points) > 2 else 1
    for step in range(1, steps + 1):
        yield _between(points, step / steps)


def _between(points: list[Point], share: float) -> Point:
    while len(points) > 1:
        points = [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for (x1, y1), (x2, y2) in pairwise(points)]
    return points[0]


def _lengths(element: Element, *names: str) -> list[float]:
    return [next(iter(_numbers(element.get(name, ""))), 0.0) for name in names]


def _numbers(written: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(written)]


def _pairs(numbers: list[float]) -> list[Point]:
    return list(zip(numbers[::2], numbers[1::2], strict=False))
