"""A matter in words that no list has: “mấy h đóng cửa vậy bn” means what “Mấy giờ đóng cửa?” means.

Where a model understands the question, its vector is weighed once for each matter and once for everything else. The
weights were learnt from thousands of questions as visitors put them (`bench/training/matters.py`) and are good for that
one model; with another the lists alone decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from guide.assistant.finding import arrays

TABLE: Final = Path(__file__).with_name("resembling.bin")
NOTHING: Final = ""
"""What is no matter: the museum's own texts answer it, or nobody."""
LIKELY, SURE = 0.1, 0.2
"""So far ahead it may be the matter; and so far it is, whatever the museum's texts may hold."""
Vector = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    topic: str
    ahead: float
    """By how much it resembles the topic more than it resembles no matter at all."""

    @property
    def sure(self) -> bool:
        return self.ahead >= SURE


@dataclass(frozen=True)
class Learnt:
    model: str
    topics: tuple[str, ...]
    weights: Vector
    constants: Vector


def likeness(readings: Sequence[Vector], model: str) -> Likeness | None:
    """The matter that the question, as it was typed and as it was understood, resembles most; none where it resembles
    none, or nothing is known of the model."""
    known = learnt()
    if model != known.model:
        return None
    scores = np.mean(readings, axis=0) @ known.weights + known.constants
    told = dict(zip(known.topics, scores.tolist(), strict=True))
    nothing = told.pop(NOTHING)
    topic = max(told, key=told.__getitem__)
    ahead = told[topic] - nothing
    return Likeness(topic, ahead) if ahead >= LIKELY else None


@cache
def learnt() -> Learnt:
    read = arrays.read(TABLE)
    topics, named = read.told["topics"], read.named
    weights = named["weights"].astype(np.float32).reshape(-1, len(topics))
    return Learnt(read.told["model"], tuple(topics), weights, named["constants"].astype(np.float32))
