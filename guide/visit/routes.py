"""The door that visitors come through: pages, complete before any JavaScript, and the codes that lead to them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from guide.assistant.answer import Asked
from guide.assistant.desk import Desk as Assistants
from guide.assistant.pocket.keeping import Pockets
from guide.clock import Clock
from guide.counters import Counters, Happening, What
from guide.errors import NotFound
from guide.language import match
from guide.narration.hearing import Hearing
from guide.storage import Storage
from guide.tours import codes
from guide.tours.catalogue import Catalogues, Museum
from guide.tours.content import Stop
from guide.visit import addresses, museum_pages
from guide.visit.ask_page import Typed
from guide.visit.choosing.choices import COOKIE, remembered
from guide.visit.embedding.permission import framed_by
from guide.visit.frame import Frame, Reader
from guide.visit.front import Front
from guide.visit.kept import KeptPages, is_taking
from guide.visit.making import MadePage, Material
from guide.visit.search import Finder
from guide.visit.search_page import FACETS, reasons
from guide.visit.walking.composed import composed
from guide.visit.walking.terrains import Terrains
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
class Desk(Material):
    """What the door has at hand for one request."""

    request: Request
    kept: KeptPages
    counters: Counters
    made_of: str

    @property
    def asker(self) -> str:
        """Who must not ask too often; never written down."""
        return asker(self.request)

    @property
    def query(self) -> dict[str, list[str]]:
        """What the address asks, each as often as it is said."""
        asked = self.request.query_params
        return {name: asked.getlist(name) for name in asked}

    def answer(self, made: MadePage) -> Response:
        policy = self.front.policy_with(made.also) if made.also else ""
        return self.page(made.template, made.frame, made.counted, made.status, policy, **made.shown)

    def page(
        self,
        template: str,
        frame: Frame,
        counted: Happening | None = None,
        status: int = 200,
        policy: str = "",
        **shown: object,
    ) -> Response:
        """A rendered page, kept for the next reader who asks the same."""
        response = self._dressed(template, frame, status, shown)
        if frame.museum:
            embeds = self.museum(frame.museum).sheet.embeds
            response.headers["content-security-policy"] = framed_by(policy or self.front.policy, embeds)
        if counted and not is_taking(self.request.scope):
            self.counters.note(counted)
        return self.kept.remember(self.request, response, counted, self.made_of)

    def own_page(self, template: str, frame: Frame, status: int = 200, **shown: object) -> Response:
        """Never kept for others: what it shows is of this moment, or of this visitor alone."""
        response = self._dressed(template, frame, status, shown)
        response.headers["cache-control"] = "private, no-cache"
        if "gzip" in self.request.headers.get("accept-encoding", ""):
            response.body = gzip.compress(bytes(response.body), 6, mtime=0)
            response.headers["content-encoding"] = "gzip"
            response.headers["content-length"] = str(len(response.body))
        return response

    def _dressed(self, template: str, frame: Frame, status: int, shown: Mapping[str, object]) -> Response:
        language = frame.reader.language
        text = self.written(MadePage(template, frame, shown))
        response = HTMLResponse(text, status, _headers(self.front, language))
        if match(self.request.query_params.get("lang", ""), [language]):
            remember_language(response, language)
        return response


def _desk(request: Request) -> Desk:
    shelf = request.app.state.shelf
    made_of = shelf[KeptPages].fingerprint()
    return Desk(
        request=request,
        catalogue=shelf[Catalogues].current,
        pages=shelf[Pages],
        front=shelf[Front],
        kept=shelf[KeptPages],
        clock=shelf[Clock],
        storage=shelf[Storage],
        hearing=shelf[Hearing],
        terrains=shelf[Terrains],
        pockets=shelf[Pockets],
        counters=shelf[Counters],
        public_url=public_url(request),
        wishes=tuple(wishes(request)),
        choices=remembered(request.cookies.get(COOKIE, "")),
        made_of=made_of,
    )


def public_url(request: Request) -> str:
    return str(request.app.state.public_url or str(request.base_url).rstrip("/"))


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
    return desk.answer(museum_pages.home(desk, museums))


@router.get("/q/{code}")
def code(code: str, desk: AtDesk) -> Response:
    """What a printed label leads to, for good."""
    found = desk.catalogue.coded(codes.tidy(code))
    if found is None:
        raise NoSuchCode(code=code[:20])
    return _led(desk, *found)


@router.get("/offline")
def offline(desk: AtDesk) -> Response:
    return desk.answer(museum_pages.offline(desk))


@router.get("/{museum}")
def museum(museum: str, desk: AtDesk, page: int = 1) -> Response:
    return desk.answer(museum_pages.museum(desk, desk.museum(museum), page))


@router.get("/{museum}/go")
def go(museum: str, desk: AtDesk, number: str = "") -> Response:
    """The number pad: what stands on the label, typed."""
    if codes.is_code(codes.tidy(number)):
        return code(number, desk)
    return numbered(museum, number, desk)


@router.get("/{museum}/search")
def search(museum: str, desk: AtDesk, finder: Annotated[Finder, held(Finder)], q: str = "") -> Response:
    there, query = desk.museum(museum), " ".join(q.split())[:200]
    chosen = {name: value for name in FACETS if (value := desk.request.query_params.get(name))}
    hits = _hits(finder, there, desk.reader(there), query)
    asked = f"q={quote(query)}&" if query else ""
    return desk.answer(museum_pages.search(desk, there, query, chosen, asked, hits))


def _hits(finder: Finder, museum: Museum, reader: Reader, query: str) -> list[museum_pages.Hit]:
    if not query:
        return museum_pages.everything(museum)
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
    told = None
    if typed.question.strip():
        assistant.expect(desk.asker)
        language = desk.reader(there).language
        told = assistant.answer(there, Asked(typed.question, language, desk.now, typed.stop or None, typed.previous))
    keep = f"q={quote(typed.question)}&" if typed.question and desk.request.method == "GET" else ""
    return desk.answer(museum_pages.ask(desk, there, typed, told, keep))


@router.get("/{museum}/stops/{slug}")
def stop(museum: str, slug: str, desk: AtDesk, tour: str = "") -> Response:
    there = desk.museum(museum)
    found = there.stop(slug)
    if found is None:
        return _moved(desk, there, slug)
    return desk.answer(museum_pages.stop(desk, there, found, tour, composed(there, desk.query)))


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
    return desk.answer(museum_pages.tour(desk, there, slug))


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
