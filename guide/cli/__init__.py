"""The command line: each command is a few lines into a room.

Results go to standard output; progress and refusals to standard error. Exit code 2: something is to be mended.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guide.cli import assistant, content, gate, models, narration, staff, tickets, voices
from guide.cli.operator import note, said, say
from guide.settings import Settings

app = typer.Typer(
    help="Sen Guide: a visitor guide that a museum hosts itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "0.0.0.0",  # noqa: S104  # phones in the house
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1, max=64)] = 1,
    certificate: Annotated[
        Path | None, typer.Option(help="TLS certificate (PEM).", exists=True, dir_okay=False)
    ] = None,
    key: Annotated[Path | None, typer.Option(help="TLS private key (PEM).", exists=True, dir_okay=False)] = None,
) -> None:
    """Bring the database up to date, publish GUIDE_CONTENT when it is empty, and serve."""
    from guide import serving

    with said():
        serving.serve(Settings(), serving.Listening(host, port, workers, certificate, key), note, say)


app.add_typer(content.app)
app.add_typer(narration.app)
app.add_typer(assistant.app)
app.add_typer(voices.app, name="voices")
app.add_typer(models.app, name="models")
app.add_typer(gate.app, name="gate")
app.add_typer(staff.app, name="staff")
app.add_typer(tickets.app, name="tickets")
app.add_typer(assistant.group, name="assistant")
