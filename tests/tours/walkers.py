"""Small museums for walks, drawn by a seed; and the walk that is best, found by trying every one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

from guide.tours.content import MuseumSheet, Stop, Tour
from guide.tours.distances import FAR, distances
from guide.tours.terrain import Place, Terrain
from guide.tours.walks import Walk, compose
from guide.tours.wishing import Wish, hours_told, outing
from guide.tours.worth import worth

THEMES = ("prison", "memory", "kings", "garden")


def stop(number: int, **sheet: Any) -> Stop:
    return Stop(slug=f"stop-{number}", number=number, code=f"CODE{number}", **sheet)


def tour(*steps: tuple[int, float, int]) -> Tour:
    """Stops by number, each with its minutes and steps from the one before."""
    told = [{"stop": f"stop-{number}", "walk_minutes": minutes, "steps": up} for number, minutes, up in steps]
    return Tour.model_validate({"title": {"vi": "Lối đi"}, "minutes": 60, "stops": told})


def ground(stops: Sequence[Stop], tours: Sequence[Tour] = (), seconds: int = 120) -> Terrain:
    curated = [{step.stop for step in one.stops} for one in tours]
    places = tuple(
        Place(
            number=one.number,
            slug=one.slug,
            seconds=seconds,
            estimated=False,
            curated=sum(one.slug in there for there in curated),
            step_free=one.step_free,
            for_children=one.for_children,
            themes=tuple(one.themes),
            kind=str(one.object.kind or ""),
            period=str(one.object.period or ""),
            names=tuple(one.names.other),
        )
        for one in stops
    )
    return Terrain(places, distances(stops, tours))


def drawn(count: int, chance: random.Random) -> Terrain:
    """A museum with a walk or two, floors or positions here and there, and much that nobody knows."""
    stops = [_drawn_stop(101 + at, chance) for at in range(count)]
    numbers = [one.number for one in stops]
    lines = [chance.sample(numbers, chance.randint(1, count)) for _ in range(chance.randint(0, 2))]
    tours = [
        tour(*((number, chance.choice([0, 0.5, 1, 2, 4, 9]), chance.choice([0, 0, 0, 12])) for number in line))
        for line in lines
    ]
    terrain = ground(stops, tours)
    places = tuple(_told(place, chance.randint(20, 240)) for place in terrain.places)
    return Terrain(places, terrain.distances)


def _drawn_stop(number: int, chance: random.Random) -> Stop:
    known = [True, False, None]
    return stop(
        number,
        step_free=chance.choice(known),
        for_children=chance.choice(known),
        themes=chance.sample(THEMES, chance.randint(0, 2)),
        object={"kind": chance.choice(["Trại", "Mộ", None]), "period": chance.choice(["1862", None])},
        floor={"id": chance.choice(["ground", "upper"]), "x": 0.5, "y": 0.5} if chance.random() < 0.3 else None,
        position={"lat": 8.68 + chance.random() / 200, "lon": 106.6, "verified": True}
        if chance.random() < 0.2
        else None,
    )


def _told(place: Place, seconds: int) -> Place:
    return Place(**{**vars(place), "seconds": seconds})


def wished(terrain: Terrain, chance: random.Random) -> Wish:
    numbers = [place.number for place in terrain.places]

    def one() -> int | None:
        return chance.choice([None, chance.choice(numbers)])

    return Wish(
        minutes=chance.choice([5, 8, 12, 20, 30, 45]),
        no_steps=chance.random() < 0.4,
        children=chance.random() < 0.4,
        themes=tuple(chance.sample(THEMES, chance.randint(0, 2))),
        loved=one(),
        start=one(),
        seen=frozenset(chance.sample(numbers, chance.randint(0, min(2, len(numbers))))),
        must=frozenset(chance.sample(numbers, chance.randint(0, 1))),
    )


def closed_of(terrain: Terrain, chance: random.Random) -> frozenset[str]:
    return frozenset(place.slug for place in terrain.places if chance.random() < 0.15)


def every_walk(terrain: Terrain, wish: Wish, given: int, closed: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Worth and seconds of each walk that may be, written down as simply as it can be said."""
    start = next((at for at, place in enumerate(terrain.places) if place.number == wish.start), None)
    ways = terrain.distances.level if wish.no_steps else terrain.distances.seconds
    free = [
        at
        for at, place in enumerate(terrain.places)
        if place.number not in {*wish.seen, wish.start, wish.loved}
        and place.slug not in closed
        and not (wish.no_steps and place.step_free is False)
    ]
    for length in range(len(free) + 1):
        for order in permutations(free, length):
            seconds, here = 0, start
            for at in order:
                seconds += (0 if here is None else int(ways[here, at])) + terrain.places[at].seconds + wish.looking
                here = at
            if seconds <= given and seconds < FAR:
                yield sum(worth(terrain, terrain.places[at], wish).points for at in order), seconds


def slugs(walk: Walk) -> list[int]:
    return [call.place.number for call in walk.calls]


HOURS: tuple[dict[str, Any], ...] = (
    {},
    {"hours": {"tue-sun": ["07:30-11:30", "13:30-17:00"]}},
    {"hours": {"daily": ["08:00-17:00"]}, "closures": [{"from": "2026-11-20", "to": "2026-11-30"}]},
    {"hours": {"daily": ["08:00-17:00"]}, "closures": [{"from": "2026-11-20"}]},
)
MONDAY = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def judged_case(chance: random.Random, count: int) -> dict[str, Any]:
    """A question as a phone gets it, and the answer of the museum's own machine."""
    terrain = drawn(count, chance)
    wish, closed = wished(terrain, chance), closed_of(terrain, chance)
    sheet = MuseumSheet.model_validate({"name": {"vi": "Đảo"}, "languages": ["vi"], **chance.choice(HOURS)})
    now = MONDAY + timedelta(minutes=chance.randint(0, 5000), seconds=chance.randint(0, 59))
    walk = compose(terrain, wish, outing(sheet, now), closed)
    return {
        "now": now.isoformat(),
        "wish": _told_wish(wish),
        "ground": _told_ground(terrain, closed) | {"hours": hours_told(sheet)},
        "walk": told_walk(walk),
    }


def _told_wish(wish: Wish) -> dict[str, Any]:
    told = {**vars(wish), "seen": sorted(wish.seen), "must": sorted(wish.must), "noSteps": wish.no_steps}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def _told_ground(terrain: Terrain, closed: frozenset[str]) -> dict[str, Any]:
    ways = terrain.distances
    above = [(row, column) for row in range(len(terrain.places)) for column in range(row + 1, len(terrain.places))]
    tables = {"seconds": ways.seconds, "level": ways.level, "steps": ways.steps, "how": ways.how}
    places = [vars(place) | {"closed": ["", ""] if place.slug in closed else None} for place in terrain.places]
    return {"places": places, **{name: [int(table[at]) for at in above] for name, table in tables.items()}}


def told_walk(walk: Walk) -> dict[str, Any]:
    return {
        "calls": [[call.place.number, call.leg.seconds, call.leg.steps, call.leg.how] for call in walk.calls],
        "why": [dict(call.worth.why) for call in walk.calls],
        "left": [[left.place.number, left.why] for left in walk.left_out],
        "all": [walk.seconds, walk.given, walk.weighed, walk.exact],
    }
