"""Pictures that are looked into or stood in: larger than others, upright, without the camera's place and time."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress

from PIL import Image, ImageOps, UnidentifiedImageError

from guide.visit.seeing.flaws import Flaw

MOST_MEGABYTES = 80
MOST_PIXELS = 100_000_000
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
ROUND = 0.01
"""A panorama is twice as wide as high, but for a row of pixels that a camera left out."""
LEAST_ROUND = 1024
WIDEST_ROUND = 4096
"""What the graphics of a plain phone can hold."""
LEAST_DEEP = 1600
"""Less is seen as well without zooming."""


def deep_flaw(raw: bytes, ending: str) -> Flaw | None:
    found = _sides(raw, ending)
    if isinstance(found, Flaw):
        return found
    return None if max(found) >= LEAST_DEEP else Flaw("zoom-small", {"side": max(found), "least": LEAST_DEEP})


def round_flaw(raw: bytes, ending: str) -> Flaw | None:
    found = _sides(raw, ending)
    if isinstance(found, Flaw):
        return found
    width, height = found
    if abs(width / height - 2) > 2 * ROUND:
        return Flaw("panorama-shape", {"width": width, "height": height})
    return None if width >= LEAST_ROUND else Flaw("panorama-small", {"width": width, "least": LEAST_ROUND})


def _sides(raw: bytes, ending: str) -> tuple[int, int] | Flaw:
    """Width and height as they are seen; the whole is decoded once, since half a picture may open."""
    if ending not in FORMATS:
        return Flaw("large-picture-format")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=[FORMATS[ending]]) as image:
                if image.width * image.height > MOST_PIXELS:
                    return Flaw("picture-pixels")
                turned = image.getexif().get(0x0112, 1) > 4  # lying on its side
                image.load()
                return (image.height, image.width) if turned else image.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return Flaw("picture-broken")


def opened(raw: bytes) -> Image.Image:
    """Upright, in plain colours, on white where it was transparent."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(raw))
        image.load()
    with suppress(SyntaxError, ValueError):  # a note on turning that makes no sense turns nothing
        ImageOps.exif_transpose(image, in_place=True)
    if image.has_transparency_data:
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.convert("RGBA").getchannel("A"))
        return paper
    return image if image.mode == "RGB" else image.convert("RGB")


def around(raw: bytes) -> bytes:
    """The panorama that a phone's graphics can hold, exactly twice as wide as high."""
    image = opened(raw)
    width = min(image.width, WIDEST_ROUND) // 2 * 2
    return packed(image.resize((width, width // 2), Image.Resampling.LANCZOS), 82)


def whole(raw: bytes) -> bytes:
    """The large picture as one file, to keep."""
    out = io.BytesIO()
    opened(raw).save(out, "JPEG", quality=85, progressive=True, optimize=False)
    return out.getvalue()


def packed(image: Image.Image, quality: int = 80) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()
