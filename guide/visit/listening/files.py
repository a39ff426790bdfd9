"""The door to what is listened to with the screen off: a walk as one track, a stop's square picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from guide.errors import GuideError
from guide.narration.track import Tracks, Walk
from guide.throttle import Throttle
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses
from guide.visit.listening.artwork import Artwork
from guide.visit.listening.walk_heard import tour_stops
from guide.visit.routes import AtDesk, Desk, NoSuchStop, NoSuchTour
from guide.visit.share import Sharing
from guide.visit.walking.composed import stops_on
from guide.web import held

router = APIRouter(include_in_schema=False)
Making = Callable[[Tracks, Walk, Callable[[Stop], bytes | None]], str]
TheSharing = Annotated[Sharing, held(Sharing)]
JOINING = Throttle(per_minute=6, burst=12)
"""Of one asker: a composed walk is a file of its own, and there are more walks than any disk can hold."""


class TooManyWalks(GuideError):
    """More walks at once than anybody listens to."""

    status = 429


@router.get("/{museum}/tours/{slug}/track.mp3")
def tour_track(museum: str, slug: str, desk: AtDesk, sharing: TheSharing) -> Response:
    there = desk.museum(museum)
    if slug not in there.tours:
        raise NoSuchTour(tour=slug[:60])
    title = there.say(there.tours[slug].title, desk.reader(there).language)
    return _led(desk, sharing, there, title, tour_stops(there, slug), Tracks.make)


@router.get("/{museum}/track.mp3")
def walk_track(museum: str, desk: AtDesk, sharing: TheSharing, walk: str = "") -> Response:
    """Of a walk that was composed for somebody: the numbers of its stops."""
    there = desk.museum(museum)
    stops = stops_on(there, walk)
    if not stops:
        raise NoSuchStop(stop=walk[:20])
    if not JOINING.allows(desk.asker):
        raise TooManyWalks
    title = desk.messages.say(desk.reader(there).interface, "walking.yours")
    return _led(desk, sharing, there, title, stops, Tracks.make_composed)


def _led(desk: Desk, sharing: Sharing, museum: Museum, title: str, stops: Iterable[Stop], make: Making) -> Response:
    """To where it is kept under the name of what it is made of, to be fetched in pieces like every recording."""
    artwork, tracks = Artwork(sharing, desk.storage), Tracks(desk.hearing, desk.storage)
    walk = tracks.walk(museum, title, stops, desk.reader(museum).language, desk.day(museum))
    name = make(tracks, walk, lambda stop: artwork.of(museum, stop) if stop.images else None)
    headers = {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
    return RedirectResponse(addresses.media(f"{name}.mp3"), 302, headers)


@router.get("/{museum}/stops/{slug}/artwork.png")
def artwork(museum: str, slug: str, desk: AtDesk, sharing: TheSharing) -> Response:
    there = desk.museum(museum)
    stop = there.stop(slug)
    if stop is None or stop.withdrawn:
        raise NoSuchStop(stop=slug[:60])
    body = Artwork(sharing, desk.storage).of(there, stop)
    return Response(body, media_type="image/png", headers={"cache-control": "public, max-age=86400"})
