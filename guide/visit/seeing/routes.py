"""The door to what can be looked at closely."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from guide.errors import NotFound
from guide.tours.catalogue import Museum
from guide.visit import addresses
from guide.visit.routes import AtDesk, Desk, NoSuchStop
from guide.visit.seeing.seeing_page import seen_made
from guide.visit.walking.composed import composed
from guide.visit.walking.followed import following

router = APIRouter(include_in_schema=False)


class NoSuchView(NotFound):
    """There is nothing of this number to look at here, or no longer."""


@router.get("/{museum}/stops/{slug}/seeing/{number}")
def seen(museum: str, slug: str, number: str, desk: AtDesk, tour: str = "") -> Response:
    there = desk.museum(museum)
    stop = there.stop(slug)
    if stop is None:
        return _moved(desk, there, slug, number)
    if not number.isdecimal() or len(number) > 3 or stop.withdrawn or not 0 < int(number) <= len(stop.seeing):
        raise NoSuchView(number=number[:20])
    on = following(there, stop.slug, desk.reader(there), tour, composed(there, desk.query), "")
    return desk.answer(seen_made(desk, there, stop, int(number), on.asked if on else ""))


def _moved(desk: Desk, museum: Museum, slug: str, number: str) -> Response:
    if (heir := museum.renamed(slug)) and number.isdecimal() and len(number) <= 3:
        address = addresses.seen(museum.slug, heir.slug, int(number), desk.reader(museum).language)
        return RedirectResponse(address, 301, {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"})
    raise NoSuchStop(stop=slug[:60])
