"""Places: all that an order needs are taken in one statement, or none; and a place is never sold twice.

An allotment is the total of an entry time, or the quota of some categories in it. The total is counted also where it
has no limit, so that a limit written later knows what is taken. Rows are touched in the order of their parts, so that
no two orders wait for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
import structlog
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col

from guide.database import insert_of
from guide.tickets.selling.slots import EntryTime
from guide.tickets.tables import Allotment
from guide.tours.content import MuseumSheet

log = structlog.get_logger("places")
TOTAL = ""
PROMISED = "~counter"
"""The part for places that nobody has paid yet, but promised to pay at the counter. No quota can have this name."""
FEWEST_PROMISED = 10
ENDLESS = 1_000_000
"""Places where there is no limit: as many as a day can ever be given."""


@dataclass(frozen=True, order=True)
class Hold:
    """Places of one entry time, by part."""

    museum: str
    day: date
    slot: str
    wants: tuple[tuple[str, int], ...]


def wants_of(sheet: MuseumSheet, counts: Mapping[str, int]) -> dict[str, int]:
    """How many places of each part these categories need."""
    wants = {TOTAL: sum(counts.values())}
    for quota in sheet.tickets.quotas:
        if needed := sum(number for category, number in counts.items() if category in quota.categories):
            wants[quota.name] = needed
    return wants


def places_of(sheet: MuseumSheet, time: EntryTime) -> dict[str, int]:
    """How many places each part of an entry time has; promises alone never empty it."""
    total = ENDLESS if time.places is None else time.places
    parts = {TOTAL: total, PROMISED: max(FEWEST_PROMISED, total // 3)}
    return parts | {quota.name: quota.places for quota in sheet.tickets.quotas}


def lacking(
    session: Session, museum: str, day: date, slot: str, wants: Mapping[str, int], places: Mapping[str, int]
) -> set[str]:
    """The parts that have not so many places, as it looks just now; only taking them is sure."""
    row = {"the_museum": museum, "the_day": day, "the_slot": slot}
    taken = dict(session.connection().execute(_LOOKING, row).all())
    return {part for part, needed in wants.items() if taken.get(part, 0) + needed > places[part]}


def take(
    session: Session, museum: str, day: date, slot: str, wants: Mapping[str, int], places: Mapping[str, int]
) -> bool:
    """Take all of these places, or none and say so. What a row holds as its places follows what the edition says."""
    if any(needed > places[part] for part, needed in wants.items()):
        return False
    rows = [_row(museum, day, slot, part, wants[part], places[part]) for part in sorted(wants)]
    got = session.connection().execute(_taking(session.get_bind().dialect.name), rows).scalars().all()
    if len(got) == len(rows):
        return True
    give_back(session, museum, day, slot, {part: wants[part] for part in got})
    return False


def _row(museum: str, day: date, slot: str, part: str, taken: int, places: int) -> dict[str, object]:
    return {"museum": museum, "day": day, "slot": slot, "part": part, "taken": taken, "places": places}


@cache
def _taking(dialect: str) -> ReturningInsert[str]:
    insert = insert_of(dialect, Allotment)
    sum_of_both = col(Allotment.taken) + insert.excluded.taken
    taking = insert.on_conflict_do_update(
        index_elements=["museum", "day", "slot", "part"],
        set_={"taken": sum_of_both, "places": insert.excluded.places},
        where=sum_of_both <= insert.excluded.places,
    )
    return taking.returning(col(Allotment.part))


def give_back(session: Session, museum: str, day: date, slot: str, wants: Mapping[str, int]) -> None:
    give_all_back(session, [Hold(museum, day, slot, tuple(wants.items()))])


def give_all_back(session: Session, holds: Iterable[Hold]) -> None:
    """In the order of the rows' names, so that two who give back do not wait for each other.

    What a row has not is not given back: that is a mistake to be looked at, but none that keeps others waiting.
    """
    places = Counter[tuple[str, date, str, str]]()
    for hold in holds:
        for part, number in hold.wants:
            places[hold.museum, hold.day, hold.slot, part] += number
    for row in [_given(place, number) for place, number in sorted(places.items()) if number]:
        if session.connection().execute(_GIVING_BACK, row).rowcount == 0:
            session.connection().execute(_EMPTYING, row)
            log.error("more places were given back than were taken", **row)


def _given(place: Sequence[object], number: int) -> dict[str, object]:
    names = ("the_museum", "the_day", "the_slot", "the_part")
    return dict(zip(names, place, strict=True)) | {"number": number}


_HERE = (
    col(Allotment.museum) == sa.bindparam("the_museum"),
    col(Allotment.day) == sa.bindparam("the_day"),
    col(Allotment.slot) == sa.bindparam("the_slot"),
)
_LOOKING = sa.select(col(Allotment.part), col(Allotment.taken)).where(*_HERE)
_PART = (*_HERE, col(Allotment.part) == sa.bindparam("the_part"))
_GIVING_BACK = (
    sa.update(Allotment)
    .where(*_PART, col(Allotment.taken) >= sa.bindparam("number"))
    .values(taken=col(Allotment.taken) - sa.bindparam("number"))
)
_EMPTYING = sa.update(Allotment).where(*_PART, col(Allotment.taken) < sa.bindparam("number")).values(taken=0)
