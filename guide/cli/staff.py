"""People who work here, from the operator's terminal: the first administrator, invitations, who there is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from guide.cli.operator import house, museum_named, note, said, say
from guide.office.roles import Role
from guide.office.staff import EVERYWHERE
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.shelf import Shelf

app = typer.Typer(help="People who work here: add, invite, list.", no_args_is_help=True)

Email = Annotated[str, typer.Option(help="Their e-mail address: what they sign in with.")]
Name = Annotated[str, typer.Option(help="Their name, as colleagues see it.")]
Museum = Annotated[str, typer.Option(help="The museum they work for; every one where it is left out.")]
Roles = Annotated[list[Role], typer.Option("--role", help="What they may do; may be given several times.")]


@app.command()
def add(email: Email, name: Name, museum: Museum = EVERYWHERE, role: Roles = [Role.ADMIN]) -> None:  # noqa: B006  # typer reads it and never changes it
    """Add somebody who can sign in at once. The password is asked for, or read from standard input."""
    from guide.clock import Clock
    from guide.database import Database
    from guide.office import people
    from guide.office.passwords import Passwords, refuse_weak

    with said(), house() as shelf:
        _expect(shelf, museum)
        who = people.introduced(email, name)
        password = _password()
        refuse_weak(password, who.email, who.name)
        password_hash = Passwords().hash(password)
        with shelf[Database].writing() as session:
            people.add(session, who, password_hash, museum, role, Clock().now())
        note(say("office.command.added", name=who.name, email=who.email))


@app.command()
def invite(
    email: Email,
    name: Annotated[str, typer.Option(help="Their name; not needed for a forgotten password.")] = "",
    museum: Museum = EVERYWHERE,
    role: Roles = [],  # noqa: B006  # typer reads it and never changes it
) -> None:
    """Print a link with which they choose a password: it works once, for a week.

    With roles for somebody new; without a role for somebody who forgot their password.
    """
    from guide.clock import Clock
    from guide.database import Database
    from guide.office import people

    with said(), house() as shelf:
        _expect(shelf, museum)
        now = Clock().now()
        with shelf[Database].writing() as session:
            if role:
                who = people.introduced(email, name)
                word = people.invite(session, who, museum, frozenset(role), "command", now)
            else:
                word = people.forgotten(session, email, now)
        _tell(word)


def _tell(word: str | None) -> None:
    if word is None:
        note(say("office.people.no-link"))
        return
    root = Settings().public_url
    if root is None:
        note(say("office.command.no-address"))
    print(f"{root or 'http://localhost:8000'}/office/invitation/{word}")


@app.command(name="list")
def list_() -> None:
    """Who works here, where and as what."""
    from guide.database import Database
    from guide.office import people

    with said(), house() as shelf, shelf[Database].reading() as session:
        for person, posts in people.everybody(session):
            roles = " ".join(f"{museum}:{'+'.join(sorted(roles))}" for museum, roles in sorted(posts.items()))
            state = "left" if person.left_at else "" if person.password_hash else "invited"
            print("\t".join((person.email, person.name, roles or "-", state)).rstrip("\t"))


def _expect(shelf: Shelf, museum: str) -> None:
    if museum != EVERYWHERE:
        museum_named(shelf, museum)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(say("office.command.password"), hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
