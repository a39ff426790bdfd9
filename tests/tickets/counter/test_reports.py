"""Reports: their totals are the ledger's, on the page, in CSV and in the workbook."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from guide.database import Database
from guide.office.roles import Role
from guide.tickets.changing.cancelling import cancel
from guide.tickets.counter import shifts
from guide.tickets.counter.figures import Flow, People, Report, ReportTooLong, Takings, report
from guide.tickets.counter.report_page import spans
from guide.tickets.counter.spreadsheets import Sheet, csv_file, xlsx_file
from guide.tickets.tables import LedgerLine
from tests.tickets.box_office import NOW, museum
from tests.tickets.changing.bought import THURSDAY, bought, codes_of, enter
from tests.tickets.counter.drawer import opened, sold
from tests.tickets.open_counter import OpenCounter, let_in, open_counter

pytestmark = pytest.mark.slow

VILLAGE = museum(tickets={"donations": True})
TODAY = date(2026, 11, 24)
MONEY = ("cash", "vietqr")
REPORTS = "/office/lang-gom/reports"
LATE = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
"""Half past midnight at the museum: Wednesday there, Tuesday in the clocks of machines."""


def told(database: Database, since: date = TODAY, until: date = TODAY) -> Report:
    with database.reading() as session:
        return report(session, VILLAGE, since, until, let_in)


def a_day_of_selling(database: Database) -> None:
    """On the web two adults and a donation; at the counter three students, of whom one gives back; a free child."""
    web = bought(database, VILLAGE, {"adult": 2}, donation_dong=20_000)
    shift = opened(database, VILLAGE, float_dong=100_000)
    at_counter = sold(database, VILLAGE, shift, {"student": 3}).order
    sold(database, VILLAGE, shift, {"child": 1})
    with database.writing() as session:
        cancel(session, VILLAGE, at_counter.code, NOW, codes_of(database, at_counter)[:1])
        enter(session, codes_of(database, web)[0])
        shifts.close(session, VILLAGE.slug, shift.id, shift.person, 170_000, NOW)


def test_a_report_says_what_was_sold_given_back_and_donated(database: Database) -> None:
    a_day_of_selling(database)

    found = told(database)

    assert found.days == {TODAY: Takings(175_000, 25_000, 20_000)}
    assert found.takings.net_dong == 170_000
    assert found.categories == {
        "adult": Takings(100_000),
        "student": Takings(75_000, 25_000),
        "": Takings(0, 0, 20_000),
    }
    assert found.channels == {"web": Takings(100_000, 0, 20_000), "counter": Takings(75_000, 25_000)}
    assert found.ways == {"vietqr": Flow(120_000), "cash": Flow(75_000)}
    assert (found.owed, found.adds_up) == (Flow(25_000), True)
    assert found.people == {"adult": People(2), "child": People(1), "student": People(3, 1)}
    assert found.gates == ((TODAY, "Cổng Nam", 3),)
    assert [shift.counted_dong for shift in found.shifts] == [170_000]
    assert told(database, THURSDAY, THURSDAY).visits == {THURSDAY: (5, 1)}


def test_the_totals_are_those_of_the_ledger(database: Database) -> None:
    a_day_of_selling(database)
    found = told(database, TODAY - timedelta(days=30), TODAY + timedelta(days=30))

    with database.reading() as session:
        lines = session.exec(select(LedgerLine)).all()
    sales = sum(line.dong * (line.giving.startswith("sales:") - line.receiving.startswith("sales:")) for line in lines)
    money = sum(
        line.dong * ((line.receiving in ("cash", "vietqr")) - (line.giving in ("cash", "vietqr"))) for line in lines
    )

    assert found.takings.sold_dong - found.takings.returned_dong == sales
    assert found.flow.net_dong == money
    assert sum((one.net_dong for one in found.categories.values()), 0) == found.takings.net_dong
    assert sum((one.net_dong for one in found.channels.values()), 0) == found.takings.net_dong


def test_a_day_is_the_museum_s_day(database: Database) -> None:
    bought(database, VILLAGE, now=LATE)

    assert told(database).days == {}
    assert told(database).people == {}
    assert told(database, date(2026, 11, 25), date(2026, 11, 25)).people == {"adult": People(2)}
    assert list(told(database, TODAY, THURSDAY).days) == [date(2026, 11, 25)]


@pytest.mark.parametrize(("since", "until"), [(TODAY, TODAY - timedelta(days=1)), (date(1, 1, 1), date(9999, 12, 31))])
def test_too_many_days_are_refused(database: Database, since: date, until: date) -> None:
    with pytest.raises(ReportTooLong):
        told(database, since, until)


def test_the_spans_that_are_often_asked_for() -> None:
    found = {span.name: (str(span.since), str(span.until)) for span in spans(date(2026, 1, 5))}

    assert found == {
        "today": ("2026-01-05", "2026-01-05"),
        "week": ("2025-12-30", "2026-01-05"),
        "month": ("2026-01-01", "2026-01-05"),
        "last-month": ("2025-12-01", "2025-12-31"),
    }


SHEET = Sheet(
    "Theo ngày [1/2]: những dòng dài hơn ba mươi mốt chữ",
    ("Ngày", "Loại vé", "Tiền"),
    (
        (TODAY, "Người lớn, “ưu tiên”", 1_250_000),
        (TODAY, '=HYPERLINK("//a")', -5),
        (TODAY, "@SUM(1)\nhai dòng", 0),
        (TODAY, "  +1", 7),
        (TODAY, '"ngoặc"', 1),
    ),
    ("Cộng", "", 1_250_003),
)


def test_csv_opens_in_any_spreadsheet_and_no_cell_is_a_formula() -> None:
    body = csv_file(SHEET)

    assert body.startswith(b"\xef\xbb\xbf")
    assert body.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Ngày", "Loại vé", "Tiền"]
    assert rows[1] == ["2026-11-24", "Người lớn, “ưu tiên”", "1250000"]
    assert [row[1] for row in rows[2:6]] == ['\'=HYPERLINK("//a")', "'@SUM(1)\nhai dòng", "'  +1", '"ngoặc"']
    assert rows[2][2] == "-5"
    assert {len(row) for row in rows} == {3}
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_a_workbook_has_real_numbers_and_dates_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(xlsx_file([SHEET, Sheet("Trống", ("Ngày",), ())])))
    page, empty = book.worksheets

    assert page.title == "Theo ngày -1-2-- những dòng dài"
    assert [cell.value for cell in page[1]] == ["Ngày", "Loại vé", "Tiền"]
    assert [cell.value for cell in page[2]] == [datetime.fromisoformat("2026-11-24"), "Người lớn, “ưu tiên”", 1_250_000]
    assert (page["A2"].is_date, page["C2"].data_type) == (True, "n")
    assert {cell.data_type for row in page for cell in row} <= {"s", "n", "d"}
    assert page["B3"].value == '=HYPERLINK("//a")'
    assert (page["A7"].value, page["C7"].value) == ("Cộng", 1_250_003)
    assert [row[0].value for row in empty] == ["Ngày"]


@pytest.fixture
def office(database: Database, tmp_path: Path) -> OpenCounter:
    a_day_of_selling(database)
    opened_here = open_counter(database, VILLAGE, tmp_path)
    opened_here.comes(Role.ADMIN)
    return opened_here


def test_the_page_shows_the_figures_and_that_they_agree(office: OpenCounter) -> None:
    shown = office.get(REPORTS).text

    assert "Hai vế của sổ cái khớp nhau" in shown
    for words in ("170.000", "Người lớn", "Học sinh", "Tại quầy", "Trên mạng", "Tiền mặt", "Cổng Nam"):
        assert words in shown


@pytest.mark.slow
@pytest.mark.parametrize("table", ["days", "categories", "channels", "ways", "visits", "gates", "shifts"])
def test_every_table_can_be_taken_away_with_the_same_figures(office: OpenCounter, table: str) -> None:
    span = "from=2026-11-24&to=2026-11-26"
    body = office.get(f"{REPORTS}.csv?table={table}&{span}")
    book = load_workbook(io.BytesIO(office.get(f"{REPORTS}.xlsx?{span}").content))

    heading, *rows = list(csv.reader(io.StringIO(body.content.decode("utf-8-sig"), newline="")))
    page = next(page for page in book if [cell.value for cell in page[1]] == heading)
    assert rows == [[plain(cell.value) for cell in row] for row in page.iter_rows(min_row=2)]
    assert body.headers["content-disposition"] == f'attachment; filename="lang-gom-2026-11-24-2026-11-26-{table}.csv"'


def plain(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else "" if value is None else str(value)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "status", "error"),
    [
        ("?from=yesterday", 422, "NotADate"),
        ("?from=2026-02-30", 422, "NotADate"),
        ("?from=2026-11-24&to=2026-11-01", 422, "ReportTooLong"),
        ("?from=2020-01-01&to=2026-11-24", 422, "ReportTooLong"),
        (".csv?table=passwords", 404, "NoSuchTable"),
    ],
)
def test_what_cannot_be_reported_is_refused(office: OpenCounter, asked: str, status: int, error: str) -> None:
    answer = office.browser.get(f"{REPORTS}{asked}", headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_museum_that_sold_nothing_has_an_empty_report(database: Database, tmp_path: Path) -> None:
    empty = open_counter(database, museum(), tmp_path)
    empty.comes(Role.ADMIN)

    assert empty.get(REPORTS).status_code == 200
    assert empty.get(f"{REPORTS}.xlsx").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "3000-01-01"])
@pytest.mark.parametrize("page", ["reports", "reports.csv", "reports.xlsx"])
def test_days_at_the_ends_of_the_calendar_are_refused(database: Database, tmp_path: Path, page: str, day: str) -> None:
    counter = open_counter(database, VILLAGE, tmp_path)
    counter.comes(Role.ADMIN)

    answer = counter.get(f"/office/lang-gom/{page}?from={day}&to={day}")

    assert answer.status_code == 422
    assert day in answer.text
