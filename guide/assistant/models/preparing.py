"""Before visitors come, a model is made small and quick, tried, and put in place whole: `guide models prepare`."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from guide.assistant.models import about as sheet
from guide.assistant.models import tokens, trial
from guide.assistant.models.about import About
from guide.assistant.models.onnx_model import OnnxModel
from guide.assistant.models.sources import Source, source_of
from guide.assistant.models.trial import Trials, Tried
from guide.errors import Unusable
from guide.fetching import Courier

HERE: Final = Path(__file__).parent
ASIDE: Final = ".preparing-"


class Note(Protocol):
    """Told of each step: its key under `models.` in the messages, and the facts for it."""

    def __call__(self, step: str, /, **facts: object) -> None: ...


class ModelUnusable(Unusable):
    """The folder holds nothing that can be turned into a graph: what the libraries said last."""


class ModelHarms(Unusable):
    """In no language it finds what it should: words alone do better."""


@dataclass(frozen=True)
class Prepared:
    folder: Path
    about: About


def prepare(name: str | None, home: Path, note: Note, stick: Path | None = None) -> Prepared:
    """Killed anywhere, the model before is still in use; what lay half made is cleared away the next time."""
    models = home / "models"
    with (
        _alone(models),
        tempfile.TemporaryDirectory(dir=models, prefix=ASIDE) as scratch,
        Courier(stick=stick) as courier,
    ):
        aside = Path(scratch)
        source = source_of(name, aside)
        folder = models / source.model
        if not (folder / sheet.ABOUT).is_file():
            _make(source, aside, courier, note).replace(folder)
        prepared = Prepared(folder, sheet.read(folder))
        _choose(models, prepared.about)
        return prepared


def _make(source: Source, aside: Path, courier: Courier, note: Note) -> Path:
    trials = trial.shipped()
    note("fetching", model=source.name)
    original = source.lay_out(aside, courier)
    graph, ready = aside / "graph", aside / "ready"
    graph.mkdir()
    ready.mkdir()
    note("exporting", model=source.name)
    _run("exporting.py", original, graph, told=json.dumps(trials.sample()), model=source.name)
    note("shrinking", model=source.name)
    _run("quantising.py", graph / sheet.GRAPH, ready, model=source.name)
    tokens.lay_out(graph / sheet.TOKENIZER, ready)
    note("trying", model=source.name, questions=trials.count)
    about = _tried(source, graph, ready, trials)
    (ready / sheet.ABOUT).write_text(about.model_dump_json(indent=1), "utf-8")
    _settle(ready)
    return ready


def _tried(source: Source, graph: Path, ready: Path, trials: Trials) -> About:
    told = json.loads((graph / "told.json").read_text("utf-8"))
    model = OnnxModel(ready, told["longest"])
    originals = np.load(graph / "vectors.npy")
    likeness = float((originals * model.vectors(trials.sample())).sum(axis=1).min())
    best = trials.best(model.vectors, trial.ways(told["prompts"]))
    trusted = _trusted(source, best, trials)
    return About(
        name=source.name,
        model=source.model,
        dimensions=originals.shape[1],
        longest=told["longest"],
        before_query=best.before_query,
        before_passage=best.before_passage,
        likeness=round(likeness, 4),
        recall={language: round(share, 3) for language, share in best.recall.items()},
        trusted_languages=trusted,
    )


def _trusted(source: Source, best: Tried, trials: Trials) -> tuple[str, ...]:
    trusted = trials.trusted(best.recall)
    if not trusted:
        raise ModelHarms(model=source.name, recall=f"{max(best.recall.values()):.0%}", floor=f"{trials.floor:.0%}")
    return trusted


def _run(program: str, *given: Path, model: str, told: str = "") -> None:
    """In a process of its own: what it needs is large, and goes with it."""
    command = [sys.executable, "-I", str(HERE / program), *map(str, given)]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    if done.returncode:
        raise ModelUnusable(model=model, problem=(done.stderr.strip().splitlines() or ["?"])[-1])


def _settle(folder: Path) -> None:
    """On the disk, and to be read by whoever serves."""
    for path in (*folder.iterdir(), folder):
        path.chmod(0o755 if path.is_dir() else 0o644)
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _choose(models: Path, about: About) -> None:
    aside = models / f"{ASIDE}chosen"
    aside.write_text(about.model, "ascii")
    aside.replace(models / sheet.CHOSEN)


@contextmanager
def _alone(models: Path) -> Iterator[Path]:
    """A folder to work in, for one preparation at a time; whoever comes second finds the work done."""
    models.mkdir(parents=True, exist_ok=True)
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in models.glob(f"{ASIDE}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        with tempfile.TemporaryDirectory(dir=models, prefix=ASIDE) as aside:
            yield Path(aside)
