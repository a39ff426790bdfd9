"""The decision at a gate, as a table: the first reason that holds, and otherwise welcome."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from guide.gate.judging import Held, judge
from guide.gate.rules import Moment, Rules
from guide.gate.verdicts import Verdict

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NINE = Moment(AT, DAY, 9 * 60)
RULES = Rules(30, 60, re_entry=False, spans=((450, 690), (810, 1020)))
GOOD = Held(day=DAY, slot="09:00")
USED = replace(GOOD, entered=1, entered_at=AT - timedelta(minutes=30))
BACK = replace(RULES, re_entry=True)
CASES: list[tuple[str, Held, Rules, int, int, Verdict, bool]] = [
    ("a paid ticket at its time", GOOD, RULES, 540, 1, Verdict.WELCOME, False),
    ("nothing we can read", Held(readable=False), RULES, 540, 1, Verdict.UNKNOWN, False),
    ("another museum's", replace(GOOD, ours=False, genuine=False), RULES, 540, 1, Verdict.WRONG_MUSEUM, False),
    ("a wrong signature", replace(GOOD, genuine=False), RULES, 540, 1, Verdict.FORGED, False),
    ("no such ticket", Held(known=False), RULES, 540, 1, Verdict.UNKNOWN, False),
    ("yesterday's", replace(GOOD, day=date(2026, 11, 23)), RULES, 540, 1, Verdict.WRONG_DAY, False),
    (
        "yesterday's, cancelled",
        replace(GOOD, day=date(2026, 11, 23), cancelled=True),
        RULES,
        540,
        1,
        Verdict.WRONG_DAY,
        False,
    ),
    ("cancelled", replace(GOOD, cancelled=True, paid=False), RULES, 540, 1, Verdict.CANCELLED, False),
    ("unpaid", replace(GOOD, paid=False), RULES, 540, 1, Verdict.UNPAID, False),
    ("on a day the museum is closed", GOOD, replace(RULES, closed=True), 540, 1, Verdict.CLOSED, False),
    ("a minute before one may", GOOD, RULES, 509, 1, Verdict.TOO_EARLY, False),
    ("the first minute", GOOD, RULES, 510, 1, Verdict.WELCOME, False),
    ("the last minute", GOOD, RULES, 600, 1, Verdict.WELCOME, False),
    ("a minute after that", GOOD, RULES, 601, 1, Verdict.TOO_LATE, False),
    ("any time, before the doors open", replace(GOOD, slot=""), RULES, 419, 1, Verdict.TOO_EARLY, False),
    ("any time, over noon", replace(GOOD, slot=""), RULES, 740, 1, Verdict.WELCOME, False),
    ("any time, after closing", replace(GOOD, slot=""), RULES, 1021, 1, Verdict.TOO_LATE, False),
    (
        "any time, where no hours are told",
        replace(GOOD, slot=""),
        replace(RULES, spans=()),
        1400,
        1,
        Verdict.WELCOME,
        False,
    ),
    ("used", USED, RULES, 540, 1, Verdict.ALREADY_INSIDE, False),
    ("used, and may come back", USED, BACK, 540, 1, Verdict.WELCOME, True),
    (
        "used a minute ago",
        replace(USED, entered_at=AT - timedelta(minutes=1)),
        BACK,
        540,
        1,
        Verdict.ALREADY_INSIDE,
        False,
    ),
    ("a group of thirty, twelve of them", replace(GOOD, admits=30), RULES, 540, 12, Verdict.WELCOME, False),
    ("the last three", replace(GOOD, admits=30, entered=27), RULES, 540, 3, Verdict.WELCOME, False),
    ("four where three are left", replace(GOOD, admits=30, entered=27), RULES, 540, 4, Verdict.ALREADY_INSIDE, False),
    (
        "four where three are left, and may come back",
        replace(USED, admits=30, entered=27),
        BACK,
        540,
        4,
        Verdict.ALREADY_INSIDE,
        False,
    ),
]


@pytest.mark.parametrize(
    ("held", "rules", "minute", "people", "verdict", "again"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_first_reason_that_holds(
    held: Held, rules: Rules, minute: int, people: int, verdict: Verdict, again: bool
) -> None:
    judged = judge(held, rules, replace(NINE, minute=minute), people)

    assert (judged.verdict, judged.again) == (verdict, again)


def test_every_verdict_is_in_the_table() -> None:
    assert {case[5] for case in CASES} == set(Verdict)


SHARED = [
    case for case in json.loads(Path(__file__).with_name("verdicts.json").read_text("utf-8")) if "only" not in case
]


@pytest.mark.parametrize("case", SHARED, ids=[case["name"] for case in SHARED])
def test_the_server_judges_as_a_phone_without_a_network_does(case: dict[str, Any]) -> None:
    """The same table is read by the gate's page, in a browser."""
    told, ticket, rules = case["code"], case["ticket"], case["rules"]
    day = date.fromisoformat(case["day"])
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=case["minute"])
    held = claimed(told, ticket, day, now)
    spans = tuple((minutes(first), minutes(last)) for first, last in rules["spans"])
    again = rules["re_entry"] == "same-day"
    of_day = Rules(rules["early_minutes"], rules["late_minutes"], again, spans, rules["closed"])

    judged = judge(held, of_day, Moment(now, day, case["minute"]), case["count"])

    assert (judged.verdict.value, judged.again) == (case["verdict"], case["again"])


def claimed(told: dict[str, Any], ticket: dict[str, Any] | None, day: date, now: datetime) -> Held:
    signed = told["kind"] == "signed"
    written = date.fromisoformat(told["day"]) if signed else day
    held = Held(
        readable=told["kind"] != "noise",
        ours=told.get("ours", True),
        genuine=not signed or (told["key"] == "known" and told["right"]),
        known=ticket is not None or written != day,  # a phone knows today's tickets, and we know all
        day=written,
        slot=clock(told["slot"]) if signed else "",
    )
    if ticket is None:
        return held
    since = ticket["since"]
    return replace(
        held,
        day=day,
        slot=clock(ticket["slot"]),
        cancelled=ticket["state"] == 2,
        paid=ticket["state"] != 0,
        admits=ticket["admits"],
        entered=ticket["entered"],
        entered_at=now - timedelta(minutes=since) if since is not None else None,
    )


def clock(minute: int | None) -> str:
    return f"{minute // 60:02}:{minute % 60:02}" if minute is not None else ""


def minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
