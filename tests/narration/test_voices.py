"""Who speaks what, and who says honestly that nobody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.narration.voices import Voices, VoicesUnreadable

from .saying import said


@pytest.mark.parametrize("language", ["vi", "en", "fr", "zh", "de", "es", "ru"])
def test_the_languages_of_the_first_cut_have_a_voice_named_on_the_label(voices: Voices, language: str) -> None:
    voice = voices.best(language)

    assert voice is not None
    assert voice.role.language == language
    assert voice.name == {"en": "hibari · heart", "zh": "espeak-ng · cmn"}.get(language, f"espeak-ng · {language}")


@pytest.mark.parametrize("language", ["ja", "ko", "th", "lo", "km", "rad", "", "xx-YY"])
def test_a_language_that_nobody_speaks_well_is_text_only(voices: Voices, language: str) -> None:
    assert voices.best(language) is None


@pytest.mark.parametrize(("asked", "found"), [("zh-CN", "zh"), ("zh-Hans-CN", "zh"), ("en_GB", "en"), ("VI", "vi")])
def test_a_regional_tag_finds_the_voice_of_its_language(voices: Voices, asked: str, found: str) -> None:
    assert voices.best(asked) is voices.best(found)


def test_each_voice_is_listed_with_its_licence(voices: Voices) -> None:
    assert {(listed.engine, listed.licence) for listed in voices.listed()} == {
        ("espeak-ng", "GPL-3.0-or-later"),
        ("hibari", "Apache-2.0"),
    }
    assert [listed.language for listed in voices.listed()] == ["vi", "en", "en", "fr", "zh", "de", "es", "ru"]


def test_voices_have_checksums_of_their_own_that_stay(voices: Voices) -> None:
    checksums = {listed.language: voices.best(listed.language).checksum for listed in voices.listed()}

    assert len(set(checksums.values())) == 7
    assert checksums == {listed.language: voices.best(listed.language).checksum for listed in voices.listed()}


ENGINES = "engines: {espeak-ng: {licence: GPL, home: h, package: p}}\n"


def test_another_pace_is_another_checksum(tmp_path: Path) -> None:
    slow, quick = (
        _voices(tmp_path, f"{ENGINES}voices: {{vi: [{{engine: espeak-ng, voice: vi, pace: {pace}}}]}}")
        for pace in (130, 150)
    )

    assert slow.best("vi").checksum != quick.best("vi").checksum


BOTH = "{espeak-ng: {licence: GPL, home: h, package: p}, hibari: {licence: A, home: h, package: PACKAGE}}"
ENGLISH = "en: [{engine: hibari, voice: heart, pace: 78}, {engine: espeak-ng, voice: en, pace: 123}]"


@pytest.mark.parametrize(
    ("package", "heard"), [("hibari-tts", "hibari · heart"), ("hibari-tts-of-nowhere", "espeak-ng · en")]
)
def test_the_first_voice_that_is_installed_speaks(tmp_path: Path, package: str, heard: str) -> None:
    voices = _voices(tmp_path, f"engines: {BOTH.replace('PACKAGE', package)}\nvoices: {{{ENGLISH}}}")

    voice = voices.best("en")

    assert voice.name == heard
    assert said(voice, "Stop here.").seconds > 0.5
    voices.close()


def test_a_language_whose_only_voice_is_not_installed_is_text_only(tmp_path: Path) -> None:
    sheet = "voices: {en: [{engine: hibari, voice: heart, pace: 78}]}"

    assert _voices(tmp_path, f"engines: {BOTH.replace('PACKAGE', 'nowhere')}\n{sheet}").best("en") is None


@pytest.mark.parametrize(("language", "voice"), [("vi", "heart"), ("fr", "heart"), ("en", "emma")])
def test_the_english_voice_is_given_no_other_language_and_no_voice_that_would_be_fetched(
    tmp_path: Path, language: str, voice: str
) -> None:
    sheet = f"voices: {{{language}: [{{engine: hibari, voice: {voice}, pace: 78}}]}}"

    with pytest.raises(VoicesUnreadable, match="only the voice heart, which speaks only en"):
        _voices(tmp_path, f"engines: {BOTH.replace('PACKAGE', 'hibari-tts')}\n{sheet}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "voices: {vi: [",
        ENGINES + "voices: {vi: [{engine: espeak-ng, voice: vi}]}",
        ENGINES + "voices: {vi: [{engine: espeak-ng, voice: vi, pace: 20}]}",
        ENGINES + "voices: {vi: [{engine: espeak-ng, voice: vi, pace: 150, speed: 2}]}",
        ENGINES + "voices: {vi: [{engine: whisper, voice: vi, pace: 150}]}",
        "voices: {vi: [{engine: espeak-ng, voice: vi, pace: 150}]}\nengines: {}",
    ],
)
def test_a_list_of_voices_that_cannot_be_read_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(VoicesUnreadable, match=r"voices\.yaml"):
        _voices(tmp_path, text)


def _voices(folder: Path, text: str) -> Voices:
    (folder / "voices.yaml").write_text(text, "utf-8")
    return Voices.load(folder / "voices.yaml")
