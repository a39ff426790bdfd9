"""The door to taking a museum along: the page that does it, and the page for what was not taken."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from guide.visit.routes import AtDesk
from guide.visit.taking import take_page

router = APIRouter(include_in_schema=False)


@router.get("/{museum}/take")
def take(museum: str, desk: AtDesk) -> Response:
    return desk.answer(take_page.take(desk, desk.museum(museum)))


@router.get("/{museum}/unlisted")
def unlisted(museum: str, desk: AtDesk) -> Response:
    """Kept on the phone for a number or a code that is in no museum that was taken along."""
    return desk.answer(take_page.unlisted(desk, desk.museum(museum)))
