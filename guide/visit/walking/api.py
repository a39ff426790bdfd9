"""The door for programs: a walk composed, and the ground that a phone composes walks on without a network."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from guide.tours.walks import Call, WhyNot
from guide.tours.wishing import LONGEST, SHORTEST, outing
from guide.visit import addresses, examples
from guide.visit.routes import AtDesk
from guide.visit.walking import walking_pages
from guide.visit.walking.asking import asked
from guide.visit.walking.composed import dotted
from guide.visit.walking.often import not_too_often
from guide.visit.walking.walk_page import walk_of
from guide.web import refused_with

router = APIRouter(prefix="/api/v1/museums/{museum}", tags=["walks"], responses=refused_with(404, 422, 429))
Numbers = Annotated[str, Field(max_length=400, description="Numbers of stops, joined by dots", examples=["101.104"])]
Slug = Annotated[str, Field(max_length=60)]


class Wanted(BaseModel):
    """What stands in the address, as the page of walks has it too."""

    minutes: Annotated[int, Field(ge=SHORTEST, le=LONGEST, examples=[45])]
    steps: Literal["", "none"] = ""
    children: Literal["", "yes"] = ""
    theme: list[Slug] = []
    loved: Slug = ""
    start: Annotated[str, Field(alias="from", max_length=60)] = ""
    seen: Numbers = ""
    must: Numbers = ""

    @property
    def query(self) -> dict[str, list[str]]:
        told = self.model_dump(by_alias=True)
        return {name: value if isinstance(value, list) else [str(value)] for name, value in told.items()}


class CallAnswer(BaseModel):
    slug: str
    number: int
    walk_seconds: int
    steps: int | None
    how: str
    listen_seconds: int
    look_seconds: int
    worth: int
    why: dict[str, int]


class LeftOutAnswer(BaseModel):
    slug: str
    number: int
    why: WhyNot


class WalkAnswer(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [examples.WALK]})
    minutes: int
    given_seconds: int
    seconds: int
    exact: bool
    url: str
    stops: list[CallAnswer]
    left_out: list[LeftOutAnswer]


@router.get("/walk", summary="A walk for the minutes there are, with why each stop is on it and why others are not")
def walk(museum: str, desk: AtDesk, wanted: Annotated[Wanted, Query()]) -> WalkAnswer:
    """`steps` of a way is null where nobody told; `given_seconds` is less than the minutes where the museum closes
    before. `how` says what a way's seconds are known from: told, measured, floors or assumed."""
    there = desk.museum(museum)
    not_too_often(desk, there)
    language, wish = desk.reader(there).language, asked(there, wanted.query)
    made = walk_of(there, desk.terrains.of(there, language), wish, outing(there.sheet, desk.now))
    line = dotted(call.place.number for call in made.calls)
    return WalkAnswer(
        minutes=wanted.minutes,
        given_seconds=made.given,
        seconds=made.seconds,
        exact=made.exact,
        url=addresses.walk(there.slug, language, f"walk={line}"),
        stops=[_call(call) for call in made.calls],
        left_out=[
            LeftOutAnswer(slug=left.place.slug, number=left.place.number, why=left.why) for left in made.left_out
        ],
    )


def _call(call: Call) -> CallAnswer:
    return CallAnswer(
        slug=call.place.slug,
        number=call.place.number,
        walk_seconds=call.leg.seconds,
        steps=call.leg.steps,
        how=call.leg.how,
        listen_seconds=call.place.seconds,
        look_seconds=call.looking,
        worth=call.worth.points,
        why=dict(call.worth.why),
    )


@router.get("/terrain", summary="What a phone needs to compose walks by itself: times, ways, hours")
def terrain(museum: str, desk: AtDesk) -> Response:
    """Tables of ways hold what lies above their diagonal, row after row, in the order of `places`."""
    there = desk.museum(museum)
    headers = {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
    return Response(walking_pages.ground(desk, there), media_type="application/json", headers=headers)
