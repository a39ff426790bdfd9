"""The door to the page of walks."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from guide.visit.routes import AtDesk
from guide.visit.walking import walking_pages
from guide.visit.walking.asking import asked
from guide.visit.walking.often import not_too_often

router = APIRouter(include_in_schema=False)


@router.get("/{museum}/walk")
def walk(museum: str, desk: AtDesk) -> Response:
    """What names stops is one visitor's own, and there are more of them than can be kept."""
    there = desk.museum(museum)
    wish = asked(there, desk.query)
    if wish.minutes and not wish.walk:
        not_too_often(desk, there)
    made = walking_pages.walk(desk, there, desk.query)
    if wish.walk or wish.seen or wish.must:
        return desk.own_page(made.template, made.frame, made.status, **made.shown)
    return desk.answer(made)
