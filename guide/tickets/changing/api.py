"""The door for programs that change an order: give it back, or come on another day."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from guide.tickets import examples
from guide.tickets.api import REFUSED, Day, OrderAnswer
from guide.tickets.changing.holder import Changed, Holder
from guide.web import asker, held

router = APIRouter(prefix="/api/v1", tags=["tickets"])
TheHolder = Annotated[Holder, held(Holder)]
_EXAMPLE: dict[str, Any] = {**examples.ORDER, "status": "cancelled", "tickets": [], "refund_dong": 100_000}


class Cancellation(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"tickets": ["K7M2QXRABC"]}]})
    tickets: Annotated[list[Annotated[str, Field(max_length=20)]] | None, Field(max_length=500)] = None
    """Codes; left out it is the whole order."""


class OtherDay(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"day": "2026-11-27", "slot": "08:00"}]})
    day: Day
    slot: Annotated[str | None, Field(max_length=20)] = None


class ChangedAnswer(OrderAnswer):
    """The order as it stands, and all that goes back of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})
    refund_dong: int

    @classmethod
    def after(cls, changed: Changed) -> ChangedAnswer:
        return cls.model_construct(**vars(OrderAnswer.of(changed.shown)), refund_dong=changed.refund_dong)


@router.put("/orders/{code}/cancellation", responses=REFUSED, summary="Give an order back, or some of its tickets")
def cancellation(code: str, request: Request, holder: TheHolder, chosen: Cancellation | None = None) -> ChangedAnswer:
    """By the museum's terms; twice is once. A hold that is not paid is simply let go."""
    return ChangedAnswer.after(holder.cancel(code, chosen.tickets if chosen else None, asker(request)))


@router.put("/orders/{code}/day", responses=REFUSED, summary="Come on another day, or at another time")
def day(code: str, other: OtherDay, request: Request, holder: TheHolder) -> ChangedAnswer:
    """Where it costs no more than was paid; what it costs less goes back."""
    return ChangedAnswer.after(holder.change(code, other.day, other.slot, asker(request)))
