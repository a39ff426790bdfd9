"""Every displayed word has its place and its sound, whatever the text."""

import random
import time
import unicodedata
from pathlib import Path

import pytest

from guide.narration.reading import Reading, read

LANGUAGES = ["vi", "en", "fr", "de", "es", "ru", "zh", "ja", "ko", "th", "rad"]
STOP = (
    "Nhà tù Côn Đảo tồn tại 113 năm (1862–1975). Di tích quốc gia đặc biệt theo QĐ 548/QĐ-TTg ngày 10/5/2012, rộng "
    "110,69 ha. Mở cửa 7h30–16h30, T3–CN; vé 30.000đ, trẻ em 20.000đ. Người M'Nông thế kỷ XVI rất giỏi săn voi."
)


def check_cover(reading: Reading) -> None:
    """In order, without overlap, and nothing that is displayed is left out."""
    end = 0
    for word in reading.words:
        assert end <= word.start < word.end <= len(reading.text)
        assert not visible(reading.text[end : word.start])
        end = word.end
    assert not visible(reading.text[end:])


SAMPLES = sorted((Path(__file__).parents[3] / "content").glob("*/stops/*/*.md"))


def test_every_word_of_the_sample_stops_has_its_place_and_no_digit_reaches_the_voice() -> None:
    assert SAMPLES
    for path in SAMPLES:
        language = path.name.split(".")[0]
        reading = read(path.read_text("utf-8"), language)
        check_cover(reading)
        if language in ("vi", "en"):
            assert not [sign for sign in reading.spoken if sign.isdecimal()], path


def visible(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co", "Cs"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_displayed_word_is_covered_in_order(language: str) -> None:
    check_cover(read(STOP, language))


def test_each_word_says_its_own_part() -> None:
    reading = read("ngày 2/9/1945, UBND TP. Huế", "vi")
    said = [(reading.text[word.start : word.end], word.spoken) for word in reading.words]
    assert said == [
        ("ngày", "ngày"),
        ("2/9/1945,", "hai tháng chín năm một nghìn chín trăm bốn mươi lăm,"),
        ("UBND", "Ủy ban nhân dân"),
        ("TP.", "thành phố"),
        ("Huế", "Huế"),
    ]


def test_offsets_are_into_the_composed_text_with_its_invisible_signs() -> None:
    reading = read("the\u0302\u0301 ky\u0309 X\u200bVI đẹp", "vi")
    assert reading.text == "thế kỷ X\u200bVI đẹp"
    assert [reading.text[word.start : word.end] for word in reading.words] == ["thế", "kỷ", "X\u200bVI", "đẹp"]
    assert reading.spoken == "thế kỷ mười sáu đẹp"


def test_a_word_said_by_its_neighbour_is_silent_itself() -> None:
    reading = read("50 000 lượt", "vi")
    assert [word.spoken for word in reading.words] == ["năm mươi nghìn", "", "lượt"]


def test_chinese_lights_up_in_short_runs() -> None:
    words = read("胡志明市博物馆的主要展览，建于1862年。", "zh").words
    assert all(word.end - word.start <= 6 for word in words)
    assert len(words) > 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_spoken_once_is_spoken_the_same_again(language: str) -> None:
    once = read(STOP, language).spoken
    assert read(once, language).spoken == once


NOTHING = ["", " ", "\n\t", "\u200b", "\x00\x01", "🎉🏛️", "\u202e\u202c", "…", "—", "()", "''"]


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_say_is_no_mistake(text: str, language: str) -> None:
    reading = read(text, language)
    check_cover(reading)
    assert not any(character.isalnum() for character in reading.spoken)


ALPHABETS = [
    "0123456789.,/-–:%°'() ",
    "IVXLCDM .,-–ivx ",
    "năm thế kỷ ngày tháng TK QĐ-TTg 12/3 âm lịch ",
    "in the No. St. Dr. 1945 5pm $€ 19th c. ",
    "دليل المتحف 1945 עברית ",
    "一二三年世紀ぁあア0123 ",
    "\u0000\u0007\u200b\u200f\u202e\ufeff\u0301\u0323ê🎉",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text_at_all_is_read_safely(language: str) -> None:
    chance = random.Random(language)
    for _ in range(150):
        alphabet = chance.choice(ALPHABETS) + "".join(chr(chance.randrange(1, 0x2FFFF)) for _ in range(3))
        check_cover(read("".join(chance.choices(alphabet, k=chance.randrange(1, 60))), language))


def test_no_control_character_reaches_a_voice() -> None:
    spoken = read("Bảo\x07 tàng\u202e mở\ufeff cửa\u200f lúc\x00 7h30", "vi").spoken
    assert spoken == "Bảo tàng mở cửa lúc bảy giờ ba mươi phút"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("unit", ["1", "1.", "XVI, ", "- ", "🎉", "12/", "A.B.", "(", "0123 ", "°", "www.", "x1"])
def test_time_grows_no_faster_than_the_text(language: str, unit: str) -> None:
    """Ten times the text, by this thread's own clock, the best of three; the square would take a hundred times."""
    short, long = (timed(unit * (size // len(unit)), language) for size in (5_000, 50_000))
    assert long < 60 * short + 0.25


def timed(text: str, language: str) -> float:
    return min(once_timed(text, language) for _ in range(3))


def once_timed(text: str, language: str) -> float:
    start = time.thread_time()
    read(text, language)
    return time.thread_time() - start


def test_a_language_without_rules_is_cleaned_and_left() -> None:
    assert read("Dak\x00 Lak  1945\u200b", "rad").spoken == "Dak Lak 1945"


def test_a_region_finds_its_language() -> None:
    assert read("1945年", "zh-CN").spoken == read("1945年", "zh").spoken
    assert read("năm 1945", "vi_VN").spoken == "năm một nghìn chín trăm bốn mươi lăm"
