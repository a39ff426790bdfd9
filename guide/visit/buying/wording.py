"""What a museum wrote, with the language that it is in: a page that has to fall back says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guide.tickets.letters.telling import Tongue, price_called
from guide.tours.prices import own_name
from guide.visit.frame import Reader, Told


def told(tongue: Tongue, words: Mapping[str, str] | str | None) -> Told:
    return Reader(tongue.language, tongue.interface).told(tongue.museum, words)


def category(tongue: Tongue, slug: str) -> Told:
    """The museum's own name, or ours, which is in the language of the interface."""
    own = own_name(tongue.museum, slug)
    return told(tongue, own) if own else Told(tongue.category(slug), tongue.interface, tongue.interface)


def evidence(tongue: Tongue, slug: str, day: date) -> Told:
    price = price_called(tongue.museum, slug, day)
    return told(tongue, price.evidence if price else None)
