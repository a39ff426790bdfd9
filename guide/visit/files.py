"""The door to the files around the pages: assets, the service worker, the manifest, what search engines read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request
from fastapi.responses import Response

from guide.errors import NotFound
from guide.language import choose
from guide.tours.catalogue import Catalogue, Catalogues, Museum
from guide.visit.front import WORKER, Front
from guide.visit.share import Sharing
from guide.web import Pages, held, wishes

router = APIRouter(include_in_schema=False)
TheFront = Annotated[Front, held(Front)]
TheCatalogues = Annotated[Catalogues, held(Catalogues)]
FOREVER = "public, max-age=31536000, immutable"
SITEMAP_LIMIT = 50_000


class NoSuchAsset(NotFound):
    """No file of this name belongs to the pages."""


@router.get("/assets/{name:path}")
def asset(name: str, front: TheFront, request: Request, v: str = "") -> Response:
    found = front.assets.get(name)
    if found is None or name.startswith(WORKER):
        raise NoSuchAsset(name=name[:60])
    age = FOREVER if v == found.hash else "no-cache"
    headers = {"cache-control": age, "etag": f'"{found.hash}"', "vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.type, headers={**headers, "content-encoding": "gzip"})
    return Response(found.body, media_type=found.type, headers=headers)


@router.get("/sw.js")
def worker(front: TheFront) -> Response:
    return Response(front.worker, media_type="text/javascript", headers={"cache-control": "no-cache"})


@router.get("/favicon.ico")
def favicon(front: TheFront) -> Response:
    icon = front.assets["icons/icon.svg"]
    return Response(icon.body, media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


@router.get("/manifest.webmanifest")
def manifest(front: TheFront, pages: Annotated[Pages, held(Pages)], request: Request) -> Response:
    """One guide, however it calls itself in the reader's language."""
    language = choose(wishes(request), pages.messages.languages, "vi")
    told = json.loads(front.assets["manifest.webmanifest"].body)
    told |= {part: pages.messages.say(language, f"taking.guide.{part}") for part in ("name", "description")}
    told |= {"lang": language, "start_url": f"/?lang={language}"}
    told["icons"] = [{**icon, "src": front.asset(icon["src"])} for icon in told["icons"]]
    return Response(
        json.dumps(told, ensure_ascii=False),
        media_type="application/manifest+json",
        headers={"vary": "Accept-Language, Cookie"},
    )


@router.get("/{museum}/stops/{slug}/card.png")
def card(
    museum: str, slug: str, catalogues: TheCatalogues, sharing: Annotated[Sharing, held(Sharing)], lang: str = ""
) -> Response:
    """The picture that Zalo and Facebook show for a shared link."""
    there = catalogues.current.museums.get(museum)
    stop = there.stop(slug) if there else None
    if there is None or stop is None:
        raise NoSuchAsset(name=f"{museum}/{slug}"[:60])
    body = sharing.card(there, stop, lang or there.sheet.source_language)
    return Response(body, media_type="image/png", headers={"cache-control": "public, max-age=86400"})


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    address = _public_url(request)
    return Response(f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n", media_type="text/plain")


@router.get("/sitemap.xml")
def sitemap(request: Request, catalogues: TheCatalogues) -> Response:
    return Response(_sitemap(_Site(_public_url(request), catalogues.current)), media_type="application/xml")


class _Site:
    """A catalogue at an address; equal ones have the same sitemap."""

    def __init__(self, address: str, catalogue: Catalogue) -> None:
        self.address = address
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return hash((self.address, self.catalogue.fingerprint))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Site) and hash(self) == hash(other)


@lru_cache(maxsize=4)
def _sitemap(site: _Site) -> str:
    entries = (_entry(site.address, path, tags) for path, tags in _paths(site.catalogue))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "".join(entries)
        + "</urlset>\n"
    )


def _paths(catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    left = SITEMAP_LIMIT
    for museum in catalogue.museums.values():
        for path in _museum_paths(museum):
            left -= 1
            if left >= 0:
                yield path, museum.sheet.languages


def _museum_paths(museum: Museum) -> Iterator[str]:
    yield f"/{museum.slug}"
    yield from (f"/{museum.slug}/tours/{slug}" for slug in museum.tours)
    yield from (f"/{museum.slug}/stops/{stop.slug}" for stop in museum.shown_stops)


def _entry(address: str, path: str, tags: list[str]) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(f"{address}{path}?lang={tag}")}/>'
        for tag in tags
    )
    return f"<url><loc>{escape(f'{address}{path}?lang={tags[0]}')}</loc>{links}</url>\n"


def _public_url(request: Request) -> str:
    return str(request.app.state.public_url or str(request.base_url).rstrip("/"))
