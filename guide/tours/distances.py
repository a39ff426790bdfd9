"""How far it is from stop to stop, and whether there are steps: what the museum says, else what can be worked out.

The museum's own walks say minutes and steps between neighbours, and these hold both ways; further apart, the shortest
way over such neighbours. Where no walk leads, positions are measured, floors are counted, and at last a stop is taken
to lie near the one before it in number, and is reached by that. Stops of two walks that never meet may be a town apart:
there is no way between them unless positions or floors tell of one. Steps that nobody tells of are unknown, never none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from guide.tours.content import Stop, Tour
from guide.tours.told_ways import ToldWays, told_ways

FAR = 1_000_000_000
"""Seconds of a way that there is not."""
UNKNOWN = -1
HOW = ("told", "measured", "floors", "assumed")
METRES_A_MINUTE = 66
DETOUR = 1.3
SAME_FLOOR, OTHER_FLOOR = 60, 180
NEXT_NUMBER, EACH_FURTHER, AT_MOST = 120, 30, 480
"""Seconds that are assumed between stops of which only the numbers are known."""
EARTH_METRES = 6_371_000
Table = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Distances:
    """Tables, from row to column; `level` goes round all steps that are told of."""

    seconds: Table
    level: Table
    steps: Table
    how: Table


@dataclass(frozen=True)
class Way:
    seconds: int
    level: int
    steps: int
    how: int


NO_WAY = Way(FAR, FAR, UNKNOWN, HOW.index("assumed"))


def distances(stops: Sequence[Stop], tours: Sequence[Tour]) -> Distances:
    told = told_ways([stop.slug for stop in stops], tours)
    turns = {stop.slug: turn for turn, stop in enumerate(stops)}
    tables = np.zeros((4, len(stops), len(stops)), np.int64)
    for row, one in enumerate(stops):
        for column in range(row + 1, len(stops)):
            way = _way(one, stops[column], told, turns)
            tables[:, row, column] = tables[:, column, row] = way.seconds, way.level, way.steps, way.how
    return Distances(*tables)


def _way(one: Stop, other: Stop, told: ToldWays, turns: Mapping[str, int]) -> Way:
    if way := _told(one, other, told):
        return way
    if (metres := _metres(one, other)) is not None:
        return _guessed(round(metres * DETOUR / METRES_A_MINUTE * 60), "measured", one, other)
    if one.floor and other.floor:
        return _by_floors(one, other)
    return _by_numbers(one, other, told, turns)


def _told(one: Stop, other: Stop, told: ToldWays) -> Way | None:
    found = told.between(one.slug, other.slug)
    if found is None:
        return None
    level = told.level_between(one.slug, other.slug)
    steps, how = found.steps or _untold(one, other), HOW.index("told" if found.told else "assumed")
    return Way(found.seconds, FAR if level is None else level, steps, how)


def _by_numbers(one: Stop, other: Stop, told: ToldWays, turns: Mapping[str, int]) -> Way:
    """Never a short cut past ways that are told: where no walk leads, one goes by the stop that it hangs on."""
    from_one, to_other = told.anchors.get(one.slug), told.anchors.get(other.slug)
    if from_one is None or to_other is None or from_one == to_other:
        return _guessed(_apart(one.slug, other.slug, turns), "assumed", one, other)
    between = told.between(from_one, to_other)
    if between is None:
        return NO_WAY
    ends = _apart(one.slug, from_one, turns) + _apart(to_other, other.slug, turns)
    way = Way(ends + between.seconds, FAR, between.steps or UNKNOWN, HOW.index("assumed"))
    if one.step_free and other.step_free:
        return replace(way, level=way.seconds)
    level = told.level_between(from_one, to_other)
    return way if level is None else replace(way, level=ends + level)


def _apart(one: str, other: str, turns: Mapping[str, int]) -> int:
    places = abs(turns[one] - turns[other])
    return min(AT_MOST, NEXT_NUMBER + EACH_FURTHER * (places - 1)) if places else 0


def _guessed(seconds: int, how: str, one: Stop, other: Stop) -> Way:
    return Way(seconds, seconds, _untold(one, other), HOW.index(how))


def _by_floors(one: Stop, other: Stop) -> Way:
    """From floor to floor there are steps, unless both stops are known to be reached without."""
    assert one.floor is not None
    assert other.floor is not None
    if one.floor.id == other.floor.id:
        return _guessed(SAME_FLOOR, "floors", one, other)
    level = OTHER_FLOOR if one.step_free and other.step_free else FAR
    return Way(OTHER_FLOOR, level, _untold(one, other), HOW.index("floors"))


def _untold(one: Stop, other: Stop) -> int:
    return 0 if one.step_free and other.step_free else UNKNOWN


def _metres(one: Stop, other: Stop) -> float | None:
    """As the crow flies; a position that nobody has verified is not measured by."""
    if not (one.position and other.position and one.position.verified and other.position.verified):
        return None
    here, there = one.position.place, other.position.place
    east = math.radians(there.lon - here.lon) * math.cos(math.radians((here.lat + there.lat) / 2))
    return EARTH_METRES * math.hypot(east, math.radians(there.lat - here.lat))
