"""The rules between what was found and what is said, each with its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from guide.assistant.answer import Asked, Part, Quoted, Said
from guide.assistant.asked_before import asked_before
from guide.assistant.composing import NEAR_BEST, Candidate, asks_for_list, compose, said_for
from guide.assistant.hinges import hinges_of, told_of
from guide.assistant.passages import Kind, Passage
from guide.assistant.premises import taken_for_granted
from guide.assistant.trusting import SPEAKS, trusted
from guide.tours.sentences import Sentence


def passage(
    key: str, *texts: str, kind: Kind = "stop", stop: str | None = "cay", sources: tuple[str, ...] = ()
) -> Passage:
    sentences = tuple(Sentence(number, text, 1) for number, text in enumerate(texts, start=1))
    names = texts if kind == "faq" else ()
    return Passage(key, kind, stop, "en", "The tree", sentences, f"/m/{key}", names, sources=sources)


def told(parts: tuple[Part, ...]) -> list[str]:
    return [part.key if isinstance(part, Said) else part.sentence.text for part in parts]


TREE = passage("stops/cay/1", "The tree is old.", "It bears no fruit.", "Birds, bats, bees live in it.")
FACT = passage("stops/cay/facts/0", "The tree is old.", kind="fact")
QUARREL = passage("stops/cay/facts/1", "Planted in 1800.", "Planted in 1810.", kind="fact", sources=("A", "B"))


def candidate(of: Passage, number: int, score: float) -> Candidate:
    return Candidate(of, of.sentences[number - 1], score)


@dataclass(frozen=True)
class Sure:
    confidence: float = 1.0
    threshold: float = 0.5


class TestWhatMayBeSaid:
    def test_is_also_what_lies_far_below_a_sentence_that_speaks_to_the_question(self) -> None:
        assert self.told("Who eats its fruit?", (2, 9.0), (3, 9.0 - NEAR_BEST)) == [2, 3]

    def test_is_nothing_where_only_far_below_the_best_it_is_told_what_the_question_hangs_on(self) -> None:
        assert self.told("How heavy is its fruit?", (1, 9.0), (2, 8.9 - SPEAKS)) == []

    def told(self, question: str, *found: tuple[int, float]) -> list[int]:
        here = passage("stops/cay/1", "The tree is old.", "Its fruit weighs 900 kg.", "Bats eat it.")
        ranked = [candidate(here, number, score) for number, score in found]
        asked = Asked(question, "en", datetime(2026, 11, 24, 3, tzinfo=UTC))
        return [one.sentence.number for one in trusted(asked, "en", "en", Sure(), ranked)]


class TestWhatIsSaid:
    def test_is_the_best_and_what_comes_near_it_in_reading_order(self) -> None:
        ranked = [candidate(TREE, 2, 9.0), candidate(TREE, 1, 8.5), candidate(TREE, 3, 5.0)]

        assert told(compose("fruit?", "en", ranked, [TREE])) == ["The tree is old.", "It bears no fruit."]

    def test_is_said_once_and_from_the_narration_where_a_fact_says_the_same(self) -> None:
        parts = compose("how old?", "en", [candidate(FACT, 1, 9.0), candidate(TREE, 1, 8.9)], [TREE, FACT])

        assert [part.passage.kind for part in parts if isinstance(part, Quoted)] == ["stop"]

    def test_is_both_sides_of_a_quarrel(self) -> None:
        parts = compose("planted?", "en", [candidate(QUARREL, 2, 9.0)], [QUARREL])

        assert told(parts) == [
            "assistant.disputed", "Planted in 1800.", "assistant.source", "Planted in 1810.", "assistant.source"
        ]  # fmt: skip

    def test_is_the_answer_before_a_quarrel_that_only_comes_near(self) -> None:
        parts = compose("fruit?", "en", [candidate(TREE, 2, 9.0), candidate(QUARREL, 1, 8.6)], [TREE, QUARREL])

        assert told(parts)[:2] == ["It bears no fruit.", "assistant.disputed"]

    def test_is_the_enumeration_where_a_list_is_asked_for(self) -> None:
        assert "Birds, bats, bees live in it." in told(
            compose("Which animals live there?", "en", [candidate(TREE, 1, 9.0)], [TREE])
        )

    def test_is_what_follows_a_question_of_the_narration(self) -> None:
        asking = passage("stops/cay/2", "Who planted it?", "Nobody knows.", "Perhaps a bird.")

        assert [one.sentence.number for one in said_for(candidate(asking, 1, 9.0))] == [2, 3]


@pytest.mark.parametrize(
    ("question", "language", "listed"),
    [
        ("Which animals live there?", "en", True),
        ("When did it open?", "en", False),
        ("Kể tên các con phố", "vi", True),
        ("Những ai đỗ trạng nguyên?", "vi", True),
        ("Cây cao bao nhiêu?", "vi", False),
    ],
)
def test_a_list_is_known_by_how_it_is_asked_for(question: str, language: str, listed: bool) -> None:
    assert asks_for_list(question, language) is listed


@pytest.mark.parametrize(
    ("question", "text", "language", "answered"),
    [
        ("How heavy is the bell?", "The bell weighs 300 kg.", "en", True),
        ("How heavy is the bell?", "The bell is of bronze.", "en", False),
        ("When did he die?", "He died in 1954.", "en", True),
        ("When did he die?", "He was held here.", "en", False),
        ("Vợ ông tên gì?", "Ông lấy vợ là bà Bông.", "vi", True),
        ("Vợ ông tên gì?", "Giáp của võ sĩ Nhật.", "vi", False),
        ("Giáp của võ sĩ nào?", "Giáp Gothic làm ở Đức.", "vi", True),
        ("Ngựa cao bao nhiêu?", "Ngựa ăn cỏ.", "vi", False),
        ("Nha cao bao nhieu?", "Nhà cao 19 m.", "vi", True),
        ("What is it?", "A tree.", "en", True),
    ],
)
def test_a_text_that_lacks_what_the_question_hangs_on_does_not_answer(
    question: str, text: str, language: str, answered: bool
) -> None:
    assert told_of(hinges_of(question, language), [text], language) is answered


@pytest.mark.parametrize(
    ("question", "language", "missing"),
    [
        ("Why was it planted in 1950?", "en", ["1950"]),
        ("Was it planted in 1800?", "en", []),
        ("Which king planted the tree?", "en", ["king"]),
        ("Did Queen Victoria plant it?", "en", ["Queen Victoria", "queen"]),
        ("How old is the tree?", "en", []),
        ("TREE?", "en", []),
    ],
)
def test_what_is_taken_for_granted_is_looked_for_in_the_texts(question: str, language: str, missing: list[str]) -> None:
    assert taken_for_granted(question, language, [TREE], [TREE, QUARREL]) == missing


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Is there a boat to the island?", True),
        ("is there a boat to this island", True),
        ("Is there a bridge to the island?", False),
        ("Who built the boat of the island?", False),
        ("Is there a boat to the island in 1950?", False),
    ],
)
def test_a_question_that_the_museum_has_in_its_faq_is_answered_from_there(question: str, answered: bool) -> None:
    faq = passage("faq/0", "Is there a boat to the island?", kind="faq", stop=None)

    assert bool(asked_before(question, "en", [faq])) is answered
