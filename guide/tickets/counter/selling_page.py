"""The page of a sale: day, time, what there is and how much of it, the sum, and the cash that is likely to be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from guide.clock import day_in
from guide.tickets.counter.till import Movement, Till, movements, till
from guide.tickets.counter.typed import Basket
from guide.tickets.letters.telling import Tongue
from guide.tickets.selling.availability import SlotLine, availability
from guide.tickets.tables import Shift
from guide.tours.prices import offer_of, offers
from guide.tours.sale import Price

NOTES = (10_000, 50_000, 100_000, 200_000, 500_000)
"""Vietnam's notes that people pay with; the sum is rounded up to each."""
SHOWN = 8
"""Movements of the shift beneath a sale."""


@dataclass(frozen=True)
class Category:
    slug: str
    name: str
    dong: int
    count: int
    whom: str
    evidence: str
    """What to ask for; it is looked at, never kept."""


@dataclass(frozen=True)
class Time:
    id: str
    begins: str
    ends: str
    free: int | None
    chosen: bool


@dataclass(frozen=True)
class SellingPage:
    basket: Basket
    today: date
    tomorrow: date
    day: str
    """In words."""
    times: tuple[Time, ...]
    categories: tuple[Category, ...]
    most: int
    donations: bool
    total_dong: int
    notes: tuple[int, ...]
    shift: Shift
    opened: str
    till: Till
    lately: tuple[Movement, ...]

    @property
    def divided(self) -> bool:
        return any("T" in time.id for time in self.times)

    @property
    def chosen(self) -> Time | None:
        return next((time for time in self.times if time.chosen), None)

    @property
    def change_dong(self) -> int | None:
        """Below nought it is what is missing; none where nothing was typed."""
        given = self.basket.given_dong
        return None if given is None else given - self.total_dong


def selling_page(session: Session, tongue: Tongue, shift: Shift, basket: Basket, now: datetime) -> SellingPage:
    museum = tongue.museum
    zone = ZoneInfo(museum.sheet.time_zone)
    today = day_in(museum.sheet.time_zone, now)
    times = times_of(availability(session, museum, basket.day, basket.day, now), basket.slot, zone)
    chosen = next((time.id for time in times if time.chosen), None)
    categories = tuple(_categories(tongue, basket))
    total = sum(one.dong * one.count for one in categories) + basket.donation_dong
    return SellingPage(
        basket=replace(basket, slot=chosen),
        today=today,
        tomorrow=today + timedelta(days=1),
        day=tongue.day(basket.day),
        times=times,
        categories=categories,
        most=museum.sheet.tickets.most,
        donations=museum.sheet.tickets.donations,
        total_dong=total,
        notes=notes_for(total),
        shift=shift,
        opened=f"{shift.opened_at.astimezone(zone):%H:%M}",
        till=till(session, shift),
        lately=tuple(local(movements(session, shift), zone)[:SHOWN]),
    )


def times_of(lines: Sequence[SlotLine], wanted: str | None, zone: ZoneInfo) -> tuple[Time, ...]:
    """Where none is named, the first with places is meant: whoever stands at the counter comes in now."""
    named = next((line.id for line in lines if line.id == wanted), None)
    chosen = named or next((line.id for line in lines if line.free != 0), None)
    return tuple(
        Time(
            line.id,
            f"{line.starts_at.astimezone(zone):%H:%M}",
            f"{line.ends_at.astimezone(zone):%H:%M}",
            line.free,
            line.id == chosen,
        )
        for line in lines
    )


def _categories(tongue: Tongue, basket: Basket) -> Sequence[Category]:
    """One line a category: where it stands under several rules, the dearest, as the till charges it."""
    there = offers(tongue.museum.sheet, basket.day)
    names = dict.fromkeys(price.category for price in there)
    found = ((name, offer_of(there, name)) for name in names)
    return [
        Category(
            name,
            tongue.category(name),
            price.dong,
            basket.counts.get(name, 0),
            _whom(tongue, price),
            tongue.told(price.evidence),
        )
        for name, price in found
        if price
    ]


def _whom(tongue: Tongue, price: Price) -> str:
    """What the name does not say already."""
    whom = tongue.whom(price)
    return "" if whom.casefold() == tongue.category(price.category).casefold() else whom


def notes_for(total_dong: int) -> tuple[int, ...]:
    """The sum itself, and what people hand over for it: rounded up to each note, four at most."""
    rounded = {-(-total_dong // note) * note for note in NOTES}
    return tuple(sorted({total_dong, *rounded} - {0}))[:4]


def local(moved: Sequence[Movement], zone: ZoneInfo) -> list[Movement]:
    return [replace(one, at=one.at.astimezone(zone)) for one in moved]
