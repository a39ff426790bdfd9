"""Which sentence answers: the rows of the few best passages, looked at closely and weighed by what was learnt.

Each sentence is described by a handful of numbers, all known the moment a question is asked; the score is their sum,
each times a weight. How the weights were found is told in learnt.yaml.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import yaml

from guide.assistant.finding.cutting import Places
from guide.assistant.finding.holding import Held
from guide.assistant.finding.lexical import Scores
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.seeking import LEAST, Sought, Weighed

FEATURES: Final = (
    "passage", "weighed", "share", "words", "beside", "meaning", "meaning_beside", "kind", "kind_and_words",
    "first", "short", "own", "own_words", "meaning_own", "carried", "carried_far", "fresh", "late",
    "within", "within_own",
)  # fmt: skip
MEANING_SCALE: Final = 10.0
FAR_LIKELIER: Final = 3
"""So many times likelier to answer than the first, as questions show where one of two answers."""
CARRIED: Final = 0.6
"""What a sentence before has said, the next may mean by "it": so much does that count for its own."""


@dataclass(frozen=True)
class Look:
    """A sentence: its passage's place, its number, and what was seen of it."""

    place: int
    number: int
    features: Scores
    words: npt.NDArray[np.bool_]


Looks = list[Look]


def looks(rows: Rows, held: Held, weighed: Weighed, within: Scores, fits: Scores) -> Looks:
    """All sentences that may be quoted, with what speaks for each.

    `within`: how near it lies as it is meant there; `fits`: how well it suits what kind of answer is wanted.
    """
    places, numbers = rows.owners[held.rows], rows.numbers[held.rows]
    meaning = weighed.near.rows[held.rows] if weighed.near else np.zeros(len(held.rows))
    word_worth = _worth_of_words(weighed.read.sought, held.words.shape[1])
    covered = held.words @ word_worth
    top = float(weighed.scores[weighed.best[0]])
    columns = {
        "passage": weighed.scores[places] - top,
        "weighed": held.weighed,
        "share": held.share,
        "words": covered,
        "beside": _beside(held.share, places),
        "meaning": MEANING_SCALE * meaning,
        "meaning_beside": MEANING_SCALE * _beside(meaning, places),
        "kind": fits,
        "kind_and_words": fits * held.share,
        "first": (numbers == 1).astype(float),
        "short": -np.log(rows.lengths[held.rows] / rows.mean_length),
    }
    columns |= {
        "own": _own(held.terms, numbers, places) @ weighed.read.sought.gains / weighed.read.sought.mass,
        "own_words": _own(held.words, numbers, places) @ word_worth,
        "meaning_own": _own_nearness(columns["meaning"], numbers, places),
        "within": MEANING_SCALE * within,
        "within_own": _own_nearness(MEANING_SCALE * within, numbers, places),
    }
    columns |= _in_course(held.terms, places, weighed.read.sought.gains / weighed.read.sought.mass)
    table = np.stack([columns[name] for name in FEATURES], axis=1)
    quotable = (numbers > 0) | (rows.firsts[places + 1] - rows.firsts[places] == 1)
    seats = zip(places.tolist(), numbers.tolist(), table, held.words, quotable.tolist(), strict=True)
    return [Look(place, number, features, words) for place, number, features, words, fine in seats if fine]


Ranked = list[tuple[Look, float]]


def ranked(seen: Looks, with_meaning: bool) -> Ranked:
    """Best first."""
    weights = learnt().weights if with_meaning else learnt().plain
    scored = [(look, float(look.features @ weights)) for look in seen]
    scored.sort(key=lambda one: -one[1])
    return _with_another(scored) if with_meaning and len(scored) > 2 else scored


def _with_another(scored: Ranked) -> Ranked:
    """Second comes what most likely answers where the first does not; it scores what the second best does.

    Where it is of the same passage and far likelier to answer it is told before the first, and scores as much.
    """
    (first, best), (_, second_best), *_ = scored
    others = scored[1:]
    chosen = int(np.argmax(np.stack([look.features for look, _ in others]) @ learnt().second))
    other, _ = others.pop(chosen)
    if other.place == first.place and far_likelier(other.features - first.features):
        return [(other, best), (first, best), *others]
    return [(first, best), (other, second_best), *others]


def far_likelier(difference: Scores) -> bool:
    return float(difference @ learnt().before) + learnt().beforehand > math.log(FAR_LIKELIER)


def _own(there: npt.NDArray[np.bool_], numbers: Places, places: Places) -> Scores:
    """What a sentence holds counts the less, the more of its passage's other sentences hold it too."""
    spoken = numbers > 0
    together = ((places[:, None] == places[None, :]) & spoken).astype(np.float32)
    alike = together @ there.astype(np.float32)
    own: Scores = there * (1 - (alike - 1) / np.maximum(together.sum(axis=1), 1)[:, None])
    return own


def _in_course(there: npt.NDArray[np.bool_], places: Places, worth: Scores) -> dict[str, Scores]:
    """What a sentence has when it is read after the others: what they said before it, and what it is first to say."""
    before, earlier, steps = np.zeros_like(there), np.zeros_like(there), np.zeros(len(places))
    for row in range(1, len(places)):
        if places[row] == places[row - 1]:
            before[row], earlier[row] = there[row - 1], earlier[row - 1] | there[row - 1]
            steps[row] = steps[row - 1] + 1
    return {
        "carried": np.maximum(there, CARRIED * before) @ worth,
        "carried_far": np.maximum(there, CARRIED * earlier) @ worth,
        "fresh": (there & ~earlier) @ worth,
        "late": steps / np.maximum(_longest(steps, places), 1),
    }


def _longest(steps: Scores, places: Places) -> Scores:
    most = np.zeros(int(places.max(initial=0)) + 1)
    np.maximum.at(most, places, steps)
    longest: Scores = most[places]
    return longest


def _own_nearness(near: Scores, numbers: Places, places: Places) -> Scores:
    """Beside what the passage's sentences are on the whole."""
    return near - _mean_of_passage(near * (numbers > 0), numbers > 0, places)


def _mean_of_passage(values: Scores, counted: npt.NDArray[np.bool_], places: Places) -> Scores:
    sums, counts = np.bincount(places, values), np.bincount(places, counted)
    mean: Scores = (sums / np.maximum(counts, 1))[places]
    return mean


def _beside(values: Scores, places: Places) -> Scores:
    """The better of the neighbours in the same passage."""
    same = places[1:] == places[:-1]
    before = np.concatenate(([0.0], np.where(same, values[:-1], 0.0)))
    after = np.concatenate((np.where(same, values[1:], 0.0), [0.0]))
    return np.maximum(before, after)


def _worth_of_words(sought: Sought, count: int) -> Scores:
    """Which part of all telling words each word is, by its rarity."""
    whole = sought.wanted.whole
    worth = np.bincount(sought.wanted.words[whole], sought.gains[whole], count)
    return worth / max(float(worth.sum()), LEAST)


@dataclass(frozen=True)
class Learnt:
    """Weights of the features: with a model of meaning, without one, and with one for the sentence shown second."""

    weights: Scores
    plain: Scores
    second: Scores
    before: Scores
    """By what the second differs from the first: is it the one that answers?"""
    beforehand: float
    """The same of two that do not differ."""


@cache
def learnt() -> Learnt:
    read = yaml.safe_load(Path(__file__).with_name("learnt.yaml").read_text("utf-8"))["sentences"]
    kinds = (read["with_meaning"], read["by_words"], read["second"], read["before"]["of"])
    weights, plain, second, before = (np.array([kind.get(name, 0.0) for name in FEATURES]) for kind in kinds)
    return Learnt(weights, plain, second, before, read["before"]["from"])
