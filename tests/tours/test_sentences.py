"""A sentence is one thing everywhere: where each language's sentences end, and that nothing is lost in cutting."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guide.tours import sentences as reading
from guide.tours.sentences import cut, paragraphs, plain, sentences

CUTS = [
    ("vi", "Lò cháy ba ngày. | Chum đựng nước."),
    ("vi", "Vì sao? | Vì đất. | Thật vậy! | Đúng thế."),
    ("vi", "Hầm ở khu 5. | Nam giới ở đó."),
    ("vi", "Giá là 1.000.000 đồng. | Rẻ lắm."),
    ("vi", "Tường dày 1.5 m. | Mái cao 3.5. | Sân rộng."),
    ("vi", "Ông GS. Trần Văn Giàu đến TP. HCM. | Ông ở Q. 5 với PGS.TS. Nam."),
    ("vi", "Ông Nguyễn V. Nam đến. | J. F. Kennedy thì không."),
    ("vi", "Thế kỷ X. | Rồi thế kỷ XV. | Rồi nay."),
    ("vi", "Có gốm, sứ, v.v. | Sau đó là lụa."),
    ("vi", "“Ai đó?” ông hỏi. | “Tôi.” | Rồi im."),
    ("vi", "Anh nói: “Đi thôi!” | Chị đi. | (Thật ra không.) | Hết."),
    ("vi", "Im… | Rồi nói. | Sau đó… rồi thôi."),
    ("vi", "Im... rồi nói. | Chờ... | Nghe."),
    ("vi", "1862. Pháp chiếm đảo. | Sau đó là nhà tù."),
    ("vi", "12. Rẽ trái. | Đi thẳng."),
    ("vi", "Trang example.vn có bản đồ. | Thư gửi a.b@example.vn."),
    ("vi", "Không có dấu chấm cuối"),
    ("vi", "Số liệu theo tr. 5 của sách. | Hết."),
    ("en", "Mr. Smith met Dr. Jones on St. John Street. | They left."),
    ("en", "He said no. | Then he left. | See No. 5."),
    ("en", "It opens at 7:30 a.m. | Bring water. | It costs $3.50. | Good."),
    ("en", "The U.S. Army came, i.e. soldiers. | They stayed, etc. | Nobody knew."),
    ("en", "In the 19th century. | In century X. | Done."),
    ("en", "“Stop!” he said. | “Why?” she asked. | ‘Go.’ | They went."),
    ("en", "J. R. R. Tolkien wrote. | We read."),
    ("fr", "M. Dupont et Mme. Curie sont là. | Où ? | Ici ! | Bien."),
    ("fr", "Voir p. 5. | « Oui. » | Elle part."),
    ("de", "Am 3. Februar 1862. | Im 19. Jahrhundert, z.B. Hier. | Dr. Meyer kam."),
    ("es", "El Sr. López llegó. | ¿Quién? | ¡Él! | Pág. 5."),
    ("ru", "В 1862 г. Париж. | Было и т.д. | Потом. | А. С. Пушкин писал."),
    ("zh", "你好。 | 我很好！ | 你呢？ | 好"),
    ("zh", "他说：“好。” | 然后走了。 | 共1.5米。"),
    ("ja", "「何？」と言った。 | そうです。 | 「はい。」 | 彼は行った。"),
    ("ko", "안녕하세요. | 여기는 박물관입니다. | 3.5미터입니다."),
    ("th", "นี่คือเตาเผา เผาสามวัน"),
    ("hi", "यह भट्ठी है। | यह पुरानी है।"),
    ("ar", "هل هذا فرن؟ | نعم. | شكرا."),
    ("rad", "Anei jing ƀăng. | Ñu hlăk."),
    ("vi", "Ngày 1.5.1975. | Ngày 2/5."),
]


@pytest.mark.parametrize(("language", "marked"), CUTS)
def test_sentences_end_where_a_reader_of_the_language_would_stop(language: str, marked: str) -> None:
    pieces = marked.split(" | ")
    between = "" if language in ("zh", "ja") else " "

    assert cut(between.join(pieces), language) == pieces


MARKDOWN = [
    ("Một *hai* **ba** `bốn`.", ["Một hai ba bốn."]),
    ("Một\nhai  \nba\\\nbốn.", ["Một hai ba bốn."]),
    ("# Đầu\n\n## Phần\n\nThân.", ["Đầu", "Phần", "Thân."]),
    ("- một\n- hai\n\n> trích\n> dẫn", ["một", "hai", "trích dẫn"]),
    ("[chữ](https://a.vn) ![lò](a.png) <https://b.vn>", ["chữ lò https://b.vn"]),
    ("1862. Pháp chiếm đảo.", ["1862. Pháp chiếm đảo."]),
    ("1. Đi thẳng.\n2. Rẽ trái.", ["1. Đi thẳng.", "2. Rẽ trái."]),
    ("10) Mười", ["10) Mười"]),
    ("Năm\n1862. Rồi.", ["Năm 1862. Rồi."]),
    ("    thụt vào", ["thụt vào"]),
    ("[lò]: cháy ba ngày", ["[lò]: cháy ba ngày"]),
    ("a < b & c &amp; d \\* e", ["a < b & c & d * e"]),
    ("<b>đậm</b> <script>x</script>", ["<b>đậm</b> <script>x</script>"]),
    ("***", []),
    ("", []),
]


@pytest.mark.parametrize(("markdown", "words"), MARKDOWN)
def test_marks_are_left_behind_and_words_are_not(markdown: str, words: list[str]) -> None:
    assert paragraphs(markdown) == words


def test_sentences_are_numbered_from_the_title_on_and_know_their_paragraph() -> None:
    told = sentences("Lò *nung*", "Một. Hai.\n\nBa.", "vi")

    assert [(one.number, one.text, one.paragraph) for one in told] == [
        (0, "Lò nung", 0),
        (1, "Một.", 1),
        (2, "Hai.", 1),
        (3, "Ba.", 2),
    ]


def test_a_text_without_a_body_is_its_title() -> None:
    assert [one.text for one in sentences("Lò nung", "", "vi")] == ["Lò nung"]


def test_a_loose_accent_makes_no_other_sentence() -> None:
    body = "Lò nung cháy ba ngày. Chum đựng nước mưa."

    assert sentences("Lò", unicodedata.normalize("NFD", body), "vi") == sentences("Lò", body, "vi")


def written_texts() -> list[tuple[str, str]]:
    """Every text of the sample museums, and texts of chance made of what is hard to cut."""
    content = Path(__file__).parent.parent.parent / "content"
    there = [(path.name.split(".")[0], path.read_text("utf-8")) for path in sorted(content.rglob("*.md"))]
    chance = random.Random(2026)
    pieces = [
        "Lò",
        " ",
        " ",
        ".",
        "…",
        "!",
        "?",
        "”",
        "“",
        "(",
        ")",
        "1",
        "2.5",
        "TP",
        "v.v.",
        "X",
        "。",
        "」",
        "と",
        "a",
        "Ấ",
        "\n",
    ]
    hard = ["".join(chance.choices(pieces, k=40)) for _ in range(300)]
    return there + [(language, text) for language in ("vi", "en", "de", "ja") for text in hard]


def test_cutting_loses_and_adds_nothing() -> None:
    """The sentences in order are the paragraph: between two stands at most the white space that was there."""
    for language, text in written_texts():
        for paragraph in paragraphs(text):
            rest = paragraph
            for piece in cut(paragraph, language):
                assert piece == piece.strip() != ""
                assert rest.startswith(piece), (language, paragraph)
                rest = rest[len(piece) :].lstrip()
            assert rest == ""


def test_plain_is_all_paragraphs_in_one_line() -> None:
    assert plain("# A\n\n- b\n- c *d*") == "A b c d"


@given(some.text("ab1.)-+=#>!|~:(\t \u00a0\u2028\x0b\x0c\n\nđ\"'”。", max_size=30))
def test_a_text_without_marks_is_read_as_markdown_would_be(text: str) -> None:
    with patch.object(reading, "_MAY_BE_MARKED", re.compile("")):
        by_markdown = paragraphs(text)

    assert paragraphs(text) == by_markdown
