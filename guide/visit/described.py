"""How a page is described to those who share it and to those who search for it: Open Graph, JSON-LD, languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guide.language import Messages
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import addresses
from guide.visit.frame import Frame, LanguageLink, Reader, language_links
from guide.visit.museum_page import MuseumPage, TourPage
from guide.visit.stop_page import StopPage

LONGEST = 180
SCHEMA = "https://schema.org"


def home(reader: Reader, links: Sequence[LanguageLink], messages: Messages, public_url: str) -> Frame:
    return plain(reader, links, messages, "home", public_url, path="/", indexed=True)


def plain(
    reader: Reader,
    links: Sequence[LanguageLink],
    messages: Messages,
    name: str,
    public_url: str,
    path: str = "",
    indexed: bool = False,
) -> Frame:
    """A page of the product's own."""
    title, text = (messages.say(reader.interface, f"visit.{name}.{part}") for part in ("title", "description"))
    return Frame(reader, title, text, path or f"/{name}", tuple(links), public_url, indexed=indexed)


def museum(museum: Museum, reader: Reader, page: MuseumPage, public_url: str) -> Frame:
    path = f"/{museum.slug}"
    picture = next((stop.slug for stop in museum.shown_stops if stop.images), None)
    data: dict[str, Any] = {"@context": SCHEMA, "@type": "Museum", "name": page.name.text, "url": public_url + path}
    if page.address.text:
        data["address"] = page.address.text
    if page.contact and page.contact.phone:
        data["telephone"] = page.contact.phone
    text = page.about.text or page.address.text or page.name.text
    image = public_url + addresses.card(museum.slug, picture, reader.language) if picture else None
    return _frame(museum, reader, page.name.text, text, path, public_url, image, data)


def stop(museum: Museum, stop: Stop, reader: Reader, page: StopPage, public_url: str) -> Frame:
    path = f"/{museum.slug}/stops/{stop.slug}"
    said = " ".join(sentence.text for paragraph in page.paragraphs for sentence in paragraph) or page.title.text
    image = None if page.withdrawn else public_url + addresses.card(museum.slug, stop.slug, reader.language)
    data: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "TouristAttraction",
        "name": page.title.text,
        "url": public_url + path,
        "inLanguage": page.language,
        "description": shortened(said),
        "image": image,
        "isPartOf": {"@type": "Museum", "name": museum.say(museum.sheet.name, reader.language)},
    }
    if page.player and page.player.ready:
        data["audio"] = {
            "@type": "AudioObject",
            "contentUrl": public_url + page.player.mp3,
            "inLanguage": page.language,
        }
    there, asked = stop.withdrawn is None, f"{page.walk.asked}&" if page.walk else ""
    return _frame(museum, reader, page.title.text, said, path, public_url, image, data, there, asked)


def tour(museum: Museum, slug: str, reader: Reader, page: TourPage, public_url: str) -> Frame:
    path = f"/{museum.slug}/tours/{slug}"
    names = " · ".join(step.card.title.text for step in page.steps)
    data = {"@context": SCHEMA, "@type": "TouristTrip", "name": page.title.text, "url": public_url + path}
    return _frame(museum, reader, page.title.text, page.about.text or names, path, public_url, None, data)


def search(museum: Museum, reader: Reader, query: str, asked: str, messages: Messages, public_url: str) -> Frame:
    title = query or messages.say(reader.interface, "visit.search.title")
    return _frame(museum, reader, title, title, f"/{museum.slug}/search", public_url, None, None, False, asked)


def ask(museum: Museum, reader: Reader, asked: str, messages: Messages, public_url: str) -> Frame:
    title, text = (messages.say(reader.interface, f"assistant.{part}") for part in ("title", "welcome"))
    return _frame(museum, reader, title, text, f"/{museum.slug}/ask", public_url, None, None, not asked, asked)


def walk(museum: Museum, reader: Reader, asked: str, messages: Messages, public_url: str) -> Frame:
    """Found by searching is only the page where nothing is wished yet."""
    title, text = (messages.say(reader.interface, f"walking.{part}") for part in ("title", "description"))
    return _frame(museum, reader, title, text, f"/{museum.slug}/walk", public_url, None, None, not asked, asked)


def taking(museum: Museum, reader: Reader, name: str, messages: Messages, public_url: str) -> Frame:
    title, text = (messages.say(reader.interface, f"taking.{name}.{part}") for part in ("title", "description"))
    return _frame(museum, reader, title, text, f"/{museum.slug}/{name}", public_url, None, None, False)


def _frame(
    museum: Museum,
    reader: Reader,
    title: str,
    text: str,
    path: str,
    public_url: str,
    image: str | None,
    data: dict[str, Any] | None,
    indexed: bool = True,
    keep: str = "",
) -> Frame:
    return Frame(
        reader=reader,
        title=title,
        description=shortened(text),
        path=path,
        languages=language_links(path, museum.sheet.languages, reader.language, keep),
        public_url=public_url,
        image=image,
        museum=museum.slug,
        museum_name=museum.say(museum.sheet.name, reader.language),
        data=data,
        indexed=indexed,
    )


def shortened(text: str) -> str:
    """The first words, cut between words."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"
