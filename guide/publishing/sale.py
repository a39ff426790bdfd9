"""What must agree where a museum sells: quotas with prices, and entry times with each other and with opening hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from guide.publishing.files import Folder
from guide.publishing.yaml_file import Place
from guide.tours.calendar import days_of, openings
from guide.tours.content import MuseumSheet

SHEET = "museum.yaml"
MONDAY = date(2024, 1, 1)
LAST_MINUTE = 24 * 60


def check_sale(folder: Folder, sheet: MuseumSheet) -> None:
    _check_ages(folder, sheet)
    _check_quotas(folder, sheet)
    _check_times(folder, sheet)


def _check_ages(folder: Folder, sheet: MuseumSheet) -> None:
    for place, price in enumerate(sheet.prices):
        if price.ages and price.ages[0] > price.ages[-1]:
            first, last = price.ages
            folder.mistake_in(SHEET, ("prices", place, "ages"), "ages-backwards", first=first, last=last)


def _check_quotas(folder: Folder, sheet: MuseumSheet) -> None:
    sold = {price.category for price in sheet.prices}
    names: set[str] = set()
    for place, quota in enumerate(sheet.tickets.quotas):
        here = ("tickets", "quotas", place)
        if quota.name in names:
            folder.mistake_in(SHEET, (*here, "name"), "quota-twice", name=quota.name)
        names.add(quota.name)
        for number, category in enumerate(quota.categories):
            if category not in sold:
                folder.mistake_in(SHEET, (*here, "categories", number), "quota-without-price", category=category)


@dataclass(frozen=True, order=True)
class Time:
    """An entry time of a weekday, in minutes from midnight; without an end it lasts until the next."""

    begins: int
    ends: int | None
    at: str
    place: Place

    @property
    def least_end(self) -> int:
        return self.begins + 1 if self.ends is None else self.ends


def _check_times(folder: Folder, sheet: MuseumSheet) -> None:
    """Each time is found fault with once, however many days of the week it is wrong on."""
    seen: set[tuple[Place, str]] = set()
    for weekday in range(7):
        times = sorted(_times(sheet, weekday))
        for first, second in pairwise(times):
            if first.begins == second.begins and _is_new(seen, second, "twice"):
                folder.mistake_in(SHEET, second.place, "entry-time-twice", at=second.at)
            elif first.begins < second.begins < first.least_end and _is_new(seen, first, "overlaps"):
                folder.mistake_in(SHEET, first.place, "entry-time-overlaps", at=first.at, other=second.at)
        for time in times:
            if _is_outside(sheet, weekday, time) and _is_new(seen, time, "outside"):
                folder.mistake_in(SHEET, time.place, "entry-time-outside-hours", at=time.at)


def _is_new(seen: set[tuple[Place, str]], time: Time, what: str) -> bool:
    before = len(seen)
    seen.add((time.place, what))
    return len(seen) > before


def _times(sheet: MuseumSheet, weekday: int) -> Iterator[Time]:
    for rule, slots in enumerate(sheet.slots):
        for place, at in enumerate(slots.at) if weekday in days_of(slots.days) else ():
            begins = int(at[:2]) * 60 + int(at[3:])
            yield Time(begins, begins + slots.minutes if slots.minutes else None, at, ("slots", rule, "at", place))


def _is_outside(sheet: MuseumSheet, weekday: int, time: Time) -> bool:
    """On a weekday on which the museum is closed nobody is let in anyway."""
    if sheet.hours is None:
        return time.least_end > LAST_MINUTE
    spans = [
        (opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
        for opens, closes in openings(sheet, MONDAY + timedelta(days=weekday))
    ]
    return bool(spans) and not any(opens <= time.begins and time.least_end <= closes for opens, closes in spans)
