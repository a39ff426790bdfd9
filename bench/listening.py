"""What an ear hears of the voices over the sample content, against the raw engines reading the same text unread.

`make bench NAME=listening`; LISTEN_MUSEUM, LISTEN_LANGUAGE and LISTEN_STOPS (so many in each language) shorten it.
The first figure is the share of words heard, of all languages that the ear knows and a voice speaks; the second of
numbers that were not heard as they are meant. Ours reads a text before it is spoken; the baseline is the same voice
handed the text as it is written.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.told import tell
from guide.narration.ear import Ear, open_ear
from guide.narration.engines.voice import Voice
from guide.narration.listening import Flag, Listened, compare
from guide.narration.mastering import RATE, Take, join
from guide.narration.scribe import Scribe
from guide.narration.script import Script, plan
from guide.narration.sound import Samples, whole
from guide.narration.voices import Voices
from guide.publishing.stop_folder import read_text
from guide.storage import Folder
from guide.tours.sentences import sentences

ROOT = Path(__file__).parent.parent
EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", ROOT / ".venv" / "extras"))
"""Where voices and the ear that do not come by package lie; what was heard is kept there too."""


def main() -> None:
    ear = open_ear(EXTRAS)
    if ear is None:
        print(f"There is no ear in {EXTRAS}.")
        return
    voices = Voices.load(ROOT / "voices" / "voices.yaml", EXTRAS)
    ours: dict[tuple[str, str], list[Listened]] = defaultdict(list)
    raw: dict[tuple[str, str], list[Listened]] = defaultdict(list)
    for stop, script in scripts(ear):
        for voice in voices.ranked(script.language):
            group = (script.language, voice.name)
            ours[group].append(told_of(stop, listened(stop, script, voice, Scribe(ear, Folder(EXTRAS)), reads=True)))
            raw[group].append(listened(stop, script, voice, Scribe(ear, Folder(EXTRAS)), reads=False))
    for group in sorted(ours):
        tell_of(group, ours[group], raw[group])
    voices.close()
    ear.close()


def scripts(ear: Ear) -> Iterator[tuple[str, Script]]:
    museum, language = os.environ.get("LISTEN_MUSEUM", "*"), os.environ.get("LISTEN_LANGUAGE", "*")
    found: dict[str, list[Path]] = defaultdict(list)
    for file in sorted((ROOT / "content").glob(f"{museum}/stops/*/{language}.md")):
        if ear.hears(file.stem):
            found[file.stem].append(file)
    for tag, files in found.items():
        most = int(os.environ.get("LISTEN_STOPS", len(files)))
        for file in files[:: -(-len(files) // max(1, most))]:
            text = read_text(file.read_text("utf-8"))
            yield file.parent.name, Script(tag, sentences(text.title, text.body, tag))


def listened(stop: str, script: Script, voice: Voice, scribe: Scribe, *, reads: bool) -> Listened:
    planned = plan(script, voice)
    said = {line.sentence.number: line.reading.spoken for line in planned.lines}
    if not reads:
        said = {line.sentence.number: line.reading.text for line in planned.lines}
    name = planned.recipe if reads else f"{planned.recipe}-unread"
    samples = spoken(voice, said, script)
    return compare(stop, script, voice.name, False, scribe.heard(name, samples, RATE, script.language), scribe)


def spoken(voice: Voice, said: dict[int, str], script: Script) -> Samples:
    takes = [
        Take(whole(voice.pieces(said[sentence.number])), sentence.paragraph)
        for sentence in script.sentences
        if sentence.number in said
    ]
    return join(takes).samples


def told_of(stop: str, one: Listened) -> Listened:
    flags = "; ".join(f"{flag.flag} {flag.sentence}: {flag.told} / {flag.heard}" for flag in one.flags)
    print(f"# {one.language} {one.voice} {stop}: {one.share:.1%} {flags}", flush=True)
    return one


def tell_of(group: tuple[str, str], ours: list[Listened], raw: list[Listened]) -> None:
    name = f"listening.{group[0]}.{group[1].replace(' · ', '-').replace(' ', '-')}"
    tell(f"{name}.words_heard", share(ours), share(raw))
    tell(f"{name}.numbers_misread", misread(ours), misread(raw))
    tell(f"{name}.recordings_flagged", flagged(ours), flagged(raw))


def share(group: list[Listened]) -> float:
    return round(sum(one.heard for one in group) / max(1, sum(one.words for one in group)), 4)


def misread(group: list[Listened]) -> int:
    return sum(flag.flag is Flag.MISREAD_NUMBER for one in group for flag in one.flags)


def flagged(group: list[Listened]) -> int:
    return sum(bool(one.flags) for one in group)


if __name__ == "__main__":
    main()
