"""Taking a museum along: what is listed is exactly what is served, and only what changed is fetched anew."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from guide.clock import Clock
from guide.counters import Counters
from guide.narration.hearing import Hearing
from guide.throttle import Throttle
from guide.tours.catalogue import Catalogues
from guide.tours.codes import tidy
from guide.visit.taking import packs, take_page
from tests.flows.conftest import TUESDAY_MORNING, House, OpenHouse

pytestmark = pytest.mark.slow

PACK = "/api/v1/museums/dao-xa/pack?lang="
WHOLE = {"accept-encoding": "identity", "x-taking-along": "1"}


@pytest.fixture
def new_address(new_sqlite: Callable[[], str]) -> Callable[[], str]:
    """What is listed does not hang on the kind of database."""
    return new_sqlite


def record(house: House, language: str = "vi") -> None:
    museum = house.shelf[Catalogues].current.named("dao-xa")
    for stop in museum.shown_stops:
        house.shelf[Hearing].make(museum, stop, language)


def pack(house: House, language: str = "vi", **headers: str) -> dict[str, Any]:
    answer = house.browser.get(PACK + language, headers=headers)
    assert answer.status_code == 200, answer.text
    listed: dict[str, Any] = answer.json()
    return listed


def urls(listed: dict[str, Any], kind: str = "") -> set[str]:
    return {file["url"] for file in listed["files"] if kind in ("", file["kind"])}


def differing(house: House, listed: dict[str, Any], **headers: str) -> list[str]:
    """Files whose bytes are others than the list says."""
    return [file["url"] for file in listed["files"] if served(house, file["url"], **headers) != weighed(file)]


def served(house: House, url: str, **headers: str) -> tuple[int, str]:
    answer = house.browser.get(url, headers=WHOLE | headers, follow_redirects=False)
    assert answer.status_code in (200, 410), f"{url}: {answer.status_code}"
    return len(answer.content), hashlib.sha256(answer.content).hexdigest()


def weighed(file: dict[str, Any]) -> tuple[int, str]:
    return file["bytes"], file["sha256"]


@pytest.mark.parametrize("language", ["vi", "en", "rad"])
def test_every_file_is_served_as_it_is_listed(house: House, language: str) -> None:
    listed = pack(house, language)

    assert differing(house, listed) == []
    assert listed["bytes"] == sum(file["bytes"] for file in listed["files"])


def test_a_reader_who_chose_how_to_read_is_listed_what_everybody_gets(house: House) -> None:
    plain = pack(house, "en")
    house.browser.cookies.set("choices", "text-large.version-easy")

    assert pack(house, "en") == plain


def test_one_who_has_too_many_packs_made_is_asked_to_wait_and_what_is_kept_is_given(house: House) -> None:
    house.browser.app.state.shelf._things[packs.Packs] = packs.Packs(Throttle(per_minute=1, burst=1))  # type: ignore[attr-defined]
    pack(house, "vi")

    refused = house.browser.get(PACK + "en")

    assert refused.status_code == 429
    assert refused.json()["error"] == "TooManyPacks"
    assert refused.json()["message"] not in ("", "TooManyPacks")
    pack(house, "vi")


def test_a_phone_that_sends_no_cookies_gets_what_it_was_listed(house: House) -> None:
    house.browser.cookies.clear()
    english = {"accept-language": "fr-FR,en;q=0.5"}
    listed = pack(house, "rad", **english)
    house.browser.cookies.clear()

    for file in listed["files"]:
        assert served(house, file["url"], **english) == weighed(file), file["url"]
        house.browser.cookies.clear()


def test_every_page_of_the_museum_is_there(house: House) -> None:
    pages = urls(pack(house), "page")

    assert {
        "/dao-xa?lang=vi",
        "/dao-xa/stops/cong-da?lang=vi",
        "/dao-xa/stops/cong-da?lang=vi&tour=mot-vong",
        "/dao-xa/stops/nha-bep?lang=vi&tour=mot-vong",
        "/dao-xa/tours/mot-vong?lang=vi",
        "/dao-xa/search?lang=vi",
        "/dao-xa/ask?lang=vi",
        "/dao-xa/walk?lang=vi",
        "/dao-xa/take?lang=vi",
        "/dao-xa/unlisted?lang=vi",
        "/offline?lang=vi",
    } <= pages


def test_what_a_page_shows_and_works_with_comes_before_it(house: House) -> None:
    listed = pack(house)
    kinds = [file["kind"] for file in listed["files"]]
    page = house.browser.get("/dao-xa/stops/cong-da?lang=vi").text

    assert set(re.findall(r'<img[^>]+src="([^"]+)"', page)) <= urls(listed, "picture")
    assert set(re.findall(r"/assets/[\w./-]+\?v=\w+", page)) <= urls(listed, "tool")
    assert kinds.index("page") > max(place for place, kind in enumerate(kinds) if kind != "page")


def test_narration_goes_along_in_the_small_kind_of_file_or_in_the_one_that_is_asked(house: House) -> None:
    assert pack(house)["waiting"] == 3
    record(house)

    small, other = pack(house), pack(house, "vi&sound=mp3")

    assert {url.rpartition(".")[2] for url in urls(small, "sound")} == {"webm"}
    assert {url.rpartition(".")[2] for url in urls(other, "sound")} == {"mp3"}
    assert len(urls(small, "sound")) == len(urls(small, "captions")) == 3
    assert small["waiting"] == 0
    assert differing(house, other) == []


def test_codes_and_numbers_lead_where_the_server_leads(house: House) -> None:
    listed = pack(house)

    for code, url in listed["codes"].items():
        assert tidy(code) == code
        assert house.browser.get(f"/q/{code}", follow_redirects=False).headers["location"] == url
    for number, url in listed["numbers"].items():
        assert house.browser.get(f"/dao-xa/{number}", follow_redirects=False).headers["location"] == url
    assert len(listed["codes"]) == len(listed["numbers"]) == 3


def test_a_withdrawn_stop_goes_along_as_its_tombstone(house: House) -> None:
    record(house)
    before = pack(house)
    sheet = house.folder / "stops/gieng-co/stop.yaml"
    sheet.write_text(sheet.read_text() + "withdrawn: {since: 2026-11-20, reason: {vi: Đang sửa}}\n")
    house.publish()

    after = pack(house)

    assert served(house, "/dao-xa/stops/gieng-co?lang=vi")
    assert "/dao-xa/stops/gieng-co?lang=vi" in urls(after, "page")
    assert set(after["codes"]) == set(before["codes"])
    assert len(urls(after, "sound")) == 2
    assert differing(house, after) == []


def test_a_changed_text_changes_the_files_that_say_it_and_no_sound_but_its_own(house: House) -> None:
    record(house)
    before = {file["url"]: file["sha256"] for file in pack(house)["files"]}
    (house.folder / "stops/gieng-co/vi.md").write_text("# Giếng cổ\n\nGiếng sâu mười hai mét.\n")
    house.publish()
    record(house)

    listed = pack(house)

    new = {file["url"] for file in listed["files"] if before.get(file["url"]) != file["sha256"]}
    assert "/dao-xa/stops/gieng-co?lang=vi" in new
    assert "/dao-xa/stops/nha-bep?lang=vi&tour=mot-vong" not in new
    assert len(new & urls(listed, "sound")) == 1
    assert differing(house, listed) == []


def test_the_same_museum_is_packed_once_and_a_phone_that_has_it_hears_so(house: House) -> None:
    first = house.browser.get(PACK + "vi")
    again = house.browser.get(PACK + "vi", headers={"if-none-match": first.headers["etag"]})

    assert again.status_code == 304
    assert house.browser.get(PACK + "vi").json()["made_at"] == first.json()["made_at"]
    assert house.browser.get(PACK + "en").headers["etag"] != first.headers["etag"]


def test_what_the_hour_changes_on_a_page_makes_another_pack(open_house: OpenHouse) -> None:
    """Open at nine, closed at noon: the museum's page says so, and the list names what it says."""
    house = open_house(TUESDAY_MORNING)
    morning = pack(house)
    house.browser.app.state.shelf._things[Clock] = Clock(TUESDAY_MORNING + timedelta(hours=3))  # type: ignore[attr-defined]

    noon = pack(house)

    assert weighed_page(noon) != weighed_page(morning)


def weighed_page(listed: dict[str, Any]) -> tuple[int, str]:
    return next(weighed(file) for file in listed["files"] if file["url"] == "/dao-xa?lang=vi")


def test_taking_a_museum_along_is_no_visit_of_its_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[object] = []
    monkeypatch.setattr(house.browser.app.state.shelf[Counters], "note", noted.append)  # type: ignore[attr-defined]
    listed = pack(house)
    for _ in range(2):
        assert differing(house, listed) == []
    assert noted == []

    house.browser.get("/dao-xa/stops/cong-da?lang=vi")

    assert len(noted) == 1


def test_a_museum_that_is_too_large_is_refused_at_once_and_kindly(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_page, "MOST_STOPS", 2)
    monkeypatch.setattr(packs, "MOST_STOPS", 2)

    refused = house.browser.get(PACK + "vi")

    assert refused.status_code == 422
    assert refused.json()["error"] == "TooMuchToCarry"
    assert "3 điểm dừng" in refused.json()["message"]
    assert "3 điểm dừng" in house.browser.get("/dao-xa/take?lang=vi").text


def test_the_page_that_takes_along_names_every_language_the_readers_first(house: House) -> None:
    page = house.browser.get("/dao-xa/take?lang=fr").text

    assert re.findall(r'<guide-take museum="dao-xa" language="(\w+)"', page) == ["fr", "vi", "en", "rad"]


def test_the_museum_says_that_it_can_be_taken_along(house: House) -> None:
    assert 'href="/dao-xa/take?lang=vi"' in house.browser.get("/dao-xa?lang=vi").text


def test_a_pack_lists_no_view_that_is_only_loaded_when_it_is_asked_for(house: House) -> None:
    assert not [url for url in urls(pack(house)) if "/bundles/" in url]


@pytest.mark.parametrize(("language", "name"), [("vi", "Sen, thuyết minh"), ("en", "Sen, a guide")])
def test_the_installed_guide_calls_itself_by_the_readers_language(house: House, language: str, name: str) -> None:
    page = house.browser.get(f"/dao-xa?lang={language}").text
    link = re.search(r'<link rel="manifest" href="([^"]+)"', page)
    assert link

    told = house.browser.get(link[1]).json()

    assert told["name"].startswith(name)
    assert (told["id"], told["lang"], told["start_url"]) == ("/", language, f"/?lang={language}")
    assert all(house.browser.get(icon["src"]).status_code == 200 for icon in told["icons"])


def test_the_worker_is_served_in_one_piece_and_none_of_its_parts_alone(house: House) -> None:
    parts = [path.name for path in (Path(__file__).parents[2] / "pwa" / "worker").iterdir()]

    worker = house.browser.get("/sw.js").text

    assert "const TABLE" in worker
    assert "async function labelled" in worker
    assert all(house.browser.get(f"/assets/worker/{name}").status_code == 404 for name in parts)
