"""Practical matters: hours, prices and what is on site, from the museum's own facts and today's calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time

from guide.assistant.answer import Asked, Part, Quoted, Said
from guide.assistant.days_asked import day_asked, on_a_feast
from guide.assistant.matters import Matter
from guide.assistant.passages import Passage
from guide.clock import day_in
from guide.tours import calendar
from guide.tours.calendar import Opening, Today
from guide.tours.catalogue import Museum
from guide.tours.prices import dong, prices_on
from guide.tours.sale import Price
from guide.tours.shapes import WEEK

FACILITIES = frozenset("toilet wheelchair parking photo wifi".split())


def practical(matter: Matter, museum: Museum, passages: Sequence[Passage], asked: Asked) -> tuple[Part, ...]:
    """Empty where the museum has not written of it: the desk is then named."""
    day = day_asked(asked.question, matter.language, day_in(museum.sheet.time_zone, asked.now))
    untold = day is None and on_a_feast(asked.question, matter.language)
    today = () if matter.topic == "hours" and untold else _today(matter.topic, museum, asked, day)
    return (*today, *_written(matter.topic, museum, passages, asked))


def _written(topic: str, museum: Museum, passages: Sequence[Passage], asked: Asked) -> Iterator[Part]:
    """The museum's own sentence where there is one, else what its facts say."""
    about = f"facilities.{topic}" if topic in FACILITIES else topic
    if fitting := [passage for passage in passages if passage.about == about]:
        yield from (Quoted(fitting[-1], sentence) for sentence in fitting[-1].sentences)
    elif topic == "hours":
        yield from _hours(museum)
    elif topic.startswith("prices"):
        yield from _prices(topic, museum, passages, asked)
    elif topic == "contact" and (contact := museum.sheet.contact):
        told = {name: getattr(contact, name) for name in ("phone", "email") if getattr(contact, name)}
        yield from (Said(f"assistant.contact.{name}", {name: value}) for name, value in told.items())


def _today(topic: str, museum: Museum, asked: Asked, wanted: date | None) -> Iterator[Part]:
    if topic == "free":
        yield from _free(museum, asked, wanted)
    if topic != "hours":
        return
    if wanted and wanted != day_in(museum.sheet.time_zone, asked.now):
        yield from _on(museum, wanted)
    else:
        yield from _status(calendar.today(museum.sheet, asked.now))


def _status(today: Today) -> Iterator[Part]:
    if today.state == "open":
        yield Said("assistant.today.open", {"time": _clock(today.until)})
    elif today.state == "opens-later":
        yield Said("assistant.today.later", {"time": _clock(today.opens)})
    elif today.state != "unknown":
        yield Said(f"assistant.today.{today.state}")
        if again := today.next_opening:
            yield Said("assistant.again", {**_dated(again[0]), "time": _clock(again[1])})
    if today.free and today.state in ("open", "opens-later"):
        yield Said("assistant.today.free")


def _on(museum: Museum, day: date) -> Iterator[Part]:
    if museum.sheet.hours is None and calendar.closure_on(museum.sheet.closures, day) is None:
        return
    if calendar.is_open(museum.sheet, day):
        yield Said("assistant.day.open", {**_dated(day), "hours": _spans(calendar.openings(museum.sheet, day))})
    else:
        yield Said("assistant.day.closed", _dated(day))
    if calendar.free_day(museum.sheet, day):
        yield Said("assistant.day.free", _dated(day))


def _hours(museum: Museum) -> Iterator[Part]:
    for days, spans in (museum.sheet.hours or {}).items():
        opened = [time.fromisoformat(end) for span in spans for end in span.split("-")]
        hours = _spans(zip(opened[::2], opened[1::2], strict=True))
        first, _, last = days.partition("-")
        if days == "daily" or first not in WEEK or (last and last not in WEEK):
            yield Said(
                "assistant.hours.daily" if days == "daily" else "assistant.hours.days", {"days": days, "hours": hours}
            )
        elif last:
            yield Said("assistant.hours.span", {"first": f"@days.{first}", "last": f"@days.{last}", "hours": hours})
        else:
            yield Said("assistant.hours.one", {"day": f"@days.{first}", "hours": hours})


def _prices(topic: str, museum: Museum, passages: Sequence[Passage], asked: Asked) -> Iterator[Part]:
    category = topic.partition(".")[2]
    there = prices_on(museum.sheet, day_in(museum.sheet.time_zone, asked.now))
    wanted = [price for price in there if not category or price.category == category] or there
    for price in wanted:
        fitting = next((passage for passage in passages if passage.about == f"prices.{price.category}"), None)
        if fitting:
            yield from (Quoted(fitting, sentence) for sentence in fitting.sentences)
        else:
            yield _price(price, asked.language)


def _price(price: Price, language: str) -> Said:
    category = f"@prices.{price.category}"
    if price.dong == 0:
        return Said("assistant.price.free", {"category": category})
    return Said("assistant.price.one", {"category": category, "price": dong(price.dong, language)})


def _free(museum: Museum, asked: Asked, day: date | None) -> Iterator[Part]:
    if day and calendar.free_day(museum.sheet, day) and calendar.is_open(museum.sheet, day):
        yield Said("assistant.day.free", _dated(day))
    yield from _prices("prices", museum, (), asked)


def _dated(day: date) -> dict[str, object]:
    """A name that begins with @ is a key of the messages."""
    return {"weekday": f"@days.{WEEK[day.weekday()]}", "day": day.day, "month": f"@days.month.{day.month}"}


def _spans(openings: Iterator[Opening] | zip[Opening]) -> str:
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in openings)


def _clock(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""
