"""Handing on: a group's tickets part, and each goes to one person by a link that can be called back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide.database import changed
from guide.errors import Conflict, NotFound
from guide.office import audit
from guide.tickets import codes
from guide.tickets.changing.cancelling import VISITOR, AlreadyEntered, NoSuchTicket, fresh_tickets, own_order
from guide.tickets.selling.orders import Line, lines_of
from guide.tickets.tables import Order, Ticket
from guide.tours.catalogue import Museum

TOKEN_BYTES = 18


class NotHandedOn(NotFound):
    """The link was called back, or never was one of ours."""


class TicketGivenBack(Conflict):
    """The ticket was given back, and is nothing to hand on."""


class NotAGroup(Conflict):
    """The ticket is for one person already."""


def hand_on(
    session: Session, ticket_code: str, now: datetime, token: Callable[[int], str] = secrets.token_urlsafe
) -> str:
    """A new link for a ticket; one that it had before leads nowhere from now on. Only a hash of it is kept."""
    ticket = _ticket(session, ticket_code)
    made = token(TOKEN_BYTES)
    mine = (col(Ticket.code) == ticket.code) & col(Ticket.cancelled_at).is_(None) & (col(Ticket.entered) == 0)
    if changed(session, sa.update(Ticket).where(mine).values(handed_on=_hash(made))) == 0:
        raise TicketGivenBack(ticket=ticket.code) if ticket.cancelled_at else AlreadyEntered(ticket=ticket.code)
    audit.note(session, now, ticket.museum, VISITOR.who, "ticket.handed-on", ticket.code)
    return made


def handed(session: Session, token: str) -> Ticket:
    """The ticket that a link leads to, also one that has entered or was given back since."""
    asked = select(Ticket).where(col(Ticket.handed_on) == _hash(token))
    ticket = session.exec(asked.execution_options(populate_existing=True)).first()
    if ticket is None:
        raise NotHandedOn
    return ticket


def call_back(session: Session, ticket_code: str, now: datetime) -> None:
    """The link leads nowhere from now on; calling back twice is once."""
    ticket = _ticket(session, ticket_code)
    linked = (col(Ticket.code) == ticket.code) & col(Ticket.handed_on).is_not(None)
    if changed(session, sa.update(Ticket).where(linked).values(handed_on=None)):
        audit.note(session, now, ticket.museum, VISITOR.who, "ticket.called-back", ticket.code)


def _ticket(session: Session, typed: str) -> Ticket:
    known = codes.read(typed)
    ticket = session.get(Ticket, known, populate_existing=True) if known else None
    if ticket is None:
        raise NoSuchTicket(ticket=typed[:20])
    return ticket


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def split(
    session: Session, museum: Museum, order_code: str, now: datetime, code: Callable[[], str] = codes.new
) -> list[Ticket]:
    """A group's one code becomes single tickets while nobody has gone in; the code itself stays as the first of them.

    So nothing is cancelled or sold: people, places and money are what they were. Twice is once.
    """
    order = own_order(session, museum, order_code, for_update=True)
    live = [ticket for ticket in fresh_tickets(session, order.code) if ticket.cancelled_at is None]
    groups = [ticket for ticket in live if ticket.admits > 1]
    if not live:
        raise NotAGroup
    for group in groups:
        _part(session, order, group, code)
    if groups:
        audit.note(session, now, order.museum, VISITOR.who, "order.split", order.code, tickets=order.people)
    return [ticket for ticket in fresh_tickets(session, order.code) if ticket.cancelled_at is None]


def _part(session: Session, order: Order, group: Ticket, code: Callable[[], str]) -> None:
    (category, dong), *others = singles(group, lines_of(order))
    whole = (col(Ticket.code) == group.code) & (col(Ticket.entered) == 0) & (col(Ticket.admits) == group.admits)
    first = {"admits": 1, "category": category, "dong": dong, "handed_on": None}
    if changed(session, sa.update(Ticket).where(whole & col(Ticket.cancelled_at).is_(None)).values(**first)) == 0:
        raise AlreadyEntered(ticket=group.code)
    same = group.model_dump(exclude={"code", "category", "dong", "admits", "handed_on"})
    rows = [same | {"code": code(), "category": category, "dong": dong, "admits": 1} for category, dong in others]
    session.connection().execute(sa.insert(Ticket), rows)


def singles(group: Ticket, lines: Sequence[Line]) -> list[tuple[str, int]]:
    """Category and price of each person in a group; they sum to what the group's ticket says."""
    of_its_own = [line for line in lines if line.category == group.category]
    for agreed in (lines, of_its_own):
        people = [(line.category, line.dong) for line in agreed for _ in range(line.count)]
        if len(people) == group.admits and sum(dong for _, dong in people) == group.dong:
            return people
    each, rest = divmod(group.dong, group.admits)
    return [(group.category, each + (place < rest)) for place in range(group.admits)]
