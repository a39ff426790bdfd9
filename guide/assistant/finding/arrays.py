"""Arrays kept together in one file, which is mapped into memory when it is read.

Layout: "SenA", u32 length of the head, the head as JSON (what is told about them, and of each array its name, type and
length), then each array, all beginning at a multiple of 16 bytes. The same arrays give the same bytes.
"""

from __future__ import annotations

import json
import os
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

MAGIC: Final = b"SenA"
STEP: Final = 16
ASIDE: Final = ".aside"

Array = npt.NDArray[Any]


class NotArrays(ValueError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} holds no arrays that can be read.")


@dataclass(frozen=True)
class Arrays:
    told: Any
    named: Mapping[str, Array]


def write(path: Path, told: object, named: Mapping[str, Array]) -> None:
    """Beside it first: a reader finds all of it or the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}{ASIDE}")
    aside.write_bytes(packed(told, named))
    aside.replace(path)


def packed(told: object, named: Mapping[str, Array]) -> bytes:
    listed = [[name, array.dtype.str, len(array)] for name, array in named.items()]
    head = json.dumps({"told": told, "arrays": listed}, ensure_ascii=False, separators=(",", ":")).encode()
    parts = [struct.pack("<4sI", MAGIC, len(head)) + head, *(array.tobytes() for array in named.values())]
    return b"".join(part.ljust(_padded(len(part)), b"\0") for part in parts)


def read(path: Path) -> Arrays:
    if path.stat().st_size < STEP:
        raise NotArrays(path)
    return unpacked(np.memmap(path, np.uint8, "r"), path)


def unpacked(buffer: Array, path: Path) -> Arrays:
    magic, length = struct.unpack("<4sI", buffer[:8].tobytes())
    if magic != MAGIC:
        raise NotArrays(path)
    head = json.loads(buffer[8 : 8 + length].tobytes())
    named, at = {}, _padded(8 + length)
    for name, kind, count in head["arrays"]:
        size = np.dtype(kind).itemsize * count
        if at + size > len(buffer):
            raise NotArrays(path)
        named[name] = np.frombuffer(buffer[at : at + size].data, kind)
        at += _padded(size)
    return Arrays(head["told"], named)


def _padded(size: int) -> int:
    return -(-size // STEP) * STEP
