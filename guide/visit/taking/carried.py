"""What is taken along of a museum, theme by theme: pages, and files as they are served."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from guide.narration.hearing import Sound
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses, museum_pages
from guide.visit.ask_page import Typed
from guide.visit.choosing.choices_page import choices_made
from guide.visit.findable import findable
from guide.visit.front import Front
from guide.visit.making import MadePage, Material
from guide.visit.museum_page import STOPS_A_PAGE
from guide.visit.places.map_page import map_made
from guide.visit.places.taken import has_map, tiles_along
from guide.visit.seeing import carried as views
from guide.visit.taking import take_page
from guide.visit.walking import carried as walks

Kind = Literal["page", "sound", "captions", "picture", "plan", "map", "data", "tool"]
SoundFile = Literal["webm", "mp3"]


@dataclass(frozen=True)
class Taking:
    """Which museum is taken, in which language, with which files of sound."""

    museum: Museum
    language: str
    sound: SoundFile


@dataclass(frozen=True)
class Carried:
    """One file: its address, and what a GET of it gives this reader."""

    url: str
    kind: Kind
    body: MadePage | Path | bytes


Theme = Callable[[Material, Taking], Iterable[Carried]]


def carried(of: Material, taking: Taking) -> Iterator[Carried]:
    """Sounds and pictures first and pages last, so that no page is there before what it shows."""
    for theme in THEMES:
        yield from theme(of, taking)


def _sounds(of: Material, taking: Taking) -> Iterator[Carried]:
    for stop in taking.museum.shown_stops:
        sound = sound_of(of, taking, stop)
        if sound and sound.ready:
            yield from _files_of(of, sound, taking.sound)


def sound_of(of: Material, taking: Taking, stop: Stop) -> Sound | None:
    return of.hearing.sound(taking.museum, stop, taking.museum.text(stop, taking.language)[1])


def _files_of(of: Material, sound: Sound, ending: SoundFile) -> Iterator[Carried]:
    files: tuple[tuple[str, Kind], ...] = ((ending, "sound"), ("vtt", "captions"))
    for suffix, kind in files:
        name = f"media/{sound.name}.{suffix}"
        if path := of.storage.path(name):
            yield Carried(addresses.media(name), kind, path)


def _stops(of: Material, taking: Taking) -> Iterator[Carried]:
    there, language = taking.museum, taking.language
    for stop in there.stops:
        if there.standing(stop) is stop:
            yield _page(addresses.stop(there.slug, stop.slug, language), museum_pages.stop(of, there, stop))


def _tours(of: Material, taking: Taking) -> Iterator[Carried]:
    there, language = taking.museum, taking.language
    for slug, tour in there.tours.items():
        yield _page(addresses.tour(there.slug, slug, language), museum_pages.tour(of, there, slug))
        for name in dict.fromkeys(step.stop for step in tour.stops):
            stop = there.stop(name)
            if stop and stop.withdrawn is None:
                url = addresses.step(there.slug, name, slug, language)
                yield _page(url, museum_pages.stop(of, there, stop, slug))


def _the_museum(of: Material, taking: Taking) -> Iterator[Carried]:
    there, language = taking.museum, taking.language
    yield _page(addresses.museum(there.slug, language), museum_pages.museum(of, there))
    for page in range(2, -(-len(there.shown_stops) // STOPS_A_PAGE) + 1):
        yield _page(addresses.museum_further(there.slug, page, language), museum_pages.museum(of, there, page))
    everything = museum_pages.everything(there)
    yield _page(addresses.search(there.slug, language), museum_pages.search(of, there, "", {}, "", everything))
    yield _page(addresses.ask(there.slug, language), museum_pages.ask(of, there, Typed()))
    yield _page(addresses.take(there.slug, language), take_page.take(of, there))
    yield _page(addresses.unlisted(there.slug, language), take_page.unlisted(of, there))
    interface = of.reader(there).interface
    yield _page(addresses.offline(interface), museum_pages.offline(replace(of, wishes=(interface,))))


def _places(of: Material, taking: Taking) -> Iterator[Carried]:
    there = taking.museum
    if has_map(there):
        tiles = [Carried(url, "map", kept) for url, kept in tiles_along(there, of.storage)]
        yield from [*tiles, *_map_tools(of.front)] if tiles else []
        yield _page(addresses.map_of(there.slug, taking.language), map_made(of, there))


def _views(of: Material, taking: Taking) -> Iterator[Carried]:
    for url, poster in views.posters(of, taking.museum):
        yield Carried(url, "picture", poster)
    for url, made in views.pages(of, taking.museum, taking.language):
        yield _page(url, made)


def _map_tools(front: Front) -> Iterator[Carried]:
    """Without tiles the drawing does without them."""
    for name in ("map.js", "map-worker.js", "map.css"):
        if url := front.bundled(name):
            yield Carried(url, "tool", front.assets[f"bundles/{name}"].body)


def _walks(of: Material, taking: Taking) -> Iterator[Carried]:
    there, language = taking.museum, taking.language
    url, ground = walks.data(of, there, language)
    yield Carried(url, "data", ground)
    yield _page(*walks.page(of, there, language))


def _pocket(of: Material, taking: Taking) -> Iterator[Carried]:
    """What the assistant and the search need on the phone."""
    packed = of.pockets.of(taking.museum, taking.language)
    yield Carried(addresses.pocket(taking.museum.slug, taking.language), "data", packed.unpacked)
    yield Carried(
        addresses.findable(taking.museum.slug, taking.language), "data", findable(taking.museum, taking.language)
    )


def _choices(of: Material, taking: Taking) -> Iterator[Carried]:
    yield _page(addresses.choices(taking.language), choices_made(of))


def _page(url: str, made: MadePage) -> Carried:
    return Carried(url, "page", made)


THEMES: tuple[Theme, ...] = (_sounds, _stops, _tours, _views, _places, _walks, _pocket, _choices, _the_museum)
"""Add a theme here, and what it carries goes along."""
