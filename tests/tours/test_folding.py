"""What counts as the same word, however it is typed."""

import unicodedata

import pytest

from guide.tours.folding import folded, word, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nhà tù Côn Đảo", "nha tu con dao"),
        ("NHÀ TÙ CÔN ĐẢO", "nha tu con dao"),
        ("Ｃôn　Đảo１２", "con dao12"),
        ("Thừa Thiên – Huế, 1-1-1900!", "thua thien hue 1 1 1900"),
        ("Ưu đãi; ươm, ăn, âu, ê, ô", "uu dai uom an au e o"),
        ("Crème brûlée, Straße, Łódź, œuvre, Ærø", "creme brulee strasse lodz oeuvre aero"),
        ("l’île d'Or", "l ile d or"),
        ("Музей Ёлки", "музеи елки"),
        ("ﬁne ½ m²", "fine 1 2 m2"),
        ("İstanbul", "istanbul"),
        ("1862年建造的监狱", "1862 年建造的监狱"),
        ("プノンペンの王宮", "プノンペンの王宮"),
        ("전쟁기념관 3층", "전쟁기념관 3 층"),
        ("พระบรมมหาราชวัง", "พระบรมมหาราชวัง"),
        ("🏛️ 😀 … — ?!", ""),
        ("", ""),
        ("\ud800", ""),
    ],
)
def test_a_text_folds_to_what_a_visitor_types_without_marks(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_composed_and_decomposed_are_the_same() -> None:
    text = "Đền Hóa Dạ Trạch, nước, 감옥, が"

    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(("old", "new"), [("hòa", "hoà"), ("thúy", "thuý"), ("khỏe", "khoẻ"), ("Hóa", "HOÁ")])
def test_both_ways_to_place_a_tone_are_one_word(old: str, new: str) -> None:
    assert words(old)[0].marked == words(new)[0].marked


def test_words_with_other_marks_are_other_words() -> None:
    marked = {words(text)[0].marked for text in ("dao", "đao", "đảo", "dạo", "đạo", "dâo")}

    assert len(marked) == 6


def test_a_word_keeps_how_it_was_written() -> None:
    assert [read.written for read in words("Đảo CÔN đảo")] == ["đảo", "côn", "đảo"]
    assert [read.has_marks for read in words("Đảo dao Dak")] == [True, False, False]


def test_folding_twice_changes_nothing() -> None:
    for text in ("Thừa Thiên – Huế", "Łódź œuvre", "监狱 2015", "전쟁", "Ёлки"):
        assert folded(folded(text)) == folded(text)


def test_an_endless_word_is_cut() -> None:
    assert len(word("x" * 10_000).folded) == 64
