"""A large picture as a pyramid of tiles, all in one file, so that it is there whole or not at all."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

TILE = 512
QUALITY = 80
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time in the file: the same picture gives the same bytes."""


def levels(width: int, height: int) -> tuple[int, int]:
    """The coarsest level, which is one tile, and the finest, counted as Deep Zoom does: level n is 2ⁿ wide at most."""
    finest = math.ceil(math.log2(max(width, height, 2)))
    return min(finest, int(math.log2(TILE))), finest


def pyramid(image: Image) -> bytes:
    """Halved again and again; no more than the picture and a quarter of it is ever in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        pack.comment = f"{image.width}x{image.height}".encode()
        for name, body in _tiles(image):
            pack.writestr(zipfile.ZipInfo(name, LONG_AGO), body)
    return out.getvalue()


def _tiles(image: Image) -> Iterator[tuple[str, bytes]]:
    coarsest, finest = levels(*image.size)
    whole = image.size
    for level in range(finest, coarsest - 1, -1):
        shrunk = 2 ** (finest - level)
        size = tuple(max(1, math.ceil(side / shrunk)) for side in whole)
        image = image if image.size == size else image.resize(size, reducing_gap=2.0)
        for across in range(math.ceil(size[0] / TILE)):
            for down in range(math.ceil(size[1] / TILE)):
                yield f"{level}/{across}_{down}.webp", _packed(image, across, down)


def _packed(image: Image, across: int, down: int) -> bytes:
    left, top = across * TILE, down * TILE
    part = image.crop((left, top, min(left + TILE, image.width), min(top + TILE, image.height)))
    out = io.BytesIO()
    part.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()


@lru_cache(maxsize=1024)
def sides(pack: Path) -> tuple[int, int]:
    """The picture's width and height."""
    with zipfile.ZipFile(pack) as opened:
        width, _, height = opened.comment.decode().partition("x")
    return int(width), int(height)


def tile(pack: Path, name: str) -> bytes | None:
    """One tile out of the file; None where it has none of this name."""
    found = _places(pack).get(name)
    if found is None:
        return None
    start, length = found
    with pack.open("rb") as file:
        file.seek(start)
        return file.read(length)


@lru_cache(maxsize=64)
def _places(pack: Path) -> dict[str, tuple[int, int]]:
    """Where each tile lies: stored as it is, behind a head of thirty bytes and its name."""
    with zipfile.ZipFile(pack) as opened:
        return {
            one.filename: (one.header_offset + 30 + len(one.filename.encode()) + len(one.extra), one.file_size)
            for one in opened.infolist()
        }
