"""What the last import saw of each stop: it lets the next one read only what changed, and keeps numbers and codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.tours.tables import ImportedStop


class KnownStop(NamedTuple):
    slug: str
    signature: str
    """What the folder looked like from outside; empty when it must be read again."""
    document: str
    number: int
    code: str
    code_written: bool
    """Whether stop.yaml says the code; otherwise it stands only in this installation."""
    formerly: tuple[str, ...]
    files: Mapping[str, str]


def known_stops(session: Session, museum: str) -> dict[str, KnownStop]:
    rows = session.execute(sa.select(*_COLUMNS).where(col(ImportedStop.museum) == museum))
    return {row[0]: _known(*row) for row in rows}


def _known(*row: Any) -> KnownStop:
    *plain, formerly, files = row
    former = () if formerly == "[]" else tuple(json.loads(formerly))
    return KnownStop._make((*plain, former, {} if files == "{}" else json.loads(files)))


def codes_elsewhere(session: Session, museum: str) -> dict[str, str]:
    """The codes of the other museums, and whose they are."""
    rows = session.execute(sa.select(*_HOLDERS).where(col(ImportedStop.museum) != museum))
    return {code: f"{other}/{slug}" for code, other, slug in rows}


_HOLDERS = [col(ImportedStop.code), col(ImportedStop.museum), col(ImportedStop.slug)]


def remember(session: Session, museum: str, before: Mapping[str, KnownStop], after: Mapping[str, KnownStop]) -> None:
    stale = [slug for slug, row in before.items() if after.get(slug) != row]
    fresh = [row for slug, row in after.items() if before.get(slug) != row]
    here = sa.delete(ImportedStop).where(col(ImportedStop.museum) == museum)
    for slug in stale:
        session.execute(here.where(col(ImportedStop.slug) == slug))
    if fresh:
        session.connection().execute(sa.insert(ImportedStop), [_row(museum, row) for row in fresh])


_COLUMNS = [col(getattr(ImportedStop, name)) for name in KnownStop._fields]


def _row(museum: str, row: KnownStop) -> dict[str, object]:
    told = {"formerly": json.dumps(row.formerly), "files": json.dumps(row.files, sort_keys=True)}
    return {**row._asdict(), **told, "museum": museum}
