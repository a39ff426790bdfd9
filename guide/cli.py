"""The command line: each command is a few lines into a room.

Results go to standard output; progress and refusals to standard error. Exit code 2: something is to be mended.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guide.clock import Clock, day_in
from guide.errors import GuideError
from guide.language import Messages, choose, shipped_messages
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.shelf import Shelf
    from guide.tours.catalogue import Museum

app = typer.Typer(
    help="Sen Guide: a visitor guide that a museum hosts itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
MISTAKE = 2


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

    with _said():
        serving.serve(Settings(), serving.Listening(host, port, workers, certificate, key), _note, _say)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="A museum's folder, or a folder of museums.")] = Path("content"),
) -> None:
    """Check content: every mistake with its file and line. Nothing is changed."""
    from guide.publishing.checking import check_folders

    with _said():
        for museum in check_folders(folder):
            print(_say("command.checked", museum=museum.slug, stops=len(museum.slugs())))


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="The museum's folder.")],
    museum: Annotated[str | None, typer.Option(help="The museum's slug; the folder's name when not given.")] = None,
    no_audio: Annotated[bool, typer.Option("--no-audio", help="Make recordings on demand.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Read everything anew, whatever is there.")] = False,
) -> None:
    """Make a new edition from a folder, with recordings and indexes, and show it."""
    from guide.publishing.deriving import Deriving
    from guide.publishing.publish import Press

    with _said(), _house() as shelf:
        deriving = Deriving.of(shelf, _note)
        derive = deriving.without_audio if no_audio else deriving.everything
        slug = museum or folder.resolve().name
        outcome = shelf[Press].publish(folder, slug, Clock().now(), derive, replace=replace)
        for line in outcome.lines(_messages(), _language()):
            print(line)


@app.command()
def export(
    museum: Annotated[str, typer.Argument(help="The museum's slug.")],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Write a museum back to a folder; publishing it again changes nothing."""
    from guide.publishing.export import export as write
    from guide.storage import Storage

    with _said(), _house() as shelf:
        write(_museum(shelf, museum), shelf[Storage], folder)  # type: ignore[type-abstract]  # a Protocol is its key
        print(_say("command.exported", museum=museum, folder=folder))


@app.command()
def read(
    text: Annotated[str | None, typer.Argument(help="What is written; else one line in, one line out.")] = None,
    language: Annotated[str, typer.Option(help="The language it is written in.")] = "vi",
) -> None:
    """Say how a text is read aloud."""
    from guide.narration.reading import read as reading

    for line in [text] if text is not None else (line.rstrip("\n") for line in sys.stdin):
        print(reading(line, language).spoken, flush=text is None)


@app.command()
def speak(
    text: Annotated[str, typer.Argument(help="What is to be said.")],
    out: Annotated[Path, typer.Option(help="The MP3 to write.")],
    language: Annotated[str, typer.Option(help="The language it is in.")] = "vi",
) -> None:
    """Make one recording of a text."""
    from guide.narration.library import Library

    with _said(), _house() as shelf:
        body = shelf[Library].spoken_mp3(text, language)
        out.write_bytes(body)
        print(_say("command.spoken", file=out, bytes=len(body)))


@app.command()
def labels(
    museum: Annotated[str, typer.Argument(help="The museum's slug.")],
    out: Annotated[Path, typer.Argument(help="The PDF to write.")],
    url: Annotated[str | None, typer.Option(help="The address visitors use; GUIDE_PUBLIC_URL when not given.")] = None,
    size: Annotated[str, typer.Option(help="a4 or sticker.")] = "a4",
    language: Annotated[str | None, typer.Option(help="The labels' language; the museum's own when not given.")] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also for codes that no stop.yaml says yet.")] = False,
) -> None:
    """Print labels: a code to scan, the number to type, the title."""
    from guide.database import Database
    from guide.publishing.labelling import label_museum

    with _said(), _house() as shelf, shelf[Database].reading() as session:
        settings = shelf[Settings]
        there = _museum(shelf, museum)
        body = label_museum(session, there, url or settings.public_url, size, language, settings.fonts, anyway=anyway)
        out.write_bytes(body)
        print(_say("command.labelled", file=out, stops=len(there.shown_stops)))


@app.command()
def numbers(
    museum: Annotated[str, typer.Argument(help="The museum's slug.")],
    days: Annotated[int, typer.Option(help="How many days back.", min=0, max=3650)] = 30,
) -> None:
    """How often stops were scanned, opened, played; small counts are never shown alone."""
    from guide.counters import report
    from guide.database import Database

    with _said(), _house() as shelf, shelf[Database].reading() as session:
        today = day_in(_museum(shelf, museum).sheet.time_zone, Clock().now())
        for row in report(session, museum, today - timedelta(days=days), today):
            print(f"{row.what}\t{row.key or '·'}\t{row.times}")


@contextmanager
def _house() -> Iterator[Shelf]:
    from guide.app import close, furnish

    shelf = furnish(Settings())
    try:
        yield shelf
    finally:
        close(shelf)


def _museum(shelf: Shelf, slug: str) -> Museum:
    from guide.publishing.publish import NothingPublished
    from guide.tours.catalogue import Catalogues

    found = shelf[Catalogues].renew().museums.get(slug)
    if found is None:
        raise NothingPublished(museum=slug)
    return found


@contextmanager
def _said() -> Iterator[None]:
    """An expected refusal is one sentence on standard error, and exit code 2."""
    from pydantic import ValidationError
    from sqlalchemy.exc import ArgumentError, DatabaseError

    from guide.publishing.mistakes import ContentMistakes

    try:
        yield
    except ContentMistakes as error:
        for mistake in error.mistakes:
            _note(mistake.said(_messages(), _language()))
        _note(_say("errors.ContentMistakes", count=len(error.mistakes)))
        raise typer.Exit(MISTAKE) from error
    except GuideError as error:
        raise _refused(f"errors.{error.code}", **error.facts) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = f"GUIDE_{'.'.join(map(str, first['loc'])).upper()}"
        raise _refused("command.bad-setting", name=name, problem=first["msg"]) from error
    except (DatabaseError, ArgumentError) as error:
        raise _refused("command.no-database", problem=str(error).partition("\n")[0]) from error
    except OSError as error:
        raise _refused("command.no-file", file=error.filename or "", problem=error.strerror or error) from error


def _refused(key: str, **facts: object) -> typer.Exit:
    _note(_say(key, **facts))
    return typer.Exit(MISTAKE)


def _messages() -> Messages:
    return shipped_messages()


def _language() -> str:
    """The language of the operator's terminal."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return choose([told.split(".")[0].replace("_", "-")], _messages().languages, "en")


def _say(key: str, /, **facts: object) -> str:
    return _messages().say(_language(), key, **facts)


def _note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
