"""Knowing when not to answer: how sure it is that the museum has written of what was asked.

A rule over a few numbers, learnt on questions whose stop or paragraph had been taken away (learnt.yaml tells which):
the best passage must hold much of what is asked for, lie close in meaning, and stand out from the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml

from guide.assistant.finding import ranking
from guide.assistant.finding.lexical import Scores
from guide.assistant.finding.ranking import Looks, Ranked
from guide.assistant.finding.seeking import Weighed
from guide.language import base

FEATURES: Final = (
    "share", "share_margin", "sentence", "words", "margin", "meaning_margin", "sentence_meaning",
)  # fmt: skip
WEIGHED, WORDS = map(ranking.FEATURES.index, ("weighed", "words"))
SMALL: Final = 40
LARGE: Final = 180
"""Passages in a museum for which the thresholds of learnt.yaml were set."""
CLEAR: Final = 2.5
"""The first sentence's leads over the second and the third, added: from here on meaning changes nothing any more."""
CLEARLY_SURE: Final = 0.7


@dataclass(frozen=True)
class Sure:
    confidence: float
    threshold: float


def evidence(weighed: Weighed, looks: Looks) -> Scores:
    """What speaks for an answer, in the order of FEATURES."""
    best = int(weighed.best[0])
    shares = weighed.read.shares
    fused = weighed.scores[weighed.best]
    seen = [look.features for look in looks if look.place == best]
    told = {
        "share": float(shares[best]),
        "share_margin": float(shares[best]) - _second(shares, best),
        "sentence": max((float(one[WEIGHED]) for one in seen), default=0.0),
        "words": max((float(one[WORDS]) for one in seen), default=0.0),
        "margin": float(fused[0] - (fused[1] if len(fused) > 1 else 0.0)),
    } | _meaning(weighed, best)
    return np.array([told.get(name, 0.0) for name in FEATURES])


def _meaning(weighed: Weighed, best: int) -> dict[str, float]:
    if (near := weighed.near) is None:
        return {}
    return {
        "meaning_margin": ranking.MEANING_SCALE * (float(near.passages[best]) - _second(near.passages, best)),
        "sentence_meaning": ranking.MEANING_SCALE * float(near.rows.max()),
    }


def _second(values: Scores, best: int) -> float:
    return float(np.delete(values, best).max(initial=0.0))


def sureness(found: Scores, language: str, passages: int) -> Sure:
    """In a large museum more looks like an answer, so more is asked of one."""
    rule = _learnt(base(language), bool(found[FEATURES.index("sentence_meaning")]))
    told = float(rule["of"] @ found) + rule["from"]
    return Sure(float(1 / (1 + np.exp(-told))), threshold(rule["threshold"], passages))


def threshold(between: Sequence[float], passages: int) -> float:
    part = math.log(max(passages, SMALL) / SMALL) / math.log(LARGE / SMALL)
    return between[0] + (between[1] - between[0]) * min(part, 1.0)


def clear(told: Ranked, sure: Sure) -> bool:
    """Do words alone tell what answers? Then the question need not be read by a model."""
    if len(told) < 3 or sure.confidence < CLEARLY_SURE:
        return False
    (_, first), (_, second), (_, third) = told[:3]
    return 2 * first - second - third >= CLEAR


@cache
def _learnt(tongue: str, with_meaning: bool) -> dict[str, Any]:
    read = yaml.safe_load(Path(__file__).with_name("learnt.yaml").read_text("utf-8"))["sureness"]
    rule = read["with_meaning" if with_meaning else "by_words"]
    of = np.array([rule["of"].get(name, 0.0) for name in FEATURES])
    return {"of": of, "from": rule["from"], "threshold": rule["threshold"].get(tongue, rule["threshold"]["other"])}
