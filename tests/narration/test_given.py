"""A person's recording: taken in whole, made as loud as the others, or refused by name."""

from __future__ import annotations

import io
from collections.abc import Callable

import av
import numpy as np
import pytest

from guide.narration.encoding import Flow, encode_flac, encode_mp3
from guide.narration.given import RecordingSilent, RecordingTooLarge, RecordingTooLong, RecordingUnreadable
from guide.narration.library import Library
from guide.narration.sound import Sound
from guide.storage import Folder

from .stops import measured_outside


def tone(seconds: float, level: float = 0.1, rate: int = 44_100) -> np.ndarray:
    return (level * 32_767 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)).astype(np.int16)


def wav(samples: np.ndarray, rate: int = 44_100, codec: str = "pcm_s16le", container: str = "wav") -> bytes:
    body = io.BytesIO()
    with av.open(body, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.repeat(samples, 2).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate = rate
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return body.getvalue()


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        (wav(tone(3)), "wav"),
        (wav(tone(3, 0.004)), "WAV"),
        (encode_mp3(Flow([tone(3)], 44_100, 3)), "mp3"),
        (encode_mp3(Flow([tone(3)], 44_100, 3))[200:], ".mp3"),
        (wav(tone(3), codec="aac", container="ipod"), "m4a"),
    ],
    ids=["wav", "quiet wav", "mp3", "cut mp3", "m4a"],
)
def test_a_persons_recording_is_levelled_and_kept_under_its_own_bytes(
    library: Library, body: bytes, ending: str
) -> None:
    made = library.accept(body, ending, "rad")

    assert (made.human, made.language, made.cues, made.words) == (True, "rad", [], "[]")
    assert made.seconds == pytest.approx(3, abs=0.15)
    loudness, peak = measured_outside(library.media(f"{made.recipe}.mp3").read_bytes())
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1
    assert library.accept(body, ending, "rad") is made


def test_a_persons_recording_may_be_given_a_name(library: Library) -> None:
    assert library.accept(wav(tone(2)), "wav", "vi", "a" * 32).recipe == "a" * 32


REFUSED: dict[str, tuple[Callable[[], bytes], str, type[Exception]]] = {
    "nothing": (lambda: b"", "mp3", RecordingUnreadable),
    "garbage": (lambda: np.random.default_rng(4).bytes(300_000), "mp3", RecordingUnreadable),
    "garbage wav": (lambda: b"RIFF\xff\xff\xff\xffWAVEfmt " + b"\xff" * 9000, "wav", RecordingUnreadable),
    "a text": (lambda: b"hello " * 9000, "m4a", RecordingUnreadable),
    "another kind under this name": (lambda: wav(tone(2)), "m4a", RecordingUnreadable),
    "a kind we do not take": (lambda: encode_flac(Sound(tone(2), 44_100, ())), "flac", RecordingUnreadable),
    "a playlist": (lambda: b"#EXTM3U\n#EXTINF:1,\n/etc/hostname\n", "mp3", RecordingUnreadable),
    "a click": (lambda: wav(tone(0.1)), "wav", RecordingUnreadable),
    "silence": (lambda: wav(np.zeros(44_100 * 2, np.int16)), "wav", RecordingSilent),
    "200 MB": (lambda: bytes(200_000_001), "wav", RecordingTooLarge),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_recording_is_refused_and_leaves_nothing(library: Library, folder: Folder, case: str) -> None:
    make, ending, refusal = REFUSED[case]

    with pytest.raises(refusal):
        library.accept(make(), ending, "vi")

    assert list(folder.names("")) == []


def test_a_recording_that_goes_on_and_on_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guide.narration.given.MOST_MINUTES", 1)

    with pytest.raises(RecordingTooLong):
        library.accept(wav(tone(61, rate=8_000), 8_000), "wav", "vi")
