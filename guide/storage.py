"""Where bytes are kept: recordings, images and indexes, each written aside and then renamed into place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Storage(Protocol):
    """Names are relative paths such as `media/ab12.mp3`. A name's bytes never change."""

    def put(self, name: str, body: bytes) -> None: ...
    def path(self, name: str) -> Path | None:
        """A file to read the bytes from, or None where the name is not kept."""
        ...

    def names(self, under: str) -> Iterator[str]: ...
    def remove(self, name: str) -> None: ...


class Folder:
    """Storage in one folder. A reader finds a whole file or none, also after a power cut."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, body: bytes) -> None:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            self._write(aside, body)
            aside.replace(target)
            self._settle(target.parent)
        finally:
            aside.unlink(missing_ok=True)

    @staticmethod
    def _write(aside: Path, body: bytes) -> None:
        with aside.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())

    @staticmethod
    def _settle(folder: Path) -> None:
        """The new name, too, is on the disk before anything is said to be kept."""
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)

    def path(self, name: str) -> Path | None:
        target = self.root / name
        return target if target.is_file() else None

    def names(self, under: str) -> Iterator[str]:
        for path in sorted((self.root / under).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.root).as_posix()

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)
