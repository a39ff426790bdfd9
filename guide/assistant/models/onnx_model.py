"""A prepared model in memory: its weights are mapped from the file. It reads a text at once, or while others work."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from guide.assistant.models import tokens
from guide.assistant.models.about import GRAPH, ModelUnreadable

SLOWER: Final = ["SkipLayerNormFusion"]
"""Of what the runtime makes of a graph: adding and levelling in one step takes twice as long as in two."""
LETTERS_A_TOKEN: Final = 16
"""More than any token has on the whole: what is beyond so many letters could not be among the tokens that are read."""
Vectors = npt.NDArray[np.float32]


class Read(NamedTuple):
    numbers: list[int]
    vector: Vectors
    states: Vectors | None
    """One for each number; none where the vector is not their mean."""


class Aside(NamedTuple):
    """A text that is being read while somebody does something else."""

    text: str
    numbers: list[int]
    found: Future[Sequence[Vectors] | None]
    """None where it was not read to its end."""
    run: Any


class OnnxModel:
    def __init__(self, folder: Path, longest: int) -> None:
        self._cores = min(_cores(), 2)
        self._turn = threading.Lock()
        self._aside: Aside | None = None
        self._letters = longest * LETTERS_A_TOKEN
        self._read = lru_cache(1)(self._read_anew)
        self.within = lru_cache(1)(self._within)
        try:
            self._numbers = tokens.opened(folder, longest)
            self._session = session(folder / GRAPH, self._cores)
            self._lead, self._tail = _frame(*map(self._numbers, ("", "x")))
        except Exception as problem:  # both libraries raise classes of their own, and bare Exception
            raise ModelUnreadable(model=folder.name, problem=type(problem).__name__) from problem

    @contextmanager
    def reading(self, text: str) -> Iterator[Aside | None]:
        """Meanwhile it is read on a second core, and whoever asks for it waits less; at the end it is left unread.

        One text at a time: where many ask at once, the cores are better spent on what is surely needed.
        """
        if self._cores < 2 or not self._turn.acquire(blocking=False):
            yield None
            return
        try:
            aside = self._aside = self._begun(text)
            try:
                yield aside
            finally:
                aside.run.terminate = True
                aside.found.result()
        finally:
            self._turn.release()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.vector(text) for text in texts])

    def vector(self, text: str) -> Vectors:
        return self._read(text).vector

    def _within(self, before: str, parts: tuple[str, ...]) -> list[Vectors | None]:
        """Of each part, told one after another, the mean of what its pieces came to mean there.

        None where that cannot be told: of what is beyond the longest text, and where a text's pieces are others than
        its parts' pieces. The last is remembered, as a text is: parts are asked one after another.
        """
        read = self._read(before + " ".join(parts))
        cut = [self._pieces(before.rstrip()), *map(self._pieces, parts)]
        ends = list(accumulate(map(len, cut), initial=self._lead))
        whole = [number for part in cut for number in part]
        inside = read.numbers[self._lead : len(read.numbers) - self._tail]
        if read.states is None or inside != whole[: len(inside)]:
            return [None] * len(parts)
        last = self._lead + len(inside)
        return [_mean(read.states[start:end]) if start < end <= last else None for start, end in pairwise(ends[1:])]

    def _pieces(self, text: str) -> list[int]:
        numbers = self._asked(text)
        return numbers[self._lead : len(numbers) - self._tail]

    def _read_anew(self, text: str) -> Read:
        aside = self._aside
        if aside and aside.text == text and (found := aside.found.result()):
            return _read(aside.numbers, found)
        numbers = self._asked(text)
        return _read(numbers, self._session.run(None, _given(numbers)))

    def _begun(self, text: str) -> Aside:
        aside = Aside(text, self._asked(text), Future(), _run())

        def told(found: Sequence[Vectors], _: object, problem: str) -> None:
            aside.found.set_result(None if problem else found)

        self._session.run_async(None, _given(aside.numbers), told, None, aside.run)
        return aside

    def _asked(self, text: str) -> list[int]:
        return self._numbers(text[: self._letters].encode("utf-8", "replace").decode())


def _given(numbers: list[int]) -> dict[str, npt.NDArray[np.int64]]:
    return {"numbers": np.array([numbers], np.int64)}


def _read(numbers: list[int], found: Sequence[Vectors]) -> Read:
    vector, *states = found
    return Read(numbers, vector[0], states[0][0] if states else None)


def _frame(nothing: list[int], something: list[int]) -> tuple[int, int]:
    """How many numbers stand before every text, and how many behind."""
    lead = next((n for n, (one, other) in enumerate(zip(nothing, something, strict=False)) if one != other), 0)
    return lead, len(nothing) - lead


def _mean(states: Vectors) -> Vectors:
    mean = states.mean(axis=0)
    vector: Vectors = mean / np.linalg.norm(mean)
    return vector


def session(graph: Path, threads: int = 1) -> Any:
    """With a second thread a text can be read aside."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # what a long text once needed would be held for good
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    alone = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(graph, options, providers=alone, disabled_optimizers=SLOWER)


def _run() -> Any:
    import onnxruntime

    return onnxruntime.RunOptions()


def _cores() -> int:
    """On which this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
