"""What a phone needs to say by itself that a stop is near: surveyed places alone; where it is, it tells nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from guide.tours.calendar import stop_closure
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses
from guide.visit.frame import Reader

MOST = 60


@dataclass(frozen=True)
class Nearness:
    museum: str
    current: str
    """The stop whose page it is."""
    stops: str
    """JSON: what may propose itself."""


def nearness(museum: Museum, reader: Reader, day: date, current: Stop | None = None) -> Nearness | None:
    """The stops that were surveyed and are open, the nearest ones where there are many."""
    there = [stop for stop in museum.shown_stops if stop.position and stop.position.verified]
    there = [stop for stop in there if stop_closure(stop, day) is None]
    if not there:
        return None
    told = [_told(museum, stop, reader) for stop in _nearest(there, current)]
    return Nearness(museum.slug, current.slug if current else "", json.dumps(told, ensure_ascii=False))


def _nearest(stops: list[Stop], current: Stop | None) -> list[Stop]:
    if current is None or current.position is None or len(stops) <= MOST:
        return stops[:MOST]
    here = current.position.place
    return sorted(stops, key=lambda stop: _far(stop, here.lat, here.lon))[:MOST]


def _far(stop: Stop, lat: float, lon: float) -> float:
    place = stop.position.place if stop.position else None
    return (place.lat - lat) ** 2 + (place.lon - lon) ** 2 if place else float("inf")


def _told(museum: Museum, stop: Stop, reader: Reader) -> dict[str, object]:
    assert stop.position
    place, (text, language) = stop.position.place, museum.text(stop, reader.language)
    told: dict[str, object] = {
        "slug": stop.slug,
        "number": stop.number,
        "title": text.title,
        "url": addresses.stop(museum.slug, stop.slug, reader.language),
        "lat": round(place.lat, 6),
        "lon": round(place.lon, 6),
    }
    return told if language == reader.interface else {**told, "lang": language}
