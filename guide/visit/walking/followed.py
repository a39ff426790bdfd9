"""The walk that a visitor follows, the museum's own or one that was composed: which stops, and how addresses say it."""

from __future__ import annotations

from dataclasses import dataclass

from guide.tours.catalogue import Museum
from guide.visit import addresses
from guide.visit.frame import Reader, Told
from guide.visit.walking.composed import Composed


@dataclass(frozen=True)
class Followed:
    slug: str
    """The museum's own walk; none where it was composed."""
    title: Told
    url: str
    line: tuple[str, ...]
    asked: str
    """As an address says it."""
    composed: Composed | None = None

    def step(self, museum: str, stop: str, language: str) -> str:
        return addresses.on_walk(museum, stop, language, self.asked)


def following(
    museum: Museum, stop: str, reader: Reader, tour: str, walk: Composed | None, title: str
) -> Followed | None:
    """Nothing where the stop is not on it; `title` is what a composed walk is called."""
    found = _tour(museum, tour, reader) or _composed(museum, walk, reader, title)
    return found if found and stop in found.line else None


def _tour(museum: Museum, slug: str, reader: Reader) -> Followed | None:
    tour = museum.tours.get(slug)
    if tour is None:
        return None
    url = addresses.tour(museum.slug, slug, reader.language)
    line = tuple(step.stop for step in tour.stops)
    return Followed(slug, reader.told(museum, tour.title), url, line, addresses.tour_asked(slug))


def _composed(museum: Museum, walk: Composed | None, reader: Reader, title: str) -> Followed | None:
    if walk is None:
        return None
    line = tuple(stop.slug for number in walk.numbers if (stop := museum.numbered(number)))
    told = Told(title, reader.interface, reader.interface)
    url = addresses.walk(museum.slug, reader.language, walk.asked)
    return Followed("", told, url, line, walk.asked, walk)
