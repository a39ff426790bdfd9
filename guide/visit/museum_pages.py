"""Every page that a museum shows, each made from what is published and what can be heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guide.assistant.passages import answers
from guide.assistant.telling import Told
from guide.counters import What
from guide.language import choose
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit import described
from guide.visit.ask_page import Typed, ask_page
from guide.visit.frame import Reader, language_links
from guide.visit.listening.walk_heard import tour_heard
from guide.visit.making import MadePage, Material
from guide.visit.museum_page import museum_card, museum_page, tour_page
from guide.visit.search_page import FoundWhy, search_page
from guide.visit.stop_page import stop_page
from guide.visit.walking.composed import Composed
from guide.visit.walking.followed import following


def home(of: Material, museums: Sequence[Museum]) -> MadePage:
    offered = sorted({tag for museum in museums for tag in museum.sheet.languages}) or ["vi", "en"]
    language = choose(of.wishes, offered, "vi")
    reader = Reader(language, of.messages.spoken_in(language, of.wishes))
    cards = tuple(museum_card(museum, reader, of.now, of.storage) for museum in museums)
    frame = described.home(reader, language_links("/", offered, language), of.messages, of.public_url)
    return MadePage("visit/home.html", frame, {"museums": cards})


def offline(of: Material) -> MadePage:
    interface = choose(of.wishes, of.messages.languages, "vi")
    links = language_links("/offline", of.messages.languages, interface)
    frame = described.plain(Reader(interface, interface), links, of.messages, "offline", of.public_url)
    return MadePage("visit/offline.html", frame, {})


def museum(of: Material, there: Museum, page: int = 1) -> MadePage:
    reader = of.reader(there)
    shown = museum_page(there, reader, of.now, of.storage, page)
    frame = described.museum(there, reader, shown, of.public_url)
    return MadePage("visit/museum.html", frame, {"page": shown}, of.happened(there, What.PAGE, "", reader.language))


def stop(of: Material, there: Museum, found: Stop, tour: str = "", walk: Composed | None = None) -> MadePage:
    reader = of.reader(there)
    yours = of.messages.say(reader.interface, "walking.yours")
    on = following(there, found.slug, reader, tour, walk, yours)
    _, language = there.text(found, reader.language)
    sound = None if found.withdrawn else of.hearing.sound(there, found, language)
    shown = stop_page(there, found, reader, sound, of.day(there), of.storage, on)
    frame = described.stop(there, found, reader, shown, of.public_url)
    counted = of.happened(there, What.PAGE, found.slug, reader.language)
    return MadePage("visit/stop.html", frame, {"page": shown}, counted, 410 if found.withdrawn else 200)


def tour(of: Material, there: Museum, slug: str) -> MadePage:
    reader = of.reader(there)
    shown = tour_page(there, slug, there.tours[slug], reader, of.now, of.storage)
    frame = described.tour(there, slug, reader, shown, of.public_url)
    return MadePage("visit/tour.html", frame, {"page": shown, "heard": tour_heard(of, there, slug)})


Hit = tuple[Stop, tuple[FoundWhy, ...]]


def search(
    of: Material, there: Museum, query: str, chosen: Mapping[str, str], asked: str, hits: Sequence[Hit]
) -> MadePage:
    """`asked` is how the address says the query."""
    reader = of.reader(there)
    shown = search_page(there, query, dict(chosen), list(hits), reader, of.day(there), of.storage)
    frame = described.search(there, reader, query, asked, of.messages, of.public_url)
    missed = query and not hits
    counted = of.happened(there, What.NOTHING_FOUND, query.lower(), reader.language) if missed else None
    return MadePage("visit/search.html", frame, {"page": shown}, counted)


def everything(there: Museum) -> list[Hit]:
    """What the page of searching shows before anything is searched."""
    return [(stop, ()) for stop in there.shown_stops]


def ask(of: Material, there: Museum, typed: Typed, told: Told | None = None, asked: str = "") -> MadePage:
    reader = of.reader(there)
    shown = ask_page(there, reader, typed, told, answers(there, reader.language))
    return MadePage("visit/ask.html", described.ask(there, reader, asked, of.messages, of.public_url), {"page": shown})
