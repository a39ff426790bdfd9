"""The door for widgets: what each shows, with its words in the reader's language, in one answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict

from guide.clock import day_in
from guide.narration.hearing import Hearing
from guide.storage import Storage
from guide.tours.catalogue import Catalogues, Museum
from guide.visit.buying.routes import NoTicketsHere
from guide.visit.buying.tickets_page import calendar
from guide.visit.embedding import examples
from guide.visit.embedding.cards import Spoken, ask_card, stop_card, tickets_card
from guide.visit.frame import reader_of
from guide.visit.routes import NoSuchStop
from guide.visit.stop_page import stop_page
from guide.web import Now, Pages, Reading, held, refused_with, wishes

router = APIRouter(prefix="/api/v1/museums/{museum}/widgets", tags=["widgets"], responses=refused_with(404))
A_MINUTE = "public, max-age=60"


def _like(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class Card(BaseModel):
    museum: str
    name: str
    language: str
    interface: str
    """The language of the words, where the museum's own has none."""
    direction: Literal["ltr", "rtl"]
    words: dict[str, str]
    url: str
    """The whole page."""


class ToldSentence(BaseModel):
    n: int
    text: str
    start: float | None
    end: float | None


class ToldAudio(BaseModel):
    url: str
    seconds: float | None
    voice: str


class ToldPicture(BaseModel):
    url: str
    alt: str
    credit: str


class StopCard(Card):
    model_config = _like(examples.STOP)
    stop: str
    number: int
    status: Literal["open", "closed", "withdrawn"]
    note: str
    text_language: str
    text_direction: Literal["ltr", "rtl"]
    title: ToldSentence
    paragraphs: list[list[ToldSentence]]
    audio: ToldAudio | None
    picture: ToldPicture | None


class AskCard(Card):
    model_config = _like(examples.ASK)
    stop: str | None
    about: str
    suggestions: list[str]


class ToldTime(BaseModel):
    slot: str
    begins: str
    ends: str
    free: int | None
    told: str


class ToldCategory(BaseModel):
    category: str
    name: str
    language: str
    dong: int
    price: str
    whom: list[str]


class ToldDay(BaseModel):
    day: str
    name: str
    told: str
    state: Literal["open", "free", "full", "over", "closed", "far"]
    state_told: str
    sells: bool
    hours: str
    times: list[ToldTime]
    left: str
    categories: list[ToldCategory]


class TicketsCard(Card):
    model_config = _like(examples.TICKETS)
    most: int
    days: list[ToldDay]
    chosen: str | None


TheCatalogues = Annotated[Catalogues, held(Catalogues)]
ThePages = Annotated[Pages, held(Pages)]


@router.get("/stops/{slug}", summary="A stop as the widget guide-stop shows it")
def stop(
    museum: str,
    slug: str,
    request: Request,
    response: Response,
    catalogues: TheCatalogues,
    pages: ThePages,
    storage: Annotated[Storage, held(Storage)],
    hearing: Annotated[Hearing, held(Hearing)],
    now: Now,
) -> StopCard:
    there = catalogues.current.named(museum)
    found = there.stop(slug) or there.renamed(slug)
    if found is None:
        raise NoSuchStop(stop=slug[:60])
    spoken = _spoken(there, request, pages, response)
    sound = None if found.withdrawn else hearing.sound(there, found, there.text(found, spoken.reader.language)[1])
    page = stop_page(there, found, spoken.reader, sound, day_in(there.sheet.time_zone, now), storage)
    return StopCard(**stop_card(spoken, page))


@router.get("/questions", summary="The box to ask in, as the widget guide-ask shows it")
def questions(
    museum: str, request: Request, response: Response, catalogues: TheCatalogues, pages: ThePages, stop: str = ""
) -> AskCard:
    there = catalogues.current.named(museum)
    return AskCard(**ask_card(_spoken(there, request, pages, response), stop or None))


@router.get("/tickets", summary="The days that one can come, as the widget guide-tickets shows them")
def tickets(
    museum: str,
    request: Request,
    response: Response,
    catalogues: TheCatalogues,
    pages: ThePages,
    session: Reading,
    now: Now,
) -> TicketsCard:
    there = catalogues.current.named(museum)
    spoken = _spoken(there, request, pages, response)
    if not there.sheet.tickets.online or not there.sheet.prices:
        raise NoTicketsHere(museum=there.say(there.sheet.name, spoken.reader.language))
    return TicketsCard(**tickets_card(spoken, calendar(session, there, None, now)))


def _spoken(museum: Museum, request: Request, pages: Pages, response: Response) -> Spoken:
    response.headers["cache-control"] = "no-cache"
    response.headers["vary"] = "Accept-Language, Cookie"
    return Spoken(museum, reader_of(museum, wishes(request), pages.messages), pages.messages)
