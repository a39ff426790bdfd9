"""Tiny maps of a place: pictures, or lines and areas, in one PMTiles file."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from math import asinh, floor, pi, radians, tan
from pathlib import Path

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

ZOOMS = range(13, 17)
EXTENT = 4096


def tile_at(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    across = (lon + 180) / 360 * 2**zoom
    down = (1 - asinh(tan(radians(lat))) / pi) / 2 * 2**zoom
    return floor(across), floor(down)


def pictures(path: Path, lat: float, lon: float) -> Path:
    return _file(path, lat, lon, TileType.PNG, Compression.NONE, _picture, {})


def shapes(path: Path, lat: float, lon: float) -> Path:
    """A lake in each tile's corner, and a road across."""
    layers = {"vector_layers": [{"id": "water", "fields": {}}, {"id": "roads", "fields": {}}]}
    return _file(path, lat, lon, TileType.MVT, Compression.GZIP, lambda *_: gzip.compress(_shapes(), mtime=0), layers)


def _file(
    path: Path,
    lat: float,
    lon: float,
    kind: TileType,
    packed: Compression,
    make: Callable[[int, int, int], bytes],
    notes: dict[str, object],
) -> Path:
    with write(str(path)) as writer:
        for zoom, x, y in sorted(_around(lat, lon), key=lambda at: zxy_to_tileid(*at)):
            writer.write_tile(zxy_to_tileid(zoom, x, y), make(zoom, x, y))
        writer.finalize(_header(lat, lon, kind, packed), notes)
    return path


def _header(lat: float, lon: float, kind: TileType, packed: Compression) -> dict[str, object]:
    west, south, east, north = (round(edge * 1e7) for edge in (lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1))
    bounds = {"min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north}
    centre = {"center_zoom": ZOOMS[-1], "center_lon_e7": round(lon * 1e7), "center_lat_e7": round(lat * 1e7)}
    zooms = {"min_zoom": ZOOMS[0], "max_zoom": ZOOMS[-1]}
    return {"tile_type": kind, "tile_compression": packed, **bounds, **centre, **zooms}


def _around(lat: float, lon: float) -> Iterator[tuple[int, int, int]]:
    for zoom in ZOOMS:
        across, down = tile_at(lat, lon, zoom)
        yield from ((zoom, across + dx, down + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def _picture(zoom: int, x: int, y: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), (180 + 20 * ((x + y) % 2), 200, 190)).save(out, "PNG")
    return out.getvalue()


def _shapes() -> bytes:
    lake = [_move(0, 0), _lines([(1500, 0), (0, 1500), (-1500, 0)]), [15]]
    road = [_move(0, 2048), _lines([(4096, 300)])]
    return _layer("water", 3, [n for part in lake for n in part]) + _layer(
        "roads", 2, [n for part in road for n in part]
    )


def _move(x: int, y: int) -> list[int]:
    return [1 | 1 << 3, _zigzag(x), _zigzag(y)]


def _lines(steps: list[tuple[int, int]]) -> list[int]:
    return [2 | len(steps) << 3, *(_zigzag(side) for step in steps for side in step)]


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _layer(name: str, kind: int, geometry: list[int]) -> bytes:
    """A layer of one feature, as the vector tile's protocol buffer has it."""
    feature = _field(3, 0, _number(kind)) + _bytes(4, b"".join(map(_number, geometry)))
    layer = _field(15, 0, _number(2)) + _bytes(1, name.encode()) + _bytes(2, feature) + _field(5, 0, _number(EXTENT))
    return _bytes(3, layer)


def _field(number: int, wire: int, body: bytes) -> bytes:
    return _number(number << 3 | wire) + body


def _bytes(number: int, body: bytes) -> bytes:
    return _field(number, 2, _number(len(body)) + body)


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
