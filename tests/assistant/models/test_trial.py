"""A model is trusted where it finds what it should, and only there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from guide.assistant.models import trial
from guide.assistant.models.about import ABOUT, CHOSEN, About, ModelUnreadable, chosen, prepared, read
from guide.assistant.models.listing import listed
from guide.assistant.models.trial import Trial, Trials

HASH = "ab12" * 8
ABOUT_IT = About(
    name="tiny",
    model=HASH,
    dimensions=2,
    longest=8,
    before_query="",
    before_passage="",
    likeness=0.99,
    recall={"vi": 0.4, "en": 0.9},
    trusted_languages=("en",),
)
EVERYWHERE = ABOUT_IT.model_copy(update={"trusted_languages": ("vi", "en")})


@pytest.mark.parametrize(
    ("about", "language", "trusted"),
    [
        (ABOUT_IT, "en", True),
        (ABOUT_IT, "en-GB", True),
        (ABOUT_IT, "vi", False),
        (ABOUT_IT, "th", False),
        (EVERYWHERE, "vi", True),
        (EVERYWHERE, "th", True),
    ],
)
def test_a_language_that_was_not_tried_is_trusted_where_all_that_were_are(
    about: About, language: str, trusted: bool
) -> None:
    assert about.trusts(language) is trusted


def letters(texts: Sequence[str]) -> trial.Vectors:
    """Like are texts with like letters."""
    counts = np.array([[text.count(letter) for letter in "abcdefgh"] for text in texts], np.float32)
    return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def test_recall_is_the_share_of_questions_whose_own_passage_is_nearest() -> None:
    nearest = trial.recall(letters(["ab", "cd", "gh"]), letters(["aab", "ccd", "ff", "ggh"]))

    assert nearest == pytest.approx(2 / 3)


def test_of_two_ways_to_ask_the_better_is_taken_and_the_first_where_both_do_the_same() -> None:
    trials = Trials(0.5, {"xx": Trial(("ab", "cd"), ("ab", "cd"))})

    assert trials.best(letters, [("", ""), ("a", "b")]).before_query == ""
    assert trials.best(letters, [("abababab", ""), ("", "")]).before_query == ""


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"query": "q: ", "passage": "p: "}, [("q: ", "p: ")]),
        ({"query": "q: ", "document": "d: ", "passage": "p: "}, [("q: ", "d: ")]),
        ({"query": "Instruct: "}, [("Instruct: ", "")]),
        ({}, [("", ""), ("query: ", "passage: ")]),
    ],
)
def test_what_a_folder_says_of_its_prompts_holds(told: dict[str, str], asked: list[tuple[str, str]]) -> None:
    assert trial.ways(told) == asked


def test_the_questions_that_ship_are_sixty_and_more_in_six_languages_with_passages_that_only_sound_alike() -> None:
    trials = trial.shipped()

    assert set(trials.by_language) == {"vi", "en", "zh", "fr", "ja", "ko"}
    assert trials.count >= 60
    for one in trials.by_language.values():
        assert len(set(one.questions)) == len(one.questions) >= 10
        assert len(set(one.passages)) == len(one.passages) >= len(one.questions) + 5


def test_a_folder_half_written_or_named_by_nothing_is_no_model(tmp_path: Path) -> None:
    (tmp_path / HASH).mkdir()

    assert chosen(tmp_path) is None
    (tmp_path / CHOSEN).write_text(HASH)
    assert chosen(tmp_path) is None
    (tmp_path / HASH / ABOUT).write_text(ABOUT_IT.model_dump_json())
    assert chosen(tmp_path) == tmp_path / HASH
    assert prepared(tmp_path) == [ABOUT_IT]


def test_what_is_said_of_a_model_is_read_strictly(tmp_path: Path) -> None:
    (tmp_path / ABOUT).write_text('{"name": "tiny"}')

    with pytest.raises(ModelUnreadable):
        read(tmp_path)


def test_the_list_tells_which_model_is_in_use_and_which_could_be_had(tmp_path: Path) -> None:
    assert [(one.name, one.state, one.licence) for one in listed(tmp_path)] == [
        ("multilingual-e5-small", "known", "MIT")
    ]
    (tmp_path / "models" / HASH).mkdir(parents=True)
    (tmp_path / "models" / HASH / ABOUT).write_text(ABOUT_IT.model_dump_json())

    assert next((one.name, one.state) for one in listed(tmp_path)) == ("tiny", "prepared")
    (tmp_path / "models" / CHOSEN).write_text(HASH)
    assert next((one.name, one.state, one.languages) for one in listed(tmp_path)) == ("tiny", "in-use", ("en",))
