"""How much memory a text of 10,000 words takes, from its reading to the finished MP3, the engine's process included."""

from __future__ import annotations

from pathlib import Path

from bench.told import tell
from bench.voice import Case, speaking

ALLOWED_MEGABYTES = 700
WORDS = 10_000
SENTENCE = "Đá nặng lắm, sáu người mới quay nổi cối. "


def main() -> None:
    from guide.narration.production import perform
    from guide.narration.script import Script, plan
    from guide.tours.sentences import sentences

    body = SENTENCE * (WORDS // len(SENTENCE.split()) + 1)
    with speaking(Case("vi", "espeak-ng")) as voice:
        made = perform(plan(Script("vi", sentences("Đá", body, "vi")), voice), lambda _: None)
        speaker = voice._speaker
        print(f"# {len(body.split())} words, {made.seconds / 60:.0f} minutes of sound")
        tell("long_text.memory_mb", peak_megabytes("self") + peak_megabytes(str(speaker.pid)), ALLOWED_MEGABYTES)


def peak_megabytes(process: str) -> int:
    return int(Path(f"/proc/{process}/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
