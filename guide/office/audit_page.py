"""The audit as an administrator reads it: the newest first, in words, with its place in the chain."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.language import Messages
from guide.office.sealing import Chain, verify
from guide.office.tables import AuditHead, AuditLine
from guide.office.workplaces import Workplace

A_PAGE = 50
ID = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
"""Of a device or a shift; its first part tells it from the others of a museum."""
LOOKED_BACK = 5_000
"""Places that are read anew for each page; the whole chain only where it is asked for."""


@dataclass(frozen=True)
class Line:
    id: int
    at: datetime
    """As it was at the museum."""
    who: str
    did: str
    about: str
    detail: tuple[tuple[str, str], ...]
    place: int | None
    seal: str


@dataclass(frozen=True)
class AuditPage:
    lines: tuple[Line, ...]
    chain: Chain
    since: int
    """The place from which the chain was read."""
    older: int | None
    """The line to go on from."""


def audit_page(
    session: Session,
    museums: tuple[str, ...],
    place: Workplace,
    messages: Messages,
    language: str,
    before: int | None,
    whole: bool,
) -> AuditPage:
    here = col(AuditLine.museum).in_(museums)
    asked = sa.select(AuditLine).where(here if before is None else here & (col(AuditLine.id) < before))
    found = session.scalars(asked.order_by(col(AuditLine.id).desc()).limit(A_PAGE + 1)).all()
    lines = tuple(_line(line, place, messages, language) for line in found[:A_PAGE])
    since = 0 if whole else max(0, _length(session) - LOOKED_BACK)
    older = lines[-1].id if len(found) > A_PAGE else None
    return AuditPage(lines, verify(session, since), since, older)


def _length(session: Session) -> int:
    return session.connection().execute(sa.select(col(AuditHead.length))).scalar() or 0


def _line(line: AuditLine, place: Workplace, messages: Messages, language: str) -> Line:
    return Line(
        id=line.id or 0,
        at=place.local(line.at),
        who=_someone(line.who, messages, language),
        did=messages.find(language, f"office.did.{line.did}") or line.did,
        about=_someone(line.about, messages, language),
        detail=_detail(line.detail, messages, language),
        place=line.place,
        seal=(line.seal or "")[:8],
    )


def _someone(told: str, messages: Messages, language: str) -> str:
    """`person:an@example.vn` is an@example.vn; `device:4f2a…` is a device."""
    kind, colon, name = ID.sub(r"\1", told).partition(":")
    pattern = messages.find(language, f"office.who.{kind}")
    if pattern is None:
        return f"{kind}{colon}{name}"
    return pattern.format(name=name) if colon else pattern


def _detail(told: str, messages: Messages, language: str) -> tuple[tuple[str, str], ...]:
    try:
        found = json.loads(told) if told else {}
    except ValueError:  # only where somebody has meddled with it; the chain says so
        return (("", told),)
    if not isinstance(found, dict):
        return (("", told),)
    return tuple(
        (messages.find(language, f"office.detail.{name}") or name, _plain(value, name, messages, language))
        for name, value in found.items()
    )


def _plain(value: object, name: str, messages: Messages, language: str) -> str:
    if name.endswith("dong") and isinstance(value, int):
        return f"{value:,}".replace(",", messages.say(language, "office.thousands")) + " ₫"
    if not isinstance(value, list):
        return str(value)
    words = (messages.find(language, f"office.{name.removesuffix('s')}.{one}") or str(one) for one in value)
    return ", ".join(words)
