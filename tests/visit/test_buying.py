"""Buying without JavaScript: every step is a page and a form, and nothing that was typed is lost."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image, ImageDraw

from guide.database import Database
from guide.errors import Conflict, GuideError, Unusable
from guide.outgoing import Outgoing
from guide.tickets.letters.wallet import Wallet
from guide.tickets.selling import wishes
from guide.tickets.signing import keys
from guide.tickets.signing.signed import read
from guide.tickets.tables import Order, Ticket
from guide.visit.buying.refusals import BESIDE
from tests.tickets.box_office import TOMORROW, UNDIVIDED, museum
from tests.visit.buying_shop import Shop, open_shop, words

pytestmark = pytest.mark.slow

SQUARE = re.compile(r'class="square"[^>]*viewBox="0 0 (\d+) \d+".*?<path fill="#000" d="([^"]+)"', re.DOTALL)
FREE_DAY = date(2026, 12, 2)
NAMED = [
    {"category": "adult", "dong": 50_000, "name": {"vi": "Vé thường", "en": "Standard"}},
    {
        "category": "student",
        "dong": 25_000,
        "student": True,
        "ages": [16, 30],
        "evidence": {"vi": "thẻ sinh viên"},
        "basis": {"vi": "Nghị quyết số 12"},
    },
    {"category": "child", "dong": 0, "ages": [0, 15]},
]


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    return open_shop(database, tmp_path, museum())


def shop_with(database: Database, folder: Path, **sheet: Any) -> Shop:
    return open_shop(database, folder, museum(**sheet))


def count(database: Database, table: type[Any]) -> int:
    with database.reading() as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def squares(page: str) -> list[str]:
    """What a phone reads of the squares on a page."""
    return [scanned(int(side), path) for side, path in SQUARE.findall(page)]


def scanned(side: int, path: str) -> str:
    picture = Image.new("L", (side * 6, side * 6), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        left, top = int(x) * 6, int(y) * 6
        draw.rectangle((left, top, left + int(wide) * 6 - 1, top + 5), fill=0)
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    return str(found.text)


def test_the_page_shows_days_times_and_what_each_ticket_costs(database: Database, tmp_path: Path) -> None:
    shop = shop_with(database, tmp_path, prices=NAMED)

    seen = words(shop.open().text)

    assert "Hôm nay 24 tháng 11 mở cửa" in seen
    assert "08:00 đến 10:00 còn 40 chỗ" in seen
    assert "Vé thường 50.000 ₫" in seen
    assert "16–30 tuổi · học sinh, sinh viên Mang theo: thẻ sinh viên Nghị quyết số 12" in seen
    assert "Trẻ em Miễn phí đến hết 15 tuổi" in seen


def test_a_visitor_buys_with_plain_forms_and_sees_the_tickets_the_moment_they_are_paid(shop: Shop) -> None:
    code = shop.buy(count__adult=2, count__student=1)
    held = shop.page(code)
    shop.pay(code, 125_000)
    paid = shop.page(code)

    assert "Chỗ của bạn đang được giữ" in words(held)
    assert f"SEN {code}" in words(held)
    assert "00020101" in squares(held)[0]
    signed = [read(text) for text in squares(paid)]
    assert [one and one.category for one in signed] == ["adult", "adult", "student"]
    assert [one.code for one in signed if one] == re.findall(r'name="ticket" value="(\w+)"', paid)


def test_the_same_page_sent_twice_buys_once(shop: Shop) -> None:
    page = shop.open().text

    first, again = (shop.send(page, slot=f"{TOMORROW}T0800", count__adult=2) for _ in range(2))

    assert first.headers["location"] == again.headers["location"]
    assert count(shop.database, Order) == 1


def test_an_address_cannot_bring_a_key_that_somebody_else_knows(shop: Shop) -> None:
    page = shop.open(key="a-key-that-another-knows", email="lan@vidu.vn", pay="counter", count__adult="2").text

    assert "a-key-that-another-knows" not in page
    assert "lan@vidu.vn" not in page


def test_going_back_and_choosing_otherwise_is_another_purchase(shop: Shop) -> None:
    page = shop.open().text

    first, other = (shop.send(page, slot=f"{TOMORROW}T0800", count__adult=number) for number in (2, 3))

    assert first.headers["location"] != other.headers["location"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence", "status"),
    [
        ({"slot": None}, "time", "Xin chọn giờ vào.", 422),
        ({"slot": f"{TOMORROW}T0815"}, "time", "không có giờ vào cửa", 422),
        ({"count__adult": 0, "count__student": "0"}, "who", "Xin chọn ít nhất một vé.", 422),
        ({"count__adult": -3}, "who", "Số vé phải là số", 422),
        ({"count__adult": "hai"}, "who", "Số vé phải là số", 422),
        ({"count__adult": "10000"}, "who", "tối đa 60 người", 422),
        ({"count__adult": "１０"}, "who", "Số vé phải là số", 422),
        ({"count__group": 2}, "who", "đoàn từ 10 người", 422),
        ({"count__🎟": 2}, "who", "không có loại vé", 422),
        ({"email": "ở nhà"}, "email", "Địa chỉ thư này không đúng", 422),
        ({"email": "a@b.vn\r\nbcc: c@d.vn"}, "email", "Địa chỉ thư này không đúng", 422),
        ({"donation": "nhiều"}, "donation", "Số tiền ủng hộ phải là số nguyên", 422),
        ({"donation": "10.50"}, "donation", "Số tiền ủng hộ phải là số nguyên", 422),
        ({"donation": "200.000.000"}, "donation", "từ 0 đến 100.000.000 đồng", 422),
        ({"day": "2026-12-20", "slot": "2026-12-20T0800"}, "pay", "giữ được chỗ đến hết ngày 08/12/2026", 409),
        ({"count__adult": 30, "pay": "counter"}, "pay", "quầy", 422),
        ({"pay": "bitcoin"}, "pay", "Xin chọn cách trả tiền.", 422),
        ({"day": "hôm qua"}, "day", "Xin chọn lại ngày.", 422),
        ({"day": "2026-11-23"}, "day", "Ngày 23/11/2026 đã qua", 409),
        ({"day": "2027-11-25"}, "day", "chưa mở bán", 409),
    ],
)
def test_a_refusal_stands_beside_its_field_and_everything_typed_is_kept(
    database: Database, tmp_path: Path, typed: dict[str, object], field: str, sentence: str, status: int
) -> None:
    shop = shop_with(database, tmp_path, tickets={"donations": True})
    usual: dict[str, object] = {"slot": f"{TOMORROW}T0800", "count__adult": 2, "count__student": 1, "age": 7}

    answer = shop.send(shop.open().text, **(usual | {"email": "lan@vidu.vn", "pay": "counter"} | typed))

    assert answer.status_code == status
    assert re.search(f'id="problem-{field}">[^<]*{sentence}', answer.text)
    assert f'<a href="#{field}">' in answer.text
    if "count__student" not in typed:
        assert (
            'name="count.student" type="number" inputmode="numeric" min="0" max="60" step="1" value="1"' in answer.text
        )
    if "email" not in typed:
        assert 'value="lan@vidu.vn"' in answer.text
    assert count(database, Order) == 0


def test_every_refusal_of_a_wish_has_its_field() -> None:
    kinds = {kind for kind in vars(wishes).values() if isinstance(kind, type) and issubclass(kind, GuideError)}

    assert kinds - {GuideError, Conflict, Unusable, wishes.NoLanguage} <= set(BESIDE)


def test_a_time_that_is_sold_out_is_said_and_cannot_be_chosen(database: Database, tmp_path: Path) -> None:
    shop = shop_with(database, tmp_path, slots=[{"days": "tue-sun", "at": ["08:00", "10:00"], "places": 2}])
    page = shop.open().text
    shop.buy(count__adult=2)

    answer = shop.send(page, slot=f"{TOMORROW}T0800", count__adult=1)

    assert answer.status_code == 409
    assert "Giờ này không còn đủ 1 chỗ" in words(answer.text)
    assert "08:00 đến 10:00 hết chỗ" in words(answer.text)
    assert 'value="2026-11-25T0800" required disabled' in answer.text


def test_the_total_and_the_right_ticket_are_told_without_javascript_and_nothing_is_stored(
    database: Database, tmp_path: Path
) -> None:
    shop = shop_with(database, tmp_path, prices=NAMED)
    page = shop.open().text
    action = "/lang-gom/tickets/basket?lang=vi"

    answer = shop.send(page, action=action, count__adult=3, age=20, student="on", advice=1, email="lan@vidu.vn")

    assert "Tổng cộng 150.000 ₫" in words(answer.text)
    assert "Loại vé phù hợp nhất: Học sinh, sinh viên, 25.000 ₫." in words(answer.text)
    assert 'value="lan@vidu.vn"' in answer.text
    assert count(database, Order) == count(database, Outgoing) == 0


def test_an_age_that_cannot_be_read_is_asked_again(shop: Shop) -> None:
    answer = shop.send(shop.open().text, action="/lang-gom/tickets/basket", age="bảy", advice=1)

    assert "Xin gõ tuổi bằng số" in words(answer.text)


def test_a_free_day_says_so_and_needs_no_way_of_paying(shop: Shop) -> None:
    page = shop.open(FREE_DAY).text
    code = shop.buy(FREE_DAY, count__adult=1, pay=None)

    assert "Ngày này vào cửa miễn phí" in words(page)
    assert "Vé của bạn" in words(shop.page(code))
    assert len(squares(shop.page(code))) == 1


def test_a_day_that_is_not_divided_can_be_come_to_at_any_time(database: Database, tmp_path: Path) -> None:
    shop = open_shop(database, tmp_path, museum(sheet=UNDIVIDED))

    page = shop.open().text
    answer = shop.send(page, count__adult=1)

    assert "Vào lúc nào cũng được trong giờ mở cửa Giờ mở cửa: 07:30–11:30, 13:30–17:00" in words(page)
    assert answer.status_code == 303


def test_a_day_too_far_ahead_says_until_when_tickets_are_sold(shop: Shop) -> None:
    page = shop.open("9999-12-31").text

    assert "hiện có thể chọn đến hết ngày 23/01/2027" in words(page)
    assert 'id="basket" class' not in page


def test_who_comes_back_from_a_bank_is_told_that_we_wait(shop: Shop) -> None:
    page = shop.browser.get(f"/orders/{shop.buy()}?returned=vnpay").text

    assert "Bạn vừa trở lại từ trang trả tiền" in words(page)


def test_a_closed_day_offers_no_form(shop: Shop) -> None:
    page = shop.open(date(2026, 12, 11)).text

    assert "Ngày này bảo tàng không mở cửa" in words(page)
    assert 'id="basket" class' not in page


@pytest.mark.parametrize("sheet", [{"tickets": {"online": False}}, {"prices": []}])
def test_a_museum_that_sells_nothing_online_has_no_such_page(
    database: Database, tmp_path: Path, sheet: dict[str, Any]
) -> None:
    assert shop_with(database, tmp_path, **sheet).open().status_code == 404


def test_a_hold_that_is_over_is_kindly_said_and_the_same_basket_is_one_tap_away(shop: Shop) -> None:
    code = shop.buy(count__adult=2, count__student=1)
    shop.hands.forward(minutes=16)

    page = shop.page(code)
    again = re.search(r'class="button big" href="([^"]+)"', page)

    assert "Đã hết thời gian giữ chỗ" in words(page)
    assert again
    basket = shop.browser.get(again[1].replace("&amp;", "&")).text
    assert 'value="2026-11-25T0800" required checked' in basket
    assert re.search(r'name="count\.adult"[^>]*value="2"', basket)
    assert re.search(r'name="count\.student"[^>]*value="1"', basket)


def test_money_that_came_too_late_is_said_to_go_back(database: Database, tmp_path: Path) -> None:
    shop = shop_with(database, tmp_path, slots=[{"days": "tue-sun", "at": ["08:00"], "places": 2}])
    late = shop.buy(count__adult=2)
    shop.hands.forward(minutes=16)
    shop.buy(count__adult=2)

    before = shop.page(late)
    shop.pay(late)
    after = shop.page(late)

    assert "chưa nhận được tiền của đơn này" in words(before)
    assert "Đã nhận 100.000 ₫" in words(after)
    assert "chưa nhận được tiền" not in words(after)


def test_an_order_that_waits_can_be_left_for_another_basket(shop: Shop) -> None:
    code = shop.buy()

    answer = shop.browser.post(f"/orders/{code}/basket")

    assert answer.headers["location"].startswith("/lang-gom/tickets?day=2026-11-25&slot=2026-11-25T0800&count.adult=2")
    assert "Đơn này đã hủy" in words(shop.page(code))


def test_who_pays_at_the_counter_is_told_the_code_and_until_when(shop: Shop) -> None:
    code = shop.buy(pay="counter")

    assert f"đọc mã đơn {code[:5]} {code[5:]} và trả 100.000 ₫ trước 09:00" in words(shop.page(code))


def test_a_group_enters_with_one_code_and_can_be_split(shop: Shop) -> None:
    code = shop.buy(count__adult=12, together="on")
    shop.pay(code, 600_000)

    page = shop.page(code)
    shop.browser.post(f"/orders/{code}/singles")

    assert "Vé đoàn, 12 người" in words(page)
    assert len(squares(page)) == 1
    assert len(squares(shop.page(code))) == 12


def test_a_ticket_that_is_handed_on_is_on_the_others_page_alone(shop: Shop) -> None:
    code = shop.paid()
    page = shop.page(code)
    ticket = re.findall(r'name="ticket" value="(\w+)"', page)[0]

    told = shop.browser.post(f"/orders/{code}/links", data={"ticket": ticket}).text
    link = re.search(r"https://ve\.example(/orders/handed/[\w-]+)<", told)
    assert link
    theirs = shop.browser.get(link[1]).text

    assert len(squares(shop.page(code))) == 1
    assert [one.code for text in squares(theirs) if (one := read(text))] == [ticket]
    assert code not in theirs
    assert f"{code[:5]} {code[5:]}" not in theirs


def test_a_ticket_that_is_called_back_leaves_the_others_page(shop: Shop) -> None:
    code = shop.paid()
    ticket = re.findall(r'name="ticket" value="(\w+)"', shop.page(code))[0]
    told = shop.browser.post(f"/orders/{code}/links", data={"ticket": ticket}).text
    link = str(re.findall(r"https://ve\.example(/orders/handed/[\w-]+)<", told)[0])

    shop.browser.post(f"/orders/{code}/links/withdrawals", data={"ticket": ticket})

    assert shop.browser.get(link).status_code == 404
    assert len(squares(shop.page(code))) == 2


def test_nobody_hands_on_a_ticket_of_another_order(shop: Shop) -> None:
    mine, other = shop.paid(), shop.paid(count__adult=2)
    ticket = re.findall(r'name="ticket" value="(\w+)"', shop.page(other))[0]

    for door in ("links", "links/withdrawals"):
        assert shop.browser.post(f"/orders/{mine}/{door}", data={"ticket": ticket}).status_code == 404
    assert len(squares(shop.page(other))) == 2


def test_another_day_is_shown_with_its_times_and_changes_what_the_gate_scans(shop: Shop) -> None:
    code = shop.paid(day="2026-11-27")
    before = squares(shop.page(code))

    page = shop.browser.get(f"/orders/{code}/day?day=2026-11-28").text
    answer = shop.send(page, form=f"/orders/{code}/day", action=f"/orders/{code}/day", slot="2026-11-28T1000")

    assert answer.headers["location"] == f"/orders/{code}?done=moved"
    seen = shop.browser.get(answer.headers["location"]).text
    assert "Đã đổi ngày" in words(seen)
    assert "Thứ Bảy, ngày 28 tháng 11 năm 2026 10:00" in words(seen)
    assert {read(text).code for text in before} == {read(text).code for text in squares(seen)}  # type: ignore[union-attr]
    assert set(before).isdisjoint(squares(seen))


def test_a_day_that_can_no_longer_be_changed_says_why(shop: Shop) -> None:
    code = shop.paid(day="2026-11-25")
    shop.hands.forward(hours=20)

    page = shop.browser.get(f"/orders/{code}/day?day=2026-11-28").text

    assert 'role="alert"' in page
    assert 'name="slot"' not in page


def test_giving_back_does_what_was_shown_and_nothing_else(shop: Shop) -> None:
    code = shop.paid(day="2026-11-28")
    page = shop.browser.get(f"/orders/{code}/cancellation").text
    one, _ = re.findall(r'name="ticket" value="(\w+)"', page)

    asked = shop.send(page, form=f"/orders/{code}/cancellation", ticket=one, sure="on")
    done = shop.send(asked.text, form=f"/orders/{code}/cancellation", sure="on")

    assert "Trả vé, nhận lại 100.000 ₫" in words(page)
    assert asked.status_code == 200
    assert "Trả vé, nhận lại 50.000 ₫" in words(asked.text)
    assert done.headers["location"] == f"/orders/{code}?done=given-back"
    seen = words(shop.page(code))
    assert "Vé này đã hủy" in seen
    assert "Hoàn lại 50.000 ₫" in seen


def test_when_all_is_given_back_the_page_says_what_comes_back(shop: Shop) -> None:
    code = shop.paid(day="2026-11-28")

    shop.send(shop.browser.get(f"/orders/{code}/cancellation").text, form=f"/orders/{code}/cancellation", sure="on")

    assert "Số tiền 100.000 ₫ sẽ được hoàn lại" in words(shop.page(code))


def test_the_sheet_and_the_calendar_file_are_there_once_it_is_paid(shop: Shop) -> None:
    code = shop.buy()
    before = [shop.browser.get(f"/orders/{code}/{file}").status_code for file in ("tickets.pdf", "visit.ics")]
    shop.pay(code)
    sheet, calendar = (shop.browser.get(f"/orders/{code}/{file}") for file in ("tickets.pdf", "visit.ics"))

    assert before == [404, 404]
    assert sheet.content.startswith(b"%PDF")
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261125T080000" in calendar.text
    assert sheet.headers["cache-control"] == "private, no-store"


def test_a_pass_is_offered_where_a_wallet_stands_on_the_shelf(database: Database, tmp_path: Path) -> None:
    class Purse:
        name, type, ending = "Ví thử", "application/octet-stream", "pass"

        def passes(self, order: Any) -> bytes:
            return str(order.code).encode()

    without = open_shop(database, tmp_path, museum())
    with_one = open_shop(database, tmp_path, museum())
    with_one.shelf._things[Wallet] = Purse()
    code = without.paid()

    assert without.browser.get(f"/orders/{code}/pass").status_code == 404
    assert "Ví thử" in with_one.page(code)
    assert with_one.browser.get(f"/orders/{code}/pass").content == code.encode()


def test_a_code_typed_with_spaces_or_small_letters_leads_to_its_page(shop: Shop) -> None:
    code = shop.buy()

    found = shop.browser.get("/orders", params={"code": f" {code[:5].lower()} {code[5:]}"})

    assert found.headers["location"] == f"/orders/{code}"
    assert shop.browser.get(f"/orders/{code.lower()}").headers["location"] == f"/orders/{code}"


def test_codes_are_not_found_by_trying_and_a_right_one_costs_nothing(shop: Shop) -> None:
    code = shop.buy()
    right = [shop.browser.get(f"/orders/{code}").status_code for _ in range(25)]
    wrong = [shop.browser.get("/orders/AAAAAAAAAA").status_code for _ in range(30)]

    assert set(right) == {200}
    assert wrong[0] == 404
    assert wrong[-1] == 429


def test_an_orders_page_is_for_its_holder_alone(shop: Shop) -> None:
    answer = shop.browser.get(f"/orders/{shop.buy()}")

    assert answer.headers["cache-control"] == "private, no-cache"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert '<meta name="referrer" content="no-referrer">' in answer.text


def test_what_is_typed_cannot_become_markup(shop: Shop) -> None:
    nasty = '"><script>alert(1)</script>'

    answer = shop.send(shop.open().text, count__adult=nasty, email=nasty, donation=nasty, day=nasty, pay=nasty)

    assert "<script>alert" not in answer.text
    assert count(shop.database, Ticket) == 0


def test_where_the_museum_did_not_write_english_its_words_say_what_language_they_are_in(
    database: Database, tmp_path: Path
) -> None:
    shop = shop_with(database, tmp_path, prices=NAMED)
    code = shop.buy(count__adult=1, count__student=1)
    shop.pay(code, 75_000)

    pages = [shop.open(lang="en").text, shop.browser.get(f"/orders/{code}?lang=en").text]

    for page in pages:
        assert '<span lang="vi" dir="auto">thẻ sinh viên</span>' in page
        assert "Standard" in words(page)


def test_where_a_museum_has_no_key_any_more_the_square_is_the_bare_code(shop: Shop) -> None:
    code = shop.paid()
    with shop.database.writing() as session:
        keys.withdraw(session, "lang-gom", 1, shop.hands.now())

    page = shop.page(code)

    assert sorted(squares(page)) == sorted(re.findall(r'name="ticket" value="(\w+)"', page))


def test_a_reader_whose_language_we_do_not_speak_reads_one_other_language_and_not_two(
    database: Database, tmp_path: Path
) -> None:
    shop = shop_with(database, tmp_path, languages=["vi", "en", "fr"])
    code = shop.paid()

    for page in (shop.open(lang="fr").text, shop.browser.get(f"/orders/{code}?lang=fr").text):
        assert "Người lớn" in words(page)
        assert "Thứ Tư, ngày 25 tháng 11 năm 2026" in words(page)
        assert "Wednesday" not in page


def test_in_english_everything_is_english(shop: Shop) -> None:
    page = shop.browser.get("/lang-gom/tickets?lang=en&day=2026-11-25").text

    seen = words(page)
    assert "Buy tickets" in seen
    assert "50,000 ₫" in seen
    assert "08:00 until 10:00 40 places left" in seen
