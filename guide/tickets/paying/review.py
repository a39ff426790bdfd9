"""Money that nothing matched: the list of it, and what somebody decides after looking into the bank's own list."""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.database import changed
from guide.errors import Conflict, NotFound, Unusable
from guide.office import audit
from guide.tickets import codes
from guide.tickets.paying.notices import OUTCOMES
from guide.tickets.paying.payment import Outcome
from guide.tickets.paying.ways import WAY_OF
from guide.tickets.selling.orders import NoSuchOrder
from guide.tickets.selling.settling import Paid, settle
from guide.tickets.tables import Notice
from guide.tours.catalogue import Museum

LONGEST_REMARK = 300


class NoSuchNotice(NotFound):
    """This museum has heard of no such payment."""


class LookedAtAlready(Conflict):
    """Somebody has decided on this payment before."""


class AmountDiffers(Conflict):
    """The order costs more or less than what came: it cannot be paid with this."""


class NoRemark(Unusable):
    """Money that leaves the list without an order needs a word on what was done with it."""


def to_look_at(session: Session, museum: str) -> list[Notice]:
    """The oldest first."""
    asked = select(Notice).where(col(Notice.museum) == museum, _open()).order_by(col(Notice.heard_at))
    return list(session.exec(asked))


def memo_of(notice: Notice) -> str:
    return str(json.loads(notice.body).get("memo", ""))


def attach(
    session: Session, museum: Museum, provider: str, reference: str, code: str, who: str, now: datetime
) -> Outcome:
    """This money was meant for that order: it is settled as if the notice had said so."""
    notice = _looked_at(session, museum, provider, reference, who, now)
    known = codes.read(code)
    way = WAY_OF[notice.provider]
    paid = Paid(known or "", notice.dong, way, f"{provider}:{reference}", who=who)
    outcome = OUTCOMES[settle(session, museum, paid, now)]
    if outcome.why == "unknown-order":
        raise NoSuchOrder(code=code[:20])
    if outcome.why == "wrong-amount":
        raise AmountDiffers(code=known)
    _note(session, provider, reference, {"became": outcome.became, "why": outcome.why, "order_code": known})
    audit.note(session, now, museum.slug, who, "payment.attached", known or "", dong=notice.dong, by=provider)
    return outcome


def put_aside(
    session: Session, museum: Museum, provider: str, reference: str, remark: str, who: str, now: datetime
) -> None:
    """It went back to the payer, or was none of the tickets' money; the remark says which."""
    remark = remark.strip()[:LONGEST_REMARK]
    if not remark:
        raise NoRemark
    notice = _looked_at(session, museum, provider, reference, who, now)
    _note(session, provider, reference, {"remark": remark})
    about = f"{provider}:{reference}"[:100]
    audit.note(session, now, museum.slug, who, "payment.put-aside", about, dong=notice.dong, remark=remark)


def _looked_at(session: Session, museum: Museum, provider: str, reference: str, who: str, now: datetime) -> Notice:
    """Taken off the list by one person alone; with it goes what the payer wrote."""
    notice = session.get(Notice, (provider, reference))
    if notice is None or notice.museum != museum.slug:
        raise NoSuchNotice
    looked = {"looked_at": now, "looked_by": who, "body": "{}"}
    if changed(session, sa.update(Notice).where(_this(provider, reference) & _open()).values(**looked)) == 0:
        raise LookedAtAlready
    return notice


def _note(session: Session, provider: str, reference: str, told: dict[str, object]) -> None:
    assert changed(session, sa.update(Notice).where(_this(provider, reference)).values(**told)) == 1


def _this(provider: str, reference: str) -> sa.ColumnElement[bool]:
    return (col(Notice.provider) == provider) & (col(Notice.reference) == reference)


def _open() -> sa.ColumnElement[bool]:
    return (col(Notice.became) == "review") & col(Notice.looked_at).is_(None)
