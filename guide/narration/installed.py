"""The voices that an operator has installed: each a folder in GUIDE_HOME, with a note of what its files are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from guide.fetching import sha256_of
from guide.narration.voice_sheet import FileName, ModelSheet, Sha256, Strict, Terms

NOTE = "voice.yaml"
HIDDEN = "."


class KeptFile(Strict):
    out: FileName
    sha256: Sha256
    bytes: int


class Note(Strict):
    """What is written beside a model when it is installed."""

    engine: str
    voice: str
    licence: str
    terms: Terms
    files: tuple[KeptFile, ...]
    packages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A model in its folder."""

    folder: Path
    note: Note

    @property
    def hashes(self) -> dict[str, str]:
        return {file.out: file.sha256 for file in self.note.files}

    def is_all_of(self, model: ModelSheet) -> bool:
        return self.agrees_with(model) and all(file.out in self.hashes for file in model.files)

    def agrees_with(self, model: ModelSheet) -> bool:
        """Whether no file is another than the one that is wanted today: a model may have been renewed since."""
        there = [(file.sha256, self.hashes[file.out]) for file in model.files if file.out in self.hashes]
        return self.note.engine == model.engine and all(wanted in (None, found) for wanted, found in there)

    @property
    def whole(self) -> bool:
        """Every file is there to the byte: a broken one is what an operator installs anew for."""
        there = ((self.folder / file.out, file.sha256) for file in self.note.files)
        return all(path.is_file() and sha256_of(path) == sha256 for path, sha256 in there)


def folder_of(home: Path) -> Path:
    return home / "voices"


def installed(home: Path | None) -> dict[str, Kept]:
    """By name. A folder without a readable note is not a voice."""
    if home is None or not folder_of(home).is_dir():
        return {}
    names = sorted(path.name for path in folder_of(home).iterdir() if not path.name.startswith(HIDDEN))
    found = {name: kept(folder_of(home) / name) for name in names}
    return {name: model for name, model in found.items() if model}


def kept(folder: Path) -> Kept | None:
    try:
        return Kept(folder, Note.model_validate(yaml.load((folder / NOTE).read_text("utf-8"), yaml.CSafeLoader)))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
        return None


def write_note(folder: Path, name: str, model: ModelSheet, hashes: Mapping[str, str]) -> Kept:
    files = tuple(KeptFile(out=out, sha256=sha256, bytes=_length(folder / out) or 0) for out, sha256 in hashes.items())
    note = Note(
        engine=model.engine,
        voice=name,
        licence=model.licence,
        terms=model.terms,
        files=files,
        packages=model.packages,
    )
    facts: dict[str, Any] = note.model_dump(mode="json")
    (folder / NOTE).write_text(yaml.safe_dump(facts, sort_keys=False, allow_unicode=True), "utf-8")
    return Kept(folder, note)


def _length(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
