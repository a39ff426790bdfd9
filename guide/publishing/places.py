"""Floor plans and what a map is drawn of: checked before they are taken in, handed out where visitors need them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from guide.publishing.files import Folder
from guide.publishing.mistakes import Mistake
from guide.publishing.yaml_file import Place
from guide.storage import Storage
from guide.tours import drawings, grounds, tiles
from guide.tours.content import Grounds, MuseumSheet
from guide.tours.originals import original

DRAWING_LIMIT = 2 << 20
TILES_LIMIT = 200 << 20


def read_places(folder: Folder, sheet: MuseumSheet) -> Mapping[str, str]:
    """The museum's own files that are as they should be, and their hashes."""
    kept = {floor.svg: _plan(folder, sheet, place) for place, floor in enumerate(sheet.floors)}
    if sheet.map:
        kept |= _grounds(folder, sheet.map)
    return {file: name for file, name in kept.items() if name}


def _plan(folder: Folder, sheet: MuseumSheet, place: int) -> str | None:
    floor, named = sheet.floors[place], ("floors", place, "svg")
    if floor.id in {other.id for other in sheet.floors[:place]}:
        folder.mistake_in("museum.yaml", ("floors", place, "id"), "floor-twice", floor=floor.id)
    if not floor.svg.lower().endswith(".svg"):
        folder.mistake_in("museum.yaml", named, "plan-not-svg", file=floor.svg)
        return None
    kept = folder.picture(floor.svg, "museum.yaml", named)
    if kept and drawings.size((folder.root / floor.svg).read_bytes()) is None:
        folder.mistake(floor.svg, "plan-without-box")
    return kept


def _grounds(folder: Folder, told: Grounds) -> dict[str, str | None]:
    kept: dict[str, str | None] = {}
    if told.drawing:
        raw = _named(folder, told.drawing, ("map", "drawing"), DRAWING_LIMIT)
        kept[told.drawing] = _drawn(folder, told.drawing, raw) if raw is not None else None
    if told.tiles:
        raw = _named(folder, told.tiles, ("map", "tiles"), TILES_LIMIT)
        kept[told.tiles] = _tiled(folder, told.tiles, raw) if raw is not None else None
    return kept


def _named(folder: Folder, file: str, place: Place, limit: int) -> bytes | None:
    if (folder.root / file).is_file():
        return folder.body(file, limit)
    folder.mistake_in("museum.yaml", place, "names-missing-file", file=file)
    return None


def _drawn(folder: Folder, file: str, raw: bytes) -> str | None:
    try:
        grounds.drawing(raw)
    except grounds.NotADrawing as wrong:
        folder.mistakes.append(Mistake(file, wrong.kind, wrong.facts, wrong.line))
        return None
    return _hash(raw)


def _tiled(folder: Folder, file: str, raw: bytes) -> str | None:
    if tiles.are_tiles(raw):
        return _hash(raw)
    folder.mistake(file, "tiles-broken")
    return None


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def show_tiles(storage: Storage, files: Mapping[str, str], sheet: MuseumSheet) -> None:
    """A phone asks for a few tiles of the file at a time, by ranges."""
    file = sheet.map.tiles if sheet.map else None
    if file and (name := files.get(file)) and storage.path(tiles.shown_name(name)) is None:
        storage.put(tiles.shown_name(name), original(storage, file, name))
