"""A museum with gates behind a real server: its tickets, their codes, and phones that are paired."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col, select

from guide.database import Database
from guide.gate import devices
from guide.gate.tables import Conflict, Scan
from guide.tickets import codes
from guide.tickets.signing.keys import key_of, rotate, withdraw
from guide.tickets.signing.signed import claim_of, sign
from guide.tickets.tables import Ticket
from tests.browser.conftest import ROOT, Site, free_port, guide, wait_for

SLUG = "dao-xa"
SHEET = """
    name: {{vi: Nhà tù Đảo Xa, en: Far Island Prison}}
    languages: [vi, en]
    time_zone: {zone}
    prices:
      - {{category: adult, name: {{vi: Người lớn, en: Adult}}, dong: 50000}}
      - category: student
        name: {{vi: Sinh viên, en: Student}}
        dong: 25000
        student: true
        evidence: {{vi: Thẻ sinh viên, en: Student card}}
    tickets: {{early_minutes: 30, late_minutes: 60}}
"""


def zone_of_noon(now: datetime) -> str:
    """Where it is about noon now, so that no test meets midnight."""
    behind = now.hour - 12
    return f"Etc/GMT{behind:+d}" if behind else "Etc/UTC"


@dataclass
class Gates:
    site: Site
    database: Database
    zone: ZoneInfo

    @property
    def local(self) -> datetime:
        return datetime.now(self.zone)

    @property
    def today(self) -> date:
        return self.local.date()

    def word(self, gate: str = "Cổng Nam") -> str:
        with self.database.writing() as session:
            return devices.invite(session, SLUG, "Máy 1", gate, "command", datetime.now(UTC))[1]

    def revoke(self) -> None:
        with self.database.writing() as session:
            for device in devices.of_museum(session, SLUG):
                devices.revoke(session, SLUG, device.id, "command", datetime.now(UTC))

    def ticket(self, **told: object) -> Ticket:
        return self.tickets(1, **told)[0]

    def tickets(self, number: int, **told: object) -> list[Ticket]:
        row = {"order_code": codes.new(), "museum": SLUG, "day": self.today, "slot": "", "category": "adult"}
        row |= {"dong": 50000, "admits": 1, "entered": 0, "issued_at": datetime.now(UTC), "cancelled_at": None}
        rows = [row | told | {"code": codes.new()} for _ in range(number)]
        with self.database.writing() as session:
            session.connection().execute(sa.insert(Ticket), rows)
        return [Ticket(**row) for row in rows]

    def slot(self, hours: float) -> str:
        return f"{self.local + timedelta(hours=hours):%H:%M}"

    def signed(self, ticket: Ticket, museum: str = SLUG) -> str:
        return self.all_signed([ticket], museum)[0]

    def all_signed(self, tickets: list[Ticket], museum: str = SLUG) -> list[str]:
        with self.database.writing() as session:
            key = key_of(session, museum, datetime.now(UTC))
        return [sign(key, replace(claim_of(ticket), museum=museum)) for ticket in tickets]

    def withdraw_key(self) -> None:
        """Whatever was signed until now is not believed any more."""
        with self.database.writing() as session:
            now = datetime.now(UTC)
            number = key_of(session, SLUG, now).number
            rotate(session, SLUG, now)
            withdraw(session, SLUG, number, now)

    def entered(self, ticket: Ticket) -> int:
        with self.database.reading() as session:
            return int(session.exec(select(Ticket.entered).where(col(Ticket.code) == ticket.code)).one())

    def scans(self, ticket: Ticket) -> list[Scan]:
        with self.database.reading() as session:
            return list(session.exec(select(Scan).where(col(Scan.ticket) == ticket.code).order_by(col(Scan.at))).all())

    def conflicts(self, ticket: Ticket) -> list[str]:
        with self.database.reading() as session:
            return list(session.exec(select(Conflict.verdict).where(col(Conflict.ticket) == ticket.code)).all())


@contextmanager
def open_gates(home: Path) -> Iterator[Gates]:
    port, zone = free_port(), zone_of_noon(datetime.now(UTC))
    settings = {**os.environ, "GUIDE_HOME": str(home / "home"), "GUIDE_LOG_LEVEL": "warning"}
    folder = home / SLUG
    (folder / "stops" / "cong").mkdir(parents=True)
    (folder / "museum.yaml").write_text(dedent(SHEET.format(zone=zone)), "utf-8")
    (folder / "stops" / "cong" / "vi.md").write_text("# Cổng\n\nCổng đá.\n", "utf-8")
    guide(settings, "publish", str(folder), "--museum", SLUG, "--no-audio")
    command = [sys.executable, "-m", "guide", "serve", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=settings, cwd=ROOT, stderr=subprocess.PIPE)
    site = Site(f"http://127.0.0.1:{port}", folder, settings)
    database = Database(f"sqlite:///{home / 'home' / 'guide.sqlite'}")
    try:
        wait_for(site.url, process)
        opened = Gates(site, database, ZoneInfo(zone))
        opened.signed(opened.ticket())  # from its first ticket on the museum has a key, and every roster tells of it
        yield opened
    finally:
        database.engine.dispose()
        process.terminate()
        process.communicate(timeout=60)
