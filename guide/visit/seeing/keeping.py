"""What visitors are given of a file that can be looked at: each part is made once, under a name that says of what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from PIL import Image, ImageOps

from guide.storage import Storage
from guide.tours.catalogue import Museum
from guide.tours.content import Seeing, Stop
from guide.tours.originals import original
from guide.visit.seeing import films, large_pictures, tiles
from guide.visit.seeing.sketch import sketch

MAKING = "1"
"""How parts are made; part of their names."""
POSTER = (640, 400)
Make = Callable[[bytes], bytes | None]


@dataclass(frozen=True)
class Part:
    """`seen/…`, or `media/…` for a poster, which is a picture like any other."""

    name: str
    path: str
    """The file in the museum's folder that it is made of."""
    make: Make


@dataclass(frozen=True)
class Parts:
    """`view` is what a viewer shows, `plain` what can be kept as a file."""

    poster: Part
    view: Part
    plain: Part
    captions: Mapping[str, Part]

    def all(self) -> Iterator[Part]:
        yield from {part.name: part for part in (self.poster, self.view, self.plain, *self.captions.values())}.values()


def show_views(storage: Storage, museum: Museum) -> None:
    """Make each part that is not there yet. Only stops that have something to see are read."""
    for path in museum.parts.speaking_of("stops/", "seeing"):
        stop = museum.parts[path]
        assert isinstance(stop, Stop)
        for part in _wanted(museum, stop):
            if storage.path(part.name) is None and storage.path(_without(part)) is None:
                made = part.make(original(storage, part.path, museum.manifest.files[part.path]))
                storage.put(_without(part) if made is None else part.name, made or b"")


def _without(part: Part) -> str:
    """Stands where a part was tried and cannot be made, so that it is not tried again."""
    return f"{part.name}.none"


def _wanted(museum: Museum, stop: Stop) -> Iterable[Part]:
    for seen in stop.seeing if stop.withdrawn is None else ():
        if found := parts_of(museum, stop, seen):
            yield from found.all()


def parts_of(museum: Museum, stop: Stop, seen: Seeing) -> Parts | None:
    """None for what is nothing but words."""
    if seen.file is None:
        return None
    path, ending = f"stops/{stop.slug}/{seen.file}", seen.file.rsplit(".", 1)[-1].lower()
    of = museum.manifest.files[path]
    view, view_ending, make = _VIEWS[seen.kind]
    shown = Part(_name(view, of, view_ending or ending), path, _with_ending(make, ending))
    return Parts(
        poster=Part(_name(f"poster-{seen.kind}", of, "webp", "media"), path, _with_ending(_POSTERS[seen.kind], ending)),
        view=shown,
        plain=Part(_name("whole", of, "jpg"), path, large_pictures.whole) if seen.kind == "deepzoom" else shown,
        captions=_captions(museum, stop, seen),
    )


def _captions(museum: Museum, stop: Stop, seen: Seeing) -> dict[str, Part]:
    paths = {tag: f"stops/{stop.slug}/{file}" for tag, file in seen.captions.items()}
    files = museum.manifest.files
    return {tag: Part(_name("captions", files[path], "vtt"), path, bytes) for tag, path in paths.items()}


def _name(making: str, of: str, ending: str, under: str = "seen") -> str:
    return f"{under}/{hashlib.sha256(f'{MAKING}:{making}:{of}'.encode()).hexdigest()[:32]}.{ending}"


def _with_ending(make: Callable[[bytes, str], bytes | None], ending: str) -> Make:
    return lambda raw: make(raw, ending)


def _poster(image: Image.Image) -> bytes:
    return large_pictures.packed(ImageOps.fit(image, POSTER, Image.Resampling.LANCZOS), 72)


def _of_picture(raw: bytes, _: str) -> bytes:
    return _poster(large_pictures.opened(raw))


def _of_panorama(raw: bytes, _: str) -> bytes:
    """What stands straight ahead."""
    image = large_pictures.opened(raw)
    box = (image.width * 0.34, image.height * 0.27, image.width * 0.66, image.height * 0.67)
    return _poster(image.crop(tuple(round(side) for side in box)))  # type: ignore[arg-type]  # four sides


def _of_film(raw: bytes, ending: str) -> bytes | None:
    try:
        return _poster(films.still(raw, ending))
    except (OSError, ValueError):  # a film may break off before its first quarter
        return None


def _of_model(raw: bytes, _: str) -> bytes | None:
    drawn = sketch(raw)
    return _poster(drawn) if drawn else None


_POSTERS: dict[str, Callable[[bytes, str], bytes | None]] = {
    "deepzoom": _of_picture,
    "panorama": _of_panorama,
    "sign": _of_film,
    "model": _of_model,
}
_VIEWS: dict[str, tuple[str, str, Callable[[bytes, str], bytes]]] = {
    "deepzoom": ("tiles", "zip", lambda raw, _: tiles.pyramid(large_pictures.opened(raw))),
    "panorama": ("around", "webp", lambda raw, _: large_pictures.around(raw)),
    "sign": ("film", "", films.cleaned),
    "model": ("model", "glb", lambda raw, _: raw),
}
