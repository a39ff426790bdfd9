"""The entry for a calendar is what RFC 5545 says, in the museum's own zone, whatever a museum is called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from guide.language import shipped_messages
from guide.tickets.letters.calendar_file import calendar_file
from guide.tickets.letters.stationery import speaker, visit_of
from tests.tickets.letters.visit import NOW, visit

NASTY = "Bảo tàng; số 1, „Gốm“\\n\nBEGIN:VEVENT\r\nSUMMARY:x\x00\u2028" + "ấ" * 80


def written(**other: object) -> str:
    told = visit(**other)
    return calendar_file(visit_of(told, speaker(told, shipped_messages())), NOW).decode()


def unfolded(text: str) -> list[str]:
    """As a calendar reads it."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def value(text: str, name: str) -> str:
    [line] = [line for line in unfolded(text) if line.split(":")[0].split(";")[0] == name]
    return line.split(":", 1)[1]


def meant(escaped: str) -> str:
    out, letters = "", iter(escaped)
    for letter in letters:
        out += {"n": "\n", "N": "\n"}.get(following := next(letters), following) if letter == "\\" else letter
    return out


def blocks(text: str) -> list[str]:
    """Every block ends where it should."""
    open_ones: list[str] = []
    seen = []
    for line in unfolded(text):
        if line.startswith("BEGIN:"):
            open_ones.append(line[6:])
            seen.append("/".join(open_ones))
        if line.startswith("END:"):
            assert open_ones.pop() == line[4:]
    assert open_ones == []
    return seen


def test_an_entry_time_stands_in_the_museums_zone_which_the_file_explains() -> None:
    text = written()

    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261125T080000" in unfolded(text)
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20261125T100000" in unfolded(text)
    assert value(text, "TZOFFSETTO") == "+0700"
    assert blocks(text) == [
        "VCALENDAR",
        "VCALENDAR/VTIMEZONE",
        "VCALENDAR/VTIMEZONE/STANDARD",
        "VCALENDAR/VEVENT",
    ]


def test_a_day_that_is_not_divided_is_a_whole_day_and_keeps_the_calendar_free() -> None:
    text = written(begins=None, ends=None)

    assert "DTSTART;VALUE=DATE:20261125" in unfolded(text)
    assert "DTEND;VALUE=DATE:20261126" in unfolded(text)
    assert "TRANSP:TRANSPARENT" in unfolded(text)
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [("Europe/Paris", "+0200", "+0100"), ("America/New_York", "-0400", "-0500"), ("Asia/Kathmandu", "+0545", "+0545")],
)
def test_where_clocks_change_both_times_are_told(zone: str, summer: str, winter: str) -> None:
    july = datetime(2027, 7, 1, 12, 0, tzinfo=UTC)

    text = written(zone=zone, begins=july, ends=july + timedelta(hours=1))

    offsets = {line.split(":")[1] for line in unfolded(text) if line.startswith("TZOFFSETTO")}
    assert offsets == {summer, winter}


def test_a_change_of_the_clock_begins_at_the_moment_that_the_zone_itself_says() -> None:
    text = written(zone="Europe/Paris", begins=datetime(2027, 3, 30, tzinfo=UTC), ends=None)

    lines = unfolded(text)
    daylight = lines[lines.index("BEGIN:DAYLIGHT", lines.index("TZID:Europe/Paris")) :]
    assert "DTSTART:20270328T020000" in daylight
    assert "TZOFFSETFROM:+0100" in daylight


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    text = written(museum=NASTY, address=NASTY)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "ấ" * 80 in meant(value(text, "SUMMARY"))


def test_what_a_museum_writes_cannot_become_a_line_of_its_own() -> None:
    text = written(museum=NASTY)

    assert blocks(text).count("VCALENDAR/VEVENT") == 1
    assert meant(value(text, "SUMMARY")).startswith("Bảo tàng; số 1, „Gốm“\\n\nBEGIN:VEVENT\nSUMMARY:x")
    assert "\x00" not in text


def test_the_same_visit_is_the_same_entry_and_its_name_does_not_tell_the_orders_code() -> None:
    assert value(written(), "UID") == value(written(museum="Đổi tên"), "UID")
    assert "M3N4P5Q6R7" not in value(written(), "UID")


def test_it_says_what_to_bring_and_where_the_tickets_are() -> None:
    told = meant(value(written(), "DESCRIPTION"))

    assert told.split("\n") == [
        "1 × Người lớn",
        "1 × Học sinh",
        "Học sinh: xin mang theo thẻ học sinh.",
        "Mã đơn: M3N4P 5Q6R7",
        "https://ve.example/orders/M3N4P5Q6R7?lang=vi",
    ]
