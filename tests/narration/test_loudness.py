"""The meter agrees with the standard's own test signals, and with another meter on real speech."""

from __future__ import annotations

import numpy as np
import pytest

from guide.narration.encoding import Flow, encode_mp3, played
from guide.narration.loudness import block_of, measure, regrouped
from guide.narration.voices import Voices

from .saying import said
from .stops import measured_outside

pytestmark = pytest.mark.slow

RATES = [22_050, 24_000, 44_100, 48_000]


def tone(decibels: float, seconds: float, rate: int) -> np.ndarray:
    return 10 ** (decibels / 20) * np.sin(2 * np.pi * 1000 * np.arange(int(seconds * rate)) / rate)


SIGNALS = [
    # EBU Tech 3341, cases 1 to 5, for one channel: 3.01 LU under the stereo figures
    ([(-23, 20)], -26.01),
    ([(-33, 20)], -36.01),
    ([(-36, 10), (-23, 60), (-36, 10)], -26.01),
    ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -26.01),
    ([(-26, 20), (-20, 20.1), (-26, 20)], -26.01),
]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(("parts", "expected"), SIGNALS)
def test_the_standards_signals_measure_as_they_should(
    parts: list[tuple[float, float]], expected: float, rate: int
) -> None:
    signal = np.concatenate([tone(decibels, seconds, rate) for decibels, seconds in parts]).astype(np.float32)

    assert measure([signal], rate).loudness == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("phase", [0, 30, 45, 60])
def test_a_peak_between_the_samples_is_seen(phase: int) -> None:
    quarter = 0.5 * np.sin(np.pi / 2 * np.arange(48_000) + np.radians(phase))

    assert measure([quarter.astype(np.float32)], 48_000).true_peak == pytest.approx(-6.02, abs=0.3)


@pytest.mark.parametrize("length", [0, 1, 44, 45, 46, 1000, 225_001])
def test_silence_of_any_length_has_neither_loudness_nor_peak(length: int) -> None:
    silence = measure([np.zeros(length, np.int16)], 22_050)

    assert silence.loudness == float("-inf")
    assert silence.true_peak == float("-inf")
    assert len(silence.peaks) == len(silence.energies) == -(-length // block_of(22_050))


@pytest.mark.parametrize("sizes", [[30_000], [1, 2, 3], [7_000, 1, 500_000], [441_000]])
def test_sound_that_comes_in_pieces_measures_as_it_does_whole(sizes: list[int]) -> None:
    whole = np.random.default_rng(5).normal(0, 3_000, 500_000).astype(np.int16)
    cuts = np.cumsum(np.resize(sizes, 200_000 if max(sizes) < 10 else 100))
    pieces = np.split(whole, cuts[cuts < len(whole)])

    apart, together = measure(pieces, 22_050), measure([whole], 22_050)

    assert np.array_equal(apart.peaks, together.peaks)
    assert np.array_equal(apart.energies, together.energies)


def test_regrouping_keeps_every_sample_in_order() -> None:
    pieces = [np.arange(0, 5), np.arange(5, 5), np.arange(5, 25), np.arange(25, 26)]

    chunks = list(regrouped(pieces, 4))

    assert [len(chunk) for chunk in chunks] == [4, 4, 4, 4, 4, 4, 2]
    assert np.concatenate(chunks).tolist() == list(range(26))


def test_another_meter_hears_the_same_in_speech(voices: Voices) -> None:
    sound = said(voices.ranked("en")[0], "The stones are so heavy that it took six people to turn them, day and night.")
    body = encode_mp3(Flow([sound.samples], sound.rate, sound.seconds))

    outside_loudness, outside_peak = measured_outside(body)

    inside = measure(*played(body))
    assert inside.loudness == pytest.approx(outside_loudness, abs=0.15)
    assert inside.true_peak == pytest.approx(outside_peak, abs=0.3)
