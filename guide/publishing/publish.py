"""From a folder to a new edition: check, store, derive, and last of all move the pointer.

Killed anywhere before the pointer moves, the old edition stands; publishing again finishes what was begun, because
everything stored on the way is named by its content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from guide.bell import Bell
from guide.clock import day_in
from guide.database import Database
from guide.errors import Conflict, NotFound
from guide.language import Messages
from guide.narration.scribe import Scribe
from guide.publishing.assigning import Assigned, Known, assign, disappeared
from guide.publishing.folder import MuseumFolder, read_folder
from guide.publishing.keeping import keep_files
from guide.publishing.known import codes_elsewhere, known_stops, remember
from guide.storage import Storage
from guide.tours import editions
from guide.tours.catalogue import Museum, read_museum
from guide.tours.content import Stop
from guide.tours.editions import Manifest
from guide.tours.shapes import Content


class PublishedMeanwhile(Conflict):
    """Somebody else published this museum while we were at it; nothing of ours was shown."""


class NothingPublished(NotFound):
    """No museum of this name is published here."""


@dataclass(frozen=True)
class Outcome:
    """What publishing did, stop by stop."""

    museum: str
    edition: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    documents_stored: int = 0

    @property
    def nothing_new(self) -> bool:
        return not (self.added or self.changed or self.renamed or self.withdrawn or self.other)

    def lines(self, messages: Messages, language: str) -> Iterator[str]:
        """What is told to whoever published."""
        told = {"museum": self.museum, "edition": self.edition[:12]}
        yield messages.say(language, "command.unchanged" if self.nothing_new else "command.edition", **told)
        for kind in ("added", "changed", "withdrawn", "other"):
            if names := getattr(self, kind):
                yield messages.say(language, f"command.{kind}", count=len(names), names=_shortened(names))
        for old, new in self.renamed:
            yield messages.say(language, "command.renamed", old=old, new=new)


Derive = Callable[[Museum], None]
"""Makes what an edition needs before visitors may see it: recordings and indexes."""


@dataclass(frozen=True)
class Press:
    """Where editions are made."""

    database: Database
    storage: Storage
    bell: Bell
    scribe: Scribe | None = None

    def publish(self, root: Path, slug: str, now: datetime, derive: Derive, *, replace: bool = False) -> Outcome:
        with self.database.reading() as session:
            before = editions.current(session, slug)
            known = Known(known_stops(session, slug), codes_elsewhere(session, slug))
            folder = read_folder(root, slug, {} if replace else known.stops, now, self.scribe)
            assigned = self._assign(session, folder, known, now)
        manifest, bodies = _manifest(folder, assigned)
        keep_files(self.storage, root, manifest.files)
        stored = self._store(manifest, bodies, now)
        derive(self._read(manifest))
        with self.database.writing() as session:
            _move_pointer(session, manifest, before)
            remember(session, slug, known.stops, assigned.rows)
        self.bell.ring()
        return _outcome(before, manifest, folder, stored)

    def _assign(self, session: Session, folder: MuseumFolder, known: Known, now: datetime) -> Assigned:
        rows = {slug: known.stops[slug] for slug in disappeared(folder, known.stops)}
        texts = editions.bodies(session, [row.document for row in rows.values()])
        gone = {slug: Stop.model_validate_json(texts[row.document]) for slug, row in rows.items()}
        return assign(folder, known, gone, day_in(folder.sheet.time_zone, now))

    def _store(self, manifest: Manifest, bodies: dict[str, bytes], now: datetime) -> int:
        with self.database.writing() as session:
            stored = editions.keep(session, bodies)
            editions.keep_manifest(session, manifest, now)
            return stored

    def _read(self, manifest: Manifest) -> Museum:
        with self.database.reading() as session:
            return read_museum(session, manifest)


def _shortened(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")


def _manifest(folder: MuseumFolder, assigned: Assigned) -> tuple[Manifest, dict[str, bytes]]:
    bodies = dict(assigned.bodies)
    paths = {f"stops/{slug}": row.document for slug, row in assigned.rows.items()}
    for path, part in _parts(folder):
        paths[path], body = editions.document(part)
        bodies[paths[path]] = body
    return Manifest(folder.slug, paths, {**folder.files, **assigned.files()}), bodies


def _parts(folder: MuseumFolder) -> Iterator[tuple[str, Content | Sequence[Content]]]:
    """What stands beside the stops, by its path in the manifest."""
    yield "museum", folder.sheet
    for room, shelf in (("tours", folder.tours), ("lexicon", folder.lexicons), ("faq", folder.faqs)):
        for name, part in shelf.items():
            yield f"{room}/{name}", part


def _move_pointer(session: Session, manifest: Manifest, before: Manifest | None) -> None:
    if not editions.move_pointer(session, manifest.museum, before.hash if before else None, manifest.hash):
        raise PublishedMeanwhile(museum=manifest.museum)


def _outcome(before: Manifest | None, after: Manifest, folder: MuseumFolder, stored: int) -> Outcome:
    old, new = _with_files(before) if before else {}, _with_files(after)
    was, now = _stops(old), _stops(new)
    renamed = _renamed(was, now, folder)
    arrived = {slug for _, slug in renamed}
    return Outcome(
        museum=after.museum,
        edition=after.hash,
        added=tuple(slug for slug in now if slug not in was and slug not in arrived),
        changed=tuple(slug for slug in now if slug in was and was[slug] != now[slug] and slug in folder.slugs()),
        renamed=renamed,
        withdrawn=tuple(slug for slug in now if slug in was and was[slug] != now[slug] and slug not in folder.slugs()),
        other=_other(old, new),
        documents_stored=stored,
    )


def _with_files(manifest: Manifest) -> dict[str, str]:
    """What each path stands for; a stop also for its pictures and recordings, which are as much of it as its text."""
    found = dict(manifest.documents)
    for path, name in sorted(manifest.files.items()):
        stop = "/".join(path.split("/")[:2])
        owner = stop if stop in manifest.documents else path
        found[owner] = f"{found.get(owner, '')} {name}"
    return found


def _stops(documents: dict[str, str]) -> dict[str, str]:
    return {path[6:]: name for path, name in sorted(documents.items()) if path.startswith("stops/")}


def _renamed(was: dict[str, str], now: dict[str, str], folder: MuseumFolder) -> tuple[tuple[str, str], ...]:
    return tuple(
        (old, slug)
        for slug, stop in sorted(folder.stops.items())
        for old in stop.sheet.formerly
        if slug not in was and old in was and old not in now
    )


def _other(old: dict[str, str], new: dict[str, str]) -> tuple[str, ...]:
    paths = sorted({*old, *new})
    return tuple(path for path in paths if not path.startswith("stops/") and old.get(path) != new.get(path))
