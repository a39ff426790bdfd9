"""Packs that are kept: a museum that did not change is packed once, however many take it along."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from guide.errors import GuideError, Unusable
from guide.throttle import Throttle
from guide.tours.calendar import today
from guide.visit.choosing.choices import Choices
from guide.visit.making import Material
from guide.visit.taking.carried import Taking
from guide.visit.taking.pack import Pack, pack
from guide.visit.taking.take_page import MOST_STOPS, too_large

MOST_KEPT = 64
PER_MINUTE, AT_ONCE = 20, 40
"""Packs that are made for one asker: what is kept costs nobody, and so a school class behind one address may ask."""


class TooMuchToCarry(Unusable):
    """So large a museum does not fit in a pocket; its pages are kept one by one as they are opened."""


class TooManyPacks(GuideError):
    """More museums at once than anybody takes along."""

    status = 429


class Packs:
    """Packs one museum at a time: whoever asks for the same meanwhile waits for it, and nobody for what is kept."""

    def __init__(self, throttle: Throttle | None = None) -> None:
        self._throttle = throttle or Throttle(PER_MINUTE, AT_ONCE)
        self._kept: OrderedDict[Hashable, Pack] = OrderedDict()
        self._turn = threading.Lock()

    def pack(self, of: Material, taking: Taking, asker: str) -> Pack:
        """As everybody gets it: the choices of a reader are put on a page when it is read."""
        of = replace(of, choices=Choices())
        if too_large(taking.museum):
            raise TooMuchToCarry(stops=len(taking.museum.shown_stops), most=MOST_STOPS)
        made_of = self._made_of(of, taking)
        if found := self._kept.get(made_of):
            return found
        with self._turn:
            found = self._kept.get(made_of)
            if not found and not self._throttle.allows(asker):
                raise TooManyPacks
            found = self._kept[made_of] = found or pack(of, taking)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def _made_of(self, of: Material, taking: Taking) -> Hashable:
        """Everything that decides a page of it: what is published, what can be heard, the hour, language and place."""
        there = taking.museum
        hour = today(there.sheet, of.now)
        reader = of.reader(there)
        return there.edition, of.hearing.library.made, str(hour), reader, taking.sound, of.public_url
