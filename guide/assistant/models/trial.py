"""A model is tried before it is trusted: does a question find its passage, in each language for itself?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import yaml

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
SHEET: Final = Path(__file__).with_name("trial.yaml")
E5_PREFIXES: Final = ("query: ", "passage: ")
"""The most used of the multilingual models want these, and some folders do not say so."""


@dataclass(frozen=True)
class Trial:
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    """The first answer the questions, in their order; behind them lie those that only sound alike."""


@dataclass(frozen=True)
class Tried:
    """How a model did with one way of asking."""

    before_query: str
    before_passage: str
    recall: Mapping[str, float]

    @property
    def overall(self) -> float:
        return sum(self.recall.values())


@dataclass(frozen=True)
class Trials:
    floor: float
    by_language: Mapping[str, Trial]

    @property
    def count(self) -> int:
        return sum(len(trial.questions) for trial in self.by_language.values())

    def trusted(self, recall: Mapping[str, float]) -> tuple[str, ...]:
        return tuple(language for language, share in recall.items() if share >= self.floor)

    def best(self, embed: Embed, ways: Sequence[tuple[str, str]]) -> Tried:
        """Of the ways to ask the one that finds most; the first where two are equal."""
        tried = [Tried(query, passage, self._recall(embed, query, passage)) for query, passage in ways]
        return max(tried, key=lambda one: one.overall)

    def sample(self) -> list[str]:
        """A few texts of each language, to compare a prepared model with the original."""
        return [text for trial in self.by_language.values() for text in (*trial.questions[:2], *trial.passages[:2])]

    def _recall(self, embed: Embed, before_query: str, before_passage: str) -> dict[str, float]:
        return {
            language: recall(
                embed([before_query + text for text in trial.questions]),
                embed([before_passage + text for text in trial.passages]),
            )
            for language, trial in self.by_language.items()
        }


def recall(questions: Vectors, passages: Vectors) -> float:
    """Of the questions whose own passage, that of the same row, is the nearest."""
    nearest = (questions @ passages.T).argmax(axis=1)
    return float(np.mean(nearest == np.arange(len(questions))))


def ways(prompts: Mapping[str, str]) -> list[tuple[str, str]]:
    """How the model's folder says that it wants to be asked; else plainly, or as most are."""
    if query := prompts.get("query"):
        return [(query, prompts.get("document") or prompts.get("passage") or "")]
    return [("", ""), E5_PREFIXES]


def shipped() -> Trials:
    told: dict[str, Any] = yaml.safe_load(SHEET.read_text("utf-8"))
    floor = float(told.pop("floor"))
    return Trials(floor, {language: _trial(sheet) for language, sheet in told.items()})


def _trial(sheet: Mapping[str, Any]) -> Trial:
    answers = [str(passage) for _, passage in sheet["pairs"]]
    return Trial(tuple(str(asks) for asks, _ in sheet["pairs"]), (*answers, *map(str, sheet["beside"])))
