"""What is taken along of what can be looked at: words and small pictures; nothing that a viewer would load."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guide.tours.catalogue import Museum
from guide.visit import addresses
from guide.visit.making import MadePage, Material
from guide.visit.seeing.keeping import parts_of
from guide.visit.seeing.seeing_page import seen_made


def posters(of: Material, museum: Museum) -> Iterator[tuple[str, Path]]:
    """Those that stand before a film; the others are pictures of a page."""
    for stop in museum.shown_stops:
        for seen in stop.seeing:
            parts = parts_of(museum, stop, seen) if seen.kind == "sign" else None
            if parts and (kept := of.storage.path(parts.poster.name)):
                yield addresses.media(parts.poster.name), kept


def pages(of: Material, museum: Museum, language: str) -> Iterator[tuple[str, MadePage]]:
    for stop in museum.shown_stops:
        for number in range(1, len(stop.seeing) + 1):
            yield addresses.seen(museum.slug, stop.slug, number, language), seen_made(of, museum, stop, number)
