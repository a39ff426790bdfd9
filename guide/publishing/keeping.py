"""The files of an edition: originals are kept for export, and beside them what visitors are shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from guide.errors import NotFound
from guide.storage import Storage
from guide.tours import pictures
from guide.tours.originals import original, original_name


class FileChanged(NotFound):
    """A file changed while it was being published; publishing again takes the new one."""


def keep_files(storage: Storage, root: Path, files: Mapping[str, str]) -> None:
    for path, name in files.items():
        original = original_name(path, name)
        if storage.path(original) is None:
            storage.put(original, _read(root / path, path, name))


def show_pictures(storage: Storage, paths: Iterable[tuple[str, str]]) -> None:
    """Make the public copy of each picture that has none yet."""
    for path, name in paths:
        if pictures.is_picture(path) and storage.path(pictures.shown_name(path, name)) is None:
            body = pictures.shown(original(storage, path, name), path)
            storage.put(pictures.shown_name(path, name), body)


def _read(path: Path, shown: str, name: str) -> bytes:
    body = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(body).hexdigest() != name:
        raise FileChanged(file=shown)
    return body
