"""What becomes of a provider's notice: kept once, its money is settled, looked at by somebody, or owed back.

The notice's own number is put down first. Whoever brings the same number again, at once or a day later or after the
server was killed, waits for that and hears the same outcome; nothing happens twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import added, changed
from guide.tickets.paying.payment import Outcome, Told
from guide.tickets.selling.settling import Paid, Settled, settle
from guide.tickets.tables import Notice, Order
from guide.tours.catalogue import Museum

Museums = Mapping[str, Museum]
SETTLED, FAILED = Outcome("settled"), Outcome("failed")
OUTCOMES = {
    Settled.PAID: SETTLED,
    Settled.ALREADY: SETTLED,
    Settled.LATE_PAID: Outcome("settled", "late"),
    Settled.REFUND_DUE: Outcome("refund", "money-back"),
    Settled.CANCELLED: Outcome("refund", "cancelled"),
    Settled.WRONG_AMOUNT: Outcome("review", "wrong-amount"),
    Settled.UNKNOWN: Outcome("review", "unknown-order"),
}
Known = Sequence[tuple[str, str]]
"""Orders that are there: code and museum."""


def take(session: Session, museums: Museums, told: Told, now: datetime) -> Outcome:
    """In one transaction: keep the notice, and do once what it asks for."""
    known = _known(session, told.codes)
    outcome = judge(told, known, museums)
    if not _kept(session, told, known, outcome or SETTLED, now):
        return _heard_before(session, museums, told, known, now)
    if outcome is None:
        outcome = _settled(session, museums, told, known[0], now)
        _note(session, told, outcome)
    return outcome


def _known(session: Session, codes: Sequence[str]) -> Known:
    if not codes:
        return ()
    asked = sa.select(col(Order.code), col(Order.museum)).where(col(Order.code).in_(codes))
    return [(row.code, row.museum) for row in session.connection().execute(asked)]


def judge(told: Told, known: Known, museums: Museums) -> Outcome | None:
    """What is to be said without asking how the order stands; nothing where its money is to be settled."""
    if not told.paid:
        return FAILED
    why = told.problem or _why_not(told, known, museums)
    return Outcome("review", why) if why else None


def _why_not(told: Told, known: Known, museums: Museums) -> str | None:
    if not known:
        return "unknown-order" if told.codes else "no-code"
    if len(known) > 1:
        return "several-orders"
    _, museum = known[0]
    if told.museums and museum not in told.museums:
        return "other-museum"
    return None if museum in museums else "museum-gone"


def _kept(session: Session, told: Told, known: Known, outcome: Outcome, now: datetime) -> bool:
    """Put down, or there already: then whoever else is just putting it down is waited for."""
    code, museum = known[0] if len(known) == 1 else (None, "")
    if told.museums and museum not in told.museums:
        museum = told.museums[0]  # whoever's account it reached has to look at it
    row: dict[str, Any] = {"provider": told.provider, "reference": told.reference, "heard_at": now, "museum": museum}
    row |= {"order_code": code, "dong": told.dong, "became": outcome.became, "why": outcome.why, "remark": ""}
    return added(session, Notice, [row | {"body": _body(told, outcome)}]) == 1


def _body(told: Told, outcome: Outcome) -> str:
    """A memo may name the payer: it is kept only for as long as somebody has to look at it."""
    return json.dumps({"memo": told.memo} if outcome.became == "review" and told.memo else {}, ensure_ascii=False)


def _settled(session: Session, museums: Museums, told: Told, order: tuple[str, str], now: datetime) -> Outcome:
    code, museum = order
    paid = Paid(code, told.dong, told.way, f"{told.provider}:{told.reference}")
    return OUTCOMES[settle(session, museums[museum], paid, now)]


def _note(session: Session, told: Told, outcome: Outcome) -> None:
    if outcome != SETTLED:
        became = {"became": outcome.became, "why": outcome.why, "body": _body(told, outcome)}
        assert changed(session, sa.update(Notice).where(_of(told)).values(**became)) == 1


def _of(told: Told) -> sa.ColumnElement[bool]:
    return (col(Notice.provider) == told.provider) & (col(Notice.reference) == told.reference)


def _heard_before(session: Session, museums: Museums, told: Told, known: Known, now: datetime) -> Outcome:
    """The same outcome; but a number that now stands for another payment is put down under another name."""
    found = session.connection().execute(sa.select(Notice.__table__).where(_of(told))).one()  # type: ignore[attr-defined]
    if found.dong == told.dong and (not known or found.order_code in (None, known[0][0]) or found.looked_at):
        return Outcome(found.became, found.why, repeated=True)
    if told.problem == "same-reference":
        return Outcome(found.became, found.why, repeated=True)
    digest = hashlib.sha256(f"{told.dong}/{told.codes}".encode()).hexdigest()[:12]
    other = f"{told.reference[:80]}~{digest}"
    return take(session, museums, replace(told, reference=other, problem="same-reference"), now)
