"""Sentence first: what takes a while to record whole is heard sentence by sentence meanwhile.

A sentence's own file is levelled with its voice's stored gain, since the whole that it will be part of is not there to
be measured. It ends in the pause that follows a sentence, so that one file after the other sounds like telling.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from guide.narration.engines.voice import Voice
from guide.narration.script import MASTERING, Line, Plan

if TYPE_CHECKING:
    from guide.narration.sound import Sound

LONGEST_WAIT = 1.0
"""Seconds that a listener waits for the whole before its sentences are worth their own files."""
CHARACTERS_A_SECOND = 11
WIDE_CHARACTERS_A_SECOND = 4
WIDE = ("zh", "ja", "ko")
QUICK_WORK, SLOW_WORK = 0.04, 0.8
"""Seconds of work for a second of a finished recording, by a voice that people wait for and by one they do not."""


def wait_for(plan: Plan) -> float:
    """About how many seconds it takes to have it recorded whole."""
    characters = sum(len(line.reading.text) for line in plan.lines)
    wide = plan.language.split("-")[0] in WIDE
    seconds = characters / (WIDE_CHARACTERS_A_SECOND if wide else CHARACTERS_A_SECOND)
    return seconds * (SLOW_WORK if plan.voice.role.slow else QUICK_WORK)


def sentence_names(plan: Plan) -> dict[int, str]:
    """The name of each sentence's own file; none where the whole is there about as soon."""
    if wait_for(plan) < LONGEST_WAIT:
        return {}
    return {line.sentence.number: sentence_name(line, plan.voice) for line in plan.lines}


def sentence_name(line: Line, voice: Voice) -> str:
    return hashlib.sha256(f"sentence-{MASTERING} {line.name} {voice.role.gain}".encode()).hexdigest()[:32]


def sentence_mp3(sound: Sound, gain: float) -> bytes:
    from guide.narration.mastering import alone

    return alone(sound, gain)
