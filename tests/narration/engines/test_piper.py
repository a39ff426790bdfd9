"""A Piper voice: every word said and timed, never another language, and never a file that was not checked."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from guide.narration.captions import Cue, Heard, word_times
from guide.narration.engines.parts import Part, in_breaths
from guide.narration.engines.piper import Piper, PiperModel, installed, piper_speaker, with_pause
from guide.narration.engines.piper_process import MOST_PHONEMES, ends_a_sentence, shared, told_as, unsayable
from guide.narration.engines.process import Speaker, VoiceFailed
from guide.narration.engines.voice import Role
from guide.narration.mastering import RATE, Take, join
from guide.narration.production import mp3_of
from guide.narration.reading.marking import marked
from guide.narration.script import Script, plan
from guide.tours.sentences import sentences
from tests.narration.saying import said
from tests.narration.stops import measured_outside, script

from .conftest import JOE, JOE_HASHES, ROOT, joe

PACE = 68
ROLE = Role("en", "joe", PACE)


@pytest.fixture(scope="module")
def model() -> PiperModel:
    return joe()


@pytest.fixture(scope="module")
def speaker(model: PiperModel) -> Iterator[Speaker]:
    speaker = piper_speaker(model)
    yield speaker
    speaker.close()


@pytest.fixture(scope="module")
def voice(model: PiperModel, speaker: Speaker) -> Piper:
    return Piper(model, ROLE, speaker)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "The mill of the camp was founded in eighteen sixty-two, in the middle of the sea.",
        "Of the many who were there that day, a few told it to the others and to us.",
        "Nguyễn Thị Định was at the gate of Côn Đảo – with her sister.",
    ],
)
def test_each_word_comes_with_the_time_it_begins_at(voice: Piper, text: str) -> None:
    sound = said(voice, text)

    times = [seconds for _, seconds in sound.words]
    starts = [at for at, letter in enumerate(text) if letter.isalnum() and (at == 0 or text[at - 1] == " ")]
    assert [offset for offset, _ in sound.words] == starts
    assert all(before < after for before, after in pairwise(times))
    assert times[-1] < sound.seconds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Do not turn back; keep to the path.", "keep"),
        ("Stop here for a while, and listen to the sea.", "and"),
        ("The door is open; nobody came.", "nobody"),
    ],
)
def test_a_word_is_heard_when_its_time_says(voice: Piper, text: str, after: str) -> None:
    """After a pause the ear knows where a word begins."""
    sound = said(voice, text)

    loud = np.flatnonzero(np.abs(sound.samples.astype(int)) > 500) / sound.rate
    longest = int(np.diff(loud).argmax())
    assert dict(sound.words)[text.index(after)] == pytest.approx(loud[longest + 1], abs=0.05)


@pytest.mark.slow
def test_a_word_with_its_sounds_is_said_with_them(voice: Piper) -> None:
    plain, told = said(voice, "The mill, then."), said(voice, f"The {marked('mill', 'mˈɪl')}, then.")
    other = said(voice, f"The {marked('mill', 'mɪlənˈɛɹiəm')}, then.")

    assert told.seconds == pytest.approx(plain.seconds, abs=0.05)
    assert [offset for offset, _ in told.words] == [offset for offset, _ in plain.words]
    assert other.seconds > told.seconds + 0.2


@pytest.mark.slow
def test_sounds_that_the_voice_lacks_are_told_and_the_word_is_read_from_its_letters(voice: Piper) -> None:
    assert (voice.unsayable("mˈɪl"), voice.unsayable("m˧ɪl")) == (None, "˧")
    assert said(voice, marked("mill", "m˧ɪl")).samples.tobytes() == said(voice, "mill").samples.tobytes()


@pytest.mark.slow
def test_a_stop_is_told_at_130_to_150_words_a_minute_and_as_loud_as_every_other(voice: Piper) -> None:
    title, _, body = (ROOT / "content/con-dao/stops/phu-hai/en.md").read_text("utf-8").partition("\n")
    planned = plan(Script("en", sentences(title.lstrip("# "), body, "en")), voice)
    joined = join([Take(said(voice, line.reading.spoken), line.sentence.paragraph) for line in planned.lines])

    words = sum(len(line.reading.spoken.split()) for line in planned.lines)
    assert 130 <= words / (len(joined.samples) / RATE / 60) <= 150
    for line, placed in zip(planned.lines, joined.placed, strict=True):
        times = word_times(Heard(Cue(line.sentence.number, placed.start, placed.end), line.reading, placed.words))
        assert len(times) == len(line.reading.words)
        assert all(before.end <= after.start for before, after in pairwise(times))


@pytest.mark.slow
def test_what_is_heard_is_as_loud_as_every_other_voice(voice: Piper) -> None:
    loudness, peak = measured_outside(mp3_of(plan(script("en"), voice)))

    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1


@pytest.mark.slow
def test_it_speaks_no_other_language_than_its_description_says(model: PiperModel, speaker: Speaker) -> None:
    with pytest.raises(VoiceFailed, match="absent"):
        said(Piper(model, Role("vi", "joe", PACE), speaker), "one")


@pytest.fixture
def copied(tmp_path: Path) -> PiperModel:
    """The voice in a folder of its own, where files may be spoilt."""
    found = joe()
    for name in JOE_HASHES:
        shutil.copy(JOE / name, tmp_path / name)
    return replace(found, folder=tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        (lambda folder: (folder / "model.onnx").write_bytes((JOE / "model.onnx").read_bytes()[:-1]), "corrupt"),
        (lambda folder: (folder / "model.onnx.json").write_text("{}"), "corrupt"),
        (lambda folder: (folder / "model.onnx").write_bytes(b""), "corrupt"),
        (lambda folder: (folder / "model.onnx").unlink(), "absent"),
    ],
    ids=["a byte short", "another description", "nothing in it", "removed"],
)
def test_a_voice_whose_files_are_not_those_that_were_checked_says_nothing(
    copied: PiperModel, spoilt, problem: str
) -> None:
    spoilt(copied.folder)
    speaker = piper_speaker(copied)

    with pytest.raises(VoiceFailed, match=problem):
        said(Piper(copied, ROLE, speaker), "one")
    speaker.close()


@pytest.mark.slow
def test_a_voice_that_was_repaired_speaks_again(copied: PiperModel) -> None:
    speaker = piper_speaker(copied)
    (copied.folder / "model.onnx.json").write_text("{}")
    with pytest.raises(VoiceFailed, match="corrupt"):
        said(Piper(copied, ROLE, speaker), "one")

    shutil.copy(JOE / "model.onnx.json", copied.folder)

    assert said(Piper(copied, ROLE, speaker), "one").seconds > 0.2
    speaker.close()


@pytest.mark.slow
def test_a_model_that_is_no_network_ends_in_a_refusal(copied: PiperModel) -> None:
    (copied.folder / "model.onnx").write_bytes(b"not a network")
    of_its_own = replace(copied, model_hash=hashlib.sha256(b"not a network").hexdigest())
    speaker = piper_speaker(of_its_own)

    with pytest.raises(VoiceFailed, match="stopped"):
        said(Piper(of_its_own, ROLE, speaker), "one")
    speaker.close()


def test_a_folder_without_its_files_or_their_hashes_is_no_voice(tmp_path: Path) -> None:
    assert installed(tmp_path, JOE_HASHES) is None
    for name in JOE_HASHES:
        (tmp_path / name).write_text("")
    assert installed(tmp_path, {}) is None


def test_another_pace_model_or_package_is_another_checksum(tmp_path: Path) -> None:
    model = PiperModel(tmp_path, "a", "b", "1")
    told = [
        Piper(one, role, piper_speaker(one))
        for one in (model, replace(model, version="2"))
        for role in (ROLE, replace(ROLE, pace=91))
    ]

    assert (
        len({voice.checksum for voice in [*told, Piper(replace(model, model_hash="c"), ROLE, piper_speaker(model))]})
        == 5
    )


@pytest.mark.parametrize(
    ("said", "alone", "firsts"),
    [
        ("ðə mˈɪl ʌvðə kˈæmp. ", ["ðə ", "mˈɪl ", "ˈʌv ", "ðə ", "kˈæmp "], [0, 3, 8, 10, 13]),
        ("sˈɪksti tˈuː mˈɛn. ", ["sˈɪksti tˈuː ", "mˈɛn "], [0, 13]),
        ("ɐ mˈæn. ", ["ˈeɪ ", "mˈæn "], [0, 2]),
        ("kˈoʊm, ænd ɡˈoʊ. ", ["kˈoʊm ", "", "ˈænd ", "ɡˈoʊ "], [0, 7, 7, 11]),
        ("", ["", ""], [0, 0]),
    ],
    ids=[
        "two words said as one",
        "one word said as two",
        "a word said otherwise alone",
        "a sign without a sound",
        "nothing",
    ],
)
def test_what_is_said_is_shared_out_among_the_words(said: str, alone: list[str], firsts: list[int]) -> None:
    assert shared(said, alone) == firsts


def test_what_the_network_says_at_once_is_bounded_and_ends_with_a_sentence() -> None:
    parts = [Part(0, "a. "), Part(3, "b" * 250), Part(300, "c" * 700)]

    breaths = in_breaths(parts, MOST_PHONEMES, ends_a_sentence)

    assert [[(part.place, len(part.phonemes)) for part in breath] for breath in breaths] == [
        [(0, 3)],
        [(3, 250)],
        [(300, 300)],
        [(300, 300)],
        [(300, 100)],
    ]


@pytest.mark.parametrize(
    ("voice", "language"), [("en-us", "en"), ("vi-vn-x-central", "vi"), ("cmn", "zh"), ("pt_BR", "pt")]
)
def test_a_description_names_its_language_as_espeak_does(voice: str, language: str) -> None:
    assert told_as(voice) == language


def test_a_sign_is_unsayable_where_the_model_has_no_number_for_it() -> None:
    assert unsayable("aː", {"phoneme_id_map": {"a": [1], "ː": [2]}}) is None
    assert unsayable("ã", {"phoneme_id_map": json.loads('{"a": [1]}')}) == "\u0303"


@pytest.mark.parametrize(
    ("part", "heard"), [("The mill", "The mill."), ("The mill. ", "The mill."), ("so,", "so,"), ("", "")]
)
def test_a_title_without_a_mark_still_ends(part: str, heard: str) -> None:
    assert with_pause(part, ".") == heard
