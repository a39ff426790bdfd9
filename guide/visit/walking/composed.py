"""The walk that stands in an address: `walk=101.104.107`, and what was wished of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from guide.tours.catalogue import Museum
from guide.tours.content import Stop

MOST_STOPS = 40
Query = Mapping[str, Sequence[str]]
"""What an address asks, each as often as it is said."""


@dataclass(frozen=True)
class Composed:
    numbers: tuple[int, ...]
    no_steps: bool = False
    children: bool = False
    themes: tuple[str, ...] = ()
    seen: tuple[int, ...] = ()
    """Before it was planned anew."""

    @property
    def written(self) -> str:
        return dotted(self.numbers)

    @property
    def asked(self) -> str:
        """As an address says it."""
        seen = [("seen", dotted(self.seen))] if self.seen else []
        return urlencode([("walk", self.written), *self._wished, *seen])

    @property
    def wish(self) -> str:
        """What was wished of it, for when it is planned anew."""
        return urlencode(self._wished)

    @property
    def _wished(self) -> list[tuple[str, str]]:
        return wished(self.no_steps, self.children, self.themes)

    def seen_at(self, number: int) -> tuple[int, ...]:
        """What has been seen by whoever stands at a stop of it."""
        before = self.numbers[: self.numbers.index(number) + 1] if number in self.numbers else ()
        return tuple(dict.fromkeys((*self.seen, *before)))


def composed(museum: Museum, query: Query) -> Composed | None:
    """What nobody has is dropped; nothing is left of a walk that has no stop of ours."""
    one = first_said(query)
    numbers = tuple(stop.number for stop in stops_on(museum, one.get("walk", "")))
    if not numbers:
        return None
    seen = tuple(numbers_in(one.get("seen", "")))
    return Composed(numbers, *flags(one), themes_in(museum, query), seen)


def first_said(query: Query) -> dict[str, str]:
    return {name: values[0] for name, values in query.items() if values}


def flags(one: Mapping[str, str]) -> tuple[bool, bool]:
    """No steps, and with children."""
    return one.get("steps") == "none", one.get("children") == "yes"


def themes_in(museum: Museum, query: Query) -> tuple[str, ...]:
    there = {theme for stop in museum.shown_stops for theme in stop.themes}
    return tuple(theme for theme in dict.fromkeys(query.get("theme", ())) if theme in there)


def stops_on(museum: Museum, written: str) -> tuple[Stop, ...]:
    found = (museum.numbered(number) for number in numbers_in(written))
    return tuple({stop.slug: stop for stop in found if stop and stop.withdrawn is None}.values())


def numbers_in(written: str) -> list[int]:
    told = [part for part in written[:400].split(".") if part.isascii() and part.isdigit() and len(part) < 7]
    return list(dict.fromkeys(int(part) for part in told))[:MOST_STOPS]


def dotted(numbers: Iterable[int]) -> str:
    return ".".join(str(number) for number in numbers)


def wished(no_steps: bool, children: bool, themes: Iterable[str]) -> list[tuple[str, str]]:
    told = [("steps", "none")] if no_steps else []
    told += [("children", "yes")] if children else []
    return told + [("theme", theme) for theme in themes]
