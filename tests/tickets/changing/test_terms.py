"""How much a ticket brings that is given back, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from guide.tickets.changing.terms import Returned, begins_at, may_change, offer, share
from tests.tickets.box_office import SELLS, UNDIVIDED, museum

EIGHT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
"""Thursday, eight in the morning at the museum."""
STEPS = [{"until_hours": 24, "percent": 50}, {"until_hours": 72, "percent": 100}, {"until_hours": 2, "percent": 10}]


@pytest.mark.parametrize(
    ("hours", "terms", "percent"),
    [
        (73, STEPS, 100),
        (72, STEPS, 100),
        (71.99, STEPS, 50),
        (24, STEPS, 50),
        (23.99, STEPS, 10),
        (2, STEPS, 10),
        (1.99, STEPS, None),
        (-5, STEPS, None),
        (1000, [], None),
        (0, [{"until_hours": 0, "percent": 80}], 80),
        (-0.01, [{"until_hours": 0, "percent": 80}], None),
        (30, [{"until_hours": 0, "percent": 0}], 0),
    ],
)
def test_the_share_depends_on_the_hours_that_are_left(hours: float, terms: list[Any], percent: int | None) -> None:
    sheet = museum(tickets={"giving_back": terms}).sheet

    assert share(sheet, date(2026, 11, 26), "08:00", EIGHT - timedelta(hours=hours)) == percent


def test_a_day_that_is_not_divided_begins_when_the_museum_opens() -> None:
    sheet = museum(sheet=UNDIVIDED).sheet

    assert begins_at(sheet, date(2026, 11, 26), "") == datetime(2026, 11, 26, 0, 30, tzinfo=UTC)


def test_a_day_that_the_museum_has_closed_since_is_given_back_whole_and_can_be_changed() -> None:
    sheet = museum(closures=[{"from": "2026-11-26"}]).sheet

    late = EIGHT + timedelta(hours=1)
    assert share(sheet, date(2026, 11, 26), "08:00", late) == 100
    assert may_change(sheet, date(2026, 11, 26), "08:00", late)


@pytest.mark.parametrize(("hours", "may"), [(48, True), (24, True), (23.99, False), (-1, False)])
def test_the_day_can_be_changed_until_some_hours_before(hours: float, may: bool) -> None:
    sheet = museum(sheet=SELLS).sheet

    assert may_change(sheet, date(2026, 11, 26), "08:00", EIGHT - timedelta(hours=hours)) is may


@pytest.mark.parametrize("percent", [0, 1, 33, 50, 99, 100])
def test_tickets_one_by_one_bring_what_they_bring_together(percent: int) -> None:
    tickets = [Returned(str(n), "adult", dong) for n, dong in enumerate((50_000, 33_333, 1, 0))]

    one_by_one = sum(offer(percent, [ticket]).dong for ticket in tickets)

    assert one_by_one == offer(percent, tickets).dong <= sum(ticket.dong for ticket in tickets)
