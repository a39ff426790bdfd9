"""The sentence shown second is the one that most likely answers where the first does not."""

from __future__ import annotations

import numpy as np
import pytest

from guide.assistant.finding import ranking
from guide.assistant.finding.ranking import FEATURES, Learnt, Look, ranked


def look(number: int, place: int = 0, **seen: float) -> Look:
    return Look(place, number, np.array([seen.get(name, 0.0) for name in FEATURES]), np.zeros(1, bool))


SURE, ALIKE, FRESH, POOR = (
    look(1, share=1.0, meaning=1.0),
    look(2, share=0.9, meaning=0.9),
    look(3, fresh=1.0),
    look(4),
)


@pytest.fixture(autouse=True)
def by_share_then_by_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    shares, fresh, within = (
        np.array([float(name == wanted) for name in FEATURES]) for wanted in ("share", "fresh", "within")
    )
    monkeypatch.setattr(ranking, "learnt", lambda: Learnt(shares, shares, fresh, within, -1.0))


def test_second_comes_what_answers_where_the_first_does_not() -> None:
    told = ranked([POOR, ALIKE, FRESH, SURE], with_meaning=True)

    assert [one.number for one, _ in told] == [1, 3, 2, 4]


@pytest.mark.parametrize(
    ("likelier", "place", "first"),
    [
        (2.2, 0, 3),  # by more than three to one: 2.2 less 1 is above the logarithm of 3
        (2.0, 0, 1),
        (9.0, 1, 1),  # of another passage
    ],
)
def test_what_is_far_likelier_is_told_before_the_first_of_its_passage(likelier: float, place: int, first: int) -> None:
    other = look(3, place, fresh=1.0, within=likelier)

    told = ranked([POOR, ALIKE, other, SURE], with_meaning=True)

    assert [one.number for one, _ in told] == ([3, 1] if first == 3 else [1, 3]) + [2, 4]


def test_who_changed_places_score_the_same_so_that_both_are_told() -> None:
    other = look(3, fresh=1.0, within=5.0)

    assert [score for _, score in ranked([POOR, ALIKE, other, SURE], with_meaning=True)][:2] == [1.0, 1.0]


def test_scores_go_on_falling() -> None:
    scores = [score for _, score in ranked([POOR, ALIKE, FRESH, SURE], with_meaning=True)]

    assert scores == sorted(scores, reverse=True)
    assert scores[:2] == [1.0, 0.9]


def test_by_words_alone_the_second_best_is_second() -> None:
    assert [one.number for one, _ in ranked([POOR, ALIKE, FRESH, SURE], with_meaning=False)][:2] == [1, 2]


@pytest.mark.parametrize("few", [[], [SURE], [ALIKE, SURE]])
def test_of_two_there_is_nothing_to_choose(few: list[Look]) -> None:
    assert len(ranked(few, with_meaning=True)) == len(few)
