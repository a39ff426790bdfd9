"""Whichever engine speaks: a process that is killed or hangs hurts one job at most, and none outlives its owner."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from guide.narration.engines.process import VoiceFailed
from tests.narration.saying import fingerprint, said

from .conftest import Engine

SENTENCE = "Con Dao, one two three four five six seven eight nine ten."


def test_a_process_killed_in_mid_job_is_replaced_and_the_job_done(engine: Engine) -> None:
    speaker = engine.start()
    voice = engine.voice(speaker)
    before = fingerprint(said(voice, SENTENCE))
    killed = speaker.pid
    assert killed
    os.kill(killed, signal.SIGSTOP)

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(said, voice, SENTENCE)
        os.kill(killed, signal.SIGKILL)

        assert fingerprint(job.result()) == before
    assert speaker.pid != killed
    speaker.close()


def test_a_process_that_hangs_is_given_up_and_replaced(engine: Engine) -> None:
    speaker = engine.start(longest_seconds=1.0)
    voice = engine.voice(speaker)
    before = fingerprint(said(voice, "one"))
    hung = speaker.pid
    assert hung
    os.kill(hung, signal.SIGSTOP)

    with pytest.raises(VoiceFailed, match="slow"):
        said(voice, "one")

    assert fingerprint(said(voice, "one")) == before
    assert speaker.pid != hung
    speaker.close()


def test_the_process_ends_with_its_owner(engine: Engine) -> None:
    speaker = engine.start()
    said(engine.voice(speaker), "one")
    pid = speaker.pid

    speaker.close()

    assert not Path(f"/proc/{pid}").exists()
