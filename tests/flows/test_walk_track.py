"""A walk to take along as one file: asked for on its page, made of what is recorded, fetched like every recording."""

from __future__ import annotations

import io
import re

import av
import pytest

from guide.throttle import Throttle
from guide.visit.listening import files
from tests.flows.conftest import House

pytestmark = pytest.mark.slow

TRACK = "/dao-xa/tours/mot-vong/track.mp3"


def chapters(house: House, url: str) -> list[str]:
    body = house.browser.get(url).content
    with av.open(io.BytesIO(body)) as file:
        return [chapter["metadata"]["title"] for chapter in file.chapters()]


def test_a_walk_is_one_file_under_the_name_of_what_it_is_made_of(house: House) -> None:
    first = house.browser.get(f"{TRACK}?lang=vi", follow_redirects=False)
    again = house.browser.get(f"{TRACK}?lang=vi", follow_redirects=False)
    piece = house.browser.get(first.headers["location"], headers={"range": "bytes=0-2"})

    assert first.status_code == 302
    assert re.fullmatch(r"/media/[0-9a-f]{32}\.mp3", first.headers["location"])
    assert again.headers["location"] == first.headers["location"]
    assert (piece.status_code, piece.content, piece.headers["content-type"]) == (206, b"ID3", "audio/mpeg")
    assert "immutable" in piece.headers["cache-control"]


def test_a_closed_stop_is_left_out(house: House) -> None:
    assert chapters(house, f"{TRACK}?lang=vi") == ["101 · Cổng đá", "102 · Giếng cổ"]


def test_a_changed_text_is_another_track(house: House) -> None:
    before = house.browser.get(f"{TRACK}?lang=vi", follow_redirects=False).headers["location"]
    (house.folder / "stops" / "gieng-co" / "vi.md").write_text("# Giếng cổ\n\nGiếng sâu hai mươi mét.\n", "utf-8")
    house.publish()

    assert house.browser.get(f"{TRACK}?lang=vi", follow_redirects=False).headers["location"] != before


def test_the_page_says_how_long_and_how_large_it_is(house: House) -> None:
    with av.open(io.BytesIO(house.browser.get(f"{TRACK}?lang=vi").content)) as file:
        seconds = file.duration / 1_000_000

    page = house.browser.get("/dao-xa/tours/mot-vong?lang=vi").text

    assert f'href="{TRACK}?lang=vi" download="dao-xa-mot-vong.mp3"' in page
    told = re.search(r'class="size">(\d+):(\d\d) · ', page)
    assert told
    assert abs(60 * int(told[1]) + int(told[2]) - seconds) <= 1


def test_a_walk_that_was_composed_is_a_track_too(house: House) -> None:
    assert chapters(house, "/dao-xa/track.mp3?walk=102.101&lang=en") == ["102 · Giếng cổ", "101 · The stone gate"]
    assert house.browser.get("/dao-xa/track.mp3?walk=999").status_code == 404


def test_who_asks_for_walk_after_walk_waits(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "JOINING", Throttle(per_minute=1, burst=1))
    walks = [f"/dao-xa/track.mp3?walk={walk}&lang=vi" for walk in ("102.101", "101.102")]

    assert [house.browser.get(walk, follow_redirects=False).status_code for walk in walks] == [302, 429]


def test_a_walk_that_nobody_can_tell_is_refused_kindly(house: House) -> None:
    for slug in ("gieng-co", "nha-bep"):
        (house.folder / "stops" / slug / "rad.md").write_text("# Boh tâo\n\nAnei boh tâo.\n", "utf-8")
    house.publish()

    refused = house.browser.get(f"{TRACK}?lang=rad", headers={"accept": "application/json"})

    assert refused.status_code == 404
    assert refused.json()["error"] == "NothingToHear"


def test_a_stop_s_artwork_is_square_and_one_without_a_picture_has_none(house: House) -> None:
    drawn = house.browser.get("/dao-xa/stops/cong-da/artwork.png")

    assert drawn.content[16:24] == (512).to_bytes(4, "big") * 2
    assert house.browser.get("/dao-xa/stops/gieng-co/artwork.png").status_code == 404
