"""The natural English voice: every word said and timed, the same every time, and never in a language not its own."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from guide.narration.captions import Cue, Heard, word_times
from guide.narration.engines.hibari import Heart, Hibari, hibari_speaker, installed
from guide.narration.engines.process import Speaker, VoiceFailed
from guide.narration.engines.voice import Role
from guide.narration.mastering import RATE, Joined, Take, join
from guide.narration.production import mp3_of
from guide.narration.reading.marking import marked
from guide.narration.script import Plan, Script, plan
from guide.tours.sentences import sentences
from tests.narration.saying import fingerprint, said
from tests.narration.stops import measured_outside, script

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SENTENCE = "The camp of Côn Đảo was founded in eighteen sixty-two, in the middle of the sea."
PACE = 78


def role(pace: int = PACE) -> Role:
    return Role("en", "heart", pace)


@pytest.fixture(scope="module")
def heart() -> Heart:
    found = installed("hibari-tts")
    assert found
    return found


@pytest.fixture(scope="module")
def speaker(heart: Heart) -> Iterator[Speaker]:
    speaker = hibari_speaker(heart.model)
    yield speaker
    speaker.close()


@pytest.fixture(scope="module")
def voice(heart: Heart, speaker: Speaker) -> Hibari:
    return Hibari(heart, role(), speaker)


def test_each_word_comes_with_the_time_it_begins_at(voice: Hibari) -> None:
    sound = said(voice, SENTENCE)

    times = [seconds for _, seconds in sound.words]
    assert [offset for offset, _ in sound.words] == [
        at for at, letter in enumerate(SENTENCE) if at == 0 or SENTENCE[at - 1] == " "
    ]
    assert all(before < after for before, after in pairwise(times))
    assert times[-1] < sound.seconds


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Do not turn back; keep to the path.", "keep"),
        ("Stop here, and listen to the sea.", "and"),
        ("The door is open; nobody came.", "nobody"),
    ],
)
def test_a_word_is_heard_when_its_time_says(voice: Hibari, text: str, after: str) -> None:
    """After a pause the ear knows where a word begins."""
    sound = said(voice, text)

    loud = np.flatnonzero(np.abs(sound.samples.astype(int)) > 300) / sound.rate
    longest = int(np.diff(loud).argmax())
    assert dict(sound.words)[text.index(after)] == pytest.approx(loud[longest + 1], abs=0.03)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("Nguyễn Thị Định was here.", "Nguyen Thi Dinh was here."),
        ("Đắk Lắk", "Dak Lak"),
        ("They don’t know.", "They don't know."),
        ("the \x07“old”\u200d gate 😀", "the  old  gate"),
    ],
)
def test_it_is_not_handed_what_it_would_garble(voice: Hibari, written: str, heard: str) -> None:
    assert said(voice, written).samples.tobytes() == said(voice, heard).samples.tobytes()


@pytest.mark.parametrize(
    "word",
    [*"Москва 東京 ひめじ 한글 مرحبا Ωμέγα ½ m² ４ 1862 110.69 B-52 & % III Quảng-Ngãi Łódź Ærø x A".split(), "e" * 60],
)
def test_no_word_is_skipped(voice: Hibari, word: str) -> None:
    sound = said(voice, f"the {word} gate")

    times = [seconds for _, seconds in sound.words]
    assert [offset for offset, _ in sound.words] == [0, 4, 5 + len(word)]
    assert 0.09 < times[2] - times[1] < 20


@pytest.mark.parametrize("text", ["", " ", "😀😀", "\x00\x07\x1b", "\ud800", "\u202e\u200d", "…", "[a](/b/)", "]](("])
def test_whatever_is_written_the_voice_answers_with_a_sound(voice: Hibari, text: str) -> None:
    sound = said(voice, text)

    assert sound.rate == 24_000
    assert sound.seconds < 5


@pytest.mark.parametrize(
    ("text", "word", "phonemes"),
    [
        ("Say hello again.", "hello", "həˈloʊ"),
        ("The judge came, then.", "judge", "dʒʌdʒ"),
        ("Doumer", "Doumer", "duːˈmeɪ"),
    ],
)
def test_a_word_with_its_sounds_is_said_with_them_at_its_place(
    voice: Hibari, text: str, word: str, phonemes: str
) -> None:
    by_letters, by_sounds = said(voice, text), said(voice, text.replace(word, marked(word, phonemes)))

    assert by_sounds.seconds == pytest.approx(by_letters.seconds, abs=0.15)
    assert {offset for offset, _ in by_letters.words} <= {offset for offset, _ in by_sounds.words}


def test_sounds_that_the_voice_lacks_are_told_and_the_word_is_read_from_its_letters(voice: Hibari) -> None:
    assert (voice.unsayable("həˈloʊ"), voice.unsayable("ŋa˧")) == (None, "˧")
    assert said(voice, marked("hello", "hʘ")).samples.tobytes() == said(voice, "hello").samples.tobytes()


def test_a_text_without_end_is_spoken_in_pieces_and_keeps_its_places(voice: Hibari) -> None:
    text = "stone " * 100 + "x" * 500 + " " + "1234567890 " * 5 + "chapel"

    sound = said(voice, text)

    assert sound.seconds > 60
    assert sound.words[-1][0] == text.index("chapel")
    assert len(sound.words) >= 100 + 1 + 5 + 1
    assert list(sound.words) == sorted(sound.words)
    assert sound.words[-1][1] == pytest.approx(sound.seconds, abs=2)


@pytest.fixture(scope="module")
def told(voice: Hibari) -> list[tuple[Plan, Joined]]:
    """Real stops, as they lie in a recording."""
    stops = sorted((ROOT / "content" / "con-dao" / "stops").glob("*/en.md"))[::3]
    return [(planned, joined_of(planned, voice)) for planned in (plan_of(stop, voice) for stop in stops)]


def plan_of(stop: Path, voice: Hibari) -> Plan:
    title, _, body = stop.read_text("utf-8").partition("\n")
    return plan(Script("en", sentences(title.lstrip("# "), body, "en")), voice)


def joined_of(planned: Plan, voice: Hibari) -> Joined:
    return join([Take(said(voice, line.reading.spoken), line.sentence.paragraph) for line in planned.lines])


def test_stops_are_told_at_130_to_150_words_a_minute(told: list[tuple[Plan, Joined]]) -> None:
    words = sum(len(line.reading.spoken.split()) for planned, _ in told for line in planned.lines)
    minutes = sum(len(joined.samples) / RATE / 60 for _, joined in told)

    assert len(told) >= 3
    assert 130 <= words / minutes <= 150


def test_no_sentence_of_a_stop_is_too_short_or_too_long_for_its_words(told: list[tuple[Plan, Joined]]) -> None:
    for planned, joined in told:
        for line, placed in zip(planned.lines, joined.placed, strict=True):
            words = len(line.reading.spoken.split())
            assert 0.2 * words <= placed.end - placed.start <= 0.9 * words, line.reading.spoken


def test_every_displayed_word_of_a_stop_has_its_time(told: list[tuple[Plan, Joined]]) -> None:
    for planned, joined in told:
        for line, placed in zip(planned.lines, joined.placed, strict=True):
            heard = Heard(Cue(line.sentence.number, placed.start, placed.end), line.reading, placed.words)
            times = word_times(heard)
            assert len(times) == len(line.reading.words)
            assert all(word.start <= word.end for word in times)
            assert all(before.end <= after.start for before, after in pairwise(times))


def test_it_is_as_loud_as_every_other_voice(voice: Hibari) -> None:
    loudness, peak = measured_outside(mp3_of(plan(script("en"), voice)))

    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1


def test_another_pace_or_package_is_another_checksum(heart: Heart, speaker: Speaker) -> None:
    told = [
        Hibari(heart, role(), speaker),
        Hibari(heart, role(79), speaker),
        Hibari(Heart(heart.model, "0.2.2"), role(), speaker),
    ]

    assert len({voice.checksum for voice in told}) == 3
    assert Hibari(heart, role(), speaker).checksum == told[0].checksum


def test_a_package_that_is_absent_gives_no_voice() -> None:
    assert installed("hibari-tts-of-nowhere") is None


def test_another_model_than_the_one_that_was_tried_is_not_spoken_with(
    tmp_path: Path, heart: Heart, monkeypatch: pytest.MonkeyPatch
) -> None:
    tampered = heart.model.read_bytes()[:-1] + b"\0"
    for package, model in (("altered", tampered), ("faithful", heart.model.read_bytes())):
        place = tmp_path / package
        (place / f"{package}-1.0.dist-info").mkdir(parents=True)
        (place / f"{package}-1.0.dist-info" / "METADATA").write_text(f"Name: {package}\nVersion: 1.0\n")
        (place / "hibari" / "assets").mkdir(parents=True)
        (place / "hibari" / "assets" / "hibari.onnx").write_bytes(model)
        monkeypatch.syspath_prepend(place)

    assert installed("altered") is None
    assert installed("faithful") == Heart(tmp_path / "faithful/hibari/assets/hibari.onnx", "1.0")


def test_the_process_ends_with_whoever_started_it_even_when_that_is_killed(heart: Heart) -> None:
    program = (
        "import os, sys; from pathlib import Path; from guide.narration.engines.hibari import hibari_speaker;"
        "speaker = hibari_speaker(Path(sys.argv[1])); speaker.speak(pace=78, text='one', sounds=[]);"
        "print(speaker.pid, flush=True); os.kill(os.getpid(), 9)"
    )

    killed = subprocess.run([sys.executable, "-c", program, str(heart.model)], cwd=ROOT, capture_output=True, text=True)

    assert killed.returncode == -signal.SIGKILL
    with contextlib.suppress(ProcessLookupError):
        ended = os.pidfd_open(int(killed.stdout))
        assert select.select([ended], [], [], 20)[0]
        os.close(ended)


def test_an_engine_that_does_not_come_back_is_stopped_in_time(heart: Heart) -> None:
    hurried = hibari_speaker(heart.model, longest_seconds=0.02)

    with pytest.raises(VoiceFailed, match=r"hibari · heart, problem=slow"):
        said(Hibari(heart, role(), hurried), "stone " * 60)
    hurried.close()


def test_a_process_that_nobody_asks_ends_and_the_next_text_is_spoken_all_the_same(heart: Heart) -> None:
    speaker = hibari_speaker(heart.model, idle_seconds=0.05)
    voice = Hibari(heart, role(), speaker)
    before = fingerprint(said(voice, "one"))
    assert speaker._running

    assert speaker._running.program.wait(timeout=20) == 0
    assert fingerprint(said(voice, "one")) == before
    speaker.close()
