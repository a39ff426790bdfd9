"""What every page is dressed in: the style and script in its head, the addresses of its assets, its security policy."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from guide.web import security_policy

STYLE = "styles/critical.css"
SCRIPT = "lib/first.js"
SHELL = ("styles/", "elements/", "lib/", "icons/icon.svg")
"""What the service worker keeps from the start; style and script of the head come with every page."""


PACKED = ("text/", "application/javascript", "image/svg", "application/json", "application/manifest")


@dataclass(frozen=True)
class Asset:
    body: bytes
    packed: bytes | None
    type: str
    hash: str


@dataclass(frozen=True)
class Front:
    """The pwa folder, read once: files served as they are, named by their content."""

    folder: Path
    assets: dict[str, Asset] = field(init=False)

    def __post_init__(self) -> None:
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        found = {path.relative_to(self.folder).as_posix(): _asset(path) for path in files}
        object.__setattr__(self, "assets", found)

    def asset(self, name: str) -> str:
        return f"/assets/{name}?v={self.assets[name].hash}"

    @cached_property
    def style(self) -> str:
        return self.assets[STYLE].body.decode()

    @cached_property
    def script(self) -> str:
        return self.assets[SCRIPT].body.decode()

    @cached_property
    def policy(self) -> str:
        return security_policy(self.style, self.script)

    @cached_property
    def version(self) -> str:
        return hashlib.sha256("".join(asset.hash for asset in self.assets.values()).encode()).hexdigest()[:12]

    @cached_property
    def worker(self) -> str:
        """The service worker, told what it keeps from the start."""
        inlined = (STYLE, SCRIPT)
        shell = [self.asset(name) for name in self.assets if name.startswith(SHELL) and name not in inlined]
        text = self.assets["sw.js"].body.decode()
        return text.replace("__VERSION__", self.version).replace("__SHELL__", json.dumps(["/offline", *shell]))


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if kind.startswith(PACKED) else None
    return Asset(body, packed, kind, hashlib.sha256(body).hexdigest()[:12])
