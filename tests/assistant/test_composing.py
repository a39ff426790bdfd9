"""How many sentences are said: one that is almost sure stands alone, a list is told with one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from guide.assistant.answer import Quoted
from guide.assistant.composing import NEAR_BEST, NEAR_BEST_ELSEWHERE, NEAR_BEST_IN_A_LIST, Candidate, compose
from guide.assistant.passages import Passage
from guide.tours.sentences import Sentence

WHEN, LIST = "Khi nào xây?", "Kể tên các trại."
SAID = ("Trại xây năm 1862.", "Tường đá cao ba mét.", "Sân rộng, lát gạch đỏ.", "Giếng nằm phía sau.")


def passage(stop: str, said: Sequence[str] = SAID) -> Passage:
    told = tuple(Sentence(number, text, 1) for number, text in enumerate(said, start=1))
    return Passage(f"stops/{stop}/1", "stop", stop, "vi", stop, told, "")


HERE, THERE = passage("trai-phu-hai"), passage("trai-phu-binh", ("Cổng quay ra biển.",))


def said(question: str, *ranked: tuple[Passage, int, float]) -> list[str]:
    found = [Candidate(of, of.sentences[number - 1], score) for of, number, score in ranked]
    return [part.sentence.text for part in compose(question, "vi", found, ()) if isinstance(part, Quoted)]


def test_two_sentences_are_said_and_no_third() -> None:
    told = said(WHEN, (HERE, 1, 9.0), (HERE, 3, 8.9), (HERE, 2, 8.8))

    assert told == [SAID[0], SAID[2]]


def test_where_the_first_answers_almost_surely_it_stands_alone() -> None:
    assert said(WHEN, (HERE, 1, 9.0), (HERE, 2, 9.0 - NEAR_BEST)) == [SAID[0], SAID[1]]
    assert said(WHEN, (HERE, 1, 9.0), (HERE, 2, 8.9 - NEAR_BEST)) == [SAID[0]]


@pytest.mark.parametrize(("fall", "expected"), [(NEAR_BEST_ELSEWHERE, THERE.sentences[0].text), (1.0, SAID[3])])
def test_another_stop_speaks_only_where_it_comes_very_near(fall: float, expected: str) -> None:
    assert said(WHEN, (HERE, 1, 9.0), (THERE, 1, 9.0 - fall), (HERE, 4, 7.0))[-1] == expected


def test_what_enumerates_beside_the_best_is_said_however_little_it_has_of_the_question() -> None:
    streets = passage("pho-hien", ("Đó là những phố cũ.", "Hàng Bè, Hàng Sũ, Thợ Nhuộm.", "Nay không còn nữa."))
    poor = 9.0 - 2 * NEAR_BEST

    assert said(LIST, (streets, 1, 9.0), (streets, 3, 8.0), (streets, 2, poor))[1] == streets.sentences[1].text


def test_one_more_of_a_list_is_said_where_it_comes_near() -> None:
    near = 9.0 - NEAR_BEST_IN_A_LIST

    assert said(LIST, (HERE, 1, 9.0), (HERE, 2, 8.9), (HERE, 4, near)) == [SAID[0], SAID[1], SAID[3]]


ALIKE = ("Cổng bắc dẫn vào sân trong của trại.", "Cổng nam dẫn vào sân ngoài của trại.")


def test_of_one_passage_two_sentences_that_sound_alike_are_both_said() -> None:
    gates = passage("hai-cong", ALIKE)

    assert said(WHEN, (gates, 1, 9.0), (gates, 2, 8.9), (gates, 1, 8.8)) == list(ALIKE)


def test_what_two_passages_tell_alike_is_said_once() -> None:
    narrated, known = passage("hai-cong", ALIKE[:1]), replace(passage("hai-cong", ALIKE[1:]), key="stops/hai-cong/2")

    assert said(WHEN, (narrated, 1, 9.0), (known, 1, 8.9)) == [ALIKE[0]]
