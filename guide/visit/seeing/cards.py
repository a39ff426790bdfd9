"""What can be looked at closely, as a quiet row of cards on the stop's page: nothing of it is loaded there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Seeing, Stop
from guide.visit import addresses
from guide.visit.frame import Reader, Told
from guide.visit.seeing.keeping import Part, parts_of


@dataclass(frozen=True)
class SeenCard:
    kind: str
    title: Told
    url: str
    poster: str
    bytes: int
    """What is loaded when it is opened; nothing for words."""


def seen_cards(museum: Museum, stop: Stop, reader: Reader, storage: Storage, asked: str = "") -> tuple[SeenCard, ...]:
    """`asked` is what addresses say of the walk that is followed."""
    urls = [addresses.seen(museum.slug, stop.slug, at + 1, reader.language, asked) for at in range(len(stop.seeing))]
    return tuple(_card(museum, stop, seen, url, reader, storage) for seen, url in zip(stop.seeing, urls, strict=True))


def _card(museum: Museum, stop: Stop, seen: Seeing, url: str, reader: Reader, storage: Storage) -> SeenCard:
    parts = parts_of(museum, stop, seen)
    return SeenCard(
        kind=seen.kind,
        title=reader.told(museum, seen.title),
        url=url,
        poster=address(storage, parts.poster) if parts else "",
        bytes=weight(storage, parts.view) if parts else 0,
    )


def address(storage: Storage, part: Part) -> str:
    return addresses.media(part.name) if storage.path(part.name) else ""


def weight(storage: Storage, part: Part) -> int:
    kept: Path | None = storage.path(part.name)
    return kept.stat().st_size if kept else 0
