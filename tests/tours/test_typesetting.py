"""What is printed is what was written: no box for a letter, no word taken for markup, the same bytes each time."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from guide.tours import typesetting
from guide.tours.typesetting import MissingGlyphs, Sheet, UnreadablePicture, cure, lettering, one_line

MARKUP = '#panic("out") *bold* $x$ \\ @ref <mark> // never "quoted" `raw` #sys.inputs'


@pytest.fixture
def no_fonts(tmp_path: Path) -> Path:
    """An empty folder: what is left are the fonts inside typst, which know Latin and Cyrillic letters."""
    return tmp_path


def card(title: str, language: str = "vi", picture: bytes | None = None) -> Sheet:
    kind = None if picture is None else "drawing"
    words = {"title": title, "museum": "Bảo tàng", "lettering": lettering(language), "picture": kind}
    return Sheet("card.typ", words, picture)


def drawing(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 40">{inside}</svg>'.encode()


def printed(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return one_line(text.replace("\u200b", ""))


def test_a_missing_letter_is_refused_by_name_with_its_cure(no_fonts: Path):
    with pytest.raises(MissingGlyphs) as refused:
        typesetting.pdf(card("Côn Đảo 昆岛 ไทย 岛", "zh"), no_fonts)

    assert set(refused.value.facts["characters"]) == set("昆岛ไทย")
    assert len(refused.value.facts["characters"]) == 5
    assert refused.value.facts["cure"] == "fonts-noto-cjk, fonts-noto-core"


def test_a_picture_is_refused_for_a_missing_letter_like_a_page(no_fonts: Path):
    with pytest.raises(MissingGlyphs):
        typesetting.pictures(card("昆岛", "zh"), no_fonts, 72)


def test_a_missing_letter_inside_a_drawing_is_refused_too():
    with pytest.raises(MissingGlyphs):
        typesetting.pdf(card("Côn Đảo", picture=drawing('<text y="20">\uf8ff</text>')), None)


def test_a_letter_that_no_font_in_the_world_draws_is_refused_by_name():
    with pytest.raises(MissingGlyphs) as refused:
        typesetting.pdf(card("Côn Đảo \uf8ff"), None)

    assert refused.value.facts == {"characters": "\uf8ff", "cure": "GUIDE_FONTS"}


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Nhà tù Côn Đảo: Ẩm, Ở, Ặc, Ữ, đ", "vi"),
        ("Тюрьма на острове Кондао", "ru"),
        ("Le bagne de Poulo-Condor œ", "fr"),
    ],
)
def test_latin_and_cyrillic_letters_print_on_a_machine_without_any_font(title: str, language: str, no_fonts: Path):
    assert one_line(title) in printed(typesetting.pdf(card(title, language), no_fonts))


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("昆岛监狱", "zh"),
        ("崑島監獄", "zh-TW"),
        ("コンダオ刑務所", "ja"),
        ("꼰다오 감옥", "ko"),
        ("เรือนจำ", "th"),
        ("Êđê Čư", "rad"),
    ],
)
def test_every_script_of_the_guide_prints_with_the_noto_fonts(title: str, language: str):
    read = printed(typesetting.pdf(card(title, language), None))

    assert set(unicodedata.normalize("NFKD", title)) <= set(unicodedata.normalize("NFKD", read))


def test_what_a_museum_writes_is_never_taken_for_markup():
    assert MARKUP.replace(" ", "") in printed(typesetting.pdf(card(MARKUP), None)).replace(" ", "")


def test_the_same_sheet_gives_the_same_bytes():
    assert typesetting.pdf(card("Côn Đảo 昆岛"), None) == typesetting.pdf(card("Côn Đảo 昆岛"), None)


def test_a_page_is_tagged_and_says_its_language_and_title():
    reader = PdfReader(BytesIO(typesetting.pdf(card("昆岛监狱", "zh-CN"), None)))

    assert reader.metadata is not None
    assert reader.metadata.title == "昆岛监狱"
    assert str(reader.root_object["/Lang"]).startswith("zh")
    assert "/StructTreeRoot" in reader.root_object


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"not a picture", id="words"),
        pytest.param(b"\x89PNG\r\n\x1a\nbroken", id="a broken PNG"),
        pytest.param(b"\xff\xd8\xff\xe0broken", id="a broken JPEG"),
        pytest.param(drawing("<g>"), id="a broken SVG"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(picture: bytes):
    with pytest.raises(UnreadablePicture):
        typesetting.pdf(card("Côn Đảo", picture=picture), None)


@pytest.mark.parametrize("start", ["{folder}/", "file://{folder}/", "../{name}/", "https://museum.example/"])
def test_a_drawing_fetches_no_other_file_of_the_machine_nor_of_the_network(start: str, tmp_path: Path):
    Image.new("RGB", (8, 8), "red").save(tmp_path / "secret.png")
    address = start.format(folder=tmp_path, name=tmp_path.name) + "secret.png"

    with pytest.raises(UnreadablePicture):
        typesetting.pdf(card("Côn Đảo", picture=drawing(f'<image href="{address}" width="8" height="8"/>')), None)


@pytest.mark.parametrize(
    ("characters", "packages"),
    [
        ("昆", "fonts-noto-cjk"),
        ("コ한ㄅ、", "fonts-noto-cjk"),
        ("ไ", "fonts-noto-core"),
        ("😀", "fonts-noto-color-emoji"),
        ("\uf8ff", "GUIDE_FONTS"),
        ("ไ昆", "fonts-noto-cjk, fonts-noto-core"),
    ],
)
def test_the_cure_names_what_brings_the_letter(characters: str, packages: str):
    assert cure(characters) == packages


@pytest.mark.parametrize(
    ("language", "spoken", "family"),
    [
        ("vi", "vi", "Noto Serif CJK SC"),
        ("zh-CN", "zh", "Noto Serif CJK SC"),
        ("zh-Hant", "zh", "Noto Serif CJK TC"),
        ("zh-HK", "zh", "Noto Serif CJK TC"),
        ("ja", "ja", "Noto Serif CJK JP"),
        ("ko-KR", "ko", "Noto Serif CJK KR"),
        ("rad", "rad", "Noto Serif CJK SC"),
        ("x-private", "und", "Noto Serif CJK SC"),
    ],
)
def test_chinese_characters_take_the_shapes_of_the_language(language: str, spoken: str, family: str):
    assert lettering(language)["lang"] == spoken
    assert lettering(language)["font"][1] == family
