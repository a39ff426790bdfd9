"""Sound to files and back: what phones play, what is kept of each sentence, and what a museum hands in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av
import numpy as np

from guide.narration.loudness import Floats, floats
from guide.narration.sound import Samples, Sound, gathered

OPUS_RATE = 24_000
LEAST_RATE = 4_000
"""Samples a second, of the poorest telephone; of what claims fewer a few bytes would unpack to gigabytes."""
CHUNK_SECONDS = 10


class Unreadable(Exception):  # it becomes a refusal where the reader is known
    """These bytes are no sound that we can decode."""


@dataclass(frozen=True)
class Flow:
    """Sound on its way to an encoder, a piece at a time."""

    pieces: Iterable[Samples]
    rate: int
    seconds: float


@dataclass(frozen=True)
class Coding:
    container: str
    codec: str
    bits: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


MP3 = Coding("mp3", "libmp3lame", 48_000)
OPUS = Coding("webm", "libopus", 24_000)
CALM_OPUS = Coding("webm", "libopus", 24_000, {"application": "lowdelay", "vbr": "constrained"})
FLAC = Coding("flac", "flac")


def encode_mp3(flow: Flow) -> bytes:
    """With the header that says how long it is and what the encoder put before: seeking is then exact."""
    return _encoded(flow, MP3, {"write_xing": "1", "id3v2_version": "0"})


def encode_webm(flow: Flow) -> bytes:
    return _webm(flow, OPUS)


def encode_webm_calmly(flow: Flow) -> bytes:
    """Without Opus's model of a throat, which on some machine voices runs away and pops."""
    return _webm(flow, CALM_OPUS)


def _webm(flow: Flow, coding: Coding) -> bytes:
    """With room at the front for its index, so that a jump asks the network once."""
    slower = Flow(_resampled(_frames(flow), OPUS_RATE), OPUS_RATE, flow.seconds)
    return _encoded(slower, coding, {"reserve_index_space": str(512 + round(16 * flow.seconds))})


def encode_flac(sound: Sound) -> bytes:
    """Nothing lost; the words' times travel inside, so that one file is the whole sentence."""
    words = json.dumps([[offset, round(seconds, 5)] for offset, seconds in sound.words])
    return _encoded(Flow((sound.samples,), sound.rate, sound.seconds), FLAC, {}, {"words": words})


def _encoded(
    flow: Flow, coding: Coding, options: Mapping[str, str], metadata: Mapping[str, str] | None = None
) -> bytes:
    """Bit-exact: the same sound is the same file, without dates or random numbers."""
    body = io.BytesIO()
    with av.open(body, "w", format=coding.container, options={"fflags": "+bitexact", **options}) as out:
        out.metadata.update(metadata or {})
        stream: Any = out.add_stream(coding.codec, rate=flow.rate, layout="mono")
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        stream.codec_context.options = {"threads": "1", **coding.settings}
        if coding.bits:
            stream.bit_rate = coding.bits
        for frame in _frames(flow):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return body.getvalue()


def _frames(flow: Flow) -> Iterator[av.AudioFrame]:
    at = 0
    for piece in flow.pieces:
        for start in range(0, len(piece), flow.rate * CHUNK_SECONDS):
            frame = _frame(piece[start : start + flow.rate * CHUNK_SECONDS], flow.rate)
            frame.pts, frame.time_base = at, Fraction(1, flow.rate)
            at += frame.samples
            yield frame


def _frame(samples: Samples, rate: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate
    return frame


def played(body: bytes) -> tuple[Iterator[Floats], int]:
    """What a player hears of one of our files, and its rate; floats, so that what would clip shows."""
    file = av.open(io.BytesIO(body), "r")
    return (floats(frame.to_ndarray().reshape(-1)) for frame in file.decode(audio=0)), file.streams.audio[0].rate


def decode_flac(body: bytes) -> Sound:
    with _opened(body, "flac") as file:
        words = _words_in(file.metadata)
        rate = file.streams.audio[0].rate
        samples = _read(file, rate, longest_seconds=float("inf"))
    return Sound(samples, rate, tuple(words))


def _words_in(metadata: dict[str, str]) -> list[tuple[int, float]]:
    found = {name.lower(): text for name, text in metadata.items()}
    if "words" not in found:
        raise Unreadable
    return [(offset, seconds) for offset, seconds in json.loads(found["words"])]


def decode_given(body: bytes, container: str, rate: int, longest_seconds: float) -> Samples:
    """Only as the named container, which opens no other file; mono, cut off once it is longer than allowed."""
    with _opened(body, container) as file:
        if not file.streams.audio:
            raise Unreadable
        return _read(file, rate, longest_seconds)


def _opened(body: bytes, container: str) -> Any:
    try:
        return av.open(io.BytesIO(body), format=container)
    except (av.error.FFmpegError, ValueError) as problem:
        raise Unreadable from problem


def _read(file: Any, rate: int, longest_seconds: float) -> Samples:
    return gathered(_not_longer(_resampled(_sound_frames(file), rate), longest_seconds * rate))


def _not_longer(pieces: Iterator[Samples], most: float) -> Iterator[Samples]:
    length = 0
    for piece in pieces:
        yield piece
        length += len(piece)
        if length > most:
            break


def _sound_frames(file: Any) -> Iterator[Any]:
    """A cut file may begin or end in half a frame; one in twenty broken is no longer a recording."""
    packets = broken = 0
    for packet in _packets(file):
        packets += 1
        try:
            yield from map(_plain, packet.decode())
        except (av.error.FFmpegError, ValueError):
            broken += 1
    if broken * 20 > packets:
        raise Unreadable


def _plain(frame: Any) -> Any:
    if frame.sample_rate < LEAST_RATE:
        raise Unreadable
    return frame


def _packets(file: Any) -> Iterator[Any]:
    try:
        yield from file.demux(audio=0)
    except (av.error.FFmpegError, ValueError) as problem:
        raise Unreadable from problem


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    if rate == wanted or not len(samples):
        return samples
    frames = _frames(Flow((samples,), rate, len(samples) / rate))
    return gathered(_resampled(frames, wanted))


def _resampled(frames: Iterator[Any], rate: int) -> Iterator[Samples]:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
    for frame in frames:
        frame.pts = None
        yield from map(_whole_numbers, resampler.resample(frame))
    yield from map(_whole_numbers, resampler.resample(None))


def _whole_numbers(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(-1).astype(np.int16, copy=False)
