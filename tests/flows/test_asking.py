"""A visitor asks, through the front door: the museum's own words, or a kind word that it does not know."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select

from guide.counters import Count, Counters
from guide.database import Database
from tests.flows.conftest import House
from tests.flows.test_visit import text

pytestmark = pytest.mark.slow

QUESTIONS = "/api/v1/museums/dao-xa/questions"


def ask(house: House, question: str, language: str = "vi", **more: object) -> dict[str, Any]:
    answer = house.browser.post(QUESTIONS, json={"question": question, "language": language, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


class TestTheApi:
    def test_an_answer_is_the_museums_sentence_and_says_where_it_stands(self, house: House) -> None:
        told = ask(house, "Giếng sâu bao nhiêu mét?")

        assert told["answer"] == "Giếng sâu mười mét."
        assert told["refused"] is False
        assert told["citations"][0] | {"score": 0} == {
            "kind": "stop",
            "stop": "gieng-co",
            "language": "vi",
            "sentence": "Giếng sâu mười mét.",
            "url": "/dao-xa/stops/gieng-co?lang=vi#s1",
            "start_seconds": None,
            "score": 0,
        }

    def test_an_answer_can_be_heard_in_the_museums_voice(self, house: House) -> None:
        told = ask(house, "Giếng sâu bao nhiêu mét?")

        sound = house.browser.get(told["audio"])

        assert told["audio"].startswith("/media/")
        assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/mpeg")

    def test_what_the_museum_has_not_written_it_does_not_know(self, house: House) -> None:
        told = ask(house, "Thủ đô nước Pháp là gì?")

        assert told["refused"] is True
        assert told["citations"] == []
        assert "quầy" in told["answer"]
        assert len(told["near"]) <= 5

    def test_where_sources_disagree_both_are_told(self, house: House) -> None:
        told = ask(house, "Cổng đá xây năm nào?")

        assert {cited["sentence"] for cited in told["citations"]} >= {"Xây năm 1862", "Xây năm 1871"}

    def test_today_is_asked_of_the_calendar(self, house: House) -> None:
        told = ask(house, "Hôm nay bảo tàng có mở cửa không?")

        assert "11:30" in told["answer"]
        assert told["refused"] is False

    def test_small_talk_is_answered_and_cites_nothing(self, house: House) -> None:
        told = ask(house, "hello", "en")

        assert told["answer"].startswith("Hello!")
        assert (told["refused"], told["citations"]) == (False, [])

    @pytest.mark.parametrize("question", ["", "   ", "?!…", "\u200b\u202e", "câu hỏi " * 1_500])
    def test_what_is_no_question_is_refused_kindly(self, house: House, question: str) -> None:
        told = ask(house, question)

        assert told["refused"] is True
        assert told["answer"]

    def test_an_asker_in_a_hurry_is_asked_to_wait(self, house: House) -> None:
        answers = [house.browser.post(QUESTIONS, json={"question": "xin chào", "language": "vi"}) for _ in range(40)]

        late = next(answer for answer in answers if answer.status_code != 200)
        assert late.status_code == 429
        assert late.json()["error"] == "TooManyQuestions"

    def test_a_museum_that_is_not_there_is_not_asked(self, house: House) -> None:
        answer = house.browser.post("/api/v1/museums/atlantis/questions", json={"question": "?", "language": "vi"})

        assert answer.status_code == 404


class TestThePage:
    def test_a_question_is_answered_without_any_script(self, house: House) -> None:
        page = house.browser.post("/dao-xa/ask?lang=vi", data={"q": "Giếng sâu bao nhiêu mét?"}).text

        assert "Giếng sâu mười mét." in text(page)
        assert 'href="/dao-xa/stops/gieng-co?lang=vi#s1"' in page

    def test_the_next_question_leans_on_the_one_before(self, house: House) -> None:
        page = house.browser.post("/dao-xa/ask?lang=vi", data={"q": "Giếng sâu bao nhiêu mét?"}).text

        assert re.search(r'name="previous" value="Giếng sâu bao nhiêu mét\?"', page)

    def test_a_question_is_never_let_into_the_page_as_html(self, house: House) -> None:
        page = house.browser.post("/dao-xa/ask?lang=vi", data={"q": "<script>alert(1)</script> giếng"}).text

        assert "<script>alert(1)" not in page

    def test_a_stop_and_a_museum_can_be_asked_from_their_own_pages(self, house: House) -> None:
        stop = house.browser.get("/dao-xa/stops/gieng-co?lang=vi").text
        museum = house.browser.get("/dao-xa?lang=vi").text

        assert 'action="/dao-xa/ask?lang=vi"' in museum
        assert 'action="/dao-xa/ask?lang=vi"' in stop
        assert 'name="stop" value="gieng-co"' in stop


def test_what_was_not_answered_is_kept_for_the_editor_without_a_person(house: House) -> None:
    ask(house, "Tên tôi là Nguyễn Văn An, 0912 345 678")
    ask(house, "Nhà tù có bao nhiêu cửa sổ màu tím?")

    house.shelf[Counters].stop_writing()  # it may have taken them up already, and write them a moment later
    with house.shelf[Database].reading() as session:
        kept = [row.key for row in session.exec(select(Count)) if row.what == "no-answer"]

    assert kept == ["Nhà tù có bao nhiêu cửa sổ màu tím?"]
