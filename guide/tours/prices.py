"""Prices are dated rules with their legal basis; pages, assistant, till and gate read the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guide.language import Messages, grouped
from guide.tours.calendar import free_day
from guide.tours.catalogue import Museum
from guide.tours.content import MuseumSheet
from guide.tours.sale import Price


@dataclass(frozen=True)
class Person:
    """What a visitor may show at the gate; it is asked to find the best price, and never stored."""

    age: int
    student: bool = False
    disability: Literal["any", "severe"] | None = None
    citizen: bool = True
    people: int = 1
    """How many come together."""


def prices_on(sheet: MuseumSheet, day: date) -> list[Price]:
    """The rules that hold on a day, as the museum ordered them."""
    return [price for price in sheet.prices if price.holds(day)]


def offers(sheet: MuseumSheet, day: date) -> list[Price]:
    """What is sold for a day, and what it costs then: on a free day everything is free."""
    prices = prices_on(sheet, day)
    return [price.model_copy(update={"dong": 0}) for price in prices] if free_day(sheet, day) else prices


def best_price(sheet: MuseumSheet, day: date, person: Person) -> Price | None:
    """The best single price that this person may have: reductions do not add up. None where nothing is sold."""
    there = offers(sheet, day)
    fitting = [price for price in there if fits(price, person)]
    return min(fitting, key=lambda price: price.dong) if fitting else _full_price(there, person)


def fits(price: Price, person: Person) -> bool:
    """A condition that is left out asks nothing; ages are meant with both their ends."""
    return (
        _of_age(price.ages, person.age)
        and (person.student or not price.student)
        and price.disability in (None, "any" if person.disability else None, person.disability)
        and price.citizens in (None, person.citizen)
        and person.people >= (price.people or 1)
        and not _is_for_papers_alone(price)
    )


def _is_for_papers_alone(price: Price) -> bool:
    """Shown papers, and nothing that we ask about: who has them chooses it; nobody is led to it."""
    conditions = (price.ages, price.student or None, price.disability, price.citizens, price.people)
    return price.evidence is not None and all(condition is None for condition in conditions)


def _of_age(ages: list[int] | None, age: int) -> bool:
    return ages is None or (ages[0] <= age and (len(ages) == 1 or age <= ages[1]))


def _full_price(there: list[Price], person: Person) -> Price | None:
    """Whom no rule is written for pays what people without any reduction pay: of those prices the dearest."""
    reduced = [price for price in there if price.student or price.disability or price.people or price.evidence]
    whole = [price for price in there if price not in reduced]
    own = [price for price in whole if price.citizens in (None, person.citizen)]
    return max(own or whole or there, key=lambda price: price.dong, default=None)


def offer_of(there: list[Price], category: str) -> Price | None:
    """Where a category stands under several rules, who asks by its name alone pays the dearest of them."""
    return max((price for price in there if price.category == category), key=lambda price: price.dong, default=None)


def category_name(museum: Museum, category: str, language: str, messages: Messages) -> str:
    """The museum's own word for a category, else ours, else its slug."""
    own = own_name(museum, category)
    ours = messages.find(language, f"prices.{category}")
    return museum.say(own, language) or ours or category.replace("-", " ").capitalize()


def own_name(museum: Museum, category: str) -> Mapping[str, str] | None:
    return next((price.name for price in museum.sheet.prices if price.category == category and price.name), None)


def dong(amount: int, language: str) -> str:
    """50.000 ₫ in Vietnamese, 50,000 ₫ in English."""
    return f"{grouped(amount, language)} ₫"
