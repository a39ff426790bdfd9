"""The doors of counter, reports and changing, open over one museum: only what they need, so that they open at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session

from guide import web
from guide.clock import Clock
from guide.database import Database
from guide.language import shipped_messages
from guide.office import door
from guide.office.roles import Role
from guide.office.workplaces import Workplace, Workplaces
from guide.shelf import Shelf
from guide.tickets import routes as reports
from guide.tickets.changing import api as changing
from guide.tickets.changing.holder import Holder
from guide.tickets.counter import routes as counter
from guide.tickets.counter.figures import CountEntries
from guide.tickets.counter.receipts import Receipts, SampleSlips
from guide.tickets.paying.simulator import Simulator
from guide.tickets.paying.ways import Ways
from guide.tickets.selling.box_office import BoxOffice
from guide.tours.catalogue import Catalogue, Catalogues, Museum
from guide.visit.front import Front
from guide.web import Pages
from tests.office.staff import AtWork, at_work
from tests.tickets.box_office import NOW

ROOT = Path(__file__).parent.parent.parent
FRONT = Front(ROOT / "pwa")
HERE = {"origin": "http://testserver"}


class Standing:
    """Catalogues with museums that do not change."""

    def __init__(self, *museums: Museum) -> None:
        self.current = Catalogue({museum.slug: museum for museum in museums})


def let_in(session: Session, museum: str, since: date, until: date, zone: str) -> list[tuple[date, str, int]]:
    """A gate that let three people in."""
    return [(since, "Cổng Nam", 3)]


@dataclass
class OpenCounter:
    browser: TestClient
    app: FastAPI
    database: Database
    museum: Museum
    staff: AtWork | None = None

    def comes(self, *roles: Role, museum: str | None = None) -> AtWork:
        """Somebody is signed in."""
        self.staff = at_work(self.browser, self.database, NOW, museum or self.museum.slug, *(roles or (Role.DESK,)))
        return self.staff

    def get(self, path: str) -> Response:
        return self.browser.get(path, follow_redirects=False)

    def post(self, path: str, **form: Any) -> Response:
        told = {"csrf": self.staff.csrf if self.staff else ""} | form
        return self.browser.post(path, data=told, headers=HERE, follow_redirects=False)

    def sells(self, **form: Any) -> Response:
        """Two adults, Thursday at eight, for cash given exactly; or otherwise."""
        usual = {"key": "k" * 20, "day": "2026-11-26", "slot": "2026-11-26T0800", "count.adult": "2"}
        return self.post(f"/counter/{self.museum.slug}/sales", **(usual | form))

    def open_shift(self, float_dong: str = "500.000") -> Response:
        return self.post(f"/counter/{self.museum.slug}/shifts", float=float_dong)


def open_counter(database: Database, museum: Museum, home: Path, now: datetime = NOW) -> OpenCounter:
    catalogues: Any = Standing(museum)
    ways, clock = Ways({}, Simulator(home)), Clock(now)
    office = BoxOffice(database, catalogues, clock, ways)
    names = {museum.slug: Workplace(museum.slug, museum.sheet.name)}
    app = FastAPI()
    app.state.shelf = Shelf(
        {
            Database: database,
            Clock: clock,
            Catalogues: catalogues,
            Workplaces: Workplaces(lambda: names),
            Pages: Pages(shipped_messages(), {"asset": FRONT.asset, "style": FRONT.style, "script": FRONT.script}),
            BoxOffice: office,
            Holder: Holder(database, catalogues, clock, office),
            Receipts: SampleSlips(home / "slips"),
            CountEntries: let_in,
        }
    )
    app.state.public_url, app.state.policy = "", FRONT.policy
    for room in (changing, counter, reports):
        app.include_router(room.router)
    web.answer_errors(app)
    door.lead_strangers_to_sign_in(app)
    browser = TestClient(app, headers={"accept": "text/html", "accept-language": "vi"})
    return OpenCounter(browser, app, database, museum)
