"""Captions of a film (WebVTT): read strictly enough that every browser shows them."""

from __future__ import annotations

import re

from guide.visit.seeing.flaws import Flaw

MOST_KILOBYTES = 512
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_CUE = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")


def flaw(raw: bytes) -> Flaw | None:
    """Why the captions cannot be shown, with the line; None when they can."""
    try:
        lines = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError:
        return Flaw("not-utf8")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        return Flaw("captions-head")
    return _cues_flaw(lines)


def _cues_flaw(lines: list[str]) -> Flaw | None:
    timed = [(number, line) for number, line in enumerate(lines, start=1) if "-->" in line]
    for number, line in timed:
        times = _CUE.fullmatch(line.strip())
        if times is None or not _seconds(times.groups()[:4]) < _seconds(times.groups()[4:]):
            return Flaw("captions-time", {"text": line.strip()[:60]}, number)
        if number == len(lines) or not lines[number].strip():
            return Flaw("captions-empty", {}, number)
    return None if timed else Flaw("captions-empty")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def spoken(raw: bytes) -> list[str]:
    """What is said, line by line: to be read where nobody plays the film."""
    blocks = re.split(r"\n[ \t]*\n", raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    cues = [block.strip().split("\n") for block in blocks if "-->" in block]
    said = [lines[next(at for at, line in enumerate(lines) if "-->" in line) + 1 :] for lines in cues]
    return [re.sub(r"<[^>]*>", "", " ".join(line.strip() for line in lines)).strip() for lines in said]
