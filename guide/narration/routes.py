"""The door to everything that is heard or shown: `/media/{hash}.{ext}`, immutable, answered with ranges."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from guide.errors import NotFound
from guide.narration.asked import OfAnswer, OfSentence, asked
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
    "pmtiles": "application/vnd.pmtiles",
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
    """`of` says what it is of (see `asked.py`): it lets a recording that is not made yet be made on demand."""
    if not NAME.fullmatch(name):
        raise NoSuchMedia(name=name)
    kept = storage.path(f"media/{name}")
    made = None if kept else _made(name, of, hearing, catalogues)
    if made and made != name.split(".")[0]:
        return RedirectResponse(f"/media/{made}.{name.split('.')[1]}?of={of}", 307, {"cache-control": "no-store"})
    kept = kept or storage.path(f"media/{name}")
    if kept is None:
        raise NoSuchMedia(name=name)
    _drop_unusable_range(request)
    return _answer(kept, name, request)


def _made(name: str, of: str, hearing: Hearing, catalogues: Catalogues) -> str | None:
    """The name of what can be heard of it now; where a voice failed that is another voice's recording."""
    wanted = asked(of)
    museum = catalogues.current.museums.get(wanted.museum) if wanted else None
    stem, _, ending = name.partition(".")
    if museum is None:
        return None
    if isinstance(wanted, OfAnswer):
        return hearing.make_answer_soon(museum, wanted.language, wanted.quoted, stem, ending)
    stop = museum.stop(wanted.stop) if wanted else None
    if wanted is None or stop is None or wanted.language not in stop.texts:
        return None
    if isinstance(wanted, OfSentence):
        return hearing.make_sentence_soon(museum, stop, wanted.language, wanted.sentence, stem)
    return hearing.make_soon(museum, stop, wanted.language, stem, ending)


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
