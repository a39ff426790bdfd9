"""What every command shares: the operator's language, a refusal in one sentence, the house opened and closed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from guide.errors import GuideError
from guide.language import Messages, choose, shipped_messages
from guide.settings import Settings

if TYPE_CHECKING:
    from guide.narration.voices import Voices
    from guide.shelf import Shelf
    from guide.tours.catalogue import Museum

MISTAKE = 2


@contextmanager
def house(log_level: str | None = None) -> Iterator[Shelf]:
    """`log_level` for a command that says itself what became of it."""
    from guide.app import close, furnish

    settings = Settings()
    shelf = furnish(settings.model_copy(update={"log_level": log_level or settings.log_level}))
    try:
        yield shelf
    finally:
        close(shelf)


@contextmanager
def voices_here() -> Iterator[Voices]:
    from guide.app import SHEET
    from guide.narration.voices import Voices

    voices = Voices.load(SHEET, Settings().home)
    try:
        yield voices
    finally:
        voices.close()


def museum_named(shelf: Shelf, slug: str) -> Museum:
    from guide.publishing.publish import NothingPublished
    from guide.tours.catalogue import Catalogues

    found = shelf[Catalogues].renew().museums.get(slug)
    if found is None:
        raise NothingPublished(museum=slug)
    return found


@contextmanager
def said() -> Iterator[None]:
    """An expected refusal is one sentence on standard error, and exit code 2."""
    from pydantic import ValidationError
    from sqlalchemy.exc import ArgumentError, DatabaseError

    from guide.publishing.mistakes import ContentMistakes

    try:
        yield
    except ContentMistakes as error:
        for mistake in error.mistakes:
            note(mistake.said(messages(), language_here()))
        note(say("errors.ContentMistakes", count=len(error.mistakes)))
        raise typer.Exit(MISTAKE) from error
    except GuideError as error:
        raise refused(f"errors.{error.code}", **error.facts) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = f"GUIDE_{'.'.join(map(str, first['loc'])).upper()}"
        raise refused("command.bad-setting", name=name, problem=first["msg"]) from error
    except (DatabaseError, ArgumentError) as error:
        raise refused("command.no-database", problem=str(error).partition("\n")[0]) from error
    except OSError as error:
        raise refused("command.no-file", file=error.filename or "", problem=error.strerror or error) from error


def refused(key: str, **facts: object) -> typer.Exit:
    note(say(key, **facts))
    return typer.Exit(MISTAKE)


def messages() -> Messages:
    return shipped_messages()


def language_here() -> str:
    """The language of the operator's terminal."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return choose([told.split(".")[0].replace("_", "-")], messages().languages, "en")


def say(key: str, /, **facts: object) -> str:
    return messages().say(language_here(), key, **facts)


def note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
