"""A shop with an open door: the pages of buying and the simulator that pays, and a visitor without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from guide import web
from guide.app import ROOT
from guide.assistant.pocket.keeping import Pockets
from guide.clock import Clock
from guide.counters import Counters
from guide.database import Database
from guide.language import shipped_messages
from guide.narration.hearing import Hearing
from guide.shelf import Shelf
from guide.storage import Folder, Storage
from guide.tickets.guesses import Guesses
from guide.tickets.letters.stationery import Stationery
from guide.tickets.paying.simulator import Simulator
from guide.tickets.paying.ways import Ways
from guide.tickets.selling.settling import Paid, settle
from guide.tours.catalogue import Catalogue, Catalogues, Museum
from guide.visit.buying import files, routes
from guide.visit.front import Front
from guide.visit.kept import KeptPages
from guide.visit.walking.terrains import Terrains
from guide.web import Pages
from tests.tickets.box_office import NOW, TOMORROW

PAGE = {"accept": "text/html", "accept-language": "vi"}


class Hands(Clock):
    """A clock that is moved by hand."""

    def __init__(self, now: datetime = NOW) -> None:
        object.__setattr__(self, "stands_at", now)

    def forward(self, **time: float) -> None:
        assert self.stands_at
        object.__setattr__(self, "stands_at", self.stands_at + timedelta(**time))


class Standing:
    """Catalogues with one museum that does not change."""

    def __init__(self, there: Museum) -> None:
        self.current = Catalogue({there.slug: there})


class Fields(HTMLParser):
    """What a browser without JavaScript would send of a form, as the page came."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form
        self.inside = False
        self.action = ""
        self.typed: dict[str, list[str]] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form" and self.form in (told.get("id"), told.get("action", "").split("?")[0]):
            self.inside, self.action = True, str(told["action"])
        if not self.inside or "disabled" in told:
            return
        if tag == "select":
            self.select = str(told["name"])
        chosen = told.get("type") not in ("radio", "checkbox") or "checked" in told
        if tag == "input" and told.get("name") and chosen:
            self.typed.setdefault(str(told["name"]), []).append(told.get("value") or "")
        if tag == "option" and ("selected" in told or self.select not in self.typed):
            self.typed[self.select] = [told.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


@dataclass
class Shop:
    database: Database
    museum: Museum
    browser: TestClient
    hands: Hands
    shelf: Shelf = field(repr=False)

    def open(self, day: object = TOMORROW, **asked: object) -> Any:
        return self.browser.get(f"/{self.museum.slug}/tickets", params={"day": str(day), **asked})

    def send(self, page: str, form: str = "basket", action: str = "", **typed: object) -> Any:
        """The form as it came, with these fields changed; `None` takes one out."""
        fields = Fields(form)
        fields.feed(page)
        told: dict[str, Any] = {**fields.typed, **{name.replace("__", "."): value for name, value in typed.items()}}
        sent = {name: value for name, value in told.items() if value is not None}
        return self.browser.post(action or fields.action, data=sent, follow_redirects=False)

    def buy(self, day: object = TOMORROW, **typed: object) -> str:
        """Two adults at eight, by VietQR, or otherwise; the order's code."""
        usual: dict[str, object] = {"slot": f"{day}T0800", "count__adult": 2, "pay": "vietqr"}
        answer = self.send(self.open(day).text, **(usual | typed))
        assert answer.status_code == 303, answer.text
        return code_in(answer.headers["location"])

    def pay(self, code: str, dong: int = 100_000) -> None:
        with self.database.writing() as session:
            settle(session, self.museum, Paid(code, dong, "vietqr", f"bank-{code}"), self.hands.now())

    def paid(self, **typed: object) -> str:
        code = self.buy(**typed)
        self.pay(code)
        return code

    def page(self, code: str) -> str:
        answer = self.browser.get(f"/orders/{code}")
        assert answer.status_code == 200, answer.text
        return str(answer.text)


@cache
def dressed() -> tuple[Front, Pages]:
    front = Front(ROOT / "pwa")
    dress = {"asset": front.asset, "style": front.style, "script": front.script, "bundled": front.bundled}
    return front, Pages(shipped_messages(), dress)


def open_shop(database: Database, folder: Path, museum: Museum, **more: Any) -> Shop:
    hands, counters = Hands(), Counters(database)
    front, pages = dressed()
    things = {
        Catalogues: Standing(museum),
        Pages: pages,
        Front: front,
        KeptPages: KeptPages(lambda: "one", counters),
        Clock: hands,
        Database: database,
        Storage: Folder(folder),
        Counters: counters,
        Ways: Ways({}, Simulator(folder), "https://ve.example", trial=True),
        Guesses: Guesses(),
        Stationery: Stationery(shipped_messages(), None),
    }
    unasked = dict.fromkeys((Hearing, Terrains, Pockets))
    shelf = Shelf({**unasked, **things, **more})
    app = FastAPI()
    app.state.shelf, app.state.public_url, app.state.policy = shelf, "https://ve.example", front.policy
    app.include_router(files.router)
    app.include_router(routes.router)
    web.answer_errors(app)
    app.add_middleware(web.Edge)
    return Shop(database, museum, TestClient(app, headers=PAGE, follow_redirects=False), hands, shelf)


def code_in(address: str) -> str:
    found = re.fullmatch(r"/orders/([A-Z0-9]{10})(?:\?.*)?", address)
    assert found, address
    return found[1]


def words(page: str) -> str:
    """What is read on it."""
    body = re.sub(r"(?s)<(style|script|svg|head).*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
