"""The door to the assistant for programs: a question in, the museum's own sentences out."""

from __future__ import annotations

import time
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from guide.assistant.answer import Asked
from guide.assistant.desk import Desk
from guide.assistant.pocket.keeping import Pockets
from guide.assistant.telling import as_data
from guide.clock import Clock
from guide.tours.catalogue import Catalogues
from guide.web import asker, held

router = APIRouter(prefix="/api/v1/museums/{museum}", tags=["assistant"])

EXAMPLE: JsonDict = {"question": "Nhà tù này do ai lập ra?", "language": "vi", "stop": None, "previous": []}


class QuestionAsked(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})
    question: Annotated[str, Field(max_length=20_000)]
    language: Annotated[str, Field(max_length=20)]
    stop: Annotated[str | None, Field(max_length=60)] = None
    previous: Annotated[list[Annotated[str, Field(max_length=2_000)]], Field(max_length=10)] = []


class CitationAnswer(BaseModel):
    kind: Literal["stop", "fact", "faq", "tour"]
    stop: str | None
    language: str
    sentence: str
    url: str
    start_seconds: float | None
    score: float


class PartAnswer(BaseModel):
    """The answer as it is shown: our own words, or a sentence of the museum's and where it stands."""

    text: str
    url: str | None
    title: str
    language: str | None


class QuestionAnswer(BaseModel):
    question: str
    answer: str
    parts: list[PartAnswer]
    refused: bool
    citations: list[CitationAnswer]
    near: list[str]
    suggestions: list[str]
    understood: str | None
    audio: str | None
    ms: float


@router.get("/pocket", summary="What a phone needs to answer without a network: texts, rules and calendar")
def pocket(
    museum: str,
    request: Request,
    catalogues: Annotated[Catalogues, held(Catalogues)],
    pockets: Annotated[Pockets, held(Pockets)],
    lang: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    packed = pockets.of(catalogues.current.named(museum), lang)
    headers = {"etag": f'"{packed.name}"', "cache-control": "no-cache", "vary": "Accept-Encoding"}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(packed.body, media_type="application/json", headers=headers)
    return Response(packed.unpacked, media_type="application/json", headers=headers)


@router.post("/questions", summary="A question, answered with the museum's own sentences or not at all")
def ask(
    museum: str,
    asked: QuestionAsked,
    request: Request,
    catalogues: Annotated[Catalogues, held(Catalogues)],
    desk: Annotated[Desk, held(Desk)],
    clock: Annotated[Clock, held(Clock)],
) -> QuestionAnswer:
    there = catalogues.current.named(museum)
    desk.expect(asker(request))
    began = time.perf_counter()
    question = Asked(asked.question, asked.language, clock.now(), asked.stop, tuple(asked.previous))
    told = desk.answer(there, question)
    return QuestionAnswer(ms=round((time.perf_counter() - began) * 1000, 2), **as_data(asked.question, told))
