"""A drawing (SVG) is markup from outside: nothing in it may run, and nothing may be fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

_SVG = "http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    "svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan "
    "textPath image marker pattern clipPath mask linearGradient radialGradient stop filter switch a view".split()
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_FETCHES = re.compile(r"@import|(?:url|src|image|image-set)\s*\(\s*[\"']?\s*(?!#|[\"'\s#])|javascript:", re.IGNORECASE)
BOX = 4
"""The numbers of a viewBox: left, top, width, height."""
BROADEST = 100_000
DEEPEST = 200
"""Whoever looks for rooms goes down as deep as the drawing does."""
_ENTITIES = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_UNREADABLE = (ExpatError, ValueError, LookupError)


@dataclass(frozen=True)
class Fault:
    """Why a drawing cannot be shown: `picture-broken` or `picture-unsafe`, and the line."""

    kind: str
    line: int


def fault(raw: bytes) -> Fault | None:
    if found := _ENTITIES.search(raw.replace(b"\0", b"")):  # UTF-16 too
        return Fault("picture-unsafe", raw.replace(b"\0", b"").count(b"\n", 0, found.start()) + 1)
    reader = _Reader()
    try:
        reader.read(raw)
    except ExpatError as error:
        return Fault("picture-broken", error.lineno)
    except (ValueError, LookupError):
        return Fault("picture-broken", 1)
    if reader.root != f"{_SVG}svg" or reader.deepest > DEEPEST:
        return Fault("picture-broken", 1)
    return Fault("picture-unsafe", reader.unsafe) if reader.unsafe else None


def problem(raw: bytes) -> str | None:
    """The kind of its fault, or None when it can be shown."""
    found = fault(raw)
    return found.kind if found else None


def size(raw: bytes) -> tuple[int, int] | None:
    """Width and height by the root's viewBox; None where it has none that makes sense."""
    found = box(raw)
    return (round(found[2]) or 1, round(found[3]) or 1) if found else None


def box(raw: bytes) -> tuple[float, float, float, float] | None:
    """The root's viewBox, where it has one that makes sense."""
    reader = _Reader()
    try:
        reader.read(raw)
        numbers = [float(number) for number in re.split(r"[\s,]+", reader.box.strip())]
    except _UNREADABLE:
        return None
    if len(numbers) != BOX or not all(0 < side < BROADEST for side in numbers[2:]):
        return None
    left, top, width, height = numbers
    return left, top, width, height


class _Reader:
    """Goes through a drawing once. Elements of other namespaces draw nothing; editors leave their notes in them."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.box = ""
        self.unsafe = 0
        """The first line with something unsafe."""
        self.deepest = self._depth = 0
        self._style: list[str] | None = None
        self._parser = ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self, raw: bytes) -> None:
        self._parser.Parse(raw, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            self.root, self.box = tag, attributes.get("viewBox", "")
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        self._style = [] if tag == f"{_SVG}style" else self._style
        self._note(not _is_drawn(tag) or any(_is_unsafe(name, value) for name, value in attributes.items()))

    def _data(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag == f"{_SVG}style":
            self._note(_fetches("".join(self._style or ())))
            self._style = None

    def _instruction(self, target: str, _text: str) -> None:
        """<?xml-stylesheet?> would fetch."""
        self._note(target.startswith("xml-"))

    def _note(self, unsafe: bool) -> None:
        if unsafe and not self.unsafe:
            self.unsafe = self._parser.CurrentLineNumber


def _is_drawn(tag: str) -> bool:
    if tag.startswith(("http://www.w3.org/1999/xhtml}", "http://www.w3.org/1998/Math/MathML}")):
        return False
    return not tag.startswith(_SVG) or tag[len(_SVG) :] in _DRAWN or tag.startswith(f"{_SVG}fe")


def _is_unsafe(name: str, value: str) -> bool:
    plain = name.rsplit("}", 1)[-1].lower()
    if plain.startswith("on") or name.endswith("/namespace}base") or plain == "srcset":
        return True
    if plain in ("href", "src"):
        return not (value.strip().startswith("#") or _PICTURE.fullmatch(value.strip()))
    return bool(_FETCHES.search(value)) if "}" in name else _fetches(value)


def _fetches(style: str) -> bool:
    """A style that fetches, or that hides what it does behind an escape."""
    return "\\" in style or bool(_FETCHES.search(style))
