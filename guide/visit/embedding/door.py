"""Stands before the doors that other websites may read, and answers whether theirs is one of them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guide.tours.catalogue import Catalogue
from guide.visit.embedding.permission import Door, door_at, may_read

Headers = list[tuple[bytes, bytes]]
TEN_MINUTES = b"600"
VARIES: Headers = [(b"vary", b"Origin")]


class Embeds:
    """A website that the museum does not name is told nothing: its visitors' browsers keep the answer from it.

    Nobody's cookies are asked for, and none are believed here.
    """

    def __init__(self, app: ASGIApp, catalogue: Callable[[], Catalogue]) -> None:
        self._app = app
        self._catalogue = catalogue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = door_at(scope["path"]) if scope["type"] == "http" else None
        if door is None:
            return await self._app(scope, receive, send)
        told = dict(scope["headers"])
        allowed = self._allowed(door, told.get(b"origin", b""))
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in told:
            return await _may_come(send, door, allowed)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *allowed]
            await send(message)

        await self._app(scope, receive, answer)

    def _allowed(self, door: Door, origin: bytes) -> Headers:
        known = bool(origin) and may_read(self._catalogue(), door, origin.decode("latin-1"))
        return [*VARIES, (b"access-control-allow-origin", origin)] if known else VARIES


async def _may_come(send: Send, door: Door, allowed: Headers) -> None:
    """What a browser asks before it sends a question for another website."""
    headers = [
        *allowed,
        (b"access-control-allow-methods", door.method.encode()),
        (b"access-control-allow-headers", b"content-type"),
        (b"access-control-max-age", TEN_MINUTES),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers if allowed != VARIES else VARIES})
    await send({"type": "http.response.body", "body": b""})
