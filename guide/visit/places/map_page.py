"""The page of the map: the grounds first, then each floor, and every drawing told again as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guide.errors import NotFound
from guide.language import Messages
from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses
from guide.visit.frame import Frame, Reader, Told, language_links
from guide.visit.making import MadePage, Material
from guide.visit.museum_page import by_minutes
from guide.visit.places.dots import Asking, Spot, spots_of
from guide.visit.places.floors import ShownFloor, shown_floors
from guide.visit.places.nearness import Nearness, nearness
from guide.visit.places.outdoors import Grounds, shown_grounds


class NoMapHere(NotFound):
    """The museum has told neither where its stops are nor what its floors look like."""


@dataclass(frozen=True)
class WalkChoice:
    title: Told
    url: str
    chosen: bool


@dataclass(frozen=True)
class MapPage:
    museum: str
    grounds: Grounds | None
    floors: tuple[ShownFloor, ...]
    unplaced: tuple[Spot, ...]
    """Stops that are on no drawing."""
    walks: tuple[WalkChoice, ...]
    near: Nearness | None
    here: str
    """Which drawing an address leads to that asks for a stop: a floor's, or `grounds`."""


def map_made(of: Material, museum: Museum, asking: Asking | None = None) -> MadePage:
    asking = sensible(museum, asking or Asking())
    reader = of.reader(museum)
    shown = _map_page(museum, reader, of.day(museum), of.storage, asking)
    if shown.grounds is None and not shown.floors:
        raise NoMapHere(museum=museum.say(museum.sheet.name, reader.language))
    return MadePage("visit/map.html", _frame(museum, reader, asking, of.messages, of.public_url), {"page": shown})


def sensible(museum: Museum, asking: Asking) -> Asking:
    """What an address names and the museum does not know is as if it had not been said."""
    stop, walk = museum.stop(asking.stop), asking.walk if _is_walk(asking.walk) else ""
    return Asking(stop.slug if stop else "", asking.tour if asking.tour in museum.tours else "", walk)


def _is_walk(written: str) -> bool:
    return len(written) < 700 and all(part.isdecimal() for part in written.split("."))


def _map_page(museum: Museum, reader: Reader, day: date, storage: Storage, asking: Asking) -> MapPage:
    stop: Stop | None = museum.stop(asking.stop)
    grounds = shown_grounds(museum, reader, day, storage, asking)
    floors = tuple(shown_floors(museum, reader, day, storage, asking))
    placed = {spot.slug for spots in (grounds.spots if grounds else (), *(f.spots for f in floors)) for spot in spots}
    unplaced = [one for one in museum.shown_stops if one.slug not in placed]
    return MapPage(
        museum=museum.slug,
        grounds=grounds,
        floors=floors,
        unplaced=tuple(spots_of(museum, unplaced, reader, day, asking)),
        walks=() if asking.walk else tuple(_walks(museum, reader, asking)),
        near=nearness(museum, reader, day, stop),
        here=(stop.floor.id if stop.floor else "grounds") if stop else "",
    )


def _walks(museum: Museum, reader: Reader, asking: Asking) -> list[WalkChoice]:
    tours = by_minutes(museum)
    longest = max(tours, key=lambda item: (len(item[1].stops), item[1].minutes), default=("", None))[0]
    return [
        WalkChoice(
            reader.told(museum, tour.title),
            addresses.map_of(museum.slug, reader.language, stop=asking.stop, tour=slug),
            slug == (asking.tour or longest),
        )
        for slug, tour in tours
    ]


def _frame(museum: Museum, reader: Reader, asking: Asking, messages: Messages, public_url: str) -> Frame:
    name, path = museum.say(museum.sheet.name, reader.language), f"/{museum.slug}/map"
    keep = addresses.asked(stop=asking.stop, tour=asking.tour, walk=asking.walk)
    return Frame(
        reader=reader,
        title=messages.say(reader.interface, "places.title"),
        description=messages.say(reader.interface, "places.description", museum=name),
        path=path,
        languages=language_links(path, museum.sheet.languages, reader.language, keep),
        public_url=public_url,
        museum=museum.slug,
        museum_name=name,
    )
