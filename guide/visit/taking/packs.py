"""Packs that are kept: a museum that did not change is packed once, however many take it along."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from guide.errors import Unusable
from guide.tours.calendar import today
from guide.visit.making import Material
from guide.visit.taking.carried import Taking
from guide.visit.taking.pack import Pack, pack
from guide.visit.taking.take_page import MOST_STOPS, too_large

MOST_KEPT = 64


class TooMuchToCarry(Unusable):
    """So large a museum does not fit in a pocket; its pages are kept one by one as they are opened."""


class Packs:
    """Packs one museum at a time: whoever asks for the same meanwhile waits for it, and nobody for what is kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Pack] = OrderedDict()
        self._turn = threading.Lock()

    def pack(self, of: Material, taking: Taking) -> Pack:
        if too_large(taking.museum):
            raise TooMuchToCarry(stops=len(taking.museum.shown_stops), most=MOST_STOPS)
        made_of = self._made_of(of, taking)
        if found := self._kept.get(made_of):
            return found
        with self._turn:
            found = self._kept[made_of] = self._kept.get(made_of) or pack(of, taking)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def _made_of(self, of: Material, taking: Taking) -> Hashable:
        """Everything that decides a page of it: what is published, what can be heard, the hour, who reads and where."""
        there = taking.museum
        hour = today(there.sheet, of.now)
        reader = of.reader(there)
        return there.edition, of.hearing.library.made, str(hour), reader, of.choices, taking.sound, of.public_url
