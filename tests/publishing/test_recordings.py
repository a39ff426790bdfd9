"""Recordings of an edition: something to hear of each stop before it is shown, the best voice behind, nothing twice."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from guide.assistant.minds import Minds
from guide.bell import Quiet
from guide.clock import Clock
from guide.narration.hearing import Hearing
from guide.narration.library import Library
from guide.publishing.behind import LOCK, Behind, record_anew, record_best
from guide.publishing.deriving import Deriving, Tally
from guide.settings import Settings
from guide.shelf import Shelf
from guide.storage import Storage
from guide.tours.catalogue import Catalogues, Museum
from guide.visit.search import Finder
from guide.work import Work
from tests.museum import NOW, Files, Publishing, hum, write
from tests.narration.troupe import Hummer, Troupe

pytestmark = pytest.mark.slow
TWO: Files = {
    "museum.yaml": "name: {vi: Làng Gốm}\nlanguages: [vi]\n",
    "stops/lo/vi.md": "# Lò nung\n\nLò cháy ba ngày. Rồi nguội.\n",
    "stops/chum/vi.md": "# Cái chum\n\nChum đựng nước mưa.\n",
}


@dataclass
class House:
    """A museum's folder, a press, and voices that hum."""

    publishing: Publishing
    troupe: Troupe
    library: Library
    shelf: Shelf

    def publish(self, files: Files, derive: Callable[[Deriving, Museum], None] = Deriving.everything) -> Tally:
        deriving = Deriving.of(self.shelf, lambda _: None)
        write(self.publishing.folder, files)
        folder, slug = self.publishing.folder, self.publishing.folder.name
        self.publishing.press.publish(folder, slug, NOW, lambda museum: derive(deriving, museum), replace=True)
        self.library.settle()
        return deriving.tally

    def voices(self) -> dict[str, str]:
        """Who is heard at each stop."""
        museum, hearing = self.publishing.museum, self.shelf[Hearing]
        sounds = {stop.slug: hearing.sound(museum, stop, "vi") for stop in museum.shown_stops}
        return {slug: sound.voice for slug, sound in sounds.items() if sound and sound.ready}


@pytest.fixture
def house(publishing: Publishing, tmp_path: Path) -> Iterator[House]:
    database, storage = publishing.press.database, publishing.press.storage
    troupe = Troupe(Hummer("natural", pitch=220, slow=True), Hummer("quick"))
    library = Library(database, storage, troupe, Clock(NOW))
    things = {
        Settings: Settings(home=tmp_path / "home"),
        Storage: storage,
        Library: library,
        Hearing: Hearing(library, storage),
        Finder: Finder(storage),
        Minds: Minds(tmp_path / "home", Work()),
        Catalogues: Catalogues(database, Quiet()),
    }
    yield House(publishing, troupe, library, Shelf(things))
    library.close()


def test_publishing_makes_what_can_be_made_quickly_and_says_what_it_did(house: House) -> None:
    first = house.publish(TWO)
    again = house.publish({**TWO, "stops/chum/vi.md": "# Cái chum\n\nChum đựng gạo.\n"})

    assert first == Tally(reused=0, made=2, sentences=5)
    assert again == Tally(reused=1, made=1, sentences=1)
    assert house.voices() == {"lo": "quick", "chum": "quick"}


def test_the_best_voice_comes_after_and_only_where_it_is_missing(house: House) -> None:
    house.publish(TWO)
    house.publish({}, Deriving.best_recordings)

    changed = house.publish({"stops/chum/vi.md": "# Cái chum\n\nChum đựng gạo.\n"})
    meanwhile = house.voices()
    house.publish({}, Deriving.best_recordings)

    assert meanwhile == {"lo": "natural", "chum": "quick"}
    assert changed == Tally(reused=1, made=1, sentences=1)
    assert house.voices() == {"lo": "natural", "chum": "natural"}


def test_a_stop_that_the_best_voice_has_told_needs_no_quick_one(house: House) -> None:
    house.publish(TWO, Deriving.best_recordings)

    tally = house.publish(TWO)

    assert tally == Tally(reused=2)
    assert not house.troupe.voices[1].asked


def test_a_persons_recording_is_taken_in_and_nobody_speaks(house: House) -> None:
    tally = house.publish({**TWO, "stops/lo/vi.wav": hum(), "stops/chum/vi.wav": hum(10_000)})
    house.publish({}, Deriving.best_recordings)

    assert tally == Tally(made=2)
    assert house.troupe.spoken() == 0


def test_a_stop_that_no_voice_gets_through_is_said_and_passed_over(house: House) -> None:
    told: list[str] = []
    for voice in house.troupe.voices:
        voice.problem = "stopped"

    house.publish(TWO, lambda deriving, museum: replace(deriving, note=told.append).everything(museum))

    assert told == ["lang-gom: 1/2 chum vi: VoiceFailed", "lang-gom: 2/2 lo vi: VoiceFailed"]


def test_one_changed_sentence_is_one_sentence_spoken_in_each_language(house: House) -> None:
    house.troupe.voices = (Hummer("vi"), Hummer("en", language="en"))
    sheet = {"museum.yaml": "name: {vi: Làng, en: Village}\nlanguages: [vi, en]\n"}
    texts = {
        f"stops/s{number}/{language}.md": f"# S {number}\n\n{word} {number}. Two.\n"
        for number in range(9)
        for language, word in (("vi", "Một"), ("en", "One"))
    }
    house.publish({**sheet, **texts})
    before = house.troupe.spoken()

    tally = house.publish({"stops/s7/vi.md": "# S 7\n\nMột 7. Hai.\n", "stops/s7/en.md": "# S 7\n\nOne 7. Three.\n"})

    assert tally == Tally(reused=16, made=2, sentences=2)
    assert house.troupe.spoken() - before == 2


def test_what_is_missing_is_recorded_behind_first_quickly_and_then_well(house: House) -> None:
    house.publish(TWO, Deriving.without_audio)
    natural = house.troupe.voices[0]
    natural.held.clear()
    behind = Behind(house.shelf)
    behind.begin()

    until(lambda: bool(natural.asked))
    first = house.voices()
    natural.held.set()
    until(lambda: set(house.voices().values()) == {"natural"})
    house.publish({"stops/chum/vi.md": "# Cái chum\n\nChum đựng gạo.\n"}, Deriving.without_audio)
    until(lambda: house.voices() == {"lo": "natural", "chum": "natural"})
    house.library.close()

    assert first == {"lo": "quick", "chum": "quick"}
    assert behind.ended(within=10)


def test_a_voice_that_is_installed_meanwhile_is_heard_soon(house: House) -> None:
    house.troupe.voices = (Hummer("quick"),)
    house.publish(TWO)
    behind = Behind(house.shelf)
    behind.begin()

    house.troupe.voices = (Hummer("new", pitch=300, slow=True), *house.troupe.voices)
    house.troupe.changed = True

    until(lambda: house.voices() == {"lo": "new", "chum": "new"})
    house.library.close()
    assert behind.ended(within=10)


def test_a_voice_that_was_just_installed_tells_everything_anew(house: House, tmp_path: Path) -> None:
    house.publish(TWO)
    house.troupe.voices = (Hummer("new", pitch=300, slow=True), *house.troupe.voices)

    done = record_anew(Deriving.of(house.shelf, lambda _: None), [house.publishing.museum], tmp_path / "home")

    assert done
    assert house.voices() == {"lo": "new", "chum": "new"}


def test_one_process_of_a_machine_records_behind_at_a_time(house: House, tmp_path: Path) -> None:
    house.publish(TWO)
    deriving = Deriving.of(house.shelf, lambda _: None)

    with (tmp_path / "home" / LOCK).open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        refused = record_best(deriving, house.publishing.museum, tmp_path / "home")
    alone = record_best(deriving, house.publishing.museum, tmp_path / "home")

    assert (refused, alone) == (False, True)
    assert set(house.voices().values()) == {"natural"}


def until(seen: Callable[[], bool], seconds: float = 60) -> None:
    """Looks until it is so."""
    for _ in range(round(seconds / 0.05)):
        if seen():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it did not come")
