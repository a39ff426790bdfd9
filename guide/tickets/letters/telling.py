"""A ticket in words: its category, whom it is for, what to show at the gate, its day and its time, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guide.errors import GuideError
from guide.language import Messages
from guide.tours.catalogue import Museum
from guide.tours.prices import category_name, own_name
from guide.tours.sale import Price

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Tongue:
    """The museum's words in the reader's language, the product's own in the nearest that it speaks."""

    museum: Museum
    messages: Messages
    language: str
    spoken: str = ""
    """The language of the product's own words, where it is known what else the reader understands."""

    @property
    def interface(self) -> str:
        return self.spoken or self.messages.spoken_in(self.language, self.museum.sheet.fallback)

    def say(self, key: str, /, **facts: object) -> str:
        return self.messages.say(self.interface, key, **facts)

    def why(self, refused: GuideError, key: str = "") -> str:
        """The sentence of a refusal, in which a category has its name; or a nearer one."""
        facts = refused.facts
        named = {"category": self.category(str(facts["category"]))} if "category" in facts else {}
        return self.say(key or f"errors.{refused.code}", **facts | named)

    def told(self, words: Mapping[str, str] | str | None) -> str:
        return self.museum.say(words, self.language)

    @property
    def name(self) -> str:
        return self.told(self.museum.sheet.name)

    @property
    def address(self) -> str:
        return self.told(self.museum.sheet.address)

    def category(self, slug: str) -> str:
        language = self.language if own_name(self.museum, slug) else self.interface
        return category_name(self.museum, slug, language, self.messages)

    def evidence(self, slug: str, day: date) -> str:
        price = price_called(self.museum, slug, day)
        return self.told(price.evidence) if price else ""

    def day(self, day: date) -> str:
        month = self.say(f"days.month.{day.month}")
        told = self.say("days.date", day=day.day, month=month, year=day.year)
        return f"{self.weekday(day)}, {told}"

    def weekday(self, day: date) -> str:
        name = self.say(f"days.{_WEEK[day.weekday()]}")
        return name[:1].upper() + name[1:]

    def time(self, slot: str) -> str:
        return slot or self.say("ticket.any-time")

    def whom(self, price: Price) -> str:
        return " · ".join(self._conditions(price))

    def _conditions(self, price: Price) -> Iterator[str]:
        if price.ages:
            first, last = price.ages[0], price.ages[-1]
            open_ended = len(price.ages) == 1
            yield self.say("prices.from", first=first) if open_ended else self._between(first, last)
        if price.student:
            yield self.say("ticket.whom.student")
        if price.disability:
            yield self.say(f"ticket.whom.disability-{price.disability}")
        if price.citizens is not None:
            yield self.say("ticket.whom.citizens" if price.citizens else "ticket.whom.others")
        if price.people:
            yield self.say("ticket.whom.people", people=price.people)

    def _between(self, first: int, last: int) -> str:
        return self.say("prices.between", first=first, last=last) if first else self.say("ticket.whom.under", age=last)


def price_called(museum: Museum, slug: str, day: date) -> Price | None:
    called = [price for price in museum.sheet.prices if price.category == slug]
    return next((price for price in called if price.holds(day)), called[0] if called else None)


def spaced(code: str) -> str:
    """For reading aloud and typing: `K7M2Q XR4AB`."""
    return f"{code[:5]} {code[5:]}"
