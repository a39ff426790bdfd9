"""People at work: puts somebody with roles in front of a browser, signed in, without going through the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from fastapi.testclient import TestClient

from guide.database import Database
from guide.office.roles import Role
from guide.office.signing_in import admit
from guide.office.tables import Person, Post
from guide.office.tokens import form_token

_numbers = count(1)


@dataclass(frozen=True)
class AtWork:
    email: str
    csrf: str
    """What a form of theirs brings as `csrf`, or a program as the header `x-csrf`."""


def at_work(browser: TestClient, database: Database, now: datetime, museum: str, *roles: Role) -> AtWork:
    """A new person with these roles at this museum, signed in in this browser."""
    person = Person(email=f"person-{next(_numbers)}@example.vn", name="Nguyễn Thị Sen", made_at=now)
    with database.writing() as session:
        session.add(person)
        session.flush()
        session.add_all(Post(person_id=person.id, museum=museum, role=role.value) for role in roles)
        token = admit(session, person.id, now)
    hold(browser, token)
    return AtWork(person.email, form_token(token))


def hold(browser: TestClient, token: str) -> None:
    """This token and no other in the browser's hand."""
    jar = browser.cookies.jar
    for cookie in [cookie for cookie in jar if cookie.name == "office"]:
        jar.clear(cookie.domain, cookie.path, cookie.name)
    browser.cookies.set("office", token)
