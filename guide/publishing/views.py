"""What can be looked at closely is checked before it is taken in: each kind by what its viewer can show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from guide.publishing.files import Folder
from guide.publishing.mistakes import Mistake
from guide.publishing.yaml_file import Place
from guide.tours.content import Seeing
from guide.visit.seeing import captions, films, large_pictures, models
from guide.visit.seeing.flaws import Flaw

Check = Callable[[bytes, str], Flaw | None]


def _model_flaw(raw: bytes, ending: str) -> Flaw | None:
    return models.flaw(raw) if ending == "glb" else Flaw("model-format")


CHECKS: dict[str, tuple[int, Check]] = {
    "model": (models.MOST_MEGABYTES, _model_flaw),
    "panorama": (large_pictures.MOST_MEGABYTES, large_pictures.round_flaw),
    "deepzoom": (large_pictures.MOST_MEGABYTES, large_pictures.deep_flaw),
    "sign": (films.MOST_MEGABYTES, films.flaw),
}


def read_views(folder: Folder, here: str, sheet: str, seeing: Sequence[Seeing]) -> dict[str, str]:
    """The files that can be shown, and their hashes."""
    found = (taken for place, seen in enumerate(seeing) for taken in _taken(folder, here, sheet, place, seen))
    return dict(found)


def _taken(folder: Folder, here: str, sheet: str, place: int, seen: Seeing) -> Iterator[tuple[str, str]]:
    mistaken = partial(folder.mistake_in, sheet, ("seeing", place))
    if seen.kind == "description":
        if seen.file:
            mistaken("description-file", file=seen.file)
    elif seen.file is None:
        mistaken("view-without-file", kind=seen.kind)
    else:
        most, check = CHECKS[seen.kind]
        yield from _file(folder, here, sheet, ("seeing", place, "file"), seen.file, most << 20, check)
    if seen.kind != "sign" and seen.captions:
        mistaken("captions-unneeded")
    if seen.kind == "sign" and not seen.captions:
        mistaken("film-without-captions")
    for tag, file in seen.captions.items() if seen.kind == "sign" else ():
        named = ("seeing", place, "captions", tag)
        yield from _file(folder, here, sheet, named, file, captions.MOST_KILOBYTES << 10, _captions_flaw)


def _captions_flaw(raw: bytes, _: str) -> Flaw | None:
    return captions.flaw(raw)


def _file(
    folder: Folder, here: str, sheet: str, named: Place, file: str, limit: int, check: Check
) -> Iterator[tuple[str, str]]:
    raw = folder.named(f"{here}/{file}", sheet, named, limit)
    if raw is None:
        return
    if flaw := check(raw, file.rsplit(".", 1)[-1].lower()):
        folder.mistakes.append(Mistake(f"{here}/{file}", flaw.kind, flaw.facts, flaw.line))
    else:
        yield file, hashlib.sha256(raw).hexdigest()
