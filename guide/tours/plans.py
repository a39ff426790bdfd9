"""A floor plan is a museum's own drawing; the rooms that it names can be reached, and tell what stands in them.

A room is an element with an `id` or `data-room` and a `<title>`, in as many languages as it has titles with a `lang`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree import ElementTree as ET

from guide.tours import drawings
from guide.tours.outlines import Outline, Turn, outlines

_SVG = "{http://www.w3.org/2000/svg}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNSEEN = frozenset("defs symbol clipPath mask pattern marker metadata style".split())
MOST_ROOMS = 200


@dataclass(frozen=True)
class Room:
    id: str
    titles: dict[str, str]
    """By language; under "" where the drawing does not say which."""
    outlines: tuple[Outline, ...]

    def holds(self, x: float, y: float) -> bool:
        return any(outline.holds(x, y) for outline in self.outlines)

    @property
    def area(self) -> float:
        return sum(outline.area for outline in self.outlines)


@dataclass(frozen=True)
class Plan:
    left: float
    top: float
    width: float
    height: float
    notes: dict[str, str] = field(default_factory=dict)
    """What the drawing says of itself (`<desc>`), by language: that it is a sketch, how it is turned."""
    rooms: tuple[Room, ...] = ()

    def room_at(self, x: float, y: float) -> Room | None:
        """The smallest room around a point that is given as a share of the width and the height."""
        at = self.left + x * self.width, self.top + y * self.height
        return min((room for room in self.rooms if room.holds(*at)), key=lambda room: room.area, default=None)


@lru_cache(maxsize=64)
def plan(raw: bytes) -> Plan | None:
    """A drawing that was found safe; None where it does not say how large it is."""
    box = drawings.box(raw)
    if box is None:
        return None
    root = ET.fromstring(raw)  # noqa: S314  # entities were refused when it was taken in
    found: list[Room] = []
    _gather(root, Turn(), found)
    return Plan(*box, _told(root, "desc"), tuple(found[:MOST_ROOMS]))


def _gather(element: ET.Element, above: Turn, found: list[Room]) -> None:
    if element.tag.removeprefix(_SVG) in _UNSEEN:
        return
    turn = above.then(element.get("transform", ""))
    if room := _room(element, turn):
        found.append(room)
    for child in element:
        _gather(child, turn, found)


def _room(element: ET.Element, turn: Turn) -> Room | None:
    name = element.get("data-room") or element.get("id")
    titles = _told(element, "title")
    if not name or not titles or element.tag == f"{_SVG}svg":
        return None
    drawn = tuple(outlines(element, turn))
    return Room(name, titles, drawn) if drawn else None


def _told(element: ET.Element, tag: str) -> dict[str, str]:
    parts = ((part.get("lang") or part.get(_LANG) or "", part) for part in element.findall(f"{_SVG}{tag}"))
    texts = {language: " ".join("".join(part.itertext()).split()) for language, part in parts}
    return {language: text for language, text in texts.items() if text}
