"""Searching a museum: what was found and why, and the shelves that the finds stand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.finding import Why
from guide.visit import addresses
from guide.visit.cards import StopCard, stop_card
from guide.visit.frame import Reader

FACETS = ("rank", "kind", "period", "material")


@dataclass(frozen=True)
class FoundWhy:
    """`field` and `how` name words in the messages: by an old place name, without its marks."""

    field: str
    how: str
    words: str


@dataclass(frozen=True)
class Found:
    card: StopCard
    why: tuple[FoundWhy, ...]


@dataclass(frozen=True)
class Choice:
    text: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class SearchPage:
    query: str
    found: tuple[Found, ...]
    facets: tuple[Facet, ...]
    asked: bool
    """Whether anything was asked; without it the page only offers its shelves."""


def reasons(whys: Sequence[Why]) -> tuple[FoundWhy, ...]:
    """Each thing that matched, once: a name in full, or the words where the match was in the text."""
    told: dict[tuple[str, str], FoundWhy] = {}
    for why in whys:
        shown = why.text or ", ".join(why.words)
        told.setdefault((why.field, shown), FoundWhy(why.field, why.how, shown))
    return tuple(told.values())[:3]


def search_page(
    museum: Museum,
    query: str,
    chosen: Mapping[str, str],
    hits: Sequence[tuple[Stop, tuple[FoundWhy, ...]]],
    reader: Reader,
    day: date,
    storage: Storage,
) -> SearchPage:
    """`hits` are the finds of the query, or every stop where only shelves were chosen."""
    kept = [(stop, why) for stop, why in hits if _on_shelves(museum, stop, chosen, reader)]
    return SearchPage(
        query=query,
        found=tuple(Found(stop_card(museum, stop, reader, day, storage), why) for stop, why in kept[:60]),
        facets=tuple(_facets(museum, query, chosen, [stop for stop, _ in hits], reader)),
        asked=bool(query or chosen),
    )


def _on_shelves(museum: Museum, stop: Stop, chosen: Mapping[str, str], reader: Reader) -> bool:
    return all(_value(museum, stop, name, reader) == value for name, value in chosen.items())


def _value(museum: Museum, stop: Stop, name: str, reader: Reader) -> str:
    return museum.say(getattr(stop.object, name), reader.language)


def _facets(
    museum: Museum, query: str, chosen: Mapping[str, str], stops: Sequence[Stop], reader: Reader
) -> Sequence[Facet]:
    facets = []
    for name in FACETS:
        others = {key: value for key, value in chosen.items() if key != name}
        there = [stop for stop in stops if _on_shelves(museum, stop, others, reader)]
        counts = Counter(value for stop in there if (value := _value(museum, stop, name, reader)))
        if counts:
            facets.append(Facet(name, tuple(_choices(museum, query, name, others, counts, chosen, reader))))
    return facets


def _choices(
    museum: Museum,
    query: str,
    name: str,
    others: Mapping[str, str],
    counts: Mapping[str, int],
    chosen: Mapping[str, str],
    reader: Reader,
) -> Sequence[Choice]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        Choice(text, count, _toggled(museum, query, name, text, others, chosen, reader), chosen.get(name) == text)
        for text, count in ordered[:12]
    ]


def _toggled(
    museum: Museum,
    query: str,
    name: str,
    text: str,
    others: Mapping[str, str],
    chosen: Mapping[str, str],
    reader: Reader,
) -> str:
    """Choosing a shelf again puts it back."""
    now = others if chosen.get(name) == text else {**others, name: text}
    return addresses.search(museum.slug, reader.language, q=query, **now)
