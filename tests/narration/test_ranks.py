"""Which voice is heard: the best that is ready, the quick one meanwhile, the next where one fails; one voice a stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from guide.clock import Clock
from guide.database import Database
from guide.narration.engines.process import VoiceFailed
from guide.narration.library import Library
from guide.narration.waiting import StillRecording
from guide.storage import Folder

from .conftest import TODAY
from .stops import script
from .troupe import Hummer, Troupe

pytestmark = pytest.mark.slow

Open = Callable[..., Library]


@pytest.fixture
def best() -> Hummer:
    return Hummer("best", pitch=220, slow=True)


@pytest.fixture
def quick() -> Hummer:
    return Hummer("quick", pitch=180)


@pytest.fixture
def last() -> Hummer:
    return Hummer("last", pitch=140)


@pytest.fixture
def open_library(database: Database, folder: Folder) -> Iterator[Open]:
    opened: list[Library] = []

    def open_it(*voices: Hummer) -> Library:
        opened.append(Library(database, folder, Troupe(*voices), Clock(TODAY)))
        return opened[-1]

    yield open_it
    for library in opened:
        library.close()


def test_what_is_made_on_demand_is_by_the_quick_voice(open_library: Open, best: Hummer, quick: Hummer) -> None:
    library = open_library(best, quick)

    made = library.render(script("vi"))

    assert made.voice == "quick"
    assert made.recipe == library.recipe(script("vi"))
    assert not best.asked


def test_where_all_are_slow_the_best_of_them_is_waited_for(open_library: Open, best: Hummer, last: Hummer) -> None:
    library = open_library(best, replace(last, slow=True))

    assert library.render(script("vi")).voice == "best"


def test_each_voice_gives_the_recording_a_name_of_its_own(open_library: Open, best: Hummer, quick: Hummer) -> None:
    casts = open_library(best, quick).casts(script("vi"))

    assert [cast.voice.name for cast in casts] == ["best", "quick"]
    assert len({cast.recipe for cast in casts}) == 2


@pytest.mark.parametrize("problem", ["absent", "corrupt", "slow", "stopped"])
def test_where_a_voice_fails_the_next_in_rank_is_heard_and_alone(
    open_library: Open, quick: Hummer, last: Hummer, problem: str
) -> None:
    quick.problem = problem
    library = open_library(quick, last)
    asked = library.recipe(script("vi"))

    made = library.render(script("vi"), asked)

    assert (made.voice, made.recipe == asked) == ("last", False)
    assert library.recipe(script("vi")) == made.recipe, "a page names the one that can be heard"
    assert sum(quick.asked.values()) == 1


def test_a_voice_that_fails_in_the_middle_leaves_nothing_of_its_own_in_the_recording(
    open_library: Open, folder: Folder, quick: Hummer, last: Hummer
) -> None:
    library = open_library(Stumbling("quick"), last)

    made = library.render(script("vi"))

    assert made.voice == "last"
    assert set(last.asked) == {"Hầm xay lúa", *list(last.asked)[1:]}
    assert len(last.asked) == 4
    assert {Path(name).stem for name in folder.names("media")} == {made.recipe}


class Stumbling(Hummer):
    """Says one sentence and no more."""

    def pieces(self, spoken: str) -> Iterator[tuple[int, object]]:
        if self.asked:
            raise VoiceFailed(voice=self.name, problem="stopped")
        return super().pieces(spoken)


@pytest.mark.parametrize(("problem", "other_text"), [("corrupt", "last"), ("stopped", "quick")])
def test_a_corrupt_voice_stands_back_from_every_text_and_one_that_stumbled_from_this_text(
    open_library: Open, quick: Hummer, last: Hummer, problem: str, other_text: str
) -> None:
    quick.problem = problem
    library = open_library(quick, last)
    library.render(script("vi"))
    quick.problem = ""

    assert library.render(script("vi", "Cổng")).voice == other_text


def test_a_voice_that_failed_is_tried_again_after_a_while_and_when_voices_change(
    database: Database, folder: Folder, quick: Hummer, last: Hummer, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.problem = "corrupt"
    troupe = Troupe(quick, last)
    library = Library(database, folder, troupe, Clock(TODAY))
    library.render(script("vi"))
    quick.problem = ""
    failed = library.recipe(script("vi", "Cổng"))

    later = Clock(TODAY + timedelta(minutes=11))
    monkeypatch.setattr(library._casting, "_clock", later)
    after_a_while = library.recipe(script("vi", "Cổng"))

    assert failed != after_a_while
    library.close()


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    """Whatever an earlier test set the logs to."""
    before = structlog.get_config()
    structlog.reset_defaults()
    with capture_logs() as said:
        yield said
    structlog.configure(**before)


def test_what_failed_is_said_once(open_library: Open, quick: Hummer, last: Hummer, logs: list[EventDict]) -> None:
    quick.problem = "corrupt"
    library = open_library(quick, last)

    for title in ("Cổng", "Sân", "Hầm"):
        library.render(script("vi", title), library.every_cast(script("vi", title))[0].recipe)

    assert [line["event"] for line in logs].count("a voice failed; the next in rank is heard") == 1


def test_where_every_voice_fails_it_is_refused(open_library: Open, quick: Hummer, last: Hummer) -> None:
    quick.problem = last.problem = "stopped"

    with pytest.raises(VoiceFailed):
        open_library(quick, last).render(script("vi"))


def test_it_can_be_played_before_the_smaller_file_is_there(open_library: Open, quick: Hummer) -> None:
    library = open_library(quick)

    name = library.prepare(script("vi"))

    assert all(library.media(f"{name}.{ending}") for ending in ("mp3", "vtt", "json"))
    assert library.render(script("vi")).webm_bytes


def test_a_sentence_is_heard_by_itself_and_spoken_once_with_the_whole(open_library: Open, quick: Hummer) -> None:
    library = open_library(quick)
    (cast,) = library.casts(script("vi"))
    quick.held.clear()
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(library.sentence, script("vi"), cast, 0) for _ in range(3)]
        whole = [pool.submit(library.render, script("vi")) for _ in range(2)]
        quick.held.set()
        names = {answer.result() for answer in asked}
        recipes = {answer.result().recipe for answer in whole}

    assert len(names) == len(recipes) == 1
    assert library.media(f"{names.pop()}.mp3")
    assert set(quick.asked.values()) == {1}


def test_a_sentence_has_its_own_file_only_where_the_whole_takes_long(open_library: Open, quick: Hummer) -> None:
    library = open_library(quick)
    long = script("vi", "Đường dài", " ".join(f"Đoạn {number} của con đường dài." for number in range(60)))

    assert (
        library.sentence_names(script("vi", "Cổng", "Cổng đá."), library.casts(script("vi", "Cổng", "Cổng đá."))[0])
        == {}
    )
    assert list(library.sentence_names(long, library.casts(long)[0])) == list(range(61))


def test_captions_that_were_lost_are_written_again_and_nothing_is_spoken(
    open_library: Open, folder: Folder, quick: Hummer
) -> None:
    library = open_library(quick)
    made = library.render(script("vi"))
    before = {ending: (folder.root / "media" / f"{made.recipe}.{ending}").read_bytes() for ending in ("vtt", "json")}
    for ending in before:
        folder.remove(f"media/{made.recipe}.{ending}")

    assert library.find(made.recipe) is None
    library.render(script("vi"))

    after = {ending: (folder.root / "media" / f"{made.recipe}.{ending}").read_bytes() for ending in ("vtt", "json")}
    assert after == before
    assert set(quick.asked.values()) == {1}


def test_work_behind_gives_way_to_whoever_waits(open_library: Open, best: Hummer, quick: Hummer) -> None:
    library = open_library(best, quick)
    told, other = script("vi"), script("vi", "Cổng")
    with ThreadPoolExecutor(1) as pool:
        with library.waiting.for_(str(library.recipe(other))):
            behind = pool.submit(library.render_by, told, library.casts(told)[0])
            library.prepare(other)
            assert not best.asked
        assert behind.result(timeout=30)

    assert sum(best.asked.values()) == 4


def test_work_behind_that_somebody_waits_for_goes_on(open_library: Open, quick: Hummer) -> None:
    library = open_library(quick)

    with library.waiting.for_(str(library.recipe(script("vi")))):
        assert library.render(script("vi"))


def test_closing_ends_what_is_being_recorded_at_the_sentence_it_is_at(
    database: Database, folder: Folder, quick: Hummer
) -> None:
    library = Library(database, folder, Troupe(quick), Clock(TODAY))
    quick.held.clear()
    ended = threading.Event()

    def record() -> None:
        with pytest.raises(StillRecording):
            library.render(script("vi"))
        ended.set()

    recording = threading.Thread(target=record)
    recording.start()
    while not quick.asked:
        ended.wait(0.01)
    library.close()
    quick.held.set()
    recording.join(10)

    assert ended.is_set()
    assert sum(quick.asked.values()) == 1
