"""A printed label leads to its stop: by its square, by its number, by its code, by its tag."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import product

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfReader

from guide.tours.codes import derive
from guide.tours.labels import (
    LONGEST_ADDRESS,
    QUIET_MODULES,
    AddressTooLong,
    Label,
    NothingToPrint,
    Size,
    label_pictures,
    label_sheet,
)
from guide.tours.typesetting import MissingGlyphs

pytestmark = pytest.mark.slow

SIZES: tuple[Size, ...] = ("a4", "sticker")
PIXELS_PER_INCH = 200
LABEL = Label(
    url="https://thamquan.condao.example/q/Z33ZQFQ",
    number=101,
    code="Z33ZQFQ",
    title="Trại Phú Hải",
    museum="Di tích Nhà tù Côn Đảo",
    language="vi",
)
OVERLONG = {
    "vi": "Ẩm thực ở Đình Ắt Ngữ, phường Vũng Tàu " * 5,
    "en": "Incomprehensibilities" * 10,
    "de": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3,
    "zh": "昆岛监狱" * 50,
    "ja": "コンダオ刑務所の歴史" * 20,
    "ko": "꼰다오 감옥의 역사와 " * 18,
    "th": "พิพิธภัณฑ์อาวุธโลก" * 12,
    "ru": "Достопримечательность " * 9,
}
LONGEST_HOST = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 61])
LONG_URLS = [
    f"https://{LONGEST_HOST}/q/Z33ZQFQ",
    "https://museum.example/" + "W" * (LONGEST_ADDRESS - 33) + "/q/Z33ZQFQ",
    "https://bảo-tàng.example/tham-quan/q/Z33ZQFQ",
    "http://localhost:8000/q/Z33ZQFQ",
]


def looked_at(labels: list[Label], size: Size) -> list[NDArray[np.uint8]]:
    pages = label_pictures(labels, size, None, PIXELS_PER_INCH)
    return [np.asarray(Image.open(BytesIO(page)).convert("L")) for page in pages]


def scanned(page: NDArray[np.uint8]) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(page)]


def read(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u200b", "") for page in PdfReader(BytesIO(pdf)).pages]


def many(count: int) -> list[Label]:
    codes = [derive("con-dao", f"stop-{n}") for n in range(count)]
    return [
        replace(LABEL, url=f"https://guide.example/q/{code}", code=code, number=100 + n) for n, code in enumerate(codes)
    ]


@pytest.mark.parametrize(("size", "pages"), [("a4", 2), ("sticker", 11)])
def test_every_square_of_every_page_leads_to_its_stop(size: Size, pages: int):
    labels = many(11)

    looked = looked_at(labels, size)

    assert len(looked) == pages
    assert sorted(url for page in looked for url in scanned(page)) == sorted(label.url for label in labels)


@pytest.mark.parametrize(("size", "url"), list(product(SIZES, LONG_URLS)))
def test_the_longest_address_is_scanned_and_is_printed_whole(size: Size, url: str):
    label = replace(LABEL, url=url)

    [page] = looked_at([label], size)
    [text] = read(label_sheet([label], size, None))

    assert scanned(page) == [url]
    assert url in "".join(text.split())


@pytest.mark.parametrize("size", SIZES)
def test_an_address_too_fine_for_a_camera_is_refused(size: Size):
    with pytest.raises(AddressTooLong) as refused:
        label_sheet([replace(LABEL, url="https://museum.example/" + "a" * LONGEST_ADDRESS)], size, None)

    assert refused.value.facts["longest"] == LONGEST_ADDRESS


@pytest.mark.parametrize("size", SIZES)
def test_a_label_says_in_text_what_a_visitor_types_and_what_staff_write_to_a_tag(size: Size):
    [text] = read(label_sheet([replace(LABEL, number=7)], size, None))

    assert {"007", LABEL.code, LABEL.title, LABEL.museum} <= set(text.splitlines())
    assert f"NFC{LABEL.url}" in "".join(text.split())


@pytest.mark.parametrize("size", SIZES)
def test_a_label_is_drawn_in_vectors(size: Size):
    [page] = PdfReader(BytesIO(label_sheet([LABEL], size, None))).pages

    assert list(page.images) == []


def test_a_sticker_is_sixty_millimetres_square_and_a_sheet_is_a4():
    [sticker] = PdfReader(BytesIO(label_sheet([LABEL], "sticker", None))).pages
    [sheet] = PdfReader(BytesIO(label_sheet([LABEL], "a4", None))).pages

    assert [round(float(side) / 72 * 25.4) for side in sticker.mediabox[2:]] == [60, 60]
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]


@pytest.mark.parametrize("language", OVERLONG)
def test_an_overlong_title_stays_inside_its_label(language: str):
    title = OVERLONG[language]
    label = replace(LABEL, title=title, museum=title, number=12345, code="WWMMQWM", language=language)
    border = round(3 / 25.4 * PIXELS_PER_INCH)

    [page] = looked_at([label], "sticker")

    assert len(title) >= 195
    assert page[border:-border, border:-border].min() == 0
    assert page[:border].min() == page[-border:].min() == page[:, :border].min() == page[:, -border:].min() == 255


@pytest.mark.parametrize("language", OVERLONG)
def test_neighbours_on_a_sheet_do_not_touch(language: str):
    title = OVERLONG[language]
    label = replace(LABEL, title=title, museum=title, number=12345, code="WWMMQWM", language=language)
    across, down = ((round(mm / 25.4 * PIXELS_PER_INCH) for mm in edge) for edge in ([13, 105, 197], [12.5, 80.5]))
    (_, middle, _), (top, bottom), arm = tuple(across), tuple(down), round(3 / 25.4 * PIXELS_PER_INCH)

    [page] = looked_at([label] * 8, "a4")

    assert page[top + arm : bottom - arm, middle - arm : middle + arm].min() == 255
    assert page[bottom - arm : bottom + arm, arm + round(13 / 25.4 * PIXELS_PER_INCH) : middle - arm].min() == 255


@pytest.mark.parametrize("title", [*OVERLONG.values(), "gấp gỡ " * 9, "gấp gỡ " * 8, "昆" * 25])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_stands_in_the_quiet_zone_of_a_square(size: Size, title: str):
    [page] = looked_at([replace(LABEL, title=title, museum="g" * 30)], size)
    [found] = zxingcpp.read_barcodes(page)
    corners = found.position
    left, right, top, bottom = corners.top_left.x, corners.top_right.x, corners.top_left.y, corners.bottom_left.y
    modules = {"a4": 29, "sticker": 33}[size]
    quiet = round((right - left) / modules * (QUIET_MODULES - 0.5))

    around = page[top - quiet : bottom + quiet, left - quiet : right + quiet].copy()
    around[quiet - 2 : -quiet + 2, quiet - 2 : -quiet + 2] = 255

    assert around.min() == 255


def test_an_overlong_title_ends_in_an_ellipsis_after_two_lines_and_a_short_one_does_not():
    [overlong] = read(label_sheet([replace(LABEL, title=OVERLONG["vi"])], "sticker", None))
    [short] = read(label_sheet([LABEL], "sticker", None))

    assert overlong.count("…") == 1
    assert [line.endswith("…") for line in overlong.splitlines()[:2]] == [False, True]
    assert "…" not in short


def test_red_is_the_only_accent():
    [page] = label_pictures([LABEL], "sticker", None, PIXELS_PER_INCH)
    colours = Image.open(BytesIO(page)).convert("RGB").getcolors(1 << 20) or []
    tinted = [colour for count, colour in colours if count > 1000 and len(set(colour)) > 1]

    assert np.allclose(tinted, [(0x8F, 0x2D, 0x22)], atol=2)


def test_labels_of_several_languages_share_a_sheet():
    labels = [replace(LABEL, title=title[:8], language=language) for language, title in OVERLONG.items()]

    [text] = read(label_sheet(labels, "a4", None))

    assert all(
        one[:4] in text for one in (label.title for label in labels if label.language in ("vi", "zh", "ja", "ru"))
    )


def test_a_letter_that_cannot_be_printed_is_refused_before_a_sheet_is_wasted():
    with pytest.raises(MissingGlyphs):
        label_sheet([LABEL, replace(LABEL, title="Trại \uf8ff")], "a4", None)


def test_a_sheet_without_labels_is_refused():
    with pytest.raises(NothingToPrint):
        label_sheet([], "a4", None)
