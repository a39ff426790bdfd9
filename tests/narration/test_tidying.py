"""Tidying up: what nothing names makes room after a while, and what an edition names never does, whoever publishes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from guide.clock import Clock
from guide.database import Database
from guide.narration import tidying
from guide.narration.hearing import Hearing
from guide.narration.library import Library, Script
from guide.narration.tidying import Freed, Tidying
from guide.tours.catalogue import Museum
from guide.tours.sentences import sentences
from tests.conftest import NewDatabase
from tests.museum import SMALLEST, Files, Publishing, hum, write

from .stops import script as told
from .troupe import Hummer, Troupe

pytestmark = pytest.mark.slow
LATER = datetime.now(UTC)
THEN = LATER - timedelta(days=8)
OTHER: Files = {**SMALLEST, "stops/one/vi.md": "# Lò nung\n\nLò nung nay đã nguội.\n"}


@pytest.fixture
def database(new_database: NewDatabase) -> Database:
    return new_database()


class House:
    """A press, and a library with one quick voice, whose recordings are as old as the clock says."""

    def __init__(self, publishing: Publishing) -> None:
        press = publishing.press
        self.publishing, self.press = publishing, press
        self.voice = Hummer("quick")
        self.troupe = Troupe(self.voice)
        self.library = Library(press.database, press.storage, self.troupe, Clock(THEN))
        self.hearing = Hearing(self.library, press.storage)
        self.tidying = Tidying(press.database, press.storage, self.library)
        self.root = press.storage.root  # type: ignore[attr-defined]  # a folder, here

    def publish(self, files: Files, now: datetime = THEN) -> Museum:
        write(self.publishing.folder, files)
        self.press.publish(self.publishing.folder, "lang-gom", now, self.derive, replace=True)
        return self.publishing.museum

    def derive(self, museum: Museum) -> None:
        for stop in museum.shown_stops:
            self.hearing.make(museum, stop, "vi")

    def files(self, under: str = "media") -> set[str]:
        return {name.rpartition("/")[2] for name in self.press.storage.names(under)}

    def aged(self) -> None:
        """All files are as old as the recordings are said to be."""
        for path in self.root.rglob("*"):
            if path.is_file():
                os.utime(path, (THEN.timestamp(), THEN.timestamp()))

    def heard(self, museum: Museum) -> bool:
        return all(
            (sound := self.hearing.sound(museum, stop, "vi")) is not None and sound.ready for stop in museum.shown_stops
        )


@pytest.fixture
def house(publishing: Publishing) -> Iterator[House]:
    house = House(publishing)
    yield house
    house.library.close()


def test_what_no_edition_names_goes_after_a_while(house: House) -> None:
    house.publish(SMALLEST)
    kept, sentences = house.files(), house.files("sentences")
    draft = house.library.render(told("vi"))
    house.aged()

    early = house.tidying.tidy(THEN + timedelta(days=6))
    freed = house.tidying.tidy(LATER)

    assert early == Freed()
    assert (freed.recordings, freed.files) == (1, 4 + len(house.voice.asked) - len(sentences))
    assert freed.bytes > 0
    assert (house.files(), house.files("sentences")) == (kept, sentences)
    assert house.library.find(draft.recipe) is None


def test_what_it_would_free_is_what_it_frees(house: House) -> None:
    house.publish(SMALLEST)
    house.library.render(told("vi"))
    house.aged()

    told_before = house.tidying.would_free(LATER)

    assert told_before.recordings == 1
    assert house.tidying.tidy(LATER) == told_before
    assert house.tidying.would_free(LATER) == Freed()


def test_an_older_edition_can_be_gone_back_to_with_its_sound(house: House) -> None:
    first = house.publish(SMALLEST)
    second = house.publish(OTHER, THEN + timedelta(hours=1))
    house.aged()

    house.tidying.tidy(LATER)

    assert house.heard(first)
    assert house.heard(second)


def test_a_voice_that_is_gone_takes_its_recordings_along_and_one_that_came_keeps_its_own(house: House) -> None:
    museum = house.publish(SMALLEST)
    old = house.files()
    house.troupe.voices = (Hummer("natural", slow=True), Hummer("quicker", pitch=300))
    house.derive(museum)
    house.hearing.make_best(museum, museum.shown_stops[0], "vi")
    house.aged()

    house.tidying.tidy(LATER)

    assert not old & house.files()
    assert len(house.files()) == 8


def test_a_persons_recording_and_what_others_hold_are_never_taken_away(house: House) -> None:
    person = house.library.accept(hum(), "wav", "vi")
    packed = house.library.render(told("vi"))
    house.aged()

    house.tidying.tidy(LATER, further=(packed.recipe,))

    assert house.library.find(person.recipe)
    assert house.library.find(packed.recipe)


def test_pictures_are_not_recordings(house: House) -> None:
    house.press.storage.put("media/" + "a" * 32 + ".svg", b"<svg/>")
    house.aged()

    house.tidying.tidy(LATER)

    assert house.files() == {"a" * 32 + ".svg"}


def test_what_a_killed_writer_left_beside_whole_files_goes_after_an_hour(house: House) -> None:
    house.publish(SMALLEST)
    left = house.root / "media" / ".half.mp3.ab12cd34"
    left.write_bytes(b"half")
    os.utime(left, (THEN.timestamp(), THEN.timestamp()))

    house.tidying.tidy(THEN + timedelta(minutes=50))
    there = left.exists()
    house.tidying.tidy(THEN + timedelta(minutes=70))

    assert there
    assert not left.exists()


def publishes_meanwhile(house: House) -> Callable[[], Museum]:
    """A draft that nobody published was recorded long ago; now it is, and its recording is found and not made again."""
    house.publish(SMALLEST)
    house.library.render(script_of(OTHER))
    house.aged()
    return lambda: house.publish(OTHER, THEN + timedelta(hours=1))


def script_of(files: Files) -> Script:
    """As it would be read from these files."""
    title, _, body = str(files["stops/one/vi.md"]).partition("\n\n")
    return Script("vi", sentences(title.removeprefix("# "), body.strip(), "vi"))


def test_an_edition_that_comes_while_we_tidy_keeps_its_recordings(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = publishes_meanwhile(house)
    spoken = house.troupe.spoken()
    monkeypatch.setattr(Tidying, "mark", then(Tidying.mark, publish))

    house.tidying.tidy(LATER)

    assert house.troupe.spoken() == spoken, "publishing found what was there"
    assert house.heard(house.publishing.museum)


def test_without_looking_for_new_editions_it_would_be_lost(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    publish = publishes_meanwhile(house)
    monkeypatch.setattr(Tidying, "mark", then(Tidying.mark, publish))
    monkeypatch.setattr(tidying, "holds", lambda *_: True)

    house.tidying.tidy(LATER)

    assert not house.heard(house.publishing.museum)


def then(act: Callable[..., None], once: Callable[[], object]) -> Callable[..., None]:
    """The act, and something more after its first time."""
    left = [once]

    def both(*arguments: object) -> None:
        act(*arguments)
        if left:
            left.pop()()

    return both


def test_publishing_and_tidying_at_once_lose_nothing(house: House) -> None:
    """Each edition's recording is long there as a draft's, so that every publish reuses what every tidying may take."""
    drafts = [{**SMALLEST, "stops/one/vi.md": f"# Lò\n\nLò thứ {number}.\n"} for number in range(12)]
    for draft in drafts:
        house.library.render(script_of(draft))
    house.publish(SMALLEST)
    house.aged()
    done = threading.Event()

    def tidies() -> None:
        while not done.is_set():
            house.tidying.tidy(LATER)

    tidier = threading.Thread(target=tidies)
    tidier.start()
    shown = [house.publish(draft, THEN + timedelta(minutes=number)) for number, draft in enumerate(drafts)]
    done.set()
    tidier.join()

    assert all(house.heard(museum) for museum in shown)
