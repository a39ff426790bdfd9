"""The file for the pocket answers as the server does without a model."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from guide.assistant.finding.pocket import pocket
from guide.assistant.finding.pocket_reader import PocketReader
from guide.assistant.finding.retrieval import Retrieval
from guide.assistant.passages import Passage
from guide.tours.folding import folded
from guide.tours.sentences import sentences
from tests.assistant.finding.island import passages

ROOT = Path(__file__).parents[3]
QUESTIONS = [line.split("\t") for line in (ROOT / "bench/training/questions.tsv").read_text("utf-8").splitlines()]
KILOBYTE = 1000


def sample(language: str, most: int = 40) -> list[Passage]:
    """Forty stops of the sample museums, as if they were one."""
    found = []
    for path in sorted((ROOT / "content").glob(f"*/stops/*/{language}.md"))[:most]:
        slug = path.parent.name
        title, _, body = path.read_text("utf-8").partition("\n")
        told = sentences(title.lstrip("# "), body, language)
        for number, group in groupby(told[1:], key=lambda sentence: sentence.paragraph):
            found.append(Passage(f"stops/{slug}/{number}", "stop", slug, language, told[0].text, tuple(group), ""))
    return found


def test_the_same_passages_give_the_same_bytes() -> None:
    assert pocket(passages("en"), "en") == pocket(passages("en"), "en")


@pytest.mark.parametrize(
    ("question", "here", "previous"),
    [
        ("Who founded the prison?", None, ()),
        ("When was it built?", "den-bien", ()),
        ("And when was it built?", None, ("How high is the lighthouse?",)),
        ("Which airline flies to Tokyo?", None, ()),
    ],
)
def test_the_reader_cites_and_refuses_as_the_server_does(
    question: str, here: str | None, previous: tuple[str, ...]
) -> None:
    found = Retrieval.build(passages("en")).find(question, "en", here, previous)

    cited = PocketReader(pocket(passages("en"), "en")).find(question, here, previous)

    assert cited.sentences[0] == found.sentences[0][:2]
    assert cited.confidence == pytest.approx(found.confidence, abs=0.01)
    assert cited.refused == (found.confidence < found.threshold)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
def test_forty_stops_fit_in_the_pocket_and_answer_the_same(language: str) -> None:
    told = sample(language)
    packed, server = pocket(told, language), Retrieval.build(told)
    reader = PocketReader(packed)
    asked = [row[1] if language == "vi" else row[3] for row in QUESTIONS]
    asked += [folded(question) for question in asked] if language == "vi" else []

    same = [reader.find(one).sentences[0] == server.find(one, language).sentences[0][:2] for one in asked]

    assert len(packed) <= 300 * KILOBYTE
    assert sum(same) / len(same) >= 0.95
