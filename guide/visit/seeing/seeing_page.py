"""The page of one thing that can be looked at: complete in words and pictures, before any viewer is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PIL import Image

from guide.language import endonym
from guide.storage import Storage
from guide.tours import pictures
from guide.tours.catalogue import Museum
from guide.tours.content import Seeing, Stop
from guide.visit import addresses
from guide.visit.cards import ShownPicture
from guide.visit.described import shortened
from guide.visit.frame import Frame, Reader, Told, language_links
from guide.visit.making import MadePage, Material
from guide.visit.seeing import captions, tiles
from guide.visit.seeing.cards import SeenCard, address, seen_cards, weight
from guide.visit.seeing.keeping import Parts, parts_of

MORE_ALLOWED: Mapping[str, Mapping[str, str]] = {
    "panorama": {"img-src": "blob:"},
    "model": {
        "img-src": "blob:",
        "connect-src": "blob:",
        "worker-src": "blob:",
        "script-src": "'wasm-unsafe-eval'",
    },
}
"""What a viewer needs beyond what every page may: pictures and workers that the page made itself, and decoders."""
BUNDLES = {"deepzoom": "zoom", "model": "model", "panorama": "panorama"}


@dataclass(frozen=True)
class Subtitles:
    tag: str
    name: str
    url: str
    first: bool
    """The ones for this reader: shown with the film, and to be read below it."""
    said: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where a viewer finds what it shows; `width` and what follows are of a large picture."""

    url: str
    type: str
    width: int = 0
    height: int = 0
    tile: int = 0
    least: int = 0


@dataclass(frozen=True)
class SeenPage:
    museum: str
    kind: str
    title: Told
    back: str
    stop: Told
    number: int
    paragraphs: tuple[str, ...]
    words: Told
    credit: Told
    picture: ShownPicture | None
    source: Source | None
    bundle: str
    bytes: int
    plain: str
    plain_bytes: int
    plain_name: str
    subtitles: tuple[Subtitles, ...]
    others: tuple[SeenCard, ...]


def seen_made(of: Material, museum: Museum, stop: Stop, number: int, asked: str = "") -> MadePage:
    """`asked` is what addresses say of the walk that is followed."""
    reader, seen = of.reader(museum), stop.seeing[number - 1]
    shown = _page(of, museum, stop, number, asked)
    path = f"/{museum.slug}/stops/{stop.slug}/seeing/{number}"
    title = shown.title.text or of.messages.say(reader.interface, f"seeing.kind.{seen.kind}")
    frame = Frame(
        reader=reader,
        title=f"{title} · {shown.stop.text}",
        description=shortened(shown.words.text),
        path=path,
        languages=language_links(path, museum.sheet.languages, reader.language, asked and f"{asked}&"),
        public_url=of.public_url,
        museum=museum.slug,
        museum_name=museum.say(museum.sheet.name, reader.language),
    )
    return MadePage("visit/seeing.html", frame, {"page": shown}, also=MORE_ALLOWED.get(seen.kind, {}))


def _page(of: Material, museum: Museum, stop: Stop, number: int, asked: str) -> SeenPage:
    reader, seen = of.reader(museum), stop.seeing[number - 1]
    text, language = museum.text(stop, reader.language)
    words, parts = reader.told(museum, seen.alt), parts_of(museum, stop, seen)
    cards = seen_cards(museum, stop, reader, of.storage, asked)
    plain = parts.plain if parts else None
    chosen = museum.language_for(reader.language, seen.captions)
    return SeenPage(
        museum=museum.slug,
        kind=seen.kind,
        title=cards[number - 1].title,
        back=addresses.on_walk(museum.slug, stop.slug, reader.language, asked),
        stop=Told(text.title, language, reader.language),
        number=stop.number,
        paragraphs=tuple(" ".join(part.split()) for part in words.text.split("\n\n")),
        words=words,
        credit=reader.told(museum, seen.credit),
        picture=_picture(of.storage, museum, stop, seen, reader) if parts else None,
        source=_source(of.storage, seen, parts) if parts else None,
        bundle=BUNDLES.get(seen.kind, ""),
        bytes=cards[number - 1].bytes,
        plain=address(of.storage, plain) if plain else "",
        plain_bytes=weight(of.storage, plain) if plain else 0,
        plain_name=f"{stop.number}-{stop.slug}-{number}.{plain.name.rsplit('.', 1)[-1]}" if plain else "",
        subtitles=tuple(_subtitles(of.storage, parts, chosen)) if parts else (),
        others=tuple(card for at, card in enumerate(cards, start=1) if at != number),
    )


def _picture(storage: Storage, museum: Museum, stop: Stop, seen: Seeing, reader: Reader) -> ShownPicture | None:
    """The picture itself, no larger than a page shows, or else what stands for it."""
    path = f"stops/{stop.slug}/{seen.file}"
    small = pictures.shown_name(path, museum.manifest.files[path])
    parts = parts_of(museum, stop, seen)
    whole = pictures.is_picture(path) and storage.path(small)
    kept = whole or (storage.path(parts.poster.name) if parts else None)
    if not kept or not parts:
        return None
    with Image.open(kept) as image:
        width, height = image.size
    url = addresses.media(small) if whole else addresses.media(parts.poster.name)
    return ShownPicture(url, reader.told(museum, seen.alt), reader.told(museum, None), width, height)


def _source(storage: Storage, seen: Seeing, parts: Parts) -> Source | None:
    kept = storage.path(parts.view.name)
    if kept is None:
        return None
    url, ending = addresses.media(parts.view.name), parts.view.name.rsplit(".", 1)[-1]
    if seen.kind != "deepzoom":
        return Source(url, f"video/{ending}" if seen.kind == "sign" else "")
    width, height = tiles.sides(kept)
    return Source(url.removesuffix(".zip"), "", width, height, tiles.TILE, tiles.levels(width, height)[0])


def _subtitles(storage: Storage, parts: Parts, language: str | None) -> Iterator[Subtitles]:
    for tag, part in parts.captions.items():
        if kept := storage.path(part.name):
            said = tuple(captions.spoken(kept.read_bytes()))
            yield Subtitles(tag, endonym(tag), addresses.media(part.name), tag == language, said)
