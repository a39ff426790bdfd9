"""Which websites may show a museum: the origins that it names, and which of its doors these may read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from guide.tours.catalogue import Catalogue

_MUSEUM = r"/api/v1/museums/(?P<museum>[^/]+)"
_READ = re.compile(rf"{_MUSEUM}(?:/(?:stops(?:/[^/]+)?|search|slots|widgets/.+))?|/media/[^/]+")
_TOLD = re.compile(rf"{_MUSEUM}/(?:questions|counts)")
_HOST = re.compile(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]")
USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Door:
    """A door that a page of another origin may come to. A file of `/media` belongs to whoever knows its name."""

    method: Literal["GET", "POST"]
    museum: str | None


def door_at(path: str) -> Door | None:
    """Everything that is not named here (orders, gates, counters, offices, …) stays within the museum's own origin."""
    if found := _READ.fullmatch(path):
        return Door("GET", found["museum"])
    if found := _TOLD.fullmatch(path):
        return Door("POST", found["museum"])
    return None


def may_read(catalogue: Catalogue, door: Door, origin: str) -> bool:
    museums = catalogue.museums
    asked = museums.values() if door.museum is None else filter(None, [museums.get(door.museum)])
    return any(origin in origins(museum.sheet.embeds) for museum in asked)


def origins(embeds: Iterable[str]) -> tuple[str, ...]:
    """As a browser writes them, so that two ways of writing one are the same."""
    return tuple(filter(None, map(_as_browsers_write, embeds)))


@lru_cache(maxsize=1000)
def _as_browsers_write(origin: str) -> str:
    """Nothing where no browser could come from there."""
    parts = urlsplit(origin)
    try:
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (UnicodeError, ValueError):
        return ""
    host = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != USUAL_PORTS[parts.scheme] else "")


def framed_by(policy: str, embeds: Iterable[str]) -> str:
    """A page's security policy, under which these websites may show it in a frame."""
    named = " ".join(origins(embeds))
    return policy.replace("frame-ancestors 'none'", f"frame-ancestors {named}") if named else policy
