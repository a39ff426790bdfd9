"""A museum's keys: made once, followed by others, withdrawn for good."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from guide.database import Database
from guide.tickets import codes
from guide.tickets.signing.keys import Key, NoSuchKey, key_of, known_key, public_keys, rotate, withdraw
from guide.tickets.signing.signed import Claim, read, sign

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_the_first_key_is_made_once(database: Database) -> None:
    with database.writing() as session:
        first = key_of(session, "dao-xa", NOW)
    with database.writing() as session:
        again = key_of(session, "dao-xa", NOW)

    assert first == again
    assert first.number == 1


def test_every_museum_has_its_own_key(database: Database) -> None:
    with database.writing() as session:
        assert key_of(session, "dao-xa", NOW).public != key_of(session, "dak-lak", NOW).public


def test_a_page_that_only_reads_makes_none(database: Database) -> None:
    with database.reading() as session:
        assert known_key(session, "dao-xa") is None


def test_a_new_key_signs_and_the_old_one_is_still_believed(database: Database) -> None:
    with database.writing() as session:
        old = key_of(session, "dao-xa", NOW)
        new = rotate(session, "dao-xa", NOW)

        assert key_of(session, "dao-xa", NOW) == new
        assert [(key.number, key.withdrawn) for key in public_keys(session, "dao-xa")] == [(1, False), (2, False)]
    assert new.public != old.public


def test_a_withdrawn_key_signs_nothing_any_more(database: Database) -> None:
    with database.writing() as session:
        old = key_of(session, "dao-xa", NOW)
        withdraw(session, "dao-xa", old.number, NOW)
        new = key_of(session, "dao-xa", NOW)

        assert new.number == 2
        assert [key.withdrawn for key in public_keys(session, "dao-xa")] == [True, False]


def test_a_key_that_never_was_cannot_be_withdrawn(database: Database) -> None:
    with database.writing() as session, pytest.raises(NoSuchKey):
        withdraw(session, "dao-xa", 7, NOW)


def test_two_servers_that_make_the_first_key_at_once_sign_with_the_same(database: Database) -> None:
    start, made = threading.Barrier(4), list[Key]()

    def make() -> None:
        start.wait(30)
        with database.writing() as session:
            made.append(key_of(session, "dao-xa", NOW))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(set(made)) == 1


def test_a_key_kept_in_the_database_signs_what_its_public_half_believes(database: Database) -> None:
    with database.writing() as session:
        key = key_of(session, "dao-xa", NOW)
    found = read(sign(key, Claim("dao-xa", codes.new(), date(2026, 11, 24), "", 30, "group")))

    assert found is not None
    assert found.signed_by(key.public)
