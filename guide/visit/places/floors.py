"""Floors: the museum's own plans, with their rooms to go to and the stops as dots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guide.storage import Storage
from guide.tours import pictures
from guide.tours.catalogue import Museum
from guide.tours.content import Floor, Stop
from guide.tours.plans import Plan, plan
from guide.visit import addresses
from guide.visit.frame import Reader, Told
from guide.visit.places.dots import Asking, Dots, Spot, followed, in_order, placed, spots_of


@dataclass(frozen=True)
class ShownRoom:
    anchor: str
    title: Told
    outlines: tuple[str, ...]
    spots: tuple[Spot, ...]
    here: bool


@dataclass(frozen=True)
class ShownFloor:
    id: str
    name: Told
    note: Told
    picture: str
    box: str
    width: int
    height: int
    rooms: tuple[ShownRoom, ...]
    dots: Dots
    spots: tuple[Spot, ...]
    """In the order of a walk."""
    line: str
    """The walk through this floor, in the drawing's own measure."""


def shown_floors(museum: Museum, reader: Reader, day: date, storage: Storage, asking: Asking) -> Iterator[ShownFloor]:
    for floor in museum.sheet.floors:
        if drawn := floor_plan(museum, floor, storage):
            yield _shown(museum, floor, drawn, reader, day, asking)


def floor_plan(museum: Museum, floor: Floor, storage: Storage) -> Plan | None:
    kept = storage.path(plan_name(museum, floor))
    return plan(kept.read_bytes()) if kept else None


def plan_name(museum: Museum, floor: Floor) -> str:
    return pictures.shown_name(floor.svg, museum.manifest.files[floor.svg])


def _shown(museum: Museum, floor: Floor, drawn: Plan, reader: Reader, day: date, asking: Asking) -> ShownFloor:
    stops = stops_on(museum, floor, asking)
    rooms = [room_of(museum, stop, drawn, reader) for stop in stops]
    spots = spots_of(museum, stops, reader, day, asking, rooms)
    points = [(stop.floor.x, stop.floor.y) for stop in stops if stop.floor]
    return ShownFloor(
        id=floor.id,
        name=reader.told(museum, floor.name),
        note=_in_words(museum, drawn.notes, reader),
        picture=addresses.media(plan_name(museum, floor)),
        box=f"{drawn.left:g} {drawn.top:g} {drawn.width:g} {drawn.height:g}",
        width=round(drawn.width) or 1,
        height=round(drawn.height) or 1,
        rooms=tuple(_rooms(museum, floor, drawn, reader, list(zip(stops, spots, strict=True)))),
        dots=placed(spots, points, drawn.height / drawn.width),
        spots=tuple(spots),
        line=_line(museum, floor, drawn, asking),
    )


def stops_on(museum: Museum, floor: Floor, asking: Asking) -> list[Stop]:
    there = [stop for stop in museum.shown_stops if stop.floor and stop.floor.id == floor.id]
    order = in_order(museum, asking)
    return sorted(there, key=lambda stop: order[stop.slug])


def room_of(museum: Museum, stop: Stop, drawn: Plan, reader: Reader) -> Told | None:
    room = drawn.room_at(stop.floor.x, stop.floor.y) if stop.floor else None
    return _in_words(museum, room.titles, reader) if room else None


def _in_words(museum: Museum, told: Mapping[str, str], reader: Reader) -> Told:
    """What a drawing says without saying in which language is in the museum's own."""
    source = museum.sheet.source_language
    return reader.told(museum, {language or source: text for language, text in told.items()} or None)


def _rooms(
    museum: Museum, floor: Floor, drawn: Plan, reader: Reader, there: Sequence[tuple[Stop, Spot]]
) -> Iterator[ShownRoom]:
    rooms = [(drawn.room_at(stop.floor.x, stop.floor.y), found) for stop, found in there if stop.floor]
    for number, room in enumerate(drawn.rooms, start=1):
        spots = tuple(found for around, found in rooms if around is room)
        outlines = tuple(outline.written for outline in room.outlines)
        here = any(found.here for found in spots)
        yield ShownRoom(f"room-{floor.id}-{number}", _in_words(museum, room.titles, reader), outlines, spots, here)


def _line(museum: Museum, floor: Floor, drawn: Plan, asking: Asking) -> str:
    stops = (museum.stop(slug) for slug in followed(museum, asking))
    on = [stop.floor for stop in stops if stop and stop.floor and stop.floor.id == floor.id]
    points = [(drawn.left + at.x * drawn.width, drawn.top + at.y * drawn.height) for at in on]
    return " ".join(f"{x:.6g},{y:.6g}" for x, y in points) if len(points) > 1 else ""
