"""The widgets' scripts, read once: served as they are written, named by their content, small on the wire."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guide.language import Messages
from guide.visit.front import IMPORTED, Asset

PAGE = "index.html"
ALONE = "__ALONE__"
"""In whose place the words stand that a widget says when nobody answers: it cannot ask for them then."""


@dataclass(frozen=True)
class Scripts:
    folder: Path
    messages: Messages
    files: dict[str, Asset] = field(init=False)

    def __post_init__(self) -> None:
        texts = {path.name: path.read_text("utf-8") for path in sorted(self.folder.iterdir()) if path.is_file()}
        alone = json.dumps(_alone(self.messages), ensure_ascii=False)
        object.__setattr__(self, "files", {})
        for name in texts:
            self._read(name, {name: text.replace(ALONE, alone) for name, text in texts.items()})

    @property
    def page(self) -> str:
        return self.files[PAGE].body.decode()

    def _read(self, name: str, texts: Mapping[str, str]) -> Asset:
        """What a script imports is named by its content too, so that a page runs one version whole."""
        if name not in self.files:
            text = texts[name]
            if name.endswith(".js"):
                text = IMPORTED.sub(lambda found: f"{found[0]}?v={self._read(found[0][2:], texts).hash}", text)
            self.files[name] = _asset(name, text.encode())
        return self.files[name]


def _asset(name: str, body: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(body, gzip.compress(body, 9, mtime=0), kind, hashlib.sha256(body).hexdigest()[:12])


def _alone(messages: Messages) -> dict[str, dict[str, str]]:
    return {
        language: {name: messages.say(language, f"widgets.alone.{name}") for name in ("away", "stranger")}
        for language in messages.languages
    }
