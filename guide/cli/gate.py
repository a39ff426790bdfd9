"""Commands for the gates: let a device in, and change the key that signs tickets."""

from __future__ import annotations

from typing import Annotated

import typer

from guide.cli.operator import house, museum_named, note, said, say
from guide.settings import Settings

app = typer.Typer(help="Gates: pair a device, change the key that signs tickets.", no_args_is_help=True)
Museum = Annotated[str, typer.Option(help="The museum whose gate it is.")]


@app.command()
def pair(
    museum: Museum,
    gate: Annotated[str, typer.Option(help="The gate's name, as counts and reports say it.")] = "",
    name: Annotated[str, typer.Option(help="The device's name, to tell it from others.")] = "",
) -> None:
    """Print a link that pairs one phone, once, within fifteen minutes, and below it the pairing word alone.

    The link's square, to scan off the terminal, and all that is said about it go to the other stream. A program trades
    word or link for its token at POST /api/v1/gate/devices.
    """
    from guide.clock import Clock
    from guide.database import Database
    from guide.gate import devices
    from guide.serving import terminal_code

    with said(), house() as shelf:
        museum_named(shelf, museum)
        name, gate = name or say("gates.command.device"), gate or say("gates.command.gate")
        with shelf[Database].writing() as session:
            _, word = devices.invite(session, museum, name, gate, "command", shelf[Clock].now())
        root = Settings().public_url
        if root is None:
            note(say("gates.command.no-address"))
        link = devices.link(root or "http://localhost:8000", word)
        for line in terminal_code(link):
            note(line)
        note(say("gates.pair-how"))
        print(link, word, sep="\n")


@app.command("new-key")
def new_key(museum: Museum) -> None:
    """Make a new key that signs tickets from now on; what older ones signed is still believed."""
    from guide.clock import Clock
    from guide.database import Database
    from guide.office import audit
    from guide.tickets.signing import keys

    with said(), house() as shelf:
        museum_named(shelf, museum)
        with shelf[Database].writing() as session:
            key = keys.rotate(session, museum, shelf[Clock].now())
            audit.note(session, shelf[Clock].now(), museum, "command", "key.made", str(key.number))
        print(key.number)


@app.command("withdraw-key")
def withdraw_key(museum: Museum, number: Annotated[int, typer.Option(help="The key's number.", min=1)]) -> None:
    """Believe nothing any more that this key signed; tickets show a new code when they are opened again."""
    from guide.clock import Clock
    from guide.database import Database
    from guide.office import audit
    from guide.tickets.signing import keys

    with said(), house() as shelf:
        museum_named(shelf, museum)
        with shelf[Database].writing() as session:
            now = shelf[Clock].now()
            keys.withdraw(session, museum, number, now)
            audit.note(session, now, museum, "command", "key.withdrawn", str(number))
            following = keys.key_of(session, museum, now)
        note(say("gates.command.withdrawn", number=number, following=following.number))
