"""What the editor is shown of a question that had no answer: the question, and nobody in it."""

from __future__ import annotations

import pytest

from guide.assistant.gaps import scrubbed

KNOWN = frozenset("con dao nha tu phap vo thi sau bach dinh huong minh lan hoa".split())
CALLED = frozenset(("cô Sáu", "Con Dao"))
"""Persons and places that the museum itself writes so."""


def known(words: str) -> bool:
    return words in CALLED or words in KNOWN


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Tù nhân được ăn mấy bữa?", "Tù nhân được ăn mấy bữa?"),
        ("Mộ Võ Thị Sáu có mấy bậc?", "Mộ Võ Thị Sáu có mấy bậc?"),
        ("Tôi tên là Nguyễn Văn An, nhà tù có mấy cửa?", "…"),
        ("gọi tôi số 0912 345 678 nhé, nhà tù có mấy cửa", "gọi tôi số … nhé, nhà tù có mấy cửa"),
        ("thư về an.nguyen@example.org, bao giờ mở lại", "thư về … bao giờ mở lại"),
        ("xem https://example.org/toi có đúng không", "xem … có đúng không"),
        ("căn cước 079123456789 vào được không", "căn cước … vào được không"),
        ("nhà ở 12 đường Lê Lợi đi xa không", "nhà ở …"),
        ("hỏi giúp bạn Trần Minh Khôi bị giam ở đâu", "hỏi giúp bạn … bị giam ở đâu"),
        ("cháu Minh muốn hỏi nhà tù có mấy cửa", "cháu … muốn hỏi nhà tù có mấy cửa"),
        ("cho chị Lan hỏi, nhà tù có mấy cửa", "cho chị … hỏi, nhà tù có mấy cửa"),
        ("cho chi Lan hoi nha tu co may cua", "cho chi … hoi nha tu co may cua"),
        ("em là Lan Hoa, mộ cô Sáu ở đâu", "em là … mộ cô Sáu ở đâu"),
        ("nhà tù có mấy cửa, tôi tên là Hòa", "nhà tù có mấy cửa, …"),
        ("nghĩa trang có cây Lan nào không", "nghĩa trang có cây Lan nào không"),
        ("Con Dao prison, asks Mrs. Lan from Hanoi", "Con Dao prison, asks … from …"),
        ("i'm Minh, how many gates are there", "i'm … how many gates are there"),
        ("My name is John Smith", None),
        ("is John Smith among the prisoners", "is … among the prisoners"),
        ("call +84 91 234 5678 please now", "call … please now"),
        ("0912345678", None),
        ("Anna?", None),
    ],
)
def test_nothing_that_may_be_a_person_a_number_or_an_address_is_kept(question: str, kept: str | None) -> None:
    told = scrubbed(question, known)

    if kept == "…":
        assert told is None or "An" not in told.split()
        assert "Nguyễn" not in (told or "")
    else:
        assert told == kept
