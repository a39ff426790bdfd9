"""Whichever engine speaks: nothing that is written brings it down, a process that is lost hurts one job at most."""

from __future__ import annotations

import os
import re
import select
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from guide.narration.engines.process import Speaker, VoiceFailed
from tests.narration.saying import fingerprint, said

from .conftest import Engine

pytestmark = pytest.mark.slow

SENTENCE = "Con Dao, one two three four five six seven eight nine ten."


@pytest.fixture(scope="module")
def speaker(engine: Engine) -> Iterator[Speaker]:
    """Of a module's tests, those that leave it as it was."""
    speaker = engine.start()
    yield speaker
    speaker.close()


def family(pid: int | None) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(pid or 0), *map(int, children)]


def stands_still(pid: int | None) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in ("T", "Z")


def signalled(pid: int | None, number: signal.Signals) -> None:
    """The parent stands still first, so that no child is born meanwhile and passed over."""
    with suppress(ProcessLookupError):
        os.kill(int(pid or 0), signal.SIGSTOP)
    while not stands_still(pid):
        pass
    for member in family(pid):
        with suppress(ProcessLookupError):
            os.kill(member, number)


def test_the_same_text_is_the_same_sound_from_every_thread_and_process(engine: Engine, speaker: Speaker) -> None:
    voice, other = engine.voice(speaker), engine.start()
    with ThreadPoolExecutor(4) as pool:
        sounds = set(pool.map(lambda _: fingerprint(said(voice, SENTENCE)), range(6)))

    assert sounds == {fingerprint(said(engine.voice(other), SENTENCE))}
    other.close()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀😀",
        "\x00\x07\x1b",
        "\ud800",
        "\u202e\u200d",
        "…",
        ",,",
        "[a](/b/)",
        "]]((",
        "[[h@'loU]]",
        "<b>&amp;",
    ],
)
def test_whatever_is_written_the_voice_answers_with_a_sound(engine: Engine, speaker: Speaker, text: str) -> None:
    sound = said(engine.voice(speaker), text)

    assert sound.rate in (22_050, 24_000)
    assert sound.seconds < 5


def test_whatever_scripts_are_mixed_no_word_is_skipped(engine: Engine, speaker: Speaker) -> None:
    text = "Đền thờ temple 東京 храм مرحبا ひめじ ½ 1862"

    sound = said(engine.voice(speaker), text)

    heard = {offset for offset, _ in sound.words}
    assert heard >= {at for at, letter in enumerate(text) if at == 0 or text[at - 1] == " "} - {text.index("½")}
    assert list(sound.words) == sorted(sound.words)


def test_a_process_killed_in_mid_job_is_replaced_and_the_job_done(engine: Engine) -> None:
    speaker = engine.start()
    voice = engine.voice(speaker)
    before = fingerprint(said(voice, SENTENCE))
    killed = speaker.pid
    signalled(killed, signal.SIGSTOP)

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(said, voice, SENTENCE)
        signalled(killed, signal.SIGKILL)

        assert fingerprint(job.result()) == before
    assert speaker.pid != killed
    speaker.close()


def test_a_process_that_hangs_is_given_up_and_replaced(engine: Engine) -> None:
    speaker = engine.start(longest_seconds=engine.patience)
    voice = engine.voice(speaker)
    before = fingerprint(said(voice, "one"))
    hung = speaker.pid
    signalled(hung, signal.SIGSTOP)

    with pytest.raises(VoiceFailed, match="slow"):
        said(voice, "one")

    assert fingerprint(said(voice, "one")) == before
    assert speaker.pid != hung
    speaker.close()


def test_the_process_ends_with_its_owner(engine: Engine) -> None:
    speaker = engine.start()
    said(engine.voice(speaker), "one")
    members = [os.pidfd_open(member) for member in family(speaker.pid)]

    speaker.close()

    for member in members:
        assert select.select([member], [], [], 20)[0]
        os.close(member)


@pytest.mark.slow
def test_a_text_of_a_hundred_thousand_characters_without_a_pause_is_spoken_in_bounded_memory(
    engine: Engine, speaker: Speaker
) -> None:
    voice = engine.voice(speaker)
    text = ("đá " * 20 + "stone" * 10 + " ") * 900

    pieces = voice.pieces(text)
    heard = [next(pieces) for _ in range(4)]

    assert len(text) >= 99_000
    assert [offset for offset, _ in heard] == sorted(offset for offset, _ in heard)
    assert all(0 < sound.seconds < 600 for _, sound in heard)
    assert sum(peak_megabytes(member) for member in family(speaker.pid)[:2]) < 700


def peak_megabytes(pid: int) -> int:
    """Nothing of a fork that has just ended."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) // 1024 if found else 0
