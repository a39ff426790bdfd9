"""The visit for a calendar, as RFC 5545 writes it: in the museum's own zone, escaped, folded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_LONGEST_LINE = 75
"""Octets; a longer line is folded."""
_BREAKS = re.compile(r"\r\n?|\n|\u2028|\u2029|\x85")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LOOK_AROUND = timedelta(days=300)
"""Changes of the clock this near to the visit are told."""


@dataclass(frozen=True)
class Visit:
    """What stands in the calendar. Without times it is for the whole day."""

    code: str
    title: str
    place: str
    told: str
    url: str
    zone: str
    day: date
    begins: datetime | None = None
    ends: datetime | None = None


def calendar_file(visit: Visit, now: datetime) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sen Guide//tickets//EN", "CALSCALE:GREGORIAN"]
    lines += [*_zone(visit), *_event(visit, now), "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(visit: Visit, now: datetime) -> Iterator[str]:
    # the order's code opens the tickets, so that the calendar's own name for the visit is not made of it alone
    name = hashlib.sha256(f"calendar:{visit.code}".encode()).hexdigest()[:32]
    yield from ("BEGIN:VEVENT", f"UID:{name}@sen-guide", f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    yield from _when(visit)
    yield f"SUMMARY:{_escaped(visit.title)}"
    if visit.place:
        yield f"LOCATION:{_escaped(visit.place)}"
    yield from (f"DESCRIPTION:{_escaped(visit.told)}", f"URL:{_UNSEEN.sub('', visit.url)}", "END:VEVENT")


def _when(visit: Visit) -> Iterator[str]:
    if visit.begins is None:
        yield f"DTSTART;VALUE=DATE:{visit.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{visit.day + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    zone = ZoneInfo(visit.zone)
    yield f"DTSTART;TZID={visit.zone}:{visit.begins.astimezone(zone):%Y%m%dT%H%M%S}"
    if visit.ends:
        yield f"DTEND;TZID={visit.zone}:{visit.ends.astimezone(zone):%Y%m%dT%H%M%S}"


def _zone(visit: Visit) -> Iterator[str]:
    """The zone as it is around the visit; RFC 5545 wants it told in the file itself."""
    if visit.begins is None:
        return
    zone = ZoneInfo(visit.zone)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{visit.zone}")
    for moment in _changes(zone, visit.begins - _LOOK_AROUND, visit.begins + _LOOK_AROUND):
        yield from _observance(zone, moment)
    yield "END:VTIMEZONE"


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """The first moment, and each hour at which the offset is another than an hour before."""
    moment = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    offset = None
    while moment <= until:
        if (now := moment.astimezone(zone).utcoffset()) != offset:
            offset = now
            yield moment
        moment += timedelta(hours=1)


def _observance(zone: ZoneInfo, moment: datetime) -> Iterator[str]:
    before, after = ((moment - timedelta(seconds=1)).astimezone(zone), moment.astimezone(zone))
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    offset_before, offset_after = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
    begins = moment.replace(tzinfo=None) + offset_before
    yield from (f"BEGIN:{kind}", f"DTSTART:{begins:%Y%m%dT%H%M%S}", f"TZOFFSETFROM:{_offset(offset_before)}")
    yield from (f"TZOFFSETTO:{_offset(offset_after)}", f"TZNAME:{after.tzname()}", f"END:{kind}")


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def _escaped(text: str) -> str:
    plain = _UNSEEN.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, cut between letters; each that goes on begins with a space."""
    piece, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > _LONGEST_LINE:
            yield piece
            piece, length = " ", 1
        piece, length = piece + letter, length + size
    yield piece
