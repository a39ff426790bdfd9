"""Which recordings an edition should have is known without reading again what did not change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from guide.clock import Clock
from guide.narration.casting import Cast
from guide.narration.hearing import Hearing
from guide.narration.library import Library, Script
from guide.publishing.naming import Naming, Wanted
from tests.museum import NOW, Files, Publishing, hum, write
from tests.narration.troupe import Hummer, Troupe

VILLAGE: Files = {
    "museum.yaml": "name: {vi: Làng Gốm}\nlanguages: [vi, en]\n",
    "stops/lo/vi.md": "# Lò nung\n\nLò cháy ba ngày. Rồi nguội.\n",
    "stops/lo/en.md": "# The kiln\n\nIt burns for three days.\n",
    "stops/chum/vi.md": "# Cái chum\n\nChum đựng nước mưa.\n",
}


class Reading(Library):
    """A library that remembers what it read."""

    read: list[str]

    def every_cast(self, script: Script) -> tuple[Cast, ...]:
        self.read.append(script.sentences[0].text)
        return super().every_cast(script)


class Riser(Hummer):
    """A voice whose engine takes a moment to start."""

    woken = 0

    def wake(self) -> None:
        self.woken += 1


@dataclass
class Village:
    publishing: Publishing
    troupe: Troupe
    library: Reading
    read: list[str] = field(default_factory=list)

    def wanted(self, files: Files) -> list[Wanted]:
        """Of what is published now, and by somebody who knows nothing but what is noted."""
        write(self.publishing.folder, files)
        self.publishing(now=NOW, replace=True)
        self.library.read = self.read = []
        return self.naming.wanted(self.publishing.museum)

    @property
    def naming(self) -> Naming:
        return Naming(Hearing(self.library, self.publishing.press.storage), self.publishing.folder.parent / "notes")


@pytest.fixture
def village(publishing: Publishing) -> Iterator[Village]:
    troupe = Troupe(Hummer("natural", pitch=220, slow=True), Hummer("quick"), Riser("en", language="en"))
    library = Reading(publishing.press.database, publishing.press.storage, troupe, Clock(NOW))
    library.read = []
    yield Village(publishing, troupe, library)
    library.close()


def test_every_stop_is_wanted_in_each_of_its_languages_by_all_that_are_good_enough(village: Village) -> None:
    wanted = village.wanted(VILLAGE)

    assert [(one.stop, one.language, len(one.names)) for one in wanted] == [
        ("chum", "vi", 2),
        ("lo", "en", 1),
        ("lo", "vi", 2),
    ]


def test_only_what_changed_is_read_again(village: Village) -> None:
    before = village.wanted(VILLAGE)

    after = village.wanted({"stops/chum/vi.md": "# Cái chum\n\nChum đựng gạo.\n"})

    assert village.read == ["Cái chum"]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True]
    assert village.wanted({}) == after
    assert village.read == []


@pytest.mark.parametrize(
    "change",
    [
        lambda village: setattr(village.troupe, "voices", (Hummer("new", pitch=300), *village.troupe.voices)),
        lambda village: write(village.publishing.folder, {"lexicon/vi.yaml": "- {word: Lò, say: lò lửa}\n"}),
        lambda village: [path.write_text("[1, 2") for path in village.naming.notes.iterdir()],
    ],
    ids=["another voice came", "a word is said otherwise", "the notes cannot be read"],
)
def test_what_else_decides_names_has_everything_read_again(
    village: Village, change: Callable[[Village], object]
) -> None:
    village.wanted(VILLAGE)
    change(village)
    village.troupe.changed = True

    village.wanted({})

    assert set(village.read) == {"Cái chum", "Lò nung", "The kiln"}


def test_a_persons_recording_is_looked_at_each_time(village: Village) -> None:
    handed_in = village.wanted({**VILLAGE, "stops/lo/vi.wav": hum()})

    another = village.wanted({"stops/lo/vi.wav": hum(10_000)})

    names = [[one.names for one in found if (one.stop, one.language) == ("lo", "vi")] for found in (handed_in, another)]
    assert names[0] != names[1]


def test_a_stop_that_was_taken_back_is_not_recorded(village: Village) -> None:
    village.wanted(VILLAGE)

    wanted = village.wanted({"stops/lo/stop.yaml": "withdrawn: {since: 2026-11-24}\n"})

    assert {one.stop for one in wanted} == {"chum"}


def test_whoever_has_something_new_to_say_gets_ready(village: Village) -> None:
    riser = village.troupe.voices[2]
    assert isinstance(riser, Riser)
    village.wanted(VILLAGE)
    village.naming.wake(village.publishing.museum)
    nothing_new = riser.woken

    write(village.publishing.folder, {"stops/lo/en.md": "# The kiln\n\nIt burns for four days.\n"})
    village.publishing(now=NOW, replace=True)
    village.naming.wake(village.publishing.museum)

    assert (nothing_new, riser.woken) == (0, 1)
