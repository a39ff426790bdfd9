"""What an address asks of a walk. Whatever cannot be read is left out kindly: a walk is still composed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.wishing import LONGEST, SHORTEST, Wish
from guide.visit.walking.composed import (
    Composed,
    Query,
    composed,
    dotted,
    first_said,
    flags,
    numbers_in,
    stops_on,
    themes_in,
    wished,
)

OFFERED = (20, 30, 45, 60, 90, 120)
USUAL = 45


@dataclass(frozen=True)
class Asked:
    """Minutes are none where only the form was opened."""

    minutes: int | None
    no_steps: bool
    children: bool
    themes: tuple[str, ...]
    loved: Stop | None
    start: Stop | None
    seen: tuple[int, ...]
    must: tuple[int, ...]
    walk: Composed | None

    @property
    def wish(self) -> Wish:
        return Wish(
            minutes=self.minutes or USUAL,
            no_steps=self.no_steps,
            children=self.children,
            themes=self.themes,
            loved=self.loved.number if self.loved else None,
            start=self.start.number if self.start else None,
            seen=frozenset(self.seen),
            must=frozenset(self.must),
        )

    @property
    def kept(self) -> str:
        """The same question in another language."""
        asked = self.walk.asked if self.walk else self.address(self.minutes)
        return f"{asked}&" if asked else ""

    def adding(self, number: int) -> str:
        """The same wish with a stop that must be seen."""
        return replace(self, must=(*self.must, number)).address(self.minutes)

    def address(self, minutes: int | None) -> str:
        """The same wish with other minutes."""
        told = [("minutes", str(minutes))] if minutes else []
        told += wished(self.no_steps, self.children, self.themes)
        told += [("loved", self.loved.slug)] if self.loved else []
        told += [("from", self.start.slug)] if self.start else []
        told += [(name, dotted(numbers)) for name, numbers in (("seen", self.seen), ("must", self.must)) if numbers]
        return urlencode(told)


def asked(museum: Museum, query: Query) -> Asked:
    one = first_said(query)
    no_steps, children = flags(one)
    return Asked(
        minutes=_minutes(one.get("minutes", "")),
        no_steps=no_steps,
        children=children,
        themes=themes_in(museum, query),
        loved=_stop(museum, one.get("loved", "")),
        start=_stop(museum, one.get("from", "")),
        seen=tuple(numbers_in(one.get("seen", ""))),
        must=tuple(stop.number for stop in stops_on(museum, one.get("must", ""))),
        walk=composed(museum, query),
    )


def _minutes(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        return None
    return min(LONGEST, max(SHORTEST, int(typed)))


def _stop(museum: Museum, slug: str) -> Stop | None:
    found = museum.stop(slug) or museum.renamed(slug)
    return found if found and found.withdrawn is None else None
