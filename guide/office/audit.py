"""The audit: a line for what matters, in the transaction that does it; chained afterwards, so that no scan queues."""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from guide.office.tables import AuditLine


def note(session: Session, now: datetime, museum: str, who: str, did: str, about: str, **detail: object) -> None:
    """`who` is `person:<email>`, `device:<id>`, `payment:<provider>`, `command` or `visitor`."""
    told = json.dumps(detail, ensure_ascii=False) if detail else ""
    row = {"at": now, "museum": museum, "who": who, "did": did, "about": about, "detail": told}
    session.connection().execute(sa.insert(AuditLine), row)
