"""Giving back: places and money return by the museum's terms, in one transaction, and twice is once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from guide import outgoing
from guide.database import changed
from guide.errors import Conflict, NotFound
from guide.office import audit
from guide.tickets import codes, ledger
from guide.tickets.changing.terms import WHOLE, Offer, Returned, offer, share
from guide.tickets.selling.holding import give_back, wants_of
from guide.tickets.selling.orders import NoSuchOrder, lock_tickets, order_of, takes_of
from guide.tickets.tables import Order, OrderStatus, Refund, Ticket
from guide.tours.catalogue import Museum
from guide.tours.content import MuseumSheet
from guide.tours.prices import offer_of, offers

GIVEN_BACK, CHANGED = "given-back", "changed"
"""Why money goes back to visitors; `Refund.why`."""


class TooLateToGiveBack(Conflict):
    """The museum's terms give nothing back so shortly before the time."""


class AlreadyEntered(Conflict):
    """Somebody has gone in with this ticket."""


class NoSuchTicket(NotFound):
    """The order has no ticket of this code."""


class NotPaidYet(Conflict):
    """Before an order is paid, it is let go as a whole; its price was agreed for all of it."""


class GroupWouldBeTooSmall(Conflict):
    """The tickets that stay would have the price of a group that they are not."""


class NoReason(Conflict):
    """Staff may give back and change what the terms do not let, but say why."""


@dataclass(frozen=True)
class By:
    """Who gives back: a visitor by the terms, or staff at any time and for a reason."""

    who: str
    reason: str | None = None

    @property
    def whole(self) -> bool:
        return self.reason is not None


VISITOR = By("visitor")


def offered(
    session: Session,
    museum: Museum,
    order_code: str,
    now: datetime,
    tickets: Collection[str] | None = None,
    by: By = VISITOR,
) -> Offer:
    """What giving these tickets back, or all, would bring; it is refused for the reasons that doing it would be."""
    order = own_order(session, museum, order_code)
    going, staying = _chosen(session, order, tickets)
    if order.status != OrderStatus.PAID:
        return offer(WHOLE, [])
    return _offer(museum.sheet, order, going, staying, by, now)


def cancel(
    session: Session,
    museum: Museum,
    order_code: str,
    now: datetime,
    tickets: Collection[str] | None = None,
    by: By = VISITOR,
) -> Order:
    """Give these tickets back, or the whole order; what was given back before stays as it is."""
    order = own_order(session, museum, order_code, for_update=True)
    going, staying = _chosen(session, order, tickets)
    if not going or order.status not in (OrderStatus.HELD, OrderStatus.PAID):
        return order
    if order.status == OrderStatus.HELD:
        return _released(session, order, staying, now)
    bringing = _offer(museum.sheet, order, going, staying, by, now)
    void(session, going, now)
    _leave(session, museum.sheet, order, going, staying, now)
    _repay(session, museum, order, bringing, now, by)
    outgoing_letter(session, order, now, "order.cancelled")
    return order


def own_order(session: Session, museum: Museum, code: str, *, for_update: bool = False) -> Order:
    """The order, read anew; for whoever changes it, held with its tickets until the end of the transaction."""
    known = order_of(session, code)
    if known.museum != museum.slug:
        raise NoSuchOrder(code=code[:20])
    session.refresh(known, with_for_update=for_update)
    if for_update:
        lock_tickets(session, known.code)
    return known


def _released(session: Session, order: Order, staying: Sequence[Ticket], now: datetime) -> Order:
    if staying:
        raise NotPaidYet
    ended = {"status": OrderStatus.CANCELLED, "cancelled_at": now}
    changed(session, sa.update(Order).where(col(Order.code) == order.code).values(**ended))
    unpaid = (col(Ticket.order_code) == order.code) & col(Ticket.cancelled_at).is_(None)
    changed(session, sa.update(Ticket).where(unpaid).values(cancelled_at=now))
    give_back(session, order.museum, order.day, order.slot, takes_of(order))
    session.refresh(order)
    return order


def _chosen(session: Session, order: Order, typed_codes: Collection[str] | None) -> tuple[list[Ticket], list[Ticket]]:
    """The tickets that go, and those that stay; ones that went before are neither."""
    there = {ticket.code: ticket for ticket in fresh_tickets(session, order.code)}
    if strange := [typed for typed in typed_codes or () if codes.read(typed) not in there]:
        raise NoSuchTicket(ticket=min(strange)[:20])
    wanted = set(there) if typed_codes is None else {codes.read(typed) for typed in typed_codes}
    live = [ticket for ticket in there.values() if ticket.cancelled_at is None]
    return [one for one in live if one.code in wanted], [one for one in live if one.code not in wanted]


def fresh_tickets(session: Session, order_code: str) -> list[Ticket]:
    """As they are now, whatever this session has seen of them before."""
    asked = select(Ticket).where(col(Ticket.order_code) == order_code).order_by(col(Ticket.code))
    return list(session.exec(asked.execution_options(populate_existing=True)))


def _offer(
    sheet: MuseumSheet, order: Order, going: Sequence[Ticket], staying: Sequence[Ticket], by: By, now: datetime
) -> Offer:
    if entered := next((ticket for ticket in going if ticket.entered), None):
        raise AlreadyEntered(ticket=entered.code)
    if by.reason == "":
        raise NoReason
    if not by.whole:
        _expect_groups(sheet, order.day, staying)
    returned = [Returned(ticket.code, ticket.category, ticket.dong) for ticket in going]
    worth = sum(ticket.dong for ticket in going)
    percent = WHOLE if by.whole or not worth else share(sheet, order.day, order.slot, now)
    if percent is None:
        raise TooLateToGiveBack(hours=min((rule.until_hours for rule in sheet.tickets.giving_back), default=0))
    return offer(percent, returned, 0 if staying else order.donation_dong)


def _expect_groups(sheet: MuseumSheet, day: date, staying: Sequence[Ticket]) -> None:
    """The price of a group is for as many as it says, also afterwards."""
    people, there = sum(ticket.admits for ticket in staying), offers(sheet, day)
    for category in {ticket.category for ticket in staying if ticket.dong}:
        price = offer_of(there, category)
        if price and price.people and people < price.people:
            raise GroupWouldBeTooSmall(category=category, people=price.people)


def void(session: Session, tickets: Sequence[Ticket], now: datetime) -> None:
    """One statement, and we count: a ticket that enters at this very moment is not given back."""
    going = [ticket.code for ticket in tickets]
    untouched = col(Ticket.code).in_(going) & col(Ticket.cancelled_at).is_(None) & (col(Ticket.entered) == 0)
    if changed(session, sa.update(Ticket).where(untouched).values(cancelled_at=now)) != len(going):
        raise AlreadyEntered(ticket=going[0])


def _leave(
    session: Session,
    sheet: MuseumSheet,
    order: Order,
    going: Sequence[Ticket],
    staying: Sequence[Ticket],
    now: datetime,
) -> None:
    """The places of these tickets are free again; with the last of them the order is cancelled."""
    takes = takes_of(order)
    leaving = {part: min(takes[part], n) for part, n in _wants(sheet, going).items() if part in takes}
    leaving = leaving if staying else takes
    left = {part: number - leaving.get(part, 0) for part, number in takes.items()}
    told: dict[str, object] = {"takes": json.dumps(left), "people": sum(ticket.admits for ticket in staying)}
    if not staying:
        told |= {"status": OrderStatus.CANCELLED, "cancelled_at": now}
    changed(session, sa.update(Order).where(col(Order.code) == order.code).values(**told))
    give_back(session, order.museum, order.day, order.slot, leaving)
    session.refresh(order)


def _wants(sheet: MuseumSheet, tickets: Sequence[Ticket]) -> Mapping[str, int]:
    counts = Counter[str]()
    for ticket in tickets:
        counts[ticket.category] += ticket.admits
    return wants_of(sheet, counts)


def _repay(session: Session, museum: Museum, order: Order, bringing: Offer, now: datetime, by: By) -> None:
    moves = [(ledger.OWED, ledger.sales(ticket.category), ticket.dong) for ticket in bringing.tickets]
    moves.append((ledger.OWED, ledger.DONATIONS, bringing.donation_dong))
    repay(session, museum, order, moves, GIVEN_BACK, now)
    told = {"dong": bringing.dong, "percent": bringing.percent, "tickets": len(bringing.tickets)}
    reason = {"reason": by.reason} if by.reason else {}
    audit.note(session, now, order.museum, by.who, "order.refunded", order.code, **told, **reason)


def repay(
    session: Session, museum: Museum, order: Order, moves: Sequence[ledger.Move], why: str, now: datetime
) -> None:
    """Owe a visitor what these moves bring, until somebody or a provider has sent it."""
    ledger.move(session, now, museum, None, _joined(moves), order.code)
    dong = sum(dong if giving == ledger.OWED else -dong for giving, _, dong in moves)
    if dong:
        row = {"id": uuid4(), "order_code": order.code, "museum": order.museum, "dong": dong, "pay": order.pay}
        session.connection().execute(sa.insert(Refund), row | {"why": why, "due_at": now})


def _joined(moves: Sequence[ledger.Move]) -> list[ledger.Move]:
    """One line from an account to another, however many tickets it is for."""
    sums = Counter[tuple[str, str]]()
    for giving, receiving, dong in moves:
        sums[giving, receiving] += dong
    return [(giving, receiving, dong) for (giving, receiving), dong in sums.items()]


def refunded_dong(session: Session, order_code: str) -> int:
    """All that went back, or is to go back, because tickets were given back or came on a cheaper day."""
    asked = sa.select(sa.func.coalesce(sa.func.sum(Refund.dong), 0)).where(
        col(Refund.order_code) == order_code, col(Refund.why).in_((GIVEN_BACK, CHANGED))
    )
    return int(session.connection().execute(asked).scalar_one())


def outgoing_letter(session: Session, order: Order, now: datetime, what: str) -> None:
    if order.email:
        outgoing.send(session, now, "letter", order.museum, order.code, what=what)
