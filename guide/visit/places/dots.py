"""Stops as numbered dots on a drawing, and as a list for whoever does not look at drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from guide.tours.calendar import stop_closure
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses
from guide.visit.frame import Reader, Told
from guide.visit.places.spreading import Point, moved, spread


@dataclass(frozen=True)
class Asking:
    """What the address of a map says: which stop one stands at, and which walk is followed."""

    stop: str = ""
    tour: str = ""
    walk: str = ""

    @property
    def walked(self) -> str:
        """What a stop's address says of the walk."""
        return f"walk={self.walk}" if self.walk else addresses.tour_asked(self.tour) if self.tour else ""


@dataclass(frozen=True)
class Spot:
    """A stop, wherever it is shown."""

    slug: str
    number: int
    title: Told
    url: str
    here: bool
    closed: bool
    room: Told
    approximate: bool = False


@dataclass(frozen=True)
class Dot:
    spot: Spot
    x: str
    y: str
    from_x: str = ""
    from_y: str = ""
    """Its own place, where it had to give way to another."""


@dataclass(frozen=True)
class Dots:
    dots: tuple[Dot, ...]
    larger: str
    """How much wider than a small phone the drawing must be for a thumb to find each: 1, 1.5 …"""


def spots_of(
    museum: Museum, stops: Sequence[Stop], reader: Reader, day: date, asking: Asking, rooms: Sequence[Told | None] = ()
) -> list[Spot]:
    walk = frozenset(followed(museum, asking))
    pairs = zip_longest(stops, rooms)
    return [_spot(museum, stop, reader, day, asking, stop.slug in walk, room) for stop, room in pairs if stop]


def _spot(museum: Museum, stop: Stop, reader: Reader, day: date, asking: Asking, on: bool, room: Told | None) -> Spot:
    text, language = museum.text(stop, reader.language)
    return Spot(
        slug=stop.slug,
        number=stop.number,
        title=Told(text.title, language, reader.language),
        url=addresses.on_walk(museum.slug, stop.slug, reader.language, asking.walked if on else ""),
        here=stop.slug == asking.stop,
        closed=stop_closure(stop, day) is not None,
        room=room or Told("", reader.language, reader.language),
        approximate=stop.position is not None and not stop.position.verified,
    )


def placed(spots: Sequence[Spot], points: Sequence[Point], height: float) -> Dots:
    """`points` are shares of the drawing's width and height, `height` its height as a share of its width."""
    found = spread(tuple(points), round(height, 4))
    dots = [_dot(*one, height) for one in zip(spots, points, found.dots, strict=True)]
    return Dots(tuple(dots), f"{found.larger:g}")


def _dot(spot: Spot, point: Point, dot: Point, height: float) -> Dot:
    x, y = map(percent, dot)
    return Dot(spot, x, y, *map(percent, point)) if moved(point, dot, height) else Dot(spot, x, y)


def percent(share: float) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def in_order(museum: Museum, asking: Asking) -> Mapping[str, int]:
    """The order in which a list tells the stops: of the walk that is followed, or the longest, and then by number."""
    walk = followed(museum, asking)
    names = dict.fromkeys([*walk, *(stop.slug for stop in museum.shown_stops)])
    return {slug: place for place, slug in enumerate(names)}


def followed(museum: Museum, asking: Asking) -> tuple[str, ...]:
    """The stops of the walk that is drawn: one made for this visitor, the tour that is asked for, or the longest."""
    if numbers := [int(number) for number in asking.walk.split(".") if number.isdecimal() and len(number) < 7]:
        stops = (museum.numbered(number) for number in numbers[:100])
        return tuple(stop.slug for stop in stops if stop and stop.withdrawn is None)
    longest = max(museum.tours.values(), key=lambda tour: (len(tour.stops), tour.minutes), default=None)
    tour = museum.tours.get(asking.tour) or longest
    return tuple(step.stop for step in tour.stops) if tour else ()
