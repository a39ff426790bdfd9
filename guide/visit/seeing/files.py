"""The door to the files of what is looked at closely: `/media/seen/{name}`, immutable, answered with ranges."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from guide.errors import NotFound
from guide.storage import Storage
from guide.visit.seeing import tiles
from guide.web import held

router = APIRouter(include_in_schema=False)
TheStorage = Annotated[Storage, held(Storage)]
TYPES = {
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "glb": "model/gltf-binary",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
}
NAME = re.compile(r"[0-9a-f]{32}\.(" + "|".join(TYPES) + ")")
PACK, TILE = re.compile(r"[0-9a-f]{32}"), re.compile(r"\d{1,2}/\d{1,4}_\d{1,4}\.webp")
RANGE = re.compile(r"bytes=(\d+-\d*|-\d+)(,\s*(\d+-\d*|-\d+))*")


class NoSuchViewFile(NotFound):
    """No file of this name belongs to anything that can be looked at."""


@router.get("/media/seen/{name}")
def file(name: str, request: Request, storage: TheStorage) -> Response:
    kept = storage.path(f"seen/{name}") if NAME.fullmatch(name) else None
    if kept is None:
        raise NoSuchViewFile(name=name[:60])
    return _answer(kept, TYPES[name.rsplit(".", 1)[-1]], request)


@router.get("/media/seen/{name}/{level}/{place}")
def tile(name: str, level: str, place: str, storage: TheStorage) -> Response:
    wanted = f"{level}/{place}"
    pack = storage.path(f"seen/{name}.zip") if PACK.fullmatch(name) and TILE.fullmatch(wanted) else None
    body = tiles.tile(pack, wanted) if pack else None
    if body is None:
        raise NoSuchViewFile(name=f"{name}/{wanted}"[:60])
    return Response(body, media_type="image/webp", headers=_headers(f"{name}-{wanted}"))


def _answer(kept: Path, kind: str, request: Request) -> Response:
    headers = _headers(kept.stem)
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if not RANGE.fullmatch(request.headers.get("range", "bytes=0-")):  # as if it had not been asked (RFC 9110, 14.2)
        request.scope["headers"] = [header for header in request.scope["headers"] if header[0] != b"range"]
    return FileResponse(kept, media_type=kind, headers=headers)


def _headers(stem: str) -> dict[str, str]:
    return {
        "cache-control": "public, max-age=31536000, immutable",
        "etag": f'"{stem}"',
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "cross-origin-resource-policy": "same-origin",
    }
