"""The page of walks, made for whoever asks, and the ground under it, which is taken along with a museum."""

from __future__ import annotations

import json
from datetime import date

from guide.tours.catalogue import Museum
from guide.visit import addresses, described
from guide.visit.frame import Reader
from guide.visit.listening.walk_heard import WalkHeard, walk_heard
from guide.visit.making import MadePage, Material
from guide.visit.places.where import places
from guide.visit.walking.asking import asked
from guide.visit.walking.composed import Query, stops_on
from guide.visit.walking.ground import told_ground
from guide.visit.walking.walk_page import WalkPage, walk_page
from guide.visit.walking.words import words


def walk(of: Material, there: Museum, query: Query) -> MadePage:
    reader, wish = of.reader(there), asked(there, query)
    shown = walk_page(there, of.terrains.of(there, reader.language), wish, reader, of.now, of.storage)
    frame = described.walk(there, reader, wish.kept, of.messages, of.public_url)
    told = {
        "page": shown,
        "words": words(of.messages, reader.interface),
        "ground_url": addresses.terrain(there.slug, reader.language),
        "heard": _heard(of, there, shown) if shown.answer and shown.answer.calls else None,
        "map_url": _map(there, reader, of.day(there), shown),
    }
    return MadePage("visit/walk.html", frame, told)


def _heard(of: Material, there: Museum, shown: WalkPage) -> WalkHeard | None:
    """The walk as one file, for players that stop between files."""
    assert shown.answer is not None
    reader, walk = of.reader(there), shown.answer.walk
    urls = {call.slug: call.card.url for call in shown.answer.calls}
    title = of.messages.say(reader.interface, "walking.yours")
    track = addresses.walk_track(there.slug, walk, reader.language)
    return walk_heard(of, there, title, stops_on(there, walk), track, lambda stop: urls[stop])


def _map(there: Museum, reader: Reader, day: date, shown: WalkPage) -> str:
    if shown.answer is None or not places(there, reader, day):
        return ""
    return addresses.map_of(there.slug, reader.language, walk=shown.answer.walk)


def ground(of: Material, there: Museum) -> bytes:
    """A function of what is published and what can be heard, and not of the day."""
    reader = of.reader(there)
    told = told_ground(there, of.terrains.of(there, reader.language), reader)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
