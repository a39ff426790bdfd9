"""The door to everything that is heard or shown: `/media/{hash}.{ext}`, immutable, answered with ranges."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from guide.errors import NotFound
from guide.narration.hearing import Hearing
from guide.storage import Storage
from guide.tours.catalogue import Catalogues
from guide.web import held

router = APIRouter()

TYPES = {
    "mp3": "audio/mpeg",
    "webm": "audio/webm",
    "vtt": "text/vtt; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "gif": "image/gif",
    "png": "image/png",
}
FOREVER = "public, max-age=31536000, immutable"
RANGE = re.compile(r"bytes=(\d+-\d*|-\d+)(,\s*(\d+-\d*|-\d+))*")
NAME = re.compile(r"[0-9a-f]{32}\.(" + "|".join(TYPES) + ")")


class NoSuchMedia(NotFound):
    """No file of this name is kept, nor can it be made from what is published."""


@router.get("/media/{name}", include_in_schema=False)
def media(
    name: str,
    request: Request,
    storage: Annotated[Storage, held(Storage)],
    hearing: Annotated[Hearing, held(Hearing)],
    catalogues: Annotated[Catalogues, held(Catalogues)],
    of: str = "",
) -> Response:
    """`of` is `museum/stop/language`: it lets a recording that is not made yet be made on demand."""
    if not NAME.fullmatch(name):
        raise NoSuchMedia(name=name)
    kept = storage.path(f"media/{name}") or _made(name, of, hearing, catalogues, storage)
    _drop_unusable_range(request)
    return _answer(kept, name, request)


def _made(name: str, of: str, hearing: Hearing, catalogues: Catalogues, storage: Storage) -> Path:
    slug, _, rest = of.partition("/")
    stop_slug, _, language = rest.partition("/")
    museum = catalogues.current.museums.get(slug)
    stop = museum.stop(stop_slug) if museum else None
    if museum and stop and language in stop.texts and hearing.name(museum, stop, language) == name.split(".")[0]:
        hearing.make_soon(museum, stop, language)
    if kept := storage.path(f"media/{name}"):
        return kept
    raise NoSuchMedia(name=name)


def _drop_unusable_range(request: Request) -> None:
    """A range that cannot be read is as if it had not been asked (RFC 9110, 14.2)."""
    if not RANGE.fullmatch(request.headers.get("range", "bytes=0-")):
        request.scope["headers"] = [header for header in request.scope["headers"] if header[0] != b"range"]


def _answer(path: Path, name: str, request: Request) -> Response:
    stem, _, ending = name.partition(".")
    headers = {
        "cache-control": FOREVER,
        "etag": f'"{stem}"',
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "cross-origin-resource-policy": "same-origin",
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=TYPES[ending], headers=headers)
