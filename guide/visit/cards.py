"""Pieces that several pages show: a stop as a card, a picture, a fact with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guide.storage import Storage
from guide.tours import pictures
from guide.tours.calendar import stop_closure
from guide.tours.catalogue import Museum
from guide.tours.content import Fact, Picture, Stop
from guide.visit import addresses
from guide.visit.frame import Reader, Told


@dataclass(frozen=True)
class ShownPicture:
    url: str
    alt: Told
    credit: Told
    width: int | None
    height: int | None


@dataclass(frozen=True)
class StopCard:
    url: str
    number: int
    title: Told
    picture: ShownPicture | None
    closed: bool


@dataclass(frozen=True)
class ShownSource:
    letter: str
    title: Told
    url: str | None
    trust: int | None


@dataclass(frozen=True)
class ShownValue:
    text: Told
    sources: tuple[ShownSource, ...]


@dataclass(frozen=True)
class ShownFact:
    about: Told
    values: tuple[ShownValue, ...]

    @property
    def disputed(self) -> bool:
        return len(self.values) > 1


def stop_card(museum: Museum, stop: Stop, reader: Reader, day: date, storage: Storage, url: str = "") -> StopCard:
    text, language = museum.text(stop, reader.language)
    return StopCard(
        url=url or addresses.stop(museum.slug, stop.slug, reader.language),
        number=stop.number,
        title=Told(text.title, language, reader.language),
        picture=next(iter(shown_pictures(museum, stop, stop.images[:1], reader, storage)), None),
        closed=stop_closure(stop, day) is not None,
    )


def shown_pictures(
    museum: Museum, stop: Stop, images: Sequence[Picture], reader: Reader, storage: Storage
) -> list[ShownPicture]:
    return [_shown(museum, stop, image, reader, storage) for image in images]


def _shown(museum: Museum, stop: Stop, image: Picture, reader: Reader, storage: Storage) -> ShownPicture:
    path = f"stops/{stop.slug}/{image.file}"
    name = pictures.shown_name(path, museum.manifest.files[path])
    kept = storage.path(name)
    width, height = (pictures.size(kept.read_bytes(), name) if kept else None) or (None, None)
    alt, credit = reader.told(museum, image.alt), reader.told(museum, image.credit)
    return ShownPicture(addresses.media(name), alt, credit, width, height)


def shown_facts(museum: Museum, facts: Sequence[Fact], reader: Reader) -> list[ShownFact]:
    return [
        ShownFact(
            reader.told(museum, fact.about),
            tuple(
                ShownValue(reader.told(museum, value.text), _sources(museum, value.sources, reader))
                for value in fact.values
            ),
        )
        for fact in facts
    ]


def _sources(museum: Museum, letters: Sequence[str], reader: Reader) -> tuple[ShownSource, ...]:
    named = [(letter, museum.sheet.sources[letter]) for letter in letters if letter in museum.sheet.sources]
    return tuple(ShownSource(letter, reader.told(museum, s.title), s.url, s.trust) for letter, s in named)
