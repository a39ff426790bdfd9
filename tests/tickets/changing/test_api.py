"""A program that holds an order's code gives it back or comes on another day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guide.database import Database
from guide.language import shipped_messages
from tests.tickets.box_office import NOW, museum
from tests.tickets.changing.bought import bought, codes_of, enter, everything_adds_up, held
from tests.tickets.open_counter import OpenCounter, open_counter

pytestmark = pytest.mark.slow

VILLAGE = museum()


@pytest.fixture
def database(new_sqlite: Callable[[], str]) -> Iterator[Database]:
    """What is behind these doors is tried on both kinds of database in its own tests."""
    opened = Database(new_sqlite())
    yield opened
    opened.engine.dispose()


@pytest.fixture
def door(database: Database, tmp_path: Path) -> OpenCounter:
    return open_counter(database, VILLAGE, tmp_path)


def put(door: OpenCounter, address: str, body: Any = None, language: str = "vi") -> tuple[int, Any]:
    headers = {"accept": "application/json", "accept-language": language}
    answer = door.browser.put(f"/api/v1/orders/{address}", json=body, headers=headers)
    return answer.status_code, answer.json()


def test_an_order_is_given_back_and_twice_is_once(door: OpenCounter) -> None:
    order = bought(door.database, VILLAGE)

    first, second = (put(door, f"{order.code}/cancellation") for _ in range(2))

    assert first == second
    status, told = first
    assert (status, told["status"], told["refund_dong"], told["tickets"]) == (200, "cancelled", 100_000, [])
    assert set(told) == {"code", "status", "expires_at", "total_dong", "pay", "tickets", "refund_dong"}
    everything_adds_up(door.database, VILLAGE)


def test_one_ticket_is_given_back(door: OpenCounter) -> None:
    order = bought(door.database, VILLAGE)
    first, second = codes_of(door.database, order)

    _, told = put(door, f"{order.code}/cancellation", {"tickets": [first]})

    assert (told["status"], told["refund_dong"]) == ("paid", 50_000)
    assert [ticket["code"] for ticket in told["tickets"]] == [second]


def test_a_hold_is_let_go(door: OpenCounter) -> None:
    order = held(door.database, VILLAGE)

    status, told = put(door, f"{order.code}/cancellation")

    assert (status, told["status"], told["refund_dong"]) == (200, "cancelled", 0)


def test_an_order_comes_on_another_day(door: OpenCounter) -> None:
    order = bought(door.database, VILLAGE)

    for _ in range(2):
        status, told = put(door, f"{order.code}/day", {"day": "2026-12-02", "slot": "2026-12-02T1400"})

    assert (status, told["status"], told["refund_dong"]) == (200, "paid", 100_000)
    everything_adds_up(door.database, VILLAGE)


BAD: dict[str, tuple[str, Any, int, str]] = {
    "no such order": ("AAAAAAAAAA/cancellation", None, 404, "NoSuchOrder"),
    "an emoji": ("🎟️/cancellation", None, 404, "NoSuchOrder"),
    "a strange ticket": ("{code}/cancellation", {"tickets": ["AAAAAAAAAA"]}, 404, "NoSuchTicket"),
    "a ticket as a number": ("{code}/cancellation", {"tickets": [1]}, 422, "NotText"),
    "tickets as text": ("{code}/cancellation", {"tickets": "all"}, 422, "NotJson"),
    "600 tickets": ("{code}/cancellation", {"tickets": ["A"] * 501}, 422, "TooLongOrShort"),
    "another key": ("{code}/cancellation", {"percent": 100}, 422, "UnknownKey"),
    "no day": ("{code}/day", {}, 422, "KeyMissing"),
    "a day that is none": ("{code}/day", {"day": "2026-02-30"}, 422, "NotADay"),
    "a day as a number": ("{code}/day", {"day": 20261126}, 422, "NotADay"),
    "a time that is none": ("{code}/day", {"day": "2026-11-27", "slot": "03:33"}, 422, "NoSuchTime"),
    "a day that is over": ("{code}/day", {"day": "2026-11-01", "slot": "08:00"}, 409, "DayOver"),
}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_a_clear_no_in_the_asked_language(door: OpenCounter, case: str, language: str) -> None:
    address, body, status, error = BAD[case]
    order = bought(door.database, VILLAGE)

    got, told = put(door, address.format(code=order.code), body, language)

    assert (got, told["error"]) == (status, error)
    assert told["message"] not in ("", f"errors.{error}")
    sentence = shipped_messages().find(language, f"errors.{error}") or ""
    assert told["message"].startswith(sentence.partition("{")[0])
    everything_adds_up(door.database, VILLAGE)


def test_too_late_and_already_inside_are_told(database: Database, tmp_path: Path, door: OpenCounter) -> None:
    late, inside = bought(database, VILLAGE), bought(database, VILLAGE)
    with database.writing() as session:
        enter(session, codes_of(database, inside)[0])
    afterwards = open_counter(database, VILLAGE, tmp_path, NOW + timedelta(hours=40))

    assert put(door, f"{inside.code}/cancellation")[1]["error"] == "AlreadyEntered"
    assert put(afterwards, f"{late.code}/cancellation")[1]["error"] == "TooLateToGiveBack"
    assert put(afterwards, f"{late.code}/day", {"day": "2026-11-27", "slot": "08:00"})[1]["error"] == "TooLateToChange"
