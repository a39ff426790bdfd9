"""What visitors say, for the phone: the server's own lists and limits, so that nothing is written down twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guide.assistant import answering, asked_before, composing, days_asked, guessing, practical, premises, trusting
from guide.assistant.hinges import phrases_of
from guide.assistant.matters import LONGEST_NAME, ON_SITE, ONWARD, SMALL_TALK
from guide.assistant.matters.tongues import ALLOWED, listed
from guide.assistant.matters.words import LONG_ENOUGH, SHORTEST


def phrases(tongues: list[str]) -> dict[str, Any]:
    return {
        "matters": _matters(tongues),
        "hinges": phrases_of(),
        "days": _days(),
        "guessing": {"scripts": [[tongue, letters.pattern] for tongue, letters in guessing.SCRIPTS]}
        | {"marks": guessing.MARKS_OF_VIETNAMESE},
        "answering": _answering(),
        "composing": _composing(),
        "trusting": _trusting(),
        "premises": {"number": premises.NUMBER.pattern, "ranks": premises.RANKS},
    }


def _matters(tongues: list[str]) -> dict[str, Any]:
    return {
        "small_talk": sorted(SMALL_TALK),
        "on_site": sorted(ON_SITE),
        "facilities": sorted(practical.FACILITIES),
        "longest_name": LONGEST_NAME,
        "long_enough": LONG_ENOUGH,
        "shortest": SHORTEST,
        "onward": ONWARD.pattern,
        "tongues": dict(_tongues(tongues)),
    }


def _tongues(wanted: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A list of rows: of equal fit the topic that stands first counts, and JSON keeps no order of keys."""
    for tongue in wanted:
        told = listed(tongue)
        topics = [[name, *_rows(rows)] for name, rows in told["topics"].items()]
        if topics:
            yield tongue, {"around": told["around"], "topics": topics}


def _rows(rows: dict[str, Any]) -> Iterator[Any]:
    """Phrases, what shows that something else is meant, what may stand beside them, and what else is allowed."""
    yield [str(phrase) for phrase in rows.get("phrases", ())]
    yield [str(phrase) for phrase in rows.get("unless", ())]
    yield str(rows.get("with", ""))
    yield [key for key in ALLOWED if rows.get(key)]


def _days() -> dict[str, Any]:
    return {
        "ahead": [days_asked.TODAY, days_asked.TOMORROW, days_asked.AFTER_TOMORROW],
        "weekdays": days_asked.WEEKDAYS,
        "months": days_asked.MONTHS,
        "numbered": days_asked.NUMBERED,
        "month_first": days_asked.MONTH_FIRST.pattern,
    }


def _answering() -> dict[str, Any]:
    return {
        "longest": answering.LONGEST,
        "suggestions": answering.SUGGESTIONS,
        "near": answering.NEAR,
        "elsewhere": answering.ELSEWHERE,
        "asked_before": asked_before.NEARLY,
    }


def _composing() -> dict[str, Any]:
    return {
        "near_best": composing.NEAR_BEST,
        "near_best_in_a_list": composing.NEAR_BEST_IN_A_LIST,
        "near_best_elsewhere": composing.NEAR_BEST_ELSEWHERE,
        "quarrel_near": composing.QUARREL_NEAR,
        "enumerating": composing.ENUMERATING,
        "twin": composing.TWIN,
        "whole": composing.WHOLE,
        "shown": composing.SHOWN,
        "lists": composing.LISTS,
    }


def _trusting() -> dict[str, Any]:
    return {
        "corroborated": trusting.CORROBORATED,
        "standing_here": trusting.STANDING_HERE,
        "speaks": trusting.SPEAKS,
        "walks": trusting.WALKS.pattern,
    }
