"""The page that a phone at the gate shows, and how it stands on that phone's home screen."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from guide.language import choose, match
from guide.tours.codes import ALPHABET
from guide.web import LANGUAGE_COOKIE, Pages, held, wishes

router = APIRouter(include_in_schema=False)
ThePages = Annotated[Pages, held(Pages)]
YEAR_SECONDS = 31_536_000
OWN_SCRIPTS = "script-src 'self'"
READS_CODES = f"{OWN_SCRIPTS} 'wasm-unsafe-eval'"
"""Here alone: what reads the camera's pictures is WebAssembly, served by us."""


@router.get("/gate")
def gate(request: Request, pages: ThePages) -> Response:
    language = choose(wishes(request), pages.messages.languages, "vi")
    policy = request.app.state.policy.replace(OWN_SCRIPTS, READS_CODES)
    headers = {"content-security-policy": policy, "cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
    response = HTMLResponse(pages.render("gate/gate.html", language, letters=ALPHABET), headers=headers)
    if match(request.query_params.get("lang", ""), [language]):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_SECONDS, samesite="lax")
    return response


@router.get("/gate/manifest.webmanifest")
def manifest(request: Request, pages: ThePages) -> Response:
    language = choose(wishes(request), pages.messages.languages, "vi")
    told = {
        "id": "/gate",
        "name": f"Sen · {pages.messages.say(language, 'gate_page.title')}",
        "short_name": pages.messages.say(language, "gate_page.title"),
        "description": pages.messages.say(language, "gate_page.description"),
        "lang": language,
        "start_url": "/gate",
        "scope": "/gate",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#f7f0e3",
        "theme_color": "#005f33",
        "icons": [
            {"src": "/assets/icons/icon.svg", "type": "image/svg+xml", "sizes": "any"},
            {"src": "/assets/icons/icon-192.png", "type": "image/png", "sizes": "192x192"},
            {"src": "/assets/icons/icon-512.png", "type": "image/png", "sizes": "512x512"},
            {"src": "/assets/icons/maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
        ],
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/manifest+json")
