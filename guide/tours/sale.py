"""What a museum writes about selling tickets: dated prices with whom they are for, entry times, quotas and terms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from guide.tours.shapes import ClockTime, Content, Dated, Days, Slug, Told, Words


class Price(Dated):
    """What a category pays, and whom it is for; a condition that is left out asks nothing."""

    category: Slug
    name: Words | None = None
    dong: Annotated[int, Field(ge=0, le=100_000_000, strict=True)]
    ages: Annotated[list[Annotated[int, Field(ge=0, le=150)]], Field(min_length=1, max_length=2)] | None = None
    student: Annotated[bool, Field(strict=True)] = False
    disability: Literal["any", "severe"] | None = None
    citizens: Annotated[bool, Field(strict=True)] | None = None
    """True: for citizens of Vietnam alone; false: for everybody else."""
    people: Annotated[int, Field(ge=2, le=1000, strict=True)] | None = None
    """The least number of people that a group has."""
    evidence: Words | None = None
    """What is shown at the gate, and never stored."""
    basis: Told | None = None


class Slots(Content):
    days: Days
    at: Annotated[list[ClockTime], Field(min_length=1)]
    places: Annotated[int, Field(ge=1, le=100_000, strict=True)]
    minutes: Annotated[int, Field(ge=5, le=1440, strict=True)] | None = None
    """How long the time lasts; until the next one, or until closing, where it is not said."""


class Quota(Content):
    """At most so many places of an entry time (or of a day that is not divided) for these categories together."""

    name: Slug
    categories: Annotated[list[Slug], Field(min_length=1)]
    places: Annotated[int, Field(ge=0, le=100_000, strict=True)]


class GivingBack(Content):
    """A ticket can be given back until so many hours before its time; this share of its price is returned."""

    until_hours: Annotated[int, Field(ge=0, le=24 * 90, strict=True)]
    percent: Annotated[int, Field(ge=0, le=100, strict=True)]


class Selling(Content):
    """How a museum sells."""

    online: bool = True
    hold_minutes: Annotated[int, Field(ge=5, le=60, strict=True)] = 15
    ahead_days: Annotated[int, Field(ge=0, le=400, strict=True)] = 60
    most: Annotated[int, Field(ge=1, le=500, strict=True)] = 60
    """People in one order."""
    places_a_day: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] | None = None
    quotas: list[Quota] = []
    early_minutes: Annotated[int, Field(ge=0, le=600, strict=True)] = 30
    late_minutes: Annotated[int, Field(ge=0, le=600, strict=True)] = 60
    re_entry: Literal["never", "same-day"] = "never"
    giving_back: list[GivingBack] = [GivingBack(until_hours=24, percent=100)]
    changing_until_hours: Annotated[int, Field(ge=0, le=24 * 90, strict=True)] = 24
    donations: bool = False
    pay_at_counter: bool = True
