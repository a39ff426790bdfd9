"""Pictures: what can be shown is checked when it is published, and shown no larger than a phone needs."""

from __future__ import annotations

import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from guide.tours import drawings

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "avif": "AVIF"}
WIDEST = 1280
MAKING = "webp-1280-80"
"""How public copies are made; part of their name."""
MOST_PIXELS = 100_000_000


def problem(raw: bytes, file: str) -> str | None:
    """Why a picture cannot be shown, as a kind of mistake; None when it can."""
    ending = _ending(file)
    if ending == "svg":
        return drawings.problem(raw)
    if ending not in FORMATS:
        return "picture-format"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=[FORMATS[ending]]) as image:
                if image.width * image.height > MOST_PIXELS:
                    return "picture-pixels"
                image.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return "picture-broken"
    return None


def line_of_problem(raw: bytes, file: str) -> int:
    """Where a drawing is at fault; other pictures have no lines."""
    fault = drawings.fault(raw) if _ending(file) == "svg" else None
    return fault.line if fault else 1


def is_picture(file: str) -> bool:
    return _ending(file) in {"svg", *FORMATS}


def shown_name(file: str, original: str) -> str:
    """Where the copy that visitors get is kept, by the hash of the original."""
    recipe = hashlib.sha256(f"{MAKING}:{original}".encode()).hexdigest()
    ending = _ending(file) if _ending(file) in ("svg", "gif") else "webp"
    return f"media/{recipe[:32]}.{ending}"


def shown(raw: bytes, file: str) -> bytes:
    """The bytes that visitors get: bounded in width, upright, without the camera's place and time."""
    if _ending(file) in ("svg", "gif"):
        return raw
    with Image.open(io.BytesIO(raw)) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGBA" if opened.has_transparency_data else "RGB")
        image.thumbnail((WIDEST, WIDEST * 2))
        out = io.BytesIO()
        image.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()


def size(raw: bytes, file: str) -> tuple[int, int] | None:
    """Width and height, so that a page keeps their place before the picture comes."""
    if _ending(file) == "svg":
        return drawings.size(raw)
    with Image.open(io.BytesIO(raw)) as image:
        return image.size


def _ending(file: str) -> str:
    return file.rsplit(".", 1)[-1].lower()
