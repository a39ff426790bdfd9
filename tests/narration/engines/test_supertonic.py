"""Supertonic's way from a text to a recording, gone on small networks with the same inputs and outputs as its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from guide.narration.engines.process import Speaker, VoiceFailed
from guide.narration.engines.supertonic import (
    Supertonic,
    SupertonicModel,
    installed,
    jobs,
    speaks,
    supertonic_speaker,
)
from guide.narration.engines.supertonic_process import times
from guide.narration.engines.voice import Role
from guide.narration.production import mp3_of
from guide.narration.reading.marking import marked
from guide.narration.script import plan
from tests.narration.engines import standins
from tests.narration.saying import fingerprint, said
from tests.narration.stops import measured_outside, script

SENTENCE = "Nhà tù Côn Đảo do thực dân Pháp lập năm một nghìn tám trăm sáu mươi hai, giữa biển."


def role(language: str = "vi", voice: str = "F1", pace: int = 100) -> Role:
    return Role(language, voice, pace, slow=True)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> SupertonicModel:
    folder = tmp_path_factory.mktemp("supertonic-3")
    found = installed(folder, standins.folder_of(folder))
    assert found
    return found


@pytest.fixture(scope="module")
def speaker(model: SupertonicModel) -> Iterator[Speaker]:
    speaker = supertonic_speaker(model)
    yield speaker
    speaker.close()


@pytest.fixture(scope="module")
def voice(model: SupertonicModel, speaker: Speaker) -> Supertonic:
    return Supertonic(model, role(), speaker)


@pytest.mark.slow
def test_the_same_text_is_the_same_sound_in_every_process(model: SupertonicModel, voice: Supertonic) -> None:
    other = supertonic_speaker(model)

    sounds = {fingerprint(said(voice, SENTENCE)) for _ in range(20)}

    assert sounds == {fingerprint(said(Supertonic(model, role(), other), SENTENCE))}
    other.close()


@pytest.mark.slow
def test_a_text_becomes_a_recording_as_loud_as_every_other(voice: Supertonic) -> None:
    loudness, peak = measured_outside(mp3_of(plan(script("vi"), voice)))

    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1


@pytest.mark.slow
def test_every_word_has_its_time_by_how_long_it_is_written(voice: Supertonic) -> None:
    sound = said(voice, SENTENCE)

    assert [place for place, _ in sound.words] == [
        at for at, letter in enumerate(SENTENCE) if at == 0 or SENTENCE[at - 1] == " "
    ]
    assert all(before < after for (_, before), (_, after) in pairwise(sound.words))
    assert sound.words[-1][1] < sound.seconds


@pytest.mark.slow
@pytest.mark.parametrize(("pace", "as_long"), [(50, 1 / 0.7), (80, 1.25), (200, 0.5), (400, 0.5)])
def test_a_slower_pace_is_a_longer_sound_within_what_the_voice_can_do(
    model: SupertonicModel, speaker: Speaker, voice: Supertonic, pace: int, as_long: float
) -> None:
    paced = said(Supertonic(model, role(pace=pace), speaker), SENTENCE)

    assert paced.seconds == pytest.approx(said(voice, SENTENCE).seconds * as_long, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("word", "Москва 東京 ひめじ 한글 ½ m² 1862 B-52 Quảng-Ngãi Łódź (xưa) a/b e_f x A 𠮷".split())
def test_no_word_is_skipped(voice: Supertonic, word: str) -> None:
    sound = said(voice, f"cái {word} này")

    assert [place for place, _ in sound.words] == [0, 4, 5 + len(word)]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", " ", "😀😀", "\x00\x07\x1b", "\ud800", "\u202e\u200d", "…", "<vi>", "-"])
def test_whatever_is_written_the_voice_answers_with_a_sound(voice: Supertonic, text: str) -> None:
    sound = said(voice, text)

    assert sound.seconds < 3


@pytest.mark.slow
def test_a_text_without_end_is_spoken_in_pieces_of_25_words(voice: Supertonic) -> None:
    text = " ".join(["đá"] * 400)

    pieces = [(start, sound.seconds) for start, sound in voice.pieces(text)]

    assert len(pieces) == 16
    assert max(seconds for _, seconds in pieces) < 8
    assert [start for start, _ in pieces] == [at * 75 for at in range(16)]


@pytest.mark.slow
def test_a_word_with_sounds_is_said_as_it_is_written(voice: Supertonic) -> None:
    """The networks know no phonemes."""
    assert fingerprint(said(voice, f"cái {marked('Bagne', 'baɲ')} này")) == fingerprint(said(voice, "cái Bagne này"))


@pytest.mark.slow
def test_another_voice_and_more_steps_sound_otherwise(model: SupertonicModel, speaker: Speaker) -> None:
    voices = [
        Supertonic(model, role(), speaker),
        Supertonic(model, role(voice="M1"), speaker),
        Supertonic(model, role(), speaker, steps=2),
    ]

    assert len({said(voice, SENTENCE).samples.tobytes() for voice in voices}) == 3
    assert len({voice.checksum for voice in voices}) == 3


def test_another_file_pace_or_language_is_another_checksum(model: SupertonicModel, speaker: Speaker) -> None:
    other = replace(model, hashes={**model.hashes, "vocoder.onnx": "0" * 64})
    voices = [
        Supertonic(model, role(), speaker),
        Supertonic(other, role(), speaker),
        Supertonic(model, role(pace=99), speaker),
        Supertonic(model, role("ko"), speaker),
    ]

    assert len({voice.checksum for voice in voices}) == 4
    assert Supertonic(model, role(), speaker).checksum == voices[0].checksum


@pytest.mark.parametrize(
    ("language", "voice", "can"),
    [("vi", "F1", True), ("ko", "M1", True), ("zh", "F1", False), ("th", "F1", False), ("vi", "F9", False)],
)
def test_it_speaks_what_its_networks_learnt(model: SupertonicModel, language: str, voice: str, can: bool) -> None:
    assert speaks(model, language, voice) is can


def test_a_folder_that_lacks_a_file_is_no_voice(model: SupertonicModel, tmp_path: Path) -> None:
    folder = shutil.copytree(model.folder, tmp_path / "model")
    (folder / "vocoder.onnx").unlink()

    assert installed(folder, dict(model.hashes)) is None
    assert installed(model.folder, {}) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "change", "told_as_new", "problem"),
    [
        ("vocoder.onnx", lambda body: body[:-1] + b"\0", False, "corrupt"),
        ("F1.json", lambda body: body + b" ", False, "corrupt"),
        ("tts.json", lambda body: body + b" ", False, "corrupt"),
        ("text_encoder.onnx", lambda body: body[:40], True, "stopped"),
        ("vector_estimator.onnx", lambda body: body.replace(b"noisy_latent", b"other_latent"), True, "stopped"),
    ],
)
def test_a_wrong_file_or_a_network_that_fails_is_said_and_makes_no_sound(
    model: SupertonicModel, tmp_path: Path, name: str, change: object, told_as_new: bool, problem: str
) -> None:
    folder = shutil.copytree(model.folder, tmp_path / "model")
    hashes = standins.spoilt(folder, dict(model.hashes), name, change)  # type: ignore[arg-type]  # a row of the table
    speaker = supertonic_speaker(spoilt := SupertonicModel(folder, hashes if told_as_new else model.hashes))

    with pytest.raises(VoiceFailed, match=f"problem={problem}"):
        said(Supertonic(spoilt, role(), speaker), "cái này")
    speaker.close()


@pytest.mark.parametrize(
    ("text", "language", "starts"),
    [
        ("một hai", "vi", [0]),
        ("x" * 450, "vi", [0, 200, 400]),
        ("가" * 150, "ko", [0, 100]),
        ("これは石です。" * 20, "ja", [0, 70]),
    ],
)
def test_what_is_said_at_once_is_short_enough(text: str, language: str, starts: list[int]) -> None:
    assert jobs(text, language) == starts


def test_a_pause_takes_time_from_the_words() -> None:
    even = times([(0, "aaa"), (4, "aaa"), (8, "aaa")], 3000)
    halting = times([(0, "aaa,"), (5, "aaa"), (9, "aaa")], 3000)

    assert even == [0, 0, 4, 1000, 8, 2000]
    assert halting[3] > even[3]
