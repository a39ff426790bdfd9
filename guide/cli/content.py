"""Commands for a museum's content: check, publish, export, labels, numbers, tidy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guide.cli.operator import house, language_here, messages, museum_named, note, said, say, voices_here
from guide.clock import Clock, day_in
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.narration.scribe import Scribe
    from guide.publishing.publish import Press

app = typer.Typer()
LONG = 60
"""Seconds of a recording from which on it is said how far the ear has come."""


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="A museum's folder, or a folder of museums.")] = Path("content"),
) -> None:
    """Check content: every mistake with its file and line. Nothing is changed."""
    from guide.narration.pronouncing import unsayable
    from guide.publishing.checking import check_folders

    with said(), voices_here() as voices, _scribe() as scribe:
        for museum in check_folders(folder, scribe):
            print(say("command.checked", museum=museum.slug, stops=len(museum.slugs())))
            for language, entries in museum.lexicons.items():
                for one in unsayable(voices, language, entries):
                    note(say("command.unsayable", word=one.word, sound=one.sound, voice=one.voice))


@contextmanager
def _scribe() -> Iterator[Scribe | None]:
    """Who writes down what an ear hears of people's recordings, where there is an ear."""
    from guide.narration.ear import open_ear
    from guide.narration.scribe import Scribe
    from guide.storage import Folder

    settings = Settings()
    ear = open_ear(settings.home)
    try:
        yield Scribe(ear, Folder(settings.home), _heard, _doubted) if ear else None
    finally:
        if ear:
            ear.close()


def _heard(seconds: float, whole: float) -> None:
    if whole > LONG:
        note(say("command.heard", minutes=round(seconds / 60, 1), whole=round(whole / 60, 1)))


def _doubting(press: Press) -> Press:
    """One who says here which recordings a person should hear."""
    from dataclasses import replace

    return replace(press, scribe=replace(press.scribe, doubt=_doubted)) if press.scribe else press


def _doubted(file: str) -> None:
    note(say("command.unfollowed", file=file))


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="The museum's folder.")],
    museum: Annotated[str | None, typer.Option(help="The museum's slug; the folder's name when not given.")] = None,
    no_audio: Annotated[bool, typer.Option("--no-audio", help="Make recordings on demand.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Read everything anew, whatever is there.")] = False,
) -> None:
    """Make a new edition from a folder, with recordings and indexes, and show it."""
    from dataclasses import asdict

    from guide.publishing.behind import record_best
    from guide.publishing.deriving import Deriving
    from guide.publishing.publish import Press

    with said(), house() as shelf:
        deriving = Deriving.of(shelf, note)
        derive = deriving.without_audio if no_audio else deriving.everything
        slug = museum or folder.resolve().name
        outcome = _doubting(shelf[Press]).publish(folder, slug, Clock().now(), derive, replace=replace)
        for line in outcome.lines(messages(), language_here()):
            print(line)
        if not no_audio:
            elsewhere = not record_best(deriving, museum_named(shelf, slug), shelf[Settings].home)
            print(say("command.recordings", **asdict(deriving.tally)))
            if elsewhere:
                note(say("command.recorded-elsewhere"))


@app.command()
def export(
    museum: Annotated[str, typer.Argument(help="The museum's slug.")],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Write a museum back to a folder; publishing it again changes nothing."""
    from guide.publishing.export import export as write
    from guide.storage import Storage

    with said(), house() as shelf:
        write(museum_named(shelf, museum), shelf[Storage], folder)  # type: ignore[type-abstract]  # a Protocol is its key
        print(say("command.exported", museum=museum, folder=folder))


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

    with said(), house() as shelf, shelf[Database].reading() as session:
        settings = shelf[Settings]
        there = museum_named(shelf, museum)
        body = label_museum(session, there, url or settings.public_url, size, language, settings.fonts, anyway=anyway)
        out.write_bytes(body)
        print(say("command.labelled", file=out, stops=len(there.shown_stops)))


@app.command()
def numbers(
    museum: Annotated[str, typer.Argument(help="The museum's slug.")],
    days: Annotated[int, typer.Option(help="How many days back.", min=0, max=3650)] = 30,
    words: Annotated[bool, typer.Option("--words", help="Also what visitors wrote.")] = False,
) -> None:
    """How often stops were scanned, opened, played, and what visitors thought; small counts are never shown alone."""
    from guide.counters import report
    from guide.database import Database
    from guide.visit.feedback import opinions

    with said(), house() as shelf, shelf[Database].reading() as session:
        today = day_in(museum_named(shelf, museum).sheet.time_zone, Clock().now())
        since = today - timedelta(days=days)
        for row in (*report(session, museum, since, today), *opinions.totals(session, museum, since, today)):
            print(f"{row.what}\t{row.key or '·'}\t{row.times}")
        for face, about, text in opinions.words(session, museum, since, today) if words else ():
            print(f"words-{face}\t{about}\t{text}")


@app.command()
def tidy(
    days: Annotated[int, typer.Option(help="Leave alone what is younger than this many days.", min=0)] = 7,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be freed.")] = False,
) -> None:
    """Remove recordings that no edition names any more."""
    from guide.database import Database
    from guide.narration.library import Library
    from guide.narration.tidying import Tidying
    from guide.storage import Storage

    with said(), house() as shelf:
        tidying = Tidying(shelf[Database], shelf[Storage], shelf[Library])  # type: ignore[type-abstract]  # a Protocol is its key
        act = tidying.would_free if dry_run else tidying.tidy
        freed = act(Clock().now(), timedelta(days=days))
        key = "command.would-tidy" if dry_run else "command.tidied"
        print(say(key, recordings=freed.recordings, files=freed.files, megabytes=round(freed.bytes / 1_000_000, 1)))
