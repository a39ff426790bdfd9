"""The ways that a museum's own walks tell of: from neighbour to neighbour, both ways, and over neighbours further."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guide.tours.content import Step, Tour

NOT_TOLD = 120
"""Seconds between neighbours of a walk that gives no minutes."""


@dataclass(frozen=True)
class Told:
    seconds: int
    steps: int
    told: bool
    """Every part of it was given in minutes."""


Ways = Mapping[str, Mapping[str, Told]]


@dataclass(frozen=True)
class ToldWays:
    over_steps: Ways
    level: Ways
    anchors: Mapping[str, str]
    """For each stop the one by which it is reached: itself, if a walk leads there."""

    def between(self, one: str, other: str) -> Told | None:
        """The shortest way, and of two as short the one with fewer steps."""
        return self.over_steps[one].get(other)

    def level_between(self, one: str, other: str) -> int | None:
        """Seconds of the shortest way without a step that is told of."""
        found = self.level[one].get(other)
        return found.seconds if found else None


def told_ways(stops: Sequence[str], tours: Iterable[Tour]) -> ToldWays:
    """`stops` in the order of their numbers."""
    edges = _edges(tours)
    level = {one: {other: way for other, way in there.items() if not way.steps} for one, there in edges.items()}
    over_steps = {stop: _reached(stop, edges) for stop in stops}
    return ToldWays(over_steps, {stop: _reached(stop, level) for stop in stops}, _anchors(stops, over_steps))


def _edges(tours: Iterable[Tour]) -> dict[str, dict[str, Told]]:
    """Where walks differ, the shorter time and the more steps."""
    edges: dict[str, dict[str, Told]] = {}
    for one, step in _neighbours(tours):
        seconds = round(step.walk_minutes * 60)
        way = Told(seconds or NOT_TOLD, step.steps, seconds > 0)
        before = edges.get(one, {}).get(step.stop, way)
        first = min(before, way, key=lambda told: (not told.told, told.seconds))
        joined = Told(first.seconds, max(before.steps, way.steps), first.told)
        edges.setdefault(one, {})[step.stop] = joined
        edges.setdefault(step.stop, {})[one] = joined
    return edges


def _neighbours(tours: Iterable[Tour]) -> Iterator[tuple[str, Step]]:
    for tour in tours:
        for one, step in pairwise(tour.stops):
            if one.stop != step.stop:
                yield one.stop, step


def _reached(start: str, edges: Ways) -> dict[str, Told]:
    """Everywhere that neighbours lead from here."""
    found: dict[str, Told] = {}
    waiting = [(0, 0, start, True)]
    while waiting:
        seconds, steps, here, told = heapq.heappop(waiting)
        if here in found:
            continue
        found[here] = Told(seconds, steps, told)
        for there, way in edges.get(here, {}).items():
            if there not in found:
                heapq.heappush(waiting, (seconds + way.seconds, steps + way.steps, there, told and way.told))
    return found


def _anchors(stops: Sequence[str], reached: Ways) -> dict[str, str]:
    """A stop that no walk leads to hangs on the one before it in number that a walk leads to, else on the next."""
    told = [stop for stop in stops if len(reached[stop]) > 1]
    anchors: dict[str, str] = {}
    last = told[0] if told else ""
    for stop in stops:
        last = stop if stop in told else last
        if last:
            anchors[stop] = last
    return anchors
