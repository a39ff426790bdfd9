"""The door for programs that buy: what is free, an order, and how an order stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from guide.tickets import examples
from guide.tickets.once import LONGEST_KEY
from guide.tickets.selling.box_office import BoxOffice, Shown
from guide.tickets.selling.wishes import Wish
from guide.web import asker, held, refused_with


def _written_day(value: object) -> object:
    """Only 2026-11-25: neither a number of seconds nor a moment."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise PydanticCustomError("date_from_datetime_parsing", "a day is written 2026-11-25")
    return value


Day = Annotated[date, BeforeValidator(_written_day)]
TheOffice = Annotated[BoxOffice, held(BoxOffice)]
router = APIRouter(prefix="/api/v1", tags=["tickets"])


REFUSED = refused_with(404, 409, 422, 429)


class SlotAnswer(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [examples.SLOT]})
    id: str
    starts_at: datetime
    ends_at: datetime
    places: int | None
    free: int | None


class TicketsWished(BaseModel):
    model_config = ConfigDict(extra="forbid")
    category: Annotated[str, Field(min_length=1, max_length=60)]
    count: Annotated[int, Field(strict=True, ge=1, le=100_000)]


class OrderWished(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.WISH]})
    day: Day
    slot: Annotated[str | None, Field(max_length=20)] = None
    tickets: Annotated[list[TicketsWished], Field(min_length=1, max_length=100)]
    email: Annotated[str | None, Field(max_length=200)] = None
    language: Annotated[str, Field(max_length=20)]
    pay: Literal["vietqr", "vnpay", "momo", "counter", "free", "simulator"]
    donation_dong: Annotated[int, Field(strict=True, ge=0, le=100_000_000)] = 0
    as_group: Annotated[bool, Field(strict=True)] = False

    def wish(self) -> Wish:
        counts = Counter[str]()
        for tickets in self.tickets:
            counts[tickets.category] += tickets.count
        rest = {name: getattr(self, name) for name in ("language", "pay", "email", "donation_dong", "as_group")}
        return Wish(self.day, self.slot, dict(counts), **rest)


class TicketAnswer(BaseModel):
    code: str
    category: str
    signed: str | None
    """Once it is paid: what a gate reads, in digits."""


class OrderAnswer(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [examples.ORDER]})
    code: str
    status: Literal["held", "paid", "expired", "cancelled"]
    expires_at: datetime
    total_dong: int
    pay: dict[str, Any]
    tickets: list[TicketAnswer]

    @classmethod
    def of(cls, shown: Shown) -> OrderAnswer:
        tickets = [
            TicketAnswer(code=code, category=category, signed=signed) for code, category, signed in shown.tickets
        ]
        return cls.model_construct(**{**vars(shown), "status": shown.status.value, "tickets": tickets})


@router.get("/museums/{museum}/slots", responses=REFUSED, summary="Entry times, and how many may still come")
def slots(
    museum: str,
    office: TheOffice,
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
) -> list[SlotAnswer]:
    return [SlotAnswer(**asdict(line)) for line in office.free(museum, since, until)]


@router.post(
    "/museums/{museum}/orders",
    status_code=201,
    response_model=OrderAnswer,
    responses=REFUSED,
    summary="An order, which holds its places",
)
def order(
    museum: str,
    wished: OrderWished,
    office: TheOffice,
    key: Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=LONGEST_KEY)] = None,
) -> Response:
    """The same Idempotency-Key with the same body brings the same order, however often it is sent."""
    return _written(office.sell(museum, wished.wish(), key), 201)


@router.get(
    "/orders/{code}",
    response_model=OrderAnswer,
    responses=REFUSED,
    summary="How an order stands; its tickets once it is paid",
)
def show(code: str, request: Request, office: TheOffice) -> Response:
    return _written(office.show(code, asker(request)), 200)


def _written(shown: Shown, status: int) -> Response:
    """Written here, in the thread that is busy with it anyway: another one would be a second wait."""
    return Response(OrderAnswer.of(shown).model_dump_json(), status, media_type="application/json")
