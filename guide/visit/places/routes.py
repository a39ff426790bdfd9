"""The door to the map: floors and grounds, the stop one stands at, the walk one follows."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from guide.visit.places.dots import Asking
from guide.visit.places.map_page import map_made
from guide.visit.routes import AtDesk

router = APIRouter(include_in_schema=False)


@router.get("/{museum}/map")
def map_of(museum: str, desk: AtDesk, stop: str = "", tour: str = "", walk: str = "") -> Response:
    return desk.answer(map_made(desk, desk.museum(museum), Asking(stop, tour, walk)))
