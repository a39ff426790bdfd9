"""A drawing (SVG) is markup from outside: nothing in it may run, and nothing may be fetched."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError, XMLParser

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    "svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan "
    "textPath image marker pattern clipPath mask linearGradient radialGradient stop filter switch a view".split()
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_FETCHES = re.compile(r"@import|(?:url|src|image|image-set)\s*\(\s*[\"']?\s*(?!#|[\"'\s#])|javascript:", re.IGNORECASE)
BOX = 4
"""The numbers of a viewBox: left, top, width, height."""
BROADEST = 100_000
_ENTITIES = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)


def problem(raw: bytes) -> str | None:
    """`picture-broken`, `picture-unsafe`, or None when it can be shown."""
    if _ENTITIES.search(raw.replace(b"\0", b"")):  # UTF-16 too
        return "picture-unsafe"
    reader = _Reader()
    parser = XMLParser(target=reader)  # noqa: S314  # entities, which could grow without bound, were refused above
    try:
        parser.feed(raw)
        parser.close()
    except (ParseError, ValueError, LookupError):
        return "picture-broken"
    if reader.root != f"{_SVG}svg":
        return "picture-broken"
    return "picture-unsafe" if reader.unsafe else None


def size(raw: bytes) -> tuple[int, int] | None:
    """Width and height by the root's viewBox; None where it has none that makes sense."""
    reader = _Reader()
    parser = XMLParser(target=reader)  # noqa: S314  # only what `problem` let in is shown
    try:
        parser.feed(raw)
        numbers = [float(number) for number in re.split(r"[\s,]+", reader.box.strip())]
    except (ParseError, ValueError, LookupError):
        return None
    if len(numbers) != BOX or not all(0 < side < BROADEST for side in numbers[2:]):
        return None
    return round(numbers[2]) or 1, round(numbers[3]) or 1


class _Reader:
    """Goes through a drawing once. Elements of other namespaces draw nothing; editors leave their notes in them."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.box = ""
        self.unsafe = False
        self._style: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            self.root, self.box = tag, attributes.get("viewBox", "")
        self._style = [] if tag == f"{_SVG}style" else self._style
        self.unsafe |= not _is_drawn(tag) or any(_is_unsafe(name, value) for name, value in attributes.items())

    def data(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def end(self, tag: str) -> None:
        if tag == f"{_SVG}style":
            self.unsafe |= _fetches("".join(self._style or ()))
            self._style = None

    def pi(self, target: str, _text: str) -> None:
        """<?xml-stylesheet?> would fetch."""
        self.unsafe |= target.startswith("xml-")

    def close(self) -> None:
        """Asked for by the parser."""


def _is_drawn(tag: str) -> bool:
    if tag.startswith(("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")):
        return False
    return not tag.startswith(_SVG) or tag[len(_SVG) :] in _DRAWN or tag.startswith(f"{_SVG}fe")


def _is_unsafe(name: str, value: str) -> bool:
    plain = name.rsplit("}", 1)[-1].lower()
    if plain.startswith("on") or name.endswith("/namespace}base") or plain == "srcset":
        return True
    if plain in ("href", "src"):
        return not (value.strip().startswith("#") or _PICTURE.fullmatch(value.strip()))
    return _fetches(value) if not name.startswith("{") else bool(_FETCHES.search(value))


def _fetches(style: str) -> bool:
    """A style that fetches, or that hides what it does behind an escape."""
    return "\\" in style or bool(_FETCHES.search(style))
