"""Commands for the models that come from outside: list, prepare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guide.cli.operator import note, said, say
from guide.settings import Settings

app = typer.Typer(
    help="The model that understands questions: which there are, and preparing one.", no_args_is_help=True
)
EAR = "ear"


@app.command("list")
def list_models() -> None:
    """Which models there are, the one in use, their licences and languages."""
    from guide.assistant.models.listing import listed

    with said():
        for one in listed(Settings().home):
            languages = ", ".join(one.languages)
            print(say(f"models.is-{one.state}", model=one.name, licence=one.licence or "?", languages=languages))


@app.command("prepare")
def prepare_model(
    model: Annotated[
        str | None, typer.Argument(help="A known model, a folder, or owner/model on a hub; else GUIDE_MODEL.")
    ] = None,
    stick: Annotated[
        Path | None,
        typer.Option("--from", help="A folder with the package, where no network is.", exists=True, file_okay=False),
    ] = None,
) -> None:
    """Make a model small and quick, try it, and put it in use. The multilingual one where nothing is named."""
    from guide.assistant.models.preparing import prepare

    with said():
        settings = Settings()
        if model == EAR:
            return _prepare_ear(settings.home, stick)
        done = prepare(model or settings.model, settings.home, _step, stick)
        print(say("models.prepared", model=done.about.name, languages=", ".join(done.about.trusted_languages)))


def _prepare_ear(home: Path, stick: Path | None) -> None:
    from guide.narration.ear_model import can_listen, prepare_ear

    print(say("models.ear-prepared", folder=prepare_ear(home, lambda *_: None, stick)))
    if not can_listen():
        note(say("models.ear-lacks-package"))


def _step(step: str, /, **facts: object) -> None:
    note(say(f"models.{step}", **facts))
