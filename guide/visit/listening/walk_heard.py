"""A walk that is listened to: where it begins, and what it comes to as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guide.narration.track import Tracks, Walk
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses
from guide.visit.making import Material


@dataclass(frozen=True)
class WalkHeard:
    start_url: str
    """The first stop that can be heard."""
    sound_url: str
    track_url: str
    file_name: str
    stops: int
    waiting: int
    """Stops that are not recorded yet; until they are nobody knows how long and large the whole is."""
    seconds: float
    bytes: int


def tour_stops(museum: Museum, tour: str) -> list[Stop]:
    return [stop for step in museum.tours[tour].stops if (stop := museum.stop(step.stop))]


def tour_heard(of: Material, museum: Museum, tour: str) -> WalkHeard | None:
    """None where nobody can say any of it in this language."""
    language = of.reader(museum).language
    title = museum.say(museum.tours[tour].title, language)
    walk = _walk(of, museum, title, tour_stops(museum, tour))
    url = addresses.tour_track(museum.slug, tour, language)
    return _heard(
        walk, f"{museum.slug}-{tour}.mp3", url, lambda stop: addresses.step(museum.slug, stop, tour, language)
    )


def walk_heard(
    of: Material, museum: Museum, title: str, stops: Iterable[Stop], track_url: str, step: Callable[[str], str]
) -> WalkHeard | None:
    """The same of a walk that was composed for somebody; `step` gives a stop's address on it."""
    return _heard(_walk(of, museum, title, stops), f"{museum.slug}.mp3", track_url, step)


def _walk(of: Material, museum: Museum, title: str, stops: Iterable[Stop]) -> Walk:
    tracks = Tracks(of.hearing, of.storage)
    return tracks.walk(museum, title, stops, of.reader(museum).language, of.day(museum))


def _heard(walk: Walk, file_name: str, track_url: str, step: Callable[[str], str]) -> WalkHeard | None:
    if not walk.parts:
        return None
    first, slug = walk.parts[0], walk.museum.slug
    sound = addresses.narration(first.sound.name, "mp3", slug, first.stop.slug, first.language, ready=first.sound.ready)
    return WalkHeard(
        start_url=step(first.stop.slug),
        sound_url=sound,
        track_url=track_url,
        file_name=file_name,
        stops=len(walk.parts),
        waiting=walk.waiting,
        seconds=walk.seconds,
        bytes=walk.bytes,
    )
