"""Searching: how well, how fast and how small, against a plain word BM25 in dictionaries, built in the same run.

`python -m bench.finding` measures time and size on a made museum; `--xquad FOLDER` adds quality: the folder has
`museum/stops/<slug>/<language>.md` and `questions.jsonl` with `question`, `language` and `stop`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import statistics
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.told import tell
from guide.tours.finding import Document, Field, Index, Segment, bucket_of, buckets
from guide.tours.folding import folded, words
from guide.tours.telex import ONSETS, RIMES

T = TypeVar("T")
LANGUAGES = ("vi", "en", "zh", "es", "de", "ru", "th")
TONES = ["", *"\u0300\u0301\u0303\u0309\u0323"]
QUERIES = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--xquad", type=Path, help="a folder of stops and questions")
    parser.add_argument("--documents", type=int, default=10_000)
    given = parser.parse_args()
    if given.xquad:
        tell_quality(given.xquad)
    tell_size_and_speed(given.documents)


class Plain:
    """BM25 over lower-cased words, a dictionary of postings: what one writes first."""

    def __init__(self, texts: dict[str, str]) -> None:
        counts = {key: Counter(read.written for read in words(text)) for key, text in texts.items()}
        self.lengths = {key: sum(count.values()) for key, count in counts.items()}
        self.mean = statistics.mean(self.lengths.values())
        self.postings: dict[str, dict[str, int]] = defaultdict(dict)
        for key, count in counts.items():
            for word, times in count.items():
                self.postings[word][key] = times

    def search(self, query: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for word in {read.written for read in words(query)}:
            held = self.postings.get(word, {})
            rarity = math.log1p((len(self.lengths) - len(held) + 0.5) / (len(held) + 0.5))
            for key, times in held.items():
                burden = 1.2 * (0.25 + 0.75 * self.lengths[key] / self.mean)
                scores[key] += rarity * times * 2.2 / (times + burden)
        return sorted(scores, key=lambda key: (-scores[key], key))[:20]


def tell_quality(folder: Path) -> None:
    asked = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    for language in LANGUAGES:
        questions = [(one["question"], one["stop"]) for one in asked if one["language"] == language]
        texts = {path.parent.name: path.read_text("utf-8") for path in folder.glob(f"museum/stops/*/{language}.md")}
        index, plain = Index([built(texts, language)], language), Plain(texts)
        tell_recall(f"recall@1 {language}", questions, index, plain)
        if language == "vi":
            tell_recall(
                "recall@1 vi without diacritics", [(folded(asks), stop) for asks, stop in questions], index, plain
            )
        if language in ("vi", "en"):
            tell_recall(f"recall@1 {language} with slips", slipped(questions), index, plain)


def tell_recall(name: str, questions: Sequence[tuple[str, str]], index: Index, plain: Plain) -> None:
    ours = [hit[0].key if (hit := index.search(asks, limit=1, at_least=0.0)) else "" for asks, _ in questions]
    theirs = [(plain.search(asks) or [""])[0] for asks, _ in questions]
    right = [sum(one == stop for one, (_, stop) in zip(found, questions, strict=True)) for found in (ours, theirs)]
    tell(name, *(round(100 * count / len(questions), 1) for count in right))


def slipped(questions: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """One word in four has a letter missing, added, mistaken or swapped."""
    chance = random.Random(3)
    return [(" ".join(_slip(word, chance) for word in asks.split()), stop) for asks, stop in questions]


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 3 or chance.random() > 0.25:
        return word
    at, letter = chance.randrange(len(word) - 1), chance.choice("abcdeghiklmnopqrstuvxy")
    before, here, after = word[:at], word[at : at + 2], word[at + 2 :]
    return before + chance.choice((here[1], here[::-1], letter + here, letter + here[1])) + after


def tell_size_and_speed(count: int) -> None:
    texts = made(count)
    groups: list[dict[str, str]] = [{} for _ in range(buckets(count))]
    for key, text in texts.items():
        groups[bucket_of(key, len(groups))][key] = text
    segments, plain = tell_build(texts, groups)
    seconds, joined = _timed(lambda: Segment.joined(segments))
    tell(
        "finding: segments joined against built at once, s",
        round(seconds, 2),
        round(_timed(lambda: built(texts, "vi"))[0], 2),
    )
    tell_speed(f"{len(segments)} segments", Index(segments, "vi"), texts, plain)
    some = {key: text for group in groups[:40] for key, text in group.items()}
    tell_speed("40 segments", Index(segments[:40], "vi"), some, Plain(some))
    tell_speed("the joined segments", Index([joined], "vi"), texts, plain)
    small = dict(list(texts.items())[:40])
    tell_speed("a museum of 40", Index([built(small, "vi")], "vi"), small, Plain(small))


def tell_build(texts: dict[str, str], groups: Sequence[dict[str, str]]) -> tuple[list[Segment], Plain]:
    before = _memory()
    seconds, segments = _timed(lambda: [built(group, "vi") for group in groups])
    grown = _memory() - before
    plain_seconds, plain = _timed(lambda: Plain(texts))
    tell(f"finding: {len(texts)} documents built, s", round(seconds, 2), round(plain_seconds, 2))
    tell("finding: memory for it, MB", round(grown), round(_memory() - before - grown))
    held = sum(len(segment.buffer) for segment in segments)
    tell(
        "finding: index, MB against million letters of text",
        round(held / 1e6, 1),
        round(sum(map(len, texts.values())) / 1e6, 1),
    )
    again = statistics.median(_timed(lambda: built(groups[0], "vi"))[0] for _ in range(7))
    tell("finding: one bucket rebuilt, ms", round(1000 * again, 1), round(1000 * plain_seconds, 1))
    return segments, plain


def tell_speed(name: str, index: Index, texts: dict[str, str], plain: Plain) -> None:
    chance = random.Random(5)
    starts = [(text.split(), chance.randrange(95)) for text in chance.choices(list(texts.values()), k=QUERIES)]
    written = [" ".join(text[start : start + 3]) for text, start in starts]
    slips = [folded(asks) + "x" for asks in written]
    index.search("a")
    baseline = _middle(plain.search, written)
    tell(f"finding: three words over {name}, p50 ms", _middle(index.search, written), baseline)
    tell(f"finding: without marks, with a slip, over {name}, p50 ms", _middle(index.search, slips), baseline)


def _middle(search: Callable[[str], object], queries: Iterable[str]) -> float:
    return round(1000 * statistics.median(_timed(partial(search, query))[0] for query in queries), 2)


def built(texts: dict[str, str], language: str) -> Segment:
    return Segment.build((Document(key, (Field("text", text),)) for key, text in texts.items()), language)


def made(count: int) -> dict[str, str]:
    """A hundred syllables a document, few of them frequent and many rare, as in a real text."""
    chance = random.Random(11)
    toned = (onset + rime[0] + tone + rime[1:] for onset in ONSETS for rime in sorted(RIMES) for tone in TONES)
    syllables = chance.sample([unicodedata.normalize("NFC", syllable) for syllable in toned], 3000)
    weights = [1 / (rank + 10) for rank in range(len(syllables))]
    return {f"stop-{number:05}": " ".join(chance.choices(syllables, weights, k=100)) for number in range(count)}


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
