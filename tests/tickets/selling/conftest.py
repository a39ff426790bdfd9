"""A box office with an open door: only what selling needs, so that it opens at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from guide import web
from guide.clock import Clock
from guide.database import Database
from guide.language import shipped_messages
from guide.tickets import api
from guide.tickets.paying.simulator import Simulator
from guide.tickets.paying.ways import Ways
from guide.tickets.selling.box_office import BoxOffice
from guide.tours.catalogue import Catalogue, Museum
from guide.web import Pages
from tests.tickets.box_office import NOW, museum

Door = Callable[..., TestClient]


class Standing:
    """Catalogues with one museum that does not change."""

    def __init__(self, there: Museum) -> None:
        self.current = Catalogue({there.slug: there})


@pytest.fixture
def open_door(database: Database, tmp_path: Path) -> Iterator[Door]:
    with ExitStack() as opened:

        def open_at(now: datetime = NOW, there: Museum | None = None) -> TestClient:
            return opened.enter_context(client(database, tmp_path, now, there or museum()))

        yield open_at


@pytest.fixture
def door(open_door: Door) -> TestClient:
    return open_door()


@pytest.fixture(scope="module")
def one_door(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same for many who are all sent away."""
    home = tmp_path_factory.mktemp("office")
    database = Database(f"sqlite:///{shutil.copy(sqlite_template, home)}")
    with client(database, home, NOW, museum()) as opened:
        yield opened
    database.engine.dispose()


def client(database: Database, home: Path, now: datetime, there: Museum) -> TestClient:
    ways = Ways({}, Simulator(home))
    office = BoxOffice(database, Standing(there), Clock(now), ways)  # type: ignore[arg-type]
    app = FastAPI()
    app.state.shelf = {BoxOffice: office, Pages: Pages(shipped_messages(), {})}
    app.include_router(api.router)
    web.answer_errors(app)
    app.add_middleware(web.Edge)
    return TestClient(app, headers={"accept": "application/json", "accept-language": "vi"})
