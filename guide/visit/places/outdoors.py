"""The grounds, drawn here from what the museum wrote: where the stops are, its lines and areas, and how far that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import cos, hypot, radians

from guide.storage import Storage
from guide.tours import tiles
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.grounds import Drawing, Feature, drawing
from guide.tours.originals import original
from guide.tours.outlines import Outline
from guide.tours.positions import Place
from guide.visit import addresses
from guide.visit.frame import Reader, Told
from guide.visit.places.dots import Asking, Dots, Spot, followed, in_order, percent, placed, spots_of

SMALLEST = 120.0
"""Metres: one stop alone is shown with what is around it."""
MARGIN = 0.14
BROADEST, TALLEST = 1.6, 0.8
"""Width by height."""
LETTER = 7.5 / 288
"""How wide a letter of a name is, as a share of a drawing on a small phone."""
LINE, DOT = 0.04, 0.055
"""Half the height of a name, and of a dot, there."""
_ORDER = ("shore", "water", "green", "yard", "building", "border", "wall", "road", "path", "steps")


@dataclass(frozen=True)
class Stroke:
    kind: str
    area: bool
    d: str


@dataclass(frozen=True)
class Name:
    text: Told
    kind: str
    x: str
    y: str


@dataclass(frozen=True)
class Grounds:
    box: str
    width: int
    height: int
    strokes: tuple[Stroke, ...]
    names: tuple[Name, ...]
    all_names: tuple[str, ...]
    dots: Dots
    spots: tuple[Spot, ...]
    line: str
    bar: str
    """How long the scale's bar is, as a share of the width."""
    bar_metres: int
    approximate: bool
    credit: Told
    tiles: str
    places: tuple[tuple[Spot, Place], ...]


@dataclass(frozen=True)
class Window:
    """A piece of the earth as a sheet of metres, flat: right within a hand's breadth over a few kilometres."""

    west: float
    north: float
    east_metres: float
    north_metres: float
    width: float
    height: float

    @classmethod
    def around(cls, stops: Sequence[Place], drawn: Sequence[Place]) -> Window:
        """All that is drawn, and some room around the stops."""
        east, north = _metres_per_degree(stops[0].lat)
        west_east = _span([stop.lon for stop in stops], [place.lon for place in drawn], SMALLEST / east)
        south_north = _span([stop.lat for stop in stops], [place.lat for place in drawn], SMALLEST / 2 / north)
        width, height = (west_east[1] - west_east[0]) * east, (south_north[1] - south_north[0]) * north
        width, height = max(width, height * TALLEST), max(height, width / BROADEST)
        west, top = sum(west_east) / 2 - width / 2 / east, sum(south_north) / 2 + height / 2 / north
        return cls(west, top, east, north, width, height)

    def at(self, place: Place) -> tuple[float, float]:
        return (place.lon - self.west) * self.east_metres, (self.north - place.lat) * self.north_metres

    def share(self, place: Place) -> tuple[float, float]:
        x, y = self.at(place)
        return x / self.width, y / self.height


def _span(stops: Sequence[float], drawn: Sequence[float], least: float) -> tuple[float, float]:
    low, high = min(stops), max(stops)
    wider = max(least - (high - low), 0) / 2 + MARGIN * max(high - low, least)
    return min([low - wider, *drawn]), max([high + wider, *drawn])


def _metres_per_degree(lat: float) -> tuple[float, float]:
    """On the ellipsoid, to the east and to the north."""
    at = radians(lat)
    east = 111_412.84 * cos(at) - 93.5 * cos(3 * at) + 0.118 * cos(5 * at)
    return east, 111_132.92 - 559.82 * cos(2 * at) + 1.175 * cos(4 * at)


def shown_grounds(museum: Museum, reader: Reader, day: date, storage: Storage, asking: Asking) -> Grounds | None:
    stops = stops_outdoors(museum, asking)
    if not stops:
        return None
    drawn = _drawing(museum, storage)
    places = [stop.position.place for stop in stops if stop.position]
    window = Window.around(places, list(drawn.places))
    spots = spots_of(museum, stops, reader, day, asking)
    dots = placed(spots, [window.share(place) for place in places], window.height / window.width)
    names = [_name(museum, feature, reader, window) for feature in drawn.features if feature.name]
    bar = _bar(window.width)
    return Grounds(
        box=f"0 0 {window.width:.1f} {window.height:.1f}",
        width=round(window.width) or 1,
        height=round(window.height) or 1,
        strokes=tuple(_strokes(drawn, window)),
        names=tuple(_free(names, dots)),
        all_names=tuple(dict.fromkeys(name.text.text for name in names)),
        dots=dots,
        spots=tuple(spots),
        line=_line(museum, window, asking),
        bar=percent(bar / window.width),
        bar_metres=bar,
        approximate=any(found.approximate for found in spots),
        credit=reader.told(museum, museum.sheet.map.credit if museum.sheet.map else None),
        tiles=tiles_url(museum, storage),
        places=tuple(zip(spots, places, strict=True)),
    )


def stops_outdoors(museum: Museum, asking: Asking) -> list[Stop]:
    """A stop that stands on a floor is shown there; its house is on the map by another."""
    order = in_order(museum, asking)
    there = [stop for stop in museum.shown_stops if stop.position]
    return sorted(there, key=lambda stop: order[stop.slug])


def _drawing(museum: Museum, storage: Storage) -> Drawing:
    file = museum.sheet.map.drawing if museum.sheet.map else None
    return drawing(original(storage, file, museum.manifest.files[file])) if file else Drawing(())


def tiles_url(museum: Museum, storage: Storage) -> str:
    file = museum.sheet.map.tiles if museum.sheet.map else None
    name = tiles.shown_name(museum.manifest.files[file]) if file else ""
    return addresses.media(name) if name and storage.path(name) else ""


def _strokes(drawn: Drawing, window: Window) -> Iterator[Stroke]:
    for feature in sorted(drawn.features, key=lambda feature: (not feature.area, _ORDER.index(feature.kind))):
        pieces = (" ".join(f"{x:.1f},{y:.1f}" for x, y in map(window.at, line)) for line in feature.lines)
        d = "".join(f"M{piece}{'Z' if feature.area else ''}" for piece in pieces)
        yield Stroke(feature.kind, feature.area, d)


@dataclass(frozen=True)
class Named:
    """A name, and where on the drawing it could stand, the best place first."""

    text: Told
    kind: str
    places: tuple[tuple[float, float], ...]


def _name(museum: Museum, feature: Feature, reader: Reader, window: Window) -> Named:
    line = [window.share(place) for place in max(feature.lines, key=len)]
    places = _within(line) if feature.area else _along(line)
    return Named(reader.told(museum, feature.name), feature.kind, tuple(places))


def _along(line: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    steps = list(pairwise(line))
    for (x1, y1), (x2, y2) in sorted(steps, key=lambda step: -hypot(step[1][0] - step[0][0], step[1][1] - step[0][1])):
        yield (x1 + x2) / 2, (y1 + y2) / 2


def _within(ring: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """In the middle, and above and below it."""
    lefts, tops = [x for x, _ in ring], [y for _, y in ring]
    x, (low, high) = (min(lefts) + max(lefts)) / 2, (min(tops), max(tops))
    outline = Outline(tuple(ring))
    for share in (0.5, 0.7, 0.3, 0.85, 0.15):
        y = low + (high - low) * share
        if outline.holds(x, y):
            yield x, y


def _free(names: Iterable[Named], dots: Dots) -> Iterator[Name]:
    """Those that hide no dot and no other name; the rest are told beside the drawing."""
    taken = [(_share(dot.x), _share(dot.y), DOT, DOT) for dot in dots.dots]
    for name in names:
        half = len(name.text.text) * LETTER / 2
        for x, y in name.places:
            clear = all(abs(x - tx) > half + across or abs(y - ty) > LINE + down for tx, ty, across, down in taken)
            if clear and half < x < 1 - half and LINE < y < 1 - 2 * LINE:
                taken.append((x, y, half, LINE))
                yield Name(name.text, name.kind, percent(x), percent(y))
                break


def _share(written: str) -> float:
    return float(written.rstrip("%")) / 100


def _line(museum: Museum, window: Window, asking: Asking) -> str:
    stops = (museum.stop(slug) for slug in followed(museum, asking))
    points = [window.at(stop.position.place) for stop in stops if stop and stop.position]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points) if len(points) > 1 else ""


def _bar(width: float) -> int:
    """A round number of metres, as long as fits into a third of the width."""
    most = 1
    for power in (1, 10, 100, 1000, 10_000, 100_000):
        for number in (1, 2, 5):
            most = power * number if power * number <= width / 3 else most
    return most
