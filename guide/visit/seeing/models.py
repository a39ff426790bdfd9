"""A model is one GLB file that needs nothing from anywhere else."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guide.visit.seeing.flaws import Flaw

MOST_MEGABYTES = 20
MOST_TRIANGLES = 1_000_000
MAGIC, VERSION = b"glTF", 2
JSON_PART, BINARY_PART = b"JSON", b"BIN\0"
PLAIN_TRIANGLES = 4
"""The `mode` of triangles that stand each for itself; the default."""
UNDERSTOOD = frozenset(
    "KHR_draco_mesh_compression EXT_meshopt_compression KHR_mesh_quantization KHR_texture_basisu EXT_texture_webp "
    "KHR_texture_transform KHR_materials_unlit KHR_materials_ior KHR_materials_specular KHR_materials_sheen "
    "KHR_materials_clearcoat KHR_materials_transmission KHR_materials_volume KHR_materials_emissive_strength "
    "KHR_materials_iridescence KHR_materials_anisotropy KHR_lights_punctual KHR_materials_variants".split()
)
"""What a file may demand of those who show it: the viewer does all of this, with decoders of its own."""


class NotAModel(ValueError):
    """It is no GLB of version 2, or it is broken."""


@dataclass(frozen=True)
class Model:
    """What the file says of itself, and the numbers it is made of."""

    told: dict[str, Any]
    binary: bytes

    def listed(self, name: str) -> list[dict[str, Any]]:
        found = self.told.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise NotAModel(name)
        return found

    def shapes(self) -> Iterator[dict[str, Any]]:
        for mesh in self.listed("meshes"):
            yield from mesh.get("primitives", [])


def read_model(raw: bytes) -> Model:
    try:
        magic, version, length = struct.unpack_from("<4sII", raw)
        if magic != MAGIC or version != VERSION or length != len(raw):
            raise NotAModel("head")
        parts = dict(_parts(raw))
        told = json.loads(parts[JSON_PART])
    except (struct.error, KeyError, ValueError, RecursionError) as error:
        raise NotAModel("parts") from error
    if not isinstance(told, dict):
        raise NotAModel("parts")
    return Model(told, parts.get(BINARY_PART, b""))


def _parts(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(raw):
        length, kind = struct.unpack_from("<I4s", raw, at)
        if at + 8 + length > len(raw):
            raise NotAModel("cut")
        yield kind, raw[at + 8 : at + 8 + length]
        at += 8 + length


def flaw(raw: bytes) -> Flaw | None:
    """Why a model cannot be shown; None when it can."""
    try:
        model = read_model(raw)
        _check_whole(model)
        return _elsewhere(model) or _demanding(model) or _crowded(model)
    except (NotAModel, TypeError, KeyError, IndexError, AttributeError):
        return Flaw("model-broken")


def _check_whole(model: Model) -> None:
    if not str(model.told["asset"]["version"]).startswith("2"):
        raise NotAModel("version")
    if not any(True for _ in model.shapes()) or not model.listed("scenes"):
        raise NotAModel("empty")
    for view in model.listed("bufferViews"):
        buffer = model.listed("buffers")[view["buffer"]]
        end = view.get("byteOffset", 0) + view["byteLength"]
        if "uri" not in buffer and view["buffer"] == 0 and not _is_packed(view) and end > len(model.binary):
            raise NotAModel("cut")


def _is_packed(view: dict[str, Any]) -> bool:
    """Its numbers lie in another place, packed."""
    return "EXT_meshopt_compression" in view.get("extensions", {})


def _elsewhere(model: Model) -> Flaw | None:
    named = [one["uri"] for part in ("buffers", "images") for one in model.listed(part) if "uri" in one]
    outside = next((uri for uri in named if not str(uri).startswith("data:")), None)
    return Flaw("model-elsewhere", {"uri": str(outside)[:80]}) if outside is not None else None


def _demanding(model: Model) -> Flaw | None:
    demanded = [str(name) for name in model.told.get("extensionsRequired", [])]
    unknown = next((name for name in demanded if name not in UNDERSTOOD), None)
    return Flaw("model-demands", {"extension": unknown[:60]}) if unknown else None


def _crowded(model: Model) -> Flaw | None:
    counts = model.listed("accessors")
    drawn = [shape for shape in model.shapes() if shape.get("mode", PLAIN_TRIANGLES) >= PLAIN_TRIANGLES]
    corners = sum(counts[shape.get("indices", shape["attributes"]["POSITION"])]["count"] for shape in drawn)
    if corners // 3 > MOST_TRIANGLES:
        return Flaw("model-crowded", {"count": corners // 3, "most": MOST_TRIANGLES})
    return None
