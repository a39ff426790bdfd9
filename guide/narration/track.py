"""A walk as one recording with a chapter for each stop, for players that would stop between files."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guide.errors import NotFound
from guide.narration.hearing import Hearing, Sound
from guide.narration.track_joining import Joined, join
from guide.narration.track_tags import Chapter, Told, tag
from guide.storage import Storage
from guide.tours.calendar import stop_closure
from guide.tours.catalogue import Museum
from guide.tours.content import Stop

MAKING = "track-1"
"""How tracks are made; part of their name."""
COMPOSED = "composed"
MOST_COMPOSED = 200
STILL_HEARD = 3600
"""Seconds."""


class NothingToHear(NotFound):
    """No stop of the walk is open and can be heard in this language."""


@dataclass(frozen=True)
class Part:
    """A stop of the walk, and what is to be heard of it."""

    stop: Stop
    title: str
    language: str
    sound: Sound


@dataclass(frozen=True)
class Walk:
    """What is joined, and what it is called."""

    museum: Museum
    title: str
    language: str
    parts: tuple[Part, ...]

    @property
    def waiting(self) -> int:
        """Stops that are not recorded yet."""
        return sum(not part.sound.ready for part in self.parts)

    @property
    def seconds(self) -> float:
        return sum(part.sound.seconds or 0 for part in self.parts)

    @property
    def bytes(self) -> int:
        return sum(part.sound.mp3_bytes or 0 for part in self.parts)

    @property
    def museum_name(self) -> str:
        return self.museum.say(self.museum.sheet.name, self.language)

    @property
    def name(self) -> str:
        """Of what it is made, and what it tells of itself."""
        heard = [(part.sound.name, part.title, self.museum.version(part.stop)) for part in self.parts]
        made_of = json.dumps([MAKING, self.title, self.museum_name, heard], ensure_ascii=False)
        return hashlib.sha256(made_of.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Tracks:
    hearing: Hearing
    storage: Storage

    def walk(self, museum: Museum, title: str, stops: Iterable[Stop], language: str, day: date) -> Walk:
        """Closed stops and those without a voice are left out, as they are when the walk is listened to."""
        there = (stop for stop in stops if stop.withdrawn is None and not stop_closure(stop, day))
        parts = (self._part(museum, stop, language) for stop in there)
        return Walk(museum, title, language, tuple(part for part in parts if part))

    def make_composed(self, walk: Walk, picture: Callable[[Stop], bytes | None] = lambda _: None) -> str:
        """The same of a walk that was composed for one visitor: of these only the last ones stay."""
        name = self.make(walk, picture)
        known = self.storage.path(_composed(name)) is not None
        self.storage.put(_composed(name), b"")
        if not known:
            self._make_room()
        return name

    def make(self, walk: Walk, picture: Callable[[Stop], bytes | None] = lambda _: None) -> str:
        """The name of its file. What is not recorded yet is recorded first; nothing is encoded anew."""
        if not walk.parts:
            raise NothingToHear(walk=walk.title)
        walk = self._recorded(walk)
        if self.storage.path(_file(walk.name)) is None:
            self.storage.put(_file(walk.name), self._joined(walk, picture(walk.parts[0].stop)))
        return walk.name

    def _part(self, museum: Museum, stop: Stop, language: str) -> Part | None:
        text, found = museum.text(stop, language)
        sound = self.hearing.sound(museum, stop, found)
        return Part(stop, f"{stop.number} · {text.title}", found, sound) if sound else None

    def _recorded(self, walk: Walk) -> Walk:
        for part in walk.parts:
            if not part.sound.ready:
                with self.hearing.library.waiting.for_(part.sound.name):
                    self.hearing.make(walk.museum, part.stop, part.language)
        parts = (self._part(walk.museum, part.stop, walk.language) for part in walk.parts)
        return Walk(walk.museum, walk.title, walk.language, tuple(part for part in parts if part))

    def _make_room(self) -> None:
        """The oldest go, but none that somebody asked for in the last hour and may still be listening to."""
        asked = sorted(
            ((_written(self.storage.path(name)), name) for name in self.storage.names(COMPOSED)), reverse=True
        )
        for when, name in asked[MOST_COMPOSED:]:
            if when < time.time() - STILL_HEARD:
                self.storage.remove(_file(name.rpartition("/")[2]))
                self.storage.remove(name)

    def _joined(self, walk: Walk, picture: bytes | None) -> bytes:
        joined = join([self._recording(part) for part in walk.parts])
        told = Told(walk.title, walk.museum_name, joined.seconds, picture)
        return tag(told, chapters(walk.parts, joined)) + joined.body

    def _recording(self, part: Part) -> bytes:
        path = self.storage.path(_file(part.sound.name))
        if path is None:
            raise NothingToHear(walk=part.title)
        return path.read_bytes()


def chapters(parts: Sequence[Part], joined: Joined) -> list[Chapter]:
    ends = (*joined.starts[1:], joined.seconds)
    return [Chapter(part.title, start, end) for part, start, end in zip(parts, joined.starts, ends, strict=True)]


def _written(path: Path | None) -> float:
    """What has gone meanwhile is as old as can be."""
    try:
        return path.stat().st_mtime if path else 0.0
    except FileNotFoundError:
        return 0.0


def _composed(name: str) -> str:
    """An empty file beside the recordings, as old as the last time that the track was asked for."""
    return f"{COMPOSED}/{name}"


def _file(name: str) -> str:
    return f"media/{name}.mp3"
