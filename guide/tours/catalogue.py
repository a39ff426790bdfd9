"""The catalogue: all museums' current editions in memory, swapped whole when a pointer moves."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlmodel import Session

from guide.bell import Bell
from guide.database import Database
from guide.errors import NotFound
from guide.language import match
from guide.tours import editions
from guide.tours.content import LexiconEntry, MuseumSheet, Question, Stop, Text, Tour
from guide.tours.editions import Manifest

log = logging.getLogger(__name__)
T = TypeVar("T")
_SHAPES: dict[str, TypeAdapter[Any]] = {
    "museum": TypeAdapter(MuseumSheet),
    "stops": TypeAdapter(Stop),
    "tours": TypeAdapter(Tour),
    "lexicon": TypeAdapter(list[LexiconEntry]),
    "faq": TypeAdapter(list[Question]),
}


@dataclass(frozen=True)
class Museum:
    """One museum as one edition has it."""

    manifest: Manifest
    edition: str
    parts: Parts
    """The documents, by their path in the manifest."""

    @property
    def slug(self) -> str:
        return self.manifest.museum

    @cached_property
    def sheet(self) -> MuseumSheet:
        return self._part("museum", MuseumSheet)

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """Every stop in the order of its number, withdrawn ones too."""
        return tuple(sorted(self._under("stops", Stop).values(), key=lambda stop: (stop.number, stop.slug)))

    @cached_property
    def shown_stops(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.withdrawn is None)

    @cached_property
    def tours(self) -> dict[str, Tour]:
        return self._under("tours", Tour)

    @cached_property
    def lexicons(self) -> dict[str, list[LexiconEntry]]:
        return self._under("lexicon", list)

    @cached_property
    def faqs(self) -> dict[str, list[Question]]:
        return self._under("faq", list)

    @cached_property
    def _by_former_slug(self) -> dict[str, Stop]:
        return {name: stop for stop in self.stops for name in stop.formerly}

    @cached_property
    def _by_number(self) -> dict[int, Stop]:
        return {stop.number: stop for stop in self.stops}

    @cached_property
    def places_in_line(self) -> dict[str, int]:
        return {stop.slug: place for place, stop in enumerate(self.shown_stops)}

    def stop(self, slug: str) -> Stop | None:
        path = f"stops/{slug}"
        found = self._part(path, Stop) if path in self.parts else None
        return found if found and self.standing(found) is found else None

    def renamed(self, slug: str) -> Stop | None:
        return self._by_former_slug.get(slug)

    def numbered(self, number: int) -> Stop | None:
        found = self._by_number.get(number)
        return self.standing(found) if found else None

    def standing(self, stop: Stop) -> Stop:
        """The stop, or the one that took its place: a printed label outlives the name it was made for."""
        return (self._by_former_slug.get(stop.slug) or stop) if stop.withdrawn else stop

    def version(self, stop: Stop) -> str:
        """The hash of the stop's document: equal versions are equal texts, sheets and pictures."""
        return self.manifest.documents[f"stops/{stop.slug}"]

    def file(self, path: str) -> str | None:
        return self.manifest.files.get(path)

    def language_for(self, asked: str, there: Iterable[str]) -> str | None:
        """The asked language where it is there; else the museum's chain, its source, and anything before nothing."""
        tags = list(there)
        chain = (asked, *self.sheet.fallback, self.sheet.source_language, *tags)
        return next((found for wish in chain if (found := match(wish, tags))), None)

    def say(self, words: Mapping[str, str] | str | None, language: str) -> str:
        """One text out of its languages, never blank while any is there."""
        if words is None or isinstance(words, str):
            return words or ""
        found = self.language_for(language, words)
        return words[found] if found else ""

    def text(self, stop: Stop, language: str) -> tuple[Text, str]:
        """A stop's text, and the language that it is in."""
        found = self.language_for(language, stop.texts) or self.sheet.source_language
        return stop.texts[found], found

    def source_hash(self, stop: Stop) -> str:
        """What a translation says it is `of`; another hash means that the source has moved on."""
        text = stop.texts[self.sheet.source_language]
        file = f"# {text.title}\n\n{text.body}\n"
        return f"sha256:{hashlib.sha256(file.encode()).hexdigest()}"

    def _part(self, path: str, kind: type[T]) -> T:
        part = self.parts[path]
        assert isinstance(part, kind)
        return part

    def _under(self, room: str, kind: type[T]) -> dict[str, T]:
        names = sorted(path for path in self.parts if path.startswith(f"{room}/"))
        return {path[len(room) + 1 :]: self._part(path, kind) for path in names}


class NoSuchMuseum(NotFound):
    """No museum of this name is published here."""


@dataclass(frozen=True)
class Catalogue:
    museums: Mapping[str, Museum] = field(default_factory=dict)

    def named(self, slug: str) -> Museum:
        """The museum that an address names."""
        if museum := self.museums.get(slug):
            return museum
        raise NoSuchMuseum(museum=slug[:60])

    @cached_property
    def _by_code(self) -> dict[str, tuple[Museum, Stop]]:
        everything = ((museum, stop) for museum in self.museums.values() for stop in museum.stops)
        return {stop.code: (museum, museum.standing(stop)) for museum, stop in everything}

    def coded(self, code: str) -> tuple[Museum, Stop] | None:
        return self._by_code.get(code)

    @cached_property
    def fingerprint(self) -> str:
        return "".join(sorted(museum.edition for museum in self.museums.values()))


class Catalogues:
    """Holds the current catalogue, and looks whether a pointer has moved."""

    LOOK_SECONDS = 0.7

    def __init__(self, database: Database, bell: Bell) -> None:
        self._database = database
        self._bell = bell
        self._lock = threading.Lock()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._look_again, name="catalogue", daemon=True)
        self.current = Catalogue()

    def renew(self) -> Catalogue:
        """Read what moved since the last look; what did not change is shared with the catalogue before."""
        with self._lock, self._database.reading() as session:
            wanted = editions.pointers(session)
            if wanted == {slug: museum.edition for slug, museum in self.current.museums.items()}:
                return self.current
            self.current = Catalogue(dict(self._museums(session, wanted)))
            return self.current

    def _museums(self, session: Session, wanted: Mapping[str, str]) -> Iterator[tuple[str, Museum]]:
        for slug, edition in sorted(wanted.items()):
            before = self.current.museums.get(slug)
            if before and before.edition == edition:
                yield slug, before
            elif manifest := editions.current(session, slug):
                yield slug, read_museum(session, manifest, before)

    def keep_looking(self) -> None:
        self._thread.start()

    def stop_looking(self) -> None:
        self._leaving.set()
        self._bell.close()
        self._thread.join(timeout=10)

    def _look_again(self) -> None:
        """A database that is away for a while ends nothing: what was shown stays, and the next look tries again."""
        while not self._leaving.is_set():
            self._bell.wait(self.LOOK_SECONDS)
            try:
                self.renew()
            except Exception:  # a thread's edge
                log.exception("the catalogue could not be renewed")


def read_museum(session: Session, manifest: Manifest, before: Museum | None = None) -> Museum:
    shared = _shared(manifest, before)
    missing = {path: name for path, name in manifest.documents.items() if path not in shared}
    bodies = editions.bodies(session, missing.values())
    fresh = {path: Part(path, bodies[name]) for path, name in missing.items()}
    return Museum(manifest, manifest.hash, Parts({**shared, **fresh}))


def _shared(manifest: Manifest, before: Museum | None) -> dict[str, Part]:
    """What need not be read again, because it is the same document."""
    if before is None:
        return {}
    old = before.manifest.documents
    return {path: before.parts.part(path) for path, name in manifest.documents.items() if old.get(path) == name}


class Parts(Mapping[str, object]):
    """Documents by their path, each parsed when it is asked for: a large museum opens as quickly as a small one."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self._parts = parts

    def part(self, path: str) -> Part:
        return self._parts[path]

    def speaking_of(self, under: str, key: str) -> list[str]:
        """The documents that may have something at this key, found without parsing any."""
        return sorted(path for path, part in self._parts.items() if path.startswith(under) and part.may_say(key))

    def __getitem__(self, path: str) -> object:
        return self._parts[path].content

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __contains__(self, path: object) -> bool:
        return path in self._parts


class Part:
    """One document. Editions that share it share what was parsed of it."""

    __slots__ = ("_body", "_content", "_path")

    def __init__(self, path: str, body: bytes) -> None:
        self._path = path
        self._body: bytes | None = body
        self._content: object = None

    def may_say(self, key: str) -> bool:
        """As it was written; what was parsed already may say anything."""
        return self._body is None or f'"{key}":'.encode() in self._body

    @property
    def content(self) -> object:
        if (body := self._body) is not None:
            self._content = _SHAPES[self._path.split("/", 1)[0]].validate_json(body)
            self._body = None
        return self._content
