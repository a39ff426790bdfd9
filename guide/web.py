"""The edge of the building: what every door shares, and the only place besides the doors that knows HTTP.

One request is one transaction, committed before the answer leaves. An expected refusal becomes JSON for a program and
a kind page for a person; a surprise becomes a 500, logged once with its request.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined, select_autoescape
from pydantic import BaseModel, ConfigDict
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guide.clock import Clock
from guide.database import Database
from guide.errors import GuideError
from guide.language import Messages, accepted, choose
from guide.unreadable import unreadable

HERE = Path(__file__).parent
log = structlog.get_logger("web")

LANGUAGE_COOKIE = "lang"
REFUSED_STOP: dict[str, Any] = {
    "error": "NoSuchStop",
    "message": "Không tìm thấy điểm “999”. Xin xem lại số trên nhãn.",
    "request_id": "3009f324fd62",
}
NOTHING_MORE: Mapping[str, str] = {}
HARDENING = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}


def held(kind: object) -> Any:
    """Long-lived things are asked for by type: `catalogues: Annotated[Catalogues, held(Catalogues)]`.

    What only looks something up is `async`: it would otherwise wait for a thread of its own.
    """

    async def take(request: Request) -> object:
        return request.app.state.shelf[kind]

    return Depends(take)


def _read(database: Annotated[Database, held(Database)]) -> Iterator[Session]:
    with database.reading() as session:
        yield session


def _write(database: Annotated[Database, held(Database)]) -> Iterator[Session]:
    with database.writing() as session:
        yield session


async def _now(clock: Annotated[Clock, held(Clock)]) -> datetime:
    return clock.now()


Reading = Annotated[Session, Depends(_read, scope="function")]
# scope="function": commit before the answer leaves, so that nobody sees a success that we then lose.
Writing = Annotated[Session, Depends(_write, scope="function")]
Now = Annotated[datetime, Depends(_now)]


async def _form(request: Request) -> dict[str, list[str]]:
    """Only its bytes are awaited: what they say is thought about elsewhere. Nobody types a NUL, and none is stored."""
    typed = parse_qs((await request.body()).decode("utf-8", "replace"))
    return {name.replace("\0", ""): [value.replace("\0", "") for value in values] for name, values in typed.items()}


Form = Annotated[dict[str, list[str]], Depends(_form)]


def asker(request: Request) -> str:
    """Who must not ask too often; never written down."""
    return request.client.host if request.client else ""


def wishes(request: Request) -> list[str]:
    """The languages this reader wants, best first: the address, what they chose before, what their phone says."""
    asked = request.query_params.get("lang", "")
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return [tag for tag in (asked, chosen) if tag] + accepted(request.headers.get("accept-language", ""))


class Pages:
    """Every room's templates: `visit/stop.html` is `guide/visit/pages/stop.html`."""

    def __init__(self, messages: Messages, shared: Mapping[str, object]) -> None:
        rooms = {folder.parent.name: FileSystemLoader(folder) for folder in sorted(HERE.glob("*/pages"))}
        loader = PrefixLoader({**rooms, "building": FileSystemLoader(HERE / "pages")})
        self._jinja = Environment(
            loader=loader,
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.globals.update(shared)
        self.messages = messages

    def render(self, template: str, interface: str, **shown: object) -> str:
        def say(key: str, /, **facts: object) -> str:
            return self.messages.say(interface, key, **facts)

        return self._jinja.get_template(template).render(say=say, interface=interface, **shown)


class TooLarge(GuideError):
    """More was sent than any door here takes, or it was not said how much."""

    status = 413


def _without_nul(scope: Scope) -> Scope:
    """No address of ours has a NUL, and not every database takes one; what stands in its place makes no new one."""
    query = scope["query_string"].replace(b"%00", b"%EF%BF%BD")
    return {**scope, "path": scope["path"].replace("\0", "\ufffd"), "query_string": query}


def _is_large(scope: Scope, most: int) -> bool:
    told = dict(scope["headers"])
    length = told.get(b"content-length", b"0")
    return b"transfer-encoding" in told or not length.isdigit() or int(length) > most


class Edge:
    """Around everything: a request id, the headers that harden a page, a line in the log when it matters."""

    SLOW_SECONDS = 2.0
    MOST_BYTES = 64 * 1024
    """What may be sent here: counts and questions are small. `larger` names how the paths end that take more."""

    def __init__(self, app: ASGIApp, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._larger = larger or {}
        self._headers = [(name.encode(), value.encode()) for name, value in HARDENING.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request_id = secrets.token_hex(6)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status, headless = time.perf_counter(), 0, scope["method"] == "HEAD"
        scope = _without_nul(scope)
        if headless:
            scope = {**scope, "method": "GET"}

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _hardened(message["headers"], self._headers, request_id)
            await send({**message, "body": b""} if headless and message["type"] == "http.response.body" else message)

        try:
            most = next((most for door, most in self._larger.items() if scope["path"].endswith(door)), self.MOST_BYTES)
            if _is_large(scope, most):
                refused = TooLarge(kilobytes=most // 1024)
                return await _refusal(Request(scope), refused)(scope, receive, answer)
            await self._app(scope, receive, answer)
        except Exception:  # the process's edge: said once, here
            log.exception("surprise", id=request_id, path=_door(scope))
            if status:
                raise  # half an answer is out; the connection must break, so that nobody takes it for whole
            await _surprise(Request(scope))(scope, receive, answer)
        seconds = time.perf_counter() - started
        say = log.info if status >= 500 or seconds > self.SLOW_SECONDS else log.debug
        say("request", id=request_id, path=_door(scope), status=status, ms=round(seconds * 1000))


def _hardened(given: list[tuple[bytes, bytes]], ours: list[tuple[bytes, bytes]], request_id: str) -> Any:
    """What a door says for itself stands."""
    told = {name.lower() for name, _ in given}
    return [*given, *(header for header in ours if header[0] not in told), (b"x-request-id", request_id.encode())]


def _door(scope: Scope) -> str:
    """The address as the door writes it, `/orders/{code}`: what stands in its place may open something."""
    return str(getattr(scope.get("route"), "path", scope["path"]))


router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def healthz() -> PlainTextResponse:
    """The process is there."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz(session: Reading) -> PlainTextResponse:
    """The process can do its work: its database answers."""
    session.execute(sa.text("SELECT 1"))
    return PlainTextResponse("ready\n")


def inline_hash(text: str) -> str:
    """What a content security policy calls an inline style or script that it lets in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def security_policy(
    style: str = "", script: str = "", frame_ancestors: str = "'none'", also: Mapping[str, str] = NOTHING_MORE
) -> str:
    """No third party, nothing inline but what is named by its hash; `also` lets more of one's own in, rule by rule."""
    rules = {
        "default-src": "'none'",
        "img-src": "'self' data:",
        "media-src": "'self' blob:",
        "style-src": f"'self' {inline_hash(style) if style else ''}",
        "script-src": f"'self' {inline_hash(script) if script else ''}",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": frame_ancestors,
    }
    return "; ".join(f"{name} {value.strip()} {also.get(name, '')}".strip() for name, value in rules.items())


def answer_errors(app: FastAPI) -> None:
    app.add_exception_handler(GuideError, _refusal)
    app.add_exception_handler(HTTPException, _not_routed)
    app.add_exception_handler(RequestValidationError, _unusable)


def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, GuideError)
    return _said(request, error.status, error.code, error.facts)


def _not_routed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "NotFound", 405: "MethodNotAllowed"}.get(error.status_code, "BadRequest")
    return _said(request, error.status_code, code, {})


def _unusable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _refusal(request, unreadable(error.errors()[0]))


def _surprise(request: Request) -> Response:
    return _said(request, 500, "Surprise", {})


def _said(request: Request, status: int, code: str, facts: Mapping[str, object]) -> Response:
    pages: Pages = request.app.state.shelf[Pages]
    interface = choose(wishes(request), pages.messages.languages, "en")
    message = pages.messages.say(interface, f"errors.{code}", **facts)
    if is_program(request):
        told = {"error": code, "message": message, "request_id": _request_id(request)}
        return JSONResponse(told, status)
    body = pages.render(
        "building/error.html", interface, message=message, status=status, request_id=_request_id(request)
    )
    return HTMLResponse(body, status, {"content-security-policy": request.app.state.policy})


class Refusal(BaseModel):
    """Every error has this shape; `message` is in the asked language."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [REFUSED_STOP]})
    error: str
    message: str
    request_id: str


def refused_with(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For a door's description at /api: what it may refuse with."""
    return {status: {"model": Refusal} for status in statuses}


def is_program(request: Request) -> bool:
    return request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", "text/html")


def _request_id(request: Request) -> str:
    return str(getattr(request.state, "request_id", ""))
