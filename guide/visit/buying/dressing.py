"""How the pages of buying are framed: their title, their languages, and whether they may be found by searching."""

from __future__ import annotations

from guide.language import Messages
from guide.tours.catalogue import Museum
from guide.visit.frame import Frame, Reader, language_links


def of_tickets(museum: Museum, reader: Reader, keep: str, messages: Messages, public_url: str) -> Frame:
    name = museum.say(museum.sheet.name, reader.language)
    title = messages.say(reader.interface, "buying.title")
    about = messages.say(reader.interface, "buying.description", museum=name)
    return _frame(museum, reader, title, about, f"/{museum.slug}/tickets", public_url, keep, indexed=True)


def of_order(museum: Museum, reader: Reader, title: str, path: str, messages: Messages, public_url: str) -> Frame:
    """Its address opens the tickets, so nobody may find it."""
    about = messages.say(reader.interface, "order.description")
    told = messages.say(reader.interface, f"order.title.{title}")
    return _frame(museum, reader, told, about, path, public_url, indexed=False)


def _frame(
    museum: Museum, reader: Reader, title: str, about: str, path: str, public_url: str, keep: str = "", *, indexed: bool
) -> Frame:
    return Frame(
        reader=reader,
        title=title,
        description=about,
        path=path,
        languages=language_links(path, museum.sheet.languages, reader.language, keep),
        public_url=public_url,
        museum=museum.slug,
        museum_name=museum.say(museum.sheet.name, reader.language),
        indexed=indexed,
    )
