"""A walk composed for a visitor: asked by a form, followed by addresses, planned anew midway, without JavaScript."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from guide.app import create_app, furnish
from guide.clock import Clock
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.throttle import Throttle
from guide.tours.catalogue import Catalogues
from guide.visit import examples
from guide.visit.walking import often
from guide.visit.walking.api import WalkAnswer
from guide.visit.walking.terrains import estimated
from tests.museum import nothing, write

pytestmark = pytest.mark.slow

NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, nine in the morning at the museum."""
FORT = {
    "museum.yaml": """
        name: {vi: Thành cổ, en: The old fort}
        languages: [vi, en]
        hours: {tue-sun: ["07:30-11:30", "13:30-17:00"]}
        themes: {prison: {vi: Nhà tù, en: Prison}, garden: {vi: Vườn, en: Gardens}, lone: {vi: Lẻ}}
    """,
    "stops/cong/stop.yaml": "number: 101\nthemes: [prison]\n",
    "stops/san/stop.yaml": "number: 102\nthemes: [prison, lone]\nstep_free: true\n",
    "stops/thap/stop.yaml": "number: 103\nthemes: [garden]\nstep_free: false\n",
    "stops/vuon/stop.yaml": "number: 104\nthemes: [garden]\nfor_children: true\nstep_free: true\n",
    "stops/bep/stop.yaml": "number: 105\nstatus: {closed: {from: 2026-10-01, reason: {vi: Đang tu bổ}}}\n",
    "stops/xa/stop.yaml": "number: 106\nwithdrawn: {since: 2026-01-01}\n",
    **{
        f"stops/{slug}/vi.md": f"# Điểm {slug}\n\nMột câu kể.\n"
        for slug in ("cong", "san", "thap", "vuon", "bep", "xa")
    },
    "tours/mot-vong.yaml": """
        title: {vi: Một vòng}
        minutes: 20
        stops: [{stop: cong}, {stop: san, walk_minutes: 3}, {stop: thap, walk_minutes: 2, steps: 40}]
    """,
}


@dataclass
class Visit:
    browser: TestClient

    def read(self, address: str) -> str:
        answer = self.browser.get(address)
        assert answer.status_code == 200, answer.text
        return words(answer.text)

    def links(self, address: str, inside: str) -> list[str]:
        """Addresses of links within the first element of a class."""
        page = self.browser.get(address).text
        part = page[page.index(f'class="{inside}"') :]
        return [unescape(link) for link in re.findall(r'href="([^"]+)"', part)]

    def json(self, address: str) -> Any:
        answer = self.browser.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json()


def words(page: str) -> str:
    main = re.sub(r'data-words="[^"]*"', "", page[page.index("<main") : page.index("</main>")])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def open_fort(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Open]:
    opened: list[TestClient] = []

    def open_at(now: datetime = NINE, files: dict[str, str] = FORT) -> Visit:
        folder = tmp_path_factory.mktemp("fort")
        database = folder / "guide.sqlite"
        database.write_bytes(sqlite_template.read_bytes())
        settings = Settings(home=folder / "home", database_url=f"sqlite:///{database}", log_level="error")
        shelf = Shelf({Clock: Clock(now)}).over(furnish(settings))
        shelf[Press].publish(write(folder / "thanh-co", files), "thanh-co", now, nothing)
        shelf[Catalogues].renew()
        opened.append(
            TestClient(create_app(shelf), headers={"accept": "text/html", "accept-language": "vi"}).__enter__()
        )
        return Visit(opened[-1])

    yield open_at
    for browser in opened:
        browser.__exit__(None, None, None)


@pytest.fixture(scope="module")
def fort(open_fort: Open) -> Visit:
    return open_fort()


def test_the_museums_page_asks_for_minutes_and_one_tap_answers(fort: Visit) -> None:
    first = fort.links("/thanh-co?lang=vi", "quick")[0]

    assert first == "/thanh-co/walk?lang=vi&minutes=20"
    assert "Lối đi của bạn" in fort.read(first)


def test_a_bare_page_asks_and_offers_the_themes_that_have_a_name_and_more_than_one_stop(fort: Visit) -> None:
    page = fort.browser.get("/thanh-co/walk?lang=en").text

    assert "How many minutes do you have?" in page
    assert re.findall(r'name="theme" value="(\w+)"', page) == ["garden", "prison"]
    assert 'method="get"' in page


def test_the_walk_says_each_stop_its_minutes_the_way_between_and_why(fort: Visit) -> None:
    told = fort.read("/thanh-co/walk?lang=vi&minutes=45&theme=prison&children=yes")

    assert "Lối đi 16 phút" in told
    assert "4 điểm dừng" in told
    assert "đi bộ 3 phút" in told
    assert "40 bậc" in told
    assert "Bảo tàng chọn" in told
    assert "Hợp với trẻ em" in told
    assert "Nhà tù" in told


def test_how_it_was_reckoned_is_told_with_every_assumption(fort: Visit) -> None:
    told = fort.read("/thanh-co/walk?lang=vi&minutes=45")

    assert "Đã so mọi cách đi qua 4 điểm" in told
    assert "cộng 1 phút để ngắm. Số phút ngắm là ước chừng" in told
    assert "được ước theo độ dài bài viết" in told
    assert "chưa ai ghi dài bao nhiêu" in told
    assert "Đường từ cổng đến điểm đầu chưa được tính" in told
    assert "10 điểm dừng nào cũng + 6 bảo tàng chọn" in told


def test_what_is_closed_withdrawn_or_up_steps_is_left_out_and_said(fort: Visit) -> None:
    told = fort.json("/api/v1/museums/thanh-co/walk?minutes=60&steps=none")

    assert {stop["number"] for stop in told["stops"]} == {101, 102, 104}
    assert {left["number"]: left["why"] for left in told["left_out"]} == {103: "steps", 105: "closed"}
    page = fort.read("/thanh-co/walk?lang=vi&minutes=60&steps=none")
    assert "Phải đi bậc thang 103" in page
    assert "chưa rõ có bậc không" in page
    assert "Xin hỏi nhân viên" in page


def test_the_walk_is_followed_by_its_numbers_from_stop_to_stop(fort: Visit) -> None:
    begin = fort.links("/thanh-co/walk?lang=vi&minutes=45&children=yes", "begin")[0]
    walk = re.search(r"walk=([\d.]+)", begin)

    assert walk
    numbers = walk[1].split(".")
    assert begin.endswith(f"?lang=vi&walk={walk[1]}&children=yes")
    assert f"Lối đi của bạn điểm 1/{len(numbers)}" in fort.read(begin)
    after = fort.links(begin, "steps")[0]
    assert after.endswith(f"&walk={walk[1]}&children=yes")
    assert f"điểm 2/{len(numbers)}" in fort.read(after)


def test_numbers_that_nobody_has_are_dropped_and_a_stop_that_is_not_on_the_walk_stands_alone(fort: Visit) -> None:
    on_it = fort.read("/thanh-co/stops/san?lang=vi&walk=101.999.abc.106.102.101")

    assert "điểm 2/2" in on_it
    assert "Lối đi của bạn" not in fort.read("/thanh-co/stops/vuon?lang=vi&walk=101.102")


def test_the_address_of_a_walk_shows_it_again_in_any_language(fort: Visit) -> None:
    told = fort.read("/thanh-co/walk?lang=en&walk=104.101")
    switch = fort.browser.get("/thanh-co/walk?lang=en&walk=104.101").text

    assert "2 stops" in told
    assert told.index("104") < told.index("101")
    assert 'href="/thanh-co/walk?walk=104.101&amp;lang=vi"' in switch


def test_midway_a_walk_is_planned_anew_from_here_without_what_was_seen(fort: Visit) -> None:
    again = fort.links("/thanh-co/stops/san?lang=vi&walk=101.102.103&steps=none", "quick")[2]

    assert again == "/thanh-co/walk?lang=vi&from=san&seen=101.102&steps=none&minutes=30"
    begin = fort.links(again, "begin")[0]
    assert begin == "/thanh-co/stops/vuon?lang=vi&walk=104&steps=none&seen=101.102"
    further = fort.links(begin, "quick")[0]
    assert "seen=101.102.104" in further
    assert "Bạn đã xem hết" in fort.read(further)


def test_more_of_what_was_loved_is_one_tap_from_the_stop(fort: Visit) -> None:
    link = next(link for link in fort.links("/thanh-co/stops/cong?lang=vi", "onward") if "loved" in link)
    asked = fort.read(link)
    told = fort.json("/api/v1/museums/thanh-co/walk?minutes=5&loved=cong&from=cong")

    assert "Vì bạn thích Điểm cong" in asked
    assert [stop["number"] for stop in told["stops"]] == [102]
    assert told["stops"][0]["why"]["like-theme"] == 8


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (11, "đóng cửa lúc 11:30"),
        (12, "mở cửa lúc 13:30"),
        (18, "tính cho thứ Tư, ngày 25 tháng 11 năm 2026, từ 07:30"),
    ],
)
def test_the_walk_ends_before_the_museum_closes_and_says_so(open_fort: Open, hour: int, said: str) -> None:
    visit = open_fort(NINE.replace(hour=hour - 7, minute=20))

    assert said in visit.read("/thanh-co/walk?lang=vi&minutes=45")
    told = visit.json("/api/v1/museums/thanh-co/walk?minutes=45")
    assert told["seconds"] <= told["given_seconds"] == (600 if hour == 11 else 2700)


def test_what_cannot_be_read_of_an_address_is_left_out_kindly(fort: Visit) -> None:
    told = fort.read("/thanh-co/walk?lang=vi&minutes=9999&theme=none&loved=nobody&from=xa&seen=a.b&must=999&walk=zz")

    assert "Lối đi" in told


def test_a_program_that_asks_wrongly_is_told_so(fort: Visit) -> None:
    for asked in ("", "minutes=0", "minutes=9999", "minutes=20&steps=many"):
        assert fort.browser.get(f"/api/v1/museums/thanh-co/walk?{asked}").status_code == 422, asked


def test_what_a_phone_composes_on_is_the_same_all_day(open_fort: Open, fort: Visit) -> None:
    address = "/api/v1/museums/thanh-co/terrain?lang=vi"
    told = fort.json(address)

    assert fort.browser.get(address).content == open_fort(NINE.replace(hour=11)).browser.get(address).content
    assert [place["number"] for place in told["places"]] == [101, 102, 103, 104, 105]
    assert len(told["seconds"]) == 10
    assert told["places"][4]["closed"] == ["2026-10-01", ""]


def test_a_large_museum_is_composed_at_once(open_fort: Open) -> None:
    """Two hundred stops: the walk is found within a few times the 50 ms that it may take on a quiet machine."""
    stops = {f"stops/s{n}/vi.md": f"# Điểm {n}\n\nMột câu kể dài hơn một chút.\n" for n in range(200)}
    visit = open_fort(files={"museum.yaml": FORT["museum.yaml"], **stops})
    address = "/api/v1/museums/thanh-co/walk?minutes={}"
    visit.json(address.format(20))
    began = time.perf_counter()

    told = visit.json(address.format(90))

    assert time.perf_counter() - began < 0.5
    assert told["seconds"] <= 5400
    assert len(told["stops"]) > 20
    assert not told["exact"]


def test_of_a_large_museum_nobody_has_walk_after_walk_composed(
    open_fort: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops = {f"stops/s{n}/vi.md": f"# Điểm {n}\n\nMột câu kể.\n" for n in range(15)}
    visit = open_fort(files={"museum.yaml": FORT["museum.yaml"], **stops})
    monkeypatch.setattr(often, "COMPOSING", Throttle(per_minute=1, burst=2))
    asked = ["/thanh-co/walk?minutes=20", "/api/v1/museums/thanh-co/walk?minutes=20", "/thanh-co/walk?minutes=30"]

    answers = [visit.browser.get(one) for one in asked]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Xin đợi một chút" in answers[-1].text
    assert visit.browser.get("/thanh-co/walk").status_code == 200
    assert visit.browser.get(asked[0]).status_code == 200, "kept"


def test_a_walk_that_names_stops_is_kept_for_nobody_else(fort: Visit) -> None:
    for asked, kept in (("minutes=30", False), ("minutes=30&seen=101", True), ("walk=101.102", True)):
        own = (
            fort.browser.get(f"/thanh-co/walk?lang=vi&{asked}").headers["cache-control"].startswith("private, no-cache")
        )
        assert own is kept, asked


def test_a_walk_of_all_there_is_says_how_much_time_is_left_and_one_without_steps_what_lies_before(fort: Visit) -> None:
    page = fort.read("/thanh-co/walk?minutes=120&steps=none")
    assert re.search(r"Lối này đã qua mọi điểm có thể đến; bạn còn dư chừng \d+ phút\.", page)
    assert page.index("Đường từ cổng đến điểm đầu chưa được tính, và có thể có bậc thang.") < page.index("Bắt đầu đi")
    begun = fort.read("/thanh-co/walk?minutes=20&steps=none&from=cong")
    assert "Đường từ cổng" not in begun


def test_a_text_that_nobody_has_told_yet_takes_as_long_as_it_is() -> None:
    assert estimated("a" * 140) == 10
    assert estimated("字" * 140) == 30


def test_the_words_that_go_with_the_page_are_whole(fort: Visit) -> None:
    page = fort.browser.get("/thanh-co/walk?lang=vi").text
    told = json.loads(unescape(re.search(r'data-words="([^"]*)"', page)[1]))  # type: ignore[index]

    assert told["going"] == "đi bộ {minutes} phút"
    assert all(told.values())


def test_a_stop_that_was_left_out_for_time_can_be_added_and_is_then_on_the_walk(fort: Visit) -> None:
    told = fort.json("/api/v1/museums/thanh-co/walk?minutes=5")
    left = next(left["number"] for left in told["left_out"] if left["why"] == "time")
    add = next(link for link in fort.links("/thanh-co/walk?lang=vi&minutes=5", "left-out") if f"must={left}" in link)

    assert f"{left} · " in fort.read(add)
    assert "Bạn muốn xem" in fort.read(add)
    again = fort.json(f"/api/v1/museums/thanh-co/walk?minutes=5&must={left}")
    assert left in [stop["number"] for stop in again["stops"]]


def test_the_example_at_api_is_an_answer(fort: Visit) -> None:
    assert WalkAnswer.model_validate(examples.WALK).model_dump(mode="json") == examples.WALK
    assert fort.json("/api")["components"]["schemas"]["WalkAnswer"]["examples"]
