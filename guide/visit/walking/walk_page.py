"""The page of walks: how many minutes, then the walk, stop by stop, with why each is on it and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from guide.storage import Storage
from guide.tours.calendar import stop_closure
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.terrain import Place, Terrain
from guide.tours.walks import Call, Walk, WhyNot, along, compose
from guide.tours.wishing import Outing, outing
from guide.tours.worth import THERE
from guide.visit import addresses
from guide.visit.cards import StopCard, stop_card
from guide.visit.frame import Reader, Told
from guide.visit.walking.asking import OFFERED, Asked
from guide.visit.walking.composed import Composed, dotted

MOST_LEFT = 20
"""Stops that are shown of those that were left out for one reason."""

LEAST_TO_SPARE = 5
"""Minutes."""


@dataclass(frozen=True)
class Theme:
    slug: str
    name: Told
    chosen: bool


@dataclass(frozen=True)
class ShownCall:
    slug: str
    card: StopCard
    going_minutes: int
    steps: int | None
    """None where nobody told whether there are any."""
    how: str
    staying_minutes: int
    why: tuple[str, ...]
    """Reasons by their name; `like` stands for every likeness."""
    themes: tuple[Told, ...]
    points: tuple[tuple[str, int], ...]
    worth: int


@dataclass(frozen=True)
class LeftStop:
    number: int
    title: Told
    url: str
    add_url: str
    """The same wish with this stop; none where it could not be walked to."""


@dataclass(frozen=True)
class LeftGroup:
    why: WhyNot
    stops: tuple[LeftStop, ...]
    others: int


@dataclass(frozen=True)
class Answer:
    """`given` is less than what was asked where the museum closes before."""

    calls: tuple[ShownCall, ...]
    minutes: int
    minutes_to_spare: int
    """Where the walk is shorter than the time there is because it already has every stop; not a few alone."""
    going_minutes: int
    given_minutes: int
    steps: int
    unknown_steps: int
    outing: Outing
    ends: time | None
    start_url: str | None
    walk: str
    left_out: tuple[LeftGroup, ...]
    weighed: int
    unweighed: int
    """Stops of so large a museum that were not looked at."""
    exact: bool
    again: bool
    """It was composed before, and is only shown."""
    ways: tuple[tuple[str, int], ...]
    """How many ways are known, and from what."""
    estimated: int
    looking_minutes: int

    @property
    def cut_short(self) -> bool:
        return self.outing.when == "now" and not self.again


@dataclass(frozen=True)
class WalkPage:
    museum: str
    minutes: tuple[tuple[int, bool, str], ...]
    """Each with whether it is chosen, and the address where it is."""
    asked: Asked
    themes: tuple[Theme, ...]
    for_children: bool
    loved: StopCard | None
    start: StopCard | None
    seen: str
    must: str
    answer: Answer | None


def walk_page(
    museum: Museum, terrain: Terrain, asked: Asked, reader: Reader, now: datetime, storage: Storage
) -> WalkPage:
    told = outing(museum.sheet, now)
    show = Showing(museum, reader, told.day, storage, asked)
    return WalkPage(
        museum=museum.slug,
        minutes=tuple(
            (minutes, minutes == asked.minutes, addresses.walk(museum.slug, reader.language, asked.address(minutes)))
            for minutes in sorted({*OFFERED, *([asked.minutes] if asked.minutes else [])})
        ),
        asked=asked,
        themes=tuple(show.themes()),
        for_children=any(stop.for_children for stop in museum.shown_stops),
        loved=show.card(asked.loved) if asked.loved else None,
        start=show.card(asked.start) if asked.start else None,
        seen=dotted(asked.seen),
        must=dotted(asked.must),
        answer=show.answer(terrain, walk_of(museum, terrain, asked, told), told)
        if asked.minutes or asked.walk
        else None,
    )


def walk_of(museum: Museum, terrain: Terrain, asked: Asked, told: Outing) -> Walk:
    if asked.walk:
        return along(terrain, asked.wish, asked.walk.numbers)
    closed = {stop.slug for stop in museum.shown_stops if stop_closure(stop, told.day)}
    return compose(terrain, asked.wish, told, closed)


@dataclass(frozen=True)
class Showing:
    museum: Museum
    reader: Reader
    day: date
    storage: Storage
    asked: Asked

    def card(self, stop: Stop, url: str = "") -> StopCard:
        return stop_card(self.museum, stop, self.reader, self.day, self.storage, url)

    def themes(self) -> list[Theme]:
        """Those that the museum has given a name, and that more than one stop has."""
        there = Counter(theme for stop in self.museum.shown_stops for theme in stop.themes)
        return [
            Theme(slug, self.reader.told(self.museum, name), slug in self.asked.themes)
            for slug, name in self.museum.sheet.themes.items()
            if there[slug] > 1
        ]

    def answer(self, terrain: Terrain, walk: Walk, told: Outing) -> Answer:
        numbers = tuple(call.place.number for call in walk.calls)
        line = self._line(numbers)
        calls = tuple(self._call(call, line.asked) for call in walk.calls)
        first = next((call.card.url for call in calls if not call.card.closed), None)
        return Answer(
            calls=calls,
            minutes=-(-walk.seconds // 60),
            minutes_to_spare=to_spare(walk, again=self.asked.walk is not None),
            going_minutes=-(-sum(call.leg.seconds for call in walk.calls) // 60),
            given_minutes=walk.given // 60,
            steps=walk.steps,
            unknown_steps=walk.unknown_steps,
            outing=told,
            ends=ends(told, walk),
            start_url=first,
            walk=line.written,
            left_out=tuple(self._left_out(walk)),
            weighed=walk.weighed,
            unweighed=len(self.museum.shown_stops) - len(terrain.places),
            exact=walk.exact,
            again=self.asked.walk is not None,
            ways=tuple(_counted([call.leg.how for call in walk.calls if call.leg.how]).items()),
            estimated=sum(call.place.estimated for call in walk.calls),
            looking_minutes=self.asked.wish.looking // 60,
        )

    def _line(self, numbers: tuple[int, ...]) -> Composed:
        """Where one stands was seen, too."""
        asked = self.asked
        here = [stop.number for stop in (asked.start, asked.loved) if stop]
        seen = asked.walk.seen if asked.walk else tuple(dict.fromkeys((*asked.seen, *here)))
        return Composed(numbers, asked.no_steps, asked.children, asked.themes, seen)

    def _call(self, call: Call, line: str) -> ShownCall:
        stop = self._stop(call.place.slug)
        url = addresses.on_walk(self.museum.slug, stop.slug, self.reader.language, line)
        reasons = dict.fromkeys(reason.split("-")[0] for reason in call.worth.why)
        matching = [theme for theme in stop.themes if theme in self.asked.themes]
        names = self.museum.sheet.themes
        return ShownCall(
            slug=stop.slug,
            card=self.card(stop, url),
            going_minutes=_minutes(call.leg.seconds),
            steps=call.leg.steps,
            how=call.leg.how,
            staying_minutes=_minutes(call.place.seconds + call.looking),
            why=tuple(reasons),
            themes=tuple(self.reader.told(self.museum, names[theme]) for theme in matching if theme in names),
            points=(("there", THERE), *call.worth.why.items()),
            worth=call.worth.points,
        )

    def _left_out(self, walk: Walk) -> list[LeftGroup]:
        groups = []
        for why in sorted({left.why for left in walk.left_out}, key=_ORDER.index):
            places = [left.place for left in walk.left_out if left.why == why]
            stops = tuple(self._left_stop(place, why) for place in places[:MOST_LEFT])
            groups.append(LeftGroup(why, stops, len(places) - len(stops)))
        return groups

    def _left_stop(self, place: Place, why: WhyNot) -> LeftStop:
        museum, language = self.museum, self.reader.language
        text, found = museum.text(self._stop(place.slug), language)
        may = why == "time" and place.number not in self.asked.must
        add = addresses.walk(museum.slug, language, self.asked.adding(place.number)) if may else ""
        url = addresses.stop(museum.slug, place.slug, language)
        return LeftStop(place.number, Told(text.title, found, language), url, add)

    def _stop(self, slug: str) -> Stop:
        found = self.museum.stop(slug)
        assert found is not None
        return found


_ORDER: Sequence[WhyNot] = ("time", "steps", "closed", "apart", "seen", "here")


def ends(told: Outing, walk: Walk) -> time | None:
    """Where one begins now, or when the museum opens."""
    if told.begins is None or not walk.calls:
        return None
    begins = datetime.combine(told.day, told.begins)
    return (begins + timedelta(seconds=walk.seconds)).time()


def to_spare(walk: Walk, *, again: bool) -> int:
    minutes = (walk.given - walk.seconds) // 60
    more = again or any(left.why == "time" for left in walk.left_out)
    return 0 if more or minutes < LEAST_TO_SPARE else minutes


def _minutes(seconds: int) -> int:
    """To the nearest, and no way or stop is nothing."""
    return max(1, (seconds + 30) // 60) if seconds else 0


def _counted(names: Sequence[str]) -> Mapping[str, int]:
    return {name: names.count(name) for name in dict.fromkeys(names)}
