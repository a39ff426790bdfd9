"""The model that understands questions: a query as it is served against the same through torch, and preparing it.

`python -m bench embedding` asks one thread of each by turns. `BENCH_MODEL` is a home whose model is already prepared;
without it the model is fetched and prepared, and the seconds for that are told. At last the index of 14,500 sentences.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.told import tell
from guide.assistant.finding.meaning import NEAREST
from guide.assistant.models import trial
from guide.assistant.models.about import chosen
from guide.assistant.models.embedder import Embedder
from guide.assistant.models.preparing import prepare
from guide.assistant.models.sources import MULTILINGUAL
from guide.assistant.vectors import Matrix, Vectors
from guide.fetching import Courier

T = TypeVar("T")
ROUNDS = 4
SENTENCES = 14_500
THROUGH_TORCH = """
import sys, time, torch
from sentence_transformers import SentenceTransformer
torch.set_num_threads(1)
model = SentenceTransformer(sys.argv[1], device="cpu")
print("ready", flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    model.encode(line.rstrip(), show_progress_bar=False)
    print(1000 * (time.perf_counter() - started), flush=True)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch, Courier() as courier:
        folder = prepared(folder_in(scratch, "home"))
        tell_a_query(Embedder.open(folder), MULTILINGUAL.lay_out(folder_in(scratch, "aside"), courier))
        tell_quality(Embedder.open(folder))
        tell_memory(folder)
        tell_index(folder_in(scratch, "kept"))


def folder_in(scratch: str, name: str) -> Path:
    folder = Path(scratch) / name
    folder.mkdir()
    return folder


def prepared(scratch: Path) -> Path:
    home = Path(os.environ.get("BENCH_MODEL", scratch))
    if chosen(home / "models") is None:
        seconds, _ = timed(lambda: prepare(None, home, lambda step, /, **_: print(f"# {step} …", flush=True)))
        tell("embedding: preparing the default model against the minute it may take, s", seconds, 60)
    folder = chosen(home / "models")
    assert folder
    return folder


def tell_a_query(embedder: Embedder, original: Path) -> None:
    """By turns, so that both meet the same machine: a question each, and a language each.

    After one of torch's a question finds the caches full of torch's weights; in a row of them it finds its own.
    """
    rows = [one.questions for one in trial.shipped().by_language.values()]
    with on_one_core():
        embedder.embed_queries(rows[0][:3])
    with torch_beside(original) as torch:
        for turns, parts in (("each", [[text] for row in rows for text in row]), ("in rows", rows)):
            served: list[float] = []
            through_torch: list[float] = []
            for part in parts * ROUNDS:
                served += [1000 * timed(partial(embedder.embed_queries, [text]))[0] for text in part]
                through_torch += [torch(f"{embedder.about.before_query}{text}") for text in part]
            for name, middle in (("p50", statistics.median), ("quickest tenth", quickest)):
                ours, theirs = round(middle(served), 2), round(middle(through_torch), 2)
                tell(f"embedding: a query on one thread against torch, {turns}, {name}, ms", ours, theirs)


@contextmanager
def on_one_core() -> Iterator[None]:
    """A model that is loaded meanwhile has one thread."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    yield
    os.sched_setaffinity(0, cores)


def quickest(times: list[float]) -> float:
    """What the machine does when nobody else is at it."""
    return statistics.quantiles(times, n=10)[0]


class Torch:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, text: str) -> float:
        """Milliseconds."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(text + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


@contextmanager
def torch_beside(original: Path) -> Iterator[Torch]:
    command = [sys.executable, "-I", "-W", "ignore", "-c", THROUGH_TORCH, str(original)]
    quiet = {**os.environ, "HF_HUB_OFFLINE": "1"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=quiet
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Torch(process)


def tell_quality(embedder: Embedder) -> None:
    tell("embedding: least cosine against the original", embedder.about.likeness, 1.0)
    floor = trial.shipped().floor
    for language, share in embedder.about.recall.items():
        tell(f"embedding: questions that find their passage first, {language}, against the floor", share, floor)


HOLDING = """
import sys
from pathlib import Path
from guide.assistant.models.embedder import Embedder
embedder = Embedder.open(Path(sys.argv[1]))
embedder.embed_queries([f"Ai xây nhà tù số {number}?" for number in range(int(sys.argv[2]))])
held = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(*(int(held[name].split()[0]) // 1024 for name in ("VmRSS", "RssAnon")))
"""


def tell_memory(folder: Path) -> None:
    """Of a process that asks, against one that could and never does."""
    asks, idle = (
        subprocess.run(
            [sys.executable, "-c", HOLDING, str(folder), count], capture_output=True, text=True, check=True
        ).stdout.split()
        for count in ("200", "0")
    )
    tell("embedding: memory of a process that asks, MB", int(asks[0]), int(idle[0]))
    tell("embedding: of it not shared with other processes, MB", int(asks[1]), int(idle[1]))


class Scattered:
    """Vectors without a model: here the index is measured."""

    model, dimensions = "scattered", 384

    def embed_passages(self, texts: Sequence[str], /) -> Matrix:
        vectors = np.array([np.random.default_rng([*text.encode()]).normal(size=384) for text in texts], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def tell_index(kept: Path) -> None:
    texts = [f"sentence {number}" for number in range(SENTENCES)]
    whole, vectors = timed(lambda: Vectors.build(texts, Scattered(), kept))
    changed = [f"changed {text}" if place < 12 else text for place, text in enumerate(texts)]
    again, _ = timed(lambda: Vectors.build(changed, Scattered(), kept))
    opened, _ = timed(lambda: Vectors.build(texts, Scattered(), kept))
    tell(f"vectors: one changed stop among {SENTENCES} sentences against all, s", again, whole)
    tell("vectors: opened again against built, s", opened, whole)
    tell_searching(vectors, Scattered().embed_passages(texts))


def tell_searching(vectors: Vectors, matrix: Matrix) -> None:
    asked = matrix[7]
    ways: tuple[Callable[[], object], ...] = (
        lambda: vectors.cosines(asked, vectors.nearest(asked, NEAREST)),
        lambda: matrix @ asked,
    )
    rounds = [[timed(way)[0] for way in ways] for _ in range(200)]
    nearest, plain = (round(1000 * statistics.median(times), 3) for times in zip(*rounds, strict=True))
    tell("vectors: the nearest and how near they are, against a product of matrices, ms", nearest, plain)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return round(time.perf_counter() - started, 5), done


if __name__ == "__main__":
    main()
