"""The files of a paid order: its tickets to print, the visit for a calendar, and a pass where a wallet is there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from guide.errors import NotFound
from guide.mail import Attachment
from guide.tickets.letters.letter import is_good
from guide.tickets.letters.stationery import Stationery
from guide.tickets.letters.told import ToldOrder, told_order
from guide.tickets.letters.wallet import Wallet
from guide.tickets.selling.orders import order_of, status_at, tickets_of
from guide.tickets.tables import OrderStatus
from guide.visit.buying.routes import AtTill, Till
from guide.web import held

router = APIRouter(include_in_schema=False)
TheStationery = Annotated[Stationery, held(Stationery)]


class NothingToTakeHome(NotFound):
    """The order has no ticket that is good."""


@router.get("/orders/{code}/tickets.pdf")
def sheet(code: str, till: AtTill, stationery: TheStationery) -> Response:
    return _file(stationery.sheet(_told(till, code)))


@router.get("/orders/{code}/visit.ics")
def calendar(code: str, till: AtTill, stationery: TheStationery) -> Response:
    return _file(stationery.calendar(_told(till, code), till.now))


@router.get("/orders/{code}/pass")
def wallet_pass(code: str, till: AtTill) -> Response:
    shelf, told = till.desk.request.app.state.shelf, _told(till, code)
    if Wallet not in shelf:
        raise NothingToTakeHome
    wallet: Wallet = shelf[Wallet]
    return _file(Attachment(f"{told.on.isoformat()}.{wallet.ending}", wallet.type, wallet.passes(told)))


def _told(till: Till, code: str) -> ToldOrder:
    museum = till.museum_of(code)
    with till.database.reading() as session:
        order = order_of(session, code)
        good = [ticket for ticket in tickets_of(session, order.code) if is_good(ticket)]
        if status_at(order, till.now) is not OrderStatus.PAID or not good:
            raise NothingToTakeHome
        return told_order(session, till.tongue(museum), order, good, till.desk.public_url)


def _file(file: Attachment) -> Response:
    headers = {
        "content-disposition": f'attachment; filename="{file.name}"',
        "cache-control": "private, no-store",
        "x-robots-tag": "noindex",
    }
    return Response(file.body, 200, headers, file.type)
