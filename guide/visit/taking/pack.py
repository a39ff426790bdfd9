"""A pack: every file that a phone keeps of a museum in one language, with its length and its hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from guide.storage import Storage
from guide.visit import addresses
from guide.visit.front import Front
from guide.visit.making import MadePage, Material
from guide.visit.taking.carried import Carried, Kind, Taking, carried, sound_of
from guide.visit.taking.heard_once import heard_once

ASSET = re.compile(rb"/assets/([\w./-]+)\?v=\w+")
PICTURE = re.compile(rb'<img\b[^>]*?\bsrc="/media/([0-9a-f]{32}\.(?:svg|png|webp|gif))"')
HEAVY = "bundles/"
"""What only a view that is asked for works with; a theme that cannot do without carries it itself."""


@dataclass(frozen=True)
class PackedFile:
    url: str
    kind: Kind
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Pack:
    museum: str
    language: str
    edition: str
    made_at: datetime
    files: tuple[PackedFile, ...]
    codes: dict[str, str]
    numbers: dict[str, str]
    waiting: int
    """Stops whose narration is not recorded yet."""

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    @cached_property
    def tag(self) -> str:
        """Equal for equal packs, whoever made them and when."""
        said = "\n".join([self.edition, *(f"{file.url} {file.sha256}" for file in self.files), str(self.waiting)])
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def pack(of: Material, taking: Taking) -> Pack:
    of, there, language = heard_once(of), taking.museum, taking.language
    leads = [(stop, addresses.stop(there.slug, there.standing(stop).slug, language)) for stop in there.stops]
    spoken = (sound_of(of, taking, stop) for stop in there.shown_stops)
    return Pack(
        museum=there.slug,
        language=language,
        edition=there.edition,
        made_at=of.now,
        files=_packed(of, carried(of, taking)),
        codes={stop.code: url for stop, url in leads},
        numbers={str(stop.number): url for stop, url in leads},
        waiting=sum(bool(sound and not sound.ready) for sound in spoken),
    )


def _packed(of: Material, along: Iterable[Carried]) -> tuple[PackedFile, ...]:
    """What pages show and work with comes before them."""
    files: dict[str, PackedFile] = {}
    shown: dict[str, None] = {}
    tools: dict[str, None] = {}
    for one in along:
        body = _body(of, one.body)
        files[one.url] = _described(one.url, one.kind, body)
        if isinstance(one.body, MadePage):
            shown |= dict.fromkeys(name.decode() for name in PICTURE.findall(body))
            tools |= dict.fromkeys(name.decode() for name in ASSET.findall(body))
    before = [*_pictures(of.storage, shown), *_tools(of.front, tools)]
    return tuple(sorted([*before, *files.values()], key=lambda file: file.kind == "page"))


def _body(of: Material, body: MadePage | Path | bytes) -> bytes:
    if isinstance(body, MadePage):
        return of.written(body).encode()
    return body if isinstance(body, bytes) else body.read_bytes()


def _pictures(storage: Storage, names: Iterable[str]) -> Iterator[PackedFile]:
    for name in names:
        if path := storage.path(f"media/{name}"):
            yield _described(addresses.media(name), "picture", path.read_bytes())


def _tools(front: Front, names: Iterable[str]) -> Iterator[PackedFile]:
    for name in front.with_imports(name for name in names if not name.startswith(HEAVY)):
        yield _described(front.asset(name), "tool", front.assets[name].body)


def _described(url: str, kind: Kind, body: bytes) -> PackedFile:
    return PackedFile(url, kind, len(body), hashlib.sha256(body).hexdigest())
