"""A museum with a gate: one that sells entry times, its key, its tickets, and the devices that scan them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import col, select

from guide.app import close, create_app, furnish
from guide.bell import Quiet
from guide.clock import Clock
from guide.database import Database
from guide.gate import devices
from guide.gate.admission import Scanned, admit
from guide.gate.syncing import sync
from guide.gate.tables import Conflict, Scan
from guide.gate.verdicts import Admission, Verdict
from guide.office.roles import Role
from guide.office.workplaces import Workplace, Workplaces
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.storage import Folder
from guide.tickets import codes
from guide.tickets.signing.keys import key_of
from guide.tickets.signing.signed import claim_of, sign
from guide.tickets.tables import Ticket
from guide.tours.catalogue import Catalogue, Catalogues
from tests.museum import Publishing
from tests.office.staff import AtWork, at_work

TODAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""Nine in the morning at the museum, a Tuesday."""
SHEET = """
    name: {vi: Làng Gốm, en: Pottery Village}
    languages: [vi, en]
    hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}
    prices:
      - {category: adult, name: {vi: Người lớn, en: Adult}, dong: 50000}
      - {category: student, dong: 25000, student: true, evidence: {vi: Thẻ sinh viên, en: Student card}}
    slots: [{days: daily, at: ["08:00", "09:00", "14:00"], places: 40}]
    tickets: {re_entry: RE_ENTRY}
"""
_ids = count(1)


@dataclass
class Gate:
    """What a test does at a gate."""

    database: Database
    catalogue: Catalogue
    museum: str = "lang-gom"
    tokens: dict[str, str] = field(default_factory=dict)

    def device(self, gate: str = "south") -> str:
        """The token of the device at this gate."""
        if gate not in self.tokens:
            self.tokens[gate] = self.new_device(gate)
        return self.tokens[gate]

    def new_device(self, gate: str, museum: str | None = None) -> str:
        with self.database.writing() as session:
            _, word = devices.invite(session, museum or self.museum, "Máy", gate, "command", NINE)
        with self.database.writing() as session:
            return devices.pair(session, word, NINE).token

    def ticket(self, **told: object) -> Ticket:
        """A paid ticket of today at nine, but for what is told."""
        return self.tickets(1, **told)[0]

    def tickets(self, number: int, **told: object) -> list[Ticket]:
        row = {"order_code": codes.new(), "museum": self.museum, "day": TODAY, "slot": "09:00", "category": "adult"}
        row |= {"dong": 50000, "admits": 1, "entered": 0, "issued_at": NINE, "cancelled_at": None}
        rows = [row | told | {"code": codes.new()} for _ in range(number)]
        with self.database.writing() as session:
            session.connection().execute(sa.insert(Ticket), rows)
        return [Ticket(**row) for row in rows]

    def signed(self, ticket: Ticket) -> str:
        return self.all_signed([ticket])[0]

    def all_signed(self, tickets: Sequence[Ticket]) -> list[str]:
        with self.database.writing() as session:
            key = key_of(session, tickets[0].museum, NINE)
        return [sign(key, claim_of(ticket)) for ticket in tickets]

    def admit(
        self, code: str, gate: str = "south", people: int = 1, now: datetime = NINE, scan_id: str | None = None
    ) -> Admission:
        scanned = Scanned(scan_id or self.scan_id(), code, now, people)
        return admit(self.database, self.catalogue, self.device(gate), scanned, now)

    def sync(self, *scans: Scanned, gate: str = "south", now: datetime = NINE) -> list[Admission]:
        return sync(self.database, self.catalogue, self.device(gate), scans, now)

    def let_in(self, code: str, at: datetime = NINE, people: int = 1, scan_id: str | None = None) -> Scanned:
        """What a gate without a network did."""
        return Scanned(scan_id or self.scan_id(), code, at, people, Verdict.WELCOME)

    @staticmethod
    def scan_id() -> str:
        return f"scan-{next(_ids):08}"

    def entered(self, ticket: Ticket) -> int:
        with self.database.reading() as session:
            return int(session.exec(select(Ticket.entered).where(col(Ticket.code) == ticket.code)).one())

    def scans(self) -> list[Scan]:
        with self.database.reading() as session:
            return list(session.exec(select(Scan).order_by(col(Scan.id))).all())

    def conflicts(self) -> list[tuple[str, str]]:
        with self.database.reading() as session:
            rows = session.exec(select(Conflict).order_by(col(Conflict.scan_id))).all()
            return [(row.ticket, row.verdict) for row in rows]


@pytest.fixture
def database(emptied_database: Database) -> Database:
    return emptied_database


OpenGate = Callable[..., Gate]


@pytest.fixture
def open_gate(database: Database, tmp_path: Path) -> OpenGate:
    def open_it(re_entry: str = "never", sheet: str = SHEET, **more: str) -> Gate:
        publishing = Publishing(tmp_path / "lang-gom", Press(database, Folder(tmp_path / "home"), Quiet()))
        files: Mapping[str, str] = {
            "museum.yaml": sheet.replace("RE_ENTRY", re_entry),
            "stops/one/vi.md": "# Lò nung\n\nLò nung cháy ba ngày ba đêm.\n",
        }
        publishing(files)
        return Gate(database, Catalogues(database, Quiet()).renew())

    return open_it


@pytest.fixture
def gate(open_gate: OpenGate) -> Gate:
    return open_gate()


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@dataclass
class Door:
    """The front door of the house in which the gate stands; `now` can be moved on."""

    app: FastAPI
    browser: TestClient
    gate: Gate
    now: datetime = NINE

    def at(self, now: datetime) -> None:
        self.now = now
        self.app.state.shelf = Shelf({Clock: Clock(now)}).over(self.app.state.shelf)

    def scan(self, *scans: dict[str, object], token: str | None = None, **headers: str) -> Response:
        return self.post({"scans": list(scans)}, token, **headers)

    def post(self, body: object, token: str | None = None, **headers: str) -> Response:
        known = {"authorization": f"Bearer {token or self.gate.device()}", "accept-language": "vi", **headers}
        return self.browser.post("/api/v1/gate/admissions", json=body, headers=known)

    def roster(self, token: str | None = None, **headers: str) -> Response:
        known = {"authorization": f"Bearer {token or self.gate.device()}", **headers}
        return self.browser.get("/api/v1/gate/roster", headers=known)

    def at_work(self, *roles: Role, museum: str = "lang-gom") -> AtWork:
        return at_work(self.browser, self.gate.database, self.now, museum, *roles)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The whole app, built once; each test puts its own things on its shelf."""
    shelf = furnish(Settings(home=tmp_path_factory.mktemp("home"), log_level="error"))
    yield create_app(shelf)
    close(shelf)


@pytest.fixture
def door(served: FastAPI, gate: Gate) -> Iterator[Door]:
    before = served.state.shelf
    catalogues = Catalogues(gate.database, Quiet())
    catalogues.renew()
    places = {"lang-gom": Workplace("lang-gom", {"vi": "Làng Gốm"})}
    things = {Database: gate.database, Catalogues: catalogues, Clock: Clock(NINE)}
    served.state.shelf = Shelf({**things, Workplaces: Workplaces(lambda: places)}).over(before)
    yield Door(served, TestClient(served), gate)
    served.state.shelf = before
