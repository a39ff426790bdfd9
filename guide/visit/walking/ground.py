"""What a phone needs to compose a walk without a network: the terrain, the hours, and what stops are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.distances import Table
from guide.tours.pictures import shown_name
from guide.tours.terrain import Place, Terrain
from guide.tours.wishing import hours_told
from guide.visit import addresses
from guide.visit.frame import Reader

FORM = 1


def told_ground(museum: Museum, terrain: Terrain, reader: Reader) -> dict[str, Any]:
    """Tables are told above their diagonal, row after row."""
    ways = terrain.distances
    return {
        "form": FORM,
        "museum": museum.slug,
        "language": reader.language,
        "hours": hours_told(museum.sheet),
        "themes": {slug: reader.told(museum, name).text for slug, name in museum.sheet.themes.items()},
        "places": [_place(museum, place, reader) for place in terrain.places],
        "seconds": list(_above(ways.seconds)),
        "level": list(_above(ways.level)),
        "steps": list(_above(ways.steps)),
        "how": list(_above(ways.how)),
    }


def _place(museum: Museum, place: Place, reader: Reader) -> dict[str, Any]:
    stop = museum.stop(place.slug)
    assert stop is not None
    text, language = museum.text(stop, reader.language)
    closed = None if stop.status == "open" else stop.status.closed
    told = {
        **vars(place),
        "title": text.title,
        "language": language,
        "picture": _picture(museum, stop),
        "closed": [str(closed.since or ""), str(closed.until or "")] if closed else None,
    }
    return {
        name: value for name, value in told.items() if value not in (None, "", (), 0, False) or name == "seconds"
    } | {name: told[name] for name in ("step_free", "for_children") if told[name] is not None}


def _picture(museum: Museum, stop: Stop) -> str:
    """Where the first picture is fetched; nothing where there is none."""
    paths = [f"stops/{stop.slug}/{image.file}" for image in stop.images[:1]]
    return next((addresses.media(shown_name(path, museum.manifest.files[path])) for path in paths), "")


def _above(table: Table) -> Iterator[int]:
    for row in range(len(table)):
        yield from (int(one) for one in table[row, row + 1 :])
