"""A slip of the keyboard is read as the museum's own word; what may have been meant as it stands is left alone."""

from __future__ import annotations

import pytest

from guide.assistant.finding.restoring import Neighbours
from guide.assistant.finding.retrieval import Retrieval
from guide.assistant.finding.spelling import Speller
from guide.tours import folding
from tests.assistant.finding.island import EN, passages

TEXTS = [text for told in EN.values() for text in told]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(Neighbours.of_texts(TEXTS), "en")


def mended(speller: Speller, typed: str) -> str:
    return " ".join(speller.mended(folding.words(typed), typed.split()))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how meny prisoners came", "how many prisoners came"),
        ("how high is the lighthuose", "how high is the lighthouse"),
        ("who foundad the prisn", "who founded the prison"),
        ("whcih governor was it", "which governor was it"),
        ("when was the shriine built", "when was the shrine built"),
    ],
)
def test_a_slip_inside_a_word_is_mended(speller: Speller, typed: str, meant: str) -> None:
    assert mended(speller, typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "how high is the lighthouse",
        "were prisoner and prisons counted",
        "is there a horse or a tattoo",
        "joins masked ranked decides",
        "bonar",
        "who was Bonarde",
        "who was Minh",
        "the year 1863 1862",
        "shi wel the",
        "нулевой 灯台",
    ],
    ids=[
        "it is right", "another form of it", "a word of the language", "a form of one", "another end", "a name",
        "a short name", "numbers", "too short", "another script",
    ],
)  # fmt: skip
def test_what_may_be_meant_is_left_as_it_is(speller: Speller, typed: str) -> None:
    assert mended(speller, typed) == typed.lower()


def test_a_visitor_sees_how_a_question_was_understood() -> None:
    found = Retrieval.build(passages("en")).find("Who foundad the prisn?", "en")

    assert found.understood == "Who founded the prison?"
    assert found.stops[0][0] == "nha-tu"
    assert found.confidence >= found.threshold


def test_in_other_languages_nothing_is_mended() -> None:
    assert Retrieval.build(passages("en")).find("Qui a fondé la prisn ?", "fr").understood is None
