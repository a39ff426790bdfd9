"""Feedback: two taps, counted once, without a person in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from guide.clock import Clock
from guide.database import Database
from guide.errors import GuideError
from guide.visit.feedback.opinions import (
    AT_ONCE,
    NotAReason,
    NothingToJudge,
    Opinion,
    Opinions,
    TooMuchFeedback,
    totals,
    words,
)
from tests.flows.conftest import House
from tests.tickets.box_office import museum

DAY = date(2026, 11, 24)
STOP = "/dao-xa/stops/cong-da?lang=vi"


def opinion(**other: Any) -> Opinion:
    given = {"about": "walk", "face": "good", "reason": "telling", "words": "", "language": "vi"}
    return Opinion(**{"id": uuid4(), **given, **other})


def nothing_known(_word: str) -> bool:
    return False


@pytest.fixture
def opinions(database: Database) -> Opinions:
    return Opinions(database)


@pytest.fixture
def keep(opinions: Opinions) -> Callable[[Opinion], None]:
    there = museum()
    return lambda one: opinions.keep(there, one, DAY, str(one.id), nothing_known)


def told(opinions: Opinions) -> list[tuple[str, str, int]]:
    with opinions.database.reading() as session:
        return [(row.what, row.key, row.times) for row in totals(session, museum().slug, DAY, DAY)]


def written(opinions: Opinions) -> list[tuple[str, str, str]]:
    with opinions.database.reading() as session:
        return words(session, museum().slug, DAY, DAY)


def numbers(house: House) -> list[tuple[str, str, int]]:
    today = house.shelf[Clock].now().date()
    with house.shelf[Database].reading() as session:
        return [(row.what, row.key, row.times) for row in totals(session, "dao-xa", today, today)]


Keep = Callable[[Opinion], None]


def test_what_is_sent_twice_counts_once(opinions: Opinions, keep: Keep) -> None:
    for one in [opinion() for _ in range(5)]:
        keep(one)
        keep(one)

    assert told(opinions) == [("feedback-good", "walk", 5), ("feedback-good-telling", "walk", 5)]


def test_few_are_never_shown_alone(opinions: Opinions, keep: Keep) -> None:
    for _ in range(4):
        keep(opinion(face="poor", reason="long"))
    assert told(opinions) == []

    keep(opinion(face="poor", reason="long"))
    assert told(opinions) == [("feedback-poor", "walk", 5), ("feedback-poor-long", "walk", 5)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kể rất hay, gọi 0912 345 678 nhé", "Kể rất hay, gọi … nhé"),
        ("Giọng đọc hơi nhanh, thư lan@example.org", "Giọng đọc hơi nhanh, thư …"),
        ("Cô Hạnh dẫn rất vui", "Cô … dẫn rất vui"),
        ("chữ\n\nhơi   nhỏ", "chữ hơi nhỏ"),
        ("chữ\0hơi nhỏ", "chữ hơi nhỏ"),
        ("a " * 400, ("a " * 150).strip()),
        ("Hay", None),
        ("", None),
    ],
)
def test_a_few_words_are_kept_without_what_looks_like_a_person(
    opinions: Opinions, keep: Keep, typed: str, kept: str | None
) -> None:
    keep(opinion(words=typed))

    assert written(opinions) == ([("good", "walk", kept)] if kept else [])


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"about": "stop:nowhere"}, NothingToJudge),
        ({"about": "tour:nowhere"}, NothingToJudge),
        ({"about": "walk:1"}, NothingToJudge),
        ({"about": "nothing"}, NothingToJudge),
        ({"reason": "long"}, NotAReason),
        ({"face": "poor", "reason": "telling"}, NotAReason),
    ],
)
def test_what_is_not_there_is_not_judged(
    opinions: Opinions, keep: Keep, wrong: dict[str, str], refusal: type[GuideError]
) -> None:
    with pytest.raises(refusal):
        keep(opinion(**wrong))

    assert written(opinions) == told(opinions) == []


def test_one_asker_who_has_too_many_opinions_waits(opinions: Opinions) -> None:
    for _ in range(AT_ONCE):
        opinions.keep(museum(), opinion(), DAY, "a school", nothing_known)

    with pytest.raises(TooMuchFeedback):
        opinions.keep(museum(), opinion(), DAY, "a school", nothing_known)
    opinions.keep(museum(), opinion(), DAY, "somebody else", nothing_known)


def test_without_scripts_two_taps_lead_back_with_a_thank_you(house: House) -> None:
    here = {"referer": f"http://testserver{STOP}"}
    form = {"about": "stop:cong-da", "face": "good", "reason": "voice", "words": ""}

    answers = [
        house.browser.post("/dao-xa/feedback?lang=vi", data=form, headers=here, follow_redirects=False)
        for _ in range(5)
    ]

    assert {answer.status_code for answer in answers} == {303}
    assert answers[0].headers["location"] == f"{STOP}#thanks"
    assert 'id="thanks"' in house.browser.get(STOP).text
    assert numbers(house) == [("feedback-good", "stop:cong-da", 5), ("feedback-good-voice", "stop:cong-da", 5)]


def test_a_form_without_a_face_is_refused_kindly(house: House) -> None:
    answer = house.browser.post("/dao-xa/feedback?lang=vi", data={"about": "stop:cong-da"})

    assert answer.status_code == 422
    assert "face" in answer.text


def test_a_phone_may_send_again_what_it_kept(house: House) -> None:
    given = {"id": uuid4().hex, "about": "tour:mot-vong", "face": "fair", "language": "vi", "words": "Đi hơi xa đấy"}

    answers = [house.browser.post("/api/v1/museums/dao-xa/feedback", json=given).status_code for _ in range(2)]

    assert answers == [204, 204]
    with house.shelf[Database].reading() as session:
        today = house.shelf[Clock].now().date()
        assert words(session, "dao-xa", today, today) == [("fair", "tour:mot-vong", "Đi hơi xa đấy")]


def test_at_a_walks_end_the_walk_is_asked_about(house: House) -> None:
    first, last = (
        house.browser.get(f"/dao-xa/stops/{stop}?lang=vi&tour=mot-vong").text for stop in ("cong-da", "gieng-co")
    )

    assert 'name="about" value="stop:cong-da"' in first
    assert 'name="about" value="tour:mot-vong"' in last


def test_a_page_that_is_only_looked_at_writes_nothing(house: House) -> None:
    assert house.browser.get("/dao-xa/feedback?lang=vi&face=good&about=walk").status_code == 404
    assert numbers(house) == []
