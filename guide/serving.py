"""Serving: from an empty folder to an address and a code to scan, saying each step."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.app import close, create_app, furnish
from guide.clock import Clock
from guide.errors import Unusable
from guide.publishing.behind import Behind
from guide.publishing.deriving import Deriving
from guide.publishing.folder import museum_folders
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tours.catalogue import Catalogues, Museum

LEAVE_SECONDS = 5.0
"""Whoever still waits for a recording when the house closes has this long; then it ends, and is made next time."""
Note = Callable[[str], None]
Say = Callable[..., str]
"""A sentence of the messages by its key, in the operator's language."""


@dataclass(frozen=True)
class Listening:
    host: str
    port: int
    workers: int
    certificate: Path | None
    key: Path | None

    @property
    def scheme(self) -> str:
        return "https" if self.certificate else "http"


def serve(settings: Settings, listening: Listening, note: Note, say: Say) -> None:
    note(say("command.starting"))
    shelf = furnish(settings)
    folders = content_folders(settings)
    publish_when_empty(shelf, folders, note, say)
    museums = shown(shelf, folders)
    hold_port(listening)
    if museums:
        note(say("command.recording"))
    for line in welcome(settings, listening, say):
        note(line)
    behind = Behind(shelf)
    behind.begin()
    run(shelf, listening)
    behind.ended(within=LEAVE_SECONDS)


class NoContent(Unusable):
    """GUIDE_CONTENT names a folder without a museum."""


class PortTaken(Unusable):
    """Another program listens there, or nobody may."""


def content_folders(settings: Settings) -> list[Path]:
    if settings.content is None:
        return []
    if folders := museum_folders(settings.content):
        return folders
    raise NoContent(folder=settings.content)


def publish_when_empty(shelf: Shelf, folders: list[Path], note: Note, say: Say) -> None:
    """Without recordings: they are made behind, while visitors already read."""
    if shelf[Catalogues].renew().museums:
        return
    deriving = Deriving.of(shelf, note)
    for folder in folders:
        slug = folder.resolve().name
        outcome = shelf[Press].publish(folder, slug, Clock().now(), deriving.at_first)
        note(say("command.published", museum=slug, stops=len(outcome.added)))


def shown(shelf: Shelf, folders: list[Path]) -> list[Museum]:
    museums = shelf[Catalogues].renew().museums
    return [museums[slug] for folder in folders if (slug := folder.resolve().name) in museums]


def hold_port(listening: Listening) -> None:
    """Say it before the welcome is said, when nobody could come in."""
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listening.host, listening.port))
        except OSError as error:
            raise PortTaken(host=listening.host, port=listening.port) from error


def welcome(settings: Settings, listening: Listening, say: Say) -> list[str]:
    address = settings.public_url or f"{listening.scheme}://{own_address(listening.host)}:{listening.port}"
    return ["", *terminal_code(address), "", say("command.listening"), f"  {address}", ""]


def own_address(host: str) -> str:
    """The address a phone in the same house reaches this machine at."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104  # compared, not bound
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: this only asks which of our addresses would be used
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def terminal_code(text: str) -> list[str]:
    """A code that a phone can scan off the terminal, dark or light."""
    import qrcode

    code = qrcode.QRCode(border=2)
    code.add_data(text)
    out = io.StringIO()
    code.print_ascii(out, invert=True)
    return out.getvalue().splitlines()


def run(shelf: Shelf, listening: Listening) -> None:
    import uvicorn

    options: dict[str, Any] = {
        "host": listening.host,
        "port": listening.port,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "date_header": True,
        "proxy_headers": True,
        "forwarded_allow_ips": shelf[Settings].proxies,
        "ssl_certfile": listening.certificate,
        "ssl_keyfile": listening.key,
        "timeout_graceful_shutdown": round(LEAVE_SECONDS),
        "loop": "uvloop",
        "http": "httptools",
    }
    if listening.workers > 1:
        uvicorn.run("guide.app:serving", factory=True, workers=listening.workers, **options)
        close(shelf)
    else:
        uvicorn.run(create_app(shelf), **options)
