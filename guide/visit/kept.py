"""Pages kept as bytes: a page is a function of catalogue, recordings, the museum's day, language and choices.

A kept page is answered before the application is asked, as long as the catalogue is the same and its minute has not
passed. What it counts, it counts again.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from guide.counters import Counters, Happening

MOST_PAGES = 2000
FRESH_SECONDS = 30.0
_VARIES = (b"accept-language", b"cookie", b"host")
TAKING = b"x-taking-along"
"""Says that nobody reads this page now: it is taken along with its whole museum, and counts as no visit."""

Key = tuple[str, str, bytes, bytes, bytes, bytes]


@dataclass(frozen=True)
class KeptPage:
    status: int
    fingerprint: str
    until: float
    counted: Happening | None
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    packed: bytes

    def answer(self, accepts: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
        """Body and headers, packed for those who can unpack."""
        if b"gzip" not in accepts:
            return self.body, [*self.headers, (b"content-length", b"%d" % len(self.body))]
        length = (b"content-length", b"%d" % len(self.packed))
        return self.packed, [*self.headers, length, (b"content-encoding", b"gzip")]


class KeptPages:
    def __init__(
        self, fingerprint: Callable[[], str], counters: Counters, tick: Callable[[], float] = time.monotonic
    ) -> None:
        self._fingerprint = fingerprint
        self._tick = tick
        self._counters = counters
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._lock = threading.Lock()

    def fingerprint(self) -> str:
        """What pages are made of now. Taken before a page is made, so that none is kept under what came meanwhile."""
        return self._fingerprint()

    def remember(self, request: Request, response: Response, counted: Happening | None, made_of: str) -> Response:
        """Keep it for the next who asks the same, and give it to this one; what somebody typed is nobody else's."""
        body = bytes(response.body)
        page = KeptPage(
            status=response.status_code,
            fingerprint=made_of,
            until=self._tick() + FRESH_SECONDS,
            counted=counted,
            headers=tuple(header for header in response.raw_headers if header[0] != b"content-length"),
            body=body,
            packed=gzip.compress(body, 6, mtime=0),
        )
        if request.method != "GET":
            return _packed(page, request)
        with self._lock:
            self._pages[_key(request.scope)] = page
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        return _packed(page, request)

    def find(self, scope: Scope) -> KeptPage | None:
        key = _key(scope)
        page = self._pages.get(key)
        if page is None or page.until < self._tick() or page.fingerprint != self._fingerprint():
            return None
        with self._lock, suppress(KeyError):
            self._pages.move_to_end(key)
        if page.counted and not is_taking(scope):
            self._counters.note(page.counted)
        return page


def is_taking(scope: Scope) -> bool:
    return any(name == TAKING for name, _ in scope["headers"])


def _packed(page: KeptPage, request: Request) -> Response:
    body, headers = page.answer(request.headers.get("accept-encoding", "").encode())
    response = Response(body, page.status)
    response.raw_headers = headers
    return response


def _key(scope: Scope) -> Key:
    told = dict(scope["headers"])
    language, cookie, host = (told.get(name, b"") for name in _VARIES)
    return scope.get("scheme", "http"), scope["path"], scope["query_string"], language, cookie, host


class KeptAnswers:
    """Stands before the application and answers what is kept."""

    def __init__(self, app: ASGIApp, pages: KeptPages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self._pages.find(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if page is None:
            return await self._app(scope, receive, send)
        body, headers = page.answer(dict(scope["headers"]).get(b"accept-encoding", b""))
        await send({"type": "http.response.start", "status": page.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
