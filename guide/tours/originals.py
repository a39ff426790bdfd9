"""What a museum handed in, kept byte for byte under its hash: for export, and to make public copies from."""

from __future__ import annotations

from guide.errors import NotFound
from guide.storage import Storage


class FileLost(NotFound):
    """A file that an edition names is no longer kept."""


def original_name(path: str, name: str) -> str:
    return f"files/{name}.{path.rsplit('.', 1)[-1].lower()}"


def original(storage: Storage, path: str, name: str) -> bytes:
    kept = storage.path(original_name(path, name))
    if kept is None:
        raise FileLost(file=path)
    return kept.read_bytes()
