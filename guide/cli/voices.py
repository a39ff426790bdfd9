"""Commands for voices: which there are, and a better one by one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guide.cli.operator import MISTAKE, house, language_here, note, said, say, voices_here
from guide.settings import Settings

app = typer.Typer(help="Voices: which there are, and a better one by one command.", no_args_is_help=True)


@app.command("list")
def list_voices(
    language: Annotated[str | None, typer.Argument(help="Of this language only.")] = None,
) -> None:
    """Every voice with its licence and size, and which are heard now."""
    from guide.narration import voices_told

    with said(), voices_here() as voices:
        voices_told.show(voices, language, say)


@app.command("install")
def install_voice(
    wanted: Annotated[
        str, typer.Argument(metavar="LANGUAGE|MODEL", help="For a language, its best voice; or a model.")
    ],
    stick: Annotated[
        Path | None, typer.Option("--from", help="A folder with the files, instead of the network.", exists=True)
    ] = None,
    research: Annotated[bool, typer.Option("--research", help="Accept a licence for research only.")] = False,
    noncommercial: Annotated[
        bool, typer.Option("--noncommercial", help="Accept a licence for non-commercial use only.")
    ] = False,
    no_render: Annotated[bool, typer.Option("--no-render", help="Do not record anew what is published.")] = False,
) -> None:
    """Fetch a voice, check it, hear it say a sentence, put it in place; then record anew what is published."""
    from guide.narration import installing, voices_told

    with said(), voices_here() as voices:
        accepted = installing.accepted(research=research, noncommercial=noncommercial)
        choice = voices_told.chosen(voices, wanted, accepted, say, language_here(), note)
        with voices_told.progress() as progress:
            errand = installing.Errand(lambda key, **facts: note(say(key, **facts)), progress, stick)
            outcome = installing.install(voices, Settings().home, choice, errand)
        for line in voices_told.installed(outcome, say):
            print(line)
    if not no_render and not outcome.already:
        _record_anew()


@app.command("check")
def checkvoices_here() -> None:
    """Read every installed file whole and hear every voice say a sentence. Exit code 2: something is wrong."""
    from guide.narration import proving, voices_told

    with said(), voices_here() as voices:
        wrong = False
        for found in proving.inspect(voices, Settings().home):
            print(voices_told.inspected(found, say), flush=True)
            wrong |= bool(found.problem)
        for proof in proving.prove_all(voices):
            print(voices_told.proven(proof, say), flush=True)
            wrong |= bool(proof.problem)
    if wrong:
        raise typer.Exit(MISTAKE)


@app.command("remove")
def remove_voice(model: Annotated[str, typer.Argument(help="The model's name.")]) -> None:
    """Take an installed model away."""
    from guide.narration.installing import remove

    with said():
        remove(Settings().home, model)
        print(say("voices.removed", model=model))


def _record_anew() -> None:
    from guide.publishing.behind import record_anew
    from guide.publishing.deriving import Deriving
    from guide.tours.catalogue import Catalogues

    with said(), house() as shelf:
        note(say("voices.behind"))
        museums = shelf[Catalogues].renew().museums.values()
        if not record_anew(Deriving.of(shelf, note), museums, shelf[Settings].home):
            note(say("voices.server-records"))
