"""Tickets by command: the payment simulator, which pays an order without a bank."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from guide.cli.operator import house, said, say

app = typer.Typer(help="Orders and their payment.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Orders and their payment."""


@app.command()
def pay(
    code: Annotated[str, typer.Argument(help="The order's code.")],
    dong: Annotated[int | None, typer.Option(help="Another amount than the order's.", min=1)] = None,
    late: Annotated[bool, typer.Option("--late", help="As if it came a minute after the hold was over.")] = False,
) -> None:
    """Tell the house, signed by its own simulator, that this order has been paid."""
    from guide.clock import Clock
    from guide.tickets.paying import simulator
    from guide.tickets.paying.cashier import Cashier
    from guide.tickets.paying.ways import NothingToPayOnline
    from guide.tickets.selling.orders import order_of
    from guide.tickets.tables import OrderStatus
    from guide.tours.catalogue import Catalogues

    with said(), house(log_level="warning") as shelf:
        shelf[Catalogues].renew()
        cashier = shelf[Cashier]
        with cashier.database.reading() as session:
            order = order_of(session, code)
        now = shelf[Clock].now()
        now = max(now, order.expires_at + timedelta(minutes=1)) if late else now
        paid = dong or order.total_dong
        if not paid:
            raise NothingToPayOnline(code=order.code)
        became = cashier.hear(simulator.NAME, cashier.ways.simulator.notice(order.code, paid), now)
        told = became.body or {}
        kind = "late" if told.get("why") == "late" else str(told.get("became"))
        if kind == "refund" and order.status == OrderStatus.PAID:
            kind = "again"
        print(say(f"paying.done.{kind}", code=order.code, dong=paid))
