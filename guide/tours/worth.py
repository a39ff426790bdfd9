"""What a stop is worth to this visitor, in points, and why: each reason is one that the page can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guide.tours.terrain import Place, Terrain
from guide.tours.wishing import Wish

THERE = 10
"""Every stop is worth seeing."""
POINTS = {
    "must": 10_000,
    "curated": 6,
    "theme": 12,
    "children": 15,
    "like-theme": 8,
    "like-kind": 6,
    "like-period": 6,
    "like-name": 6,
}
NOT_FOR_CHILDREN = -8
MOST_TIMES = 2
"""A reason that holds several times counts no more than this."""


@dataclass(frozen=True)
class Worth:
    points: int
    why: Mapping[str, int]
    """Points by their reason; `there` and `not-for-children` are none that is told."""


def worth(terrain: Terrain, place: Place, wish: Wish) -> Worth:
    times = {
        "must": int(place.number in wish.must),
        "curated": place.curated,
        "theme": len(set(place.themes) & set(wish.themes)),
        "children": int(wish.children and place.for_children is True),
        **_likeness(terrain, place, wish),
    }
    why = {reason: POINTS[reason] * min(MOST_TIMES, many) for reason, many in times.items() if many}
    against = NOT_FOR_CHILDREN if wish.children and place.for_children is False else 0
    return Worth(THERE + sum(why.values()) + against, why)


def _likeness(terrain: Terrain, place: Place, wish: Wish) -> dict[str, int]:
    at = terrain.by_number.get(wish.loved or 0)
    if at is None:
        return {}
    loved = terrain.places[at]
    return {
        "like-theme": len(set(place.themes) & set(loved.themes)),
        "like-kind": int(bool(place.kind) and place.kind == loved.kind),
        "like-period": int(bool(place.period) and place.period == loved.period),
        "like-name": len(set(place.names) & set(loved.names)),
    }
