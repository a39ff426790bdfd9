"""What is heard: made when it is first wanted, the same bytes for ever after, and answered in pieces."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest

from guide.narration.hearing import Hearing
from guide.narration.library import Library
from guide.narration.waiting import MOST_WAITING
from guide.publishing.mistakes import ContentMistakes
from guide.tours.catalogue import Catalogues
from tests.flows.conftest import House

pytestmark = pytest.mark.slow


def address(house: House, language: str = "vi", slug: str = "cong-da") -> str:
    page = house.browser.get(f"/dao-xa/stops/{slug}?lang={language}").text
    found = re.search(r'<audio[^>]+src="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def make(house: House, language: str = "vi") -> None:
    museum = house.shelf[Catalogues].current.museums["dao-xa"]
    stop = museum.stop("cong-da")
    assert stop
    house.shelf[Hearing].make(museum, stop, language)


def test_a_recording_that_is_not_made_yet_is_made_when_it_is_asked_for(house: House) -> None:
    wanted = address(house)

    answer = house.browser.get(wanted)

    assert "?of=dao-xa/stops" not in wanted
    assert "?of=dao-xa/cong-da/vi" in wanted
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/mpeg")
    make(house)  # the smaller file beside it comes right behind
    assert address(house) == wanted.split("?")[0], "once it is made, it is named plainly"


def test_a_recording_is_kept_for_ever(house: House) -> None:
    make(house)

    answer = house.browser.get(address(house))

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-1", 206, "bytes 0-1/{n}"),
        ("bytes=1000-", 206, "bytes 1000-{last}/{n}"),
        ("bytes=-100", 206, "bytes {tail}-{last}/{n}"),
        ("bytes=999999999-", 416, "bytes */{n}"),
    ],
)
def test_it_is_answered_in_the_pieces_that_players_ask_for(house: House, asked: str, status: int, told: str) -> None:
    make(house)
    url = address(house)
    whole = house.browser.get(url).content

    answer = house.browser.get(url, headers={"range": asked})

    assert answer.status_code == status
    assert answer.headers["content-range"] == told.format(n=len(whole), last=len(whole) - 1, tail=len(whole) - 100)


@pytest.mark.parametrize("asked", ["junk", "bytes=5-2x", "pages=1-2"])
def test_a_range_that_nobody_can_read_is_as_if_it_were_not_asked(house: House, asked: str) -> None:
    make(house)

    assert house.browser.get(address(house), headers={"range": asked}).status_code == 200


def test_what_a_browser_has_is_not_sent_again(house: House) -> None:
    make(house)
    first = house.browser.get(address(house))

    again = house.browser.get(address(house), headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_a_crowd_that_wants_unmade_recordings_leaves_room_for_the_others(house: House) -> None:
    waiting = house.shelf[Library].waiting
    with ExitStack() as crowd:
        for visitor in range(MOST_WAITING):
            crowd.enter_context(waiting.for_(f"recording {visitor}"))

        crowded = house.browser.get(address(house))
        elsewhere = house.browser.get("/dao-xa")

    assert (crowded.status_code, elsewhere.status_code) == (503, 200)
    assert house.browser.get(address(house)).status_code == 200


def test_captions_speak_of_the_sentences_of_the_page(house: House) -> None:
    make(house)
    stop = house.browser.get("/api/v1/museums/dao-xa/stops/cong-da?lang=vi").json()

    captions = house.browser.get(stop["captions"])

    assert captions.headers["content-type"].startswith("text/vtt")
    assert captions.text.startswith("WEBVTT")
    starts = [sentence["start"] for sentence in stop["sentences"]]
    assert starts == sorted(starts)
    assert [sentence["n"] for sentence in stop["sentences"]] == [0, 1, 2, 3]
    assert "Hãy nhìn vòm cổng." in captions.text


@pytest.mark.parametrize(
    "address_asked",
    [
        "/media/" + "0" * 32 + ".mp3",
        "/media/" + "0" * 32 + ".mp3?of=dao-xa/cong-da/vi",
        "/media/" + "0" * 32 + ".mp3?of=../../etc/passwd",
        "/media/..%2f..%2fguide.sqlite",
        "/media/nothing.exe",
    ],
)
def test_nothing_else_can_be_had_or_be_made_to_speak(house: House, address_asked: str) -> None:
    assert house.browser.get(address_asked).status_code == 404


def test_a_changed_text_is_never_heard_in_its_old_words(house: House) -> None:
    make(house)
    before = address(house)
    (house.folder / "stops/cong-da/vi.md").write_text("# Cổng đá\n\nCổng được dựng năm 1871.\n", "utf-8")
    house.publish()

    after = address(house)

    assert after.split("?")[0] != before.split("?")[0]


def test_a_new_edition_of_another_stop_keeps_the_recording(house: House) -> None:
    make(house)
    before = address(house)
    (house.folder / "stops/gieng-co/vi.md").write_text("# Giếng cổ\n\nGiếng sâu mười hai mét.\n", "utf-8")
    house.publish()

    assert address(house) == before


def test_a_persons_voice_wins_and_is_labelled(house: House, recording: bytes) -> None:
    synthetic = address(house)
    (house.folder / "stops/cong-da/vi.wav").write_bytes(recording)
    house.publish()

    answer = house.browser.get(address(house))
    stop = house.browser.get("/api/v1/museums/dao-xa/stops/cong-da?lang=vi").json()

    assert answer.status_code == 200
    assert address(house).split("?")[0] != synthetic.split("?")[0]
    assert all(audio["human"] for audio in stop["audio"])


def test_a_recording_that_is_no_sound_is_refused_and_the_voice_goes_on(house: House) -> None:
    before = address(house)
    (house.folder / "stops/cong-da/vi.mp3").write_bytes(b"not a sound at all")

    with pytest.raises(ContentMistakes) as refused:
        house.publish()

    assert [(mistake.file, mistake.kind) for mistake in refused.value.mistakes] == [
        ("stops/cong-da/vi.mp3", "sound-broken")
    ]
    assert address(house) == before
