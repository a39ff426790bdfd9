"""What a visitor finds by asking: when words alone must do, and when they do though a model is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from guide.assistant.finding.meaning import Matrix, meaning_of
from guide.assistant.finding.retrieval import Found, Retrieval, rows_of
from guide.assistant.vectors import Text
from tests.assistant.finding.island import of_stop, passages


@pytest.fixture(scope="module")
def vi() -> Retrieval:
    return Retrieval.build(passages("vi"))


@pytest.fixture(scope="module")
def en() -> Retrieval:
    return Retrieval.build(passages("en"))


def said(retrieval: Retrieval, found: Found) -> str:
    key, number, _ = found.sentences[0]
    passage = next(one for one in passages(retrieval.language) if one.key == key)
    return next(sentence.text for sentence in passage.sentences if sentence.number == number)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Ai lập nhà tù trên đảo?", "Bonard"),
        ("Nhà tù có bao nhiêu phòng giam?", "hai mươi phòng giam"),
        ("Vì sao tường trại dày một mét?", "vì đá"),
        ("Miếu bà Phi Yến được dựng năm nào?", "1785"),
        ("Người gác đèn đầu tiên là ai?", "Lê Văn Son"),
        ("ngon hai dang cao bao nhieu", "16 m"),
        ("nguoi gac den dau tien la ai", "Lê Văn Son"),
        ("ngon hai dnag cao bao nhieu", "16 m"),
    ],
)
def test_the_sentence_that_answers_comes_first(vi: Retrieval, question: str, answer: str) -> None:
    assert answer in said(vi, vi.find(question, "vi"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who founded the prison?", "Bonard"),
        ("How high is the lighthouse?", "16 m"),
        ("How hihg is the lighthuose?", "16 m"),
        ("When was the shrine built?", "1785"),
    ],
)
def test_the_sentence_that_answers_comes_first_in_english(en: Retrieval, question: str, answer: str) -> None:
    assert answer in said(en, en.find(question, "en"))


def test_a_question_typed_without_marks_is_shown_as_it_was_understood(vi: Retrieval) -> None:
    assert vi.find("Nguoi gac den dau tien la ai?", "vi").understood == "Người gác đèn đầu tiên là ai?"


def test_a_question_typed_with_its_marks_is_left_as_it_is(vi: Retrieval) -> None:
    assert vi.find("Người gác đèn đầu tiên là ai?", "vi").understood is None


def test_an_old_name_finds_its_stop_and_is_not_quoted(vi: Retrieval) -> None:
    found = vi.find("Bagne 1 ở đâu?", "vi")

    assert found.stops[0][0] == "nha-tu"
    assert all(number > 0 for _, number, _ in found.sentences)


def test_a_question_without_a_name_is_asked_of_the_stop_where_one_stands(en: Retrieval) -> None:
    question = "When was it built?"

    assert en.find(question, "en", here="den-bien").stops[0][0] == "den-bien"
    assert en.find(question, "en", here="mieu").stops[0][0] == "mieu"


def test_a_question_with_a_name_is_not_bound_to_where_one_stands(en: Retrieval) -> None:
    assert en.find("Who was Governor Bonard?", "en", here="mieu").stops[0][0] == "nha-tu"


def test_a_question_that_goes_on_borrows_from_the_one_before(en: Retrieval) -> None:
    assert en.find("And when was it built?", "en", previous=["How high is the lighthouse?"]).stops[0][0] == "den-bien"


@pytest.mark.parametrize(
    ("asked", "stop"),
    [
        ("Which governor founded the prison?", "nha-tu"),
        ("How high is the lighthouse?", "den-bien"),
        ("What does the museum keep?", "bao-tang"),
    ],
)
def test_a_question_in_another_language_finds_the_stop_through_the_word_table(
    vi: Retrieval, asked: str, stop: str
) -> None:
    assert vi.find(asked, "en").stops[0][0] == stop


def test_what_the_museum_has_written_of_is_surer_than_what_it_has_not(en: Retrieval) -> None:
    known = en.find("Who was the first keeper of the lighthouse?", "en")
    strange = en.find("Which airline flies to Tokyo on Mondays?", "en")

    assert known.confidence >= known.threshold
    assert strange.confidence < strange.threshold


def test_a_stop_that_is_missing_is_not_answered_for() -> None:
    without = Retrieval.build(passages("en", without=["den-bien"]))

    found = without.find("Who was the first keeper of the lighthouse?", "en")

    assert found.confidence < found.threshold


@pytest.mark.parametrize("question", ["", "?!…", "ai", "\u200b", "12", "𝒜" * 50, "a" * 10_000, "'; DROP TABLE --"])
def test_any_question_is_borne(vi: Retrieval, en: Retrieval, question: str) -> None:
    assert 0 <= vi.find(question, "vi").confidence <= 1
    assert 0 <= en.find(question, "ja").confidence <= 1


def test_a_museum_without_texts_knows_nothing() -> None:
    found = Retrieval.build([]).find("Ai?", "vi")

    assert (found.stops, found.sentences, found.confidence) == ((), (), 0.0)


def test_every_text_in_which_words_stand_side_by_side_is_found_by_them(vi: Retrieval) -> None:
    texts = list(vi.rows.texts())
    for text in texts:
        words = text.split()
        for two in (" ".join(words[at : at + 2]) for at in range(len(words) - 1)):
            there = [one for one in texts if two in one]
            assert set(there) <= set(vi.texts_with(two)), two

    assert list(vi.texts_with("Đèn Khổng Tước")) == []
    assert len(list(vi.texts_with("Lê Văn Son"))) < len(texts) / 2


class Reader:
    """Understands nothing, and keeps what it was given to read."""

    model = "reader"
    dimensions = 4

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[Text]) -> Matrix:
        return np.full((len(texts), self.dimensions), 0.5, np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        return self.embed_passages(texts)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def understanding(vi: Retrieval, reader: Reader, tmp_path: Path) -> Retrieval:
    return vi.understanding(meaning_of(rows_of(passages("vi")), reader, tmp_path))


def test_what_words_tell_clearly_no_model_has_to_read(vi: Retrieval, understanding: Retrieval, reader: Reader) -> None:
    question = "Người gác đèn đầu tiên là ai?"

    assert understanding.find(question, "vi") == vi.find(question, "vi")
    assert reader.asked == []


@pytest.mark.parametrize("question", ["Tòa tháp soi sáng cho tàu ở đâu?", "Miếu bà Phi Yến được dựng năm nào?"])
def test_where_words_leave_it_open_the_model_reads_the_question(
    understanding: Retrieval, reader: Reader, question: str
) -> None:
    """The one is sure of no stop; the other of no sentence, for two of them speak of the shrine."""
    understanding.find(question, "vi")

    assert reader.asked == [question]


def test_a_question_in_another_language_is_read_however_clear_its_names_are(
    understanding: Retrieval, reader: Reader
) -> None:
    understanding.find("Was Lê Văn Son the first keeper?", "en")

    assert reader.asked == ["Was Lê Văn Son the first keeper?"]


HOUSES = [one for n in range(100) for one in of_stop(f"house-{n}", f"House {n}", f"House {n} was built here.", "en")]
GARDEN = of_stop("garden", "The garden", "Laid out by monks, with ponds.", "en")


def test_where_one_stands_is_looked_at_though_a_hundred_others_hold_more_of_the_words() -> None:
    museum = Retrieval.build([*HOUSES, *GARDEN])

    assert museum.find("When was it built?", "en", here="garden").stops[0][0] == "garden"


class Botanist(Reader):
    """Knows a single thing: what grows in water stands in ponds."""

    def embed_passages(self, texts: Sequence[Text]) -> Matrix:
        about = [any(word in str(text) for word in ("ponds", "lilies")) for text in texts]
        return np.array([[0.0, 0.0, 0.6, 0.8] if one else [0.8, 0.6, 0.0, 0.0] for one in about], np.float32)


def test_what_means_the_same_is_found_though_a_hundred_others_hold_more_of_the_words(tmp_path: Path) -> None:
    museum = [*HOUSES, *GARDEN]
    botanist = Retrieval.build(museum, meaning_of(rows_of(museum), Botanist(), tmp_path))

    assert botanist.find("Where here was a house built for lilies?", "en").stops[0][0] == "garden"
