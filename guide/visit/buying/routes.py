"""The door to buying: the page of tickets, and the page of an order with everything that can be done on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from guide.database import Database
from guide.errors import GuideError, NotFound
from guide.tickets.changing import cancelling, handing, rebooking
from guide.tickets.guesses import Guesses
from guide.tickets.letters.telling import Tongue
from guide.tickets.letters.wallet import Wallet
from guide.tickets.once import page_key
from guide.tickets.paying.ways import Ways
from guide.tickets.selling.ordering import place
from guide.tickets.selling.orders import order_of, status_at, tickets_of
from guide.tickets.signing.shown import signed_codes
from guide.tickets.tables import Order, OrderStatus
from guide.tours.catalogue import Museum
from guide.visit.buying import dressing
from guide.visit.buying.basket import Basket, basket, linked, meant, wish
from guide.visit.buying.changing_pages import day_page, giving_back_page
from guide.visit.buying.money_back import unwanted_dong
from guide.visit.buying.order_page import Facts, Happened, State, again, handed_page, order_page
from guide.visit.buying.refusals import refusal, unadvised, unreadable
from guide.visit.buying.tickets_page import calendar, tickets_page
from guide.visit.frame import Frame
from guide.visit.routes import AtDesk, Desk
from guide.web import Form, Now, held

router = APIRouter(include_in_schema=False)
A_USUAL_SUM = 50_000
"""By which the ways of paying are chosen before anything is in the basket."""
TOLD = ("moved", "given-back", "split")
"""What an address may say that was just done."""
T = TypeVar("T")


class NoTicketsHere(NotFound):
    """The museum sells nothing online."""


@dataclass(frozen=True)
class Till:
    """What these doors have at hand for one request."""

    desk: Desk
    database: Database
    ways: Ways
    guesses: Guesses
    now: datetime

    def tongue(self, museum: Museum) -> Tongue:
        reader = self.desk.reader(museum)
        return Tongue(museum, self.desk.messages, reader.language, reader.interface)

    def selling(self, slug: str) -> Museum:
        museum = self.desk.museum(slug)
        if not museum.sheet.tickets.online or not museum.sheet.prices:
            raise NoTicketsHere(museum=museum.say(museum.sheet.name, self.desk.reader(museum).language))
        return museum

    def museum_of(self, code: str) -> Museum:
        """Whoever only guesses codes waits; whoever knows one never does."""
        with self.guesses.counted(self.desk.asker), self.database.reading() as session:
            return self.desk.museum(order_of(session, code).museum)

    def act(self, code: str, act: Callable[[Session, Museum], T]) -> T:
        """What is refused leaves nothing behind."""
        museum = self.museum_of(code)
        with self.database.writing() as session:
            return act(session, museum)

    @property
    def wallet(self) -> str:
        shelf = self.desk.request.app.state.shelf
        return str(shelf[Wallet].name) if Wallet in shelf else ""

    def page(self, template: str, frame: Frame, status: int = 200, **shown: object) -> Response:
        """Never kept for others: what it shows is of this moment, or of this visitor alone."""
        return self.desk.own_page(template, frame, status, **shown)


def _till(
    desk: AtDesk,
    database: Annotated[Database, held(Database)],
    ways: Annotated[Ways, held(Ways)],
    guesses: Annotated[Guesses, held(Guesses)],
    now: Now,
) -> Till:
    return Till(desk, database, ways, guesses, now)


AtTill = Annotated[Till, Depends(_till)]


@router.get("/{museum}/tickets")
def tickets(museum: str, till: AtTill, request: Request) -> Response:
    asked = {name: request.query_params.getlist(name) for name in request.query_params}
    return _choose(till, till.selling(museum), linked(asked))


@router.post("/{museum}/tickets")
def buy(museum: str, till: AtTill, form: Form) -> Response:
    """One order, however often this page is sent; what is refused comes back beside its field."""
    there, typed = till.selling(museum), basket(form)
    tongue, told = till.tongue(there), meant(typed)
    problems = unreadable(typed, told, tongue)
    if problems or typed.chosen_day is None:
        return _choose(till, there, typed, problems, 422)
    wished = wish(typed, told, typed.chosen_day, tongue.language)
    try:
        with till.database.writing() as session:
            order = place(session, there, wished, till.now, page_key(typed.key, wished), till.ways.offered)
    except GuideError as refused:
        problems = refusal(refused, tongue)
        return _choose(till, there, typed.without_day if "day" in problems else typed, problems, refused.status)
    return _lead(f"/orders/{order.code}?lang={tongue.language}")


@router.post("/{museum}/tickets/basket")
def recount(museum: str, till: AtTill, form: Form) -> Response:
    """The same page with its total and its advice, for who has no JavaScript; nothing is bought, nothing is kept."""
    there, typed = till.selling(museum), basket(form)
    tongue = till.tongue(there)
    return _choose(till, there, typed, unreadable(typed, meant(typed), tongue) | unadvised(typed, tongue))


@router.get("/{museum}/tickets/basket")
def basket_again(museum: str, till: AtTill) -> Response:
    """Whoever comes to where a basket was only counted begins where baskets begin."""
    return _lead(f"/{till.selling(museum).slug}/tickets")


def _choose(
    till: Till, museum: Museum, typed: Basket, problems: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    desk, told = till.desk, meant(typed)
    reader = desk.reader(museum)
    with till.database.reading() as session:
        there = calendar(session, museum, typed.chosen_day, till.now)
    total = told.total_dong(museum.sheet, there.chosen) if there.chosen and told.counts else A_USUAL_SUM
    offered = till.ways.offered(museum, total)
    shown = tickets_page(museum, reader, till.tongue(museum), typed, there, offered, problems or {})
    keep = f"day={shown.day.isoformat()}&" if shown.day else ""
    frame = dressing.of_tickets(museum, reader, keep, desk.messages, desk.public_url)
    return till.page("visit/tickets.html", frame, status, page=shown)


@router.get("/orders")
def find(till: AtTill, code: str = "") -> Response:
    """A code that was written down leads to its page."""
    with till.guesses.counted(till.desk.asker), till.database.reading() as session:
        return _lead(f"/orders/{order_of(session, code).code}")


@router.get("/orders/handed/{token}")
def handed(token: str, till: AtTill) -> Response:
    """One ticket that was handed on, and nothing of the order that it came from."""
    with till.guesses.counted(till.desk.asker), till.database.reading() as session:
        ticket = handing.handed(session, token)
        order = order_of(session, ticket.order_code)
        facts = Facts(order, [ticket], signed_codes(session, [ticket]), None, 0, 0, till.now)
    museum = till.desk.museum(order.museum)
    shown = handed_page(ticket, facts, till.tongue(museum))
    frame = _frame(till, museum, "handed", f"/orders/handed/{token}")
    return till.page("visit/order.html", frame, page=shown)


@router.get("/orders/{code}")
def order(code: str, till: AtTill, done: str = "", returned: str = "") -> Response:
    museum = till.museum_of(code)
    with till.database.reading() as session:
        facts = _facts(till, session, code)
    if facts.order.code != code:
        return _lead(f"/orders/{facts.order.code}")
    return _order(till, museum, facts, Happened("came-back" if returned else done if done in TOLD else ""))


def _facts(till: Till, session: Session, code: str) -> Facts:
    order = order_of(session, code)
    there = tickets_of(session, order.code)
    status = status_at(order, till.now)
    signed = signed_codes(session, there) if status is OrderStatus.PAID else {}
    payment = till.ways.payment(order, order.pay) if status is OrderStatus.HELD else None
    refunded, unwanted = cancelling.refunded_dong(session, order.code), unwanted_dong(session, order.code)
    return Facts(order, there, signed, payment, refunded, unwanted, till.now)


def _order(till: Till, museum: Museum, facts: Facts, happened: Happened) -> Response:
    shown = order_page(facts, till.tongue(museum), till.wallet, happened)
    return till.page("visit/order.html", _frame(till, museum, shown.state, f"/orders/{shown.code}"), page=shown)


def _frame(till: Till, museum: Museum, title: State | str, path: str) -> Frame:
    desk = till.desk
    return dressing.of_order(museum, desk.reader(museum), title, path, desk.messages, desk.public_url)


@router.post("/orders/{code}/basket")
def choose_again(code: str, till: AtTill) -> Response:
    """Back to the basket: the places of an order that was not paid are let go, and the same tickets chosen anew."""
    left = till.act(code, lambda session, museum: _let_go(session, museum, code, till.now))
    return _lead(again(left) if left.status == OrderStatus.CANCELLED else f"/orders/{left.code}")


def _let_go(session: Session, museum: Museum, code: str, now: datetime) -> Order:
    order = cancelling.own_order(session, museum, code, for_update=True)
    held = status_at(order, now) is OrderStatus.HELD
    return cancelling.cancel(session, museum, code, now) if held else order


@router.post("/orders/{code}/links")
def hand_on(code: str, till: AtTill, form: Form) -> Response:
    """The link is told once, in this answer; only its hash is kept."""
    ticket = _named(form, "ticket")
    token, museum, facts = till.act(code, lambda session, museum: _hand_on(till, session, museum, code, ticket))
    link = f"{till.desk.public_url}/orders/handed/{token}"
    return _order(till, museum, facts, Happened(link=link, linked=ticket))


@router.get("/orders/{code}/links")
def link_again(code: str, till: AtTill) -> Response:
    """A link is shown once; looking again leads to the tickets."""
    till.museum_of(code)
    return _lead(f"/orders/{code}")


def _hand_on(till: Till, session: Session, museum: Museum, code: str, ticket: str) -> tuple[str, Museum, Facts]:
    _expect_own(session, code, ticket)
    token = handing.hand_on(session, ticket, till.now)
    session.expire_all()
    return token, museum, _facts(till, session, code)


@router.post("/orders/{code}/links/withdrawals")
def call_back(code: str, till: AtTill, form: Form) -> Response:
    ticket = _named(form, "ticket")

    def act(session: Session, museum: Museum) -> str:  # noqa: ARG001  # every act is told its museum
        _expect_own(session, code, ticket)
        handing.call_back(session, ticket, till.now)
        return order_of(session, code).code

    return _lead(f"/orders/{till.act(code, act)}")


def _expect_own(session: Session, code: str, ticket: str) -> None:
    """A ticket of another order is none of theirs."""
    if ticket not in {one.code for one in tickets_of(session, order_of(session, code).code)}:
        raise cancelling.NoSuchTicket(ticket=ticket[:20])


@router.post("/orders/{code}/singles")
def split(code: str, till: AtTill) -> Response:
    """A group's one code becomes a ticket for each."""
    till.act(code, lambda session, museum: handing.split(session, museum, code, till.now))
    return _lead(f"/orders/{code}?done=split")


@router.get("/orders/{code}/day")
def another_day(code: str, till: AtTill, day: str = "") -> Response:
    return _day(till, code, linked({"day": [day]}).chosen_day)


@router.post("/orders/{code}/day")
def change_day(code: str, till: AtTill, form: Form) -> Response:
    wanted, slot = basket(form).chosen_day, _named(form, "slot") or None
    if wanted is None:
        return _day(till, code, None)
    try:
        till.act(code, lambda session, museum: rebooking.change(session, museum, code, wanted, slot, till.now))
    except NotFound:
        raise
    except GuideError as refused:
        return _day(till, code, wanted, refused)
    return _lead(f"/orders/{code}?done=moved")


def _day(till: Till, code: str, day: date | None, refused: GuideError | None = None) -> Response:
    museum = till.museum_of(code)
    tongue = till.tongue(museum)
    with till.database.reading() as session:
        order = order_of(session, code)
        there = calendar(session, museum, day, till.now)
        shown = day_page(session, order, tongue, there, refusal(refused, tongue) if refused else {}, till.now)
    frame = _frame(till, museum, "day", f"/orders/{order.code}/day")
    return till.page("visit/order_day.html", frame, refused.status if refused else 200, page=shown)


@router.get("/orders/{code}/cancellation")
def giving_back(code: str, till: AtTill) -> Response:
    return _giving_back(till, code, None)


@router.post("/orders/{code}/cancellation")
def give_back(code: str, till: AtTill, form: Form) -> Response:
    """Nothing is given back for another sum than was shown: where it differs, the page shows it and asks again."""
    chosen, shown = tuple(form.get("ticket", [])), _named(form, "dong")

    def act(session: Session, museum: Museum) -> bool:
        offer = cancelling.offered(session, museum, code, till.now, chosen)
        if not chosen or shown != str(offer.dong) or "sure" not in form:
            return False
        cancelling.cancel(session, museum, code, till.now, chosen)
        return True

    if not till.act(code, act):
        return _giving_back(till, code, chosen)
    return _lead(f"/orders/{code}?done=given-back")


def _giving_back(till: Till, code: str, chosen: tuple[str, ...] | None) -> Response:
    museum = till.museum_of(code)
    with till.database.reading() as session:
        shown = giving_back_page(session, museum, code, till.tongue(museum), chosen, till.now)
    frame = _frame(till, museum, "back", f"/orders/{shown.code}/cancellation")
    return till.page("visit/order_cancellation.html", frame, page=shown)


def _named(form: Mapping[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0].strip()[:40]


def _lead(address: str) -> Response:
    return RedirectResponse(address, 303, {"cache-control": "no-store"})
