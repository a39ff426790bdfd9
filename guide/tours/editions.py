"""An edition: a manifest (path -> content hash) over documents that are named by their content and never change."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.database import added, changed, insert_into
from guide.tours.shapes import Content, written
from guide.tours.tables import CurrentEdition, Document, Edition

AT_ONCE = 500


@dataclass(frozen=True)
class Manifest:
    """What a museum is made of at one moment. Two equal museums have equal hashes, wherever they were made."""

    museum: str
    documents: Mapping[str, str] = field(default_factory=dict)
    """`museum`, `stops/<slug>`, `tours/<slug>`, `lexicon/<language>`, `faq/<language>` -> hash of the document"""
    files: Mapping[str, str] = field(default_factory=dict)
    """`stops/<slug>/photo.jpg` -> hash of the bytes"""

    def text(self) -> bytes:
        return canonical({"museum": self.museum, "documents": dict(self.documents), "files": dict(self.files)})

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.text()).hexdigest()

    @classmethod
    def of(cls, row: Edition) -> Manifest:
        return cls(**json.loads(zlib.decompress(row.manifest)))

    def packed(self) -> bytes:
        return zlib.compress(self.text(), 1)


def canonical(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def document(content: Content | Sequence[Content]) -> tuple[str, bytes]:
    """A document's name and its bytes."""
    plain = written(content) if isinstance(content, Content) else [written(item) for item in content]
    body = canonical(plain)
    return hashlib.sha256(body).hexdigest(), body


def current(session: Session, museum: str) -> Manifest | None:
    statement = select(Edition).join(CurrentEdition, col(CurrentEdition.edition) == col(Edition.hash))
    row = session.exec(statement.where(CurrentEdition.museum == museum)).first()
    return Manifest.of(row) if row else None


def pointers(session: Session) -> dict[str, str]:
    """Museum -> the hash of its current edition."""
    return {row.museum: row.edition for row in session.exec(select(CurrentEdition))}


def bodies(session: Session, hashes: Iterable[str]) -> dict[str, bytes]:
    wanted, found = sorted(set(hashes)), dict[str, bytes]()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        rows = session.execute(sa.select(col(Document.hash), col(Document.body)).where(col(Document.hash).in_(part)))
        found.update((name, body) for name, body in rows)
    return found


def keep(session: Session, documents: Mapping[str, bytes]) -> int:
    """Store what is not stored yet; how many were new."""
    return added(session, Document, [{"hash": name, "body": body} for name, body in sorted(documents.items())])


def keep_manifest(session: Session, manifest: Manifest, now: datetime) -> None:
    row = {"hash": manifest.hash, "museum": manifest.museum, "manifest": manifest.packed(), "made_at": now}
    added(session, Edition, [row])


def point(session: Session, museum: str, edition: str) -> None:
    """Move the museum's pointer: the one moment in which visitors pass from the old edition to the new."""
    insert = insert_into(session, CurrentEdition).values(museum=museum, edition=edition)
    session.execute(insert.on_conflict_do_update(index_elements=["museum"], set_={"edition": edition}))


def move_pointer(session: Session, museum: str, seen: str | None, edition: str) -> bool:
    """The same, but only from where it was `seen`; False when somebody else has moved it since."""
    if seen is None:
        return added(session, CurrentEdition, [{"museum": museum, "edition": edition}]) == 1
    there = (col(CurrentEdition.museum) == museum) & (col(CurrentEdition.edition) == seen)
    return changed(session, sa.update(CurrentEdition).where(there).values(edition=edition)) == 1
