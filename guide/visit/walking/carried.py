"""What of walks goes along with a museum: the page that asks, and the ground that a phone composes them on."""

from __future__ import annotations

from guide.tours.catalogue import Museum
from guide.visit import addresses
from guide.visit.making import MadePage, Material
from guide.visit.walking import walking_pages


def page(of: Material, museum: Museum, language: str) -> tuple[str, MadePage]:
    return addresses.walk(museum.slug, language), walking_pages.walk(of, museum, {})


def data(of: Material, museum: Museum, language: str) -> tuple[str, bytes]:
    return addresses.terrain(museum.slug, language), walking_pages.ground(of, museum)
