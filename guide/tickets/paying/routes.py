"""The doors of paying: the way to a provider's page and back, the trial, and the payments' page in the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from guide.database import Database
from guide.errors import Conflict, GuideError, NotFound
from guide.language import choose
from guide.office.door import Staff, allowed, back_to, page
from guide.office.roles import Act
from guide.tickets.guesses import Guesses
from guide.tickets.paying import review, simulator
from guide.tickets.paying.cashier import Cashier, NoSuchProvider
from guide.tickets.paying.desk import desk
from guide.tickets.paying.ways import Ways
from guide.tickets.selling import refunds
from guide.tickets.selling.orders import order_of, status_at
from guide.tickets.tables import Order
from guide.tours.catalogue import Catalogues, Museum
from guide.web import Form, Now, Pages, Reading, asker, held, wishes

router = APIRouter(include_in_schema=False)
PAYMENTS = "/office/{museum}/payments"


class NoTrialHere(NotFound):
    """Only a house on trial plays the bank for its visitors."""


class SentAlready(Conflict):
    """Somebody has marked this money as sent before, or there is none such."""


Paths = Annotated[Ways, held(Ways)]
Till = Annotated[Cashier, held(Cashier)]
Data = Annotated[Database, held(Database)]
Museums = Annotated[Catalogues, held(Catalogues)]
Treasurer = Annotated[Staff, allowed(Act.SEE_PAYMENTS)]


@dataclass(frozen=True)
class LookingUp:
    """Whoever only guesses codes waits, at whichever door they try."""

    database: Database
    guesses: Guesses
    asker: str

    def up(self, code: str) -> Order:
        with self.guesses.counted(self.asker), self.database.reading() as session:
            return order_of(session, code)


def _looking(request: Request, database: Data, guesses: Annotated[Guesses, held(Guesses)]) -> LookingUp:
    return LookingUp(database, guesses, asker(request))


Looking = Annotated[LookingUp, Depends(_looking)]


@router.get("/orders/{code}/payment")
def to_provider(code: str, request: Request, looking: Looking, ways: Paths, now: Now) -> Response:
    """The database is let go before a provider is asked, who may be slow."""
    order = looking.up(code)
    return RedirectResponse(ways.page(order, asker(request), now), 303, {"cache-control": "no-store"})


@router.get("/orders/{code}/return/{provider}")
def from_provider(code: str, provider: str, looking: Looking, ways: Paths) -> Response:
    """What the provider adds to the address proves nothing, and is dropped."""
    if provider not in ways.providers:
        raise NoSuchProvider
    return RedirectResponse(f"/orders/{looking.up(code).code}?returned={provider}", 303)


@router.get("/orders/{code}/simulator")
def trial(code: str, request: Request, looking: Looking, ways: Paths, now: Now) -> Response:
    order = _on_trial(ways, looking, code)
    pages: Pages = request.app.state.shelf[Pages]
    interface = choose([*wishes(request), order.language], pages.messages.languages, "en")
    shown = {"order": order, "asked": ways.payment(order, order.pay), "status": status_at(order, now)}
    text = pages.render("tickets/pay_simulator.html", interface, choices=simulator.choices(order.total_dong), **shown)
    policy: str = request.app.state.policy
    return HTMLResponse(text, 200, {"content-security-policy": policy, "cache-control": "no-store"})


@router.post("/orders/{code}/simulator")
def try_to_pay(code: str, form: Form, looking: Looking, cashier: Till, now: Now) -> Response:
    order = _on_trial(cashier.ways, looking, code)
    dong = simulator.choices(order.total_dong).get(form.get("pay", ["all"])[0], order.total_dong)
    cashier.hear(simulator.NAME, cashier.ways.simulator.notice(order.code, dong), now)
    return back_to(f"/orders/{order.code}")


def _on_trial(ways: Ways, looking: LookingUp, code: str) -> Order:
    if not ways.trial:
        raise NoTrialHere
    return looking.up(code)


@router.get(PAYMENTS)
def payments(request: Request, staff: Treasurer, session: Reading, museums: Museums) -> Response:
    there = museums.current.named(staff.museum)
    return page(request, "tickets/payments.html", staff, desk=desk(session, there), problem=None)


@router.post(f"{PAYMENTS}/orders")
def attach(request: Request, staff: Treasurer, form: Form, now: Now) -> Response:
    """This money was for that order."""
    provider, reference, code = _said(form, "provider", "reference", "code")

    def act(session: Session, museum: Museum) -> None:
        review.attach(session, museum, provider, reference, code, staff.who, now)

    return _after(request, staff, act)


@router.post(f"{PAYMENTS}/remarks")
def put_aside(request: Request, staff: Treasurer, form: Form, now: Now) -> Response:
    """This money went back, or was no ticket's."""
    provider, reference, remark = _said(form, "provider", "reference", "remark")

    def act(session: Session, museum: Museum) -> None:
        review.put_aside(session, museum, provider, reference, remark, staff.who, now)

    return _after(request, staff, act)


@router.post("/office/{museum}/refunds/{refund}/sending")
def sent(refund: UUID, request: Request, staff: Treasurer, now: Now) -> Response:
    """What was owed has left."""

    def act(session: Session, museum: Museum) -> None:
        if not refunds.sent(session, museum, refund, staff.who, now):
            raise SentAlready

    return _after(request, staff, act)


def _said(form: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    return tuple(form.get(name, [""])[0].strip() for name in names)


def _after(request: Request, staff: Staff, act: Callable[[Session, Museum], None]) -> Response:
    """The page again; where it could not be done, with the reason on top and nothing changed."""
    shelf = request.app.state.shelf
    museum: Museum = shelf[Catalogues].current.named(staff.museum)
    try:
        with shelf[Database].writing() as session:
            act(session, museum)
    except GuideError as problem:
        with shelf[Database].reading() as session:
            shown = desk(session, museum)
        return page(request, "tickets/payments.html", staff, problem.status, desk=shown, problem=problem)
    return back_to(PAYMENTS.format(museum=museum.slug))
