"""Counts which Vietnamese syllables stand side by side, so that diacritics that were not typed can be restored.

`python -m bench.training.syllables PAIRS OUT`: PAIRS holds the parallel sentences, OUT is the table to write.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.training.pairs import HUMAN, texts
from guide.assistant.finding import arrays
from guide.tours import folding

OF_PEOPLE = 3
FEWEST = 4
MOST_SYLLABLES = 9_000
MOST_PAIRS = 240_000
MARKED_SHARE = 0.4
"""Vietnamese with fewer marked words than this is a name, a program, or was typed without them."""
STEPS = 12
"""Counts are kept as logarithms, this many steps to a doubling."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    singles, doubles = counted(given.pairs)
    listed = sorted(w for w, count in singles.most_common(MOST_SYLLABLES) if count >= FEWEST)
    places = {word: place for place, word in enumerate(listed)}
    known = Counter({pair: count for pair, count in doubles.items() if pair[0] in places and pair[1] in places})
    kept = sorted((places[one] * len(listed) + places[other], count) for (one, other), count in best(known, singles))
    arrays.write(
        given.out,
        {"syllables": " ".join(listed), "steps": STEPS},
        {
            "singles": np.array([steps(singles[word]) for word in listed], np.uint8),
            "pairs": np.array([pair for pair, _ in kept], np.uint32),
            "counts": np.array([steps(count) for _, count in kept], np.uint8),
        },
    )
    print(f"{len(listed)} syllables, {len(kept)} pairs, {given.out.stat().st_size} bytes")


def counted(folder: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    singles: Counter[str] = Counter()
    doubles: Counter[tuple[str, str]] = Counter()
    for source, text in texts(folder, "vi"):
        weight = OF_PEOPLE if source in HUMAN else 1
        read = folding.words(text)
        if sum(word.has_marks for word in read) < MARKED_SHARE * len(read):
            continue
        words = [word.written for word in read if not word.written.isdigit()]
        for word in words:
            singles[word] += weight
        for pair in pairwise(words):
            doubles[pair] += weight
    return singles, doubles


def best(known: Counter[tuple[str, str]], singles: Counter[str]) -> list[tuple[tuple[str, str], int]]:
    """The pairs that are most frequent; of equal ones those of rarer syllables, which tell more."""
    order = sorted(known.items(), key=lambda item: (-item[1], singles[item[0][0]] * singles[item[0][1]], item[0]))
    return order[:MOST_PAIRS]


def steps(count: int) -> int:
    return min(round(STEPS * math.log2(count)), 255)


if __name__ == "__main__":
    main()
