"""Every recording is equally loud, never clips, never clicks, begins at once, and lasts as long as it says."""

from __future__ import annotations

import io
from functools import cache

import av
import numpy as np
import pytest

from guide.narration.encoding import Flow, decode_flac, encode_flac, encode_mp3, encode_webm, encode_webm_calmly, played
from guide.narration.loudness import measure
from guide.narration.mastering import (
    CALM_WEBM,
    MP3,
    RATE,
    WEBM,
    Format,
    Joined,
    Take,
    encoded,
    faded,
    join,
    pops,
    trimmed,
)
from guide.narration.script import plan
from guide.narration.sound import Sound
from guide.narration.voices import Voices

from .saying import said
from .stops import TOLD, measured_outside, script

pytestmark = pytest.mark.slow

FORMATS = {"mp3": MP3, "webm": WEBM, "calm webm": CALM_WEBM}


def decoded(body: bytes) -> tuple[np.ndarray, int]:
    pieces, rate = played(body)
    return np.concatenate(list(pieces)), rate


@pytest.fixture(scope="session")
def joined(voices: Voices):
    @cache
    def of(language: str) -> Joined:
        planned = plan(script(language), voices.ranked(language)[0])
        return join([Take(said(planned.voice, line.reading.spoken), line.sentence.paragraph) for line in planned.lines])

    return of


@pytest.fixture(scope="session")
def body(joined):
    return cache(lambda language, kind: encoded(joined(language).samples, FORMATS[kind]))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", TOLD)
def test_every_language_is_as_loud_as_every_other_after_decoding(body, language: str, kind: str) -> None:
    heard, peak = measured_outside(body(language, kind))

    assert heard == pytest.approx(-16, abs=0.5)
    assert peak <= -1


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", TOLD)
def test_nothing_clips_and_silence_at_the_ends_is_short(body, language: str, kind: str) -> None:
    wave, rate = decoded(body(language, kind))
    heard = np.flatnonzero(np.abs(wave) > 0.01)

    assert np.abs(wave).max() < 1
    assert heard[0] / rate <= 0.5
    assert (len(wave) - heard[-1]) / rate <= 0.5


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_decoded_lies_where_it_lay_before_encoding(body, joined, kind: str) -> None:
    """Captions are exact only if neither the encoder's delay nor its padding is heard."""
    before = joined("vi").samples.astype(np.float64)
    wave, rate = decoded(body("vi", kind))

    after = np.interp(np.arange(len(before)) / RATE, np.arange(len(wave)) / rate, wave)
    shift = np.argmax(np.fft.irfft(np.fft.rfft(after, 1 << 20) * np.conj(np.fft.rfft(before, 1 << 20))))
    assert min(shift, (1 << 20) - shift) <= 0.002 * RATE
    assert len(wave) / rate == pytest.approx(len(before) / RATE, abs=0.01)


@pytest.mark.parametrize(("kind", "most"), [("mp3", 370_000), ("webm", 210_000), ("calm webm", 210_000)])
def test_a_minute_is_small_enough_for_a_phone(body, joined, kind: str, most: int) -> None:
    minutes = len(joined("vi").samples) / RATE / 60

    assert len(body("vi", kind)) / minutes <= most + 2_000 / minutes


def test_the_mp3_says_how_long_it_is(body, joined) -> None:
    head = body("vi", "mp3")[:200]
    with av.open(io.BytesIO(body("vi", "mp3")), "r") as file:
        seconds = file.duration / 1_000_000

    assert b"Xing" in head or b"Info" in head
    assert seconds == pytest.approx(len(joined("vi").samples) / RATE, abs=0.06)


@pytest.mark.parametrize("encode", [encode_mp3, encode_webm, encode_webm_calmly])
def test_the_same_sound_is_the_same_file(joined, encode) -> None:
    samples = joined("vi").samples[: 5 * RATE]

    assert encode(Flow([samples], RATE, 5)) == encode(Flow([samples], RATE, 5))


def test_sentences_are_joined_without_a_click_and_with_natural_pauses() -> None:
    loud = Sound(np.full(RATE // 2, 20_000, np.int16), RATE, ((0, 0.0),))

    whole = join([Take(loud, 0), Take(loud, 1), Take(loud, 1), Take(loud, 2)])

    pauses = [after.start - before.end for before, after in zip(whole.placed, whole.placed[1:], strict=False)]
    assert pauses == [pytest.approx(0.9), pytest.approx(0.4), pytest.approx(0.7)]
    assert np.abs(np.diff(whole.samples.astype(int))).max() < 400


def test_silence_around_a_sentence_is_cut_and_its_words_move_along() -> None:
    samples = np.zeros(2 * RATE, np.int16)
    samples[RATE : RATE + 4410] = 9_000

    sound = trimmed(Sound(samples, RATE, ((0, 1.0), (4, 1.1))))

    assert sound.seconds == pytest.approx(0.2 + 0.11, abs=0.01)
    assert [seconds for _, seconds in sound.words] == [pytest.approx(0.03, abs=0.001), pytest.approx(0.13, abs=0.001)]


@pytest.mark.parametrize("length", [0, 1, 2, 50, 5000])
def test_a_sound_of_any_length_can_be_faded(length: int) -> None:
    soft = faded(np.full(length, 8_000, np.int16))

    assert len(soft) == length
    assert not length or soft[0] == 0 or length == 1


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(RATE, np.int16),
        np.zeros(RATE // 10, np.int16),
        np.tile(np.array([32_767, -32_768], np.int16), RATE),
        np.where(np.arange(RATE * 3) % RATE == 9, 32_767, 0).astype(np.int16),
        np.random.default_rng(1).normal(0, 30, RATE * 2).astype(np.int16),
    ],
    ids=["silence", "hardly anything", "a square wave", "lone knocks", "faint noise"],
)
@pytest.mark.parametrize("kind", FORMATS)
def test_even_odd_sounds_stay_under_the_highest_peak(samples: np.ndarray, kind: str) -> None:
    wave, _ = decoded(encoded(samples, FORMATS[kind]))

    assert np.abs(wave).max(initial=0) <= 10 ** (-1 / 20)


def test_a_codec_that_lifts_peaks_is_handed_less() -> None:
    """A pretended codec that doubles what stands out is tried again until it is within bounds."""
    handed: list[int] = []

    def lifting(flow: Flow) -> bytes:
        samples = np.concatenate(list(flow.pieces))
        handed.append(int(np.abs(samples).max()))
        return encode_flac(Sound(np.clip(samples * 1.3, -32_768, 32_767).astype(np.int16), flow.rate, ()))

    noise = np.random.default_rng(2).normal(0, 3_000, RATE * 3).astype(np.int16)
    body = encoded(noise, Format(lifting, loudness=-16, ceiling=-1.5))

    heard = measure(*played(body))
    assert heard.loudness == pytest.approx(-16, abs=0.5)
    assert heard.true_peak <= -1
    assert handed[0] > handed[-1]


def click(samples: np.ndarray, at: float, height: int) -> np.ndarray:
    clicked = samples.copy()
    clicked[int(at * RATE)] = height
    return clicked


QUIETLY = np.concatenate([np.zeros(RATE), np.random.default_rng(6).normal(0, 3_000, RATE)]).astype(np.int16)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (QUIETLY, False),
        ((QUIETLY * 1.1).astype(np.int16), False),
        (np.concatenate([np.zeros(200, np.int16), QUIETLY[:-200]]), False),
        (click(QUIETLY, 1.5, 5_000), False),
        (click(QUIETLY, 0.5, 900), False),
        (click(QUIETLY, 0.5, 4_000), True),
        (click(QUIETLY, 1.5, 20_000), True),
    ],
    ids=[
        "the same",
        "a little louder",
        "a little later",
        "among its like",
        "too faint to notice",
        "in silence",
        "loud",
    ],
)
def test_a_pop_is_what_stands_out_and_was_not_sent(heard: np.ndarray, expected: bool) -> None:
    assert pops(measure([QUIETLY], RATE), measure([heard], RATE)) is expected


def test_where_an_encoder_pops_a_calmer_one_is_used() -> None:
    def popping(flow: Flow) -> bytes:
        return encode_flac(Sound(click(np.concatenate(list(flow.pieces)), 0.5, 30_000), flow.rate, ()))

    def calm(flow: Flow) -> bytes:
        return encode_flac(Sound(np.concatenate(list(flow.pieces)), flow.rate, ()))

    body = encoded(QUIETLY, Format(popping, -16, -2, calmer=Format(calm, -16, -2)))

    wave, rate = decoded(body)
    assert np.abs(wave[: rate // 2 + 100]).max() < 0.01


def test_a_sentence_is_kept_without_loss_with_its_words() -> None:
    sound = Sound(
        np.random.default_rng(3).integers(-9_000, 9_000, 9_999).astype(np.int16), 22_050, ((0, 0.0), (5, 0.2))
    )

    kept = decode_flac(encode_flac(sound))

    assert kept.samples.tobytes() == sound.samples.tobytes()
    assert (kept.rate, kept.words) == (sound.rate, sound.words)
