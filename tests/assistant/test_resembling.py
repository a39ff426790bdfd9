"""Visitors put small talk and practical matters in words that no list has; what they resemble tells.

visitors-unseen.jsonl was written by somebody who saw neither the lists nor the questions that the weights were learnt
from. By the lists alone 300 of its 560, with and without diacritics, were right; with what they resemble 517, by words
alone 496.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from guide.assistant.answer import Asked
from guide.assistant.desk import Desk
from guide.assistant.matters import SMALL_TALK, resembling
from guide.assistant.matters.resembling import NOTHING, Likeness, far, learnt, likeness, places
from guide.assistant.matters.tongues import listed
from guide.assistant.minds import Minds
from guide.assistant.models.sources import MULTILINGUAL
from guide.shelf import Shelf
from guide.tours.catalogue import Catalogues, Museum
from tests.assistant.conftest import Island, understood
from tests.assistant.test_matters import bare
from tests.museum import NOW

UNSEEN = Path(__file__).parent / "questions" / "visitors-unseen.jsonl"
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    yield from understood(tmp_path_factory.mktemp("house"), ["pho-hien"])


@pytest.fixture(scope="module")
def museum(house: Shelf) -> Museum:
    there = house[Catalogues].current.museums["pho-hien"]
    for language in ("vi", "en"):
        house[Minds].ready(there, language)
    return there


@pytest.fixture(scope="module")
def routed(house: Shelf, museum: Museum) -> Counter[tuple[bool, bool]]:
    """Is it a matter, and was it told right?"""
    found: Counter[tuple[bool, bool]] = Counter()
    for line in UNSEEN.read_text("utf-8").splitlines():
        row = json.loads(line)
        for typed in dict.fromkeys((row["question"], bare(row["question"]))):
            matter = house[Desk].assistant.matter(museum, Asked(typed, row["language"], NOW))
            topic = matter.topic if matter and matter.alone else None
            found[row["matter"] is not None, topic == row["matter"]] += 1
    return found


@slow
def test_of_matters_in_words_never_seen_most_are_known(routed: Counter[tuple[bool, bool]]) -> None:
    assert routed[True, True] >= 0.86 * (routed[True, True] + routed[True, False])


@slow
def test_what_only_sounds_practical_stays_with_the_museums_texts(routed: Counter[tuple[bool, bool]]) -> None:
    assert routed[False, True] >= 0.97 * (routed[False, True] + routed[False, False])


def test_words_alone_know_most_of_them_too() -> None:
    rows = [json.loads(line) for line in UNSEEN.read_text("utf-8").splitlines()]
    found = [(likeness(bare(row["question"]), row["language"]), row["matter"]) for row in rows]

    right = sum((alike.topic if alike else None) == matter for alike, matter in found)
    wrongly_sure = sum(alike is not None and alike.sure for alike, matter in found if matter is None)
    assert right >= 0.88 * len(rows)
    assert wrongly_sure <= 2


def test_the_weights_are_those_of_the_model_that_is_prepared_by_default_and_of_the_listed_matters() -> None:
    assert learnt().model == MULTILINGUAL.model
    assert set(learnt().topics) == {NOTHING, *listed("vi")["topics"]} - {"orders"}
    assert set(learnt().topics) >= SMALL_TALK - {"orders"}


def test_in_another_language_and_with_another_model_the_lists_decide() -> None:
    assert likeness("Où sont les toilettes ?", "fr", [np.ones(384, np.float32)], "another") is None


def test_nothing_is_like_nothing() -> None:
    assert likeness("", "vi") is None
    assert places("") == []


@slow
def test_no_question_that_is_far_from_all_matters_by_its_words_is_surely_one_by_its_vector(
    house: Shelf, museum: Museum
) -> None:
    """So its vector need not be known."""
    meaning = house[Minds].of(museum, "vi").retrieval.meaning
    rows = [json.loads(line) for path in UNSEEN.parent.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    unlike = [row for row in rows if far(row["question"], row["language"])]

    assert meaning is not None
    for row in unlike:
        reading = meaning.vector(row["question"])
        alike = likeness(row["question"], row["language"], [reading], meaning.embedder.model)
        assert alike is None or not alike.sure, row["question"]
    assert len(unlike) > 0.3 * len(rows)


@slow
@pytest.mark.parametrize(
    ("sure", "question"),
    [(True, "Văn Miếu Xích Đằng thờ ai?"), (False, "Phố Hiến tiêu bao nhiêu củi một ngày?")],
)
def test_what_may_be_practical_is_so_where_the_texts_are_silent(
    house: Shelf, museum: Museum, monkeypatch: pytest.MonkeyPatch, sure: bool, question: str
) -> None:
    monkeypatch.setattr(resembling, "far", lambda *_: False)
    monkeypatch.setattr(resembling, "likeness", lambda *_: Likeness("luggage", sure))

    told = house[Desk].told(museum, Asked(question, "vi", NOW))

    assert told.answer.startswith("Điều này bảo tàng chưa ghi lại.")


@slow
def test_what_may_be_practical_is_answered_from_the_texts_where_they_tell(
    house: Shelf, museum: Museum, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked("Văn Miếu Xích Đằng được xây năm nào?", "vi", NOW)
    before = house[Desk].told(museum, asked)

    monkeypatch.setattr(resembling, "likeness", lambda *_: Likeness("luggage", sure=False))

    assert not before.refused
    assert house[Desk].told(museum, asked) == before


@slow
def test_in_a_conversation_the_texts_come_first(house: Shelf, museum: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ("Văn Miếu Xích Đằng ở đâu?",)
    asked = Asked("Được xây năm nào?", "vi", NOW, "van-mieu-xich-dang", before)
    told = house[Desk].told(museum, asked)

    monkeypatch.setattr(resembling, "likeness", lambda *_: Likeness("luggage", sure=True))

    assert not told.refused
    assert house[Desk].told(museum, asked) == told


@pytest.mark.parametrize("question", ["mấy h đóng cửa vậy bn", "may h dong cua vay bn"])
def test_a_museum_that_knows_words_alone_hears_it_too(island: Island, question: str) -> None:
    assert "07:30" in island.ask(question).answer
