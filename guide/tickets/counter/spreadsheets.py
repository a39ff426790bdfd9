"""Reports to take away: CSV that any spreadsheet opens rightly, and XLSX with real numbers and dates."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlsxwriter

Cell = str | int | date
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WIDEST = 40


@dataclass(frozen=True)
class Sheet:
    """One table of a report: its name, its headings, its rows, and the row of totals under them."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        return (*self.rows, self.totals) if self.totals else self.rows


def csv_file(sheet: Sheet) -> bytes:
    """RFC 4180, after a byte order mark, without which a spreadsheet garbles Vietnamese."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_plain(heading) for heading in sheet.headings])
    writer.writerows([_plain(cell) for cell in line] for line in sheet.lines)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    """Words that a spreadsheet would take for a formula are led by an apostrophe; numbers stay numbers."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" ").startswith(_STARTS_A_FORMULA) else cell
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def xlsx_file(sheets: Sequence[Sheet]) -> bytes:
    """The library is loaded when a report is first taken away, not with the server."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    told = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, told) as book:
        looks = _Looks(book)
        for sheet in sheets:
            _fill(book.add_worksheet(_tab(sheet.name)), sheet, looks)
    return out.getvalue()


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self.heading = book.add_format(head)
        self.numbers = book.add_format({"num_format": "#,##0"})
        self.days = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self.words = book.add_format()
        self.sum = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})


def _fill(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, looks: _Looks) -> None:
    page.freeze_panes(1, 0)
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, looks.heading)
        page.set_column(column, column, _width(sheet, column))
    for row, line in enumerate(sheet.rows, 1):
        for column, cell in enumerate(line):
            _write(page, row, column, cell, looks, None)
    for column, cell in enumerate(sheet.totals):
        _write(page, len(sheet.rows) + 1, column, cell, looks, looks.sum)


def _write(
    page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, looks: _Looks, look: object
) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, look or looks.words)
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), look or looks.days)  # noqa: DTZ001
    else:
        page.write_number(row, column, cell, look or looks.numbers)


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(line[column])) for line in sheet.lines if column < len(line)), default=0)
    return min(max(longest, len(sheet.headings[column])) + 3, _WIDEST)


def _tab(name: str) -> str:
    """A tab's name is short, and some signs it must not have."""
    return "".join("-" if sign in "[]:*?/\\" else sign for sign in name)[:31].strip("'") or "-"
