"""Learns which words stand for which in another language: IBM's first model over parallel sentences and dictionaries.

`python -m bench.training.words PAIRS OUT`: PAIRS holds the parallel sentences; OUT is the folder of the tables, one a
direction, `en-vi.bin` from English to Vietnamese and so on.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.training.pairs import HUMAN, pairs
from guide.assistant.finding import arrays
from guide.assistant.finding.crossing import tokens

OTHERS = ("vi", "zh", "ru", "es", "de", "fr", "ja", "ko", "th")
ROUNDS = 5
MOST_WORDS = {"vi": 16_000}
MOST_WORDS_OF_OTHERS = 9_000
FEWEST = 2
MOST_MEANINGS = 6
LEAST = 0.03
FULL = 255
LONGEST = 60
MOST_PAIRS = 130_000

Tokens = list[list[str]]
Places = npt.NDArray[np.int64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("languages", nargs="*", default=OTHERS)
    given = parser.parse_args()
    for language in given.languages:
        english, other = cut_pairs(given.pairs, language)
        for one, another, name in ((english, other, f"en-{language}"), (other, english, f"{language}-en")):
            source, target = (
                most_frequent(side, tongue) for side, tongue in zip((one, another), name.split("-"), strict=True)
            )
            keep(given.out / f"{name}.bin", source, target, learnt(one, another, source, target))


def cut_pairs(folder: Path, language: str) -> tuple[Tokens, Tokens]:
    english, other = [], []
    for source, one, text, another, translated in pairs(folder):
        if source in HUMAN and {one, another} == {"en", language} and len(english) < MOST_PAIRS:
            mine, theirs = (text, translated) if one == "en" else (translated, text)
            cut = tokens(mine, "en"), tokens(theirs, language)
            if all(0 < len(side) <= LONGEST * 2 for side in cut):
                english.append(cut[0])
                other.append(cut[1])
    return english, other


def most_frequent(texts: Tokens, language: str) -> list[str]:
    counts = Counter(chain.from_iterable(set(text) for text in texts))
    kept = counts.most_common(MOST_WORDS.get(language, MOST_WORDS_OF_OTHERS))
    return sorted(word for word, count in kept if count >= FEWEST)


def learnt(one: Tokens, another: Tokens, source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int, float]]:
    """(word, its meaning, how likely), by word, the likeliest first."""
    keys, slots = meetings(one, another, source, target)
    met, places = np.unique(keys, return_inverse=True)
    words = met // len(target)
    chance = np.full(len(met), 1.0)
    for _ in range(ROUNDS):
        shares = chance[places]
        shares /= np.bincount(slots, shares)[slots]
        counts = np.bincount(places, shares, len(met))
        chance = counts / np.bincount(words, counts, len(source))[words]
    found = np.flatnonzero(chance >= LEAST)
    order = found[np.lexsort((-chance[found], words[found]))]
    rank = np.arange(len(order)) - np.searchsorted(words[order], words[order])
    kept = order[rank < MOST_MEANINGS]
    return list(zip(words[kept].tolist(), (met[kept] % len(target)).tolist(), chance[kept].tolist(), strict=True))


def meetings(one: Tokens, another: Tokens, source: Sequence[str], target: Sequence[str]) -> tuple[Places, Places]:
    """Every word of a text beside every word of its translation; a slot is a word that some word must have meant."""
    mine, theirs = ({word: place for place, word in enumerate(side)} for side in (source, target))
    keys, slots, slot = [], [], 0
    for text, translated in zip(one, another, strict=True):
        a = np.array(sorted({mine[word] for word in text if word in mine}), np.int64)
        b = np.array(sorted({theirs[word] for word in translated if word in theirs}), np.int64)
        if len(a) and len(b):
            keys.append((a[None, :] * len(target) + b[:, None]).ravel())
            slots.append(np.repeat(np.arange(slot, slot + len(b)), len(a)))
            slot += len(b)
    return np.concatenate(keys), np.concatenate(slots)


def keep(path: Path, source: Sequence[str], target: Sequence[str], rows: Sequence[tuple[int, int, float]]) -> None:
    words = sorted({word for word, _, _ in rows})
    meanings = sorted({meaning for _, meaning, _ in rows})
    places = np.searchsorted(words, [word for word, _, _ in rows])
    told = {"from": "\n".join(source[word] for word in words), "to": "\n".join(target[m] for m in meanings)}
    named = {
        "offsets": np.searchsorted(places, np.arange(len(words) + 1)).astype(np.uint32),
        "meanings": np.searchsorted(meanings, [meaning for _, meaning, _ in rows]).astype(np.uint16),
        "chances": np.array([max(round(chance * FULL), 1) for _, _, chance in rows], np.uint8),
    }
    arrays.write(path, told, named)
    print(f"{path.name}: {len(words)} words, {len(rows)} meanings, {path.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
