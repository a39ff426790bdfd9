"""Signing in: a password becomes a token in one browser, good for half a day. Only the token's hash is kept."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import Database
from guide.errors import GuideError
from guide.office import audit
from guide.office.passwords import Passwords
from guide.office.people import NotAnAddressOfAPerson, address_of
from guide.office.roles import Role
from guide.office.staff import Staff
from guide.office.tables import Person, Post, SignedIn
from guide.office.tokens import form_token, fresh, hashed
from guide.throttle import Throttle

LASTS = timedelta(hours=12)
HOUSE_RATE, HOUSE_BURST = 20, 30
"""Many sign in from one museum's line in the morning."""
PERSON_RATE, PERSON_BURST = 1, 8
"""One person from one line: whoever guesses somewhere else does not keep them out."""
NAME_RATE, NAME_BURST = 5, 50
"""One person from anywhere."""


class WrongSignIn(GuideError):
    """The address or the password; which one is not told."""

    status = 401


class TooManyTries(GuideError):
    status = 429

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(seconds=max(1, math.ceil(wait_seconds)))


class SigningIn:
    """The long-lived part: checks passwords, and lets nobody guess for long."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database = database
        self.passwords = passwords
        self._houses = Throttle(HOUSE_RATE, HOUSE_BURST)
        self._people = Throttle(PERSON_RATE, PERSON_BURST)
        self._names = Throttle(NAME_RATE, NAME_BURST)

    def sign_in(self, email: str, password: str, asker: str, now: datetime, before: str = "") -> str:
        """A fresh token; the one that this browser had `before` is worth nothing any more."""
        email = _typed(email)
        self._expect(email, asker)
        person = self._checked(email, password)
        if person is None:
            raise WrongSignIn
        self._forgive(email, asker)
        with self._database.writing() as session:
            sign_out(session, before)
            _drop_old(session, now)
            audit.note(session, now, "*", f"person:{email}", "person.signed-in", f"person:{email}")
            return admit(session, person.id, now)

    def check_again(self, staff: Staff, password: str, asker: str) -> None:
        """Before something grave: is it still them?"""
        self._expect(staff.email, asker)
        if self._checked(staff.email, password) is None:
            raise WrongSignIn
        self._forgive(staff.email, asker)

    def _checked(self, email: str, password: str) -> Person | None:
        """No transaction is open while the hash is worked out; and it is worked out for nobody as well."""
        here = (col(Person.email) == email) & col(Person.left_at).is_(None)
        with self._database.reading() as session:
            person = session.scalars(sa.select(Person).where(here)).one_or_none()
        return person if self.passwords.match(password, person.password_hash if person else None) else None

    def _expect(self, email: str, asker: str) -> None:
        house = house_of(asker)
        for throttle, name in ((self._houses, house), (self._people, f"{email} {house}"), (self._names, email)):
            if not throttle.allows(name):
                raise TooManyTries(throttle.wait_seconds(name))

    def _forgive(self, email: str, asker: str) -> None:
        self._people.forgive(f"{email} {house_of(asker)}")
        self._names.forgive(email)


def _typed(email: str) -> str:
    """What is no address is nobody's, and is told nothing else."""
    try:
        return address_of(email)
    except NotAnAddressOfAPerson:
        return ""


def house_of(asker: str) -> str:
    """One line to the network: of the newer addresses a household has countless, alike in their first half."""
    try:
        address = ip_address(asker)
    except ValueError:
        return asker
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else asker


def admit(session: Session, person: UUID, now: datetime) -> str:
    """A fresh token each time, so that none that was known before is worth anything."""
    token = fresh()
    row = {"token_hash": hashed(token), "person_id": person, "began_at": now, "until": now + LASTS}
    session.connection().execute(sa.insert(SignedIn), row)
    return token


def staff_with(session: Session, token: str, now: datetime) -> Staff | None:
    """Whoever holds this token and still works here, in one statement."""
    signed_in = (col(SignedIn.token_hash) == hashed(token)) & (col(SignedIn.until) > now)
    rows = session.connection().execute(
        sa.select(col(Person.id), col(Person.email), col(Person.name), col(Post.museum), col(Post.role))
        .join(SignedIn, col(SignedIn.person_id) == col(Person.id))
        .outerjoin(Post, col(Post.person_id) == col(Person.id))
        .where(signed_in & col(Person.left_at).is_(None))
    )
    held = rows.all()
    if not held:
        return None
    posts: dict[str, frozenset[Role]] = {}
    for _, _, _, museum, role in held:
        if museum:
            posts[museum] = posts.get(museum, frozenset()) | {Role(role)}
    person, email, name, _, _ = held[0]
    return Staff(person, email, name, posts, form_token(token))


def sign_out(session: Session, token: str) -> None:
    session.connection().execute(sa.delete(SignedIn).where(col(SignedIn.token_hash) == hashed(token)))


def _drop_old(session: Session, now: datetime) -> None:
    session.connection().execute(sa.delete(SignedIn).where(col(SignedIn.until) <= now))
