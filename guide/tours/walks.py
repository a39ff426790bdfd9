"""A walk composed for one visitor: what is worth most to them in the time they have, and how that was reckoned.

Never longer than the wish, nor than the museum stays open; never to a stop that is closed or taken back; with "no
steps" over no step that anybody told of, and what is not known is said to be unknown. What was seen is left out.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guide.tours.distances import FAR, HOW, UNKNOWN, Table
from guide.tours.long_walks import nearly
from guide.tours.orienteering import MOST_EXACT, Found, Question, exactly
from guide.tours.terrain import Place, Terrain
from guide.tours.wishing import Outing, Wish
from guide.tours.worth import Worth, worth

WhyNot = Literal["here", "seen", "closed", "steps", "apart", "time"]


@dataclass(frozen=True)
class Leg:
    """The way to a stop from the one before."""

    seconds: int = 0
    steps: int | None = 0
    how: str = ""


@dataclass(frozen=True)
class Call:
    """A stop on the walk."""

    place: Place
    leg: Leg
    looking: int
    worth: Worth

    @property
    def seconds(self) -> int:
        return self.leg.seconds + self.place.seconds + self.looking


@dataclass(frozen=True)
class LeftOut:
    place: Place
    why: WhyNot


@dataclass(frozen=True)
class Walk:
    calls: tuple[Call, ...]
    left_out: tuple[LeftOut, ...]
    given: int
    """Seconds there were: the wish, or less where the museum closes before."""
    weighed: int
    """Stops that could have been on it."""
    exact: bool

    @property
    def seconds(self) -> int:
        return sum(call.seconds for call in self.calls)

    @property
    def worth(self) -> int:
        return sum(call.worth.points for call in self.calls)

    @property
    def steps(self) -> int:
        return sum(call.leg.steps or 0 for call in self.calls)

    @property
    def unknown_steps(self) -> int:
        """Ways of which nobody has told whether they have steps."""
        return sum(call.leg.steps is None for call in self.calls)


def compose(terrain: Terrain, wish: Wish, outing: Outing, closed: AbstractSet[str]) -> Walk:
    """`closed` are the stops that are closed on the day of the outing."""
    given = min(wish.minutes * 60, wish.minutes * 60 if outing.seconds is None else outing.seconds)
    barred = {at: why for at, place in enumerate(terrain.places) if (why := _barred(place, wish, closed))}
    weighed = [at for at in range(len(terrain.places)) if at not in barred]
    found = _found(_question(terrain, wish, weighed, given))
    chosen = _from_the_entrance([weighed[at] for at in found.order], terrain, wish)
    calls = tuple(_calls(terrain, wish, chosen))
    unchosen = {at: _unchosen(terrain, wish, at, chosen) for at in weighed if at not in chosen}
    left = tuple(LeftOut(terrain.places[at], why) for at, why in sorted((barred | unchosen).items()))
    return Walk(calls, left, given, len(weighed), found.exact)


def _from_the_entrance(chosen: list[int], terrain: Terrain, wish: Wish) -> list[int]:
    """Whoever has not begun may begin at either end: at the lower number, which museums give to what comes first."""
    begun = wish.start in terrain.by_number
    return chosen if begun or chosen[:1] <= chosen[-1:] else chosen[::-1]


def along(terrain: Terrain, wish: Wish, numbers: tuple[int, ...]) -> Walk:
    """A walk that was composed before, as it stands in an address."""
    chosen = [terrain.by_number[number] for number in dict.fromkeys(numbers) if number in terrain.by_number]
    return Walk(tuple(_calls(terrain, wish, chosen)), (), wish.minutes * 60, len(chosen), exact=False)


def _barred(place: Place, wish: Wish, closed: AbstractSet[str]) -> WhyNot | None:
    if place.number == wish.start:
        return "here"
    if place.number in wish.seen or place.number == wish.loved:
        return "seen"
    if place.slug in closed:
        return "closed"
    return "steps" if wish.no_steps and place.step_free is False else None


def _unchosen(terrain: Terrain, wish: Wish, at: int, chosen: list[int]) -> WhyNot:
    """There was no way to it from anywhere on the walk, or else no time for it."""
    start = terrain.by_number.get(wish.start or 0)
    ways = {_no_way(terrain, wish, one, at) for one in [*chosen, *([] if start is None else [start])]}
    return "time" if None in ways or not ways else "steps" if "steps" in ways else "apart"


def _no_way(terrain: Terrain, wish: Wish, one: int, other: int) -> WhyNot | None:
    if terrain.distances.seconds[one, other] >= FAR:
        return "apart"
    return "steps" if _ways(terrain, wish)[one, other] >= FAR else None


def _ways(terrain: Terrain, wish: Wish) -> Table:
    return terrain.distances.level if wish.no_steps else terrain.distances.seconds


def _question(terrain: Terrain, wish: Wish, weighed: list[int], given: int) -> Question:
    places, ways = [terrain.places[at] for at in weighed], _ways(terrain, wish)
    start = terrain.by_number.get(wish.start or 0)
    return Question(
        worth=np.array([worth(terrain, place, wish).points for place in places], np.int64),
        staying=np.array([place.seconds + wish.looking for place in places], np.int64),
        entering=np.zeros(len(places), np.int64) if start is None else ways[start, weighed],
        ways=ways[np.ix_(weighed, weighed)],
        seconds=given,
    )


def _found(asked: Question) -> Found:
    return exactly(asked) if len(asked) <= MOST_EXACT else nearly(asked)


def _calls(terrain: Terrain, wish: Wish, chosen: list[int]) -> list[Call]:
    start = terrain.by_number.get(wish.start or 0)
    before = [start, *chosen[:-1]]
    return [
        Call(terrain.places[at], _leg(terrain, wish, one, at), wish.looking, worth(terrain, terrain.places[at], wish))
        for one, at in zip(before, chosen, strict=False)
    ]


def _leg(terrain: Terrain, wish: Wish, one: int | None, at: int) -> Leg:
    """Round the steps that are told of where the visitor wants none; whether others are there is not known then."""
    if one is None or one == at:
        return Leg()
    distances = terrain.distances
    seconds, steps = int(_ways(terrain, wish)[one, at]), int(distances.steps[one, at])
    if wish.no_steps and steps > 0:
        steps = UNKNOWN
    if seconds >= FAR:
        return Leg(0, None, "apart")
    return Leg(seconds, None if steps == UNKNOWN else steps, HOW[distances.how[one, at]])
