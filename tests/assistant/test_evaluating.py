"""Scores of a file of questions: what a perfect, a silent and a careless assistant would get."""

from __future__ import annotations

import pytest

from guide.assistant.evaluating import Given, evaluate
from guide.assistant.examining import Examined, NotAQuestion, read_questions
from guide.assistant.telling import Citation, Told, ToldPart

TREE = Examined("How old?", "en", stops=frozenset({"tree"}), contains=("300",), kind="answerable")
MOON = Examined("How far is the moon?", "en", refused=True, kind="far-unanswerable")


def answered(sentence: str, stop: str = "tree") -> Given:
    cited = Citation("stop", stop, "en", sentence, f"/m/stops/{stop}?lang=en#s1", None, 1.0)
    return Given(Told((ToldPart(sentence, cited),), False, (stop, "gate"), (), None), ms=1.0)


def refused() -> Given:
    return Given(Told((ToldPart("I do not know."),), True, ("gate", "tree"), (), None), ms=3.0)


def test_a_perfect_assistant_scores_full() -> None:
    report = evaluate([TREE, MOON], lambda one: refused() if one is MOON else answered("It is 300 years old."), _always)

    row = report.row("all")
    assert (row.recall_at_1, row.sentence_first, row.answered, row.refusal_precision, row.refusal_recall) == (
        1,
        1,
        1,
        1,
        1,
    )
    assert row.citations_valid == 1


def test_a_silent_assistant_finds_the_stop_and_answers_nothing() -> None:
    row = evaluate([TREE, MOON], lambda _: refused(), _always).row("all")

    assert (row.recall_at_1, row.recall_at_5, row.answered) == (0, 1, 0)
    assert (row.refusal_precision, row.refusal_recall) == (0.5, 1)
    assert row.citations_valid is None


def test_a_careless_assistant_is_seen_through() -> None:
    row = evaluate([TREE, MOON], lambda _: answered("Cheese.", "gate"), lambda *_: False).row("all")

    assert (row.recall_at_1, row.sentence_shown, row.refusal_recall, row.citations_valid) == (0, 0, 0, 0)


def test_scores_are_told_by_language_and_by_kind() -> None:
    report = evaluate([TREE, MOON], lambda _: refused(), _always)

    assert [row.name for row in report.rows] == ["all", "en", "answerable", "far-unanswerable"]


def _always(*_: object) -> bool:
    return True


class TestAFile:
    def test_may_say_where_one_stands_and_what_is_expected(self) -> None:
        line = (
            '{"question": "Ai xây?", "language": "vi", "stop": "cong", "expect": {"stop": "cong", "contains": ["A"]}}'
        )

        (asked,) = read_questions([line])

        assert (asked.here, asked.stops, asked.contains) == ("cong", frozenset({"cong"}), ("A",))

    def test_may_be_plain(self) -> None:
        line = '{"question": "Who?", "language": "en", "stop": "gate", "answer": "Bonard", "at": 12, "paragraph": 3}'

        (asked,) = read_questions([line, "\n"])

        assert (asked.here, asked.stops, asked.contains) == (None, frozenset({"gate"}), ("Bonard",))

    @pytest.mark.parametrize("line", ["{", "[1]", '{"question": "Who?"}'])
    def test_with_a_mistake_is_refused_by_line(self, line: str) -> None:
        with pytest.raises(NotAQuestion) as refusal:
            list(read_questions(['{"question": "?", "language": "en"}', line]))

        assert refusal.value.facts["line"] == 2
