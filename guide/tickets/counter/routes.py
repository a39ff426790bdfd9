"""The door of the counter: open a shift, sell for cash, take and give back money, count the drawer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from guide.clock import Clock, day_in
from guide.database import Database
from guide.errors import GuideError
from guide.office.door import Staff, allowed, back_to, interface_of, page
from guide.office.roles import Act
from guide.office.workplaces import Workplaces
from guide.tickets.counter.desk import CounterDesk
from guide.tickets.counter.receipts import Receipts
from guide.tickets.counter.typed import Basket, basket_of, date_typed, dong_needed, dong_typed, empty, said
from guide.tickets.letters.telling import Tongue
from guide.tours.catalogue import Catalogues
from guide.web import Form, Pages

router = APIRouter(prefix="/counter", include_in_schema=False)
Seller = Annotated[Staff, allowed(Act.SELL)]
GivesBack = Annotated[Staff, allowed(Act.GIVE_BACK)]


def _desk(request: Request, staff: Seller) -> CounterDesk:
    shelf = request.app.state.shelf
    museum = shelf[Catalogues].current.named(staff.museum)
    tongue = Tongue(museum, shelf[Pages].messages, interface_of(request))
    return CounterDesk(shelf[Database], tongue, staff.email, shelf[Clock].now(), shelf[Receipts])


AtDesk = Annotated[CounterDesk, Depends(_desk)]


def _today(desk: CounterDesk) -> date:
    return day_in(desk.museum.sheet.time_zone, desk.now)


@router.get("")
def counters(request: Request, staff: Seller) -> Response:
    """The museums at whose counter this person sells; where it is one, that one."""
    places = request.app.state.shelf[Workplaces]
    here = [slug for slug in places.slugs() if staff.at(slug).may(Act.SELL)]
    if len(here) == 1:
        return back_to(f"/counter/{here[0]}")
    names = [(slug, places[slug].name(interface_of(request))) for slug in here]
    return page(request, "tickets/counters.html", staff, museums=names)


@router.get("/{museum}")
def counter(request: Request, staff: Seller, desk: AtDesk, day: str = "") -> Response:
    return _selling(request, staff, desk, basket_of({"day": [day]}, _today(desk)))


def _selling(
    request: Request, staff: Staff, desk: CounterDesk, basket: Basket, error: GuideError | None = None
) -> Response:
    shown = desk.selling(basket)
    told = desk.tongue.why(error) if error else ""
    status = error.status if error else 200
    if shown is None:
        return page(request, "tickets/counter_opening.html", staff, status, problem=told)
    return page(request, "tickets/counter.html", staff, status, page=shown, problem=told)


@router.post("/{museum}/basket")
def recount(request: Request, staff: Seller, desk: AtDesk, form: Form) -> Response:
    """The same page with its sum and its change, for who has no JavaScript; nothing is sold."""
    try:
        return _selling(request, staff, desk, basket_of(form, _today(desk)))
    except GuideError as error:
        return _selling(request, staff, desk, empty(_today(desk)), error)


@router.post("/{museum}/shifts")
def open_shift(request: Request, staff: Seller, desk: AtDesk, form: Form) -> Response:
    try:
        desk.open(dong_needed(said(form, "float")))
    except GuideError as error:
        return _selling(request, staff, desk, empty(_today(desk)), error)
    return back_to(f"/counter/{staff.museum}")


@router.post("/{museum}/sales")
def sell(request: Request, staff: Seller, desk: AtDesk, form: Form) -> Response:
    """One sale, however often this page is sent; what is refused comes back with what was typed."""
    basket = empty(_today(desk))
    try:
        basket = basket_of(form, _today(desk))
        sold = desk.sell(basket)
    except GuideError as error:
        return _selling(request, staff, desk, basket, error)
    return back_to(f"/counter/{staff.museum}/orders/{sold.order.code}?given={sold.given_dong}")


@router.get("/{museum}/orders")
def find(request: Request, staff: Seller, desk: AtDesk, code: str = "") -> Response:
    """An order that was made on the web, or a ticket that comes back."""
    if not code:
        return page(request, "tickets/counter_finding.html", staff, code="", problem="")
    try:
        return back_to(f"/counter/{staff.museum}/orders/{desk.order(code).code}")
    except GuideError as error:
        told = desk.tongue.why(error)
        return page(request, "tickets/counter_finding.html", staff, error.status, code=code[:20], problem=told)


@router.get("/{museum}/orders/{code}")
def order(code: str, request: Request, staff: Seller, desk: AtDesk) -> Response:
    return _order(request, staff, desk, code)


def _order(request: Request, staff: Staff, desk: CounterDesk, code: str, error: GuideError | None = None) -> Response:
    """What was just done to it stands in the address; so does the other day that is looked at."""
    order, asked = desk.order(code), request.query_params
    day = date_typed(asked.get("day", ""), _today(desk))
    shown = {
        "order": order,
        "given": dong_typed(asked.get("given", "")),
        "back": dong_typed(asked.get("back", "")),
        "moved": "moved" in asked,
        "day": day,
        "times": desk.times(day) if "day" in asked else None,
        "slip": desk.slip_of(order.code),
        "may_give_back": staff.may(Act.GIVE_BACK),
        "has_shift": desk.has_shift(),
        "problem": desk.tongue.why(error) if error else "",
    }
    return page(request, "tickets/counter_order.html", staff, error.status if error else 200, **shown)


def _done(request: Request, staff: Staff, desk: CounterDesk, code: str, act: Callable[[], str]) -> Response:
    """Back to the order, which shows what became of it or why it was refused."""
    try:
        told = act()
    except GuideError as error:
        return _order(request, staff, desk, code, error)
    return back_to(f"/counter/{staff.museum}/orders/{desk.order(code).code}{told}")


@router.post("/{museum}/orders/{code}/payment")
def take_payment(code: str, request: Request, staff: Seller, desk: AtDesk, form: Form) -> Response:
    def act() -> str:
        return f"?given={desk.take_payment(code, dong_typed(said(form, 'given'))).given_dong}"

    return _done(request, staff, desk, code, act)


@router.post("/{museum}/orders/{code}/cancellation")
def give_back(code: str, request: Request, staff: GivesBack, desk: AtDesk, form: Form) -> Response:
    def act() -> str:
        return (
            f"?back={desk.give_back(code, said(form, 'reason'), None if 'whole' in form else form.get('ticket', []))}"
        )

    return _done(request, staff, desk, code, act)


@router.post("/{museum}/orders/{code}/day")
def change_day(code: str, request: Request, staff: GivesBack, desk: AtDesk, form: Form) -> Response:
    def act() -> str:
        desk.change(code, date_typed(said(form, "day"), _today(desk)), said(form, "slot") or None, said(form, "reason"))
        return "?moved=1"

    return _done(request, staff, desk, code, act)


@router.post("/{museum}/orders/{code}/refunds/{refund}")
def give_cash(code: str, refund: UUID, request: Request, staff: GivesBack, desk: AtDesk) -> Response:
    return _done(request, staff, desk, code, lambda: f"?back={desk.give_cash(refund)}")


@router.post("/{museum}/orders/{code}/slip")
def slip(code: str, request: Request, staff: Seller, desk: AtDesk) -> Response:
    def act() -> str:
        desk.slip(code)
        return ""

    return _done(request, staff, desk, code, act)


@router.get("/{museum}/shifts/{shift}")
def shift(shift: UUID, request: Request, staff: Seller, desk: AtDesk) -> Response:
    return page(request, "tickets/counter_shift.html", staff, page=desk.shift(shift), problem="", counted="")


@router.post("/{museum}/shifts/{shift}/closing")
def close(shift: UUID, request: Request, staff: Seller, desk: AtDesk, form: Form) -> Response:
    try:
        desk.close(shift, dong_needed(said(form, "counted")), said(form, "remark"))
    except GuideError as error:
        told = {"problem": desk.tongue.why(error), "counted": said(form, "counted")}
        return page(request, "tickets/counter_shift.html", staff, error.status, page=desk.shift(shift), **told)
    return back_to(f"/counter/{staff.museum}/shifts/{shift}")
