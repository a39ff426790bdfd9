"""A museum's labels: refused where a printed code could die with this installation."""

from __future__ import annotations

from pathlib import Path
from typing import cast, get_args

from sqlmodel import Session

from guide.errors import Conflict, Unusable
from guide.publishing.known import KnownStop, known_stops
from guide.settings import web_address
from guide.tours.catalogue import Museum
from guide.tours.labels import Label, Size, label_sheet


class NoPublicAddress(Unusable):
    """A label without the address that visitors use would lead nowhere."""


class NotAnAddress(Unusable):
    """A code with this in it would lead nowhere."""


class NoSuchLanguage(Unusable):
    """Labels come in the museum's languages."""


class CodesNotWritten(Conflict):
    """Some codes stand only in this installation: export writes them to the folder."""


class NoSuchSize(Unusable):
    """Labels come in a few sizes."""


def label_museum(
    session: Session,
    museum: Museum,
    url: str | None,
    size: str,
    language: str | None,
    fonts: Path | None,
    *,
    anyway: bool,
) -> bytes:
    address = _address(url)
    if language and language not in museum.sheet.languages:
        raise NoSuchLanguage(museum=museum.slug, language=language)
    if size not in get_args(Size):
        raise NoSuchSize(size=size, sizes=", ".join(get_args(Size)))
    known = known_stops(session, museum.slug)
    unwritten = [stop.slug for stop in museum.shown_stops if not _is_written(known.get(stop.slug))]
    if unwritten and not anyway:
        raise CodesNotWritten(museum=museum.slug, count=len(unwritten), stops=", ".join(unwritten[:5]))
    labels = _labels(museum, address, language or museum.sheet.source_language)
    return label_sheet(labels, cast(Size, size), fonts)


def _address(url: str | None) -> str:
    if not url:
        raise NoPublicAddress
    try:
        return web_address(url)
    except ValueError as error:
        raise NotAnAddress(url=url) from error


def _is_written(row: KnownStop | None) -> bool:
    return row is not None and row.code_written


def _labels(museum: Museum, url: str, language: str) -> list[Label]:
    made = []
    for stop in museum.shown_stops:
        text, found = museum.text(stop, language)
        name = museum.say(museum.sheet.name, language)
        made.append(Label(f"{url}/q/{stop.code}", stop.number, stop.code, text.title, name, found))
    return made
