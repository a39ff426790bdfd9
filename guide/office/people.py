"""The people who work here: invited by a link that works once, given roles at a museum, and taken leave of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col

from guide.database import added, changed
from guide.errors import Conflict, Gone, NotFound, Unusable
from guide.mail import reader
from guide.office import audit
from guide.office.roles import Role
from guide.office.staff import EVERYWHERE
from guide.office.tables import Person, Post, SignedIn
from guide.office.tokens import fresh, hashed

LINK_LASTS = timedelta(days=7)
LONGEST_NAME = 100
LONGEST_ADDRESS = 200
MEANS_MORE = "?&% "
"""In a link that opens a letter these begin something else than the address."""


class NotAnAddressOfAPerson(Unusable):
    """No letter could reach it."""


class NotAName(Unusable):
    def __init__(self) -> None:
        super().__init__(longest=LONGEST_NAME)


class NoRole(Unusable):
    """Somebody who may do nothing need not be invited."""


class NoSuchPerson(NotFound):
    """Nobody of that address, or not at this museum."""


class AlreadyHere(Conflict):
    """Somebody of that address has a password already."""


class LinkIsOld(Gone):
    """The invitation was used, replaced by a newer one, or is older than a week."""


class LastAdmin(Conflict):
    """Nobody would be left who may let others in."""


@dataclass(frozen=True)
class Introduction:
    """Who is to work here: an address, a name."""

    email: str
    name: str


def introduced(email: str, name: str) -> Introduction:
    """What was typed, tidied; or a refusal that says what is wrong."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or len(tidy) > LONGEST_NAME or not all(sign.isprintable() or sign == "\u200d" for sign in tidy):
        raise NotAName
    return Introduction(address_of(email), tidy)


def address_of(email: str) -> str:
    try:
        address = reader(email).lower()
    except ValueError:
        raise NotAnAddressOfAPerson from None
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or any(sign in address for sign in MEANS_MORE):
        raise NotAnAddressOfAPerson
    return address


@dataclass(frozen=True)
class Colleague:
    """Somebody as the people's page shows them."""

    id: UUID
    email: str
    name: str
    roles: frozenset[Role]
    everywhere: frozenset[Role]
    """Roles at every museum; given by the operator alone."""
    invited_until: datetime | None
    """Where they have not chosen a password yet."""


def add(
    session: Session, who: Introduction, password_hash: str, museum: str, roles: Iterable[Role], now: datetime
) -> None:
    """Somebody who can sign in at once: how the first one comes."""
    known = _by_email(session, who.email)
    if known and known.password_hash and known.left_at is None:
        raise AlreadyHere(email=who.email)
    person = known or _new(session, who, now)
    _set(session, person.id, password_hash=password_hash, left_at=None, invited_hash=None, invited_until=None)
    _give(session, person.id, museum, roles)
    audit.note(session, now, museum, "command", "person.joined", f"person:{who.email}", roles=sorted(roles))


def invite(
    session: Session,
    who: Introduction,
    museum: str,
    roles: frozenset[Role],
    by: str,
    now: datetime,
    keeps: frozenset[str] | None = None,
) -> str | None:
    """Give the roles, and a link to choose a password with where one is needed: its word, told only now.

    `keeps` are the museums whose people the inviting one keeps; nothing means all. Whoever works elsewhere too gets
    the roles, but no link: with it one could sign in as them there. A link that is open already, made by whoever it
    was, opens less than they now may do: it is over.
    """
    if not roles:
        raise NoRole
    person = _by_email(session, who.email) or _new(session, who, now)
    if person.left_at is not None:
        _set(session, person.id, left_at=None, password_hash=None, name=who.name)
    _give(session, person.id, museum, roles)
    audit.note(session, now, museum, by, "person.invited", f"person:{who.email}", roles=sorted(roles))
    works = person.left_at is None and person.password_hash is not None
    return None if works or not _keeps_all(session, person.id, keeps) else _link(session, person.id, now)


def has_password(session: Session, email: str) -> bool:
    """Somebody who signs in already, and needs no link."""
    person = _by_email(session, email)
    return person is not None and person.left_at is None and person.password_hash is not None


def forgotten(session: Session, email: str, now: datetime) -> str:
    """The operator's way for whoever forgot their password: a link, and nothing else changes."""
    person = _by_email(session, address_of(email))
    if person is None or person.left_at is not None:
        raise NoSuchPerson
    audit.note(session, now, EVERYWHERE, "command", "person.invited", f"person:{person.email}")
    return _link(session, person.id, now)


def renew_link(
    session: Session, person: UUID, museum: str, by: str, now: datetime, keeps: frozenset[str] | None = None
) -> str | None:
    """For whoever lost the first one, or their password. The old password works until the new one is chosen.

    Nothing where they work elsewhere too: that is the operator's to do. The first one is over all the same.
    """
    known = colleague(session, person, museum)
    if not _keeps_all(session, person, keeps):
        _end_link(session, person)
        return None
    audit.note(session, now, museum, by, "person.invited", f"person:{known.email}")
    return _link(session, person, now)


def _keeps_all(session: Session, person: UUID, keeps: frozenset[str] | None) -> bool:
    if keeps is None or EVERYWHERE in keeps:
        return True
    works_at = session.connection().execute(sa.select(col(Post.museum)).where(col(Post.person_id) == person)).scalars()
    return set(works_at) <= keeps


def _link(session: Session, person: UUID, now: datetime) -> str:
    word = fresh()
    _set(session, person, invited_hash=hashed(word), invited_until=now + LINK_LASTS)
    return word


def _end_link(session: Session, person: UUID) -> None:
    _set(session, person, invited_hash=None, invited_until=None)


def invited(session: Session, word: str, now: datetime) -> Person:
    """Whom this link is for."""
    asked = sa.select(Person).where(_still_good(word, now))
    found = session.scalars(asked).one_or_none()
    if found is None:
        raise LinkIsOld
    return found


def _still_good(word: str, now: datetime) -> sa.ColumnElement[bool]:
    fresh = (col(Person.invited_hash) == hashed(word)) & (col(Person.invited_until) > now)
    return fresh & col(Person.left_at).is_(None)


def accept(session: Session, word: str, password_hash: str, now: datetime) -> Person:
    """Choose a password. The link is used up in the same statement, so it works for one of two who open it at once."""
    person = invited(session, word, now)
    new = {"password_hash": password_hash, "invited_hash": None, "invited_until": None}
    if not changed(session, sa.update(Person).where(_still_good(word, now)).values(**new)):
        raise LinkIsOld
    end_sessions(session, person.id)
    audit.note(session, now, "*", f"person:{person.email}", "person.joined", f"person:{person.email}")
    return person


def change_password(session: Session, person: UUID, email: str, password_hash: str, now: datetime) -> None:
    """Whoever else is signed in with the old one is signed out."""
    _set(session, person, password_hash=password_hash, invited_hash=None, invited_until=None)
    end_sessions(session, person)
    audit.note(session, now, "*", f"person:{email}", "password.changed", f"person:{email}")


def end_sessions(session: Session, person: UUID) -> None:
    session.connection().execute(sa.delete(SignedIn).where(col(SignedIn.person_id) == person))


def set_roles(session: Session, person: UUID, museum: str, roles: frozenset[Role], by: str, now: datetime) -> None:
    """What they may do here from now on; without a role left anywhere, they have left."""
    known = colleague(session, person, museum)
    if Role.ADMIN in known.roles - known.everywhere - roles:
        _refuse_last_admin(session, museum, person)
    gone = sa.delete(Post).where(col(Post.person_id) == person, col(Post.museum) == museum)
    session.connection().execute(gone.where(col(Post.role).not_in([role.value for role in roles])))
    if roles - known.roles:
        _give(session, person, museum, roles)
    did = "person.roles" if roles else "person.left"
    audit.note(session, now, museum, by, did, f"person:{known.email}", roles=sorted(roles))
    if not roles and not _posts(session, person):
        _set(session, person, left_at=now, password_hash=None, invited_hash=None, invited_until=None)
        end_sessions(session, person)


def _refuse_last_admin(session: Session, museum: str, leaving: UUID) -> None:
    """The rows are locked in one order, so that two administrators cannot take leave of each other at once."""
    admins = (col(Post.role) == Role.ADMIN.value) & col(Post.museum).in_((museum, EVERYWHERE))
    rows = sa.select(col(Post.person_id)).where(admins).order_by(col(Post.person_id), col(Post.museum))
    others = set(session.connection().execute(rows.with_for_update()).scalars()) - {leaving}
    can_come = col(Person.id).in_(others) & col(Person.left_at).is_(None) & col(Person.password_hash).is_not(None)
    if not session.connection().execute(sa.select(col(Person.id)).where(can_come).limit(1)).first():
        raise LastAdmin


def colleague(session: Session, person: UUID, museum: str) -> Colleague:
    found = next((one for one in colleagues(session, museum) if one.id == person), None)
    if found is None:
        raise NoSuchPerson
    return found


def colleagues(session: Session, museum: str) -> list[Colleague]:
    """Everybody with a role at this museum, by name."""
    here = col(Post.museum).in_((museum, EVERYWHERE)) & col(Person.left_at).is_(None)
    rows = session.connection().execute(
        sa.select(*(getattr(Person, name) for name in ("id", "email", "name", "password_hash", "invited_until")))
        .add_columns(col(Post.museum), col(Post.role))
        .join(Post, col(Post.person_id) == col(Person.id))
        .where(here)
    )
    people: dict[UUID, Colleague] = {}
    for id_, email, name, password_hash, until, at, role in rows:
        one = people.get(id_) or Colleague(id_, email, name, frozenset(), frozenset(), None if password_hash else until)
        people[id_] = _with(one, at == EVERYWHERE, Role(role))
    return sorted(people.values(), key=lambda one: (one.name.casefold(), one.email))


def _with(one: Colleague, everywhere: bool, role: Role) -> Colleague:
    roles, all_over = (one.roles, one.everywhere | {role}) if everywhere else (one.roles | {role}, one.everywhere)
    return Colleague(one.id, one.email, one.name, roles, all_over, one.invited_until)


def everybody(session: Session) -> list[tuple[Person, Mapping[str, frozenset[Role]]]]:
    people = list(session.scalars(sa.select(Person).order_by(col(Person.email))))
    return [(person, _posts(session, person.id)) for person in people]


def _posts(session: Session, person: UUID) -> dict[str, frozenset[Role]]:
    rows = session.connection().execute(
        sa.select(col(Post.museum), col(Post.role)).where(col(Post.person_id) == person)
    )
    posts: dict[str, frozenset[Role]] = {}
    for museum, role in rows:
        posts[museum] = posts.get(museum, frozenset()) | {Role(role)}
    return posts


def _by_email(session: Session, email: str) -> Person | None:
    return session.scalars(sa.select(Person).where(col(Person.email) == email)).one_or_none()


def _new(session: Session, who: Introduction, now: datetime) -> Person:
    """Two who invite the same person at once invite one person."""
    added(session, Person, [{"id": uuid4(), "email": who.email, "name": who.name, "made_at": now}])
    return session.scalars(sa.select(Person).where(col(Person.email) == who.email)).one()


def _give(session: Session, person: UUID, museum: str, roles: Iterable[Role]) -> None:
    """A link that was made before, and perhaps by somebody else, must not open what is given now."""
    added(session, Post, [{"person_id": person, "museum": museum, "role": role.value} for role in roles])
    _end_link(session, person)


def _set(session: Session, person: UUID, **values: object) -> None:
    session.connection().execute(sa.update(Person).where(col(Person.id) == person).values(**values))
