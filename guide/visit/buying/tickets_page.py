"""Choosing tickets: the next days, the entry times with the places that are left, each category and what it costs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from guide.clock import day_in
from guide.tickets.letters.telling import Tongue
from guide.tickets.selling.availability import MOST_DAYS, SlotLine, availability
from guide.tickets.selling.slots import entry_times
from guide.tours.calendar import free_day, openings
from guide.tours.catalogue import Museum
from guide.tours.prices import best_price, dong, offer_of, offers
from guide.tours.sale import Price
from guide.visit.buying import wording
from guide.visit.buying.basket import Basket, Meant, meant, person
from guide.visit.frame import Reader, Told

DAYS_SHOWN = 6
DayState = Literal["open", "free", "full", "over", "closed", "far"]


@dataclass(frozen=True)
class Calendar:
    """What a page of tickets asks the database for, and no more: the lines of the days that it shows."""

    today: date
    chosen: date | None
    days: tuple[date, ...]
    lines: Mapping[date, Sequence[SlotLine]]

    def state(self, museum: Museum, day: date) -> DayState:
        if day > last_day(museum, self.today):
            return "far"
        if not entry_times(museum.sheet, day) or not offers(museum.sheet, day):
            return "closed"
        if not self.lines[day]:
            return "over"
        if all(line.free == 0 for line in self.lines[day]):
            return "full"
        return "free" if free_day(museum.sheet, day) else "open"


@dataclass(frozen=True)
class DayChoice:
    day: date
    url: str
    state: DayState
    chosen: bool
    near: Literal["today", "tomorrow"] | None


@dataclass(frozen=True)
class TimeChoice:
    slot: str
    """Its id."""
    begins: str
    ends: str
    free: int | None
    chosen: bool

    @property
    def full(self) -> bool:
        return self.free == 0


@dataclass(frozen=True)
class Category:
    slug: str
    name: Told
    dong: int
    price: str
    whom: tuple[str, ...]
    evidence: tuple[Told, ...]
    basis: tuple[Told, ...]
    count: str


@dataclass(frozen=True)
class Advice:
    category: str
    price: str


@dataclass(frozen=True)
class TicketsPage:
    museum: str
    basket: Basket
    days: tuple[DayChoice, ...]
    day: date | None
    day_told: str
    state: DayState
    free_reason: Told
    last: date
    times: tuple[TimeChoice, ...]
    divided: bool
    hours: tuple[str, ...]
    categories: tuple[Category, ...]
    ways: tuple[str, ...]
    all_free: bool
    total: str | None
    donations: bool
    advice: Advice | None
    problems: Mapping[str, str]
    """Sentences, by field; under nothing what concerns the whole."""
    most: int
    hold_minutes: int
    early_minutes: int
    late_minutes: int

    @property
    def sells(self) -> bool:
        return self.state in ("open", "free")


def calendar(session: Session, museum: Museum, wanted: date | None, now: datetime) -> Calendar:
    """The day that was asked for, or the first on which one can still come."""
    today = day_in(museum.sheet.time_zone, now)
    shown = [today + timedelta(days=ahead) for ahead in range(min(DAYS_SHOWN, museum.sheet.tickets.ahead_days + 1))]
    lines = _lines(session, museum, shown[0], shown[-1], now)
    chosen = wanted or _first(museum, shown, lines) or _next_open(museum, shown[-1], today)
    if chosen and chosen not in shown:
        shown.append(chosen)
        sold = today <= chosen <= last_day(museum, today)
        lines |= _lines(session, museum, chosen, chosen, now) if sold else {chosen: []}
    return Calendar(today, chosen, tuple(shown), lines)


def last_day(museum: Museum, today: date) -> date:
    return today + timedelta(days=museum.sheet.tickets.ahead_days)


def _lines(session: Session, museum: Museum, since: date, until: date, now: datetime) -> dict[date, list[SlotLine]]:
    zone = ZoneInfo(museum.sheet.time_zone)
    found: dict[date, list[SlotLine]] = {since + timedelta(days=n): [] for n in range((until - since).days + 1)}
    for line in availability(session, museum, since, until, now):
        found[line.starts_at.astimezone(zone).date()].append(line)
    return found


def _first(museum: Museum, days: Sequence[date], lines: Mapping[date, Sequence[SlotLine]]) -> date | None:
    sold = (day for day in days if offers(museum.sheet, day))
    return next((day for day in sold if any(line.free != 0 for line in lines[day])), None)


def _next_open(museum: Museum, after: date, today: date) -> date | None:
    ahead = (after - today).days
    days = (after + timedelta(days=n) for n in range(1, min(museum.sheet.tickets.ahead_days - ahead, MOST_DAYS) + 1))
    return next((day for day in days if entry_times(museum.sheet, day) and offers(museum.sheet, day)), None)


def tickets_page(
    museum: Museum,
    reader: Reader,
    tongue: Tongue,
    typed: Basket,
    there: Calendar,
    ways: Collection[str],
    problems: Mapping[str, str],
) -> TicketsPage:
    sheet, day = museum.sheet, there.chosen
    told, there_now = meant(typed), offers(sheet, day) if day else []
    free = free_day(sheet, day) if day else None
    times = times_of(museum, there.lines[day], typed.slot) if day else ()
    return TicketsPage(
        museum=museum.slug,
        basket=typed.on(day),
        days=tuple(_days(museum, typed, there, reader.language)),
        day=day,
        day_told=tongue.day(day) if day else "",
        state=there.state(museum, day) if day else "closed",
        free_reason=wording.told(tongue, free.reason if free else None),
        last=last_day(museum, there.today),
        times=times,
        divided=any("T" in time.slot for time in times),
        hours=tuple(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in openings(sheet, day)) if day else (),
        categories=tuple(_categories(there_now, typed, tongue)),
        ways=tuple(ways),
        all_free=not any(price.dong for price in there_now) and not sheet.tickets.donations,
        total=_total(museum, told, day, reader),
        donations=sheet.tickets.donations,
        advice=_advice(museum, typed, day, tongue),
        problems=problems,
        most=sheet.tickets.most,
        hold_minutes=sheet.tickets.hold_minutes,
        early_minutes=sheet.tickets.early_minutes,
        late_minutes=sheet.tickets.late_minutes,
    )


def _days(museum: Museum, typed: Basket, there: Calendar, language: str) -> Iterator[DayChoice]:
    near: dict[date, Literal["today", "tomorrow"]] = {
        there.today: "today",
        there.today + timedelta(days=1): "tomorrow",
    }
    for day in there.days:
        url = typed.address(museum.slug, day, language)
        yield DayChoice(day, url, there.state(museum, day), day == there.chosen, near.get(day))


def times_of(museum: Museum, lines: Sequence[SlotLine], wanted: str) -> tuple[TimeChoice, ...]:
    """A time that was chosen for one day is offered again on another."""
    zone = ZoneInfo(museum.sheet.time_zone)
    shown = []
    for line in lines:
        begins, ends = line.starts_at.astimezone(zone), line.ends_at.astimezone(zone)
        chosen = "T" in line.id and (wanted[-5:] == line.id[-5:] if wanted else len(lines) == 1)
        shown.append(TimeChoice(line.id, f"{begins:%H:%M}", f"{ends:%H:%M}", line.free, chosen and line.free != 0))
    return tuple(shown)


def _categories(there: list[Price], typed: Basket, tongue: Tongue) -> Iterator[Category]:
    """A category may stand under several rules; asked for by its name alone it costs the dearest."""
    for slug in dict.fromkeys(price.category for price in there):
        price = offer_of(there, slug)
        assert price is not None
        rules = [rule for rule in there if rule.category == slug and rule.dong == price.dong]
        yield Category(
            slug=slug,
            name=wording.category(tongue, slug),
            dong=price.dong,
            price=dong(price.dong, tongue.interface) if price.dong else "",
            whom=tuple(dict.fromkeys(filter(None, (tongue.whom(rule) for rule in rules)))),
            evidence=_each(wording.told(tongue, rule.evidence) for rule in rules),
            basis=_each(wording.told(tongue, rule.basis) for rule in rules),
            count=typed.counts.get(slug, ""),
        )


def _each(texts: Iterator[Told]) -> tuple[Told, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.text))


def _total(museum: Museum, told: Meant, day: date | None, reader: Reader) -> str | None:
    if day is None or not (told.counts or told.donation_dong):
        return None
    return dong(told.total_dong(museum.sheet, day), reader.interface)


def _advice(museum: Museum, typed: Basket, day: date | None, tongue: Tongue) -> Advice | None:
    someone = person(typed) if typed.asked and day else None
    price = best_price(museum.sheet, day, someone) if someone and day else None
    if price is None:
        return None
    told = dong(price.dong, tongue.interface) if price.dong else tongue.say("prices.free").lower()
    return Advice(tongue.category(price.category), told)
