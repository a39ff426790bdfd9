"""Searching a museum: its stops as documents of the one lexical index, kept in buckets that change alone."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence

from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.finding import Document, Field, Hit, Index, Segment, bucket_of, buckets
from guide.tours.sentences import plain

MAKING = "search-2"
KEPT_SEGMENTS = 400


class Finder:
    """Derives each bucket's segment once, keeps it by its content, and puts museums' indexes together on demand."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._lock = threading.Lock()
        self._segments: OrderedDict[str, Segment] = OrderedDict()
        self._indexes: OrderedDict[tuple[str, str], Index] = OrderedDict()

    def search(self, museum: Museum, language: str, query: str, limit: int = 60) -> list[tuple[Stop, Hit]]:
        hits = self.index(museum, language).search(query, limit)
        return [(stop, hit) for hit in hits if (stop := museum.stop(hit.key))]

    def index(self, museum: Museum, language: str) -> Index:
        key = museum.edition, language
        with self._lock:
            if key not in self._indexes:
                self._indexes[key] = Index(list(self._derive(museum, language)), language)
                while len(self._indexes) > 24:
                    self._indexes.popitem(last=False)
            return self._indexes[key]

    def _derive(self, museum: Museum, language: str) -> Iterator[Segment]:
        stops = [path[6:] for path in museum.manifest.documents if path.startswith("stops/")]
        count = buckets(len(stops))
        shelves: dict[int, list[str]] = {}
        for slug in sorted(stops):
            shelves.setdefault(bucket_of(slug, count), []).append(slug)
        for slugs in shelves.values():
            yield self._segment(museum, language, slugs)

    def _segment(self, museum: Museum, language: str, slugs: Sequence[str]) -> Segment:
        name = _name(museum, language, slugs)
        if name not in self._segments:
            self._segments[name] = self._kept(name) or self._built(museum, language, slugs, name)
            while len(self._segments) > KEPT_SEGMENTS:
                self._segments.popitem(last=False)
        return self._segments[name]

    def _kept(self, name: str) -> Segment | None:
        path = self._storage.path(name)
        return Segment.from_bytes(path.read_bytes()) if path else None

    def _built(self, museum: Museum, language: str, slugs: Sequence[str], name: str) -> Segment:
        stops = (museum.stop(slug) for slug in slugs)
        shown = [stop for stop in stops if stop and stop.withdrawn is None]
        segment = Segment.build([document(museum, stop, language) for stop in shown], language)
        self._storage.put(name, segment.to_bytes())
        return segment


def _name(museum: Museum, language: str, slugs: Sequence[str]) -> str:
    versions = "".join(museum.manifest.documents[f"stops/{slug}"] for slug in slugs)
    beside = f"{MAKING}:{language}:{museum.sheet.fallback}:{museum.sheet.languages}:{versions}"
    return f"indexes/{hashlib.sha256(beside.encode()).hexdigest()[:32]}.find"


def document(museum: Museum, stop: Stop, language: str) -> Document:
    """A stop as a visitor may look for it: in the language shown and by the titles of all the others."""
    text, _ = museum.text(stop, language)
    titles = [other.title for other in stop.texts.values() if other.title != text.title]
    fields = [
        Field("number", f"{stop.number} {stop.code}", 3.0),
        Field("title", text.title, 3.0),
        *(Field("other-name", name, 2.5) for name in [*stop.names.other, *titles]),
        *(Field("old-place", name, 2.0) for name in stop.names.places),
        *(Field("theme", name, 1.5) for name in _shelves(museum, stop, language)),
        Field("text", plain(text.body), 1.0),
    ]
    return Document(stop.slug, tuple(field for field in fields if field.text.strip()))


def _shelves(museum: Museum, stop: Stop, language: str) -> Iterable[str]:
    yield from (museum.say(value, language) for _, value in stop.object if value is not None)
    yield from (theme.replace("-", " ") for theme in stop.themes)
