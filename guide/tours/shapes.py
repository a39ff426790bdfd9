"""What the shapes of content are made of: words by language, days and hours, files, and what holds for a while."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from guide.tours import codes

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


def zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("zone", "no such time zone") from error
    return name


def day_of_year(text: str) -> str:
    try:
        if date.fromisoformat(f"2024-{text}").strftime("%m-%d") == text:
            return text
    except ValueError:
        pass
    raise PydanticCustomError("day", "a yearly day is written month-day: 11-23")


def origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("https", "http") or not parts.hostname or text != f"{parts.scheme}://{parts.netloc}":
        raise PydanticCustomError("origin", "an origin is written https://example.vn")
    return text


def code_of_stop(text: str) -> str:
    if not codes.is_code(text):
        raise PydanticCustomError("code", "not a code with its check character")
    return text


def _inside(name: str) -> str:
    """A file stands beside the page that names it."""
    if not name or name.startswith((".", "/")) or ".." in name.split("/") or "\\" in name:
        raise PydanticCustomError("outside", "a file must lie inside the folder")
    return _nfc(name)


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_nfc)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000), AfterValidator(_nfc)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Language = Annotated[str, StringConstraints(pattern=f"^{LANGUAGE.pattern}$", max_length=20)]
FileName = Annotated[str, StringConstraints(max_length=200), AfterValidator(_inside)]
Days = Annotated[str, AfterValidator(_days)]
Span = Annotated[str, AfterValidator(_span)]
ClockTime = Annotated[str, StringConstraints(pattern=f"^{_TIME}$")]
Words = Annotated[dict[Language, Line], Field(min_length=1)]
LongWords = Annotated[dict[Language, LongText], Field(min_length=1)]
"""A few paragraphs per language; an empty line parts them."""
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


def written(content: Content) -> dict[str, Any]:
    """The shape as plain data, without what is left at its default: what a file or a document would say."""
    return content.model_dump(mode="json", by_alias=True, exclude_defaults=True)
