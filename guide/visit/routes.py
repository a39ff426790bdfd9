"""The door that visitors come through: pages, complete before any JavaScript, and the codes that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from guide.assistant.answer import Asked
from guide.assistant.desk import Desk as Assistants
from guide.assistant.passages import answers
from guide.clock import Clock, day_in
from guide.counters import Counters, Happening, What
from guide.errors import NotFound
from guide.language import Messages, choose, match
from guide.narration.hearing import Hearing
from guide.storage import Storage
from guide.tours import codes
from guide.tours.catalogue import Catalogue, Catalogues, Museum
from guide.tours.content import Stop
from guide.visit import addresses, described
from guide.visit.ask_page import Typed, ask_page
from guide.visit.frame import Frame, Reader, language_links, reader_of
from guide.visit.front import Front
from guide.visit.kept import KeptPages
from guide.visit.museum_page import museum_card, museum_page, tour_page
from guide.visit.search import Finder
from guide.visit.search_page import FACETS, FoundWhy, reasons, search_page
from guide.visit.stop_page import stop_page
from guide.web import LANGUAGE_COOKIE, Form, Pages, asker, held, wishes

router = APIRouter(include_in_schema=False)
YEAR_SECONDS = 31_536_000


class NoSuchStop(NotFound):
    """No stop of this name or number is, or ever was, in this museum."""


class NoSuchTour(NotFound):
    """No walk of this name is in this museum."""


class NoSuchCode(NotFound):
    """The code stands on no label of ours; a letter may have been mistyped."""


@dataclass(frozen=True)
class Desk:
    """What the door has at hand for one request."""

    request: Request
    catalogue: Catalogue
    pages: Pages
    front: Front
    kept: KeptPages
    clock: Clock
    storage: Storage
    counters: Counters
    public_url: str
    made_of: str

    @property
    def messages(self) -> Messages:
        return self.pages.messages

    @property
    def asker(self) -> str:
        """Who must not ask too often; never written down."""
        return asker(self.request)

    def museum(self, slug: str) -> Museum:
        return self.catalogue.named(slug)

    def reader(self, museum: Museum) -> Reader:
        return reader_of(museum, wishes(self.request), self.messages)

    def happened(self, museum: Museum, what: What, key: str, language: str) -> Happening:
        return Happening(museum.slug, day_in(museum.sheet.time_zone, self.clock.now()), what, key[:100], language)

    def page(
        self, template: str, frame: Frame, counted: Happening | None = None, status: int = 200, **shown: object
    ) -> Response:
        """A rendered page, kept for the next reader who asks the same."""
        text = self.pages.render(template, frame.reader.interface, frame=frame, **shown)
        response = HTMLResponse(text, status, _headers(self.front, frame.reader.language))
        asked = self.request.query_params.get("lang", "")
        if match(asked, [frame.reader.language]):
            remember_language(response, frame.reader.language)
        if counted:
            self.counters.note(counted)
        return self.kept.remember(self.request, response, counted, self.made_of)


def _desk(request: Request) -> Desk:
    shelf = request.app.state.shelf
    made_of = shelf[KeptPages].fingerprint()
    public_url = request.app.state.public_url or str(request.base_url).rstrip("/")
    return Desk(
        request=request,
        catalogue=shelf[Catalogues].current,
        pages=shelf[Pages],
        front=shelf[Front],
        kept=shelf[KeptPages],
        clock=shelf[Clock],
        storage=shelf[Storage],
        counters=shelf[Counters],
        public_url=public_url,
        made_of=made_of,
    )


AtDesk = Annotated[Desk, Depends(_desk)]


def _headers(front: Front, language: str) -> dict[str, str]:
    return {
        "content-security-policy": front.policy,
        "content-language": language,
        "cache-control": "no-cache",
        "vary": "Accept-Language, Cookie, Accept-Encoding",
    }


def remember_language(response: Response, language: str) -> None:
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_SECONDS, samesite="lax", httponly=True)


@router.get("/")
def home(desk: AtDesk) -> Response:
    museums = [desk.catalogue.museums[slug] for slug in sorted(desk.catalogue.museums)]
    if len(museums) == 1:
        return _lead(addresses.museum(museums[0].slug, desk.reader(museums[0]).language))
    offered = sorted({tag for museum in museums for tag in museum.sheet.languages}) or ["vi", "en"]
    language = choose(wishes(desk.request), offered, "vi")
    reader = Reader(language, desk.messages.spoken_in(language, wishes(desk.request)))
    cards = tuple(museum_card(museum, reader, desk.clock.now(), desk.storage) for museum in museums)
    frame = described.home(reader, language_links("/", offered, language), desk.messages, desk.public_url)
    return desk.page("visit/home.html", frame, museums=cards)


@router.get("/q/{code}")
def code(code: str, desk: AtDesk) -> Response:
    """What a printed label leads to, for good."""
    found = desk.catalogue.coded(codes.tidy(code))
    if found is None:
        raise NoSuchCode(code=code[:20])
    return _led(desk, *found)


@router.get("/offline")
def offline(desk: AtDesk) -> Response:
    interface = choose(wishes(desk.request), desk.messages.languages, "vi")
    reader = Reader(interface, interface)
    links = language_links("/offline", desk.messages.languages, interface)
    return desk.page("visit/offline.html", described.plain(reader, links, desk.messages, "offline", desk.public_url))


@router.get("/{museum}")
def museum(museum: str, desk: AtDesk, page: int = 1) -> Response:
    there = desk.museum(museum)
    reader = desk.reader(there)
    shown = museum_page(there, reader, desk.clock.now(), desk.storage, page)
    counted = desk.happened(there, What.PAGE, "", reader.language)
    return desk.page("visit/museum.html", described.museum(there, reader, shown, desk.public_url), counted, page=shown)


@router.get("/{museum}/go")
def go(museum: str, desk: AtDesk, number: str = "") -> Response:
    """The number pad: what stands on the label, typed."""
    if codes.is_code(codes.tidy(number)):
        return code(number, desk)
    return numbered(museum, number, desk)


@router.get("/{museum}/search")
def search(museum: str, desk: AtDesk, finder: Annotated[Finder, held(Finder)], q: str = "") -> Response:
    there = desk.museum(museum)
    reader, query = desk.reader(there), " ".join(q.split())[:200]
    chosen = {name: value for name in FACETS if (value := desk.request.query_params.get(name))}
    hits = _hits(finder, there, reader, query)
    day = day_in(there.sheet.time_zone, desk.clock.now())
    shown = search_page(there, query, chosen, hits, reader, day, desk.storage)
    asked = f"q={quote(query)}&" if query else ""
    frame = described.search(there, reader, query, asked, desk.messages, desk.public_url)
    missed = query and not hits
    counted = desk.happened(there, What.NOTHING_FOUND, query.lower(), reader.language) if missed else None
    return desk.page("visit/search.html", frame, counted, page=shown)


def _hits(finder: Finder, museum: Museum, reader: Reader, query: str) -> list[tuple[Stop, tuple[FoundWhy, ...]]]:
    if not query:
        return [(stop, ()) for stop in museum.shown_stops]
    found = finder.search(museum, reader.language, query)
    return [(stop, reasons(hit.why)) for stop, hit in found]


@router.get("/{museum}/ask")
def ask(
    museum: str, desk: AtDesk, assistant: Annotated[Assistants, held(Assistants)], q: str = "", stop: str = ""
) -> Response:
    return _asked(desk, assistant, museum, Typed(q, stop))


@router.post("/{museum}/ask")
def ask_again(museum: str, desk: AtDesk, assistant: Annotated[Assistants, held(Assistants)], form: Form) -> Response:
    """What was typed is sent in the body, so that it stands in nobody's log of addresses."""
    question, stop = (form.get(name, [""])[0] for name in ("q", "stop"))
    return _asked(desk, assistant, museum, Typed(question, stop, tuple(form.get("previous", []))))


def _asked(desk: Desk, assistant: Assistants, museum: str, typed: Typed) -> Response:
    there = desk.museum(museum)
    reader = desk.reader(there)
    told = None
    if typed.question.strip():
        assistant.expect(desk.asker)
        asked = Asked(typed.question, reader.language, desk.clock.now(), typed.stop or None, typed.previous)
        told = assistant.answer(there, asked)
    shown = ask_page(there, reader, typed, told, answers(there, reader.language))
    keep = f"q={quote(typed.question)}&" if typed.question and desk.request.method == "GET" else ""
    frame = described.ask(there, reader, keep, desk.messages, desk.public_url)
    return desk.page("visit/ask.html", frame, page=shown)


@router.get("/{museum}/stops/{slug}")
def stop(museum: str, slug: str, desk: AtDesk, hearing: Annotated[Hearing, held(Hearing)], tour: str = "") -> Response:
    there = desk.museum(museum)
    found = there.stop(slug)
    if found is None:
        return _moved(desk, there, slug)
    reader = desk.reader(there)
    _, language = there.text(found, reader.language)
    sound = None if found.withdrawn else hearing.sound(there, found, language)
    day = day_in(there.sheet.time_zone, desk.clock.now())
    shown = stop_page(there, found, reader, sound, day, desk.storage, tour or None)
    counted = desk.happened(there, What.PAGE, slug, reader.language)
    frame = described.stop(there, found, reader, shown, desk.public_url)
    return desk.page("visit/stop.html", frame, counted, 410 if found.withdrawn else 200, page=shown)


def _moved(desk: Desk, museum: Museum, slug: str) -> Response:
    """A stop that was renamed is found by its old address."""
    if heir := museum.renamed(slug):
        tour = desk.request.query_params.get("tour")
        return _lead(addresses.step(museum.slug, heir.slug, tour, desk.reader(museum).language), 301)
    raise NoSuchStop(stop=slug[:60])


@router.get("/{museum}/tours/{slug}")
def tour(museum: str, slug: str, desk: AtDesk) -> Response:
    there = desk.museum(museum)
    if slug not in there.tours:
        raise NoSuchTour(tour=slug[:60])
    reader = desk.reader(there)
    shown = tour_page(there, slug, there.tours[slug], reader, desk.clock.now(), desk.storage)
    frame = described.tour(there, slug, reader, shown, desk.public_url)
    return desk.page("visit/tour.html", frame, page=shown)


@router.get("/{museum}/{number}")
def numbered(museum: str, number: str, desk: AtDesk) -> Response:
    """A stop by the number on its label."""
    there = desk.museum(museum)
    typed = "".join(number.split())
    found = there.numbered(int(typed)) if typed.isdecimal() and len(typed) < 7 else None
    if found is None:
        raise NoSuchStop(stop=number[:20])
    return _led(desk, there, found)


def _led(desk: Desk, museum: Museum, stop: Stop) -> Response:
    language = desk.reader(museum).language
    desk.counters.note(desk.happened(museum, What.SCAN, stop.slug, language))
    return _lead(addresses.stop(museum.slug, stop.slug, language))


def _lead(address: str, status: int = 302) -> Response:
    """Where it leads depends on the reader's language, so no cache in between may remember it."""
    headers = {"cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
    return RedirectResponse(address, status, headers)
