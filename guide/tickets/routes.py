"""The door of the reports: what was sold, given back and let in between two days, on a page and to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from guide.clock import Clock, day_in
from guide.database import Database
from guide.office.door import Staff, allowed, interface_of, page
from guide.office.roles import Act
from guide.tickets.counter.figures import CountEntries, Report, report
from guide.tickets.counter.report_page import sheet_named, sheets, spans
from guide.tickets.counter.spreadsheets import csv_file, xlsx_file
from guide.tickets.counter.typed import date_typed
from guide.tickets.letters.telling import Tongue
from guide.tours.catalogue import Catalogues
from guide.web import Pages

router = APIRouter(include_in_schema=False)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Reporting:
    """The report that was asked for, and in what words it is told."""

    report: Report
    tongue: Tongue

    @property
    def file(self) -> str:
        slug = self.tongue.museum.slug
        return f"{slug}-{self.report.since}-{self.report.until}"


Reader = Annotated[Staff, allowed(Act.SEE_REPORTS)]


def _reporting(request: Request, staff: Reader) -> Reporting:
    """From the first of this month to today, where no days are named."""
    shelf = request.app.state.shelf
    museum = shelf[Catalogues].current.named(staff.museum)
    today = day_in(museum.sheet.time_zone, shelf[Clock].now())
    since = date_typed(request.query_params.get("from", ""), today.replace(day=1))
    until = date_typed(request.query_params.get("to", ""), max(today, since))
    with shelf[Database].reading() as session:
        found = report(session, museum, since, until, shelf[CountEntries])
    return Reporting(found, Tongue(museum, shelf[Pages].messages, interface_of(request)))


Asked = Annotated[Reporting, Depends(_reporting)]


@router.get("/office/{museum}/reports")
def reports(request: Request, staff: Reader, asked: Asked) -> Response:
    today = day_in(asked.tongue.museum.sheet.time_zone, request.app.state.shelf[Clock].now())
    tables = sheets(asked.report, asked.tongue)
    return page(request, "tickets/reports.html", staff, report=asked.report, sheets=tables, spans=spans(today))


@router.get("/office/{museum}/reports.csv")
def reports_csv(asked: Asked, table: str = "days") -> Response:
    body = csv_file(sheet_named(table, asked.report, asked.tongue))
    return _to_keep(body, "text/csv; charset=utf-8", f"{asked.file}-{table}.csv")


@router.get("/office/{museum}/reports.xlsx")
def reports_xlsx(asked: Asked) -> Response:
    return _to_keep(xlsx_file(list(sheets(asked.report, asked.tongue).values())), XLSX, f"{asked.file}.xlsx")


def _to_keep(body: bytes, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=kind, headers=headers)
