"""The shapes of what a museum writes: parsed strictly, frozen, and the same from a folder as from the studio."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from guide.tours import codes

RESERVED = frozenset(
    "q media api offline studio office gate counter orders assets widgets healthz readyz metrics "
    "sw.js manifest.webmanifest robots.txt sitemap.xml favicon.ico".split()
)
VARIANTS = ("short", "child", "easy")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_TIME = r"([01]\d|2[0-3]):[0-5]\d"


def _nfc(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise PydanticCustomError("unprintable", "a character that cannot be printed")
    return unicodedata.normalize("NFC", text)


def _days(text: str) -> str:
    """`mon`, `tue-sun`, `mon,wed,fri` or `daily`."""
    if text != "daily" and not all(day in WEEK for part in text.split(",") for day in part.split("-", 1)):
        raise PydanticCustomError("days", "days are written mon, tue-sun, mon,wed or daily")
    return text


def _span(text: str) -> str:
    if not re.fullmatch(f"{_TIME}-{_TIME}", text) or text[:5] >= text[6:]:
        raise PydanticCustomError("span", "opening hours are written 07:30-11:30")
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("zone", "no such time zone") from error
    return name


def _day_of_year(text: str) -> str:
    try:
        if date.fromisoformat(f"2024-{text}").strftime("%m-%d") == text:
            return text
    except ValueError:
        pass
    raise PydanticCustomError("day", "a yearly day is written month-day: 11-23")


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or text != f"{parts.scheme}://{parts.netloc}":
        raise PydanticCustomError("origin", "an origin is written https://example.vn")
    return text


def _code(text: str) -> str:
    if not codes.is_code(text):
        raise PydanticCustomError("code", "not a code with its check character")
    return text


def _inside(name: str) -> str:
    """A file stands beside the page that names it."""
    if not name or name.startswith((".", "/")) or ".." in name.split("/") or "\\" in name:
        raise PydanticCustomError("outside", "a file must lie inside the folder")
    return _nfc(name)


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_nfc)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Language = Annotated[str, StringConstraints(pattern=f"^{LANGUAGE.pattern}$", max_length=20)]
FileName = Annotated[str, StringConstraints(max_length=200), AfterValidator(_inside)]
Days = Annotated[str, AfterValidator(_days)]
Span = Annotated[str, AfterValidator(_span)]
ClockTime = Annotated[str, StringConstraints(pattern=f"^{_TIME}$")]
Words = Annotated[dict[Language, Line], Field(min_length=1)]
Told = Words | Line
"""Said per language, or once for all of them (a decision's number, an inventory code)."""


class Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Dated(Content):
    """Something that holds from a day until a day, both included; an open end is left out."""

    since: date | None = Field(None, alias="from")
    until: date | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.since and self.until and self.until < self.since:
            raise PydanticCustomError("order", "it ends before it begins")
        return self

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Closure(Dated):
    reason: Words | None = None


class FreeDay(Content):
    day: Annotated[str, AfterValidator(_day_of_year)]
    reason: Words | None = None


class Price(Dated):
    category: Slug
    dong: Annotated[int, Field(ge=0, le=100_000_000, strict=True)]
    ages: Annotated[list[Annotated[int, Field(ge=0, le=150)]], Field(min_length=1, max_length=2)] | None = None
    basis: Told | None = None


class Slots(Content):
    days: Days
    at: Annotated[list[ClockTime], Field(min_length=1)]
    places: Annotated[int, Field(ge=1)]


class Contact(Content):
    phone: Line | None = None
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    website: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None


class Facilities(Content):
    toilet: Words | None = None
    wheelchair: Words | None = None
    parking: Words | None = None
    photo: Words | None = None
    wifi: Words | None = None


class Floor(Content):
    id: Slug
    name: Words
    svg: FileName


class Source(Content):
    title: Told
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    trust: Annotated[int, Field(ge=1, le=3)] | None = None


class MuseumSheet(Content):
    """`museum.yaml`."""

    name: Words
    languages: Annotated[list[Language], Field(min_length=1)]
    fallback: list[Language] = []
    about: Words | None = None
    time_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Ho_Chi_Minh"
    address: Words | None = None
    contact: Contact | None = None
    hours: dict[Days, list[Span]] | None = None
    closures: list[Closure] = []
    free_days: list[FreeDay] = []
    prices: list[Price] = []
    slots: list[Slots] = []
    facilities: Facilities | None = None
    embeds: list[Annotated[str, AfterValidator(_origin)]] = []
    floors: list[Floor] = []
    sources: dict[Line, Source] = {}

    @model_validator(mode="after")
    def _languages_agree(self) -> MuseumSheet:
        if strangers := [tag for tag in self.fallback if tag not in self.languages]:
            raise PydanticCustomError("strange_language", "{tag} is not a language here", {"tag": strangers[0]})
        return self

    @property
    def source_language(self) -> str:
        return self.languages[0]


class Closed(Closure):
    instead: Slug | None = None


class StopClosed(Content):
    closed: Closed


class Withdrawn(Content):
    since: date
    reason: Words | None = None


class Names(Content):
    other: list[Line] = []
    places: list[Line] = []


class Thing(Content):
    """What an inventory knows about the object; facets are made of these."""

    kind: Told | None = None
    rank: Told | None = None
    decision: Told | None = None
    period: Told | None = None
    material: Told | None = None
    inventory: Told | None = None


class Position(Content):
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    epsg: Annotated[int, Field(ge=1024, le=32767)] = 4326
    verified: bool = False


class OnFloor(Content):
    id: Slug
    x: Annotated[float, Field(ge=0, le=1)]
    y: Annotated[float, Field(ge=0, le=1)]


class Picture(Content):
    file: FileName
    alt: Words
    credit: Told | None = None


class Seeing(Content):
    kind: Literal["model", "panorama", "deepzoom", "sign", "description"]
    file: FileName | None = None
    alt: Words


class FactValue(Content):
    value: StrictInt | StrictFloat | Line
    text: Words
    sources: list[Line] = []


class Fact(Content):
    """What is held about one thing; more than one value means that the sources disagree."""

    about: Words
    values: Annotated[list[FactValue], Field(min_length=1)]


class Translation(Content):
    of: Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
    by: Literal["person", "machine"] = "person"
    reviewed: bool = False


class StopSheet(Content):
    """`stop.yaml`."""

    number: Annotated[int, Field(ge=1, le=99_999)] | None = None
    code: Annotated[str, AfterValidator(_code)] | None = None
    formerly: list[Slug] = []
    status: Literal["open"] | StopClosed = "open"
    withdrawn: Withdrawn | None = None
    names: Names = Names()
    object: Thing = Thing()
    position: Position | None = None
    floor: OnFloor | None = None
    step_free: bool | None = None
    for_children: bool | None = None
    themes: list[Slug] = []
    images: list[Picture] = []
    seeing: list[Seeing] = []
    facts: list[Fact] = []
    translations: dict[Language, Translation] = {}


class Text(Content):
    title: str
    body: str = ""


class Stop(StopSheet):
    """A stop as an edition holds it: its sheet, its texts, and the number and code it keeps for good."""

    slug: Slug
    number: int
    code: str
    texts: dict[Language, Text] = {}
    variants: dict[Language, dict[str, Text]] = {}
    recordings: dict[Language, FileName] = {}


class Step(Content):
    stop: Slug
    walk_minutes: Annotated[float, Field(ge=0, le=600)] = 0
    steps: Annotated[int, Field(ge=0)] = 0


class Tour(Content):
    """`tours/<slug>.yaml`."""

    title: Words
    minutes: Annotated[int, Field(ge=1, le=600)]
    about: Words | None = None
    stops: Annotated[list[Step], Field(min_length=1)]


class LexiconEntry(Content):
    word: Line
    say: Line | None = None
    phonemes: Line | None = None
    case: bool = False
    priority: Annotated[int, Field(ge=-100, le=100, strict=True)] = 0

    @model_validator(mode="after")
    def _one_way_to_say(self) -> LexiconEntry:
        if (self.say is None) == (self.phonemes is None):
            raise PydanticCustomError("say_or_phonemes", "give either say or phonemes")
        return self


class Question(Content):
    """An entry of `faq/<lang>.yaml`."""

    ask: Annotated[list[Line], Field(min_length=1)]
    answer: Line
    about: Line | None = None


def written(content: Content) -> dict[str, Any]:
    """The shape as plain data, without what is left at its default: what a file or a document would say."""
    return content.model_dump(mode="json", by_alias=True, exclude_defaults=True)
