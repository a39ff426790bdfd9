"""How loud a recording sounds (ITU BS.1770, gated) and how high its peaks reach between the samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Wave = npt.NDArray[Any]
"""Mono, as whole numbers of 16 bits or as floats of ±1."""

LONGEST_BLOCK = 50
TENTHS_AT_ONCE = 90
TAPS = 4096
QUIETEST = -70.0
GATE = -10.0
REACH = 12
OVERSAMPLING = 4


@dataclass(frozen=True, eq=False)
class Measured:
    """For each block of some milliseconds: its energy as an ear hears it, and its highest point."""

    energies: Doubles
    peaks: Floats
    blocks_in_a_tenth: int

    def with_gains(self, gains: Doubles) -> Measured:
        """What it would measure if each block were that much louder."""
        louder = (self.peaks * gains).astype(np.float32)
        return Measured(self.energies * np.square(gains), louder, self.blocks_in_a_tenth)

    @property
    def loudness(self) -> float:
        """In LUFS; minus infinity where there is nothing to hear."""
        whole = len(self.energies) - len(self.energies) % self.blocks_in_a_tenth
        return gated(self.energies[:whole].reshape(-1, self.blocks_in_a_tenth).mean(axis=1))

    @property
    def true_peak(self) -> float:
        """In dBTP; minus infinity for silence."""
        highest = float(self.peaks.max(initial=0.0))
        return float(20 * np.log10(highest)) if highest else float("-inf")

    def highest(self) -> Floats:
        """The highest point in each fiftieth of a second."""
        fiftieths = np.arange(len(self.peaks)) * 5 // self.blocks_in_a_tenth
        found = np.zeros(int(fiftieths.max(initial=-1)) + 1, np.float32)
        np.maximum.at(found, fiftieths, self.peaks)
        return found


def gated(tenths: Doubles) -> float:
    """From the energies of tenths of a second: stretches of four, those too quiet to count left out."""
    stretches = np.convolve(tenths, np.full(4, 0.25), "valid") if len(tenths) >= 4 else tenths
    loud = stretches[stretches > 10 ** ((QUIETEST + 0.691) / 10)]
    if not len(loud):
        return float("-inf")
    loud = loud[loud > loud.mean() * 10 ** (GATE / 10)]
    return float(10 * np.log10(loud.mean()) - 0.691)


def measure(pieces: Iterable[Wave], rate: int) -> Measured:
    """Piece by piece, so that an hour takes no more memory than a minute."""
    block = block_of(rate)
    chunks = (floats(chunk) for chunk in regrouped(pieces, TENTHS_AT_ONCE * (rate // 10)))
    found = [(_energies(chunk, rate, block), _peaks(chunk, block)) for chunk in _in_context(chunks, block)]
    energies = np.concatenate([np.zeros(0), *(energies for energies, _ in found)])
    peaks = np.concatenate([np.zeros(0, np.float32), *(peaks for _, peaks in found)])
    return Measured(energies, peaks, rate // 10 // block)


def block_of(rate: int) -> int:
    """Samples in a block: a whole number of blocks makes a tenth of a second."""
    return max(length for length in range(1, LONGEST_BLOCK + 1) if rate // 10 % length == 0)


def regrouped(pieces: Iterable[Wave], size: int) -> Iterator[Wave]:
    """The same samples in chunks of one size; the last may be shorter."""
    kept: list[Wave] = []
    length = 0
    for piece in _no_longer_than(size, pieces):
        kept.append(piece)
        length += len(piece)
        if length >= size:
            whole = np.concatenate(kept)
            yield from (whole[start : start + size] for start in range(0, length - size + 1, size))
            kept, length = [whole[length - length % size :]], length % size
    if length:
        yield np.concatenate(kept)


def _no_longer_than(size: int, pieces: Iterable[Wave]) -> Iterator[Wave]:
    for piece in pieces:
        yield from (piece[start : start + size] for start in range(0, len(piece), size))


def floats(wave: Wave) -> Floats:
    if wave.dtype == np.int16:
        return wave.astype(np.float32) / np.float32(32768)
    return wave.astype(np.float32, copy=False)


def _in_context(chunks: Iterator[Floats], block: int) -> Iterator[Floats]:
    """Each filled up to whole blocks, with TAPS samples from before it and REACH from after; silence beyond."""
    before, chunk = np.zeros(TAPS, np.float32), next(chunks, None)
    while chunk is not None:
        following = next(chunks, None)
        after = chunk[:0] if following is None else following[:REACH]
        filling = np.zeros(-len(chunk) % block + REACH - len(after), np.float32)
        yield np.concatenate([before, chunk, after, filling])
        before, chunk = np.concatenate([before, chunk])[-TAPS:], following


def _energies(chunk: Floats, rate: int, block: int) -> Doubles:
    width = 1 << len(chunk).bit_length()
    heard = np.fft.irfft(np.fft.rfft(chunk, width) * _k_filter(rate, width), width)[TAPS : len(chunk) - REACH]
    means: Doubles = np.square(heard.reshape(-1, block)).mean(axis=1, dtype=np.float64)
    return means


def _peaks(chunk: Floats, block: int) -> Floats:
    frames = np.lib.stride_tricks.sliding_window_view(chunk[TAPS - REACH :], block + 2 * REACH)[::block]
    peaks: Floats = np.abs(frames[:, REACH:-REACH]).max(axis=1)
    close = peaks > peaks.max() / 16
    between = np.abs(frames[close] @ _interpolation(block))
    peaks[close] = np.maximum(peaks[close], between.max(axis=1))
    return peaks


@lru_cache(maxsize=4)
def _interpolation(block: int) -> Floats:
    """From a block and its neighbours to the points between its samples: a windowed sinc."""
    at = REACH + np.arange(block * OVERSAMPLING) / OVERSAMPLING
    distance = np.arange(block + 2 * REACH)[:, None] - at[None, :]
    window = np.where(np.abs(distance) < REACH, np.cos(np.pi * distance / (2 * REACH)) ** 2, 0)
    return (np.sinc(distance) * window).astype(np.float32)


@lru_cache(maxsize=4)
def _k_filter(rate: int, width: int) -> npt.NDArray[np.complex64]:
    """The shelf of the head, then the high-pass, for any rate; cut where nothing is left of their ringing."""
    turn = np.exp(-2j * np.pi * np.arange(width // 2 + 1) / width)
    both = _shelf(rate, turn) * _high_pass(rate, turn)
    ringing = np.fft.irfft(both, width)
    ringing[TAPS:] = 0
    return np.fft.rfft(ringing).astype(np.complex64)


def _shelf(rate: int, turn: npt.NDArray[np.complex128]) -> npt.NDArray[np.complex128]:
    k, q = np.tan(np.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    above = (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k)
    below = (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k)
    return _section(above, below, turn)


def _high_pass(rate: int, turn: npt.NDArray[np.complex128]) -> npt.NDArray[np.complex128]:
    k, q = np.tan(np.pi * 38.13547087602444 / rate), 0.5003270373238773
    scale = 1 + k / q + k * k
    return _section((scale, -2 * scale, scale), (scale, 2 * (k * k - 1), 1 - k / q + k * k), turn)


def _section(
    above: tuple[float, float, float], below: tuple[float, float, float], turn: npt.NDArray[np.complex128]
) -> npt.NDArray[np.complex128]:
    (b0, b1, b2), (a0, a1, a2) = above, below
    response: npt.NDArray[np.complex128] = (b0 + b1 * turn + b2 * turn**2) / (a0 + a1 * turn + a2 * turn**2)
    return response
