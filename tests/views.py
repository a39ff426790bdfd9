"""Small things to look at, made on the spot: a model, a view all around, a large picture, a film and its captions."""

from __future__ import annotations

import base64
import io
import json
import struct
from typing import Any

import av
from PIL import Image, ImageDraw

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:00.800\nXin chào.\n\n00:00.800 --> 00:01.500\n<i>Mời</i> vào làng.\n"


def glb(told: dict[str, Any] | None = None, binary: bytes = b"", version: int = 2) -> bytes:
    """One triangle, or what is told."""
    corners = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    plain: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]}
        ],
        "bufferViews": [{"buffer": 0, "byteLength": len(corners)}],
        "buffers": [{"byteLength": len(corners)}],
    }
    text = json.dumps({**plain, **(told or {})}).encode()
    text += b" " * (-len(text) % 4)
    body = binary or corners
    parts = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(body), b"BIN\0") + body
    return struct.pack("<4sII", b"glTF", version, 12 + len(parts)) + parts


def packed_glb() -> bytes:
    """A pyramid of four faces, packed with Draco: only a decoder can tell what is in it."""
    packed = base64.b64decode(
        "RFJBQ08CAgEBAAAABAQAAwAAAS8BARAB/wAAAQAJAwAAAAAAAAAAAAAAAACAvwAAgD8AAAAAAACAPwAAAAAAAIA/AAAAAAAAgL8AAAAAAACAPw=="
    )
    demanded = ["KHR_draco_mesh_compression"]
    shape = {"attributes": {"POSITION": 0}, "indices": 1}
    told = {
        "extensionsUsed": demanded,
        "extensionsRequired": demanded,
        "meshes": [
            {"primitives": [{**shape, "extensions": {demanded[0]: {"bufferView": 0, "attributes": {"POSITION": 0}}}}]}
        ],
        "accessors": [
            {"componentType": 5126, "count": 4, "type": "VEC3", "min": [-1, 0, -1], "max": [1, 1, 1]},
            {"componentType": 5123, "count": 12, "type": "SCALAR"},
        ],
        "bufferViews": [{"buffer": 0, "byteLength": len(packed)}],
        "buffers": [{"byteLength": len(packed)}],
    }
    return glb(told, packed + bytes(-len(packed) % 4))


def picture(width: int, height: int, kind: str = "JPEG", **told: Any) -> bytes:
    """Rings and lines, so that there is something in every corner."""
    image = Image.new("RGB", (width, height), "#f7f0e3")
    pen = ImageDraw.Draw(image)
    for at in range(0, width, max(8, width // 40)):
        pen.line([(at, 0), (width - at, height)], fill=(at * 255 // width, 60, 90), width=3)
    out = io.BytesIO()
    image.save(out, kind, **told)
    return out.getvalue()


def photographed(width: int, height: int) -> bytes:
    """As a phone would: lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 30.0, 0.0), 3: "E", 4: (107.0, 10.0, 0.0)})
    return picture(width, height, exif=exif)


def film(
    codec: str = "libvpx-vp9", ending: str = "webm", shades: str = "yuv420p", side: int = 64, place: str = ""
) -> bytes:
    """A second and a half; with a place, as phones note it."""
    out = io.BytesIO()
    with av.open(out, "w", format=ending) as made:
        if place:
            made.metadata["location"] = place
        track = made.add_stream(codec, rate=10)
        track.width, track.height, track.pix_fmt = side, 64, shades
        for number in range(15):
            made.mux(track.encode(av.VideoFrame.from_image(Image.new("RGB", (side, 64), (number * 16, 90, 60)))))
        made.mux(track.encode())
    return out.getvalue()
