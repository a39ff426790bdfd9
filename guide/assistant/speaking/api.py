"""The door for spoken questions: a recording in, what was understood out, and nothing of either is kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict

from guide.assistant.speaking.listener import Listener
from guide.assistant.speaking.recording import MOST_BYTES
from guide.language import choose
from guide.tours.catalogue import Catalogues
from guide.web import asker, held, refused_with, wishes

router = APIRouter(prefix="/api/v1/museums/{museum}", tags=["assistant"])
LARGER = {"/spoken-questions": MOST_BYTES}
EXAMPLE: dict[str, Any] = {"heard": "When was the stone gate built?", "language": "en", "seconds": 2.4}
SOUND = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("audio/webm", "audio/mp4", "audio/wav")}


class SpokenAnswer(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})
    heard: str
    language: str
    seconds: float


class HearsAnswer(BaseModel):
    hears: Literal["well", "poorly", ""]
    """Nothing where there is no ear, or nobody tried it in that language."""


async def _sound(request: Request) -> bytes:
    return await request.body()


@router.post(
    "/spoken-questions",
    responses=refused_with(404, 413, 422, 429, 503),
    openapi_extra={"requestBody": {"required": True, "content": SOUND}},
    summary="What was said, written down on this machine and forgotten; 20 seconds at most",
)
def spoken(
    museum: str,
    sound: Annotated[bytes, Depends(_sound)],
    request: Request,
    catalogues: Annotated[Catalogues, held(Catalogues)],
    listener: Annotated[Listener, held(Listener)],
) -> SpokenAnswer:
    there = catalogues.current.named(museum)
    listener.expect(asker(request))
    language = choose(wishes(request), there.sheet.languages, there.sheet.source_language)
    understood = listener.understand(sound, language)
    return SpokenAnswer(heard=understood.heard, language=understood.language, seconds=understood.seconds)


@router.get(
    "/spoken-questions", responses=refused_with(404), summary="Whether one may speak here; the ear gets ready meanwhile"
)
def hears(
    museum: str,
    request: Request,
    catalogues: Annotated[Catalogues, held(Catalogues)],
    listener: Annotated[Listener, held(Listener)],
) -> HearsAnswer:
    there = catalogues.current.named(museum)
    known = listener.hears(choose(wishes(request), there.sheet.languages, there.sheet.source_language))
    if known == "well":
        listener.wake()
    return HearsAnswer(hears=known)
