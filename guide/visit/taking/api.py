"""The door for whoever takes a museum along: the list of its files."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AwareDatetime, BaseModel, ConfigDict

from guide.visit import examples
from guide.visit.making import Material
from guide.visit.routes import AtDesk
from guide.visit.taking.carried import Kind, SoundFile, Taking
from guide.visit.taking.pack import Pack
from guide.visit.taking.packs import Packs
from guide.web import held, refused_with

router = APIRouter(prefix="/api/v1/museums/{museum}", tags=["taking along"], responses=refused_with(404, 422, 429))
LOOK_AGAIN = {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"}


class FileAnswer(BaseModel):
    url: str
    kind: Kind
    bytes: int
    sha256: str


class PackAnswer(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [examples.PACK]})
    museum: str
    language: str
    edition: str
    made_at: AwareDatetime
    bytes: int
    files: list[FileAnswer]
    codes: dict[str, str]
    numbers: dict[str, str]
    waiting: int


@router.get("/pack", summary="Everything of a museum in one language, to be kept on a phone", response_model=PackAnswer)
def pack(
    museum: str,
    desk: AtDesk,
    packs: Annotated[Packs, held(Packs)],
    request: Request,
    lang: str = "",
    sound: SoundFile = "webm",
) -> Response:
    """`bytes` and `sha256` are those of a GET without cookies or a content encoding, with the same Accept-Language.

    A page of `410` is the tombstone of a stop that was withdrawn, and belongs to the pack. `sound=mp3` is for players
    that cannot play WebM. `waiting` counts stops whose narration is not recorded yet; ask again later.
    """
    there = desk.museum(museum)
    language = desk.reader(there).language
    made = packs.pack(_as_pages_are_read(desk, language, lang), Taking(there, language, sound), desk.asker)
    headers = {**LOOK_AGAIN, "etag": f'"{made.tag}"', "content-language": language}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(_answer(made).model_dump_json(), media_type="application/json", headers=headers)


def _as_pages_are_read(desk: Material, language: str, asked: str) -> Material:
    """Every address of a pack says its language, which then comes before all others."""
    return replace(desk, wishes=(language, *desk.wishes[bool(asked) :]))


def _answer(made: Pack) -> PackAnswer:
    return PackAnswer(
        museum=made.museum,
        language=made.language,
        edition=made.edition,
        made_at=made.made_at,
        bytes=made.bytes,
        files=[FileAnswer(url=f.url, kind=f.kind, bytes=f.bytes, sha256=f.sha256) for f in made.files],
        codes=made.codes,
        numbers=made.numbers,
        waiting=made.waiting,
    )
