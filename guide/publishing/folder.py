"""A museum's folder, read whole: every mistake is found before anything is taken in.

museum.yaml   stops/<slug>/   tours/<slug>.yaml   lexicon/<language>.yaml   faq/<language>.yaml
<floor plan>.svg   <map>.geojson   <map>.pmtiles
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from guide.narration.scribe import Scribe
from guide.publishing.agreement import check_agreement
from guide.publishing.files import Folder, signature
from guide.publishing.known import KnownStop
from guide.publishing.mistakes import ContentMistakes
from guide.publishing.places import read_places
from guide.publishing.stop_folder import StopFolder, read_stop
from guide.tours.content import RESERVED, LexiconEntry, MuseumSheet, Question, Tour
from guide.tours.shapes import Slug, written

ROOMS = frozenset({"stops", "tours", "lexicon", "faq"})
SHAPES = "2"
"""Raise it when reading changes what a folder means: then nothing counts as unchanged."""


@dataclass
class MuseumFolder:
    slug: str
    root: Path
    sheet: MuseumSheet
    stops: dict[str, StopFolder] = field(default_factory=dict)
    """The stops that were read anew."""
    unchanged: dict[str, KnownStop] = field(default_factory=dict)
    signatures: dict[str, str] = field(default_factory=dict)
    tours: dict[str, Tour] = field(default_factory=dict)
    lexicons: dict[str, list[LexiconEntry]] = field(default_factory=dict)
    faqs: dict[str, list[Question]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """The museum's own files, floor plans and what its map is drawn of; a stop's are with the stop."""

    def slugs(self) -> list[str]:
        return sorted([*self.stops, *self.unchanged])

    def has(self, slug: str) -> bool:
        return slug in self.stops or slug in self.unchanged


def read_folder(
    root: Path,
    slug: str,
    known: Mapping[str, KnownStop] | None = None,
    now: datetime | None = None,
    scribe: Scribe | None = None,
) -> MuseumFolder:
    """Read what changed between `known` and `now`; raise all mistakes at once."""
    folder = Folder(root, scribe=scribe)
    museum = _read_museum(folder, root, slug)
    if museum is None:
        raise ContentMistakes(folder.mistakes)
    _check_rooms(folder, museum.sheet)
    _read_stops(folder, museum, known or {}, int(now.timestamp()) * 1_000_000_000 if now else 0)
    _read_tours(folder, museum)
    _read_word_lists(folder, museum)
    museum.files.update(read_places(folder, museum.sheet))
    check_agreement(folder, museum)
    if folder.mistakes:
        raise ContentMistakes(folder.mistakes)
    return museum


def museum_folders(root: Path) -> list[Path]:
    """The museums in a folder: itself, or the folders in it that hold a museum.yaml."""
    if (root / "museum.yaml").is_file():
        return [root]
    return sorted(path.parent for path in root.glob("*/museum.yaml"))


def _read_museum(folder: Folder, root: Path, slug: str) -> MuseumFolder | None:
    if not is_slug(slug):
        folder.mistake("museum.yaml", "bad-slug", slug=slug)
    elif slug in RESERVED:
        folder.mistake("museum.yaml", "reserved-slug", slug=slug)
    sheet = folder.yaml(MuseumSheet, "museum.yaml")
    return MuseumFolder(slug, root, sheet) if sheet else None


_SLUG: TypeAdapter[str] = TypeAdapter(Slug)


def is_slug(name: str) -> bool:
    try:
        _SLUG.validate_python(name)
    except ValidationError:
        return False
    return True


def _check_rooms(folder: Folder, sheet: MuseumSheet) -> None:
    """A misspelt `stop/` would otherwise be a museum without stops."""
    grounds = (sheet.map.drawing, sheet.map.tiles) if sheet.map else ()
    named = {file.split("/")[0] for file in (*(floor.svg for floor in sheet.floors), *grounds) if file}
    for name in folder.names():
        strange = name not in ROOMS if (folder.root / name).is_dir() else name.endswith((".yaml", ".yml"))
        if strange and name not in ("museum.yaml", *named):
            folder.mistake(name, "unknown-file")


def _read_stops(folder: Folder, museum: MuseumFolder, known: Mapping[str, KnownStop], now_ns: int) -> None:
    beside = SHAPES + json.dumps(written(museum.sheet), sort_keys=True)
    for name in folder.names("stops"):
        path = os.path.join(folder.root, "stops", name)  # noqa: PTH118  # ten thousand times
        if not os.path.isdir(path):  # noqa: PTH112  # the same
            folder.mistake(f"stops/{name}", "unknown-file")
        elif not is_slug(name):
            folder.mistake(f"stops/{name}", "bad-slug", slug=name)
        else:
            museum.signatures[name] = signature(path, beside, now_ns)
            _read_changed(folder, museum, name, known.get(name))


def _read_changed(folder: Folder, museum: MuseumFolder, name: str, before: KnownStop | None) -> None:
    if before and before.signature and before.signature == museum.signatures[name]:
        museum.unchanged[name] = before
    else:
        museum.stops[name] = read_stop(folder, name, museum.sheet)


def _read_tours(folder: Folder, museum: MuseumFolder) -> None:
    for name in _yaml_names(folder, "tours"):
        file = f"tours/{name}.yaml"
        if not is_slug(name):
            folder.mistake(file, "bad-slug", slug=name)
        elif tour := folder.yaml(Tour, file):
            museum.tours[name] = tour


def _read_word_lists(folder: Folder, museum: MuseumFolder) -> None:
    for name in _yaml_names(folder, "lexicon"):
        if _is_language(folder, museum, f"lexicon/{name}.yaml", name):
            museum.lexicons[name] = folder.yaml(list[LexiconEntry], f"lexicon/{name}.yaml") or []
    for name in _yaml_names(folder, "faq"):
        if _is_language(folder, museum, f"faq/{name}.yaml", name):
            museum.faqs[name] = folder.yaml(list[Question], f"faq/{name}.yaml") or []


def _yaml_names(folder: Folder, under: str) -> list[str]:
    for name in folder.names(under):
        if not name.endswith(".yaml"):
            folder.mistake(f"{under}/{name}", "unknown-file")
    return [name[:-5] for name in folder.names(under) if name.endswith(".yaml")]


def _is_language(folder: Folder, museum: MuseumFolder, file: str, tag: str) -> bool:
    if tag not in museum.sheet.languages:
        folder.mistake(file, "strange-language", tag=tag)
    return tag in museum.sheet.languages
