"""The library: each text is spoken once for each voice, kept whole or not at all, and found again."""

from __future__ import annotations

import errno
import io
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import sqlalchemy as sa

from guide.clock import Clock
from guide.database import Database
from guide.narration.engines.process import VoiceFailed
from guide.narration.engines.voice import Voice
from guide.narration.keeping import NoRoomToKeep
from guide.narration.library import Library, Script
from guide.narration.reading import Entry
from guide.narration.script import NothingToSay, NoVoice, TooLongToSpeak, Unspeakable
from guide.narration.sound import Sound
from guide.narration.tables import Recording
from guide.narration.voices import Voices
from guide.storage import Folder
from guide.tours.sentences import Sentence

from .conftest import ROOT, TODAY
from .stops import measured_outside, script
from .troupe import Hummer, Troupe

pytestmark = pytest.mark.slow


class Counted:
    """A voice that counts what it is asked to say, and may be told to fail."""

    def __init__(self, voice: Voice, asked: Counter[str]) -> None:
        self._voice = voice
        self._asked = asked
        self.name, self.role, self.checksum = voice.name, voice.role, voice.checksum

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        self._asked[spoken] += 1
        return self._voice.pieces(spoken)


class CountedVoices:
    def __init__(self, voices: Voices) -> None:
        self.asked: Counter[str] = Counter()
        self._voices = voices

    def ranked(self, language: str) -> tuple[Counted, ...]:
        return tuple(Counted(voice, self.asked) for voice in self._voices.ranked(language))

    def renew(self) -> bool:
        return False


@pytest.fixture
def counted(voices: Voices) -> CountedVoices:
    return CountedVoices(voices)


@pytest.fixture
def counting(database: Database, folder: Folder, counted: CountedVoices) -> Library:
    return Library(database, folder, counted, Clock(TODAY))


def names(folder: Folder, under: str = "media") -> set[str]:
    return {Path(name).suffix for name in folder.names(under)}


def test_a_recording_is_found_by_its_recipe_with_all_its_files(library: Library, folder: Folder) -> None:
    recipe = library.recipe(script("vi"))
    assert recipe
    assert library.find(recipe) is None

    made = library.render(script("vi"))

    assert made.recipe == recipe
    assert library.find(recipe) is made
    assert (made.language, made.voice, made.human, made.made_at) == ("vi", "espeak-ng · vi", False, TODAY)
    assert {
        path.name for ending in ("mp3", "webm", "vtt", "json") if (path := library.media(f"{recipe}.{ending}"))
    } == {
        f"{recipe}.mp3",
        f"{recipe}.webm",
        f"{recipe}.vtt",
        f"{recipe}.json",
    }
    assert made.mp3_bytes == len((folder.root / "media" / f"{recipe}.mp3").read_bytes())
    assert made.webm_bytes == len((folder.root / "media" / f"{recipe}.webm").read_bytes())


def test_another_process_finds_the_same_recording(library: Library, database: Database, folder: Folder, voices) -> None:
    made = library.render(script("vi"))

    found = Library(database, folder, voices).find(made.recipe)

    assert found is not None
    assert (found.cues, found.words, found.seconds) == (made.cues, made.words, made.seconds)


@pytest.mark.parametrize("language", ["vi", "en", "fr", "zh", "de", "es", "ru"])
def test_cues_and_words_lie_in_order_within_the_file(library: Library, language: str) -> None:
    made = library.render(script(language))

    texts = {sentence.number: sentence.text for sentence in script(language).sentences}
    words = json.loads(made.words)
    assert [number for number, *_ in made.cues] == sorted(texts)
    for (_, start, end), following in zip(made.cues, [*made.cues[1:], [None, made.seconds, None]], strict=True):
        assert 0 <= start < end <= following[1]
    for number, start, end in made.cues:
        inside = [word for word in words if word[0] == number]
        times = [time for word in inside for time in word[3:]]
        assert times == sorted(times)
        assert (times[0], times[-1]) == (start, end)
        assert {at for word in inside for at in range(word[1], word[2])} >= {
            at for at, letter in enumerate(texts[number]) if letter.isalnum()
        }


@pytest.mark.parametrize(("language", "dying_away"), [("vi", 0.12), ("en", 0.18)])
def test_a_cue_begins_where_the_sentence_is_heard_in_the_file(
    library: Library, language: str, dying_away: float
) -> None:
    """A natural voice ends more softly than a machine's."""
    made = library.render(script(language))

    for kind in ("mp3", "webm"):
        with av.open(str(library.media(f"{made.recipe}.{kind}")), "r") as file:
            rate = file.streams.audio[0].rate
            wave = np.concatenate([frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)])
        for _, start, end in made.cues:
            around = max(0, int((start - 0.08) * rate))
            heard = np.flatnonzero(np.abs(wave[around : int((end + 0.08) * rate)]) > 0.01) + around
            assert heard[0] / rate == pytest.approx(start, abs=0.06)
            assert heard[-1] / rate == pytest.approx(end, abs=dying_away)


def test_captions_say_what_is_written(library: Library) -> None:
    made = library.render(script("vi", "Cổng", "Xây năm 1862 & đổi tên."))

    captions = library.media(f"{made.recipe}.vtt").read_text("utf-8")
    times = json.loads(library.media(f"{made.recipe}.json").read_text("utf-8"))
    assert captions.startswith("WEBVTT\n\n0\n00:00:00.080 --> ")
    assert "Xây năm 1862 &amp; đổi tên." in captions
    assert times["words"] == json.loads(made.words)
    assert times["cues"] == made.cues


A = script("vi", "Cổng", "Cổng bằng đá.")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (script("vi", "Cổng", "Cổng bằng đá."), True),
        (script("vi", "Cổng", "Cổng bằng gỗ."), False),
        (script("vi", "Cổng cũ", "Cổng bằng đá."), False),
        (script("vi", "Cổng", "Cổng bằng đá.\n\nCổng bằng đá."), False),
        (replace(A, sentences=(A.sentences[0], replace(A.sentences[1], paragraph=2))), False),
        (script("en", "Cổng", "Cổng bằng đá."), False),
        (replace(A, lexicon=(Entry("Cổng", say="cửa"),)), False),
        (replace(A, lexicon=(Entry("tháp", say="chòi"),)), True),
    ],
)
def test_a_recipe_is_another_when_something_else_would_be_heard_or_lit(
    library: Library, other: Script, same: bool
) -> None:
    assert (library.recipe(other) == library.recipe(A)) is same
    assert len(library.recipe(A)) == 32


def test_identical_requests_at_once_are_spoken_once(counting: Library, counted: CountedVoices) -> None:
    together = threading.Barrier(6)

    def ask(_: int) -> Recording:
        together.wait()
        return counting.render(script("vi"))

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(ask, range(6)))

    assert len({id(recording) for recording in made}) == 1
    assert set(counted.asked.values()) == {1}
    assert counting.made == 1


def test_a_rendered_stop_is_not_spoken_again(counting: Library, counted: CountedVoices) -> None:
    counting.render(script("vi"))
    counting.render(script("vi"))

    assert set(counted.asked.values()) == {1}


def test_an_edited_sentence_alone_is_spoken_again(counting: Library, counted: CountedVoices) -> None:
    first = counting.render(script("vi", "Cổng", "Cổng bằng đá. Sân rất rộng. Mái ngói đỏ."))
    before = sum(counted.asked.values())

    second = counting.render(script("vi", "Cổng", "Cổng bằng đá. Sân khá hẹp. Mái ngói đỏ."))

    assert sum(counted.asked.values()) == before + 1
    assert first.recipe != second.recipe


def test_a_sentence_said_twice_is_spoken_once(counting: Library, counted: CountedVoices) -> None:
    counting.render(script("vi", "Cổng", "Lắng nghe. Lắng nghe."))

    assert sum(counted.asked.values()) == 2


def test_a_spoilt_sentence_recording_is_spoken_again(counting: Library, counted: CountedVoices, folder: Folder) -> None:
    counting.render(script("vi"))
    for name in list(folder.names("sentences")):
        (folder.root / name).write_bytes(b"spoilt")

    counting.render(script("vi", body="Sáu người mới quay nổi."))

    assert counted.asked["Hầm xay lúa"] == 2


def test_a_recording_whose_files_vanished_is_made_again(library: Library, folder: Folder) -> None:
    made = library.render(script("vi"))
    before = library.media(f"{made.recipe}.mp3").read_bytes()
    folder.remove(f"media/{made.recipe}.mp3")
    assert library.find(made.recipe) is None

    library.render(script("vi"))

    assert library.find(made.recipe) is not None
    assert library.media(f"{made.recipe}.mp3").read_bytes() == before


def test_many_are_found_with_the_missing_left_out(library: Library) -> None:
    made = library.render(script("vi"))

    assert set(library.find_many([made.recipe, "0" * 32, made.recipe])) == {made.recipe}
    assert library.find_many([]) == {}


def test_of_what_has_no_files_the_database_is_not_asked(library: Library, database: Database) -> None:
    asked: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    assert library.find_many(["0" * 32, "1" * 32]) == {}

    assert asked == []


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (script("rad", "Kdi", "Ñu mdah."), NoVoice),
        (script("ja", "門", "石の門。"), NoVoice),
        (script("vi", "", ""), NothingToSay),
        (script("vi", "😀", "🏛️ …"), NothingToSay),
        (script("vi", "\x00\x07", "\u202e"), NothingToSay),
        (Script("vi", ()), NothingToSay),
        (script("vi", "Dài", "đá " * 33_400), TooLongToSpeak),
    ],
)
def test_what_cannot_be_said_is_text_only_and_refused_by_name(
    library: Library, folder: Folder, asked: Script, refusal: type[Unspeakable]
) -> None:
    assert library.recipe(asked) is None
    with pytest.raises(refusal):
        library.render(asked)
    assert list(folder.names("")) == []


@pytest.mark.parametrize(
    "body",
    [
        "Cổng 😀 đá.",
        "Tiếng Ả Rập: مرحبا.",
        "Chữ Hán 昆崙 và tiếng Nga Остров.",
        "\ud800 Cổng",
        "[[_^_en]] <break/> Cổng",
    ],
)
def test_odd_writing_becomes_a_whole_recording(library: Library, body: str) -> None:
    made = library.render(script("vi", "Cổng", body))

    assert made.seconds > 1
    assert library.media(f"{made.recipe}.vtt").read_text("utf-8").startswith("WEBVTT")


def test_a_sentence_with_nothing_to_say_has_no_cue(library: Library) -> None:
    asked = Script("vi", (Sentence(0, "Cổng", 0), Sentence(1, "😀", 1), Sentence(2, "Sân", 2)))

    made = library.render(asked)

    assert [number for number, *_ in made.cues] == [0, 2]


@pytest.mark.parametrize(
    "name",
    ["", "x.mp3", "../guide.sqlite", f"{'0' * 32}.mp3", f"{'0' * 32}.exe", f"{'0' * 31}/.mp3", f"{'A' * 32}.mp3"],
)
def test_only_what_is_kept_is_served(library: Library, name: str) -> None:
    assert library.media(name) is None


class Filling(Folder):
    """A disk that fills up in the middle of writing."""

    def __init__(self, root: Path, room: int) -> None:
        super().__init__(root)
        self.room = room

    def put(self, name: str, body: bytes) -> None:
        if len(body) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= len(body)
        super().put(name, body)


@pytest.mark.parametrize("room", [0, 40_000, 60_000])
def test_a_full_disk_leaves_nothing_behind(database: Database, tmp_path: Path, voices: Voices, room: int) -> None:
    filling = Filling(tmp_path / "full", room)
    library = Library(database, filling, voices)

    with pytest.raises(NoRoomToKeep):
        library.render(script("vi"))

    assert list(filling.names("")) == []
    assert library.find(library.recipe(script("vi"))) is None


def test_a_disk_too_full_for_sentences_still_keeps_the_recording(
    database: Database, tmp_path: Path, voices: Voices
) -> None:
    filling = Filling(tmp_path / "full", 120_000)
    library = Library(database, filling, voices)

    made = library.render(script("vi"))

    assert library.find(made.recipe) is made


def test_a_voice_that_fails_leaves_nothing_and_the_next_request_tries_again(
    database: Database, folder: Folder, library: Library
) -> None:
    failing = Library(database, folder, Troupe(Hummer("hummer", problem="stopped")))

    for _ in range(2):
        with pytest.raises(VoiceFailed):
            failing.render(script("vi"))

    assert list(folder.names("")) == []


def test_a_text_said_once_is_an_mp3_and_is_not_kept(library: Library, folder: Folder) -> None:
    body = library.spoken_mp3("Xin chào. Mời bạn vào.", "vi")

    with av.open(io.BytesIO(body), "r") as file:
        assert file.duration > 1_000_000
    assert list(folder.names("")) == []


@pytest.mark.slow
def test_a_disk_that_fills_up_in_the_middle_of_a_file_leaves_no_half_of_it(tmp_path: Path) -> None:
    """For once the operating system itself refuses to write on."""
    program = f"""
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from guide.narration.keeping import NoRoomToKeep, FULL
from guide.narration import keeping
from guide.narration.library import Library
from guide.database import Database
from guide.narration.tables import Recording
from guide.storage import Folder
from tests.narration.stops import script
from tests.narration.troupe import Hummer, Troupe
database = Database("sqlite:///" + sys.argv[1] + "/guide.sqlite")
Recording.__table__.create(database.engine)
keeping.FULL = (*FULL, 27)  # what a limit on a file's size is called
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
library = Library(database, Folder(Path(sys.argv[1]) / "home"), Troupe(Hummer("quick")))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    library.render(script("vi"))
except NoRoomToKeep:
    print("refused")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(len([path for path in Path(sys.argv[1], "home").rglob("*") if path.is_file()]))
print(library.find(library.render(script("vi")).recipe) is not None)
library.close()
"""

    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True)

    assert done.stdout.split() == ["refused", "0", "True"], done.stderr


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_by_itself_is_about_as_loud_as_the_whole(library: Library, language: str) -> None:
    (cast, *_) = library.casts(script(language))

    name = library.sentence(script(language), cast, 1)

    loudness, peak = measured_outside(library.media(f"{name}.mp3").read_bytes())
    assert loudness == pytest.approx(-16, abs=2)
    assert peak <= -1
