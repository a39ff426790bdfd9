"""What every page is dressed in: the style and script in its head, the addresses of its assets, its security policy."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from guide.web import security_policy

STYLE = "styles/critical.css"
SCRIPT = "lib/first.js"
SHELL = (
    "styles/late.css",
    "elements/guide-age.js",
    "elements/guide-counts.js",
    "elements/guide-feedback.js",
    "elements/guide-keep.js",
    "elements/guide-player.js",
    "elements/guide-sentences.js",
    "elements/guide-session.js",
    "elements/guide-transcript.js",
    "icons/icon.svg",
)
"""What the service worker keeps from the start: what a stop works with. Other tools stay once they were used, or come
with a museum that is taken along; style and script of the head come with every page."""
WORKER = ("sw.js", "worker/")
"""The service worker, served in one piece at the root."""
GATE = ("lib/gate/", "elements/guide-gate", "styles/gate.css", "bundles/ed25519", "bundles/scanner", "bundles/zxing")
"""What only a gate works with: kept where somebody opened one."""
UNSERVED = ("bundling/", "node_modules/", "package")
"""What bundles are made from."""
PACKED = (
    "text/",
    "application/javascript",
    "application/wasm",
    "image/svg",
    "application/json",
    "application/manifest",
)
IMPORTED = re.compile(r"""(?<=from ")\.{1,2}/[^"]+(?=";)""")
"""Another module of ours, as it stands in ours."""
NAMED_IMPORT = re.compile(r"""from "(\.{1,2}/[^"?]+)\?v=\w+";""")
"""The same, once it is named by its content."""


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
        names = {path.relative_to(self.folder).as_posix(): path for path in files}
        bodies = {name: path.read_bytes() for name, path in names.items() if not name.startswith(UNSERVED)}
        object.__setattr__(self, "assets", {})
        for name in bodies:
            self._read(name, bodies)

    def _read(self, name: str, bodies: dict[str, bytes]) -> str:
        """An asset's address. Whatever a module imports is named by its content too, and so by what that imports."""

        def named(found: re.Match[str]) -> str:
            address = self._read(posixpath.normpath(posixpath.join(posixpath.dirname(name), found[0])), bodies)
            return f"{found[0]}{address[address.index('?') :]}"

        if name not in self.assets:
            body = bodies[name]
            own = IMPORTED.sub(named, body.decode()).encode() if name.endswith(".js") else body
            self.assets[name] = _asset(name, own)
        return self.asset(name)

    def asset(self, name: str) -> str:
        return f"/assets/{name}?v={self.assets[name].hash}"

    def bundled(self, name: str) -> str:
        """The address of what is made on installing; none where it could not be made."""
        return self.asset(f"bundles/{name}") if f"bundles/{name}" in self.assets else ""

    def with_imports(self, names: Iterable[str]) -> list[str]:
        """These, and every module of ours that they import, each once, what is imported first."""
        found: dict[str, None] = {}
        for name in names:
            if name in self.assets and name not in found:
                found |= dict.fromkeys([*self.with_imports(self._imports(name)), name])
        return list(found)

    def _imports(self, name: str) -> list[str]:
        if not name.endswith(".js"):
            return []
        named = NAMED_IMPORT.findall(self.assets[name].body.decode())
        return [posixpath.normpath(posixpath.join(posixpath.dirname(name), other)) for other in named]

    @cached_property
    def style(self) -> str:
        return self.assets[STYLE].body.decode()

    @cached_property
    def script(self) -> str:
        return self.assets[SCRIPT].body.decode()

    @cached_property
    def policy(self) -> str:
        return security_policy(self.style, self.script)

    def policy_with(self, also: Mapping[str, str]) -> str:
        """For a page whose viewer needs more."""
        return security_policy(self.style, self.script, also=also)

    def weight(self, name: str) -> int:
        """What a bundle weighs on its way to a phone."""
        found = self.assets.get(f"bundles/{name}")
        return len(found.packed or found.body) if found else 0

    @cached_property
    def version(self) -> str:
        return hashlib.sha256("".join(asset.hash for asset in self.assets.values()).encode()).hexdigest()[:12]

    @cached_property
    def worker(self) -> str:
        """The service worker, told what it keeps from the start."""
        gate = [self.asset(name) for name in self.assets if name.startswith(GATE)]
        kept = ["/offline", *(self.asset(name) for name in SHELL if name in self.assets)]
        parts = [asset.body.decode() for name, asset in self.assets.items() if name.startswith(WORKER)]
        text = "\n".join(parts).replace("__VERSION__", self.version)
        return text.replace("__SHELL__", json.dumps(kept)).replace("__GATE__", json.dumps(gate))


def _asset(name: str, body: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if kind.startswith(PACKED) else None
    return Asset(body, packed, kind, hashlib.sha256(body).hexdigest()[:12])
