"""Shifts: a drawer that one person opens with a float, sells from, and counts at the end, against the ledger."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from guide.database import added, changed
from guide.errors import Conflict, NotFound, Refused
from guide.office import audit
from guide.tickets.counter.till import till
from guide.tickets.tables import Shift


class ShiftIsOpen(Conflict):
    """One person has one drawer at a museum, and it is open."""


class NoShiftOpen(Conflict):
    """Cash is only taken and given within a shift."""


class ShiftIsClosed(Conflict):
    """It was counted and closed; what was counted stands."""


class NoSuchShift(NotFound):
    """No shift of this museum has this number."""


class NotYourShift(Refused):
    """A drawer is closed by the person who opened it."""


def open_shift(session: Session, museum: str, person: str, float_dong: int, now: datetime) -> Shift:
    shift = Shift(id=uuid4(), museum=museum, person=person, opened_at=now, float_dong=float_dong)
    if not added(session, Shift, [shift.model_dump()]):
        raise ShiftIsOpen
    audit.note(session, now, museum, f"person:{person}", "shift.opened", str(shift.id), float_dong=float_dong)
    return shift


def open_of(session: Session, museum: str, person: str) -> Shift | None:
    """The shift that this person has open, to look at."""
    return session.exec(_open(museum, person)).first()


def working(session: Session, museum: str, person: str) -> Shift:
    """The shift to take or give cash in. Until the transaction ends nobody can close it, but all can sell in it."""
    shift = session.exec(_open(museum, person).with_for_update(read=True)).first()
    if shift is None:
        raise NoShiftOpen
    return shift


def close(
    session: Session, museum: str, shift_id: UUID, person: str, counted_dong: int, now: datetime, remark: str = ""
) -> Shift:
    """What should be in the drawer is worked out from the ledger while no sale can come between."""
    shift = shift_of(session, museum, shift_id, for_update=True)
    if shift.person != person:
        raise NotYourShift
    if shift.closed_at is None:
        return _closed(session, shift, counted_dong, now, remark)
    if shift.counted_dong != counted_dong:
        raise ShiftIsClosed
    return shift


def _closed(session: Session, shift: Shift, counted_dong: int, now: datetime, remark: str) -> Shift:
    expected = till(session, shift).expected_dong
    counted = {"closed_at": now, "counted_dong": counted_dong, "expected_dong": expected, "remark": remark}
    changed(session, sa.update(Shift).where(col(Shift.id) == shift.id).values(**counted))
    session.refresh(shift)
    told = {"counted_dong": counted_dong, "expected_dong": expected, "difference_dong": counted_dong - expected}
    audit.note(session, now, shift.museum, f"person:{shift.person}", "shift.closed", str(shift.id), **told)
    return shift


def shift_of(session: Session, museum: str, shift_id: UUID, *, for_update: bool = False) -> Shift:
    shift = session.get(Shift, shift_id, populate_existing=True, with_for_update=for_update or None)
    if shift is None or shift.museum != museum:
        raise NoSuchShift
    return shift


def _open(museum: str, person: str) -> SelectOfScalar[Shift]:
    here = (col(Shift.museum) == museum) & (col(Shift.person) == person)
    return select(Shift).where(here & col(Shift.closed_at).is_(None)).execution_options(populate_existing=True)
