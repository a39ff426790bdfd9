"""The page on which a museum is taken along, and the page for a number that was not."""

from __future__ import annotations

from dataclasses import dataclass

from guide.language import endonym
from guide.tours.catalogue import Museum
from guide.visit import addresses, described
from guide.visit.making import MadePage, Material

MOST_STOPS = 300
"""More is no museum in a pocket: a thousand files, and seconds of a server’s time for one visitor."""


@dataclass(frozen=True)
class Parcel:
    """A museum in one language, as it can be taken."""

    language: str
    name: str
    list_url: str
    mp3_url: str
    here: bool


@dataclass(frozen=True)
class TakePage:
    museum: str
    name: str
    parcels: tuple[Parcel, ...]
    too_large: bool
    stops: int


@dataclass(frozen=True)
class UnlistedPage:
    museum: str


def take(of: Material, there: Museum) -> MadePage:
    reader = of.reader(there)
    shown = TakePage(
        museum=there.slug,
        name=there.say(there.sheet.name, reader.language),
        parcels=tuple(_parcel(there, tag, reader.language) for tag in _mine_first(there, reader.language)),
        too_large=too_large(there),
        stops=len(there.shown_stops),
    )
    frame = described.taking(there, reader, "take", of.messages, of.public_url)
    return MadePage("visit/take.html", frame, {"page": shown})


def unlisted(of: Material, there: Museum) -> MadePage:
    frame = described.taking(there, of.reader(there), "unlisted", of.messages, of.public_url)
    return MadePage("visit/unlisted.html", frame, {"page": UnlistedPage(there.slug)})


def too_large(there: Museum) -> bool:
    return len(there.shown_stops) > MOST_STOPS


def _mine_first(there: Museum, language: str) -> list[str]:
    return sorted(there.sheet.languages, key=lambda tag: tag != language)


def _parcel(there: Museum, tag: str, language: str) -> Parcel:
    return Parcel(
        language=tag,
        name=endonym(tag),
        list_url=addresses.pack(there.slug, tag),
        mp3_url=f"{addresses.pack(there.slug, tag)}&sound=mp3",
        here=tag == language,
    )
