"""Selling for cash: the order, the money and the tickets in one step, and the till that equals the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from guide.database import Database
from guide.errors import GuideError
from guide.office.tables import AuditLine
from guide.tickets.changing.cancelling import AlreadyEntered, NoReason
from guide.tickets.counter.receipts import NOT_A_RECEIPT, Receipt, SampleSlips
from guide.tickets.counter.sale import (
    NoSuchRefund,
    NotEnoughInTill,
    NothingToPay,
    TooLittleGiven,
    due_of,
    give_back,
    give_cash,
    take_payment,
)
from guide.tickets.counter.till import movements
from guide.tickets.selling.securing import SoldOut
from guide.tickets.selling.settling import Paid, settle
from guide.tickets.selling.wishes import ClosedThatDay, CountTooSmall, NoSuchCategory, TimeOver
from guide.tickets.tables import LedgerLine, Order, Shift, Ticket
from tests.tickets.box_office import NOW, museum
from tests.tickets.changing.bought import THURSDAY, bought, enter, everything_adds_up, held, sums, taken
from tests.tickets.counter.drawer import HOA, LAN, opened, sold, till_of

pytestmark = pytest.mark.slow

VILLAGE = museum(tickets={"donations": True, "giving_back": []})


def tickets(database: Database, order: Order) -> list[Ticket]:
    with database.reading() as session:
        return list(session.exec(select(Ticket).where(Ticket.order_code == order.code)))


def back(database: Database, shift: Shift, order: Order, codes: list[str] | None = None, reason: str = "Mưa") -> int:
    with database.writing() as session:
        return give_back(session, VILLAGE, shift, order.code, reason, NOW, codes)


def test_a_sale_is_paid_at_once_and_tells_the_change(database: Database) -> None:
    shift = opened(database, VILLAGE)

    sale = sold(database, VILLAGE, shift, {"adult": 2, "child": 1}, given_dong=200_000)

    assert (sale.order.status, sale.order.channel, sale.order.pay) == ("paid", "counter", "cash")
    assert (sale.order.total_dong, sale.change_dong, sale.order.shift_id) == (100_000, 100_000, shift.id)
    assert [ticket.issued_at for ticket in tickets(database, sale.order)] == [NOW] * 3
    assert sums(database, VILLAGE) == {"cash": 100_000, "sales:adult": -100_000}
    assert till_of(database, shift).expected_dong == 600_000
    everything_adds_up(database, VILLAGE)


def test_a_sale_is_known_in_the_audit_by_who_sold(database: Database) -> None:
    sale = sold(database, VILLAGE, opened(database, VILLAGE))

    with database.reading() as session:
        lines = session.exec(select(AuditLine).where(AuditLine.about == sale.order.code)).all()
    assert {line.who for line in lines} == {f"person:{LAN}"}


def test_the_button_pressed_twice_sells_once(database: Database) -> None:
    shift = opened(database, VILLAGE)

    first, second = (sold(database, VILLAGE, shift, key="form-1", given_dong=100_000) for _ in range(2))

    assert first.order.code == second.order.code
    assert till_of(database, shift).taken_dong == 100_000


def test_a_free_sale_moves_no_money_and_is_still_listed(database: Database) -> None:
    shift = opened(database, VILLAGE)

    sale = sold(database, VILLAGE, shift, {"child": 3})

    assert (sale.order.status, sale.change_dong) == ("paid", 0)
    with database.reading() as session:
        assert [(one.order_code, one.dong) for one in movements(session, shift)] == [(sale.order.code, 0)]


REFUSED: dict[str, tuple[dict[str, Any], type[GuideError]]] = {
    "too little": ({"given_dong": 99_999}, TooLittleGiven),
    "nothing": ({"given_dong": 0}, TooLittleGiven),
    "no such category": ({"counts": {"🎟️": 1}}, NoSuchCategory),
    "a negative count": ({"counts": {"adult": -1}}, CountTooSmall),
    "a closed day": ({"day": date(2026, 11, 30)}, ClosedThatDay),
    "a time that has passed": ({"day": date(2026, 11, 24), "now": NOW + timedelta(hours=3)}, TimeOver),
    "more than there are": ({"counts": {"adult": 41}}, SoldOut),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_sold_is_refused_and_nothing_is_half_written(database: Database, case: str) -> None:
    asked, refusal = REFUSED[case]
    shift = opened(database, VILLAGE)

    with pytest.raises(refusal):
        sold(database, VILLAGE, shift, **asked)

    assert till_of(database, shift).taken_dong == 0
    assert sum(taken(database, VILLAGE).values()) == 0
    with database.reading() as session:
        assert session.exec(select(Order)).all() == []


def test_an_order_of_the_web_is_paid_at_the_counter(database: Database) -> None:
    order, shift = held(database, VILLAGE, pay="counter", email="an@example.vn"), opened(database, VILLAGE)

    with database.writing() as session:
        sale = take_payment(session, VILLAGE, shift, order.code, 500_000, NOW)

    assert (sale.order.status, sale.order.pay, sale.order.channel, sale.change_dong) == ("paid", "cash", "web", 400_000)
    assert till_of(database, shift).taken_dong == 100_000
    everything_adds_up(database, VILLAGE)


def test_a_payment_taken_twice_is_once(database: Database) -> None:
    order, shift = held(database, VILLAGE), opened(database, VILLAGE)

    for _ in range(2):
        with database.writing() as session:
            take_payment(session, VILLAGE, shift, order.code, None, NOW)

    assert till_of(database, shift).taken_dong == 100_000


def test_what_one_drawer_has_taken_was_not_given_to_another(database: Database) -> None:
    """Whoever has an older page open would believe that the cash in their hand is the order's."""
    order, one, two = held(database, VILLAGE), opened(database, VILLAGE), opened(database, VILLAGE, HOA)
    with database.writing() as session:
        take_payment(session, VILLAGE, one, order.code, None, NOW)

    with pytest.raises(NothingToPay), database.writing() as session:
        take_payment(session, VILLAGE, two, order.code, None, NOW)

    assert (till_of(database, one).taken_dong, till_of(database, two).taken_dong) == (100_000, 0)


def test_no_money_is_taken_for_what_is_paid_or_gone(database: Database) -> None:
    small = museum(slots=[{"days": "tue-sun", "at": ["08:00"], "places": 2}])
    shift, paid, late = opened(database, small), bought(database, museum("other")), held(database, small)
    with pytest.raises(NothingToPay), database.writing() as session:
        take_payment(session, museum("other"), shift, paid.code, None, NOW)
    after = NOW + timedelta(minutes=30)
    bought(database, small, now=after)

    with pytest.raises(NothingToPay), database.writing() as session:
        take_payment(session, small, shift, late.code, None, after)
    assert till_of(database, shift).taken_dong == 0
    everything_adds_up(database, small)


def test_cash_goes_back_in_cash_at_once(database: Database) -> None:
    shift = opened(database, VILLAGE)
    sale = sold(database, VILLAGE, shift, {"adult": 2}, donation_dong=30_000)
    first, _ = tickets(database, sale.order)

    assert back(database, shift, sale.order, [first.code]) == 50_000
    assert till_of(database, shift).given_dong == 50_000
    assert back(database, shift, sale.order) == 80_000

    assert sums(database, VILLAGE) == {}
    assert till_of(database, shift).expected_dong == 500_000
    everything_adds_up(database, VILLAGE)


def test_giving_back_twice_gives_cash_once(database: Database) -> None:
    shift = opened(database, VILLAGE)
    sale = sold(database, VILLAGE, shift)

    assert [back(database, shift, sale.order) for _ in range(3)] == [100_000, 0, 0]
    assert till_of(database, shift).given_dong == 100_000


def test_a_drawer_gives_back_what_came_in_cash_and_the_bank_the_rest(database: Database) -> None:
    order, shift = held(database, VILLAGE), opened(database, VILLAGE)
    with database.writing() as session:
        take_payment(session, VILLAGE, shift, order.code, None, NOW)
    with database.writing() as session:
        settle(session, VILLAGE, Paid(order.code, 100_000, "vietqr", "FT9"), NOW)

    assert back(database, shift, order) == 100_000

    assert till_of(database, shift).expected_dong == 500_000
    with database.reading() as session:
        assert [(due.pay, due.dong) for due in due_of(session, order.code)] == [("vietqr", 100_000)]
    assert sums(database, VILLAGE) == {"vietqr": 100_000, "owed": -100_000}


def test_what_came_by_bank_is_owed_and_may_be_given_in_cash_once(database: Database) -> None:
    shift, order = opened(database, VILLAGE), bought(database, VILLAGE)
    assert back(database, shift, order) == 0
    with database.reading() as session:
        (due,) = due_of(session, order.code)

    with database.writing() as session:
        assert give_cash(session, VILLAGE, shift, due.id, NOW) == 100_000
    with pytest.raises(NoSuchRefund), database.writing() as session:
        give_cash(session, VILLAGE, shift, due.id, NOW)
    with pytest.raises(NoSuchRefund), database.writing() as session:
        give_cash(session, VILLAGE, shift, uuid4(), NOW)

    assert till_of(database, shift).given_dong == 100_000
    everything_adds_up(database, VILLAGE)


def test_a_drawer_gives_no_more_than_it_holds(database: Database) -> None:
    rich, poor = opened(database, VILLAGE), opened(database, VILLAGE, HOA, float_dong=10_000)
    sale = sold(database, VILLAGE, rich)

    with pytest.raises(NotEnoughInTill):
        back(database, poor, sale.order)
    assert till_of(database, poor).given_dong == 0
    assert back(database, rich, sale.order) == 100_000


def test_staff_say_why_and_nobody_gives_back_what_has_entered(database: Database) -> None:
    shift = opened(database, VILLAGE)
    sale = sold(database, VILLAGE, shift)
    with pytest.raises(NoReason):
        back(database, shift, sale.order, reason="")
    with database.writing() as session:
        enter(session, tickets(database, sale.order)[0].code)
    with pytest.raises(AlreadyEntered):
        back(database, shift, sale.order)


def test_the_till_is_the_ledger(database: Database) -> None:
    """Two drawers side by side: what each report says is the sum of its own cash lines, and together all of them."""
    one, two = opened(database, VILLAGE, float_dong=0), opened(database, VILLAGE, HOA, float_dong=0)
    for shift, counts in ((one, {"adult": 3}), (two, {"student": 5}), (one, {"adult": 1, "student": 1})):
        sale = sold(database, VILLAGE, shift, counts)
    back(database, one, sale.order, [tickets(database, sale.order)[0].code])
    bought(database, VILLAGE)

    tills = [till_of(database, shift) for shift in (one, two)]

    with database.reading() as session:
        lines = session.exec(select(LedgerLine)).all()
        for shift, told in zip((one, two), tills, strict=True):
            own = [line for line in lines if line.shift_id == shift.id]
            cash = sum(line.dong * ((line.receiving == "cash") - (line.giving == "cash")) for line in own)
            assert cash == told.expected_dong == sum(one.dong for one in movements(session, shift))
    assert sum(told.expected_dong for told in tills) == sums(database, VILLAGE)["cash"]


def receipt(code: str) -> Receipt:
    return Receipt("Làng Gốm", code, NOW, [("Người lớn", 2, 100_000)], 100_000)


def test_a_sample_slip_is_numbered_and_says_twice_that_it_is_none(tmp_path: Path) -> None:
    slips = SampleSlips(tmp_path / "slips")

    first, second, again = (slips.write(receipt(code)) for code in ("AAAAAAAAAA", "BBBBBBBBBB", "AAAAAAAAAA"))

    assert (first.number, second.number, again) == ("000001", "000002", first)
    assert first.text.count(NOT_A_RECEIPT) == 2
    assert "100.000 ₫" in first.text
    assert THURSDAY.isoformat() not in first.text
