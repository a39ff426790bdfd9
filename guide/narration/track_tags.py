"""What a track tells a player: its title, its museum, and where each stop begins (ID3 2.3, with its chapters)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

UTF_16 = b"\x01"
NO_OFFSET = b"\xff\xff\xff\xff"
TOP_AND_ORDERED = b"\x03"
MOST_CHAPTERS = 255


@dataclass(frozen=True)
class Chapter:
    title: str
    start: float
    end: float


@dataclass(frozen=True)
class Told:
    title: str
    museum: str
    seconds: float
    picture: bytes | None = None
    """A PNG."""


def tag(told: Told, chapters: Sequence[Chapter]) -> bytes:
    frames = [
        _text("TIT2", told.title),
        _text("TPE1", told.museum),
        _text("TALB", told.museum),
        _text("TLEN", str(_milliseconds(told.seconds))),
        *_chapters(chapters[:MOST_CHAPTERS]),
    ]
    if told.picture:
        frames.append(_frame("APIC", b"\x00image/png\x00\x03\x00" + told.picture))
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _seven_bits(len(body)) + body


def _chapters(chapters: Sequence[Chapter]) -> list[bytes]:
    """The list of them first, which names each."""
    names = [b"c%d\x00" % place for place in range(1, len(chapters) + 1)]
    listed = _frame("CTOC", b"toc\x00" + TOP_AND_ORDERED + bytes([len(names)]) + b"".join(names))
    return [listed, *(_chapter(name, chapter) for name, chapter in zip(names, chapters, strict=True))]


def _chapter(name: bytes, chapter: Chapter) -> bytes:
    times = struct.pack(">II", _milliseconds(chapter.start), _milliseconds(chapter.end))
    return _frame("CHAP", name + times + 2 * NO_OFFSET + _text("TIT2", chapter.title))


def _text(name: str, text: str) -> bytes:
    """Big end first: the other way round, its mark looks to some players like the beginning of a frame of sound."""
    return _frame(name, UTF_16 + b"\xfe\xff" + text.encode("utf-16-be"))


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + struct.pack(">IH", len(body), 0) + body


def _seven_bits(size: int) -> bytes:
    return bytes(size >> shift & 127 for shift in (21, 14, 7, 0))


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)
