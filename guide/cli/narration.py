"""Commands to hear: read, speak, listen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guide.cli.operator import MISTAKE, house, museum_named, said, say

if TYPE_CHECKING:
    from guide.narration.listening import Listened

app = typer.Typer()


@app.command()
def read(
    text: Annotated[str | None, typer.Argument(help="What is written; else one line in, one line out.")] = None,
    language: Annotated[str, typer.Option(help="The language it is written in.")] = "vi",
) -> None:
    """Say how a text is read aloud."""
    from guide.narration.reading import read as reading

    for line in [text] if text is not None else (line.rstrip("\n") for line in sys.stdin):
        print(reading(line, language).spoken, flush=text is None)


@app.command()
def speak(
    text: Annotated[str, typer.Argument(help="What is to be said.")],
    out: Annotated[Path, typer.Option(help="The MP3 to write.")],
    language: Annotated[str, typer.Option(help="The language it is in.")] = "vi",
    voice: Annotated[str | None, typer.Option(help="By this voice or model; else by the best.")] = None,
) -> None:
    """Make one recording of a text."""
    from guide.narration.library import Library

    with said(), house() as shelf:
        body = shelf[Library].spoken_mp3(text, language, voice)
        out.write_bytes(body)
        print(say("command.spoken", file=out, bytes=len(body)))


@app.command()
def listen(
    museum: Annotated[str, typer.Argument(help="The museum's slug.")],
    language: Annotated[str | None, typer.Option(help="Only this language.")] = None,
    stop: Annotated[str | None, typer.Option(help="Only this stop.")] = None,
    voice: Annotated[str | None, typer.Option(help="Only voices whose name holds this.")] = None,
) -> None:
    """Compare what an ear hears of the recordings with what is written. Exit code 2: something wants a listen."""
    from guide.narration.hearing import Hearing
    from guide.narration.library import Library
    from guide.narration.listening import listen_to, passed_over, summed

    with said(), house() as shelf:
        there, scribe = museum_named(shelf, museum), shelf[Library].scribe
        heard = []
        for one in listen_to(there, shelf[Hearing], scribe, language, stop, voice):
            heard.append(one)
            _told(one)
        for line in summed(heard):
            shown = {"voice": line.voice or say("listen.person"), "share": f"{line.share:.1%}", "flagged": line.flagged}
            print(say("listen.table", language=line.language, recordings=line.recordings, **shown))
        if scribe and (over := passed_over(there, shelf[Hearing], scribe, language, stop, voice)):
            print(say("listen.passed-over", languages=", ".join(f"{tag} ({count})" for tag, count in over.items())))
        if any(one.flags for one in heard):
            raise typer.Exit(MISTAKE)


def _told(one: Listened) -> None:
    print(f"{one.stop}\t{one.language}\t{one.voice or say('listen.person')}\t{one.share:.1%}", flush=True)
    for flag in one.flags:
        print("  " + say(f"listen.{flag.flag}", sentence=flag.sentence, told=flag.told, heard=flag.heard))
