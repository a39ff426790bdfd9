"""The doors of paying as they are served; and books for promises that do not hang on the kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from guide.app import close, create_app, furnish
from guide.clock import Clock
from guide.counters import Counters
from guide.database import Database
from guide.office.roles import Role
from guide.office.workplaces import Workplace, Workplaces
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tickets.paying.cashier import Cashier
from guide.tickets.paying.payment import Arrived
from guide.tickets.paying.ways import Ways
from guide.tours.catalogue import Catalogue, Catalogues
from tests.office.staff import AtWork, at_work
from tests.tickets.box_office import NOW
from tests.tickets.paying.world import MUSEUM, MUSEUMS, ways


@pytest.fixture
def books(new_sqlite: Callable[[], str]) -> Iterator[Database]:
    opened = Database(new_sqlite())
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The whole app, built once; each test puts its own things on its shelf."""
    shelf = furnish(Settings(home=tmp_path_factory.mktemp("home"), log_level="error"))
    yield create_app(shelf)
    close(shelf)


class Standing:
    """Catalogues that do not change."""

    current = Catalogue(MUSEUMS)

    def renew(self) -> Catalogue:
        return self.current


@dataclass
class Till:
    """The doors, and what is behind them."""

    app: FastAPI
    browser: TestClient
    books: Database
    home: Path
    counters: Counters

    def open(self, **how: Any) -> None:
        """With these contracts, on trial or not."""
        paths = ways(self.home, **how)
        catalogues: Any = Standing()
        places = {slug: Workplace(slug, there.sheet.name) for slug, there in MUSEUMS.items()}
        things: dict[Any, Any] = {
            Clock: Clock(NOW),
            Database: self.books,
            Catalogues: catalogues,
            Ways: paths,
            Workplaces: Workplaces(lambda: places),
            Cashier: Cashier(self.books, catalogues, paths, self.counters),
        }
        self.app.state.shelf = Shelf(things).over(self.app.state.shelf)

    def tell(self, provider: str, arrived: Arrived) -> Response:
        """As the provider would send it."""
        url = f"/api/v1/payments/{provider}/notices"
        if provider == "vnpay":
            return self.browser.get(url, params=list(arrived.query))
        headers = {"content-type": "application/json", "accept": "application/json", **arrived.headers}
        return self.browser.post(url, content=arrived.body, headers=headers)

    def at_work(self, *roles: Role) -> AtWork:
        return at_work(self.browser, self.books, NOW, MUSEUM.slug, *roles)

    def post(self, path: str, form: dict[str, str]) -> Response:
        return self.browser.post(path, data=form, headers={"origin": "http://testserver"}, follow_redirects=False)


@pytest.fixture
def till(served: FastAPI, books: Database, tmp_path: Path) -> Iterator[Till]:
    before = served.state.shelf
    browser = TestClient(served, headers={"accept": "text/html", "accept-language": "vi"})
    opened = Till(served, browser, books, tmp_path / "home", Counters(books))
    opened.open()
    yield opened
    served.state.shelf = before
