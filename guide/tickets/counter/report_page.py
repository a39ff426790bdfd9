"""The report in words: its tables, for a page, for CSV and for a workbook, all with the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from guide.errors import NotFound
from guide.tickets.counter.figures import Flow, People, Report, Takings
from guide.tickets.counter.spreadsheets import Cell, Sheet
from guide.tickets.letters.telling import Tongue
from guide.tickets.tables import Shift

EMPTY = ""


class NoSuchTable(NotFound):
    """The report has no table of this name."""


@dataclass(frozen=True)
class Span:
    """Days that are often asked for, by the name of their button."""

    name: str
    since: date
    until: date


def spans(today: date) -> tuple[Span, ...]:
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return (
        Span("today", today, today),
        Span("week", today - timedelta(days=6), today),
        Span("month", first, today),
        Span("last-month", before.replace(day=1), before),
    )


def sheets(report: Report, tongue: Tongue) -> dict[str, Sheet]:
    """The tables by their names in the address; one without rows is there, and empty."""
    made: Mapping[str, Callable[[Report, Tongue], Sheet]] = {
        "days": _days,
        "categories": _categories,
        "channels": _channels,
        "ways": _ways,
        "visits": _visits,
        "gates": _gates,
        "shifts": _shifts,
    }
    return {name: make(report, tongue) for name, make in made.items()}


def sheet_named(name: str, report: Report, tongue: Tongue) -> Sheet:
    found = sheets(report, tongue).get(name)
    if found is None:
        raise NoSuchTable
    return found


def _sheet(
    tongue: Tongue, name: str, columns: str, rows: Iterable[Sequence[Cell]], totals: Sequence[Cell] = ()
) -> Sheet:
    headings = tuple(tongue.say(f"report.column.{column}") for column in columns.split())
    lines = tuple(tuple(row) for row in rows)
    total = (tongue.say("report.total"), *totals) if totals and lines else ()
    return Sheet(tongue.say(f"report.table.{name}"), headings, lines, total)


def _taking_cells(takings: Takings) -> tuple[int, int, int, int]:
    return takings.sold_dong, takings.returned_dong, takings.donations_dong, takings.net_dong


def _days(report: Report, tongue: Tongue) -> Sheet:
    rows = ((day, *_taking_cells(takings)) for day, takings in sorted(report.days.items()))
    return _sheet(tongue, "days", "day sold returned donations net", rows, _taking_cells(report.takings))


def _categories(report: Report, tongue: Tongue) -> Sheet:
    names = sorted({*report.categories, *report.people} - {EMPTY})
    rows = [
        (
            tongue.category(name),
            *_people_cells(report.people.get(name, People())),
            *_sales_cells(report.categories.get(name, Takings())),
        )
        for name in names
    ]
    totals = tuple(sum(cells) for cells in zip(*(row[1:] for row in rows), strict=True))
    return _sheet(tongue, "categories", "category people people-back sold returned net", rows, totals)


def _people_cells(people: People) -> tuple[int, int]:
    return people.sold, people.returned


def _sales_cells(takings: Takings) -> tuple[int, int, int]:
    return takings.sold_dong, takings.returned_dong, takings.sold_dong - takings.returned_dong


def _channels(report: Report, tongue: Tongue) -> Sheet:
    rows = (
        (tongue.say(f"report.channel.{name or 'none'}"), *_taking_cells(takings))
        for name, takings in sorted(report.channels.items())
    )
    return _sheet(tongue, "channels", "channel sold returned donations net", rows, _taking_cells(report.takings))


def _ways(report: Report, tongue: Tongue) -> Sheet:
    rows = ((way_told(tongue, name), *_flow_cells(flow)) for name, flow in sorted(report.ways.items()))
    return _sheet(tongue, "ways", "way taken given net", rows, _flow_cells(report.flow))


def way_told(tongue: Tongue, name: str) -> str:
    return tongue.messages.find(tongue.language, f"report.way.{name}") or name


def _flow_cells(flow: Flow) -> tuple[int, int, int]:
    return flow.taken_dong, flow.given_dong, flow.net_dong


def _visits(report: Report, tongue: Tongue) -> Sheet:
    rows = [(day, *people) for day, people in sorted(report.visits.items())]
    totals = (sum(row[1] for row in rows), sum(row[2] for row in rows))
    return _sheet(tongue, "visits", "day admits entered", rows, totals)


def _gates(report: Report, tongue: Tongue) -> Sheet:
    totals = (EMPTY, sum(people for _, _, people in report.gates))
    return _sheet(tongue, "gates", "day gate entered", sorted(report.gates), totals)


def _shifts(report: Report, tongue: Tongue) -> Sheet:
    zone = ZoneInfo(tongue.museum.sheet.time_zone)
    rows = (_shift_cells(shift, zone) for shift in report.shifts)
    return _sheet(tongue, "shifts", "opened closed person float expected counted difference", rows)


def _shift_cells(shift: Shift, zone: ZoneInfo) -> tuple[Cell, ...]:
    """Of an open shift nothing is counted yet, and so nothing is said."""
    told = (_moment(shift.opened_at, zone), _moment(shift.closed_at, zone), shift.person, shift.float_dong)
    if shift.expected_dong is None or shift.counted_dong is None:
        return (*told, EMPTY, EMPTY, EMPTY)
    return (*told, shift.expected_dong, shift.counted_dong, shift.counted_dong - shift.expected_dong)


def _moment(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else EMPTY
