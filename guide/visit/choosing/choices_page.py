"""The page on which a visitor chooses how to read, with what is chosen now."""

from __future__ import annotations

from guide.language import choose
from guide.visit import described
from guide.visit.frame import Reader, language_links
from guide.visit.making import MadePage, Material


def choices_made(of: Material, back: str = "/") -> MadePage:
    language = choose(of.wishes, of.messages.languages, "vi")
    links = language_links("/choices", of.messages.languages, language)
    frame = described.plain(Reader(language, language), links, of.messages, "choices", of.public_url)
    return MadePage("visit/choices.html", frame, {"back": back, "taken": of.choices.made})
