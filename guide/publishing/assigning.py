"""Numbers and codes are given once and kept; a folder that disappears is withdrawn, a renamed one keeps what it had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guide.publishing.files import Folder
from guide.publishing.folder import MuseumFolder
from guide.publishing.known import KnownStop
from guide.publishing.mistakes import ContentMistakes
from guide.publishing.stop_folder import StopFolder
from guide.tours import codes
from guide.tours.content import Stop, Withdrawn
from guide.tours.editions import document

FIRST_NUMBER = 101


@dataclass(frozen=True)
class Known:
    """What was given before and must be kept."""

    stops: Mapping[str, KnownStop]
    """What the last import of this museum saw."""
    elsewhere: Mapping[str, str]
    """The codes of the other museums here, and whose they are: a code leads to one place."""


@dataclass(frozen=True)
class Assigned:
    rows: dict[str, KnownStop]
    bodies: dict[str, bytes]
    """The documents that are new or changed, by hash."""

    def files(self) -> dict[str, str]:
        return {f"stops/{slug}/{name}": kept for slug, row in self.rows.items() for name, kept in row.files.items()}


def assign(museum: MuseumFolder, known: Known, gone: Mapping[str, Stop], today: date) -> Assigned:
    """`gone` are the stops that were known and have no folder any more."""
    _check_kept(museum, known)
    rows, bodies = dict(museum.unchanged), dict[str, bytes]()
    rows.update({slug: _withdrawn(stop, known.stops[slug], today, bodies) for slug, stop in gone.items()})
    numbers, taken = _free_numbers(museum, known, rows), _taken_codes(museum, known)
    for slug, folder in sorted(museum.stops.items()):
        before = prior(folder, museum, known.stops)
        number = folder.sheet.number or (before.number if before else next(numbers))
        code = folder.sheet.code or (before.code if before else _derived(museum.slug, folder, taken))
        taken.add(code)
        rows[slug] = _row(museum, folder, _stop(folder, number, code), bodies)
    return Assigned(rows, bodies)


def disappeared(museum: MuseumFolder, known: Mapping[str, KnownStop]) -> list[str]:
    """The stops that were known and that no folder continues, under their own name or a new one."""
    befores = (prior(folder, museum, known) for folder in museum.stops.values())
    continued = {before.slug for before in befores if before}
    return sorted(set(known) - set(museum.slugs()) - continued)


def prior(folder: StopFolder, museum: MuseumFolder, known: Mapping[str, KnownStop]) -> KnownStop | None:
    """What is known of the stop under its own name, or else under the last of its former names."""
    former = [name for name in reversed(folder.sheet.formerly) if not museum.has(name)]
    return next((known[name] for name in (folder.slug, *former) if name in known), None)


def _check_kept(museum: MuseumFolder, known: Known) -> None:
    """A number or code on a printed label must not pass to another stop, nor die."""
    folder = Folder(museum.root)
    numbers = {row.number: slug for slug, row in known.stops.items()}
    codes_kept = {**known.elsewhere, **{row.code: slug for slug, row in known.stops.items()}}
    for stop in museum.stops.values():
        before = prior(stop, museum, known.stops)
        own = (None, stop.slug, before.slug if before else None)
        if before and before.code_written and stop.sheet.code not in (None, before.code):
            folder.mistake_in(stop.sheet_file, ("code",), "code-changed", code=before.code)
        if (other := codes_kept.get(stop.sheet.code or "")) not in own:
            folder.mistake_in(stop.sheet_file, ("code",), "code-twice", value=stop.sheet.code, other=other)
        if (other := numbers.get(stop.sheet.number or 0)) not in own and _keeps_number(other, museum):
            folder.mistake_in(stop.sheet_file, ("number",), "number-kept", value=stop.sheet.number, other=other)
    if folder.mistakes:
        raise ContentMistakes(folder.mistakes)


def _keeps_number(holder: str | None, museum: MuseumFolder) -> bool:
    """Whether a stop still holds its number: not when its own sheet now says another."""
    folder = museum.stops.get(holder or "")
    return folder is None or folder.sheet.number is None


def _free_numbers(museum: MuseumFolder, known: Known, rows: Mapping[str, KnownStop]) -> Iterator[int]:
    taken = {row.number for row in (*known.stops.values(), *rows.values())}
    taken |= {folder.sheet.number for folder in museum.stops.values() if folder.sheet.number}
    number = FIRST_NUMBER
    while True:
        if number not in taken:
            yield number
        number += 1


def _taken_codes(museum: MuseumFolder, known: Known) -> set[str]:
    kept = {row.code for row in known.stops.values()} | set(known.elsewhere)
    return kept | {folder.sheet.code for folder in museum.stops.values() if folder.sheet.code}


def _derived(museum: str, folder: StopFolder, taken: set[str]) -> str:
    first_slug = next(iter(folder.sheet.formerly), folder.slug)
    return codes.derive(museum, first_slug, taken)


def _stop(folder: StopFolder, number: int, code: str) -> Stop:
    sheet = {name: getattr(folder.sheet, name) for name in type(folder.sheet).model_fields}
    kept = {"number": number, "code": code, "texts": folder.texts, "variants": folder.variants}
    return Stop.model_construct(**{**sheet, **kept, "slug": folder.slug, "recordings": folder.recordings})


def _row(museum: MuseumFolder, folder: StopFolder, stop: Stop, bodies: dict[str, bytes]) -> KnownStop:
    name, body = document(stop)
    bodies[name] = body
    return KnownStop(
        slug=stop.slug,
        signature="" if _speaks_of_others(stop) else museum.signatures[stop.slug],
        document=name,
        number=stop.number,
        code=stop.code,
        code_written=folder.sheet.code is not None,
        formerly=tuple(stop.formerly),
        files=folder.files,
    )


def _speaks_of_others(stop: Stop) -> bool:
    """What such a stop means depends on other folders, so it is read anew each time; there are few."""
    return stop.status != "open" or stop.withdrawn is not None


def _withdrawn(stop: Stop, row: KnownStop, today: date, bodies: dict[str, bytes]) -> KnownStop:
    """The stop stays in the edition, so that its code and its address still lead to a word of explanation."""
    if stop.withdrawn is None:
        stop = stop.model_copy(update={"withdrawn": Withdrawn(since=today)})
    name, body = document(stop)
    bodies[name] = body
    return row._replace(document=name, signature="")
