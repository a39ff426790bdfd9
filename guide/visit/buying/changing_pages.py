"""Another day for tickets that are paid, and giving them back: what it brings is shown before it is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlmodel import Session

from guide.errors import GuideError
from guide.tickets.changing import cancelling, rebooking
from guide.tickets.letters.telling import Tongue, spaced
from guide.tickets.selling.orders import order_of, tickets_of
from guide.tickets.tables import Order
from guide.tours.catalogue import Museum
from guide.tours.prices import dong
from guide.visit.buying import wording
from guide.visit.buying.refusals import refusal
from guide.visit.buying.tickets_page import Calendar, DayChoice, TimeChoice, last_day, times_of
from guide.visit.frame import Told


@dataclass(frozen=True)
class DayPage:
    code: str
    now_day: str
    now_time: str
    days: tuple[DayChoice, ...]
    day: date | None
    day_told: str
    last: date
    times: tuple[TimeChoice, ...]
    divided: bool
    back: str
    """What comes back where the other day is cheaper."""
    problem: str
    """Why it cannot be this day, or cannot be changed at all."""


def day_page(
    session: Session, order: Order, tongue: Tongue, there: Calendar, problems: Mapping[str, str], now: datetime
) -> DayPage:
    museum = tongue.museum
    times = times_of(museum, there.lines[there.chosen], "") if there.chosen else ()
    open_times = [time for time in times if not time.full]
    told, refused = _looked(session, tongue, order, there.chosen, open_times[0].slot if open_times else None, now)
    return DayPage(
        code=order.code,
        now_day=tongue.day(order.day),
        now_time=tongue.time(order.slot),
        days=tuple(_days(order, there, tongue)),
        day=there.chosen,
        day_told=tongue.day(there.chosen) if there.chosen else "",
        last=last_day(museum, there.today),
        times=times if told else (),
        divided=any("T" in time.slot for time in times),
        back=dong(told.back_dong, tongue.interface) if told and told.back_dong else "",
        problem=next(iter(problems.values()), refused),
    )


def _looked(
    session: Session, tongue: Tongue, order: Order, day: date | None, slot: str | None, now: datetime
) -> tuple[rebooking.Change | None, str]:
    if day is None:
        return None, tongue.say("buying.day.none")
    try:
        return rebooking.offered(session, tongue.museum, order.code, day, slot, now), ""
    except GuideError as refused:
        return None, next(iter(refusal(refused, tongue).values()))


def _days(order: Order, there: Calendar, tongue: Tongue) -> list[DayChoice]:
    near: dict[date, Literal["today", "tomorrow"]] = {
        there.today: "today",
        there.today + timedelta(days=1): "tomorrow",
    }
    return [
        DayChoice(
            day,
            f"/orders/{order.code}/day?day={day.isoformat()}&lang={tongue.language}",
            there.state(tongue.museum, day),
            day == there.chosen,
            near.get(day),
        )
        for day in there.days
    ]


@dataclass(frozen=True)
class BackTicket:
    code: str
    spaced: str
    category: Told
    chosen: bool


@dataclass(frozen=True)
class GivingBackPage:
    code: str
    day: str
    tickets: tuple[BackTicket, ...]
    dong: int
    amount: str
    problem: str
    """Why nothing can be given back, in the museum's terms."""


def giving_back_page(
    session: Session, museum: Museum, code: str, tongue: Tongue, chosen: Collection[str] | None, now: datetime
) -> GivingBackPage:
    """At first all are chosen that nobody has entered with."""
    order = order_of(session, code)
    there = [one for one in tickets_of(session, order.code) if one.cancelled_at is None and not one.entered]
    known = {one.code for one in there}
    going = known if chosen is None else known & set(chosen)
    sum_dong, problem = _offered(session, museum, order, going, tongue, now)
    return GivingBackPage(
        code=order.code,
        day=tongue.day(order.day),
        tickets=tuple(
            BackTicket(one.code, spaced(one.code), wording.category(tongue, one.category), one.code in going)
            for one in there
        ),
        dong=sum_dong,
        amount=dong(sum_dong, tongue.interface) if sum_dong else "",
        problem=problem,
    )


def _offered(
    session: Session, museum: Museum, order: Order, going: Collection[str], tongue: Tongue, now: datetime
) -> tuple[int, str]:
    if not going:
        return 0, ""
    try:
        return cancelling.offered(session, museum, order.code, now, going).dong, ""
    except GuideError as refused:
        return 0, next(iter(refusal(refused, tongue).values()))
