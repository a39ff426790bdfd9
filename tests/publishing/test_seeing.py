"""What can be looked at is refused with file and line where no viewer could show it, and else kept whole."""

from __future__ import annotations

import io
import os
import resource
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guide.database import Database
from guide.language import shipped_messages
from guide.publishing.deriving import show_views
from guide.publishing.folder import read_folder
from guide.publishing.mistakes import ContentMistakes
from guide.storage import Folder
from guide.visit.seeing import films, large_pictures, tiles
from guide.visit.seeing.keeping import parts_of
from guide.visit.seeing.models import MOST_TRIANGLES
from guide.visit.seeing.sketch import sketch
from tests.museum import NOW, SMALLEST, SVG, Files, Publishing, nothing, tree, write
from tests.views import CAPTIONS, film, glb, photographed, picture

pytestmark = pytest.mark.slow


@pytest.fixture
def database(new_sqlite: Callable[[], str]) -> Iterator[Database]:
    """What is made of files does not hang on the kind of database; `test_export.py` goes through both."""
    opened = Database(new_sqlite())
    yield opened
    opened.engine.dispose()


SHEET = "seeing:\n  - kind: {kind}\n    file: {file}\n    alt: {{vi: Lò nung}}\n"
SIGNED = SHEET.format(kind="sign", file="film.webm") + "    captions: {vi: film.vtt}\n"
FILM = film()


def shown(kind: str, file: str, body: bytes | str) -> Files:
    return {**SMALLEST, "stops/one/stop.yaml": SHEET.format(kind=kind, file=file), f"stops/one/{file}": body}


def signed(body: bytes = FILM, captions: str | bytes = CAPTIONS, file: str = "film.webm") -> Files:
    sheet = SIGNED.replace("film.webm", file)
    return {**SMALLEST, "stops/one/stop.yaml": sheet, f"stops/one/{file}": body, "stops/one/film.vtt": captions}


def named(uri: str) -> dict[str, Any]:
    return {"images": [{"uri": uri}]}


PICTURE = picture(2000, 1000)
EVERYTHING: Files = {
    **SMALLEST,
    "stops/one/stop.yaml": """
        seeing:
          - {kind: model, file: pot.glb, title: {vi: Cái chum}, alt: {vi: Một tam giác}}
          - {kind: panorama, file: yard.jpg, alt: {vi: Sân lò}}
          - {kind: deepzoom, file: wall.jpg, alt: {vi: Tường lò}, credit: Làng Gốm}
          - {kind: sign, file: film.webm, alt: {vi: Người thợ kể}, captions: {vi: film.vtt}}
          - {kind: description, alt: {vi: "Lò cao ba thước.\\n\\nMiệng lò quay về sông."}}
    """,
    "stops/one/pot.glb": glb(),
    "stops/one/yard.jpg": PICTURE,
    "stops/one/wall.jpg": photographed(2400, 1500),
    "stops/one/film.webm": FILM,
    "stops/one/film.vtt": CAPTIONS,
}

MISTAKES = [
    (shown("model", "a.glb", b"glTF"), "a.glb:1 model-broken"),
    (shown("model", "a.glb", glb()[:-8]), "a.glb:1 model-broken"),
    (shown("model", "a.glb", glb(version=1)), "a.glb:1 model-broken"),
    (shown("model", "a.glb", glb({"meshes": []})), "a.glb:1 model-broken"),
    (shown("model", "a.glb", glb({"bufferViews": [{"buffer": 0, "byteLength": 9999}]})), "a.glb:1 model-broken"),
    (shown("model", "a.gltf", "{}"), "a.gltf:1 model-format"),
    (shown("model", "a.glb", glb(named("clay.png"))), "a.glb:1 model-elsewhere"),
    (shown("model", "a.glb", glb(named("https://example.vn/clay.png"))), "a.glb:1 model-elsewhere"),
    (shown("model", "a.glb", glb({"buffers": [{"byteLength": 36, "uri": "a.bin"}]})), "a.glb:1 model-elsewhere"),
    (shown("model", "a.glb", glb({"extensionsRequired": ["KHR_audio"]})), "a.glb:1 model-demands"),
    (shown("model", "a.glb", glb({"accessors": [{"count": 3 * MOST_TRIANGLES + 3}]})), "a.glb:1 model-crowded"),
    (shown("panorama", "a.jpg", picture(2000, 1500)), "a.jpg:1 panorama-shape"),
    (shown("panorama", "a.jpg", photographed(2000, 1000)), "a.jpg:1 panorama-shape"),
    (shown("panorama", "a.jpg", picture(800, 400)), "a.jpg:1 panorama-small"),
    (shown("panorama", "a.jpg", PICTURE[:9000]), "a.jpg:1 picture-broken"),
    (shown("panorama", "a.svg", SVG), "a.svg:1 large-picture-format"),
    (shown("deepzoom", "a.svg", SVG), "a.svg:1 large-picture-format"),
    (shown("deepzoom", "a.jpg", picture(900, 900)), "a.jpg:1 zoom-small"),
    (shown("deepzoom", "a.png", PICTURE), "a.png:1 picture-broken"),
    (signed(b"\0\1\2"), "film.webm:1 film-format"),
    (signed(FILM[:60]), "film.webm:1 film-format"),
    (signed(file="film.mp4"), "film.mp4:1 film-format"),
    (signed(file="film.avi"), "film.avi:1 film-format"),
    (signed(film("mpeg4", "mp4"), file="film.mp4"), "film.mp4:1 film-codec"),
    (signed(film(shades="yuv444p")), "film.webm:1 film-codec"),
    (signed(film(side=2000)), "film.webm:1 film-side"),
    (signed(captions="1\n00:00:01,000 --> 00:00:02,000\nXin chào\n"), "film.vtt:1 captions-head"),
    (signed(captions="WEBVTT\n\n00:01.000 --> 00:00.500\nXin chào\n"), "film.vtt:3 captions-time"),
    (signed(captions="WEBVTT\n\n0:1 --> 0:2\nXin chào\n"), "film.vtt:3 captions-time"),
    (signed(captions="WEBVTT\n\n00:01.000 --> 00:02.000\n\n"), "film.vtt:3 captions-empty"),
    (signed(captions="WEBVTT\n"), "film.vtt:1 captions-empty"),
    (signed(captions=b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\n"), "film.vtt:1 not-utf8"),
]


@pytest.mark.parametrize(("files", "told"), MISTAKES, ids=[told for _, told in MISTAKES])
def test_a_file_that_no_viewer_could_show_is_named(tmp_path: Path, files: Files, told: str) -> None:
    assert mistakes(tmp_path, files) == [f"stops/one/{told}"]


SHEETS = [
    ("seeing:\n  - kind: model\n    alt: {vi: A}\n", "2 view-without-file"),
    ("seeing:\n  - kind: model\n    file: a.glb\n", "2 missing-key"),
    ("seeing:\n  - kind: model\n    alt: {vi: A}\n    file: a.glb\n", "4 names-missing-file"),
    ("seeing:\n  - kind: description\n    alt: {vi: A}\n    file: a.txt\n", "2 description-file"),
    ("seeing:\n  - kind: description\n    alt: {vi: A}\n    captions: {vi: a.vtt}\n", "2 captions-unneeded"),
    ("seeing:\n  - kind: sign\n    file: film.webm\n    alt: {vi: A}\n", "2 film-without-captions"),
    ("seeing:\n  - kind: sign\n    file: film.webm\n    captions: {vi: film.vtt}\n", "2 missing-key"),
    (SIGNED.replace("{vi: film.vtt}", "{vi: none.vtt}"), "5 names-missing-file"),
    (SIGNED.replace("{vi: film.vtt}", "{vi: film.vtt, fr: film.vtt}"), "5 strange-language"),
    (f"seeing:\n  - kind: description\n    alt: {{vi: {'a' * 5001}}}\n", "3 too-long"),
]


@pytest.mark.parametrize(("sheet", "told"), SHEETS, ids=[told for _, told in SHEETS])
def test_a_mistake_in_the_sheet_is_named_with_its_line(tmp_path: Path, sheet: str, told: str) -> None:
    there = {"stops/one/film.webm": FILM, "stops/one/film.vtt": CAPTIONS}

    assert mistakes(tmp_path, {**SMALLEST, **there, "stops/one/stop.yaml": sheet}) == [f"stops/one/stop.yaml:{told}"]


@pytest.mark.parametrize(("kind", "file", "megabytes"), [("model", "a.glb", 21), ("sign", "a.mp4", 101)])
def test_a_file_that_is_too_large_is_refused_without_reading_it(
    tmp_path: Path, kind: str, file: str, megabytes: int
) -> None:
    root = write(tmp_path / "lang-gom", shown(kind, file, b""))
    with (root / "stops/one" / file).open("wb") as large:
        large.truncate(megabytes << 20)

    with pytest.raises(ContentMistakes) as caught:
        read_folder(root, root.name)

    told = [mistake.said(shipped_messages(), "en") for mistake in caught.value.mistakes if mistake.kind == "too-large"]
    assert len(told) == 1
    assert f"{megabytes} MB" in told[0]


@pytest.mark.parametrize("codec", [("libx264", "mp4"), ("libvpx-vp9", "webm"), ("libvpx", "webm")])
def test_what_phones_play_is_taken(tmp_path: Path, codec: tuple[str, str]) -> None:
    assert mistakes(tmp_path, signed(film(*codec), file=f"film.{codec[1]}")) == []


def test_it_comes_back_byte_for_byte_and_publishes_to_the_same_edition(publishing: Publishing, tmp_path: Path) -> None:
    edition = publishing(EVERYTHING).edition
    folder = publishing.export(tmp_path / "out" / "lang-gom")

    again = publishing.press.publish(folder, "lang-gom", NOW, nothing)

    assert again.edition == edition
    for name in ("pot.glb", "yard.jpg", "wall.jpg", "film.webm"):
        assert (folder / "stops/one" / name).read_bytes() == EVERYTHING[f"stops/one/{name}"]


def test_what_visitors_get_is_made_once_and_gone_on_with_after_a_break(publishing: Publishing) -> None:
    publishing(EVERYTHING)
    storage, museum = publishing.press.storage, publishing.museum
    show_views(storage, museum)
    whole = {name: body for name, body in tree(folder_of(storage)).items() if not name.startswith("files/")}
    made = {name: (folder_of(storage) / name).stat().st_mtime_ns for name in whole}
    lost = sorted(whole)[::2]
    for name in lost:
        storage.remove(name)

    show_views(storage, museum)

    assert {name: (folder_of(storage) / name).read_bytes() for name in whole} == whole
    assert [name for name in whole if (folder_of(storage) / name).stat().st_mtime_ns != made[name]] == lost


@pytest.mark.parametrize("corner", [float("nan"), 3e38])
def test_a_model_whose_corners_are_nowhere_has_no_poster(corner: float) -> None:
    assert sketch(glb(binary=struct.pack("<9f", 0, 0, 0, corner, 0, 0, 0, 1, 0))) is None


def test_a_stop_with_nothing_to_look_at_is_not_even_read(publishing: Publishing) -> None:
    files = {f"stops/stop-{number}/vi.md": "# Điểm\n\nCó chữ seeing: mà không có gì để xem.\n" for number in range(20)}
    publishing({**EVERYTHING, **files})

    assert publishing.museum.parts.speaking_of("stops/", "seeing") == ["stops/one"]  # type: ignore[attr-defined]


def test_no_place_where_a_picture_or_film_was_taken_is_given_out(publishing: Publishing) -> None:
    here = b"+10.5000+107.1000/"
    filmed = film(place=here.decode())
    assert here in filmed
    publishing({**EVERYTHING, "stops/one/film.webm": filmed, "stops/one/yard.jpg": photographed(1500, 3000)})

    show_views(publishing.press.storage, publishing.museum)

    given = {
        name: body for name, body in tree(folder_of(publishing.press.storage)).items() if not name.startswith("files/")
    }
    assert sorted(name.rsplit(".", 1)[-1] for name in given) == ["glb", "jpg", "vtt", "webm", *5 * ["webp"], "zip"]
    assert not [name for name, body in given.items() if b"Exif" in body or here in body]


def test_a_large_picture_is_cut_into_tiles_that_give_it_back(publishing: Publishing) -> None:
    publishing(EVERYTHING)
    storage, stop = publishing.press.storage, publishing.museum.stop("one")
    show_views(storage, publishing.museum)
    assert stop is not None
    parts = parts_of(publishing.museum, stop, stop.seeing[2])
    pack = storage.path(parts.view.name) if parts else None
    assert pack is not None

    width, height = tiles.sides(pack)
    coarsest, finest = tiles.levels(width, height)
    laid = Image.new("RGB", (width, height))
    for across in range(-(-width // tiles.TILE)):
        for down in range(-(-height // tiles.TILE)):
            body = tiles.tile(pack, f"{finest}/{across}_{down}.webp")
            assert body is not None
            laid.paste(Image.open(io.BytesIO(body)), (across * tiles.TILE, down * tiles.TILE))

    assert (width, height) == (1500, 2400)  # it lay on its side
    assert tiles.tile(pack, f"{coarsest}/0_0.webp")
    assert tiles.tile(pack, f"{finest + 1}/0_0.webp") is None
    whole = large_pictures.opened(photographed(2400, 1500))
    difference = [abs(one - other) for one, other in zip(small(laid), small(whole), strict=True)]
    assert max(difference) < 12


def test_a_film_begins_to_play_before_it_is_all_there() -> None:
    cleaned = films.cleaned(film("libx264", "mp4"), "mp4")

    assert 0 < cleaned.index(b"moov") < cleaned.index(b"mdat")


def test_a_picture_of_48_million_points_takes_no_gigabyte(tmp_path: Path) -> None:
    (tmp_path / "large.jpg").write_bytes(picture(8000, 6000))
    program = (
        "import sys; from pathlib import Path; from guide.visit.seeing import large_pictures, tiles\n"
        "raw = Path(sys.argv[1]).read_bytes(); assert large_pictures.deep_flaw(raw, 'jpg') is None\n"
        "print(len(tiles.pyramid(large_pictures.opened(raw))), len(large_pictures.whole(raw)))"
    )

    def limited() -> None:
        os.nice(5)
        resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))

    command = [sys.executable, "-c", program, str(tmp_path / "large.jpg")]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited)

    assert done.returncode == 0, done.stderr


def mistakes(folder: Path, files: Files) -> list[str]:
    root = write(folder / "lang-gom", files)
    try:
        read_folder(root, root.name)
    except ContentMistakes as error:
        return [f"{mistake.file}:{mistake.line} {mistake.kind}" for mistake in error.mistakes]
    return []


def folder_of(storage: object) -> Path:
    assert isinstance(storage, Folder)
    return storage.root


def small(image: Image.Image) -> bytes:
    return image.resize((30, 48)).convert("L").tobytes()
