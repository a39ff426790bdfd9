"""The door to the widgets: their scripts, for anybody's website, and the page that shows them."""

from __future__ import annotations

from html import escape
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from guide.language import choose
from guide.tours.catalogue import Catalogue, Catalogues
from guide.visit.embedding.scripts import PAGE, Scripts
from guide.visit.files import FOREVER, NoSuchAsset
from guide.visit.front import Asset
from guide.web import held, security_policy, wishes

router = APIRouter(include_in_schema=False)
TheScripts = Annotated[Scripts, held(Scripts)]
A_WHILE = "public, max-age=600"
ANYBODY = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
SPOKEN = ("vi", "en")


@router.get("/widgets")
def widgets() -> Response:
    return RedirectResponse("/widgets/", 308)


@router.get("/widgets/")
def examples(request: Request, scripts: TheScripts, catalogues: Annotated[Catalogues, held(Catalogues)]) -> Response:
    language = choose(wishes(request), SPOKEN, "vi")
    origin = str(request.app.state.public_url or str(request.base_url).rstrip("/"))
    text = scripts.page
    for place, filled in (_shown(catalogues.current) | {"language": language, "origin": origin}).items():
        text = text.replace(f"[{place}]", escape(filled))
    headers = {
        "content-security-policy": security_policy(),
        "content-language": language,
        "cache-control": "no-cache",
        "vary": "Accept-Language, Cookie",
    }
    return HTMLResponse(text, headers=headers)


def _shown(catalogue: Catalogue) -> dict[str, str]:
    """A museum with something to hear, and to buy where there is one."""
    museums = sorted(
        (museum for museum in catalogue.museums.values() if museum.shown_stops),
        key=lambda museum: (not (museum.sheet.prices and museum.sheet.hours), not museum.sheet.prices, museum.slug),
    )
    return {
        "museum": museums[0].slug if museums else "",
        "stop": museums[0].shown_stops[0].slug if museums else "",
    }


@router.get("/widgets/{name}")
def script(name: str, request: Request, scripts: TheScripts, v: str = "") -> Response:
    found = scripts.files.get(name)
    if found is None or name == PAGE:
        raise NoSuchAsset(name=name[:60])
    age = FOREVER if v == found.hash else A_WHILE
    headers = {**ANYBODY, "cache-control": age, "etag": f'"{found.hash}"', "vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return _file(found, headers, "gzip" in request.headers.get("accept-encoding", ""))


def _file(found: Asset, headers: dict[str, str], unpacks: bool) -> Response:
    if found.packed and unpacks:
        return Response(found.packed, media_type=found.type, headers={**headers, "content-encoding": "gzip"})
    return Response(found.body, media_type=found.type, headers=headers)
