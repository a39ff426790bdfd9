"""The shapes of what a museum writes: parsed strictly, frozen, and the same from a folder as from the studio."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictFloat, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from guide.tours import positions
from guide.tours.sale import Price, Selling, Slots
from guide.tours.shapes import (
    Content,
    Dated,
    Days,
    FileName,
    Language,
    Line,
    LongWords,
    Slug,
    Span,
    Told,
    Words,
    code_of_stop,
    day_of_year,
    origin,
    zone,
)

RESERVED = frozenset(
    "q media api offline choices studio office gate counter orders assets widgets healthz readyz metrics "
    "sw.js manifest.webmanifest robots.txt sitemap.xml favicon.ico".split()
)
VARIANTS = ("short", "child", "easy")


class Closure(Dated):
    reason: Words | None = None


class FreeDay(Content):
    day: Annotated[str, AfterValidator(day_of_year)]
    reason: Words | None = None


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


class Grounds(Content):
    """What a map outdoors is drawn of: lines and areas as GeoJSON, and tiles (PMTiles) where the museum has some."""

    drawing: FileName | None = None
    tiles: FileName | None = None
    credit: Told | None = None


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
    time_zone: Annotated[str, AfterValidator(zone)] = "Asia/Ho_Chi_Minh"
    address: Words | None = None
    contact: Contact | None = None
    hours: dict[Days, list[Span]] | None = None
    closures: list[Closure] = []
    free_days: list[FreeDay] = []
    prices: list[Price] = []
    slots: list[Slots] = []
    tickets: Selling = Selling()
    facilities: Facilities | None = None
    embeds: list[Annotated[str, AfterValidator(origin)]] = []
    floors: list[Floor] = []
    map: Grounds | None = None
    sources: dict[Line, Source] = {}
    themes: dict[Slug, Words] = {}
    """What the themes of stops are called; one without a name is offered to nobody."""

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
    """In degrees; or in a zone of VN-2000, where `lat` is X, to the north, and `lon` Y, to the east, in metres."""

    lat: float
    lon: float
    epsg: int = positions.WGS_84
    verified: bool = False

    @model_validator(mode="after")
    def _on_the_map(self) -> Position:
        if problem := positions.problem(self.lat, self.lon, self.epsg):
            raise PydanticCustomError(problem, "{lat}, {lon} in {epsg}", self.model_dump())
        return self

    @property
    def place(self) -> positions.Place:
        return positions.wgs84(self.lat, self.lon, self.epsg)


class OnFloor(Content):
    id: Slug
    x: Annotated[float, Field(ge=0, le=1)]
    y: Annotated[float, Field(ge=0, le=1)]


class Picture(Content):
    file: FileName
    alt: Words
    credit: Told | None = None


class Seeing(Content):
    """Something to look at closely: a file, and what it shows in words. A film in sign language has captions.

    A description is words alone, as long as somebody needs who does not see the thing.
    """

    kind: Literal["model", "panorama", "deepzoom", "sign", "description"]
    file: FileName | None = None
    alt: LongWords
    title: Words | None = None
    captions: dict[Language, FileName] = {}
    credit: Told | None = None


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
    code: Annotated[str, AfterValidator(code_of_stop)] | None = None
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
