"""An editor is told where what is sold does not agree with itself."""

from __future__ import annotations

import pytest

from guide.publishing.files import Folder
from guide.publishing.sale import check_sale
from guide.tours.content import MuseumSheet
from tests.museum import SMALLEST, Publishing

HOURS = 'hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}\n'
PRICES = "prices: [{category: adult, dong: 50000}]\n"
CASES = [
    ("slots: [{days: daily, at: ['08:00', '10:00', '14:00'], places: 40}]", []),
    ("slots: [{days: tue-sat, at: ['08:00'], places: 40}, {days: sun, at: ['08:00'], places: 80}]", []),
    ("slots: [{days: tue-sun, at: ['08:00', '08:00'], places: 40}]", ["entry-time-twice"]),
    (
        "slots: [{days: tue-sun, at: ['08:00'], places: 40}, {days: sun, at: ['08:00'], places: 80}]",
        ["entry-time-twice"],
    ),
    ("slots: [{days: tue-sun, at: ['08:00', '09:00'], places: 40, minutes: 61}]", ["entry-time-overlaps"]),
    ("slots: [{days: tue-sun, at: ['08:00', '09:00'], places: 40, minutes: 60}]", []),
    ("slots: [{days: tue-sun, at: ['07:00'], places: 40}]", ["entry-time-outside-hours"]),
    ("slots: [{days: tue-sun, at: ['11:30'], places: 40}]", ["entry-time-outside-hours"]),
    ("slots: [{days: tue-sun, at: ['11:00'], places: 40, minutes: 45}]", ["entry-time-outside-hours"]),
    ("slots: [{days: mon, at: ['08:00'], places: 40}]", []),
    ("tickets: {quotas: [{name: all, categories: [adult], places: 5}]}", []),
    ("tickets: {quotas: [{name: all, categories: [adult, child], places: 5}]}", ["quota-without-price"]),
    (
        "tickets: {quotas: [{name: a, categories: [adult], places: 5}, {name: a, categories: [adult], places: 9}]}",
        ["quota-twice"],
    ),
]


@pytest.mark.parametrize(("sold", "kinds"), CASES)
def test_what_does_not_agree_is_named_with_its_line(publishing: Publishing, sold: str, kinds: list[str]) -> None:
    sheet = str(SMALLEST["museum.yaml"]) + HOURS + PRICES + sold + "\n"

    assert publishing.mistakes({**SMALLEST, "museum.yaml": sheet}) == [f"museum.yaml:5 {kind}" for kind in kinds]


def test_ages_are_written_from_the_lower(publishing: Publishing) -> None:
    backwards = str(SMALLEST["museum.yaml"]) + "prices: [{category: adult, dong: 5, ages: [59, 16]}]\n"

    assert publishing.mistakes({**SMALLEST, "museum.yaml": backwards}) == ["museum.yaml:3 ages-backwards"]


def test_without_hours_a_time_is_inside_the_day(tmp_path: object) -> None:
    late = {"days": "daily", "at": ["23:50"], "places": 1, "minutes": 30}
    sheet = MuseumSheet.model_validate({"name": {"vi": "A"}, "languages": ["vi"], "slots": [late]})
    folder = Folder(tmp_path)  # type: ignore[arg-type]

    check_sale(folder, sheet)

    assert [mistake.kind for mistake in folder.mistakes] == ["entry-time-outside-hours"]
