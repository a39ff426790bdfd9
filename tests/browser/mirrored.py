"""`python -m tests.browser.mirrored serve …`: the guide as it would be in a language that runs from right to left.

Each Latin letter of the English words becomes an Arabic one, so the words mean nothing and are as long as they are.
"""

from __future__ import annotations

import re
import string
import sys
from pathlib import Path

from guide.language import Messages

LETTERS = dict(zip(string.ascii_lowercase, "ابتثجحخدذرزسشصضطظعغفقكلمنه", strict=True))
KEPT = re.compile(r"(\{[^}]*\}|\[[^\]]*\])")
"""Places that are filled in."""


def mirrored(words: str) -> str:
    parts = KEPT.split(words)
    return "".join(part if KEPT.fullmatch(part) else "".join(map(_letter, part.lower())) for part in parts)


def _letter(letter: str) -> str:
    return LETTERS.get(letter, letter)


def load_mirrored_too(folder: Path, load=Messages.load) -> Messages:  # type: ignore[no-untyped-def]
    shipped = load(folder)
    return Messages({**shipped.words, "ar": {key: mirrored(words) for key, words in shipped.words["en"].items()}})


if __name__ == "__main__":
    Messages.load = staticmethod(load_mirrored_too)  # type: ignore[method-assign,assignment]
    from guide.cli import app

    app(sys.argv[1:])
