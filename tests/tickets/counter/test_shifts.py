"""A drawer is opened by one person, sold from, and counted against the ledger."""

from __future__ import annotations

import json
import threading
from uuid import uuid4

import pytest
from sqlmodel import select

from guide.database import Database
from guide.errors import GuideError
from guide.office.tables import AuditLine
from guide.tickets.counter import shifts
from guide.tickets.counter.sale import Sale, sell
from guide.tickets.counter.shifts import NoShiftOpen, NoSuchShift, NotYourShift, ShiftIsClosed, ShiftIsOpen
from guide.tickets.tables import Shift
from tests.tickets.box_office import NOW, museum
from tests.tickets.changing.bought import THURSDAY
from tests.tickets.counter.drawer import HOA, LAN, opened, sold, till_of

VILLAGE = museum()


def closed(database: Database, shift: Shift, counted: int, person: str = LAN, remark: str = "") -> Shift:
    with database.writing() as session:
        return shifts.close(session, shift.museum, shift.id, person, counted, NOW, remark)


def test_a_shift_is_closed_with_the_count_and_the_difference_is_kept(database: Database) -> None:
    shift = opened(database, VILLAGE)
    sold(database, VILLAGE, shift, {"adult": 3})

    after = closed(database, shift, 640_000, remark="Thiếu một tờ mười nghìn")

    assert (after.expected_dong, after.counted_dong, after.closed_at) == (650_000, 640_000, NOW)
    assert till_of(database, shift).difference_dong == -10_000
    assert after.remark == "Thiếu một tờ mười nghìn"


def test_opening_and_closing_leave_lines_in_the_audit(database: Database) -> None:
    shift = opened(database, VILLAGE)
    closed(database, shift, 500_000)

    with database.reading() as session:
        lines = [line for line in session.exec(select(AuditLine)) if line.did.startswith("shift.")]
    assert [(line.did, line.who, line.about) for line in lines] == [
        ("shift.opened", f"person:{LAN}", str(shift.id)),
        ("shift.closed", f"person:{LAN}", str(shift.id)),
    ]
    assert json.loads(lines[1].detail) == {"counted_dong": 500_000, "expected_dong": 500_000, "difference_dong": 0}


def test_a_person_has_one_open_shift_at_a_museum(database: Database) -> None:
    shift = opened(database, VILLAGE)

    with pytest.raises(ShiftIsOpen):
        opened(database, VILLAGE)
    opened(database, VILLAGE, HOA)
    opened(database, museum("other"))
    closed(database, shift, 0)
    opened(database, VILLAGE)


def test_eight_who_open_at_once_open_one(database: Database) -> None:
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(opened(database, VILLAGE))
        except GuideError as refusal:
            answers.append(refusal)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(isinstance(answer, Shift) for answer in answers) == 1
    assert sum(isinstance(answer, ShiftIsOpen) for answer in answers) == 7


def test_closing_twice_with_the_same_count_is_once_and_another_count_is_refused(database: Database) -> None:
    shift = opened(database, VILLAGE)

    first = closed(database, shift, 500_000)
    assert closed(database, shift, 500_000).model_dump() == first.model_dump()
    with pytest.raises(ShiftIsClosed):
        closed(database, shift, 400_000)
    with database.reading() as session:
        lines = session.exec(select(AuditLine).where(AuditLine.did == "shift.closed")).all()
    assert len(lines) == 1


def test_nobody_closes_the_shift_of_somebody_else(database: Database) -> None:
    shift = opened(database, VILLAGE)

    with pytest.raises(NotYourShift):
        closed(database, shift, 500_000, HOA)
    with database.reading() as session:
        with pytest.raises(NoSuchShift):
            shifts.shift_of(session, "other", shift.id)
        with pytest.raises(NoSuchShift):
            shifts.shift_of(session, VILLAGE.slug, uuid4())


def test_without_an_open_shift_there_is_nothing_to_sell_from(database: Database) -> None:
    shift = opened(database, VILLAGE)
    closed(database, shift, 500_000)

    with pytest.raises(NoShiftOpen), database.writing() as session:
        shifts.working(session, VILLAGE.slug, LAN)


def test_no_sale_comes_between_the_sum_and_the_closing(database: Database) -> None:
    """While ten sales run and the drawer is closed in their midst, each is counted in it or refused."""
    shift = opened(database, VILLAGE, float_dong=0)
    refused: list[object] = []

    def sell_one() -> None:
        try:
            with database.writing() as session:
                mine = shifts.working(session, VILLAGE.slug, LAN)
                assert mine.id == shift.id
                sell(session, VILLAGE, mine, Sale(THURSDAY, "08:00", {"adult": 1}, "vi"), NOW)
        except NoShiftOpen as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=sell_one) for _ in range(10)]
    threads.insert(4, threading.Thread(target=lambda: closed(database, shift, 0)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    till = till_of(database, shift)
    with database.reading() as session:
        assert shifts.shift_of(session, VILLAGE.slug, shift.id).expected_dong == till.expected_dong
    assert till.taken_dong == (10 - len(refused)) * 50_000
