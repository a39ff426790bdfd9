"""The door for programs: the catalogue as JSON, and counts that a page sends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from guide.clock import Clock, day_in
from guide.counters import Counters, Happening, What
from guide.language import match
from guide.narration.hearing import Hearing
from guide.storage import Storage
from guide.tours.calendar import stop_closure, today
from guide.tours.catalogue import Catalogues, Museum
from guide.tours.content import Stop
from guide.tours.prices import prices_on
from guide.tours.shapes import written
from guide.visit import examples
from guide.visit.cards import ShownFact, ShownPicture, ShownSource
from guide.visit.findable import findable as findable_stops
from guide.visit.frame import Reader, language_of
from guide.visit.routes import NoSuchStop
from guide.visit.search import Finder
from guide.visit.stop_page import Player, stop_page
from guide.web import held, refused_with, wishes

TheCatalogues = Annotated[Catalogues, held(Catalogues)]
TheClock = Annotated[Clock, held(Clock)]
TheStorage = Annotated[Storage, held(Storage)]


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


def _like(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


router = APIRouter(prefix="/api/v1/museums/{museum}", tags=["catalogue"], responses=refused_with(404, 422))


class MuseumAnswer(Answer):
    model_config = _like(examples.MUSEUM)
    slug: str
    edition: str
    name: dict[str, str]
    languages: list[str]
    today: dict[str, object]
    address: dict[str, str] | None
    contact: dict[str, str] | None
    hours: dict[str, list[str]] | None
    prices: list[dict[str, object]]
    facilities: dict[str, dict[str, str]] | None
    tours: list[dict[str, object]]
    stops: int


class StopLine(Answer):
    model_config = _like(examples.LINE)
    slug: str
    number: int
    code: str
    title: str
    language: str
    status: Literal["open", "closed", "withdrawn"]


class SentenceAnswer(Answer):
    n: int
    text: str
    start: float | None
    end: float | None


class AudioAnswer(Answer):
    url: str
    type: str
    bytes: int | None
    seconds: float | None
    voice: str
    human: bool


class StopAnswer(StopLine):
    model_config = _like(examples.STOP)
    sentences: list[SentenceAnswer]
    audio: list[AudioAnswer]
    captions: str | None
    images: list[dict[str, object]]
    facts: list[dict[str, object]]
    names: dict[str, list[str]]
    object: dict[str, str]


class SearchLine(StopLine):
    model_config = _like(examples.FOUND)
    why: list[dict[str, str]]


class Counted(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.COUNTED]})
    what: Literal["play", "finished"]
    key: Annotated[str, Field(max_length=60)]
    language: Annotated[str, Field(max_length=20)]


@router.get("", summary="A museum: today, prices, walks")
def museum(museum: str, catalogues: TheCatalogues, clock: TheClock) -> MuseumAnswer:
    there = catalogues.current.named(museum)
    sheet, state = written(there.sheet), today(there.sheet, clock.now())
    return MuseumAnswer(
        slug=there.slug,
        edition=there.edition,
        name=there.sheet.name,
        languages=there.sheet.languages,
        today={"day": state.day, "state": state.state, "until": state.until, "opens": state.opens},
        address=there.sheet.address,
        contact=sheet.get("contact"),
        hours=there.sheet.hours,
        prices=[written(price) for price in prices_on(there.sheet, state.day)],
        facilities=sheet.get("facilities"),
        tours=[{"slug": slug, **written(tour)} for slug, tour in there.tours.items()],
        stops=len(there.shown_stops),
    )


@router.get("/stops", summary="Every stop of a museum, in the order of its number")
def stops(museum: str, catalogues: TheCatalogues, clock: TheClock, request: Request) -> list[StopLine]:
    there = catalogues.current.named(museum)
    language = asked_language(there, request)
    return [StopLine(**_line(there, stop, language, clock)) for stop in there.shown_stops]


@router.get("/stops/{slug}", summary="A stop: sentences with their seconds, audio, pictures and facts")
def stop(
    museum: str,
    slug: str,
    catalogues: TheCatalogues,
    clock: TheClock,
    storage: TheStorage,
    hearing: Annotated[Hearing, held(Hearing)],
    request: Request,
) -> StopAnswer:
    there = catalogues.current.named(museum)
    found = there.stop(slug) or there.renamed(slug)
    if found is None:
        raise NoSuchStop(stop=slug[:60])
    language = asked_language(there, request)
    reader = Reader(language, language)
    sound = None if found.withdrawn else hearing.sound(there, found, there.text(found, language)[1])
    page = stop_page(there, found, reader, sound, day_in(there.sheet.time_zone, clock.now()), storage)
    spoken = [page.title, *(sentence for paragraph in page.paragraphs for sentence in paragraph)]
    return StopAnswer(
        **_line(there, found, language, clock),
        sentences=[SentenceAnswer(n=s.number, text=s.text, start=s.start, end=s.end) for s in spoken],
        audio=_audio(page.player, sound.mp3_bytes if sound else None, sound.webm_bytes if sound else None),
        captions=page.player.captions if page.player else None,
        images=[_image(picture) for picture in page.pictures],
        facts=[_fact(fact) for fact in page.facts],
        names={"other": list(page.other_names), "places": list(page.old_places)},
        object={detail.name: str(detail.value) for detail in page.details},
    )


@router.get("/search", summary="Stops found by words, with the reason for each")
def search(
    museum: str,
    catalogues: TheCatalogues,
    clock: TheClock,
    finder: Annotated[Finder, held(Finder)],
    request: Request,
    q: Annotated[str, Query(max_length=2000)] = "",
) -> list[SearchLine]:
    there = catalogues.current.named(museum)
    language = asked_language(there, request)
    return [
        SearchLine(
            **_line(there, stop, language, clock),
            why=[{"field": why.field, "how": why.how, "words": ", ".join(why.words)} for why in hit.why],
        )
        for stop, hit in finder.search(there, language, q[:200])
    ]


@router.get("/findable", summary="What a phone needs to search without a network: the stops' words, and the rules")
def findable(museum: str, catalogues: TheCatalogues, request: Request) -> Response:
    there = catalogues.current.named(museum)
    headers = {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
    told = findable_stops(there, asked_language(there, request))
    return Response(told, media_type="application/json", headers=headers)


@router.post("/counts", status_code=204, summary="A page tells that something was played; nobody is told who")
def counts(
    museum: str,
    counted: Counted,
    catalogues: TheCatalogues,
    clock: TheClock,
    counters: Annotated[Counters, held(Counters)],
) -> None:
    there = catalogues.current.named(museum)
    if there.stop(counted.key) is None:
        raise NoSuchStop(stop=counted.key)
    language = match(counted.language, there.sheet.languages) or there.sheet.source_language
    day = day_in(there.sheet.time_zone, clock.now())
    counters.note(Happening(there.slug, day, What(counted.what), counted.key, language))


def asked_language(museum: Museum, request: Request) -> str:
    return language_of(museum, wishes(request))


def _line(museum: Museum, stop: Stop, language: str, clock: Clock) -> dict[str, object]:
    text, found = museum.text(stop, language)
    day = day_in(museum.sheet.time_zone, clock.now())
    closed = "closed" if stop_closure(stop, day) else "open"
    status = "withdrawn" if stop.withdrawn else closed
    return {
        "slug": stop.slug,
        "number": stop.number,
        "code": stop.code,
        "title": text.title,
        "language": found,
        "status": status,
    }


def _audio(player: Player | None, mp3_bytes: int | None, webm_bytes: int | None) -> list[AudioAnswer]:
    if player is None:
        return []
    files = (("audio/mpeg", player.mp3, mp3_bytes), ("audio/webm", player.webm, webm_bytes))
    return [
        AudioAnswer(url=url, type=kind, bytes=size, seconds=player.seconds, voice=player.voice, human=player.human)
        for kind, url, size in files
    ]


def _image(picture: ShownPicture) -> dict[str, object]:
    return {"url": picture.url, "alt": str(picture.alt), "credit": str(picture.credit)}


def _fact(fact: ShownFact) -> dict[str, object]:
    return {
        "about": str(fact.about),
        "values": [
            {"text": str(value.text), "sources": [_source(source) for source in value.sources]} for value in fact.values
        ],
    }


def _source(source: ShownSource) -> dict[str, object]:
    return {"title": str(source.title), "url": source.url, "trust": source.trust}
