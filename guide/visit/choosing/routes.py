"""The door to the page on which a visitor chooses how to read."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from guide.visit.choosing.choices import COOKIE, typed, way_back
from guide.visit.choosing.choices_page import choices_made
from guide.visit.kept import is_taking
from guide.visit.routes import YEAR_SECONDS, AtDesk
from guide.web import Form

router = APIRouter(include_in_schema=False)


@router.get("/choices")
def choices(desk: AtDesk) -> Response:
    """Never kept for others: it knows where this visitor came from."""
    headers = desk.request.headers
    from_nowhere = is_taking(desk.request.scope)
    back = "/" if from_nowhere else way_back(headers.get("referer", ""), headers.get("host", ""))
    made = choices_made(desk, back)
    return desk.own_page(made.template, made.frame, made.status, **made.shown)


@router.post("/choices")
def remember(desk: AtDesk, form: Form) -> Response:
    chosen = typed(form)
    back = way_back(form.get("back", [""])[0], desk.request.headers.get("host", ""))
    response = RedirectResponse(back, 303, {"cache-control": "no-cache"})
    if chosen.cookie:
        response.set_cookie(COOKIE, chosen.cookie, max_age=YEAR_SECONDS, samesite="lax")
    else:
        response.delete_cookie(COOKIE, samesite="lax")
    return response
