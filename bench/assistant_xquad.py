"""Asking: how often the right stop and sentence come first, and how often silence is kept, on XQuAD as a museum.

`python -m bench.assistant_xquad FOLDER [--models FOLDER] [--languages vi en …] [--every N]`: FOLDER has
`museum/stops/<slug>/<language>.md` and `questions.jsonl` with `question`, `language`, `stop`, `answer` and `at`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.told import tell
from guide.assistant.answer import Asked, Part, Quoted
from guide.assistant.composing import Candidate, compose
from guide.assistant.finding.meaning import Meaning, meaning_of
from guide.assistant.finding.retrieval import Found, Retrieval, rows_of
from guide.assistant.models.about import chosen
from guide.assistant.models.embedder import Embedder
from guide.assistant.passages import Passage
from guide.assistant.trusting import trusted
from guide.tours.folding import folded
from guide.tours.sentences import sentences

LANGUAGES = ("vi", "en", "zh", "th", "ru", "es", "de")
ACROSS = ("vi-en", "en-vi", "zh-en", "en-zh", "ru-en", "en-ru", "es-en", "en-es", "de-en", "en-de")
OF_AN_ARTICLE = 5
OF_ALL = 4
ANSWERED = 0.05

Question = dict[str, Any]
Numbers = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", type=Path, help="a folder of prepared models")
    parser.add_argument("--languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--every", type=int, default=1, help="ask every nth question only")
    parser.add_argument("--kept", type=Path, help="where vectors are kept between runs")
    given = parser.parse_args()
    embedder = embedder_of(given.models) if given.models else None
    with tempfile.TemporaryDirectory() as passing:
        kept = given.kept or Path(passing)
        museums = {}
        for language in given.languages:
            passages = stops_of(given.folder, language)
            meaning = meaning_of(rows_of(passages), embedder, kept / language) if embedder else None
            museums[language] = (passages, meaning)
            tell_language(language, passages, meaning, questions_of(given.folder, language)[:: given.every])
        for pair in ACROSS:
            one, other = pair.split("-")
            if one in museums and other in museums:
                tell_across(pair, *museums[other], questions_of(given.folder, one)[:: given.every])


def embedder_of(models: Path) -> Embedder:
    folder = chosen(models)
    if folder is None:
        raise SystemExit(f"No model is prepared in {models}.")
    return Embedder.open(folder)


def stops_of(folder: Path, language: str) -> list[Passage]:
    return [_stop(path, language) for path in sorted(folder.glob(f"museum/stops/*/{language}.md"))]


def _stop(path: Path, language: str) -> Passage:
    title, _, body = path.read_text("utf-8").partition("\n")
    told = sentences(title.lstrip("# "), body.replace("\ufeff", ""), language)
    slug = path.parent.name
    return Passage(f"stops/{slug}/1", "stop", slug, language, told[0].text, told[1:], "")


def questions_of(folder: Path, language: str) -> list[Question]:
    asked = (json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines())
    return [question for question in asked if question["language"] == language]


def tell_language(
    language: str, passages: Sequence[Passage], meaning: Meaning | None, asked: Sequence[Question]
) -> None:
    words, whole = Retrieval.build(passages), Retrieval.build(passages, meaning)
    right = partial(tell_right, passages=passages, words=words, whole=whole)
    right(language, asked)
    if language in ("vi", "en"):
        right(f"{language} with slips", changed(asked, slipped))
    if language == "vi":
        right("vi without marks", changed(asked, folded))
        right("vi without marks, with slips", changed(asked, lambda text: slipped(folded(text))))
    tell_refused(language, passages, meaning, asked)


def tell_right(
    name: str, asked: Sequence[Question], passages: Sequence[Passage], words: Retrieval, whole: Retrieval
) -> None:
    plain, best = ([one.find(each["question"], one.language) for each in asked] for one in (words, whole))
    tell(f"{name}: right stop first, %", stop_right(best, asked, 1), stop_right(plain, asked, 1))
    tell(f"{name}: right stop in five, %", stop_right(best, asked, 5), stop_right(plain, asked, 5))
    for among, told in ((1, "first"), (2, "in two")):
        tell(
            f"{name}: right sentence {told}, %",
            sentence_right(best, asked, passages, among),
            sentence_right(plain, asked, passages, among),
        )
    said = [[said_for(one, each, passages) for one, each in zip(found, asked, strict=True)] for found in (best, plain)]
    for told, right in (("said", is_marked), ("said, or another of its stop with the answer's words", has_the_words)):
        tell(f"{name}: right sentence {told}, %", *(said_right(one, asked, right) for one in said))


def tell_across(pair: str, passages: Sequence[Passage], meaning: Meaning | None, asked: Sequence[Question]) -> None:
    whole, words = Retrieval.build(passages, meaning), Retrieval.build(passages)
    plain, best = ([one.find(each["question"], pair[:2]) for each in asked] for one in (words, whole))
    tell(f"{pair}: right stop first, %", stop_right(best, asked, 1), stop_right(plain, asked, 1))


def tell_refused(
    language: str, passages: Sequence[Passage], meaning: Meaning | None, asked: Sequence[Question]
) -> None:
    """A quarter of the articles missing is far, one paragraph of five missing is near; in turn each of them is."""
    for name, parts, missing in (
        ("far", OF_ALL, lambda n: n // OF_AN_ARTICLE % OF_ALL),
        ("near", OF_AN_ARTICLE, lambda n: n % OF_AN_ARTICLE),
    ):
        gone_in_turn = [[missing(n) == part for n in range(len(passages))] for part in range(parts)]
        seen = [
            together(found_without(passages, model, asked, gone) for gone in gone_in_turn) for model in (meaning, None)
        ]
        refused = [
            round(100 * float(np.mean(sureness(lost) < np.quantile(sureness(there), ANSWERED))), 1)
            for there, lost in seen
        ]
        tell(f"{language}: {name} refused while 95 of 100 are answered, %", *refused)
        there, lost = seen[0]
        tell(
            f"{language}: {name} refused at the threshold, %, beside the answerable answered",
            round(100 * float(np.mean([one.confidence < one.threshold for one in lost])), 1),
            round(100 * float(np.mean([one.confidence >= one.threshold for one in there])), 1),
        )


def sureness(found: Iterable[Found]) -> Numbers:
    return np.array([one.confidence for one in found])


def together(seen: Iterable[tuple[list[Found], list[Found]]]) -> tuple[list[Found], list[Found]]:
    theres, losts = zip(*seen, strict=True)
    return list(chain.from_iterable(theres)), list(chain.from_iterable(losts))


def found_without(
    passages: Sequence[Passage], meaning: Meaning | None, asked: Sequence[Question], gone: Sequence[bool]
) -> tuple[list[Found], list[Found]]:
    """What is found of what is there, and of what is not."""
    left = [passage for passage, missing in zip(passages, gone, strict=True) if not missing]
    retrieval = Retrieval.build(left, part_of(meaning, passages, gone) if meaning else None)
    stops = {passage.stop for passage in left}
    there: list[Found] = []
    lost: list[Found] = []
    for each in asked:
        (there if each["stop"] in stops else lost).append(retrieval.find(each["question"], retrieval.language))
    return there, lost


def part_of(meaning: Meaning, passages: Sequence[Passage], gone: Sequence[bool]) -> Meaning:
    kept = ~np.array(gone)
    rows = np.repeat(kept, np.diff(rows_of(passages).firsts))
    return replace(meaning, passages=meaning.passages[kept], rows=meaning.rows[rows], within=meaning.within[rows])


def stop_right(found: Iterable[Found], asked: Sequence[Question], among: int) -> float:
    right = [each["stop"] in [slug for slug, _ in one.stops[:among]] for one, each in zip(found, asked, strict=True)]
    return round(100 * sum(right) / len(right), 1)


def sentence_right(found: Iterable[Found], asked: Sequence[Question], passages: Sequence[Passage], among: int) -> float:
    by_stop = {passage.stop: passage for passage in passages}
    right = []
    for one, each in zip(found, asked, strict=True):
        passage = by_stop[each["stop"]]
        right.append(
            (passage.key, holding(passage, each["at"])) in [(key, number) for key, number, _ in one.sentences[:among]]
        )
    return round(100 * sum(right) / len(right), 1)


Right = Callable[[Question, Quoted], bool]


def is_marked(asked: Question, said: Quoted) -> bool:
    """Does the answer stand in it that XQuAD points at?"""
    return said.passage.stop == asked["stop"] and said.sentence.number == holding(said.passage, asked["at"])


def has_the_words(asked: Question, said: Quoted) -> bool:
    """XQuAD points at one of several places: often at the first, which may not tell what is asked."""
    words = rf"(?<!\w){re.escape(asked['answer'])}(?!\w)"
    same = said.passage.stop == asked["stop"] and re.search(words, said.sentence.text, re.IGNORECASE)
    return bool(same) or is_marked(asked, said)


def said_for(found: Found, asked: Question, passages: Sequence[Passage]) -> list[Quoted]:
    """The one to three sentences that a visitor is told where it is sure enough."""
    by_key = {one.key: one for one in passages}
    ranked = [
        Candidate(by_key[key], next(said for said in by_key[key].sentences if said.number == number), score)
        for key, number, score in found.sentences
    ]
    told = told_of(found.understood or asked["question"], passages[0].language, found, ranked)
    return [part for part in told if isinstance(part, Quoted)]


def said_right(said: Iterable[Sequence[Quoted]], asked: Sequence[Question], is_right: Right) -> float:
    right = [any(is_right(each, part) for part in parts) for parts, each in zip(said, asked, strict=True)]
    return round(100 * sum(right) / len(right), 1)


def told_of(question: str, language: str, found: Found, ranked: Sequence[Candidate]) -> Sequence[Part]:
    sure = replace(found, confidence=1.0)
    told = trusted(Asked(question, language, datetime.now(UTC)), language, language, sure, ranked)
    return compose(question, language, told, ()) if told else ()


def holding(passage: Passage, at: int) -> int:
    """The sentence that holds this place of the body."""
    end = 0
    for sentence in passage.sentences:
        end += len(sentence.text) + 1
        if at < end:
            return sentence.number
    return passage.sentences[-1].number


def changed(asked: Iterable[Question], how) -> list[Question]:  # type: ignore[no-untyped-def]
    return [{**each, "question": how(each["question"])} for each in asked]


def slipped(text: str) -> str:
    """One word in four has a letter missing, added, mistaken or swapped."""
    chance = random.Random(text)
    return " ".join(_slip(word, chance) for word in text.split())


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 3 or chance.random() > 0.25:
        return word
    at, letter = chance.randrange(len(word) - 1), chance.choice("abcdeghiklmnopqrstuvxy")
    before, here, after = word[:at], word[at : at + 2], word[at + 2 :]
    return before + chance.choice((here[1], here[::-1], letter + here, letter + here[1])) + after


if __name__ == "__main__":
    main()
