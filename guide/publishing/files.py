"""Reading a museum's files: nothing outside its folder, nothing too large, and quick to see what changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from guide.narration.scribe import Scribe
from guide.narration.script import Script
from guide.publishing.mistakes import Mistake
from guide.publishing.yaml_file import Mistaken, Place, Unreadable, line_of, parse, text_of
from guide.tours import pictures

T = TypeVar("T")
TEXT_LIMIT = 1 << 20
PICTURE_LIMIT = 20 << 20
SOUND_LIMIT = 200 << 20
SOUNDS = ("mp3", "wav", "m4a")
SOUND_MISTAKES = {
    "RecordingUnreadable": "sound-broken",
    "RecordingSilent": "sound-silent",
    "RecordingTooLong": "sound-too-long",
    "RecordingTooLarge": "sound-too-long",
    "RecordingOfAnotherText": "sound-another-text",
}
IGNORED = frozenset({"Thumbs.db", "desktop.ini"})
TOO_FRESH_NS = 2_000_000_000
"""A file that was touched this short a time ago could be touched again without its times telling."""


@dataclass
class Folder:
    """One folder being read: what goes wrong is noted, and reading goes on, so that an editor sees it all at once."""

    root: Path
    mistakes: list[Mistake] = field(default_factory=list)
    scribe: Scribe | None = None
    """Who listens to recordings, where there is an ear."""

    def mistake(self, at: str, kind: str, /, **facts: object) -> None:
        self.mistakes.append(Mistake(at, kind, facts))

    def mistake_in(self, file: str, place: Place, kind: str, /, **facts: object) -> None:
        """A mistake at one key of a YAML file that can be read."""
        path = self.root / file
        line = line_of(text_of(path.read_bytes(), file), place) if path.is_file() else 1
        self.mistakes.append(Mistake(file, kind, facts, line))

    def names(self, under: str = "") -> list[str]:
        """The plain files and folders in a folder, in order, hidden ones left out."""
        folder = self.root / under
        if not folder.is_dir():
            return []
        return sorted(entry.name for entry in os.scandir(folder) if entry.name not in IGNORED and entry.name[0] != ".")

    def body(self, file: str, limit: int) -> bytes | None:
        path = self.root / file
        if not path.is_file():
            self.mistake(file, "no-such-file")
        elif not path.resolve().is_relative_to(self.root.resolve()):
            self.mistake(file, "leaves-folder")
        elif (size := path.stat().st_size) > limit:
            self.mistake(file, "too-large", size=-(-size >> 20), limit=limit >> 20)
        else:
            return path.read_bytes()
        return None

    def text(self, file: str) -> str | None:
        raw = self.body(file, TEXT_LIMIT)
        return None if raw is None else self._noting(lambda: text_of(raw, file))

    def yaml(self, shape: type[T], file: str) -> T | None:
        text = self.text(file)
        return None if text is None else self._noting(lambda: parse(shape, text, file))

    def picture(self, file: str, named_in: str, place: Place) -> str | None:
        """The hash of a picture that can be shown."""
        raw = self.named(file, named_in, place, PICTURE_LIMIT)
        problem = pictures.problem(raw, file) if raw is not None else None
        if raw is not None and problem:
            self.mistakes.append(Mistake(file, problem, line=pictures.line_of_problem(raw, file)))
        return None if raw is None or problem else hashlib.sha256(raw).hexdigest()

    def recording(self, file: str, script: Script | None = None) -> str | None:
        """The hash of a recording that can be heard, and tells this where somebody can tell."""
        raw = self.body(file, SOUND_LIMIT)
        if raw is None:
            return None
        from guide.narration.given import refused  # codecs are heavy, and few folders hold a recording

        if problem := refused(raw, file.rsplit(".", 1)[-1].lower(), script, self.scribe, file):
            self.mistake(file, SOUND_MISTAKES[problem.code], **problem.facts)
            return None
        return hashlib.sha256(raw).hexdigest()

    def named(self, file: str, named_in: str, place: Place, limit: int) -> bytes | None:
        """What a sheet names; where it is not there, the line that names it is told."""
        if (self.root / file).is_file():
            return self.body(file, limit)
        self.mistake_in(named_in, place, "names-missing-file", file=file)
        return None

    def _noting(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Unreadable as error:
            self.mistakes.append(error.mistake)
        except Mistaken as error:
            self.mistakes.extend(error.mistakes)
        return None


def signature(folder: str, beside: str, now_ns: int) -> str:
    """What a folder looks like from outside: equal means unchanged. Empty when that cannot be told from outside."""
    looks = [beside]
    for name, seen in _looks(folder):
        touched = max(seen.st_mtime_ns, seen.st_ctime_ns)
        if touched > now_ns - TOO_FRESH_NS or stat.S_ISLNK(seen.st_mode):
            return ""
        looks.append(f"{name}\0{seen.st_size}\0{touched}\0{seen.st_ino}")
    return hashlib.sha256("\n".join(looks).encode(errors="surrogateescape")).hexdigest()


def _looks(folder: str, above: str = "") -> Iterator[tuple[str, os.stat_result]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        yield above + entry.name, entry.stat(follow_symlinks=False)
        if entry.is_dir(follow_symlinks=False):
            yield from _looks(entry.path, f"{above}{entry.name}/")
