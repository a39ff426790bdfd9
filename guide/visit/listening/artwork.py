"""What a locked phone and a car show beside the title: the stop's picture, square."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from guide.errors import NotFound
from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Stop
from guide.visit.share import Sharing

MAKING = "artwork-1"
SIDE = 512
_PICTURE_SIDE = (608, 19, 1200, 611)
"""Of the card that a shared link shows."""


class NoArtwork(NotFound):
    """The stop has no picture; its page names the house's own."""


@dataclass(frozen=True)
class Artwork:
    sharing: Sharing
    storage: Storage

    def of(self, museum: Museum, stop: Stop) -> bytes:
        """A PNG, drawn once for each version of a stop."""
        if not stop.images:
            raise NoArtwork(stop=stop.slug)
        recipe = hashlib.sha256(f"{MAKING}:{museum.version(stop)}".encode()).hexdigest()[:32]
        kept = self.storage.path(f"cards/{recipe}.png")
        if kept:
            return kept.read_bytes()
        body = _square(self.sharing.card(museum, stop, museum.sheet.source_language))
        self.storage.put(f"cards/{recipe}.png", body)
        return body


def _square(card: bytes) -> bytes:
    from PIL import Image  # a server that only shows pages does without

    into = BytesIO()
    cut = Image.open(BytesIO(card)).convert("RGB").crop(_PICTURE_SIDE)
    cut.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(into, "PNG", optimize=True)
    return into.getvalue()
