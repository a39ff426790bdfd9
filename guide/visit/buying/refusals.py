"""What can be refused while buying, and the field beside which it is said."""

from __future__ import annotations

from collections.abc import Mapping

from guide.errors import GuideError
from guide.tickets.letters.telling import Tongue
from guide.tickets.selling import wishes
from guide.tickets.selling.securing import NoMorePromises, SoldOut
from guide.visit.buying.basket import Basket, Meant, person

BESIDE: Mapping[type[GuideError], str] = {
    wishes.DayOver: "day",
    wishes.TooFarAhead: "day",
    wishes.ClosedThatDay: "day",
    wishes.NotSoldOnline: "day",
    wishes.NoTimeChosen: "time",
    wishes.NoSuchTime: "time",
    wishes.TimeOver: "time",
    SoldOut: "time",
    wishes.NothingChosen: "who",
    wishes.NoSuchCategory: "who",
    wishes.CountTooSmall: "who",
    wishes.TooManyPeople: "who",
    wishes.GroupTooSmall: "who",
    wishes.NoDonationsHere: "donation",
    wishes.DonationOutOfRange: "donation",
    wishes.NoMailAddress: "email",
    wishes.NotPaidThatWay: "pay",
    wishes.TooManyForTheCounter: "pay",
    wishes.TooFarForTheCounter: "pay",
    NoMorePromises: "pay",
}
PLAIN: Mapping[type[GuideError], str] = {
    wishes.NoTimeChosen: "buying.field.time",
    wishes.NothingChosen: "buying.field.counts",
    wishes.NoMailAddress: "buying.field.email",
    wishes.NotPaidThatWay: "buying.field.pay",
}
"""Where the page can say it nearer than the general sentence does."""


def refusal(error: GuideError, tongue: Tongue) -> dict[str, str]:
    return {BESIDE.get(type(error), ""): tongue.why(error, PLAIN.get(type(error), ""))}


def unreadable(typed: Basket, told: Meant, tongue: Tongue) -> dict[str, str]:
    """What could not even be read; nothing is asked of the till while there is any."""
    keys = dict(told.problems)
    if typed.chosen_day is None:
        keys["day"] = "buying.field.day"
    most = tongue.museum.sheet.tickets.most
    return {field: tongue.say(key, most=most) for field, key in keys.items()}


def unadvised(typed: Basket, tongue: Tongue) -> dict[str, str]:
    lacks = typed.asked and person(typed) is None
    return {"advice": tongue.say("buying.advice.missing")} if lacks else {}
