"""Where a visitor stands and what was asked before: a question that says little of itself borrows from both.

How much a question says is the rarity of its telling words. "When was it built?" says little, so it is asked of the
stop where the visitor stands, and it borrows words of the question before; "Who was Võ Thị Sáu?" says enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from guide.assistant.finding.asking import Question

SAYS_LITTLE: Final = 9.0
HERE: Final = 0.5
STRANGE: Final = 0.35
"""Above this share of unknown words the question is of something else, wherever one stands."""
BORROWED: Final = 0.5


def worth_of_here(said: float, unknown: float, pointing: bool) -> float:
    """What standing at a stop adds to its passages."""
    if unknown > STRANGE and not pointing:
        return 0.0
    return HERE * (1.5 if pointing else 1.0) * max(0.0, 1 - said / (2 * SAYS_LITTLE if pointing else SAYS_LITTLE))


def borrowed(question: Question, said: float, previous: Sequence[str]) -> str | None:
    """The question before, where this one goes on from it."""
    if not previous or not (question.pointing or said < SAYS_LITTLE / 2):
        return None
    return previous[-1]
