"""The door for pages and programs that bring feedback, also some time after it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from guide.assistant.desk import Desk as Assistants
from guide.clock import Clock, day_in
from guide.language import match
from guide.tours.catalogue import Catalogues, Museum
from guide.visit.feedback.opinions import LONGEST_WORDS, Opinion, Opinions
from guide.web import asker, held, refused_with

router = APIRouter(prefix="/api/v1/museums/{museum}", tags=["catalogue"], responses=refused_with(404, 422, 429))
EXAMPLE: JsonDict = {
    "id": "3f0e8f5a-7c1e-4a59-9d6e-0b6b1f0c9a11",
    "about": "stop:phu-hai",
    "face": "good",
    "reason": "telling",
    "words": "Kể rất dễ hiểu, cháu tôi nghe hết.",
    "language": "vi",
}


class Given(BaseModel):
    """The id is made at random by whoever gives it: what is sent twice counts once."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})
    id: UUID
    about: Annotated[str, Field(max_length=70)]
    face: Literal["good", "fair", "poor"]
    reason: Annotated[str | None, Field(max_length=20)] = None
    words: Annotated[str, Field(max_length=4 * LONGEST_WORDS)] = ""
    language: Annotated[str, Field(max_length=20)]


@router.post("/feedback", status_code=204, summary="What a visitor thought of a stop or a walk; nobody is told who")
def feedback(
    museum: str,
    given: Given,
    request: Request,
    catalogues: Annotated[Catalogues, held(Catalogues)],
    opinions: Annotated[Opinions, held(Opinions)],
    assistants: Annotated[Assistants, held(Assistants)],
    clock: Annotated[Clock, held(Clock)],
) -> None:
    there = catalogues.current.named(museum)
    day = day_in(there.sheet.time_zone, clock.now())
    opinions.keep(there, opinion(there, given), day, asker(request), known(there, assistants))


def opinion(museum: Museum, given: Given) -> Opinion:
    language = match(given.language, museum.sheet.languages) or museum.sheet.source_language
    return Opinion(given.id, given.about, given.face, given.reason or None, given.words, language)


def known(museum: Museum, assistants: Assistants) -> Callable[[str], bool]:
    """Whether a word is the museum's own, or a title with a name."""
    return assistants.assistant.mind(museum, museum.sheet.source_language).has
