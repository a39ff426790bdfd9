"""One paid visit, as letters, sheets and calendar files are told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from guide.tickets.letters.told import ToldOrder, ToldTicket
from guide.tours.squares import square

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DIGITS = str(int.from_bytes(b"\x01" + bytes(range(7, 95)), "big"))
"""As long as a signed code is."""


def ticket(**other: Any) -> ToldTicket:
    usual = ToldTicket(
        code="K7M2QXR4AB",
        category="Người lớn",
        evidence="",
        admits=1,
        day="Thứ Tư, ngày 25 tháng 11 năm 2026",
        time="08:00",
        square=square(DIGITS),
    )
    return replace(usual, **other)


def visit(**other: Any) -> ToldOrder:
    usual = ToldOrder(
        code="M3N4P5Q6R7",
        language="vi",
        spoken="vi",
        museum="Làng Gốm",
        address="1 Đường Đất, xã Gốm",
        day="Thứ Tư, ngày 25 tháng 11 năm 2026",
        time="08:00",
        on=date(2026, 11, 25),
        begins=datetime(2026, 11, 25, 1, 0, tzinfo=UTC),
        ends=datetime(2026, 11, 25, 3, 0, tzinfo=UTC),
        zone="Asia/Ho_Chi_Minh",
        total="75.000 ₫",
        url="https://ve.example/orders/M3N4P5Q6R7?lang=vi",
        tickets=(ticket(), ticket(code="A2B3C4D5E6", category="Học sinh", evidence="thẻ học sinh")),
    )
    return replace(usual, **other)
