"""The door to the page of walks."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from guide.visit.routes import AtDesk
from guide.visit.walking import walking_pages

router = APIRouter(include_in_schema=False)


@router.get("/{museum}/walk")
def walk(museum: str, desk: AtDesk) -> Response:
    return desk.answer(walking_pages.walk(desk, desk.museum(museum), desk.query))
