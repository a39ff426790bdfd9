"""Tickets to print: A4, four to a page, each with its square, its code, its day and what to bring, to cut apart."""

from __future__ import annotations

from pathlib import Path

from guide.language import Messages
from guide.tickets.letters.telling import spaced
from guide.tickets.letters.told import ToldOrder, ToldTicket
from guide.tours import typesetting
from guide.tours.typesetting import Sheet, one_line

_TEMPLATE = str(Path(__file__).parent / "sheet.typ")


def sheet(order: ToldOrder, messages: Messages, fonts: Path | None) -> bytes:
    return typesetting.pdf(_sheet(order, messages), fonts)


def sheet_pictures(order: ToldOrder, messages: Messages, fonts: Path | None, per_inch: float = 150) -> list[bytes]:
    """The same pages as PNG, to look at before printing."""
    return typesetting.pictures(_sheet(order, messages), fonts, per_inch)


def _sheet(order: ToldOrder, messages: Messages) -> Sheet:
    def say(key: str, **facts: object) -> str:
        return messages.say(order.spoken, f"ticket.{key}", **facts)

    words = {
        "title": one_line(f"{order.museum} · {order.day}"),
        "lettering": typesetting.lettering(order.language),
        "museum": one_line(order.museum),
        "foot": " · ".join(filter(None, (one_line(order.address), say("of-order", code=spaced(order.code))))),
        "told": say("printed"),
        "tickets": [_ticket(ticket, order.spoken, messages) for ticket in order.tickets],
    }
    return Sheet(_TEMPLATE, words)


def _ticket(ticket: ToldTicket, interface: str, messages: Messages) -> dict[str, object]:
    bring = messages.say(interface, "ticket.bring", evidence=ticket.evidence) if ticket.evidence else ""
    return {
        "code": spaced(ticket.code),
        "category": one_line(ticket.category),
        "people": messages.say(interface, "ticket.admits", people=ticket.admits) if ticket.admits > 1 else "",
        "day": one_line(ticket.day),
        "time": one_line(ticket.time),
        "evidence": one_line(bring),
        "square": ticket.square.svg,
        "alt": messages.say(interface, "ticket.square", code=spaced(ticket.code)),
    }
