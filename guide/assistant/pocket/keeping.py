"""The pocket's file of an edition and a language: made for the first phone that takes it, then kept for all others."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from guide.assistant.minds import Minds
from guide.language import FALLBACK, Messages, match
from guide.tours.catalogue import Museum

OLDER_KEPT: Final = 2
"""An earlier edition may be gone back to."""


@dataclass(frozen=True)
class Packed:
    """As it travels; `name` is another one whenever the bytes are."""

    name: str
    body: bytes

    @cached_property
    def unpacked(self) -> bytes:
        return gzip.decompress(self.body)


@dataclass(frozen=True)
class Pockets:
    home: Path
    minds: Minds
    messages: Messages
    _making: threading.Lock = field(default_factory=threading.Lock)

    def of(self, museum: Museum, language: str) -> Packed:
        """In the language asked for, or in that which the museum's pages are then read in."""
        found = museum.language_for(language, museum.sheet.languages) or museum.sheet.source_language
        name = self._name(museum, found)
        kept = self.home / "indexes" / "assistant" / museum.slug / found / "pocket" / f"{name}.json.gz"
        return Packed(name, _read(kept) or self._made(museum, found, kept))

    def _made(self, museum: Museum, language: str, kept: Path) -> bytes:
        # numpy is heavy, and a server that nobody asks does without it
        from guide.assistant.pocket.packing import packed_museum

        with self._making:
            if there := _read(kept):
                return there
            body = packed_museum(museum, language, self.minds, self.messages)
            _write(kept, body)
            return body

    def _name(self, museum: Museum, language: str) -> str:
        interface = match(language, self.messages.languages) or FALLBACK
        said = sorted(self.messages.words[interface].items())
        recipe = [museum.slug, museum.edition, language, said, _rules()]
        return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:32]


def _read(kept: Path) -> bytes | None:
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        return None


def _write(kept: Path, body: bytes) -> None:
    """Beside it first: whoever reads finds all of it or nothing."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    aside = kept.with_suffix(f".{os.getpid()}-{threading.get_ident()}.aside")
    aside.write_bytes(body)
    aside.replace(kept)
    older = sorted((path for path in kept.parent.glob("*.json.gz") if path != kept), key=_age, reverse=True)
    for path in older[OLDER_KEPT:]:
        path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process is at it too
        return 0.0


@cache
def _rules() -> str:
    """Whatever decides what is told and how it is found: a newer guide packs anew."""
    return hashlib.sha256(b"".join(hashlib.sha256(source.read_bytes()).digest() for source in _sources())).hexdigest()


def _sources() -> Iterator[Path]:
    house = Path(__file__).parents[2]
    for room in (house / "assistant", house / "tours"):
        yield from sorted(path for path in room.rglob("*") if path.suffix in (".py", ".yaml"))
