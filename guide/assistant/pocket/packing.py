"""A museum for the pocket, in one language: what may be quoted, how to find in it, its calendar, our few sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from guide.assistant.finding.pocket import VERSION, asked_with, mind, packed
from guide.assistant.matters.tongues import known_tongues
from guide.assistant.minds import Mind, Minds
from guide.assistant.pocket.phrases import phrases
from guide.language import Messages, base, endonym, match
from guide.tours.catalogue import Museum
from guide.tours.content import MuseumSheet
from guide.tours.prices import dong
from guide.tours.shapes import written

ROOM: Final = 300_000
"""Bytes: other languages of the museum come along only as long as they find room."""
SAID: Final = re.compile(r"assistant\.|days\.(?:mon|tue|wed|thu|fri|sat|sun|month\.)|prices\.")
MOST_BESIDE: Final = 2
"""Other languages, as many as the server looks into."""


def packed_museum(museum: Museum, language: str, minds: Minds, messages: Messages) -> bytes:
    """The same edition, rules and sentences give the same bytes."""
    told = _told(museum, language, messages)
    told["minds"] = [_mind(minds.words_of(museum, language), mending=True)]
    body = packed(told)
    for other in _others(museum, language)[:MOST_BESIDE]:
        more = told | {"minds": [*told["minds"], _mind(minds.words_of(museum, other), mending=False)]}
        larger = packed(more)
        if len(larger) <= ROOM:
            told, body = more, larger
    return body


def _others(museum: Museum, language: str) -> list[str]:
    return [tag for tag in dict.fromkeys((*museum.sheet.fallback, *museum.sheet.languages)) if tag != language]


def _mind(there: Mind, *, mending: bool) -> dict[str, Any]:
    """Slips are mended in the language of the pocket alone: a question in another one is known by its letters."""
    return mind(tuple(there.passages), there.language, mending=mending) | {"tells_all": there.tells_all}


def _told(museum: Museum, language: str, messages: Messages) -> dict[str, Any]:
    sheet = museum.sheet
    return {
        "version": VERSION,
        "museum": museum.slug,
        "edition": museum.edition,
        "language": language,
        "languages": sheet.languages,
        "fallback": sheet.fallback,
        "names": list(sheet.name.values()),
        "endonyms": {tag: endonym(tag) for tag in sheet.languages},
        "titles": {stop.slug: museum.text(stop, language)[0].title for stop in museum.shown_stops},
        "calendar": _calendar(sheet, language),
        "says": dict(_says(messages, language)),
        **asked_with(),
        **phrases(known_tongues()),
    }


def _calendar(sheet: MuseumSheet, language: str) -> dict[str, Any]:
    """The phone knows what day it is; what an amount looks like is written here."""
    told = written(sheet)
    prices = [written(price) | {"said": dong(price.dong, language)} for price in sheet.prices]
    kept = ("since", "until", "from", "to", "category", "dong", "said", "day")
    dated = {"closures": told.get("closures", []), "free_days": told.get("free_days", []), "prices": prices}
    return {
        "time_zone": sheet.time_zone,
        "hours": list(sheet.hours.items()) if sheet.hours is not None else None,
        "contact": told.get("contact"),
        **{name: [{key: row[key] for key in kept if key in row} for row in rows] for name, rows in dated.items()},
    }


def _says(messages: Messages, language: str) -> Iterator[tuple[str, str]]:
    """Our own sentences, in the language in which this reader is spoken to."""
    interface = match(language, messages.languages) or base("en")
    for key in messages.words[interface]:
        if SAID.match(key) and (sentence := messages.find(language, key)):
            yield key, sentence
