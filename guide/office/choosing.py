"""Choosing a password: whoever was invited their first one, whoever works here a new one."""

from __future__ import annotations

from datetime import datetime

from guide.database import Database
from guide.office import people
from guide.office.passwords import refuse_weak
from guide.office.signing_in import SigningIn, admit
from guide.office.staff import Staff


def join(database: Database, signing_in: SigningIn, word: str, password: str, now: datetime) -> str:
    """By the link of an invitation; they are signed in with it. The hash is worked out before anything is locked."""
    with database.reading() as session:
        person = people.invited(session, word, now)
    refuse_weak(password, person.email, person.name)
    password_hash = signing_in.passwords.hash(password)
    with database.writing() as session:
        return admit(session, people.accept(session, word, password_hash, now).id, now)


def change(
    database: Database, signing_in: SigningIn, staff: Staff, old: str, new: str, asker: str, now: datetime
) -> str:
    """They are signed out everywhere else, and in here by a fresh token."""
    signing_in.check_again(staff, old, asker)
    refuse_weak(new, staff.email, staff.name)
    password_hash = signing_in.passwords.hash(new)
    with database.writing() as session:
        people.change_password(session, staff.person, staff.email, password_hash, now)
        return admit(session, staff.person, now)
