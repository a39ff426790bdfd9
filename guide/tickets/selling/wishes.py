"""What a visitor wishes to buy, judged by what the museum sells: each no is a reason that can be said."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from guide.clock import day_in
from guide.errors import Conflict, Unusable
from guide.tickets.selling.orders import Line
from guide.tickets.selling.slots import EntryTime, entry_times, slot_asked
from guide.tours.catalogue import Museum
from guide.tours.content import MuseumSheet
from guide.tours.prices import offer_of, offers
from guide.tours.sale import Price
from guide.tours.shapes import LANGUAGE

WEB, COUNTER = "web", "counter"
"""Channels."""
PAY_AT_COUNTER, FREE = "counter", "free"
"""Ways of paying that are no provider's."""
LONGEST_ADDRESS = 200
MOST_DONATED_DONG = 100_000_000
LONGEST_TAG = 20
MOST_AT_COUNTER = 10
"""People in one order that holds its places, perhaps for days, for nothing but a promise to come."""
DAYS_TO_THE_COUNTER = 14
"""For how many days ahead such a promise is taken."""
_PART = r"[^\s\x00-\x1f@<>,;:\"()\[\]\\.]+(?:\.[^\s\x00-\x1f@<>,;:\"()\[\]\\.]+)*"
_ADDRESS = re.compile(rf"{_PART}@{_PART}\.{_PART}")


class DayOver(Conflict):
    """The day has passed at the museum."""


class TooFarAhead(Conflict):
    """Tickets for that day are not sold yet."""


class ClosedThatDay(Conflict):
    """The museum is closed on that day."""


class NoTimeChosen(Unusable):
    """The day is divided into entry times, and none is named."""


class NoSuchTime(Unusable):
    """The day has no such entry time."""


class TimeOver(Conflict):
    """The entry time has passed."""


class NotSoldOnline(Conflict):
    """The museum sells at its counter only, or nothing at all that day."""


class NothingChosen(Unusable):
    """There is no ticket in the order."""


class NoSuchCategory(Unusable):
    """Nothing of this name is sold that day."""


class CountTooSmall(Unusable):
    """A category is wanted less than once."""


class TooManyPeople(Unusable):
    """More people than one order may have."""


class TooManyForTheCounter(Unusable):
    """More people than places are kept for without being paid."""


class TooFarForTheCounter(Conflict):
    """So far ahead no places are kept without being paid."""


class GroupTooSmall(Unusable):
    """A price for groups needs more people."""


class NotPaidThatWay(Unusable):
    """The way of paying is not offered."""


class NoDonationsHere(Unusable):
    """The museum takes no donations with its tickets."""


class DonationOutOfRange(Unusable):
    """A donation is nothing or some đồng, and not all the money there is."""


class NoMailAddress(Unusable):
    """A letter cannot be sent to this."""


class NoLanguage(Unusable):
    """A language is named by its tag."""


@dataclass(frozen=True)
class Wish:
    day: date
    slot: str | None
    """An id of an entry time, its clock time, or nothing where the day is not divided."""
    counts: Mapping[str, int]
    language: str
    pay: str
    email: str | None = None
    donation_dong: int = 0
    channel: str = WEB
    shift_id: UUID | None = None
    as_group: bool = False
    """One code that admits all of a category."""


@dataclass(frozen=True)
class Agreed:
    """A wish that can be granted where there are places."""

    time: EntryTime
    lines: tuple[Line, ...]
    pay: str
    expires_at: datetime
    donation_dong: int = 0
    total_dong: int = field(init=False)
    people: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", sum(line.count for line in self.lines))
        tickets_dong = sum(line.count * line.dong for line in self.lines)
        object.__setattr__(self, "total_dong", tickets_dong + self.donation_dong)

    @property
    def is_paid(self) -> bool:
        """Nothing is to be paid, so it needs nobody to pay it."""
        return self.total_dong == 0

    @property
    def counts(self) -> dict[str, int]:
        return {line.category: line.count for line in self.lines}

    @property
    def is_promise(self) -> bool:
        """Its places are held for nothing but a promise to come and pay."""
        return self.pay == PAY_AT_COUNTER


Ways = Callable[[Museum, int], Collection[str]]
"""The ways in which a museum takes so many đồng."""


def judge(museum: Museum, wish: Wish, now: datetime, ways: Ways | None = None) -> Agreed:
    """Where the ways of paying are not told, whoever sells knows how it will be paid."""
    sheet = museum.sheet
    time = time_wished(sheet, wish.day, wish.slot, now, wish.channel)
    lines = tuple(_lines(sheet, wish))
    _check_rest(sheet, wish)
    total = sum(line.count * line.dong for line in lines) + wish.donation_dong
    pay = FREE if total == 0 else wish.pay
    if total and wish.channel == WEB:
        _check_way(sheet, wish.pay, ways(museum, total) if ways else (wish.pay,))
    if pay == PAY_AT_COUNTER and wish.channel == WEB:
        _check_counter(sheet, wish, now)
    return Agreed(time, lines, pay, _held_until(sheet, time, pay, now), wish.donation_dong)


def _held_until(sheet: MuseumSheet, time: EntryTime, pay: str, now: datetime) -> datetime:
    """Who pays at the counter is waited for as long as a gate waits for those who are late."""
    soon = now + timedelta(minutes=sheet.tickets.hold_minutes)
    if pay != PAY_AT_COUNTER:
        return soon
    return max(soon, time.last_entry)


def time_wished(sheet: MuseumSheet, day: date, slot: str | None, now: datetime, channel: str = WEB) -> EntryTime:
    """The entry time that is meant, if one can still come then."""
    today = day_in(sheet.time_zone, now)
    if day < today:
        raise DayOver(day=day)
    last = today + timedelta(days=sheet.tickets.ahead_days)
    if day > last:
        raise TooFarAhead(day=day, last=last)
    if channel == WEB and not sheet.tickets.online:
        raise NotSoldOnline
    return _time_of(entry_times(sheet, day), day, slot, now)


def _time_of(times: Collection[EntryTime], day: date, slot: str | None, now: datetime) -> EntryTime:
    if not times:
        raise ClosedThatDay(day=day)
    divided = any(time.slot for time in times)
    if slot is None and divided:
        raise NoTimeChosen(day=day)
    asked = slot_asked(slot, day) if slot else ""
    found = next((time for time in times if time.slot == asked), None)
    if found is None:
        raise NoSuchTime(day=day, slot=(slot or "")[:20])
    if found.last_entry <= now:
        raise TimeOver(day=day, slot=found.slot)
    return found


def _lines(sheet: MuseumSheet, wish: Wish) -> list[Line]:
    if not wish.counts:
        raise NothingChosen
    there = offers(sheet, wish.day)
    if not there:
        raise NotSoldOnline
    chosen = [_chosen(there, category, count) for category, count in wish.counts.items()]
    people = sum(wish.counts.values())
    if people > sheet.tickets.most:
        raise TooManyPeople(people=people, most=sheet.tickets.most)
    if small := next((price for price in chosen if price.people and people < price.people), None):
        raise GroupTooSmall(category=small.category, people=small.people)
    return [Line(price.category, wish.counts[price.category], price.dong) for price in chosen]


def _chosen(there: list[Price], category: str, count: int) -> Price:
    price = offer_of(there, category)
    if price is None:
        raise NoSuchCategory(category=category[:60])
    if count < 1:
        raise CountTooSmall(category=category, count=count)
    return price


def _check_rest(sheet: MuseumSheet, wish: Wish) -> None:
    if wish.donation_dong and not sheet.tickets.donations:
        raise NoDonationsHere
    if not 0 <= wish.donation_dong <= MOST_DONATED_DONG:
        raise DonationOutOfRange(most_dong=MOST_DONATED_DONG)
    if wish.email is not None and not is_address(wish.email):
        raise NoMailAddress
    if len(wish.language) > LONGEST_TAG or not LANGUAGE.fullmatch(wish.language):
        raise NoLanguage


def _check_counter(sheet: MuseumSheet, wish: Wish, now: datetime) -> None:
    people = sum(wish.counts.values())
    if people > MOST_AT_COUNTER:
        raise TooManyForTheCounter(people=people, most=MOST_AT_COUNTER)
    if wish.day > (last := last_promised(sheet, now)):
        raise TooFarForTheCounter(day=wish.day, last=last)


def last_promised(sheet: MuseumSheet, now: datetime) -> date:
    """The last day for which places are kept until they are paid at the counter."""
    return day_in(sheet.time_zone, now) + timedelta(days=DAYS_TO_THE_COUNTER)


def is_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and text.isascii() and _ADDRESS.fullmatch(text) is not None


def _check_way(sheet: MuseumSheet, pay: str, ways: Collection[str]) -> None:
    if pay == FREE or pay not in ways or (pay == PAY_AT_COUNTER and not sheet.tickets.pay_at_counter):
        raise NotPaidThatWay(pay=pay[:20])
