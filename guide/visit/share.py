"""The picture of a shared link: drawn once for each stop, version and language, and kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from guide.storage import Storage
from guide.tours import pictures
from guide.tours.catalogue import Museum
from guide.tours.content import Stop

MAKING = "card-1"


@dataclass(frozen=True)
class Sharing:
    storage: Storage
    fonts: Path | None

    def card(self, museum: Museum, stop: Stop, asked: str) -> bytes:
        text, language = museum.text(stop, asked)
        name = museum.say(museum.sheet.name, language)
        recipe = hashlib.sha256(f"{MAKING}:{museum.version(stop)}:{language}:{name}".encode()).hexdigest()[:32]
        kept = self.storage.path(f"cards/{recipe}.png")
        if kept:
            return kept.read_bytes()
        body = self._drawn(museum, stop, text.title, name, language)
        self.storage.put(f"cards/{recipe}.png", body)
        return body

    def _drawn(self, museum: Museum, stop: Stop, title: str, name: str, language: str) -> bytes:
        from guide.tours.share_card import share_card  # typst is not needed on the way to the first page

        return share_card(title, name, self._picture(museum, stop), language, self.fonts)

    def _picture(self, museum: Museum, stop: Stop) -> bytes | None:
        for image in stop.images[:1]:
            path = f"stops/{stop.slug}/{image.file}"
            kept = self.storage.path(pictures.shown_name(path, museum.manifest.files[path]))
            return kept.read_bytes() if kept else None
        return None
