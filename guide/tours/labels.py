"""The label beside an exhibit: a square to scan, a number to type, a code that never dies, and an address for a tag.

NothingToPrint   there is no label
AddressTooLong   its square would be too fine for a phone's camera
MissingGlyphs    no font draws a letter of a title
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

from guide.errors import Unusable
from guide.tours import typesetting
from guide.tours.squares import QUIET_MODULES, Square, square
from guide.tours.typesetting import Sheet, one_line

Size = Literal["a4", "sticker"]

LONGEST_ADDRESS = 290
"""Bytes. On a sticker a module is then 0.4 mm wide, about what a phone still reads at arm's length."""
_CORRECTION = {"a4": ERROR_CORRECT_M, "sticker": ERROR_CORRECT_Q}
"""A sticker is rubbed and scratched; a quarter of its square may be lost."""


class NothingToPrint(Unusable):
    """A sheet without labels."""


class AddressTooLong(Unusable):
    def __init__(self, url: str) -> None:
        super().__init__(url=url, bytes=len(url.encode()), longest=LONGEST_ADDRESS)


@dataclass(frozen=True, slots=True)
class Label:
    url: str
    number: int
    code: str
    title: str
    museum: str
    language: str


def label_sheet(labels: Sequence[Label], size: Size, fonts: Path | None) -> bytes:
    """A vector PDF: eight labels to an A4 page, or a sticker to each page."""
    return typesetting.pdf(_sheet(labels, size), fonts)


def label_pictures(
    labels: Sequence[Label], size: Size, fonts: Path | None, pixels_per_inch: float = 150
) -> list[bytes]:
    """The same pages as PNG, to look at before printing."""
    return typesetting.pictures(_sheet(labels, size), fonts, pixels_per_inch)


def _sheet(labels: Sequence[Label], size: Size) -> Sheet:
    if not labels:
        raise NothingToPrint
    first = labels[0]
    words = {
        "size": size,
        "title": one_line(first.museum),
        "lettering": typesetting.lettering(first.language),
        "labels": [_words(label, size) for label in labels],
    }
    return Sheet("labels.typ", words)


def _words(label: Label, size: Size) -> dict[str, object]:
    drawn = _square(label.url, size)
    return {
        "url": label.url,
        "number": f"{label.number:03d}",
        "code": label.code,
        "title": one_line(label.title),
        "museum": one_line(label.museum),
        "lettering": typesetting.lettering(label.language),
        "square": drawn.svg,
        "quiet": QUIET_MODULES / drawn.side,
    }


def _square(url: str, size: Size) -> Square:
    if len(url.encode()) > LONGEST_ADDRESS:
        raise AddressTooLong(url)
    return square(url, _CORRECTION[size])
