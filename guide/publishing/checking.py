"""Checking folders without publishing them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guide.narration.scribe import Scribe
from guide.publishing.folder import MuseumFolder, museum_folders, read_folder
from guide.publishing.mistakes import ContentMistakes, Mistake


def check_folders(root: Path, scribe: Scribe | None = None) -> Iterator[MuseumFolder]:
    """Each museum read whole; the mistakes of all of them are raised together at the end."""
    folders, mistakes = museum_folders(root), list[Mistake]()
    if not folders:
        raise ContentMistakes([Mistake(str(root / "museum.yaml"), "no-museum")])
    for folder in folders:
        try:
            yield read_folder(folder, folder.resolve().name, scribe=scribe)
        except ContentMistakes as error:
            mistakes += [Mistake(str(folder / m.file), m.kind, m.facts, m.line) for m in error.mistakes]
    if mistakes:
        raise ContentMistakes(mistakes)
