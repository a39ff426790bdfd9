"""The counter as it is used, without JavaScript: a shift, a sale, the change, a ticket that comes back, the count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from guide.database import Database
from guide.office.roles import Role
from guide.tickets.tables import Order, OrderStatus, Refund, Shift
from tests.tickets.box_office import museum
from tests.tickets.changing.bought import bought, codes_of, everything_adds_up, held, sums, taken
from tests.tickets.open_counter import OpenCounter, open_counter

pytestmark = pytest.mark.slow

VILLAGE = museum(tickets={"donations": True})
HERE = "/counter/lang-gom"


@pytest.fixture
def database(new_sqlite: Callable[[], str]) -> Iterator[Database]:
    """What is behind these doors is tried on both kinds of database in its own tests."""
    opened = Database(new_sqlite())
    yield opened
    opened.engine.dispose()


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> OpenCounter:
    return open_counter(database, VILLAGE, tmp_path)


@pytest.fixture
def desk(counter: OpenCounter) -> OpenCounter:
    """Somebody of the desk with an open shift."""
    counter.comes()
    counter.open_shift()
    return counter


def orders(database: Database) -> list[Order]:
    with database.reading() as session:
        return list(session.exec(select(Order).order_by(Order.made_at)))


def shift_of(database: Database) -> Shift:
    with database.reading() as session:
        return session.exec(select(Shift)).one()


def test_who_sells_at_one_museum_is_led_to_its_counter(counter: OpenCounter) -> None:
    counter.comes()

    assert counter.get("/counter").headers["location"] == HERE


def test_a_shift_is_opened_with_what_is_in_the_drawer(counter: OpenCounter) -> None:
    counter.comes()
    assert "Tiền có sẵn trong két" in counter.get(HERE).text

    assert counter.open_shift("1.250.000").headers["location"] == HERE

    assert "1.250.000" in counter.get(HERE).text
    assert counter.open_shift().status_code == 409


def test_a_sale_shows_its_tickets_and_the_change(desk: OpenCounter) -> None:
    answer = desk.sells(given="500 000 ₫", **{"count.child": "1"})

    told = desk.get(answer.headers["location"]).text
    order = orders(desk.database)[0]
    assert (answer.status_code, order.status, order.people) == (303, "paid", 3)
    assert "Trả lại khách" in told
    assert "400.000" in told
    assert all(f"{code[:5]} {code[5:]}" in told for code in codes_of(desk.database, order))
    assert "600.000" in desk.get(HERE).text


def test_the_same_page_sent_twice_sells_once(desk: OpenCounter) -> None:
    first, second = desk.sells(), desk.sells()

    assert first.headers["location"] == second.headers["location"]
    assert len(orders(desk.database)) == 1


def test_going_back_and_choosing_otherwise_on_the_same_page_is_another_sale(desk: OpenCounter) -> None:
    first, second = desk.sells(), desk.sells(**{"count.adult": "3"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert [order.people for order in orders(desk.database)] == [2, 3]


@pytest.mark.slow
def test_plus_and_minus_and_notes_work_without_javascript(desk: OpenCounter) -> None:
    form = {"day": "2026-11-26", "slot": "2026-11-26T1000", "count.adult": "2"}

    told = desk.post(f"{HERE}/basket", **form, more="adult", note="200000").text

    assert re.search(r'name="count.adult"[^>]*value="3"', told)
    assert re.search(r'value="2026-11-26T1000" checked', told)
    assert "150.000" in told
    assert re.search(r'id="change".*50\.000', told, re.DOTALL)
    assert orders(desk.database) == []
    less = desk.post(f"{HERE}/basket", **{"count.adult": "0"}, less="adult").text
    assert re.search(r'name="count.adult"[^>]*value="0"', less)


def test_another_day_keeps_what_was_chosen(desk: OpenCounter) -> None:
    told = desk.post(f"{HERE}/basket", **{"day": "2026-11-26", "count.student": "4"}, jump="2026-11-25").text

    assert re.search(r'name="day" value="2026-11-25"', told)
    assert re.search(r'name="count.student"[^>]*value="4"', told)


BAD: dict[str, tuple[dict[str, Any], int, str]] = {
    "a count in words": ({"count.adult": "hai"}, 422, "hai"),
    "a negative count": ({"count.adult": "-2"}, 422, "-2"),
    "half a person": ({"count.adult": "1.5"}, 422, "1.5"),
    "a count in other digits": ({"count.adult": "٣"}, 422, "٣"),
    "10,000 people": ({"count.adult": "10000"}, 422, "10000"),
    "a strange category": ({"count.🎟️": "1", "count.adult": "0"}, 422, "loại vé"),
    "nothing": ({"count.adult": "0"}, 422, "chưa chọn vé"),
    "cash in words": ({"given": "một trăm"}, 422, "một trăm"),
    "cash below nought": ({"given": "-100000"}, 422, "-100000"),
    "more cash than there is": ({"given": "9" * 13}, 422, "9999"),
    "too little cash": ({"given": "99.999"}, 409, "còn thiếu 1 đồng"),
    "no day": ({"day": "ngày mai"}, 422, "ngày mai"),
    "a day that is none": ({"day": "2026-02-30"}, 422, "2026-02-30"),
    "a day that has passed": ({"day": "2026-11-01", "slot": ""}, 409, "01/11/2026"),
    "a closed day": ({"day": "2026-11-30", "slot": ""}, 409, "30/11/2026"),
    "a time that is none": ({"slot": "2026-11-26T0333"}, 422, "giờ vào"),
    "a strange donation": ({"donation": "1e9"}, 422, "1e9"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_and_sells_nothing(desk: OpenCounter, case: str) -> None:
    form, status, words = BAD[case]

    answer = desk.sells(**form)

    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert words in answer.text
    assert orders(desk.database) == []
    assert sums(desk.database, VILLAGE) == {}


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["", "abc", "-1", "5,00", "1.2.3", "12.34", "0x10", "1" * 14, "٣٠٠"])
def test_a_float_is_an_amount(counter: OpenCounter, typed: str) -> None:
    counter.comes()

    answer = counter.open_shift(typed)

    assert answer.status_code == 422
    with counter.database.reading() as session:
        assert session.exec(select(Shift)).all() == []


def test_without_a_shift_nothing_is_sold_or_taken(counter: OpenCounter) -> None:
    order = held(counter.database, VILLAGE, pay="counter")
    counter.comes()

    assert counter.sells().status_code == 409
    assert counter.post(f"{HERE}/orders/{order.code}/payment", given="").status_code == 409
    assert orders(counter.database)[0].status == OrderStatus.HELD


def test_an_order_of_the_web_is_found_and_paid(desk: OpenCounter) -> None:
    order = held(desk.database, VILLAGE, pay="counter")
    typed = f" {order.code[:5].lower()} {order.code[5:].lower()}"

    found = desk.get(f"{HERE}/orders?code={typed}").headers["location"]
    assert "Chờ trả tiền" in desk.get(found).text
    paid = desk.post(f"{found}/payment", given="200000")

    assert "100.000" in desk.get(paid.headers["location"]).text
    assert orders(desk.database)[0].status == OrderStatus.PAID


def test_a_ticket_s_code_finds_its_order(desk: OpenCounter) -> None:
    order = bought(desk.database, VILLAGE)

    found = desk.get(f"{HERE}/orders?code={codes_of(desk.database, order)[0]}")

    assert found.headers["location"].endswith(order.code)


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["AAAAAAAAAA", "🎟️", "'; DROP", "a" * 300])
def test_a_strange_code_is_told(desk: OpenCounter, typed: str) -> None:
    answer = desk.get(f"{HERE}/orders?code={typed}")

    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


def test_an_order_of_another_museum_is_none_here(desk: OpenCounter) -> None:
    order = bought(desk.database, museum("other"))

    assert desk.get(f"{HERE}/orders/{order.code}").status_code == 404
    assert desk.post(f"{HERE}/orders/{order.code}/payment").status_code == 404
    assert desk.post(f"{HERE}/orders/{order.code}/cancellation", reason="a", whole="1").status_code == 404


def test_a_ticket_comes_back_for_cash(desk: OpenCounter) -> None:
    desk.sells()
    order = orders(desk.database)[0]
    one = codes_of(desk.database, order)[0]
    at = f"{HERE}/orders/{order.code}"

    assert desk.post(f"{at}/cancellation", reason="Mưa").status_code == 422
    assert desk.post(f"{at}/cancellation", ticket=one, reason="").status_code == 409
    assert desk.post(f"{at}/cancellation", ticket="AAAAAAAAAA", reason="Mưa").status_code == 404
    done = desk.post(f"{at}/cancellation", ticket=one, reason="Mưa")

    assert "50.000" in desk.get(done.headers["location"]).text
    assert taken(desk.database, VILLAGE) == {"": 1}
    everything_adds_up(desk.database, VILLAGE)


@pytest.mark.slow
def test_what_came_by_bank_waits_and_can_be_given_in_cash(desk: OpenCounter) -> None:
    order = bought(desk.database, VILLAGE)
    at = f"{HERE}/orders/{order.code}"
    codes = codes_of(desk.database, order)
    desk.post(f"{at}/cancellation", ticket=codes, reason="Bão")
    with desk.database.reading() as session:
        due = session.exec(select(Refund)).one()

    assert "Còn phải trả khách" in desk.get(at).text
    assert desk.post(f"{at}/refunds/{due.id}").status_code == 303
    assert desk.post(f"{at}/refunds/{due.id}").status_code == 404
    assert desk.post(f"{at}/refunds/{uuid4()}").status_code == 404
    assert sums(desk.database, VILLAGE) == {"vietqr": 100_000, "cash": -100_000}


@pytest.mark.slow
def test_an_order_is_moved_to_another_day_with_a_reason(desk: OpenCounter) -> None:
    desk.sells()
    at = f"{HERE}/orders/{orders(desk.database)[0].code}"
    assert 'value="2026-11-27T1000"' in desk.get(f"{at}?day=2026-11-27").text

    assert desk.post(f"{at}/day", day="2026-11-27", slot="2026-11-27T1000", reason="").status_code == 409
    assert desk.post(f"{at}/day", day="2026-11-30", slot="", reason="Đi nhầm ngày").status_code == 409
    assert desk.post(f"{at}/day", day="hôm sau", slot="", reason="Đi nhầm ngày").status_code == 422
    done = desk.post(f"{at}/day", day="2026-11-27", slot="2026-11-27T1000", reason="Đi nhầm ngày")

    assert "27 tháng 11" in desk.get(done.headers["location"]).text
    assert str(orders(desk.database)[0].day) == "2026-11-27"
    everything_adds_up(desk.database, VILLAGE)


def test_a_hold_is_let_go(desk: OpenCounter) -> None:
    order = held(desk.database, VILLAGE, pay="counter")

    done = desk.post(f"{HERE}/orders/{order.code}/cancellation", whole="1")

    assert done.status_code == 303
    assert orders(desk.database)[0].status == OrderStatus.CANCELLED


def test_the_drawer_is_counted_and_the_report_says_what_is_missing(desk: OpenCounter) -> None:
    desk.sells()
    at = f"{HERE}/shifts/{shift_of(desk.database).id}"
    assert "600.000" in desk.get(at).text

    assert desk.post(f"{at}/closing", counted="sáu trăm").status_code == 422
    desk.post(f"{at}/closing", counted="590.000", remark="Thiếu mười nghìn")
    told = desk.get(at).text

    assert 'Thiếu <span class="dong">10.000' in told
    assert "Thiếu mười nghìn" in told
    assert desk.post(f"{at}/closing", counted="600.000").status_code == 409
    assert desk.post(f"{at}/closing", counted="590.000").status_code == 303
    assert desk.sells(key="other-key-of-another-page").status_code == 409


@pytest.mark.slow
def test_somebody_else_sees_a_shift_and_cannot_close_it(desk: OpenCounter) -> None:
    at = f"{HERE}/shifts/{shift_of(desk.database).id}"
    desk.comes(Role.ADMIN)

    assert "closing" not in desk.get(at).text
    assert desk.post(f"{at}/closing", counted="0").status_code == 403
    assert desk.post(f"{HERE}/shifts/{uuid4()}/closing", counted="0").status_code == 404
    assert desk.get(f"{HERE}/shifts/nonsense").status_code == 422
    assert shift_of(desk.database).closed_at is None


@pytest.mark.slow
def test_a_sample_slip_is_written_once_and_shown(desk: OpenCounter) -> None:
    desk.sells()
    at = f"{HERE}/orders/{orders(desk.database)[0].code}"
    assert "PHIẾU MẪU" not in desk.get(at).text

    for _ in range(2):
        desk.post(f"{at}/slip")

    assert desk.get(at).text.count("Số 000001") == 1
    assert "không có giá trị thay hóa đơn" in desk.get(at).text


def test_the_counter_speaks_english_too(desk: OpenCounter) -> None:
    told = desk.get(f"{HERE}?lang=en").text

    assert "Take the money" in told
    assert "50,000" in told
