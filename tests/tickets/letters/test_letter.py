"""The letter: kind, true, in the buyer's language, and nothing that was typed can add a line to it."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from guide.clock import Clock
from guide.database import Database
from guide.language import shipped_messages
from guide.mail import Letter, Mail
from guide.outgoing import Courier, Parcel
from guide.tickets.changing import cancelling, handing
from guide.tickets.letters.letter import KIND, Postman, written
from guide.tickets.letters.stationery import Stationery, speaker
from guide.tickets.selling.ordering import place
from guide.tickets.selling.orders import tickets_of
from guide.tickets.selling.settling import Paid, settle
from guide.tours.catalogue import Catalogue
from tests.tickets.box_office import NOW, museum, wish
from tests.tickets.letters.visit import ticket, visit

pytestmark = pytest.mark.slow

NASTY = '<img src=x onerror=alert(1)>"\r\nBcc: thief@example.vn\r\n\r\n<script>alert(1)</script>'


class Letterbox(Mail):
    """Keeps the letters, and reads each as a mail server would be sent it."""

    def __init__(self) -> None:
        super().__init__("smtp://localhost?from=ve@lang-gom.example")
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        assert self._server
        self._written(letter, self._server)
        self.letters.append(letter)


class Standing:
    def __init__(self) -> None:
        self.current = Catalogue({"lang-gom": museum()})


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append(tag)


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def postman(database: Database, box: Letterbox) -> Postman:
    paper = Stationery(shipped_messages(), None)
    return Postman(database, Standing(), paper, box, "https://ve.example", Clock(NOW))  # type: ignore[arg-type]


def go_round(postman: Postman) -> int:
    return Courier(postman.database, {KIND: postman.deliver}, Clock(NOW)).go_round()


def bought(postman: Postman, *, pay: bool = True, **other: Any) -> str:
    with postman.database.writing() as session:
        order = place(session, museum(), wish(**({"email": "lan@vidu.vn"} | other)), NOW)
        if pay:
            settle(session, museum(), Paid(order.code, order.total_dong, "vietqr", order.code), NOW)
        return order.code


def test_a_paid_order_is_written_about_once_with_its_sheet_and_its_calendar_entry(
    postman: Postman, box: Letterbox
) -> None:
    code = bought(postman)

    go_round(postman)

    [letter] = box.letters
    assert letter.to == "lan@vidu.vn"
    assert letter.subject == "Vé vào Làng Gốm, Thứ Tư, ngày 25 tháng 11 năm 2026"
    assert f"https://ve.example/orders/{code}?lang=vi" in letter.text
    assert "2 × Người lớn" in letter.text
    assert [attached.name for attached in letter.attachments] == ["ve-2026-11-25.pdf", "ve-2026-11-25.ics"]


@pytest.mark.parametrize(("language", "hello"), [("vi", "Chào bạn,"), ("en", "Hello,"), ("fr", "Hello,")])
def test_a_language_that_we_do_not_write_gets_english(
    postman: Postman, box: Letterbox, language: str, hello: str
) -> None:
    bought(postman, language=language)

    go_round(postman)

    assert box.letters[0].text.startswith(hello)


def test_nobody_is_written_to_before_the_money_came_or_without_an_address(postman: Postman, box: Letterbox) -> None:
    bought(postman, pay=False)
    bought(postman, email=None)

    go_round(postman)

    assert box.letters == []


def test_what_was_given_back_meanwhile_is_not_sent(postman: Postman, box: Letterbox) -> None:
    code = bought(postman)
    with postman.database.writing() as session:
        gone, _ = tickets_of(session, code)
        cancelling.cancel(session, museum(), code, NOW - timedelta(days=2), [gone.code])

    go_round(postman)

    assert {"1 × Người lớn" in letter.text for letter in box.letters} == {True}


def test_an_order_that_was_given_back_whole_is_told_so_without_tickets(postman: Postman, box: Letterbox) -> None:
    code = bought(postman)
    go_round(postman)
    with postman.database.writing() as session:
        cancelling.cancel(session, museum(), code, NOW - timedelta(days=2))

    go_round(postman)

    assert box.letters[-1].subject.startswith("Đã nhận lại vé")
    assert box.letters[-1].attachments == ()


def test_a_ticket_that_was_handed_on_is_no_longer_in_the_buyers_letter(postman: Postman, box: Letterbox) -> None:
    code = bought(postman)
    with postman.database.writing() as session:
        handing.hand_on(session, tickets_of(session, code)[0].code, NOW)

    go_round(postman)

    assert "1 × Người lớn" in box.letters[0].text


def test_money_that_goes_back_is_told_with_its_reason(postman: Postman, box: Letterbox) -> None:
    code = bought(postman)
    with postman.database.writing() as session:
        settle(session, museum(), Paid(code, 100_000, "vietqr", "again"), NOW)

    go_round(postman)

    [letter] = [letter for letter in box.letters if letter.subject.startswith("Tiền sẽ được hoàn lại")]
    assert "đã được trả tiền trước đó" in letter.text
    assert "100.000 ₫ sẽ được hoàn lại" in letter.text


def test_nothing_that_is_written_becomes_markup_or_a_header() -> None:
    told = visit(museum=NASTY, address=NASTY, tickets=(ticket(category=NASTY, evidence=NASTY),))

    paper = written(told, speaker(told, shipped_messages()))
    sent = Letterbox()
    sent.send(Letter("lan@vidu.vn", paper.subject, paper.text, paper.html))

    assert {"script", "img"}.isdisjoint(Tags(paper.html).seen)
    message = sent._written(sent.letters[0], sent._server)  # type: ignore[arg-type]
    assert message["Bcc"] is None
    assert "\n" not in str(message["Subject"])


def test_without_an_address_of_our_own_the_letter_names_none() -> None:
    told = visit(url="")

    paper = written(told, speaker(told, shipped_messages()))

    assert "http" not in paper.text
    assert "a" not in Tags(paper.html).seen


def test_where_a_name_cannot_be_printed_the_letter_goes_without_its_sheet(tmp_path: Path) -> None:
    told = visit(museum="Bảo tàng \U0010ffff")

    [calendar] = Stationery(shipped_messages(), None).enclosed(told, NOW)

    assert calendar.type == "text/calendar"


def test_a_parcel_of_another_kind_of_event_is_let_go(postman: Postman, box: Letterbox) -> None:
    code = bought(postman)

    postman.deliver(Parcel(uuid4(), KIND, "lang-gom", code, {"what": "order.praised"}, NOW, 1))

    assert box.letters == []
