"""Printed tickets: every square is read by a scanner, every code can be read by eyes, and no letter is a box."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from guide.language import shipped_messages
from guide.tickets.letters.sheet import sheet, sheet_pictures
from guide.tours.squares import square
from guide.tours.typesetting import MissingGlyphs
from tests.tickets.letters.visit import DIGITS, ticket, visit

pytestmark = pytest.mark.slow

MANY = tuple(ticket(code=f"CODE{n:06d}", square=square(f"{DIGITS[:-1]}{n}")) for n in range(5))
LONG = "Người khuyết tật đặc biệt nặng và một người đi cùng theo quy định của bảo tàng " * 2


def text_of(printed: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages)


def test_every_ticket_is_scanned_off_the_paper() -> None:
    pages = sheet_pictures(visit(tickets=MANY), shipped_messages(), None, 110)

    looked_at = [np.asarray(Image.open(BytesIO(page)).convert("L")) for page in pages]
    read = [found.text for page in looked_at for found in zxingcpp.read_barcodes(page)]
    assert len(pages) == 2
    assert sorted(read) == sorted(f"{DIGITS[:-1]}{n}" for n in range(5))


def test_a_ticket_tells_all_that_the_gate_and_the_visitor_need() -> None:
    group = ticket(admits=12, evidence="giấy giới thiệu", category="Đoàn")

    told = " ".join(text_of(sheet(visit(tickets=(group,)), shipped_messages(), None)).split())

    for words in (
        "Làng Gốm",
        "Đoàn",
        "Vé chung cho 12 người",
        "Thứ Tư, ngày 25 tháng 11 năm 2026",
        "08:00",
        "Mang theo: giấy giới thiệu",
        "K7M2Q XR4AB",
        "1 Đường Đất, xã Gốm · Đơn M3N4P 5Q6R7",
    ):
        assert words in told


def test_in_english_the_sheet_is_english() -> None:
    assert "No need to print" in text_of(sheet(visit(language="en", spoken="en"), shipped_messages(), None))


def test_long_names_stay_on_their_ticket() -> None:
    crowded = ticket(category=LONG, evidence=LONG, admits=500)
    printed = sheet(visit(tickets=(crowded,), museum=LONG, address=LONG), shipped_messages(), None)

    assert len(PdfReader(BytesIO(printed)).pages) == 1


def test_what_a_museum_writes_is_never_markup() -> None:
    printed = sheet(visit(museum='#read("/etc/passwd") $x$ *b* <l>'), shipped_messages(), None)

    assert '#read("/etc/passwd") $x$ *b* <l>' in " ".join(text_of(printed).split())


def test_the_same_tickets_are_the_same_bytes() -> None:
    assert sheet(visit(), shipped_messages(), None) == sheet(visit(), shipped_messages(), None)


def test_a_letter_that_no_font_draws_is_refused_by_name() -> None:
    with pytest.raises(MissingGlyphs):
        sheet(visit(museum="Bảo tàng \U0010ffff"), shipped_messages(), None)
