"""Where a stop is, said on its own page; and on the museum's, what there is to look at of floors and grounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses
from guide.visit.frame import Reader, Told
from guide.visit.places.floors import floor_plan, room_of
from guide.visit.places.nearness import Nearness, nearness


@dataclass(frozen=True)
class Where:
    url: str
    floor: Told
    room: Told
    outdoors: bool
    approximate: bool
    near: Nearness | None


@dataclass(frozen=True)
class Places:
    url: str
    floors: tuple[Told, ...]
    grounds: bool
    near: Nearness | None


def where(museum: Museum, stop: Stop, reader: Reader, day: date, storage: Storage, followed: str = "") -> Where | None:
    """`followed`: what the address says of the walk that one is on; the map draws that one."""
    if stop.withdrawn or not (stop.floor or stop.position):
        return None
    nothing = reader.told(museum, None)
    floor = next((floor for floor in museum.sheet.floors if stop.floor and floor.id == stop.floor.id), None)
    drawn = floor_plan(museum, floor, storage) if floor else None
    return Where(
        url=addresses.map_of(museum.slug, reader.language, stop=stop.slug)
        + (f"&{followed}" if followed else "")
        + "#here",
        floor=reader.told(museum, floor.name) if floor else nothing,
        room=(room_of(museum, stop, drawn, reader) if drawn else None) or nothing,
        outdoors=stop.position is not None,
        approximate=stop.position is not None and not stop.position.verified,
        near=nearness(museum, reader, day, stop),
    )


def places(museum: Museum, reader: Reader, day: date) -> Places | None:
    on_floors = {stop.floor.id for stop in museum.shown_stops if stop.floor}
    floors = tuple(reader.told(museum, floor.name) for floor in museum.sheet.floors)
    grounds = any(stop.position for stop in museum.shown_stops)
    if not grounds and not (floors or on_floors):
        return None
    return Places(addresses.map_of(museum.slug, reader.language), floors, grounds, nearness(museum, reader, day))
