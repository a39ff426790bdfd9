"""Work that waits behind: the same thing is not begun twice at once, and one that fails stops no other."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest

from guide.work import Work


@pytest.fixture
def work() -> Iterator[Work]:
    work = Work()
    yield work
    work.stop()


def test_the_same_thing_is_not_begun_again_while_it_is_being_done(work: Work) -> None:
    go_on, done = threading.Event(), list[str]()

    def act() -> None:
        go_on.wait(60)
        done.append("done")

    first, second = work.behind("pack", act), work.behind("pack", act)
    go_on.set()
    first.result(60)

    assert first is second
    assert done == ["done"]


def test_the_same_thing_may_be_done_again_afterwards(work: Work) -> None:
    done: list[int] = []

    for number in range(3):
        work.behind("pack", lambda number=number: done.append(number)).result(60)

    assert done == [0, 1, 2]


def test_different_things_are_done_side_by_side(work: Work) -> None:
    both, met = threading.Barrier(2), list[int]()

    begun = [work.behind(name, lambda: met.append(both.wait(60))) for name in ("one", "other")]

    for future in begun:
        future.result(60)
    assert sorted(met) == [0, 1]


def test_a_failure_is_said_once_and_ends_nothing(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> None:
        raise RuntimeError("no voice")

    with caplog.at_level(logging.ERROR):
        work.behind("pack", failing).result(60)

    assert [record.message for record in caplog.records] == ["work failed: pack"]
    assert work.behind("pack", lambda: None).exception(10) is None


def test_stopping_leaves_what_was_not_begun_for_the_next_start(work: Work) -> None:
    begun, go_on = threading.Barrier(3), threading.Event()

    def act() -> None:
        begun.wait(60)
        go_on.wait(60)

    for name in ("one", "two"):
        work.behind(name, act)
    never = work.behind("three", lambda: None)
    begun.wait(60)
    stopping = threading.Thread(target=work.stop)
    stopping.start()
    go_on.set()
    stopping.join(60)

    assert never.cancelled() or never.done()
    assert not stopping.is_alive()
