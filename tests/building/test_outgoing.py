"""What has to leave the house leaves it, once where that can be helped, and never before its reason is certain."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col
from structlog.testing import capture_logs

from guide import outgoing
from guide.clock import Clock
from guide.database import Database
from guide.outgoing import (
    KEEPS_TRYING,
    LEASE,
    LOST_REMEMBERED,
    PAUSES,
    REMEMBERED,
    Courier,
    NotDelivered,
    Outgoing,
    Parcel,
    Undeliverable,
    given_up,
    send,
    try_again,
)
from tests.killing import boundaries, killed_before

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[MutableMapping[str, Any]]]:
    with capture_logs() as captured:
        yield captured


def written(database: Database, count: int = 1, kind: str = "letter") -> None:
    with database.writing() as session:
        for number in range(count):
            send(session, NOW, kind, "dao-xa", f"ORDER{number}", language="vi")


def rows(database: Database) -> list[Outgoing]:
    with database.reading() as session:
        return list(session.scalars(sa.select(Outgoing).order_by(col(Outgoing.about))))


def courier(database: Database, deliver: Callable[[Parcel], None], now: datetime = NOW) -> Courier:
    return Courier(database, {"letter": deliver}, Clock(now))


def failing(error: Exception) -> Callable[[Parcel], None]:
    def deliver(_: Parcel) -> None:
        raise error

    return deliver


class Killed(BaseException):
    """As kill -9: nothing after it runs."""


def test_what_is_due_is_delivered_and_then_done(database: Database) -> None:
    written(database, 3)
    delivered: list[Parcel] = []

    went = courier(database, delivered.append).go_round()

    assert went == 3
    assert sorted(parcel.about for parcel in delivered) == ["ORDER0", "ORDER1", "ORDER2"]
    assert delivered[0].body == {"language": "vi"}
    assert {row.done_at for row in rows(database)} == {NOW}
    assert courier(database, delivered.append).go_round() == 0


def test_what_was_rolled_back_never_leaves(database: Database) -> None:
    delivered: list[Parcel] = []

    def write_and_die() -> None:
        with database.writing() as session:
            send(session, NOW, "letter", "dao-xa", "ORDER0")
            raise Killed

    with pytest.raises(Killed):
        write_and_die()

    assert courier(database, delivered.append).go_round() == 0


def test_what_nobody_delivers_is_let_go_many_at_once(database: Database) -> None:
    written(database, 1200, kind="entered")

    assert courier(database, failing(AssertionError("not asked"))).go_round() == 0
    assert all(row.done_at == NOW and row.tries == 0 for row in rows(database))


@pytest.mark.parametrize("tries", range(1, 9))
def test_it_is_tried_again_after_a_longer_and_longer_pause(database: Database, tries: int) -> None:
    written(database)
    with database.writing() as session:
        session.execute(sa.update(Outgoing).values(tries=tries - 1))

    courier(database, failing(NotDelivered("the server sleeps"))).go_round()

    (row,) = rows(database)
    assert (row.tries, row.done_at, row.problem) == (tries, None, "the server sleeps")
    assert row.due_at == NOW + PAUSES[min(tries, len(PAUSES)) - 1]


def test_a_try_that_succeeds_at_last_leaves_no_problem(database: Database) -> None:
    written(database)
    courier(database, failing(OSError("away"))).go_round()

    courier(database, lambda _: None, NOW + PAUSES[0]).go_round()

    (row,) = rows(database)
    assert (row.done_at, row.problem, row.tries) == (NOW + PAUSES[0], None, 2)


def test_it_is_given_up_after_a_week_and_says_why(database: Database) -> None:
    written(database)

    courier(database, failing(NotDelivered("still asleep")), NOW + KEEPS_TRYING).go_round()

    (row,) = rows(database)
    assert (row.done_at, row.problem) == (NOW + KEEPS_TRYING, "still asleep")


def test_what_can_never_go_is_given_up_at_once(database: Database) -> None:
    written(database)

    courier(database, failing(Undeliverable("no such address"))).go_round()

    (row,) = rows(database)
    assert (row.done_at, row.problem) == (NOW, "no such address")


def test_a_surprise_is_kept_and_logged_by_its_name_alone_because_it_may_tell_of_somebody(
    database: Database, logs: list[MutableMapping[str, Any]]
) -> None:
    written(database)

    courier(database, failing(ValueError("lan@example.vn is odd"))).go_round()

    assert rows(database)[0].problem == "ValueError"
    assert [entry["problem"] for entry in logs] == ["ValueError"]
    assert "lan@" not in str(logs)


def test_one_that_fails_does_not_hold_up_the_others(database: Database) -> None:
    written(database, 3)
    delivered: list[str] = []

    def deliver(parcel: Parcel) -> None:
        if parcel.about == "ORDER0":
            raise NotDelivered("odd")
        delivered.append(parcel.about)

    courier(database, deliver).go_round()

    assert sorted(delivered) == ["ORDER1", "ORDER2"]


def post(database: Database, letterbox: Path, now: datetime) -> None:
    def deliver(parcel: Parcel) -> None:
        with letterbox.open("a") as box:
            box.write(parcel.about[0])

    courier(database, deliver, now).go_round()


class TestKilled:
    def test_before_it_handed_over_it_goes_once_when_the_lease_is_over(self, database: Database) -> None:
        written(database)
        delivered: list[Parcel] = []
        with pytest.raises(Killed):
            courier(database, failing(Killed())).go_round()

        early = courier(database, delivered.append, NOW + LEASE - timedelta(seconds=1)).go_round()
        late = courier(database, delivered.append, NOW + LEASE).go_round()

        assert (early, late, len(delivered)) == (0, 1, 1)

    def test_after_it_handed_over_it_goes_twice_by_the_same_number(self, database: Database) -> None:
        written(database)
        delivered: list[Parcel] = []

        def deliver_and_die(parcel: Parcel) -> None:
            delivered.append(parcel)
            raise Killed

        with pytest.raises(Killed):
            courier(database, deliver_and_die).go_round()
        courier(database, delivered.append, NOW + LEASE).go_round()

        assert len(delivered) == 2
        assert delivered[0].id == delivered[1].id
        assert [row.done_at for row in rows(database)] == [NOW + LEASE]

    def test_with_minus_nine_before_any_statement_nothing_is_lost_and_only_the_last_steps_send_it_twice(
        self, database: Database, tmp_path: Path
    ) -> None:
        url = database.engine.url.render_as_string(hide_password=False)
        before, after = [], []
        for number in boundaries():
            letterbox = tmp_path / f"letterbox-{number}"
            letterbox.touch()
            with database.writing() as session:
                session.execute(sa.delete(Outgoing))
            written(database)
            was_killed = killed_before(number, url, lambda own, box=letterbox: post(own, box, NOW))
            before.append(letterbox.stat().st_size)
            post(database, letterbox, NOW + LEASE)
            after.append(letterbox.stat().st_size)
            assert [row.done_at is not None for row in rows(database)] == [True]
            if not was_killed:
                break

        assert {late for early, late in zip(before, after, strict=True) if early == 0} == {1}
        assert set(after) == {1, 2}
        assert after[-1] == 1
        assert after.count(2) <= 3  # BEGIN, the note that it is done, COMMIT

    def test_a_courier_that_was_only_slow_does_not_undo_what_the_next_one_did(self, database: Database) -> None:
        written(database)

        def slow(_: Parcel) -> None:
            courier(database, lambda _: None, NOW + LEASE).go_round()
            raise NotDelivered("too late")

        courier(database, slow).go_round()

        (row,) = rows(database)
        assert (row.done_at, row.problem) == (NOW + LEASE, None)


def test_two_couriers_deliver_each_thing_once(database: Database) -> None:
    written(database, 60)
    delivered: list[str] = []
    together = threading.Barrier(4)

    def go() -> None:
        together.wait()
        courier(database, lambda parcel: delivered.append(parcel.about)).go_round()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    courier(database, lambda parcel: delivered.append(parcel.about)).go_round()
    assert sorted(delivered) == sorted(f"ORDER{number}" for number in range(60))


def test_without_the_lease_two_couriers_would_take_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(database)
    one, other = courier(database, print), courier(database, print)
    assert one._take()
    assert other._take() is None

    monkeypatch.setattr(outgoing, "LEASE", timedelta(0))
    written(database)
    assert one._take()
    assert other._take()


def test_what_went_long_ago_is_forgotten_and_what_was_given_up_is_not(database: Database) -> None:
    written(database, 2)

    def deliver(parcel: Parcel) -> None:
        if parcel.about == "ORDER1":
            raise Undeliverable("no such address")

    courier(database, deliver).go_round()
    later = courier(database, deliver, NOW + REMEMBERED + timedelta(days=1))

    assert later.forget() == 1
    assert [row.about for row in rows(database)] == ["ORDER1"]
    assert courier(database, deliver, NOW + LOST_REMEMBERED + timedelta(days=1)).forget() == 1


def test_what_was_given_up_can_be_seen_and_sent_again_when_the_way_is_free(database: Database) -> None:
    written(database, 2)
    courier(database, failing(Undeliverable("no mail server"))).go_round()

    with database.reading() as session:
        lost = given_up(session, "dao-xa", 10)
        assert given_up(session, "lang-gom", 10) == []
    later = NOW + timedelta(days=8)
    with database.writing() as session:
        assert try_again(session, "dao-xa", lost[0].id, later)
        assert not try_again(session, "lang-gom", lost[1].id, later)
        assert not try_again(session, "dao-xa", lost[0].id, later)
    delivered: list[Parcel] = []
    courier(database, delivered.append, later).go_round()

    assert [(parcel.id, parcel.tries) for parcel in delivered] == [(lost[0].id, 1)]
    with database.reading() as session:
        assert [row.id for row in given_up(session, "dao-xa", 10)] == [lost[1].id]


def test_it_goes_round_by_itself_and_stops_when_told(database: Database) -> None:
    written(database)
    delivered = threading.Event()
    going = courier(database, lambda _: delivered.set())

    going.keep_going()
    came = delivered.wait(60)
    going.stop()

    assert came
    assert not [thread for thread in threading.enumerate() if thread.name == "courier"]
