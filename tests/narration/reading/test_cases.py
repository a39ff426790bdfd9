"""What is written is said as a guide would say it."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from guide.narration.reading import read

HERE = Path(__file__).parent


def beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


folded = beside("spoken").folded
VIETNAMESE = beside("cases_vi").CATEGORIES | beside("cases_vi_names").CATEGORIES
ENGLISH, MORE = beside("cases_en").CATEGORIES, beside("cases_more").CASES


@pytest.mark.parametrize(("written", "spoken"), [row for rows in VIETNAMESE.values() for row in rows])
def test_vietnamese_is_said_as_a_guide_says_it(written: str, spoken: str) -> None:
    assert folded(read(written, "vi").spoken) == folded(spoken)


@pytest.mark.parametrize(("written", "spoken"), [row for rows in ENGLISH.values() for row in rows])
def test_english_is_said_as_a_guide_says_it(written: str, spoken: str) -> None:
    assert folded(read(written, "en").spoken) == folded(spoken)


@pytest.mark.parametrize(
    ("language", "written", "spoken"), [(language, *row) for language, rows in MORE.items() for row in rows]
)
def test_seven_more_languages_say_their_numbers(language: str, written: str, spoken: str) -> None:
    assert read(written, language).spoken == spoken


SPELLED_OUT = [
    ("vi", "Bảo tàng mở cửa từ thứ ba đến chủ nhật, trừ ngày lễ; xin mời vào!"),
    ("vi", "Năm một nghìn chín trăm bốn mươi lăm, thế kỷ hai mươi."),
    ("vi", "Vì sao chùa Chuông đẹp? Vì tiếng chuông…"),
    ("vi", "đĩa CD, đĩa DVD, vitamin C"),
    ("en", "The prison opened in eighteen sixty-two; it closed in nineteen seventy-five."),
    ("en", "I think you and I may go. Who knows? Not I!"),
    ("en", "A well-known museum's oldest camp: five p m, a CD player."),
    ("rad", "Bi ƀuôn sang anei jing hlăm ƀuôn."),
    ("th", "พิพิธภัณฑ์เปิดทุกวัน"),
]


@pytest.mark.parametrize(("language", "text"), SPELLED_OUT)
def test_a_text_already_spelled_out_is_left_alone_byte_for_byte(language: str, text: str) -> None:
    assert read(text, language).spoken == text


PAUSES = [
    ("vi", "Chùa Chuông (Kim Chung tự) ở Phố Hiến.", "Chùa Chuông, Kim Chung tự, ở Phố Hiến."),
    ("vi", "Lê Thánh Tông – vị vua hiền", "Lê Thánh Tông, vị vua hiền"),
    ("vi", "Bà Rịa – Vũng Tàu", "Bà Rịa Vũng Tàu"),
    ("vi", "(1862–1975).", "một nghìn tám trăm sáu mươi hai đến một nghìn chín trăm bảy mươi lăm."),
    ("vi", "gốm, sứ, v.v.", "gốm, sứ, vân vân."),
    ("en", "The house — built 1898 — is white.", "The house, built eighteen ninety eight, is white."),
    ("en", "gongs (1850), drums", "gongs, eighteen fifty, drums"),
    ("en", "Open until 5 p.m. Then we close.", "Open until five p m. Then we close."),
    ("en", "He lived at Tran Phu St.", "He lived at Tran Phu Street."),
    ("en", "Wait... what?", "Wait... what?"),
    ("vi", "Vào cửa: 30.000đ; trẻ em: miễn phí", "Vào cửa: ba mươi nghìn đồng; trẻ em: miễn phí"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), PAUSES)
def test_the_punctuation_that_makes_pauses_stays(language: str, written: str, spoken: str) -> None:
    assert read(written, language).spoken == spoken


DOUBTS = [
    ("vi", "cái mốc 2/9", "date-or-fraction"),
    ("vi", "khu V", "roman-or-letter"),
    ("vi", "P. Bến Nghé", "place-or-initial"),
    ("vi", "lấy 4/10", "date-or-fraction"),
    ("vi", "12/5 Trần Phú", "date-or-address"),
    ("vi", "25 768 cổ vật", "one-number-or-two"),
    ("vi", "trẻ em dưới 1m2", "height-or-area"),
    ("vi", "khách sạn ở Q1", "place-or-initial"),
    ("vi", "thời Duy Tân I", "roman-or-letter"),
    ("en", "02/09/1945", "day-or-month"),
    ("en", "02/09/45", "day-or-month"),
    ("en", "King Charles I was tried", "regnal-or-pronoun"),
    ("en", "Main St. Museum", "saint-or-street"),
    ("en", "inscribed MDCCCLXII", "roman-or-letter"),
]


@pytest.mark.parametrize(("language", "written", "doubt"), DOUBTS)
def test_where_the_context_leaves_a_doubt_the_editor_is_told(language: str, written: str, doubt: str) -> None:
    assert doubt in {word.doubt for word in read(written, language).words}


def test_the_keep_cases_and_the_plain_ones_raise_no_doubt() -> None:
    plain = ["năm 1945", "thế kỷ XVI", "30.000đ", "Ngày 2/9/1945", "UBND TP. Hà Nội", "7h30"]
    assert not [word for text in plain for word in read(text, "vi").words if word.doubt]
