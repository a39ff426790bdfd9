"""The office as it is served, over an empty database each time; passwords are as cheap to check as they can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from guide.app import close, create_app, furnish
from guide.clock import Clock
from guide.database import Database
from guide.office import people
from guide.office.passwords import Passwords
from guide.office.roles import Role
from guide.office.signing_in import SigningIn
from guide.office.workplaces import Workplace, Workplaces
from guide.settings import Settings
from guide.shelf import Shelf
from tests.office.staff import AtWork, at_work

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PASSWORD = "sáng sớm ra biển"
HERE = {"origin": "http://testserver"}
MUSEUMS = {
    "dao-xa": Workplace("dao-xa", {"vi": "Nhà tù Đảo Xa", "en": "Far Island Prison"}),
    "lang-gom": Workplace("lang-gom", {"vi": "Làng gốm"}),
}


@pytest.fixture
def database(emptied_database: Database) -> Database:
    return emptied_database


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords(rounds=1, kibibytes=8, lanes=1)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The whole app, built once; each test puts its own things on its shelf."""
    shelf = furnish(Settings(home=tmp_path_factory.mktemp("home"), log_level="error"))
    yield create_app(shelf)
    close(shelf)


@dataclass
class Office:
    """What is behind the staff's doors; `now` can be moved on."""

    app: FastAPI
    browser: TestClient
    database: Database
    passwords: Passwords
    now: datetime = MORNING

    def later(self, by: timedelta) -> None:
        self.now += by
        self.put(Clock, Clock(self.now))

    def put(self, kind: Any, thing: object) -> None:
        self.app.state.shelf = Shelf({kind: thing}).over(self.app.state.shelf)

    def add(self, email: str, *roles: Role, museum: str = "dao-xa", name: str = "Trần Thị Lan") -> None:
        with self.database.writing() as session:
            who = people.introduced(email, name)
            people.add(session, who, self.passwords.hash(PASSWORD), museum, roles, self.now)

    def at_work(self, *roles: Role, museum: str = "dao-xa") -> AtWork:
        return at_work(self.browser, self.database, self.now, museum, *roles)

    def get(self, path: str, **options: Any) -> Response:
        return self.browser.get(path, follow_redirects=False, **options)

    def post(self, path: str, form: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
        return self.browser.post(path, data=form, headers=HERE | (headers or {}), follow_redirects=False)

    def sign_in(self, email: str, password: str = PASSWORD, **form: str) -> Response:
        return self.post("/office/sign-in", {"email": email, "password": password, **form})


@pytest.fixture
def office(served: FastAPI, database: Database, passwords: Passwords) -> Iterator[Office]:
    before = served.state.shelf
    browser = TestClient(served, headers={"accept": "text/html", "accept-language": "vi"})
    opened = Office(served, browser, database, passwords)
    opened.put(Database, database)
    opened.put(Clock, Clock(opened.now))
    opened.put(SigningIn, SigningIn(database, passwords))
    opened.put(Workplaces, Workplaces(lambda: MUSEUMS))
    yield opened
    served.state.shelf = before
