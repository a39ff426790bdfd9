"""What an operator reads of voices: which there are, what was installed, what is wrong with one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from guide.fetching import Note
from guide.narration.installing import Choice, Outcome, TermsNotAccepted, choose
from guide.narration.proving import SENTENCES, Inspected, Proof
from guide.narration.voice_sheet import ModelSheet, Terms, VoicesSheet
from guide.narration.voices import Listed, Voices, wider

if TYPE_CHECKING:
    from rich.table import Table

Say = Callable[..., str]
COLUMNS = ("language", "voice", "engine", "licence", "terms", "size", "state")
WIDTH_OF_A_FILE = 200


def show(voices: Voices, language: str | None, say: Say) -> None:
    """To standard output: of one language, or of all that we know of."""
    from rich.console import Console

    tags = wider(language) if language else []
    lines = [line for line in voices.listed() if not tags or line.language in tags]
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE, highlight=False)
    if lines:
        console.print(_table(lines, say))
    silent = [tag for tag in voices.sheet.text_only if not tags or tag in tags]
    if silent:
        console.print(say("voices.text-only", languages=", ".join(silent)))
    if not lines and not silent:
        console.print(say("voices.nobody", language=language))


def chosen(
    voices: Voices, wanted: str, accepted: Collection[Terms], say: Say, language: str, note: Callable[[str], None]
) -> Choice:
    """Before anything is fetched, what it asks and what else there is; `language` is the operator's."""
    try:
        choice = choose(voices, wanted, accepted)
    except TermsNotAccepted as refusal:
        note("\n".join(offer(str(refusal.facts["model"]), voices.sheet, say, language)))
        raise
    for line in offered(choice, voices.sheet, say, language):
        note(line)
    return choice


def offered(choice: Choice, sheet: VoicesSheet, say: Say, language: str) -> Iterator[str]:
    if choice.model and (why := _why(choice.model, language)):
        yield f"{choice.name}: {why}"
    for name in choice.others:
        yield from offer(name, sheet, say, language)


def offer(name: str, sheet: VoicesSheet, say: Say, language: str) -> Iterator[str]:
    model = sheet.models[name]
    terms = say(f"voices.terms.{model.terms}")
    key = "voices.other-to-accept" if model.terms.must_be_accepted else "voices.other"
    megabytes = _megabytes(model.bytes)
    yield say(key, model=name, megabytes=megabytes, licence=model.licence, terms=terms, accept=model.terms)
    if why := _why(model, language):
        yield f"    {why}"


def installed(outcome: Outcome, say: Say) -> Iterator[str]:
    """What has been done, and how it is heard."""
    choice = outcome.choice
    if choice.model is None:
        yield say("voices.best-already", voice=choice.name, language=choice.languages[0])
        return
    facts = {"model": choice.name, "languages": ", ".join(choice.languages), "licence": choice.licence}
    yield say("voices.already" if outcome.already else "voices.installed", **facts)
    if outcome.unpublished and not outcome.already:
        yield say("voices.unpublished", files=", ".join(outcome.unpublished))
    language = choice.languages[0]
    yield say("voices.try", model=choice.name, language=language, sentence=SENTENCES[language])


def inspected(found: Inspected, say: Say) -> str:
    facts = {"model": found.model, "licence": found.licence, "terms": say(f"voices.terms.{found.terms}")}
    wanted = f"{found.model} --{found.terms}" if found.terms.must_be_accepted else found.model
    return say(f"voices.files.{found.problem or 'right'}", **facts, file=found.file, wanted=wanted)


def proven(proof: Proof, say: Say) -> str:
    if proof.problem:
        problem = say(f"voices.problem.{proof.problem}")
        return say("voices.mute", language=proof.language, voice=proof.voice, problem=problem)
    return say("voices.spoke", language=proof.language, voice=proof.voice, seconds=proof.seconds)


@contextmanager
def progress() -> Iterator[Note]:
    """A bar for each file as it comes, on standard error; none where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def note(source: str, so_far: int, whole: int | None) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source.rpartition("/")[2], total=whole)
            bars.update(tasks[source], completed=so_far, total=whole)

        yield note


def _table(lines: Iterable[Listed], say: Say) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for column in COLUMNS:
        table.add_column(say(f"voices.column.{column}"), overflow="fold")
    for line in lines:
        size = say("voices.by-package") if line.bytes is None else f"{_megabytes(line.bytes)} MB"
        voice = f"{line.model} · {line.voice}" if line.model else line.voice
        terms, state = say(f"voices.terms.{line.terms}"), say(f"voices.state.{line.state}")
        table.add_row(line.language, voice, line.engine, line.licence, terms, size, state)
    return table


def _why(model: ModelSheet, language: str) -> str:
    return model.why.get(language) or model.why.get("en", "")


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)
