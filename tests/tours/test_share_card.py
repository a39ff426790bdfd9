"""A link that is shared shows the stop's picture, its title and its museum, light enough for any phone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from guide.tours.share_card import HEAVIEST, share_card
from guide.tours.typesetting import MissingGlyphs, UnreadablePicture

pytestmark = pytest.mark.slow

TITLE = "Trại Phú Hải"
MUSEUM = "Di tích Nhà tù Côn Đảo"
PAPER, INK, LACQUER, GOLD = (0xF4, 0xEA, 0xD7), (0x2B, 0x23, 0x20), (0x8F, 0x2D, 0x22), (0xC9, 0x96, 0x2F)
GREEN = (0, 128, 0)
MIDDLE_OF_PICTURE = (900, 315)
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 40"><rect width="64" height="40" fill="#008000"/></svg>'
)


def card(image: bytes | None = None, title: str = TITLE, museum: str = MUSEUM, language: str = "vi") -> Image.Image:
    png = share_card(title, museum, image, language, None)
    assert len(png) <= HEAVIEST
    picture = Image.open(BytesIO(png))
    assert picture.format == "PNG"
    return picture.convert("RGB")


def photo(kind: str, pixels: np.ndarray) -> bytes:
    into = BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(into, kind)
    return into.getvalue()


def plain(width: int = 300, height: int = 200) -> np.ndarray:
    return np.full((height, width, 3), GREEN)


def noise() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (900, 1400, 3))


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(None, id="none"),
        pytest.param(DRAWING, id="svg"),
        pytest.param(photo("PNG", plain()), id="png"),
        pytest.param(photo("JPEG", plain()), id="jpg"),
        pytest.param(photo("PNG", noise()), id="noise"),
    ],
)
def test_a_card_is_1200_by_630_and_light_whatever_its_picture(image: bytes | None):
    assert card(image).size == (1200, 630)


@pytest.mark.parametrize("image", [DRAWING, photo("PNG", plain()), photo("PNG", plain(100, 900))])
def test_the_picture_is_on_the_card(image: bytes):
    assert card(image).getpixel(MIDDLE_OF_PICTURE) == GREEN
    assert card(None).getpixel(MIDDLE_OF_PICTURE) != GREEN


def test_a_drawing_is_shown_whole_in_a_frame_and_a_photo_fills_its_side():
    corner = (1195, 5)

    assert card(DRAWING).getpixel(corner) != GREEN
    assert card(photo("PNG", plain())).getpixel(corner) == GREEN


@pytest.mark.parametrize("image", [None, DRAWING, photo("PNG", noise())])
def test_a_card_keeps_the_colours_of_the_pages_even_beside_a_loud_photo(image: bytes | None):
    text_side = card(image).crop((0, 0, 590, 630))
    colours = {colour for _, colour in text_side.getcolors(1 << 20) or []}

    assert {PAPER, INK, LACQUER, GOLD} <= colours


@pytest.mark.parametrize(
    ("language", "title"),
    [("vi", "Ẩm thực ở Đình Ắt Ngữ, Vũng Tàu " * 7), ("en", "A" * 200), ("zh", "昆岛监狱" * 50), ("th", "พิพิธภัณฑ์" * 20)],
)
@pytest.mark.parametrize("image", [None, DRAWING])
def test_an_overlong_title_stays_on_the_text_side(language: str, title: str, image: bytes | None):
    picture = np.asarray(card(image, title=title, museum=title, language=language))
    gutter = picture[:, 560:596] if image else picture[:, 1000:1100]

    darkest = gutter.sum(axis=2).min()

    assert darkest > sum(INK) * 2
    assert (picture[:40, :560] == PAPER).all()
    assert (picture[-40:, :560] == PAPER).all()


def test_a_title_in_another_script_looks_different_by_language():
    assert card(title="骨直", language="zh").tobytes() != card(title="骨直", language="ja").tobytes()


def test_the_same_stop_has_the_same_card():
    assert share_card(TITLE, MUSEUM, DRAWING, "vi", None) == share_card(TITLE, MUSEUM, DRAWING, "vi", None)


def test_a_card_with_a_missing_letter_is_refused(tmp_path: Path):
    with pytest.raises(MissingGlyphs):
        share_card("昆岛监狱", MUSEUM, None, "zh", tmp_path)


def test_a_card_with_a_broken_picture_is_refused():
    with pytest.raises(UnreadablePicture):
        share_card(TITLE, MUSEUM, b"not a picture", "vi", None)
