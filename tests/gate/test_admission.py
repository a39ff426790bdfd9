"""A ticket enters once, and the same scan heard twice is one scan."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import col, func, select

from guide.gate.devices import NotPaired
from guide.gate.verdicts import Verdict
from guide.office.tables import AuditLine
from guide.outgoing import Outgoing
from guide.tickets.signing.keys import rotate, withdraw
from guide.tickets.tables import Ticket
from tests.gate.conftest import NINE, Gate, OpenGate, minutes


def test_a_ticket_lets_in_once(gate: Gate) -> None:
    ticket = gate.ticket()
    code = gate.signed(ticket)

    first, second = gate.admit(code), gate.admit(code, gate="north")

    assert (first.verdict, first.left) == (Verdict.WELCOME, 0)
    assert (second.verdict, second.left) == (Verdict.ALREADY_INSIDE, 0)
    assert gate.entered(ticket) == 1


def test_a_code_typed_by_hand_is_judged_like_a_signed_one(gate: Gate) -> None:
    ticket = gate.ticket()
    typed = f" {ticket.code[:5].lower()} {ticket.code[5:]}\r\n"

    assert gate.admit(typed).verdict is Verdict.WELCOME
    assert gate.admit(gate.signed(ticket)).verdict is Verdict.ALREADY_INSIDE


def test_the_same_scan_heard_twice_gets_the_same_verdict(gate: Gate) -> None:
    ticket = gate.ticket()

    first = gate.admit(ticket.code, scan_id="scan-of-a-phone")
    second = gate.admit(ticket.code, scan_id="scan-of-a-phone", now=NINE + minutes(1))

    assert first == second
    assert gate.entered(ticket) == 1


def test_a_scan_id_that_named_another_ticket_lets_nobody_in(gate: Gate) -> None:
    one, other = gate.ticket(), gate.ticket()
    gate.admit(one.code, scan_id="scan-of-a-phone")

    assert gate.admit(other.code, scan_id="scan-of-a-phone").verdict is Verdict.UNKNOWN
    assert gate.entered(other) == 0


def test_a_group_enters_until_it_is_complete(gate: Gate) -> None:
    ticket = gate.ticket(admits=30, category="student")

    assert [(gate.admit(ticket.code, people=people).verdict, gate.entered(ticket)) for people in (12, 18, 1)] == [
        (Verdict.WELCOME, 12),
        (Verdict.WELCOME, 30),
        (Verdict.ALREADY_INSIDE, 30),
    ]


def test_more_than_are_left_are_not_let_in_and_the_gate_is_told_how_many_are(gate: Gate) -> None:
    ticket = gate.ticket(admits=30, entered=27)

    refused = gate.admit(ticket.code, people=5)

    assert (refused.verdict, refused.left) == (Verdict.ALREADY_INSIDE, 3)
    assert gate.entered(ticket) == 27


def test_who_was_inside_may_come_back_where_the_museum_says_so(open_gate: OpenGate) -> None:
    gate = open_gate(re_entry="same-day")
    ticket = gate.ticket()
    gate.admit(ticket.code)

    too_soon = gate.admit(ticket.code, now=NINE + minutes(9))
    back = gate.admit(ticket.code, now=NINE + minutes(30))
    passed_over_the_fence = gate.admit(ticket.code, now=NINE + minutes(31))

    assert (too_soon.verdict, too_soon.again) == (Verdict.ALREADY_INSIDE, False)
    assert (back.verdict, back.again) == (Verdict.WELCOME, True)
    assert passed_over_the_fence.verdict is Verdict.ALREADY_INSIDE
    assert gate.entered(ticket) == 1


def test_a_forged_code_does_not_touch_the_ticket_that_it_names(gate: Gate) -> None:
    ticket = gate.ticket()
    code = gate.signed(ticket)

    refused = gate.admit(str(int(code) ^ 1))

    assert refused.verdict is Verdict.FORGED
    assert refused.seen is None
    assert gate.entered(ticket) == 0


def test_an_older_key_is_believed_until_it_is_withdrawn(gate: Gate) -> None:
    one, other = gate.ticket(), gate.ticket()
    codes = gate.signed(one), gate.signed(other)
    with gate.database.writing() as session:
        rotate(session, gate.museum, NINE)
    assert gate.admit(codes[0]).verdict is Verdict.WELCOME

    with gate.database.writing() as session:
        withdraw(session, gate.museum, 1, NINE)

    assert gate.admit(codes[1]).verdict is Verdict.FORGED
    assert gate.admit(gate.signed(other)).verdict is Verdict.WELCOME


def test_the_ticket_as_it_stands_counts_not_the_day_on_the_paper(gate: Gate) -> None:
    ticket = gate.ticket(day=NINE.date() + minutes(60 * 24 * 2))
    paper = gate.signed(ticket)
    with gate.database.writing() as session:
        session.connection().execute(sa.update(Ticket).where(col(Ticket.code) == ticket.code).values(day=NINE.date()))

    assert gate.admit(paper).verdict is Verdict.WELCOME


def test_a_ticket_of_another_museum_is_told_so(gate: Gate) -> None:
    ticket = gate.ticket(museum="dak-lak")

    for code in (ticket.code, gate.signed(ticket)):
        assert gate.admit(code).verdict is Verdict.WRONG_MUSEUM
        assert gate.admit(code).seen is None


def test_whoever_is_let_in_leaves_a_line_in_the_audit_and_a_notice_that_goes_out(gate: Gate) -> None:
    ticket = gate.ticket()
    gate.admit(ticket.code)
    gate.admit(ticket.code)

    with gate.database.reading() as session:
        lines = session.exec(select(AuditLine).where(AuditLine.did == "ticket.entered")).all()
        notices = session.exec(select(Outgoing).where(Outgoing.kind == "entered")).all()
        assert [line.about for line in lines] == [ticket.code]
        assert [notice.about for notice in notices] == [ticket.code]
        assert session.exec(select(func.count()).select_from(AuditLine)).one() >= 1


@pytest.mark.parametrize("token", ["", "nonsense", "ạ"])
def test_only_a_paired_device_is_heard(gate: Gate, token: str) -> None:
    ticket = gate.ticket()
    gate.tokens["south"] = token

    with pytest.raises(NotPaired):
        gate.admit(ticket.code)

    assert gate.entered(ticket) == 0
