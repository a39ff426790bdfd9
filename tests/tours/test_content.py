"""The shapes of what a museum writes: what may be said, and that what is left out is not written either."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from guide.tours.content import RESERVED, FactValue, Floor, MuseumSheet, StopSheet
from guide.tours.sale import Price
from guide.tours.shapes import WEEK, written

SHEET: dict[str, Any] = {"name": {"vi": "Làng Gốm"}, "languages": ["vi", "en"]}

FINE: list[dict[str, Any]] = [
    {},
    {"languages": ["rad"], "name": {"rad": "Ƀuôn"}},
    {"languages": ["zh-Hant", "zh-CN"], "name": {"zh-Hant": "陶村"}},
    {"hours": {"mon,wed": [], "sat-mon": ["00:00-23:59"], "daily": ["08:00-09:00"]}},
    {"closures": [{"from": "2025-10-20", "to": "2025-10-20"}, {}]},
    {"free_days": [{"day": "02-29"}, {"day": "12-31"}]},
    {"embeds": ["https://a.vn", "http://localhost:8080", "https://xn--gm-jma.vn"]},
    {"prices": [{"category": "adult", "dong": 0}]},
    {"sources": {"12": {"title": {"vi": "Sách", "en": "Book"}}}},
    {"contact": {"phone": "+84 254 123 456"}},
]


@pytest.mark.parametrize("more", FINE, ids=str)
def test_a_museum_may_say(more: dict[str, Any]) -> None:
    MuseumSheet.model_validate({**SHEET, **more})


WRONG: list[dict[str, Any]] = [
    {"languages": []},
    {"languages": ["Vietnamese"]},
    {"languages": ["v"]},
    {"fallback": ["fr"]},
    {"name": {}},
    {"name": {"vi": " \n "}},
    {"hours": {"monday": []}},
    {"hours": {"tue-": []}},
    {"hours": {"tue,": []}},
    {"hours": {"mon-tue-wed": []}},
    {"hours": {"mon": ["24:00-25:00"]}},
    {"hours": {"mon": ["08:00-08:00"]}},
    {"hours": {"mon": ["08:00 - 09:00"]}},
    {"time_zone": "Hà Nội"},
    {"time_zone": "../../etc/passwd"},
    {"time_zone": ""},
    {"free_days": [{"day": "2-29"}]},
    {"free_days": [{"day": "1123"}]},
    {"embeds": ["https://a.vn/"]},
    {"embeds": ["javascript:alert(1)"]},
    {"embeds": ["https://"]},
    {"embeds": ["*"]},
    {"contact": {"email": "gom"}},
    {"contact": {"website": "javascript:alert(1)"}},
    {"prices": [{"category": "adult", "dong": -1}]},
    {"prices": [{"category": "Người lớn", "dong": 1}]},
    {"prices": [{"category": "adult", "dong": 5.0}]},
    {"slots": [{"days": "daily", "at": ["8:00"], "places": 1}]},
    {"slots": [{"days": "daily", "at": ["08:00"], "places": 0}]},
    {"name": {"vi": "a\0b"}},
]


@pytest.mark.parametrize("more", WRONG, ids=str)
def test_a_museum_may_not_say(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MuseumSheet.model_validate({**SHEET, **more})


OUTSIDE = ["/a.svg", "../a.svg", "a/../../b.svg", ".hidden.svg", "a\\b.svg", "C:\\a.svg", "..", "", "a" * 201]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_file_lies_inside_the_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        Floor(id="g", name={"vi": "A"}, svg=name)


VALUES = [(1862, 1862), (18.5, 18.5), ("1862", "1862"), (" thế kỷ XV ", "thế kỷ XV"), (1862.0, 1862.0)]


@pytest.mark.parametrize(("given", "kept"), VALUES)
def test_a_fact_keeps_numbers_as_numbers_and_words_as_words(given: object, kept: object) -> None:
    value = FactValue.model_validate({"value": given, "text": {"vi": "A"}}).value

    assert (value, type(value)) == (kept, type(kept))


@pytest.mark.parametrize("given", [True, None, float("nan"), float("inf"), [1], ""])
def test_a_fact_is_a_number_or_words(given: object) -> None:
    with pytest.raises(ValidationError):
        FactValue.model_validate({"value": given, "text": {"vi": "A"}})


HOLDS = [
    (None, None, True),
    ("2025-10-20", None, True),
    ("2025-10-21", None, False),
    (None, "2025-10-20", True),
    (None, "2025-10-19", False),
    ("2025-10-20", "2025-10-20", True),
]


@pytest.mark.parametrize(("since", "until", "holds"), HOLDS)
def test_what_holds_from_a_day_to_a_day_holds_on_both(since: str | None, until: str | None, holds: bool) -> None:
    price = Price.model_validate({"category": "adult", "dong": 1, "from": since, "to": until})

    assert price.holds(date(2025, 10, 20)) is holds


def test_what_is_left_out_is_not_written() -> None:
    sheet = {"number": 7, "status": {"closed": {"from": "2025-01-01"}}, "floor": {"id": "g", "x": 0.5, "y": 1.0}}

    assert written(StopSheet.model_validate(sheet)) == sheet
    assert written(StopSheet()) == {}


def test_loose_accents_are_joined_and_edges_trimmed() -> None:
    loose = MuseumSheet.model_validate({**SHEET, "name": {"vi": "  La\u0300ng Gô\u0301m\n"}})

    assert loose.name == {"vi": "Làng Gốm"}


def test_shapes_are_frozen() -> None:
    with pytest.raises(ValidationError):
        StopSheet().number = 7  # type: ignore[misc]  # that is the point


def test_the_contracts_reserved_names_are_reserved() -> None:
    promised = "q media api studio office gate counter orders assets widgets healthz readyz metrics"

    assert set(promised.split()) <= RESERVED
    assert len(WEEK) == 7
