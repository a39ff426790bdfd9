"""Asking: how well our own questions over the sample museums are answered, by words alone and with the model.

`python -m bench.assistant_questions [--models FOLDER] [--museums NAME …] [--dialogues]`: the baseline of each score is
what words alone reach. `--dialogues` prints twenty conversations with what was cited instead.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bench.told import tell
from guide.app import close, furnish
from guide.assistant.answer import Asked
from guide.assistant.desk import Desk
from guide.assistant.evaluating import Report
from guide.assistant.examination import COLUMNS, Examination, table
from guide.assistant.examining import read_questions
from guide.assistant.minds import Minds
from guide.narration.hearing import Hearing
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from guide.tours.catalogue import Catalogues

ROOT = Path(__file__).parent.parent
CONTENT, QUESTIONS = ROOT / "content", ROOT / "tests" / "assistant" / "questions" / "sample.jsonl"
DIALOGUES = Path(__file__).with_name("dialogues.yaml")
MORNING = datetime(2026, 11, 24, 3, tzinfo=UTC)
"""A Tuesday, ten o'clock in Vietnam."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=ROOT / ".venv" / "extras" / "models")
    parser.add_argument("--museums", nargs="*", default=[path.name for path in sorted(CONTENT.iterdir())])
    parser.add_argument("--dialogues", action="store_true")
    given = parser.parse_args()
    if given.dialogues:
        with opened(given.museums, given.models) as shelf:
            print("\n".join(dialogues(shelf)))
        return
    with opened(given.museums, None) as shelf:
        plain = examined(shelf, given.museums)
    with opened(given.museums, given.models) as shelf:
        best = examined(shelf, given.museums)
    print("\n".join(["by words alone", *table(plain), "", "with the model", *table(best), ""]))
    tell_all(best, plain)


@contextmanager
def opened(museums: Sequence[str], models: Path | None) -> Iterator[Shelf]:
    with tempfile.TemporaryDirectory() as home:
        if models:
            (Path(home) / "models").symlink_to(models.resolve())
        shelf = furnish(Settings(home=Path(home), log_level="error"))
        for name in museums:
            shelf[Press].publish(CONTENT / name, name, MORNING, lambda _: None)
        shelf[Catalogues].renew()
        yield shelf
        close(shelf)


def examined(shelf: Shelf, museums: Sequence[str]) -> Report:
    examination = Examination(shelf[Catalogues].current.museums, shelf[Desk], shelf[Minds], shelf[Hearing], MORNING)
    questions = read_questions(QUESTIONS.read_text("utf-8").splitlines())
    return examination.of(one for one in questions if one.museum in museums)


def tell_all(best: Report, plain: Report) -> None:
    for name in ("all", "vi", "en"):
        for column in (*COLUMNS, "ms_p50", "ms_p99"):
            value, baseline = getattr(best.row(name), column), getattr(plain.row(name), column)
            if value is not None and baseline is not None:
                tell(f"{name}: {column}", value, baseline)


def dialogues(shelf: Shelf) -> Iterator[str]:
    """Each question leans on the ones before it, as it does on a phone."""
    for number, talk in enumerate(yaml.safe_load(DIALOGUES.read_text("utf-8")), start=1):
        museum = shelf[Catalogues].current.museums[talk["museum"]]
        for language in museum.sheet.languages:
            shelf[Minds].ready(museum, language)
        yield f"── {number}. {talk['museum']}, {talk['language']}" + (f", at {talk['at']}" if "at" in talk else "")
        before: list[str] = []
        for question in talk["asked"]:
            asked = Asked(question, talk["language"], MORNING, talk.get("at"), tuple(before[-3:]))
            told = shelf[Desk].told(museum, asked)
            yield f"   ? {question}"
            yield f"   ! {told.answer}"
            yield from (f"       [{cited.kind}] {cited.url}  “{cited.sentence}”" for cited in told.citations)
            before.append(question)


if __name__ == "__main__":
    main()
