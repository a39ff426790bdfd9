"""What is known of a museum for walking through it: how long each stop is told, and how far and how level it is
from each to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.distances import Distances, distances

MOST_PLACES = 400
"""Of a museum with more stops, those that its own walks lead to and then the first by number: ways are a square."""
Seconds = tuple[int, bool]
"""How long a stop is told, and whether that is only an estimate."""


@dataclass(frozen=True)
class Place:
    """A stop as a walk sees it. What is not known of it is None or empty."""

    number: int
    slug: str
    seconds: int
    estimated: bool
    curated: int = 0
    """Walks of the museum's own that lead here."""
    step_free: bool | None = None
    for_children: bool | None = None
    themes: tuple[str, ...] = ()
    kind: str = ""
    period: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Terrain:
    """Places in the order of their numbers, and the ways between them by the same order."""

    places: tuple[Place, ...]
    distances: Distances = field(repr=False)

    @cached_property
    def by_number(self) -> Mapping[int, int]:
        return {place.number: at for at, place in enumerate(self.places)}

    @cached_property
    def by_slug(self) -> Mapping[str, int]:
        return {place.slug: at for at, place in enumerate(self.places)}


def terrain(museum: Museum, told: Mapping[str, Seconds]) -> Terrain:
    """`told` is how long each stop is heard in one language."""
    stops = walkable(museum)
    curated = [{step.stop for step in tour.stops} for tour in museum.tours.values()]
    places = tuple(_place(museum, stop, told[stop.slug], sum(stop.slug in tour for tour in curated)) for stop in stops)
    return Terrain(places, distances(stops, list(museum.tours.values())))


def walkable(museum: Museum) -> tuple[Stop, ...]:
    if len(museum.shown_stops) <= MOST_PLACES:
        return museum.shown_stops
    led = {step.stop for tour in museum.tours.values() for step in tour.stops}
    first = sorted(museum.shown_stops, key=lambda stop: (stop.slug not in led, stop.number, stop.slug))[:MOST_PLACES]
    return tuple(sorted(first, key=lambda stop: (stop.number, stop.slug)))


def _place(museum: Museum, stop: Stop, told: Seconds, curated: int) -> Place:
    source = museum.sheet.source_language
    return Place(
        number=stop.number,
        slug=stop.slug,
        seconds=told[0],
        estimated=told[1],
        curated=curated,
        step_free=stop.step_free,
        for_children=stop.for_children,
        themes=tuple(stop.themes),
        kind=museum.say(stop.object.kind, source),
        period=museum.say(stop.object.period, source),
        names=tuple(stop.names.other),
    )
