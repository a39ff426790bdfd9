"""What a widget is told in one answer: the museum's words in the reader's language, and why something is not there."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

WIDGETS = "/api/v1/museums/dao-xa/widgets"


def card(house: TestClient, door: str, language: str = "en") -> dict[str, Any]:
    answer = house.get(f"{WIDGETS}/{door}{'&' if '?' in door else '?'}lang={language}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_stop_comes_whole(house: TestClient) -> None:
    told = card(house, "stops/cong-da")

    assert [told[name] for name in ("museum", "stop", "number", "status", "note")] == [
        "dao-xa",
        "cong-da",
        101,
        "open",
        "",
    ]
    assert [[one["text"] for one in paragraph] for paragraph in told["paragraphs"]] == [
        ["The stone gate was built in 1862.", "Look at the arch."],
        ["Inside is a small yard."],
    ]
    assert told["picture"]["alt"] == "A stone gate"
    assert told["url"] == "/dao-xa/stops/cong-da?lang=en"


@pytest.mark.parametrize(("language", "play"), [("vi", "Nghe kể"), ("en", "Listen"), ("fr", "Listen")])
def test_the_words_come_with_it(house: TestClient, language: str, play: str) -> None:
    told = card(house, "stops/cong-da", language)

    assert told["words"]["play"] == play
    assert told["language"] == language


def test_a_text_in_another_language_says_which(house: TestClient) -> None:
    told = card(house, "stops/gieng-co", "en")

    assert (told["interface"], told["text_language"]) == ("en", "vi")


def test_a_closed_stop_says_why_and_a_renamed_one_is_found(house: TestClient) -> None:
    assert card(house, "stops/nha-bep")["note"] == "Closed for now. Under repair"
    assert card(house, "stops/gieng-cu")["stop"] == "gieng-co"


def test_a_withdrawn_stop_is_a_title_and_a_reason(house: TestClient) -> None:
    told = card(house, "stops/ao-sen", "vi")

    assert (told["status"], told["audio"], told["paragraphs"], told["picture"]) == ("withdrawn", None, [], None)
    assert told["note"].endswith("Giếng đã lấp")


def test_tickets_are_told_day_by_day(house: TestClient) -> None:
    told = card(house, "tickets", "vi")
    days = {day["day"]: day for day in told["days"]}

    assert told["chosen"] == "2026-11-24"
    assert [days[f"2026-11-{day}"]["state"] for day in (24, 25, 26)] == ["open", "free", "open"]
    assert [(one["category"], one["price"]) for one in days["2026-11-24"]["categories"]] == [
        ("adult", "50.000 ₫"),
        ("child", "Miễn phí"),
    ]
    assert days["2026-11-24"]["name"] == "Hôm nay"


def test_a_museum_that_sells_nothing_says_so(house: TestClient) -> None:
    answer = house.get("/api/v1/museums/lang-gom/widgets/tickets?lang=vi")

    assert (answer.status_code, answer.json()["error"]) == (404, "NoTicketsHere")


def test_a_box_to_ask_in_knows_the_stop_it_stands_by(house: TestClient) -> None:
    assert card(house, "questions?stop=cong-da")["about"] == "The stone gate"
    assert card(house, "questions?stop=khong-co")["stop"] is None
    assert card(house, "questions", "vi")["suggestions"] == ["Giá vé bao nhiêu?"]
