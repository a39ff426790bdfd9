"""Museums as walks see them, each made once for an edition and a language, and again when more can be heard."""

from __future__ import annotations

import threading
from collections import OrderedDict

from guide.narration.hearing import Hearing
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.tours.sentences import plain
from guide.tours.terrain import Seconds, Terrain, terrain, walkable

MOST_KEPT = 48
LETTERS_A_SECOND = 14
WIDE = 3
"""Letters that one Chinese, Japanese or Korean character is as long as when it is spoken."""
_FIRST_WIDE = "\u2e80"
Key = tuple[str, str, int]


class Terrains:
    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Terrain] = OrderedDict()

    def of(self, museum: Museum, language: str) -> Terrain:
        key = museum.edition, language, self._hearing.library.made
        found = self._kept.get(key) or terrain(museum, self._told(museum, language))
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def _told(self, museum: Museum, language: str) -> dict[str, Seconds]:
        return {stop.slug: self._seconds(museum, stop, language) for stop in walkable(museum)}

    def _seconds(self, museum: Museum, stop: Stop, language: str) -> Seconds:
        text, found = museum.text(stop, language)
        sound = self._hearing.sound(museum, stop, found)
        if sound and sound.seconds:
            return round(sound.seconds), False
        return estimated(f"{text.title} {plain(text.body)}"), True


def estimated(text: str) -> int:
    """Seconds that a text takes to be told, or to be read where nobody tells it."""
    return round(sum(WIDE if letter >= _FIRST_WIDE else 1 for letter in text) / LETTERS_A_SECOND)
