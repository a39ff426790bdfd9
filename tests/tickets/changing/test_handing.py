"""A group parts, and each ticket goes to one person by a link that can be called back."""

from __future__ import annotations

import pytest
from sqlmodel import select

from guide.database import Database
from guide.office.tables import AuditLine
from guide.tickets.changing.cancelling import AlreadyEntered, NoSuchTicket, cancel
from guide.tickets.changing.handing import (
    NotAGroup,
    NotHandedOn,
    TicketGivenBack,
    call_back,
    hand_on,
    handed,
    singles,
    split,
)
from guide.tickets.selling.orders import Line
from guide.tickets.tables import Order, Ticket
from tests.tickets.box_office import NOW, museum
from tests.tickets.changing.bought import THURSDAY, bought, codes_of, enter, everything_adds_up, taken, ticket

pytestmark = pytest.mark.slow

VILLAGE = museum()


def parted(database: Database, order: Order) -> list[Ticket]:
    with database.writing() as session:
        return split(session, VILLAGE, order.code, NOW)


def test_a_group_parts_into_single_tickets_and_its_code_stays_as_the_first(database: Database) -> None:
    order = bought(database, VILLAGE, {"group": 12, "child": 3}, as_group=True)
    groups = codes_of(database, order)

    tickets = parted(database, order)

    assert [one.admits for one in tickets] == [1] * 15
    assert sorted((one.category, one.dong) for one in tickets) == [("child", 0)] * 3 + [("group", 40_000)] * 12
    assert set(groups) <= {one.code for one in tickets}
    assert {(one.day, one.slot, one.issued_at) for one in tickets} == {(THURSDAY, "08:00", NOW)}
    assert taken(database, VILLAGE) == {"": 15}
    everything_adds_up(database, VILLAGE)


def test_parting_twice_is_once(database: Database) -> None:
    order = bought(database, VILLAGE, {"group": 10}, as_group=True)

    assert [one.code for one in parted(database, order)] == [one.code for one in parted(database, order)]


def test_a_group_in_which_somebody_has_gone_in_does_not_part(database: Database) -> None:
    order = bought(database, VILLAGE, {"group": 10}, as_group=True)
    with database.writing() as session:
        enter(session, codes_of(database, order)[0], 3)

    with pytest.raises(AlreadyEntered):
        parted(database, order)
    assert len(codes_of(database, order)) == 1


def test_an_order_without_live_tickets_is_no_group(database: Database) -> None:
    order = bought(database, VILLAGE, {"group": 10}, as_group=True)
    with database.writing() as session:
        cancel(session, VILLAGE, order.code, NOW)

    with pytest.raises(NotAGroup):
        parted(database, order)


def test_a_single_of_a_group_is_given_back_alone(database: Database) -> None:
    order = bought(database, VILLAGE, {"group": 11}, as_group=True)
    first = parted(database, order)[0]

    with database.writing() as session:
        after = cancel(session, VILLAGE, order.code, NOW, [first.code])

    assert (after.people, taken(database, VILLAGE)) == (10, {"": 10})
    everything_adds_up(database, VILLAGE)


@pytest.mark.parametrize(
    ("dong", "admits", "lines", "people"),
    [
        (80_000, 2, [Line("group", 2, 40_000)], [("group", 40_000)] * 2),
        (80_000, 2, [Line("child", 3, 0), Line("group", 2, 40_000)], [("group", 40_000)] * 2),
        (100_001, 3, [Line("group", 3, 40_000)], [("group", 33_334), ("group", 33_334), ("group", 33_333)]),
        (0, 2, [], [("group", 0)] * 2),
    ],
)
def test_the_singles_cost_what_the_group_did(
    dong: int, admits: int, lines: list[Line], people: list[tuple[str, int]]
) -> None:
    group = Ticket(category="group", dong=dong, admits=admits)

    assert singles(group, lines) == people
    assert sum(each for _, each in people) == dong


def test_a_link_leads_to_the_ticket_and_only_its_hash_is_kept(database: Database) -> None:
    code = codes_of(database, bought(database, VILLAGE))[0]

    with database.writing() as session:
        token = hand_on(session, code, NOW)
    with database.reading() as session:
        assert handed(session, token).code == code

    assert len(token) >= 20
    assert token not in repr(ticket(database, code).model_dump())
    with database.reading() as session:
        assert token not in repr([line.model_dump() for line in session.exec(select(AuditLine))])


def test_a_new_link_ends_the_old_one_and_calling_back_ends_all(database: Database) -> None:
    code = codes_of(database, bought(database, VILLAGE))[0]

    with database.writing() as session:
        first, second = hand_on(session, code, NOW), hand_on(session, code, NOW)
        with pytest.raises(NotHandedOn):
            handed(session, first)
        assert handed(session, second).code == code
        for _ in range(2):
            call_back(session, code, NOW)
        with pytest.raises(NotHandedOn):
            handed(session, second)


def test_what_has_entered_or_was_given_back_is_not_handed_on(database: Database) -> None:
    order = bought(database, VILLAGE, {"adult": 2})
    inside, gone = codes_of(database, order)
    with database.writing() as session:
        enter(session, inside)
        cancel(session, VILLAGE, order.code, NOW, [gone])

    with database.writing() as session:
        for code, refusal in ((inside, AlreadyEntered), (gone, TicketGivenBack), ("🎟️", NoSuchTicket)):
            with pytest.raises(refusal):
                hand_on(session, code, NOW)


def test_a_link_shows_also_a_ticket_that_was_given_back_since(database: Database) -> None:
    order = bought(database, VILLAGE)
    code = codes_of(database, order)[0]

    with database.writing() as session:
        token = hand_on(session, code, NOW)
        cancel(session, VILLAGE, order.code, NOW)
        assert handed(session, token).cancelled_at == NOW
