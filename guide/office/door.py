"""What every door for staff shares: who stands there, whether they may come in, and the frame of their pages.

A door asks `staff: Annotated[Staff, allowed(Act.SELL)]`. Whoever is not signed in is led to the sign-in page, and a
program is told so. A form brings back its own token; what another site makes a browser send is refused.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from guide.clock import Clock
from guide.database import Database
from guide.errors import GuideError, NotFound, Refused
from guide.language import choose, endonym, match
from guide.office.roles import Act
from guide.office.signing_in import LASTS, staff_with
from guide.office.staff import Staff
from guide.office.ways import ways
from guide.office.workplaces import Workplaces
from guide.web import LANGUAGE_COOKIE, Form, Pages, is_program, wishes

__all__ = ["Staff", "allowed", "signed_in"]

COOKIE = "office"
SIGN_IN = "/office/sign-in"
READING = frozenset({"GET", "HEAD"})
YEAR_SECONDS = 31_536_000


class NotSignedIn(GuideError):
    """Nobody is signed in here, or no longer."""

    status = 401


class NotYourDoor(Refused):
    """This person has no role here that may do that."""


class NoSuchWorkplace(NotFound):
    """There is no museum of this name here."""


class FromElsewhere(Refused):
    """The form was not one of ours, or it is from before the person signed in anew."""


def signed_in() -> Any:
    """Anybody who works here."""

    def check(request: Request, form: Form) -> Staff:
        return _staff(request, form)

    return Depends(check)


def allowed(act: Act) -> Any:
    """Somebody who may do this at the museum that the address names; without one, at any museum."""

    def check(request: Request, form: Form) -> Staff:
        staff = _staff(request, form)
        if not (staff.may(act) if staff.museum else staff.may_somewhere(act)):
            raise NotYourDoor
        if staff.museum and staff.museum not in request.app.state.shelf[Workplaces]:
            raise NoSuchWorkplace(museum=staff.museum[:60])
        return staff

    return Depends(check)


def _staff(request: Request, form: dict[str, list[str]]) -> Staff:
    staff = staff_here(request)
    if staff is None:
        raise NotSignedIn
    if request.method not in READING:
        refuse_from_elsewhere(request)
        brought = form.get("csrf", [""])[0] or request.headers.get("x-csrf", "")
        if not hmac.compare_digest(brought.encode(), staff.csrf.encode()):
            raise FromElsewhere
    return staff


def staff_here(request: Request) -> Staff | None:
    """Who is signed in, or nobody."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with request.app.state.shelf[Database].reading() as session:
        staff = staff_with(session, token, now_at(request))
    return staff.at(str(request.path_params.get("museum", ""))) if staff else None


def now_at(request: Request) -> datetime:
    now: datetime = request.app.state.shelf[Clock].now()
    return now


def refuse_from_elsewhere(request: Request) -> None:
    """A browser says which site made it send a form; where it says nothing, the form's own token decides."""
    told = request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(request.app.state.public_url or "").netloc} - {""}
    elsewhere = request.headers.get("sec-fetch-site") == "cross-site" if told is None else _site(told) not in ours
    if elsewhere:
        raise FromElsewhere


def _site(origin: str) -> str:
    """Host and port; whether somebody in front of us took the encryption off makes it no other site."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def lead_strangers_to_sign_in(app: FastAPI) -> None:
    app.add_exception_handler(NotSignedIn, _to_sign_in(app.exception_handlers[GuideError]))


def _to_sign_in(refusal: Callable[..., Any]) -> Callable[[Request, Exception], Response]:
    def lead(request: Request, error: Exception) -> Response:
        if is_program(request):
            told: Response = refusal(request, error)
            return told
        return back_to(f"{SIGN_IN}?then={quote(_before(request))}")

    return lead


def _before(request: Request) -> str:
    """The page to come back to: of a form, the one that it stood on."""
    if request.method in READING:
        return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    stood_on = urlsplit(request.headers.get("referer", ""))
    return stood_on.path if stood_on.netloc == request.headers.get("host") else "/office"


def inside(address: str) -> str:
    """An address of this house, or the office: nobody is led away after signing in."""
    parts = urlsplit(address)
    plain = address.isprintable() and "\\" not in address
    ours = address.startswith("/") and not address.startswith("//") and not parts.netloc and plain
    return address if ours and parts.path != SIGN_IN else "/office"


def remember(request: Request, response: Response, token: str) -> None:
    """The cookie: no script reads it, no other site's form brings it, and over https it never leaves https."""
    secure = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https:")
    lasts = round(LASTS.total_seconds())
    response.set_cookie(COOKIE, token, max_age=lasts, path="/", httponly=True, samesite="lax", secure=secure)


def interface_of(request: Request) -> str:
    """The language that staff pages speak to this reader."""
    return choose(wishes(request), request.app.state.shelf[Pages].messages.languages, "vi")


def page(request: Request, template: str, staff: Staff | None, status: int = 200, **shown: object) -> Response:
    """A staff page, never kept by anybody. It extends `office/frame.html` and fills its blocks `title` and `main`."""
    shelf = request.app.state.shelf
    pages: Pages = shelf[Pages]
    interface = interface_of(request)
    frame = {
        "staff": staff,
        "title": "",
        "ways": ways(staff, request.url.path) if staff and staff.museum else (),
        "museum_name": shelf[Workplaces][staff.museum].name(interface) if staff and staff.museum else "",
        "languages": [(tag, endonym(tag), tag == interface) for tag in pages.messages.languages],
        "path": request.url.path,
        "kept": _kept(request),
    }
    text = pages.render(template, interface, **(frame | shown))
    response = HTMLResponse(text, status, _headers(request, interface))
    if match(request.query_params.get("lang", ""), [interface]):
        response.set_cookie(LANGUAGE_COOKIE, interface, max_age=YEAR_SECONDS, samesite="lax", httponly=True)
    return response


def _kept(request: Request) -> str:
    """What the page was asked besides its language, for the links to its other languages."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{urlencode(asked)}&" if asked else ""


def _headers(request: Request, interface: str) -> dict[str, str]:
    policy: str = request.app.state.policy
    return {"content-security-policy": policy, "content-language": interface, "cache-control": "no-store"}


def words_of(request: Request, error: GuideError) -> str:
    """A refusal in the reader's language, to be said on the page where it happened."""
    messages = request.app.state.shelf[Pages].messages
    return str(messages.say(interface_of(request), f"errors.{error.code}", **error.facts))


def back_to(address: str) -> Response:
    """After a form: the page that shows what became of it, safe to load again."""
    return RedirectResponse(address, 303, {"cache-control": "no-store"})
