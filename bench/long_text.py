"""How much memory a text of 10,000 words takes, from its reading to the finished MP3, the engine's process included.

`python -m bench long_text [ENGINE]`: by espeak-ng in Vietnamese and by hibari in English, no sentence
twice.
"""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

from bench.told import tell
from bench.voice import Case, speaking

ALLOWED_MEGABYTES = 700
WORDS = 10_000
SENTENCES = {
    Case("vi", "espeak-ng"): "Đá số {} nặng lắm, sáu người mới quay nổi cối.",
    Case("en", "hibari"): "Stone {} is so heavy that it took six people to turn it.",
}


def main() -> None:
    """Each in a process of its own, so that its peak is its own too."""
    for case in SENTENCES:
        if case.engine in (sys.argv[2:] or case.engine):
            process = multiprocessing.get_context("spawn").Process(target=measured, args=(case,))
            process.start()
            process.join()


def measured(case: Case) -> None:
    from guide.narration.production import perform
    from guide.narration.script import Script, plan
    from guide.tours.sentences import sentences

    sentence = SENTENCES[case]
    body = " ".join(sentence.format(number) for number in range(WORDS // len(sentence.split()) + 1))
    with speaking(case) as voice:
        told = Script(case.language, sentences(sentence.format(0), body, case.language))
        made = perform(plan(told, voice), lambda _: None)
        here, engine = peak_megabytes("self"), peak_megabytes(str(voice._speaker.pid))
    print(
        f"# {len(body.split())} words, {made.seconds / 60:.0f} minutes of sound: {here} MB and the engine's {engine} MB"
    )
    tell(f"long_text.{case.engine}.memory_mb", here + engine, ALLOWED_MEGABYTES)


def peak_megabytes(process: str) -> int:
    return int(Path(f"/proc/{process}/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
