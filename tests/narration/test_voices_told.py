"""What an operator reads of voices: every voice with its licence, and what a licence asks before it is fetched."""

from __future__ import annotations

import pytest

from guide.narration import voices_told
from guide.narration.installing import Outcome, choose
from guide.narration.proving import Inspected, Proof
from guide.narration.voice_sheet import Terms
from guide.narration.voices import Voices


def say(key: str, /, **facts: object) -> str:
    return " ".join((key, *map(str, facts.values())))


def test_all_voices_are_shown_with_their_licences_and_so_are_the_languages_without_one(
    voices: Voices, capsys: pytest.CaptureFixture[str]
) -> None:
    voices_told.show(voices, None, say)

    shown = capsys.readouterr().out
    assert "supertonic-3 · F1" in shown
    assert "OpenRAIL-M" in shown
    assert "399 MB" in shown
    assert "voices.text-only th, lo, km, rad" in shown


@pytest.mark.parametrize(
    ("language", "seen", "unseen"),
    [
        ("vi-VN", "vi_VN-vais1000-medium", "kokoro"),
        ("th", "voices.text-only th", "voices.state"),
        ("xx", "voices.nobody xx", "voices.state"),
    ],
)
def test_of_one_language_only_its_voices_are_shown(
    voices: Voices, capsys: pytest.CaptureFixture[str], language: str, seen: str, unseen: str
) -> None:
    voices_told.show(voices, language, say)

    shown = capsys.readouterr().out
    assert seen in shown
    assert unseen not in shown


@pytest.mark.parametrize(("language", "why"), [("vi", "việc nghiên cứu"), ("fr", "for research only")])
def test_what_a_licence_asks_is_said_in_the_operators_language(voices: Voices, language: str, why: str) -> None:
    lines = list(voices_told.offered(choose(voices, "vi"), voices.sheet, say, language))

    assert lines[0].startswith("supertonic-3: ")
    assert lines[1].startswith("voices.other-to-accept vi_VN-vais1000-medium 64")
    assert why in lines[2]


def test_what_was_installed_is_said_with_a_sentence_to_hear_it_by(voices: Voices) -> None:
    lines = list(voices_told.installed(Outcome(choose(voices, "ja")), say))

    assert lines == [
        "voices.installed kokoro-82m ja, fr, zh, es Apache-2.0",
        "voices.try kokoro-82m ja この博物館の物語を、どうぞお聞きください。",
    ]
    assert list(voices_told.installed(Outcome(choose(voices, "en"), already=True), say)) == [
        "voices.best-already hibari · heart en"
    ]


def test_what_is_wrong_is_said_and_so_is_what_is_right() -> None:
    assert voices_told.inspected(Inspected("m", "L", Terms.OPEN), say) == "voices.files.right m L voices.terms.open  m"
    assert "voices.files.corrupt" in voices_told.inspected(Inspected("m", "L", Terms.OPEN, "corrupt", "a"), say)
    assert voices_told.inspected(Inspected("m", "L", Terms.RESEARCH, "corrupt", "a"), say).endswith("a m --research")
    assert voices_told.proven(Proof("vi", "v", 2.0), say) == "voices.spoke vi v 2.0"
    assert voices_told.proven(Proof("vi", "v", 0.0, "silent"), say) == "voices.mute vi v voices.problem.silent"


def test_progress_is_silent_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with voices_told.progress() as note:
        note("https://host/voice.bin", 1, 2)

    assert capsys.readouterr().out == ""
