"""The card that a shared link shows in Zalo and Facebook: the stop's drawing, its title, its museum."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from guide.tours import typesetting
from guide.tours.typesetting import Sheet, one_line

HEAVIEST = 300_000
"""Bytes. Zalo gives up on heavier pictures over a phone's network."""
_PIXELS_PER_INCH = 72
_TEXT_SIDE = (0, 0, 600, 630)
_PICTURE_SIDE = (600, 0, 1200, 630)
_TEXT_COLOURS = 20
_OWN_COLOURS = bytes.fromhex("f4ead72b23208f2d22c9962f")
"""Paper, ink, lacquer and gold, as the template has them."""
_PICTURE_COLOURS = (232, 104, 40, 12)
"""A photo of pure noise fits in the smallest palette, for it fills only half of the card."""


def share_card(title: str, museum: str, image: bytes | None, language: str, fonts: Path | None) -> bytes:
    """A PNG of 1200 × 630. A drawing (SVG) is shown whole in a frame, a photo fills its side of the card."""
    words = {
        "title": one_line(title),
        "museum": one_line(museum),
        "lettering": typesetting.lettering(language),
        "picture": _kind(image),
    }
    [card] = typesetting.pictures(Sheet("card.typ", words, image), fonts, _PIXELS_PER_INCH)
    return next(lighter for lighter in _ever_lighter(card) if len(lighter) <= HEAVIEST)


def _kind(image: bytes | None) -> str | None:
    if image is None:
        return None
    return "drawing" if b"<svg" in image else "photo"


def _ever_lighter(card: bytes) -> Iterator[bytes]:
    picture = Image.open(BytesIO(card)).convert("RGB")
    yield _png(picture)
    for colours in _PICTURE_COLOURS:
        yield _png(picture.quantize(palette=_palette(picture, colours)))


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    """Card and text keep their own colours, so that a photo does not tint the letters."""
    text = picture.crop(_TEXT_SIDE).quantize(_TEXT_COLOURS).getpalette()
    photo = picture.crop(_PICTURE_SIDE).quantize(colours).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*_OWN_COLOURS, *(text or ()), *(photo or ())])
    return palette


def _png(picture: Image.Image) -> bytes:
    into = BytesIO()
    picture.save(into, "PNG", optimize=True)
    return into.getvalue()
