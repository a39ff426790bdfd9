"""Commands to ask: ask, assistant evaluate."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guide.cli.operator import house, museum_named, said

if TYPE_CHECKING:
    from guide.assistant.telling import Told

app = typer.Typer()
group = typer.Typer(help="The assistant: how well it answers.", no_args_is_help=True)


@app.command()
def ask(
    museum: Annotated[str, typer.Option(help="The museum's slug.")],
    question: Annotated[
        str | None, typer.Argument(help="The question; else one a line, one line out for each.")
    ] = None,
    language: Annotated[str, typer.Option(help="The language to answer in.")] = "vi",
    stop: Annotated[str | None, typer.Option(help="The stop where the visitor stands.")] = None,
    previous: Annotated[list[str] | None, typer.Option(help="A question asked before; the latest last.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As the API answers.")] = False,
) -> None:
    """Ask the museum: its own sentences, or that it does not know."""
    from guide.assistant.answer import Asked
    from guide.assistant.desk import Desk
    from guide.assistant.minds import Minds
    from guide.assistant.telling import as_data
    from guide.clock import Clock

    with said(), house() as shelf:
        there = museum_named(shelf, museum)
        for known in there.sheet.languages:
            shelf[Minds].ready(there, known)
        for line in [question] if question is not None else (line.rstrip("\n") for line in sys.stdin):
            began = time.perf_counter()
            told = shelf[Desk].told(there, Asked(line, language, shelf[Clock].now(), stop, tuple(previous or ())))
            data = {**as_data(line, told), "ms": round((time.perf_counter() - began) * 1000, 2)}
            print(
                json.dumps(data, ensure_ascii=False) if as_json else _shown(told, whole=question is not None),
                flush=True,
            )


def _shown(told: Told, *, whole: bool) -> str:
    """Alone with what is cited; in a stream exactly one line."""
    answer = " ".join(told.answer.split())
    return "\n".join([answer, *(f"  {one.url}" for one in told.citations)]) if whole else answer


@group.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions, one JSON object a line.", exists=True, dir_okay=False)],
    museum: Annotated[str | None, typer.Option(help="The museum of questions that name none.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As data.")] = False,
) -> None:
    """Score a file of questions: right stops and sentences, silence where it belongs, citations, time."""
    from guide.assistant.desk import Desk
    from guide.assistant.examination import Examination, table
    from guide.assistant.examining import read_questions
    from guide.assistant.minds import Minds
    from guide.clock import Clock
    from guide.narration.hearing import Hearing
    from guide.tours.catalogue import Catalogues

    with said(), house() as shelf:
        museums = shelf[Catalogues].renew().museums
        examination = Examination(museums, shelf[Desk], shelf[Minds], shelf[Hearing], shelf[Clock].now())
        report = examination.of(read_questions(file.read_text("utf-8").splitlines()), museum)
        print(json.dumps(report.as_data(), ensure_ascii=False) if as_json else "\n".join(table(report)))
