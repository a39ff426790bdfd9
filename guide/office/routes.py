"""The door of the office: signing in and out, who works here, and what was done."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from guide import outgoing
from guide.database import Database
from guide.errors import GuideError, NotFound
from guide.office import audit, choosing, people
from guide.office.audit_page import audit_page
from guide.office.door import (
    COOKIE,
    Staff,
    allowed,
    back_to,
    inside,
    interface_of,
    page,
    refuse_from_elsewhere,
    remember,
    signed_in,
    staff_here,
    words_of,
)
from guide.office.letters_page import lost_letters
from guide.office.roles import Act, Role
from guide.office.signing_in import SigningIn, sign_out
from guide.office.staff import EVERYWHERE
from guide.office.ways import desks
from guide.office.workplaces import Workplaces
from guide.web import Form, Now, Pages, Reading, Writing, asker, held

router = APIRouter(prefix="/office", include_in_schema=False)
MOST_LINES = 2**62
TheDatabase = Annotated[Database, held(Database)]
TheSigningIn = Annotated[SigningIn, held(SigningIn)]
TheWorkplaces = Annotated[Workplaces, held(Workplaces)]
ThePages = Annotated[Pages, held(Pages)]
Somebody = Annotated[Staff, signed_in()]
KeepsPeople = Annotated[Staff, allowed(Act.KEEP_PEOPLE)]
SeesLetters = Annotated[Staff, allowed(Act.SEE_LETTERS)]
SeesAudit = Annotated[Staff, allowed(Act.SEE_AUDIT)]


class NothingLost(NotFound):
    """That letter has gone, or was never given up."""


def first(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]


@router.get("")
def office(request: Request, staff: Somebody, workplaces: TheWorkplaces) -> Response:
    return page(request, "office/home.html", staff, desks=desks(staff, workplaces, interface_of(request)))


@router.get("/sign-in")
def sign_in_page(request: Request, then: str = "/office") -> Response:
    if staff_here(request):
        return back_to(inside(then))
    return page(request, "office/sign_in.html", None, then=inside(then), email="", refused="")


@router.post("/sign-in")
def sign_in(request: Request, signing_in: TheSigningIn, form: Form, now: Now) -> Response:
    refuse_from_elsewhere(request)
    email, then, before = first(form, "email"), inside(first(form, "then")), request.cookies.get(COOKIE, "")
    try:
        token = signing_in.sign_in(email, first(form, "password"), asker(request), now, before)
    except GuideError as error:
        shown = {"then": then, "email": email[:200], "refused": words_of(request, error)}
        return page(request, "office/sign_in.html", None, error.status, **shown)
    return _signed_in(request, back_to(then), token)


@router.post("/sign-out")
def signing_out(request: Request, staff: Somebody, session: Writing) -> Response:  # noqa: ARG001  # its form is checked
    sign_out(session, request.cookies.get(COOKIE, ""))
    response = back_to("/office/sign-in")
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/password")
def password_page(request: Request, staff: Somebody) -> Response:
    return page(request, "office/password.html", staff, refused="")


@router.post("/password")
def password(
    request: Request, staff: Somebody, database: TheDatabase, signing_in: TheSigningIn, form: Form, now: Now
) -> Response:
    old, new = first(form, "old"), first(form, "new")
    try:
        token = choosing.change(database, signing_in, staff, old, new, asker(request), now)
    except GuideError as error:
        return page(request, "office/password.html", staff, error.status, refused=words_of(request, error))
    return _signed_in(request, back_to("/office"), token)


@router.get("/invitation/{word}")
def invitation(word: str, request: Request, session: Reading, now: Now) -> Response:
    person = people.invited(session, word, now)
    return page(request, "office/invitation.html", None, name=person.name, email=person.email, refused="")


@router.post("/invitation/{word}")
def accept(
    word: str, request: Request, database: TheDatabase, signing_in: TheSigningIn, form: Form, now: Now
) -> Response:
    refuse_from_elsewhere(request)
    try:
        token = choosing.join(database, signing_in, word, first(form, "new"), now)
    except people.LinkIsOld:
        raise
    except GuideError as error:
        return _invited_again(word, request, database, now, error)
    return _signed_in(request, back_to("/office"), token)


def _invited_again(word: str, request: Request, database: Database, now: Now, error: GuideError) -> Response:
    with database.reading() as session:
        person = people.invited(session, word, now)
    shown = {"name": person.name, "email": person.email, "refused": words_of(request, error)}
    return page(request, "office/invitation.html", None, error.status, **shown)


def _signed_in(request: Request, response: Response, token: str) -> Response:
    remember(request, response, token)
    return response


@router.get("/{museum}/people")
def people_page(museum: str, request: Request, staff: KeepsPeople, session: Reading) -> Response:
    return _people(request, staff, session, museum)


@router.post("/{museum}/people")
def invite(museum: str, request: Request, staff: KeepsPeople, session: Writing, form: Form, now: Now) -> Response:
    email, name = first(form, "email"), first(form, "name")
    try:
        who = people.introduced(email, name)
        word = people.invite(session, who, museum, _roles(form), staff.who, now, staff.keeps)
    except GuideError as error:
        typed = {"typed_email": email[:200], "typed_name": name[:200], "refused": words_of(request, error)}
        return _people(request, staff, session, museum, error.status, **typed)
    operator = word is None and not people.has_password(session, who.email)
    return _people(request, staff, session, museum, invited=who, link=_link(request, word), operator=operator)


@router.post("/{museum}/people/{person}/link")
def renew_link(museum: str, person: UUID, request: Request, staff: KeepsPeople, session: Writing, now: Now) -> Response:
    word = people.renew_link(session, person, museum, staff.who, now, staff.keeps)
    who = people.colleague(session, person, museum)
    link = _link(request, word)
    return _people(request, staff, session, museum, invited=who, link=link, operator=link is None)


@router.post("/{museum}/people/{person}/roles")
def roles(
    museum: str, person: UUID, request: Request, staff: KeepsPeople, session: Writing, form: Form, now: Now
) -> Response:
    try:
        people.set_roles(session, person, museum, _roles(form), staff.who, now)
    except people.LastAdmin as error:
        return _people(request, staff, session, museum, error.status, refused=words_of(request, error))
    return back_to(f"/office/{museum}/people" if staff.person != person else "/office")


@router.post("/{museum}/people/{person}/ending")
def ending(museum: str, person: UUID, request: Request, staff: KeepsPeople, session: Writing, now: Now) -> Response:
    return roles(museum, person, request, staff, session, {}, now)


def _people(
    request: Request, staff: Staff, session: Reading, museum: str, status: int = 200, **shown: object
) -> Response:
    everything = {
        "people": people.colleagues(session, museum),
        "roles": tuple(Role),
        "local": request.app.state.shelf[Workplaces][museum].local,
        "invited": None,
        "link": None,
        "operator": False,
        "refused": "",
        "typed_email": "",
        "typed_name": "",
    }
    return page(request, "office/people.html", staff, status, **(everything | shown))


def _roles(form: dict[str, list[str]]) -> frozenset[Role]:
    return frozenset(role for role in Role if role.value in form.get("role", []))


def _link(request: Request, word: str | None) -> str | None:
    root = request.app.state.public_url or str(request.base_url).rstrip("/")
    return f"{root}/office/invitation/{word}" if word else None


@router.get("/{museum}/letters")
def letters(
    museum: str, request: Request, staff: SeesLetters, session: Reading, workplaces: TheWorkplaces, pages: ThePages
) -> Response:
    lost = lost_letters(session, workplaces[museum], pages.messages, interface_of(request))
    return page(request, "office/letters.html", staff, letters=lost)


@router.post("/{museum}/letters/{letter}/sending")
def send_again(museum: str, letter: UUID, staff: SeesLetters, session: Writing, now: Now) -> Response:
    if not outgoing.try_again(session, museum, letter, now):
        raise NothingLost
    audit.note(session, now, museum, staff.who, "letter.again", str(letter))
    return back_to(f"/office/{museum}/letters")


@router.get("/{museum}/audit")
def audit_lines(
    museum: str,
    request: Request,
    staff: SeesAudit,
    session: Reading,
    workplaces: TheWorkplaces,
    pages: ThePages,
    before: Annotated[int | None, Query(ge=0, le=MOST_LINES)] = None,
    whole: bool = False,
) -> Response:
    museums = (museum, EVERYWHERE) if EVERYWHERE in staff.keeps else (museum,)
    language = interface_of(request)
    shown = audit_page(session, museums, workplaces[museum], pages.messages, language, before, whole)
    return page(request, "office/audit.html", staff, audit=shown)
