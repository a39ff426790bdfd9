"""Counters add up exactly under any number of visitors, and what is shown of them never points at one."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from guide.counters import FEW, Count, Counters, Happening, Shown, What, report
from guide.database import Database

DAY = date(2026, 11, 24)
SCAN = Happening("lang-gom", DAY, What.SCAN, "lo-nung", "vi")


def counted(database: Database) -> dict[tuple[str, str], int]:
    with database.reading() as session:
        return {(row.what, row.key): row.times for row in session.exec(select(Count))}


def noted(database: Database, *counts: tuple[What, str, int]) -> Counters:
    counters = Counters(database)
    for what, key, times in counts:
        for _ in range(times):
            counters.note(replace(SCAN, what=what, key=key))
    counters.flush()
    return counters


def shown(database: Database, *counts: tuple[What, str, int]) -> list[Shown]:
    noted(database, *counts)
    with database.reading() as session:
        return report(session, "lang-gom", DAY, DAY)


def test_a_hundred_at_once_add_up_exactly(database: Database) -> None:
    counters = Counters(database)
    start = threading.Barrier(101)

    def visit(number: int) -> None:
        start.wait(30)
        for _ in range(50):
            counters.note(replace(SCAN, key=f"stop-{number % 3}"))

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(100)]
    for thread in threads:
        thread.start()
    start.wait(30)
    while any(thread.is_alive() for thread in threads):
        counters.flush()
    counters.flush()

    assert sum(counted(database).values()) == 100 * 50


def test_several_servers_count_into_the_same_rows(database: Database) -> None:
    for _ in range(3):
        noted(database, (What.SCAN, "lo-nung", 4))

    assert counted(database) == {("scan", "lo-nung"): 12}


def test_what_was_noted_is_written_when_the_server_stops(database: Database) -> None:
    counters = Counters(database)
    counters.keep_writing()
    counters.note(SCAN)

    counters.stop_writing()

    assert counted(database) == {("scan", "lo-nung"): 1}


def test_while_the_database_is_away_nothing_that_was_noted_is_lost(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    counters = Counters(database)
    counters.note(SCAN)

    def away() -> None:
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(database, "writing", away)
        with pytest.raises(OperationalError):
            counters.flush()
    counters.note(SCAN)
    counters.flush()

    assert counted(database) == {("scan", "lo-nung"): 2}


def test_the_writing_thread_outlives_a_failure(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    counters = Counters(database)
    monkeypatch.setattr(Counters, "EVERY_SECONDS", 0.001)
    failed, again = threading.Event(), threading.Event()

    def failing() -> None:
        (again if failed.is_set() else failed).set()
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(counters, "flush", failing)
        counters.keep_writing()

        assert failed.wait(60)
        assert again.wait(60)
    counters.stop_writing()


@pytest.mark.parametrize("typed", ["x" * 5000, "nhà\0tù", "😀" * 200, "'; drop table count; --"])
def test_whatever_a_visitor_types_can_be_counted(database: Database, typed: str) -> None:
    noted(database, (What.NOTHING_FOUND, typed, 1), (What.SCAN, "lo-nung", 1))

    assert sorted(times for times in counted(database).values()) == [1, 1]


def test_what_happened_often_is_shown_by_its_key(database: Database) -> None:
    assert shown(database, (What.SCAN, "a", FEW), (What.SCAN, "b", FEW + 2), (What.PAGE, "a", FEW)) == [
        Shown("page", "a", FEW),
        Shown("scan", "b", FEW + 2),
        Shown("scan", "a", FEW),
    ]


def test_small_counts_are_shown_together_without_their_keys(database: Database) -> None:
    small = [(What.SCAN, key, FEW - 1) for key in "abc"]

    assert shown(database, *small) == [Shown("scan", "", 3 * (FEW - 1))]


def test_a_small_count_is_never_shown_alone(database: Database) -> None:
    assert shown(database, (What.SCAN, "a", FEW), (What.SCAN, "b", FEW - 1)) == [Shown("scan", "a", FEW)]


def test_small_counts_that_stay_small_together_are_not_shown(database: Database) -> None:
    assert shown(database, (What.SCAN, "a", 1), (What.SCAN, "b", 1), (What.PAGE, "a", FEW - 1)) == []


def test_a_count_over_languages_and_days_is_one(database: Database) -> None:
    counters = Counters(database)
    for language in ("vi", "en", "fr"):
        for day in (1, 2):
            counters.note(replace(SCAN, language=language, day=date(2026, 11, day)))
    counters.flush()

    with database.reading() as session:
        assert report(session, "lang-gom", date(2026, 11, 1), date(2026, 11, 2)) == [Shown("scan", "lo-nung", 6)]
        assert report(session, "lang-gom", date(2026, 11, 2), date(2026, 11, 2)) == []
        assert report(session, "bach-dinh", date(2026, 11, 1), date(2026, 11, 2)) == []


def test_no_row_tells_of_one_visit(database: Database) -> None:
    noted(database, (What.SCAN, "a", 20), (What.PLAY, "a", 10))

    with database.reading() as session:
        assert len(session.exec(select(Count)).all()) == 2
    assert set(Count.model_fields) == {"museum", "day", "what", "key", "language", "times"}
