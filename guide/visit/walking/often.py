"""How often one asker may have a walk composed: where there are many stops each takes the server a second or so."""

from __future__ import annotations

from guide.throttle import Throttle
from guide.tours.catalogue import Museum
from guide.tours.orienteering import MOST_EXACT
from guide.visit.listening.files import TooManyWalks
from guide.visit.routes import Desk

COMPOSING = Throttle(per_minute=20, burst=30)
"""Of one asker: everybody on a museum's own network may look like one."""


def not_too_often(desk: Desk, museum: Museum) -> None:
    """A small museum's walks take next to nothing."""
    if len(museum.shown_stops) > MOST_EXACT and not COMPOSING.allows(desk.asker):
        raise TooManyWalks
