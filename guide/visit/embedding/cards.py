"""What a widget shows of a museum, in one answer: a stop to hear, a box to ask in, the days that one can come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guide.assistant.passages import answers
from guide.language import RIGHT_TO_LEFT, Messages, base
from guide.tickets.letters.telling import Tongue
from guide.tours.catalogue import Museum
from guide.visit import addresses
from guide.visit.buying.basket import basket
from guide.visit.buying.tickets_page import Calendar, Category, TicketsPage, TimeChoice, tickets_page
from guide.visit.frame import Reader, Told
from guide.visit.stop_page import ShownSentence, StopPage

MOST_SUGGESTED = 3
WORDS = {
    "stop": {
        "play": "player.play",
        "pause": "player.pause",
        "seek": "player.seek",
        "position": "player.position",
        "failed": "player.failed",
        "preparing": "player.preparing",
        "silent": "player.text-only",
        "text": "widgets.stop.text",
        "whole": "widgets.stop.whole",
    },
    "ask": {
        "title": "assistant.title",
        "label": "assistant.label",
        "example": "assistant.example",
        "go": "assistant.go",
        "you": "assistant.you",
        "thread": "assistant.thread",
        "waiting": "assistant.waiting",
        "failed": "assistant.failed",
        "listen": "assistant.listen",
        "next": "assistant.next",
        "whole": "widgets.ask.whole",
    },
    "tickets": {
        "title": "buying.title",
        "day": "buying.step.day",
        "time": "buying.step.time",
        "who": "buying.step.who",
        "more": "buying.who.more",
        "fewer": "buying.who.fewer",
        "count": "buying.who.count",
        "total": "buying.total",
        "go": "widgets.tickets.go",
        "there": "widgets.tickets.there",
    },
}
"""What a widget says itself, by the key of the message."""


@dataclass(frozen=True)
class Spoken:
    """The reader, the product's words for them, and whose museum it is."""

    museum: Museum
    reader: Reader
    messages: Messages

    @property
    def tongue(self) -> Tongue:
        return Tongue(self.museum, self.messages, self.reader.language, self.reader.interface)

    def say(self, key: str, /, **facts: object) -> str:
        return self.messages.say(self.reader.interface, key, **facts)

    def about(self, widget: str) -> dict[str, Any]:
        """What every widget is told: its languages, its words, and the museum's name."""
        facts = {"category": "[category]"}
        return {
            "museum": self.museum.slug,
            "name": self.museum.say(self.museum.sheet.name, self.reader.language),
            "language": self.reader.language,
            "interface": self.reader.interface,
            "direction": direction(self.reader.interface),
            "words": {name: self.say(key, **facts) for name, key in WORDS[widget].items()},
        }


def direction(language: str) -> str:
    return "rtl" if base(language) in RIGHT_TO_LEFT else "ltr"


def stop_card(spoken: Spoken, page: StopPage) -> dict[str, Any]:
    player, picture = page.player, next(iter(page.pictures), None)
    voice = ""
    if player:
        voice = spoken.say("player.person") if player.human else spoken.say("player.machine", voice=player.voice)
    return spoken.about("stop") | {
        "stop": page.slug,
        "number": page.number,
        "status": "withdrawn" if page.withdrawn else "closed" if page.closed else "open",
        "note": _note(spoken, page),
        "text_language": page.language,
        "text_direction": direction(page.language),
        "title": _sentence(page.title),
        "paragraphs": [[_sentence(sentence) for sentence in paragraph] for paragraph in page.paragraphs],
        "audio": {"url": player.mp3, "seconds": player.seconds, "voice": voice} if player else None,
        "picture": {"url": picture.url, "alt": picture.alt.text, "credit": picture.credit.text} if picture else None,
        "url": addresses.stop(page.museum, page.slug, spoken.reader.language),
    }


def _sentence(sentence: ShownSentence) -> dict[str, Any]:
    return {"n": sentence.number, "text": sentence.text, "start": sentence.start, "end": sentence.end}


def _note(spoken: Spoken, page: StopPage) -> str:
    """Why it cannot be seen today."""
    if page.withdrawn:
        since = spoken.say("visit.withdrawn.since", date=page.withdrawn.since)
        return _joined(since, page.withdrawn_reason)
    if page.closed is None:
        return ""
    until = spoken.say("visit.closed.until", date=page.closed.until) if page.closed.until else ""
    return _joined(f"{spoken.say('visit.closed.title')} {until}".strip(), page.closed.reason)


def _joined(told: str, reason: Told) -> str:
    first = told if told.endswith(".") or not reason.text else f"{told}."
    return f"{first} {reason.text}".strip()


def ask_card(spoken: Spoken, stop: str | None) -> dict[str, Any]:
    common = (passage.names[0] for passage in answers(spoken.museum, spoken.reader.language) if passage.names)
    asked = [question for question, _ in zip(common, range(MOST_SUGGESTED), strict=False)]
    found = spoken.museum.stop(stop) if stop else None
    there = found if found and not found.withdrawn else None
    return spoken.about("ask") | {
        "stop": there.slug if there else None,
        "about": spoken.museum.text(there, spoken.reader.language)[0].title if there else "",
        "suggestions": asked,
        "url": addresses.ask(spoken.museum.slug, spoken.reader.language, stop=there.slug if there else ""),
    }


def tickets_card(spoken: Spoken, there: Calendar) -> dict[str, Any]:
    """The next days, each as the page of tickets shows it."""
    pages = {day: _day(spoken, there, day) for day in there.days}
    return spoken.about("tickets") | {
        "most": spoken.museum.sheet.tickets.most,
        "days": [_told_day(spoken, page, day, there.today) for day, page in pages.items()],
        "chosen": there.chosen.isoformat() if there.chosen else None,
        "url": f"/{spoken.museum.slug}/tickets?lang={spoken.reader.language}",
    }


def _day(spoken: Spoken, there: Calendar, day: date) -> TicketsPage:
    return tickets_page(spoken.museum, spoken.reader, spoken.tongue, basket({}), replace(there, chosen=day), (), {})


def _told_day(spoken: Spoken, page: TicketsPage, day: date, today: date) -> dict[str, Any]:
    near = {0: "buying.day.today", 1: "buying.day.tomorrow"}.get((day - today).days)
    return {
        "day": day.isoformat(),
        "name": spoken.say(near) if near else spoken.tongue.weekday(day),
        "told": page.day_told,
        "state": page.state,
        "state_told": spoken.say(f"buying.day.{page.state}"),
        "sells": page.sells,
        "hours": ", ".join(page.hours),
        "times": [_time(spoken, time) for time in page.times] if page.divided else [],
        "left": _left(spoken, page),
        "categories": [_category(spoken, category) for category in page.categories],
    }


def _time(spoken: Spoken, time: TimeChoice) -> dict[str, Any]:
    told = "" if time.free is None else spoken.say("buying.time.free", places=time.free)
    return {
        "slot": time.slot,
        "begins": time.begins,
        "ends": time.ends,
        "free": time.free,
        "told": spoken.say("buying.time.full") if time.full else told,
    }


def _left(spoken: Spoken, page: TicketsPage) -> str:
    """Of a day that is not divided: how many places are left in all, where there is a limit."""
    free = [time.free for time in page.times if time.free is not None]
    return "" if page.divided or not free else spoken.say("buying.time.free", places=sum(free))


def _category(spoken: Spoken, category: Category) -> dict[str, Any]:
    return {
        "category": category.slug,
        "name": category.name.text,
        "language": category.name.language,
        "dong": category.dong,
        "price": category.price or spoken.say("prices.free"),
        "whom": list(category.whom),
    }
