"""Letters for those who gave an address: the tickets when they are good, and what became of them afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from guide.clock import Clock
from guide.database import Database
from guide.mail import Attachment, Letter, Mail
from guide.outgoing import Parcel
from guide.tickets.letters.stationery import Say, Stationery, speaker, tickets_in_words, to_bring
from guide.tickets.letters.telling import Tongue, spaced
from guide.tickets.letters.told import ToldOrder, told_order
from guide.tickets.selling.orders import order_of, status_at, tickets_of
from guide.tickets.tables import Order, OrderStatus, Ticket
from guide.tours.catalogue import Catalogues
from guide.tours.prices import dong

KIND = "letter"
"""How letters are called among what leaves the house."""
REASONS = ("paid-twice", "cancelled", "time-over", "places-gone")
"""Why money goes back; another reason is told as its having come too late."""
_paper = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Postman:
    """Looks the order up when the letter leaves, and writes about what is true then; where that is nothing, nobody."""

    database: Database
    catalogues: Catalogues
    stationery: Stationery
    mail: Mail
    public_url: str
    clock: Clock = Clock()  # noqa: RUF009  # frozen

    def deliver(self, parcel: Parcel) -> None:
        with self.database.reading() as session:
            order = order_of(session, parcel.about)
            tickets = [ticket for ticket in tickets_of(session, order.code) if is_good(ticket)]
            messages, there = self.stationery.messages, self.catalogues.current.named(order.museum)
            tongue = Tongue(there, messages, order.language, messages.spoken_in(order.language))
            told = told_order(session, tongue, order, tickets, self.public_url)
        write = _WRITES.get(str(parcel.body.get("what")))
        if order.email and write and (written := write(self, order, told, str(parcel.body.get("why")))):
            self.mail.send(addressed(order.email, written, str(parcel.id)))

    def with_tickets(self, order: Order, told: ToldOrder, why: str) -> Written | None:  # noqa: ARG002  # one shape for every letter
        good = status_at(order, self.clock.now()) is OrderStatus.PAID and told.tickets
        enclosed = self.stationery.enclosed(told, self.clock.now()) if good else ()
        return written(told, speaker(told, self.stationery.messages), enclosed) if good else None

    def cancelled(self, order: Order, told: ToldOrder, why: str) -> Written | None:  # one shape for every letter
        """Only where nothing is left; else a new letter tells which tickets are still good."""
        if status_at(order, self.clock.now()) is OrderStatus.CANCELLED:
            return notice(told, speaker(told, self.stationery.messages), "letter.cancelled")
        return self.with_tickets(order, told, why)

    def refund_due(self, order: Order, told: ToldOrder, why: str) -> Written | None:
        say = speaker(told, self.stationery.messages)
        reason = say(f"letter.refund.why.{why if why in REASONS else 'late'}")
        return notice(told, say, "letter.refund", amount=dong(order.total_dong, told.spoken), why=reason)


_WRITES: dict[str, Callable[[Postman, Order, ToldOrder, str], Written | None]] = {
    "order.paid": Postman.with_tickets,
    "order.changed": Postman.with_tickets,
    "order.cancelled": Postman.cancelled,
    "refund.due": Postman.refund_due,
}


def is_good(ticket: Ticket) -> bool:
    """It was paid, was not taken back, and was not handed on to somebody else, whose page shows it now."""
    return ticket.issued_at is not None and ticket.cancelled_at is None and ticket.handed_on is None


@dataclass(frozen=True)
class Written:
    subject: str
    text: str
    html: str
    enclosed: tuple[Attachment, ...] = ()


def addressed(to: str, written: Written, number: str) -> Letter:
    return Letter(to, written.subject, written.text, written.html, written.enclosed, number)


def written(told: ToldOrder, say: Say, enclosed: tuple[Attachment, ...] = ()) -> Written:
    """The tickets, in Vietnamese or English; the museum's own words in the buyer's language."""
    shown = {"told": told, "say": say, "code": spaced(told.code)}
    shown |= {"tickets": tuple(tickets_in_words(told, say)), "bring": tuple(to_bring(told, say))}
    subject = say("letter.subject", museum=told.museum, day=told.day)
    html = _paper.get_template("letter.html").render(subject=subject, notice="", **shown)
    return Written(subject, _joined(_of_tickets(told, say)), html, enclosed)


def notice(told: ToldOrder, say: Say, about: str, **facts: object) -> Written:
    """A few sentences, without tickets."""
    sentence = say(f"{about}.text", museum=told.museum, day=told.day, **facts)
    subject = say(f"{about}.subject", museum=told.museum, day=told.day)
    shown = {"told": told, "say": say, "code": spaced(told.code), "tickets": (), "bring": ()}
    html = _paper.get_template("letter.html").render(subject=subject, notice=sentence, **shown)
    return Written(subject, _joined(_of_notice(told, say, sentence)), html)


def _of_tickets(told: ToldOrder, say: Say) -> Iterator[list[str]]:
    yield [say("letter.hello")]
    yield [say("letter.here", museum=told.museum)]
    yield [f"{told.day} · {told.time}", told.address]
    yield [*tickets_in_words(told, say), say("letter.total", total=told.total)]
    yield list(to_bring(told, say))
    yield [say("letter.page"), told.url] if told.url else []
    yield [say("letter.code", code=spaced(told.code)), say("letter.attached")]
    yield [say("letter.keep"), say("letter.why")]
    yield [say("letter.goodbye"), told.museum]


def _of_notice(told: ToldOrder, say: Say, sentence: str) -> Iterator[list[str]]:
    yield [say("letter.hello")]
    yield [sentence]
    yield [say("letter.code", code=spaced(told.code)), told.url]
    yield [say("letter.why")]
    yield [told.museum]


def _joined(blocks: Iterator[list[str]]) -> str:
    return "\n\n".join("\n".join(filter(None, block)) for block in blocks if any(block)) + "\n"
