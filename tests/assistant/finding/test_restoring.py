"""Vietnamese typed without its marks is read as it would be written."""

from __future__ import annotations

import pytest

from guide.assistant.finding.restoring import Neighbours, Restorer
from guide.assistant.finding.showing import shown
from guide.tours import folding
from tests.assistant.finding.island import VI

GRAVE = "Ai đến Côn Đảo cũng nhớ Côn Đảo. Côn Đảo là một quần đảo. Mộ Võ Thị Sáu ở nghĩa trang Hàng Dương."
TEXTS = [GRAVE, *(text for told in VI.values() for text in told)]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer(Neighbours.of_texts(TEXTS))


def restored(restorer: Restorer, typed: str) -> str:
    return " ".join(restorer.restored(folding.words(typed)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mo vo thi sau o dau", "mộ võ thị sáu ở đâu"),
        ("bao tang mo cua luc may gio", "bảo tàng mở cửa lúc mấy giờ"),
        ("nha tu do thong doc bonard lap nam 1862", "nhà tù do thống đốc bonard lập năm 1862"),
        ("ngọn hải đăng cao bao nhiêu", "ngọn hải đăng cao bao nhiêu"),
        ("ai là bonard", "ai là bonard"),
        ("nghia trnag hang duong", "nghĩa trang hàng dương"),
    ],
)
def test_words_are_read_by_their_neighbours(restorer: Restorer, typed: str, meant: str) -> None:
    assert restored(restorer, typed) == meant


def test_the_names_of_the_museum_win_over_what_is_said_elsewhere() -> None:
    """Elsewhere "con dao" is a knife."""
    assert restored(Restorer(Neighbours.of_texts([GRAVE] * 10)), "con dao o dau") == "côn đảo ở đâu"


def test_what_is_written_with_marks_keeps_them(restorer: Restorer) -> None:
    assert restored(restorer, "chuyện con dao trên đảo") == "chuyện con dao trên đảo"


def test_a_museum_without_texts_restores_by_the_language_at_large() -> None:
    assert restored(Restorer(Neighbours.of_texts([])), "bao tang o dau") == "bảo tàng ở đâu"


@pytest.mark.parametrize(
    ("typed", "meant", "seen"),
    [
        ("Ai xay, nam NAO?", ["ai", "xây", "năm", "nào"], "Ai xây, năm NÀO?"),
        ("ai xây", ["ai", "xây"], None),
    ],
)
def test_what_was_understood_is_shown_as_it_was_typed(typed: str, meant: list[str], seen: str | None) -> None:
    assert shown(typed, folding.words(typed), meant) == seen
