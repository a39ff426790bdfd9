"""A model's poster: its faces, drawn from above and aside, the farthest first. Packed models have none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guide.visit.seeing.models import PLAIN_TRIANGLES, Model, read_model

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

    Numbers = np.ndarray[Any, np.dtype[Any]]

WIDTH, HEIGHT = 640, 400
FINER = 2
"""Drawn larger, then shrunk: edges are smooth."""
MARGIN = 0.84
MOST_FACES = 120_000
FARTHEST = 1e9
"""No model reaches so far; what does was not measured but broken."""
GROUND = (247, 240, 227)
PLAIN_COLOUR = (0.72, 0.6, 0.45)
LIGHT = (0.35, 0.8, 0.5)
ASIDE, ABOVE = 0.6, 0.38
"""How far round and how far up the eye stands, in radians."""
NUMBERS = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}


def sketch(raw: bytes) -> Image | None:
    """None where the numbers are packed, or are too many to draw in a moment."""
    import numpy as np

    try:
        parts = [part for part in _faces(read_model(raw)) if len(part[0])]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    if not parts or sum(len(part[0]) for part in parts) > MOST_FACES:
        return None
    faces = np.concatenate([faces for faces, _ in parts])
    if not (np.abs(faces) < FARTHEST).all():  # nor is it, where something is no number
        return None
    return _drawn(faces, np.concatenate([np.tile(colour, (len(faces), 1)) for faces, colour in parts]))


def _drawn(faces: Numbers, colours: Numbers) -> Image:
    import numpy as np
    from PIL import Image, ImageDraw

    seen = faces @ _eye()
    across = np.cross(seen[:, 1] - seen[:, 0], seen[:, 2] - seen[:, 0])
    length = np.linalg.norm(across, axis=1)
    light = np.array(LIGHT) / np.linalg.norm(LIGHT)
    bright = 0.45 + 0.55 * np.abs((across @ light) / np.where(length > 0, length, 1))
    shown = (np.clip(colours * bright[:, None], 0, 1) ** (1 / 2.2) * 255).astype(int)
    picture = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), GROUND)
    pen = ImageDraw.Draw(picture)
    flat = _fitted(seen)
    for face in np.argsort(seen[:, :, 2].mean(axis=1)):
        pen.polygon([tuple(point) for point in flat[face]], fill=tuple(shown[face]))
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _eye() -> Numbers:
    import numpy as np

    round_, up = (np.cos(ASIDE), np.sin(ASIDE)), (np.cos(ABOVE), np.sin(ABOVE))
    turn = np.array([[round_[0], 0, -round_[1]], [0, 1, 0], [round_[1], 0, round_[0]]])
    lean = np.array([[1, 0, 0], [0, up[0], -up[1]], [0, up[1], up[0]]])
    return np.asarray((lean @ turn).T)


def _fitted(seen: Numbers) -> Numbers:
    """In the middle of the picture, as large as fits; up is up."""
    import numpy as np

    low, high = seen[:, :, :2].min(axis=(0, 1)), seen[:, :, :2].max(axis=(0, 1))
    room = np.array([WIDTH, HEIGHT]) * FINER
    scale = (room * MARGIN / np.maximum(high - low, 1e-9)).min()
    return np.asarray((seen[:, :, :2] - (low + high) / 2) * scale * [1, -1] + room / 2)


def _faces(model: Model) -> Iterator[tuple[Numbers, Numbers]]:
    """The corners of every face where it stands, and its colour."""
    nodes, scenes = model.listed("nodes"), model.listed("scenes")
    todo = [(node, _identity()) for node in scenes[model.told.get("scene", 0)].get("nodes", [])]
    for _ in range(len(nodes)):
        if not todo:
            return
        at, above = todo.pop()
        place = above @ _place(nodes[at])
        todo += [(child, place) for child in nodes[at].get("children", [])]
        if "mesh" in nodes[at]:
            yield from _of_mesh(model, nodes[at]["mesh"], place)


def _of_mesh(model: Model, mesh: int, place: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    import numpy as np

    for shape in model.listed("meshes")[mesh]["primitives"]:
        if shape.get("mode", PLAIN_TRIANGLES) != PLAIN_TRIANGLES:
            continue
        corners = _read(model, shape["attributes"]["POSITION"]).astype(float)
        order = _read(model, shape["indices"])[:, 0] if "indices" in shape else np.arange(len(corners))
        corners = corners @ place[:3, :3].T + place[:3, 3]
        yield corners[order[: len(order) // 3 * 3].reshape(-1, 3)], _colour(model, shape)


def _colour(model: Model, shape: dict[str, Any]) -> Numbers:
    import numpy as np

    material = model.listed("materials")[shape["material"]] if "material" in shape else {}
    given = material.get("pbrMetallicRoughness", {}).get("baseColorFactor", PLAIN_COLOUR)
    return np.array(given[:3], float)


def _read(model: Model, accessor: int) -> Numbers:
    import numpy as np

    told = model.listed("accessors")[accessor]
    view = model.listed("bufferViews")[told["bufferView"]]
    if view["buffer"] != 0 or "extensions" in view:
        raise ValueError("packed")
    kind, wide = np.dtype(NUMBERS[told["componentType"]]), {"SCALAR": 1, "VEC3": 3}[told["type"]]
    start = view.get("byteOffset", 0) + told.get("byteOffset", 0)
    stride = view.get("byteStride") or kind.itemsize * wide
    room = np.frombuffer(model.binary, "u1")
    if start + stride * (told["count"] - 1) + kind.itemsize * wide > len(room):
        raise ValueError("cut")
    rows = np.lib.stride_tricks.as_strided(room[start:], (told["count"], kind.itemsize * wide), (stride, 1))
    return np.ascontiguousarray(rows).view(kind)


def _identity() -> Numbers:
    import numpy as np

    return np.eye(4)


def _place(node: dict[str, Any]) -> Numbers:
    import numpy as np

    if "matrix" in node:
        return np.array(node["matrix"], float).reshape(4, 4).T
    place = np.eye(4)
    x, y, z, w = node.get("rotation", (0, 0, 0, 1))
    turned = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    place[:3, :3] = np.array(turned) * np.array(node.get("scale", (1, 1, 1)))
    place[:3, 3] = node.get("translation", (0, 0, 0))
    return place
