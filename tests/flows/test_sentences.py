"""A long stop is heard by its sentences until it is recorded; an answer is heard in sentences that are published."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from guide.app import create_app, furnish
from guide.database import Database
from guide.narration.asked import OfAnswer, Quoted, asked, told
from guide.narration.hearing import Hearing
from guide.narration.library import Library
from guide.narration.waiting import PATIENCE
from guide.settings import Settings
from guide.shelf import Shelf
from guide.storage import Folder
from guide.tours.catalogue import Catalogues
from tests.flows.conftest import House, write_museum
from tests.narration.troupe import Hummer, Troupe

pytestmark = pytest.mark.slow

LONG = "# Đường dài\n\n" + " ".join(f"Đoạn {number} của con đường dài đi qua sân." for number in range(20)) + "\n"
STOP = "/dao-xa/stops/duong-dai?lang=vi"


@pytest.fixture
def long_house(house: House) -> House:
    folder = house.folder / "stops" / "duong-dai"
    folder.mkdir()
    (folder / "vi.md").write_text(LONG, "utf-8")
    house.publish()
    return house


def alone(house: House, page: str = STOP) -> list[str]:
    """The addresses of the sentences' own recordings."""
    return [found.replace("&amp;", "&") for found in re.findall(r'data-sound="([^"]+)"', house.browser.get(page).text)]


def whole(house: House) -> str:
    found = re.search(r'<audio[^>]+src="([^"]+)"', house.browser.get(STOP).text)
    assert found
    return found[1]


@pytest.mark.slow
def test_each_sentence_of_a_long_stop_has_a_sound_of_its_own_until_the_whole_is_made(long_house: House) -> None:
    addresses = alone(long_house)

    first = long_house.browser.get(addresses[0])
    again = long_house.browser.get(addresses[0].split("?")[0])

    assert [address.rsplit("/", 1)[1] for address in addresses] == [str(number) for number in range(21)]
    assert (first.status_code, first.headers["content-type"]) == (200, "audio/mpeg")
    assert "immutable" in first.headers["cache-control"]
    assert again.content == first.content
    long_house.shelf[Hearing].make(*_stop(long_house), "vi")
    assert alone(long_house) == []


def test_a_short_stop_has_none(long_house: House) -> None:
    assert alone(long_house, "/dao-xa/stops/gieng-co?lang=vi") == []


@pytest.mark.slow
def test_the_whole_and_its_sentences_asked_for_at_once_are_spoken_once(long_house: House) -> None:
    addresses = [whole(long_house), *alone(long_house)[:4]] * 2

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(long_house.browser.get, addresses))

    assert {answer.status_code for answer in answers} == {200}
    assert long_house.shelf[Library].spoken == 21


@pytest.mark.parametrize("number", ["1", "21", "9999"])
def test_a_sentence_is_made_only_under_its_own_name(long_house: House, number: str) -> None:
    address = alone(long_house)[0].rsplit("/", 1)[0] + "/" + number

    assert long_house.browser.get(address).status_code == 404
    assert long_house.shelf[Library].spoken == 0


def test_an_answer_is_heard_in_the_words_of_its_stops(house: House) -> None:
    museum = house.shelf[Catalogues].current.museums["dao-xa"]
    quoted = (Quoted("cong-da", 1), Quoted("gieng-co", 1))
    sound = house.shelf[Hearing].answer(museum, "vi", quoted)
    assert sound
    address = f"/media/{sound.name}.mp3?of={told(OfAnswer('dao-xa', 'vi', quoted))}"

    heard = house.browser.get(address)
    captions = house.browser.get(address.replace(".mp3", ".vtt"))

    assert heard.status_code == 200
    assert "Cổng đá được dựng năm 1862." in captions.text
    assert "Giếng sâu mười mét." in captions.text


def test_an_answers_sentences_that_were_spoken_for_their_stop_are_not_spoken_again(house: House) -> None:
    museum, library = house.shelf[Catalogues].current.museums["dao-xa"], house.shelf[Library]
    stop = museum.stop("cong-da")
    assert stop
    house.shelf[Hearing].make(museum, stop, "vi")
    before = library.spoken
    quoted = (Quoted("cong-da", 2), Quoted("cong-da", 1))
    sound = house.shelf[Hearing].answer(museum, "vi", quoted)
    assert sound

    house.browser.get(f"/media/{sound.name}.mp3?of={told(OfAnswer('dao-xa', 'vi', quoted))}")

    assert library.spoken == before


@pytest.mark.parametrize(
    "of",
    [
        "dao-xa/vi/cong-da:2",
        "dao-xa/vi/cong-da:99",
        "dao-xa/vi/nowhere:1",
        "dao-xa/ja/cong-da:1",
        "nowhere/vi/cong-da:1",
        "dao-xa/vi/cong-da:1;rm",
    ],
)
def test_an_address_can_have_nothing_else_said(house: House, of: str) -> None:
    museum = house.shelf[Catalogues].current.museums["dao-xa"]
    sound = house.shelf[Hearing].answer(museum, "vi", (Quoted("cong-da", 1),))
    assert sound

    assert house.browser.get(f"/media/{sound.name}.mp3?of={of}").status_code == 404
    assert house.shelf[Library].spoken == 0


@pytest.mark.parametrize(
    "of",
    ["m/s/vi", "m/s/zh-Hant/0", "m/vi/one:1", "m/en/one:1,two:12"],
)
def test_what_an_address_says_is_read_as_it_is_written(of: str) -> None:
    found = asked(of)

    assert found
    assert told(found) == of


@pytest.mark.parametrize(
    "of", ["", "m", "m/s", "m/s/vi/x", "m/s/vi/3/4", "m/vi/:1", "m/vi/one:1,", "../s/vi", "m/S/vi"]
)
def test_anything_else_is_nothing(of: str) -> None:
    assert asked(of) is None


def _stop(house: House) -> tuple[object, object]:
    museum = house.shelf[Catalogues].current.museums["dao-xa"]
    return museum, museum.stop("duong-dai")


def test_where_a_voice_fails_the_address_leads_to_the_next_voices_recording(
    tmp_path: Path, new_sqlite: Callable[[], str]
) -> None:
    failing, next_one = Hummer("failing", problem="stopped"), Hummer("next", pitch=300)
    furnished = furnish(Settings(home=tmp_path / "home", database_url=new_sqlite(), log_level="error"))
    storage = Folder(tmp_path / "home")
    library = Library(furnished[Database], storage, Troupe(failing, next_one))
    shelf = Shelf({Library: library, Hearing: Hearing(library, storage)}).over(furnished)
    with TestClient(create_app(shelf), headers={"accept": "text/html", "accept-language": "vi"}) as browser:
        house = House(browser, shelf, write_museum(tmp_path / "dao-xa"))
        house.publish()
        stop = "/dao-xa/stops/gieng-co?lang=vi"
        found = re.search(r'<audio[^>]+src="([^"]+)"', browser.get(stop).text)
        assert found

        began = time.monotonic()
        led = browser.get(found[1], follow_redirects=False)
        waited = time.monotonic() - began
        heard = browser.get(found[1])

        assert (led.status_code, led.headers["cache-control"]) == (307, "no-store")
        assert waited < PATIENCE, "whoever waits must not give way to themselves"
        assert heard.status_code == 200
        assert set(next_one.asked.values()) == {1}
