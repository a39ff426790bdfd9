"""What of the map goes along when a museum is taken along, besides its page and the plans on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.visit.places.outdoors import tiles_url

MOST_BYTES = 8 << 20
"""A larger map stays at home; the drawing always goes along."""


def has_map(museum: Museum) -> bool:
    return bool(museum.sheet.floors) or any(stop.position for stop in museum.shown_stops)


def tiles_along(museum: Museum, storage: Storage) -> Iterator[tuple[str, Path]]:
    """Their address, and where they are kept."""
    url = tiles_url(museum, storage)
    kept = storage.path(url.removeprefix("/")) if url else None
    if kept and kept.stat().st_size <= MOST_BYTES:
        yield url, kept
