"""Money that nothing matched: seen by whoever may, decided once, and written down."""

from __future__ import annotations

import json

import pytest

from guide.office.roles import Role
from guide.office.tables import AuditLine
from guide.tickets import ledger
from guide.tickets.paying import sepay
from guide.tickets.selling import refunds
from guide.tickets.tables import Notice, Refund
from tests.tickets.box_office import NOW
from tests.tickets.paying.conftest import Till
from tests.tickets.paying.world import (
    MUSEUM,
    OTHER,
    PRICE,
    every,
    heard,
    issued,
    sepay_notice,
    sold,
    status_of,
    vnpay_notice,
)

pytestmark = pytest.mark.slow

PAGE = "/office/lang-gom/payments"


@pytest.fixture
def csrf(till: Till) -> str:
    return till.at_work(Role.ADMIN).csrf


def unmatched(till: Till, dong: int = PRICE, number: int = 7) -> dict[str, str]:
    heard(till.books, sepay, sepay_notice("K7M2QXR349", dong, number, content="NGUYEN VAN A chuyen tien ve"))
    return {"provider": "sepay", "reference": str(number)}


def test_money_that_found_no_order_stands_on_the_page_with_a_sentence_and_its_memo(till: Till, csrf: str) -> None:
    unmatched(till)

    page = till.browser.get(PAGE).text

    assert "Nội dung chuyển khoản không có mã đơn nào." in page
    assert "NGUYEN VAN A chuyen tien ve" in page
    assert "100.000" in page


def test_another_museums_money_is_not_shown(till: Till, csrf: str) -> None:
    order = sold(till.books, museum=OTHER)
    heard(till.books, sepay, sepay_notice(order.code))

    assert "SEN" in till.browser.get(PAGE).text, "the account it reached is ours"
    assert till.browser.get("/office/ben-tre/payments").status_code == 403


def test_money_is_given_to_the_order_it_was_meant_for(till: Till, csrf: str) -> None:
    order, money = sold(till.books), unmatched(till)

    answer = till.post(f"{PAGE}/orders", money | {"code": order.code.lower(), "csrf": csrf})

    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert issued(till.books, order) == 2
    kept = every(till.books, Notice)[0]
    assert (kept.became, kept.order_code, kept.body) == ("settled", order.code, "{}")
    assert "payment.attached" in [line.did for line in every(till.books, AuditLine)]
    with till.books.reading() as session:
        assert ledger.balances(session, MUSEUM.slug)["vietqr"] == PRICE


@pytest.mark.parametrize(
    ("code", "problem"),
    [("K7M2QXR349", "Không có đơn nào"), ("xyz", "Không có đơn nào"), ("", "Không có đơn nào")],
)
def test_a_code_that_is_no_order_is_said_and_changes_nothing(till: Till, csrf: str, code: str, problem: str) -> None:
    money = unmatched(till)

    answer = till.post(f"{PAGE}/orders", money | {"code": code, "csrf": csrf})

    assert answer.status_code == 404
    assert problem in answer.text
    assert every(till.books, Notice)[0].looked_at is None


def test_a_wrong_amount_cannot_be_given_to_an_order(till: Till, csrf: str) -> None:
    order, money = sold(till.books), unmatched(till, PRICE - 1)

    answer = till.post(f"{PAGE}/orders", money | {"code": order.code, "csrf": csrf})

    assert answer.status_code == 409
    assert "có giá khác với số tiền đã nhận" in answer.text
    assert status_of(till.books, order) == "held"
    assert every(till.books, Notice)[0].looked_at is None


def test_another_museums_order_cannot_be_paid_with_it(till: Till, csrf: str) -> None:
    order, money = sold(till.books, museum=OTHER), unmatched(till)

    assert till.post(f"{PAGE}/orders", money | {"code": order.code, "csrf": csrf}).status_code == 404
    assert status_of(till.books, order) == "held"


def test_money_leaves_the_list_with_a_word_on_what_was_done(till: Till, csrf: str) -> None:
    money = unmatched(till)

    without = till.post(f"{PAGE}/remarks", money | {"remark": "  ", "csrf": csrf})
    with_one = till.post(f"{PAGE}/remarks", money | {"remark": "Đã chuyển trả 25/11", "csrf": csrf})

    assert (without.status_code, with_one.status_code) == (422, 303)
    kept = every(till.books, Notice)[0]
    assert (kept.became, kept.remark, kept.body) == ("review", "Đã chuyển trả 25/11", "{}")
    line = next(line for line in every(till.books, AuditLine) if line.did == "payment.put-aside")
    assert json.loads(line.detail) == {"dong": PRICE, "remark": "Đã chuyển trả 25/11"}
    assert "Không có khoản nào chờ xem" in till.browser.get(PAGE).text


def test_what_was_decided_is_decided_once(till: Till, csrf: str) -> None:
    order, money = sold(till.books), unmatched(till)
    till.post(f"{PAGE}/orders", money | {"code": order.code, "csrf": csrf})

    again = till.post(f"{PAGE}/orders", money | {"code": order.code, "csrf": csrf})
    aside = till.post(f"{PAGE}/remarks", money | {"remark": "x", "csrf": csrf})

    assert (again.status_code, aside.status_code) == (409, 409)
    assert issued(till.books, order) == 2
    assert every(till.books, Refund) == []


def test_money_that_matched_cannot_be_decided_on(till: Till, csrf: str) -> None:
    order = sold(till.books)
    heard(till.books, sepay, sepay_notice(order.code))
    money = {"provider": "sepay", "reference": "92704"}

    assert till.post(f"{PAGE}/remarks", money | {"remark": "x", "csrf": csrf}).status_code == 409
    assert (
        till.post(f"{PAGE}/remarks", {"provider": "a", "reference": "b", "remark": "x", "csrf": csrf}).status_code
        == 404
    )


def test_money_given_to_an_order_that_is_paid_goes_on_the_list_of_refunds(till: Till, csrf: str) -> None:
    order, money = sold(till.books), unmatched(till)
    heard(till.books, sepay, sepay_notice(order.code))

    till.post(f"{PAGE}/orders", money | {"code": order.code, "csrf": csrf})

    assert [(refund.dong, refund.why) for refund in every(till.books, Refund)] == [(PRICE, "paid-twice")]


def test_what_is_owed_is_marked_as_sent_once(till: Till, csrf: str) -> None:
    order = sold(till.books)
    heard(till.books, sepay, sepay_notice(order.code))
    till.tell("vnpay", vnpay_notice(order.code))
    refund = every(till.books, Refund)[0]
    page = till.browser.get(PAGE).text

    first = till.post(f"/office/lang-gom/refunds/{refund.id}/sending", {"csrf": csrf})
    again = till.post(f"/office/lang-gom/refunds/{refund.id}/sending", {"csrf": csrf})

    assert "Đơn được trả hai lần." in page
    assert (first.status_code, again.status_code) == (303, 409)
    with till.books.reading() as session:
        balances = ledger.balances(session, MUSEUM.slug)
    assert (balances[ledger.OWED], balances["vnpay"], balances["vietqr"]) == (0, 0, PRICE)
    assert [line.did for line in every(till.books, AuditLine)].count("refund.sent") == 1


def test_cash_is_given_back_at_the_counter_and_not_from_this_page(till: Till, csrf: str) -> None:
    """It would leave by no drawer, and the tills would no longer be what the ledger says."""
    order = sold(till.books)
    with till.books.writing() as session:
        refund = refunds.owe(session, MUSEUM, order.code, PRICE, ledger.CASH, "given-back", NOW)
    page = till.browser.get(PAGE).text

    answer = till.post(f"/office/lang-gom/refunds/{refund}/sending", {"csrf": csrf})

    assert "tại quầy" in page
    assert "Đã chuyển trả</button>" not in page
    assert answer.status_code == 409
    assert "được trả lại tại quầy" in answer.text
    assert every(till.books, Refund)[0].done_at is None
    with till.books.reading() as session:
        assert ledger.balances(session, MUSEUM.slug)[ledger.OWED] == -PRICE


def test_the_desk_sees_reports_but_not_payments(till: Till) -> None:
    till.at_work(Role.DESK, Role.GATE)

    assert till.browser.get(PAGE).status_code == 403


def test_a_form_from_elsewhere_moves_no_money(till: Till, csrf: str) -> None:
    order, money = sold(till.books), unmatched(till)

    assert till.post(f"{PAGE}/orders", money | {"code": order.code}).status_code == 403
    assert status_of(till.books, order) == "held"


def test_the_page_speaks_english_too(till: Till, csrf: str) -> None:
    unmatched(till)

    assert "The memo has no order code in it." in till.browser.get(f"{PAGE}?lang=en").text
