"""A walk as one track: as long as its stops together, the very same sound, and a chapter where each begins."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest

from guide.narration import track
from guide.narration.encoding import played
from guide.narration.hearing import Hearing
from guide.narration.loudness import Floats, measure
from guide.narration.mastering import MP3, RATE, encoded
from guide.narration.track import Tracks
from guide.narration.track_joining import Unjoinable, join
from guide.narration.track_tags import Chapter, Told, tag
from guide.storage import Folder

pytestmark = pytest.mark.slow

LENGTHS = (3.11, 1.7, 4.923, 2.5, 3.333, 1.05)
"""None of them a whole number of frames."""


def recording(seconds: float, seed: int) -> bytes:
    """A voice's noise between silences, mastered as every recording is; its silence at the end is a short one."""
    noise = np.random.default_rng(seed)
    told = noise.normal(0, 3000, round((seconds - 0.2) * RATE)) * np.hanning(round((seconds - 0.2) * RATE))
    samples = np.concatenate([np.zeros(round(0.08 * RATE)), told, np.zeros(round(seconds * RATE) - len(told))])
    return encoded(samples[: round(seconds * RATE)].astype(np.int16), MP3)


def heard(body: bytes) -> Floats:
    pieces, rate = played(body)
    assert rate == RATE
    return np.concatenate(list(pieces))


@dataclass(frozen=True)
class Walk:
    stops: Sequence[bytes]

    @cached_property
    def body(self) -> bytes:
        joined = join(self.stops)
        ends = (*joined.starts[1:], joined.seconds)
        chapters = [Chapter(f"{n} · Đình", *at) for n, at in enumerate(zip(joined.starts, ends, strict=True), 101)]
        return tag(Told("Một vòng", "Bảo tàng", joined.seconds), chapters) + joined.body

    @cached_property
    def sound(self) -> Floats:
        return heard(self.body)

    @cached_property
    def alone(self) -> list[Floats]:
        return [heard(body) for body in self.stops]

    @cached_property
    def starts(self) -> list[int]:
        return [round(start * RATE) for start in join(self.stops).starts]


@pytest.fixture(scope="module")
def walk() -> Walk:
    return Walk([recording(seconds, seed) for seed, seconds in enumerate(LENGTHS)])


def test_it_is_as_long_as_its_stops_together(walk: Walk) -> None:
    with av.open(io.BytesIO(walk.body)) as file:
        told = file.duration / 1_000_000

    assert abs(told - sum(LENGTHS)) < 0.01, "what a player shows"
    assert abs(len(walk.sound) / RATE - sum(LENGTHS)) < 0.01, "what is heard"


def test_a_chapter_begins_where_its_stop_does(walk: Walk) -> None:
    with av.open(io.BytesIO(walk.body)) as file:
        chapters = file.chapters()
        title = file.metadata["title"]
    told = [chapter["start"] / 1000 for chapter in chapters]
    exact = np.cumsum([0, *LENGTHS[:-1]])

    assert title == "Một vòng"
    assert [chapter["metadata"]["title"] for chapter in chapters] == [f"{n} · Đình" for n in range(101, 107)]
    assert np.abs(np.array(told) - exact).max() < 0.03
    assert chapters[-1]["end"] / 1000 == pytest.approx(sum(LENGTHS), abs=0.01)


def test_each_stop_is_the_very_same_sound(walk: Walk) -> None:
    """Neither encoded again nor louder nor softer; only the silence that it ends in may be shorter."""
    for start, alone in zip(walk.starts, walk.alone, strict=True):
        length = len(alone) - round(0.08 * RATE)
        assert np.abs(walk.sound[start : start + length] - alone[:length]).max() < 1e-6


def test_a_joint_neither_clips_nor_clicks(walk: Walk) -> None:
    for start in walk.starts[1:]:
        around = walk.sound[start - round(0.05 * RATE) : start + round(0.05 * RATE)]
        assert np.abs(around).max() < 0.01

    assert (
        measure((walk.sound,), RATE).true_peak <= max(measure((alone,), RATE).true_peak for alone in walk.alone) + 0.01
    )


def test_an_old_player_finds_one_constant_bit_rate(walk: Walk) -> None:
    with av.open(io.BytesIO(walk.body)) as file:
        sizes = {packet.size for packet in file.demux(audio=0) if packet.size}

    assert sizes <= {156, 157}, "48 kbit/s at 22 050 Hz"


def test_a_jump_into_the_middle_lands_there(walk: Walk) -> None:
    """The table of places in the first frame is of the whole."""
    with av.open(io.BytesIO(walk.body)) as file:
        file.seek(round(7.5 * 1_000_000), backward=True)
        frame = next(file.decode(audio=0))

    assert frame.time == pytest.approx(7.5, abs=0.3)


def test_what_is_no_recording_of_ours_is_not_joined(walk: Walk) -> None:
    for other in (b"", b"RIFF" + bytes(300), walk.stops[0][:-10]):
        with pytest.raises(Unjoinable):
            join([walk.stops[0], other])


def test_of_composed_tracks_the_oldest_make_room_but_none_of_the_last_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, names = Folder(tmp_path), iter(["fourth", "fourth", "fifth"])
    tracks = Tracks(cast(Hearing, None), kept)
    monkeypatch.setattr(track, "MOST_COMPOSED", 2)
    monkeypatch.setattr(Tracks, "make", lambda *_: next(names))
    for hours, name in ((4, "first"), (3, "second"), (2, "third")):
        kept.put(f"media/{name}.mp3", b"ID3")
        kept.put(f"composed/{name}", b"")
        os.utime(tmp_path / "composed" / name, (time.time() - 3600 * hours,) * 2)
    kept.put("media/of-the-museum.mp3", b"ID3")

    for _ in range(3):
        tracks.make_composed(cast(track.Walk, None))

    assert set(kept.names("media")) == {"media/of-the-museum.mp3"}
    assert set(kept.names("composed")) == {"composed/fourth", "composed/fifth"}
    monkeypatch.setattr(track, "MOST_COMPOSED", 0)
    tracks._make_room()
    assert set(kept.names("composed")) == {"composed/fourth", "composed/fifth"}
