"""Tidying up: recordings that nothing names any more make room, after a while; what an edition names is never touched.

Every edition that was ever made counts, not only the one that is shown, since going back is pointing at an older one.
An edition is stored before anything is derived from it. So what editions name is marked first, and in the transaction
that takes recordings away it is looked whether an edition has come meanwhile; if so, it is marked too before anything
goes. Whoever records afterwards sees what is really there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.database import Database
from guide.narration.hearing import script
from guide.narration.library import Library
from guide.narration.script import plan
from guide.narration.tables import Recording
from guide.storage import Storage
from guide.tours.catalogue import Museum, read_museum
from guide.tours.content import Stop
from guide.tours.editions import Manifest
from guide.tours.tables import Edition

GRACE = timedelta(days=7)
SIDE_FILES_GRACE = timedelta(hours=1)
"""What a writer that was killed leaves beside whole files; nobody writes one file for an hour."""
KINDS = {"media": ("mp3", "webm", "vtt", "json"), "sentences": ("flac",)}
AT_ONCE = 500


@dataclass
class Named:
    """What editions name: recordings and sentences, and the editions that were asked."""

    editions: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Stops with their lexicons, so that what many editions share is read once."""


@dataclass(frozen=True)
class Freed:
    recordings: int = 0
    files: int = 0
    bytes: int = 0


@dataclass(frozen=True)
class Tidying:
    database: Database
    storage: Storage
    library: Library

    def tidy(self, now: datetime, grace: timedelta = GRACE, further: Iterable[str] = ()) -> Freed:
        """`further` are names that somebody else holds, such as an offline pack."""
        named = Named(names=set(further))
        while True:
            self.mark(named)
            with self.database.writing() as session:
                if holds(session, named):
                    return self.sweep(session, named, now - grace, now - SIDE_FILES_GRACE)

    def would_free(self, now: datetime, grace: timedelta = GRACE, further: Iterable[str] = ()) -> Freed:
        named = Named(names=set(further))
        self.mark(named)
        with self.database.reading() as session:
            rows = _unnamed(session, named, now - grace)
            kept = named.names | _rows(session) - set(rows)
        files = [path.stat().st_size for _, path in self._unnamed_files(kept, now - grace)]
        return Freed(len(rows), len(files), sum(files))

    def mark(self, named: Named) -> None:
        """What the editions name that were not asked yet, by every voice that is there."""
        with self.database.reading() as session:
            before: Museum | None = None
            for manifest in _manifests(session, named.editions):
                shared = before if before and before.slug == manifest.museum else None
                before = read_museum(session, manifest, shared)
                self._mark(before, named)
                named.editions.add(manifest.hash)

    def sweep(self, session: Session, named: Named, before: datetime, side_before: datetime) -> Freed:
        """Rows first: with them gone, files that are written again while we sweep are young, and stay."""
        rows = _unnamed(session, named, before)
        for start in range(0, len(rows), AT_ONCE):
            session.execute(sa.delete(Recording).where(col(Recording.recipe).in_(rows[start : start + AT_ONCE])))
        files = list(self._unnamed_files(named.names | _rows(session), before))
        side_files = list(self._side_files(side_before))
        freed = sum(_size(path) for _, path in files) + sum(_size(path) for path in side_files)
        for name, _ in files:
            self.storage.remove(name)
        for path in side_files:
            path.unlink(missing_ok=True)
        return Freed(len(rows), len(files) + len(side_files), freed)

    def _mark(self, museum: Museum, named: Named) -> None:
        documents = museum.manifest.documents
        lexicons = "".join(name for path, name in sorted(documents.items()) if path.startswith("lexicon/"))
        for path, document in documents.items():
            if path.startswith("stops/") and (document, lexicons) not in named.seen:
                named.seen.add((document, lexicons))
                stop = museum.parts[path]
                assert isinstance(stop, Stop)
                named.names.update(self._names(museum, stop))

    def _names(self, museum: Museum, stop: Stop) -> Iterator[str]:
        for language in stop.texts:
            if language not in stop.recordings:
                told = script(museum, stop, language)
                for cast in self.library.every_cast(told):
                    yield cast.recipe
                    yield from (line.name for line in plan(told, cast.voice).lines)

    def _unnamed_files(self, named: set[str], before: datetime) -> Iterator[tuple[str, Path]]:
        for under, endings in KINDS.items():
            for name in self.storage.names(under):
                stem, _, ending = name.rpartition("/")[2].partition(".")
                path = self.storage.path(name) if ending in endings and stem not in named else None
                if path and _written(path) < before:
                    yield name, path

    def _side_files(self, before: datetime) -> Iterator[Path]:
        for under in KINDS:
            folders = {path.parent for name in self.storage.names(under) if (path := self.storage.path(name))}
            for folder in folders:
                yield from (path for path in folder.glob(".*") if path.is_file() and _written(path) < before)


def holds(session: Session, named: Named) -> bool:
    """Whether no edition has come since; on PostgreSQL none can, until this transaction is over."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("LOCK TABLE edition, recording IN SHARE ROW EXCLUSIVE MODE"))
    return set(session.scalars(select(col(Edition.hash)))) <= named.editions


def _manifests(session: Session, but: set[str]) -> Iterator[Manifest]:
    """One after the other, those of a museum together."""
    known = select(Edition.museum, Edition.made_at, Edition.hash).order_by(Edition.museum, col(Edition.made_at))
    for _, _, name in session.exec(known).all():
        if name not in but and (row := session.get(Edition, name)):
            yield Manifest.of(row)
            session.expunge(row)


def _unnamed(session: Session, named: Named, before: datetime) -> list[str]:
    """A person's recording is never taken away."""
    machine = select(Recording.recipe, Recording.made_at).where(col(Recording.human).is_(False))
    return [recipe for recipe, made in session.exec(machine) if recipe not in named.names and _utc(made) < before]


def _rows(session: Session) -> set[str]:
    return set(session.exec(select(Recording.recipe)))


def _utc(moment: datetime) -> datetime:
    """SQLite gives it back without its zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(path: Path) -> datetime:
    """What has gone meanwhile is nobody's to remove."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
