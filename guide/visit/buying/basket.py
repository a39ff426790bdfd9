"""The basket: what a visitor has typed so far, kept as it was typed, and what it means."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from guide.tickets.counter.typed import NotAnAmount, dong_typed
from guide.tickets.selling.ordering import Wish
from guide.tours.content import MuseumSheet
from guide.tours.prices import Person, offer_of, offers

Form = Mapping[str, Sequence[str]]
COUNT = "count."
"""`count.adult` is how many adults."""
LONGEST_TYPED = 200
MOST_CATEGORIES = 60
OLDEST = 120
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Basket:
    """Everything as it stands in the fields."""

    key: str
    """Made with the page: the same page sent twice buys once."""
    day: str = ""
    slot: str = ""
    counts: Mapping[str, str] = field(default_factory=dict)
    together: bool = False
    donation: str = ""
    email: str = ""
    pay: str = ""
    age: str = ""
    student: bool = False
    citizen: bool = True
    disability: str = ""
    asked: bool = False
    """Which ticket is the right one."""

    @property
    def chosen_day(self) -> date | None:
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None

    def on(self, day: date | None) -> Basket:
        return replace(self, day=day.isoformat() if day else self.day)

    @property
    def without_day(self) -> Basket:
        """Everything else kept, where the day that was chosen cannot be."""
        return replace(self, day="", slot="")

    def address(self, museum: str, day: date, language: str) -> str:
        """The same tickets on another day. No more than counts stands in an address."""
        return f"/{museum}/tickets?{urlencode([*self.told(day), ('lang', language)])}"

    def told(self, day: date) -> Iterator[tuple[str, str]]:
        yield "day", day.isoformat()
        yield from ((f"{COUNT}{category}", count) for category, count in self.counts.items() if count not in ("", "0"))


def linked(asked: Form) -> Basket:
    """What an address may say: a day, a time and counts. Never the key, by which somebody could give away an order."""
    return basket({name: values for name, values in asked.items() if name in ("day", "slot") or name.startswith(COUNT)})


def basket(typed: Form) -> Basket:
    def said(name: str) -> str:
        return (typed.get(name) or [""])[0].strip()[:LONGEST_TYPED]

    named = [name for name in typed if name.startswith(COUNT)][:MOST_CATEGORIES]
    return Basket(
        key=said("key") if _KEY.fullmatch(said("key")) else secrets.token_urlsafe(18),
        day=said("day"),
        slot=said("slot"),
        counts={name.removeprefix(COUNT): said(name) for name in named},
        together="together" in typed,
        donation=said("donation"),
        email=said("email"),
        pay=said("pay"),
        age=said("age"),
        student="student" in typed,
        citizen="citizen" in typed or "asked" not in typed,
        disability=said("disability"),
        asked="advice" in typed,
    )


@dataclass(frozen=True)
class Meant:
    """What the fields say, where they can be read; `problems` are by field."""

    counts: Mapping[str, int]
    donation_dong: int
    problems: Mapping[str, str]
    """Keys of messages."""

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    def tickets_dong(self, sheet: MuseumSheet, day: date) -> int:
        there = offers(sheet, day)
        found = ((offer_of(there, category), count) for category, count in self.counts.items())
        return sum(price.dong * count for price, count in found if price)

    def total_dong(self, sheet: MuseumSheet, day: date) -> int:
        return self.tickets_dong(sheet, day) + self.donation_dong


def meant(typed: Basket) -> Meant:
    numbers = {category: _number(count) for category, count in typed.counts.items()}
    donation = _dong(typed.donation)
    problems = {} if donation is not None else {"donation": "buying.field.donation"}
    if None in numbers.values():
        problems["who"] = "buying.field.number"
    counts = {category: number for category, number in numbers.items() if number}
    return Meant(counts, donation or 0, problems)


def _dong(text: str) -> int | None:
    try:
        return dong_typed(text) or 0
    except NotAnAmount:
        return None


def _number(text: str) -> int | None:
    """Nothing typed is none wanted."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def wish(typed: Basket, told: Meant, day: date, language: str) -> Wish:
    return Wish(
        day=day,
        slot=typed.slot or None,
        counts=told.counts,
        language=language,
        pay=typed.pay,
        email=typed.email or None,
        donation_dong=told.donation_dong,
        as_group=typed.together and told.people > 1,
    )


def person(typed: Basket) -> Person | None:
    """None where the age cannot be read."""
    age = _number(typed.age) if typed.age else None
    if age is None or age > OLDEST:
        return None
    disabilities: dict[str, Literal["any", "severe"]] = {"any": "any", "severe": "severe"}
    people = max(1, meant(typed).people)
    return Person(age, typed.student, disabilities.get(typed.disability), typed.citizen, people)
