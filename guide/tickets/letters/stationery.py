"""What is printed and kept of a visit: the sheet with its tickets, and the entry for a calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guide.language import Messages
from guide.mail import Attachment
from guide.tickets.letters.calendar_file import Visit, calendar_file
from guide.tickets.letters.sheet import sheet
from guide.tickets.letters.telling import spaced
from guide.tickets.letters.told import ToldOrder
from guide.tours.typesetting import MissingGlyphs

Say = Callable[..., str]


@dataclass(frozen=True)
class Stationery:
    """On the shelf: the words to write with, and the fonts to print with."""

    messages: Messages
    fonts: Path | None

    def sheet(self, told: ToldOrder) -> Attachment:
        return Attachment(f"{self._name(told)}.pdf", "application/pdf", sheet(told, self.messages, self.fonts))

    def calendar(self, told: ToldOrder, now: datetime) -> Attachment:
        body = calendar_file(visit_of(told, speaker(told, self.messages)), now)
        return Attachment(f"{self._name(told)}.ics", "text/calendar", body)

    def enclosed(self, told: ToldOrder, now: datetime) -> tuple[Attachment, ...]:
        """Both; but where this machine has no letters to print a name with, the calendar entry alone."""
        try:
            return self.sheet(told), self.calendar(told, now)
        except MissingGlyphs:
            return (self.calendar(told, now),)

    def _name(self, told: ToldOrder) -> str:
        return f"{speaker(told, self.messages)('letter.file')}-{told.on.isoformat()}"


def speaker(told: ToldOrder, messages: Messages) -> Say:
    def say(key: str, **facts: object) -> str:
        return messages.say(told.spoken, key, **facts)

    return say


def visit_of(told: ToldOrder, say: Say) -> Visit:
    lines = [*tickets_in_words(told, say), *to_bring(told, say), say("letter.code", code=spaced(told.code))]
    return Visit(
        code=told.code,
        title=told.museum,
        place=told.address or told.museum,
        told="\n".join([*lines, *([told.url] if told.url else [])]),
        url=told.url,
        zone=told.zone,
        day=told.on,
        begins=told.begins,
        ends=told.ends,
    )


def tickets_in_words(told: ToldOrder, say: Say) -> Iterator[str]:
    people = Counter[str]()
    for ticket in told.tickets:
        people[ticket.category] += ticket.admits
    return (say("letter.line", count=count, category=category) for category, count in people.items())


def to_bring(told: ToldOrder, say: Say) -> Iterator[str]:
    evidence = dict.fromkeys((ticket.category, ticket.evidence) for ticket in told.tickets if ticket.evidence)
    return (say("letter.bring", category=category, evidence=shown) for category, shown in evidence)
