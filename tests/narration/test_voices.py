"""Who speaks what, and who says honestly that nobody does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from guide.narration.engines.process import VoiceFailed
from guide.narration.installed import Kept, write_note
from guide.narration.proving import SENTENCES
from guide.narration.voice_sheet import Terms, read_sheet
from guide.narration.voices import NoVoiceOfThatName, State, Voices, VoicesUnreadable

from .saying import said

SHEET = Path(__file__).parent.parent.parent / "voices" / "voices.yaml"


@pytest.mark.parametrize("language", ["vi", "en", "fr", "zh", "de", "es", "ru"])
def test_the_languages_of_the_first_cut_have_a_voice_named_on_the_label(voices: Voices, language: str) -> None:
    voice = voices.ranked(language)[0]

    assert voice is not None
    assert voice.role.language == language
    assert voice.name == {"en": "hibari · heart", "zh": "espeak-ng · cmn"}.get(language, f"espeak-ng · {language}")


@pytest.mark.parametrize("language", ["ja", "ko", "th", "lo", "km", "rad", "", "xx-YY"])
def test_a_language_that_nobody_here_speaks_well_is_text_only(voices: Voices, language: str) -> None:
    assert voices.ranked(language) == ()
    assert voices.ranked(language) == ()


@pytest.mark.parametrize(("asked", "found"), [("zh-CN", "zh"), ("zh-Hans-CN", "zh"), ("en_GB", "en"), ("VI", "vi")])
def test_a_regional_tag_finds_the_voices_of_its_language(voices: Voices, asked: str, found: str) -> None:
    assert voices.ranked(asked) == voices.ranked(found)


@pytest.mark.parametrize("wanted", ["espeak-ng", "ESPEAK-NG", "espeak-ng · en"])
def test_a_voice_that_is_here_is_found_by_its_name_whatever_its_rank(voices: Voices, wanted: str) -> None:
    assert voices.named("en-GB", wanted) == voices.ranked("en")[1]


@pytest.mark.parametrize(
    ("language", "wanted"), [("vi", "supertonic-3"), ("vi", "hibari"), ("th", "espeak-ng"), ("vi", "")]
)
def test_a_voice_that_does_not_speak_the_language_here_is_refused(voices: Voices, language: str, wanted: str) -> None:
    with pytest.raises(NoVoiceOfThatName):
        voices.named(language, wanted)


def test_each_voice_is_listed_with_its_licence_and_whether_it_is_heard(voices: Voices) -> None:
    listed = {(line.language, line.engine): line for line in voices.listed()}

    assert list(dict.fromkeys(language for language, _ in listed)) == list(voices.sheet.voices)
    assert (listed["vi", "espeak-ng"].licence, listed["vi", "espeak-ng"].state) == ("GPL-3.0-or-later", State.HEARD)
    assert (listed["en", "hibari"].licence, listed["en", "hibari"].state) == ("Apache-2.0", State.HEARD)
    assert listed["en", "espeak-ng"].state is State.READY
    natural = listed["vi", "supertonic"]
    assert (natural.licence, natural.terms, natural.state) == ("OpenRAIL-M", Terms.RULES, State.CAN_BE_INSTALLED)
    assert natural.bytes is not None
    assert 390_000_000 < natural.bytes < 410_000_000


def test_voices_have_checksums_of_their_own_that_stay(voices: Voices) -> None:
    spoken = [language for language in voices.sheet.voices if voices.ranked(language)]
    checksums = {language: voices.ranked(language)[0].checksum for language in spoken}

    assert len(set(checksums.values())) == len(spoken) == 7
    assert checksums == {language: voices.ranked(language)[0].checksum for language in spoken}


def test_every_language_of_the_list_has_a_sentence_to_prove_its_voices_by(voices: Voices) -> None:
    assert set(voices.sheet.voices) <= set(SENTENCES)


def test_the_packages_of_a_model_are_in_the_versions_that_were_tried_together(voices: Voices) -> None:
    lines = (SHEET.parent.parent / ".ci" / "constraints.txt").read_text("utf-8").lower().splitlines()
    tried = dict(line.split("==") for line in lines if "==" in line)

    for model in voices.sheet.models.values():
        for package, _, pinned in (package.lower().partition("==") for package in model.packages):
            assert tried.get(package, pinned) == pinned


def test_a_licence_that_asks_something_says_why_in_both_languages(voices: Voices) -> None:
    for model in voices.sheet.models.values():
        assert set(model.why) == (set() if model.terms is Terms.OPEN else {"vi", "en"})


ENGINES = "engines: {espeak-ng: {licence: GPL, home: h, package: p}}\n"


def test_another_pace_is_another_checksum(tmp_path: Path) -> None:
    slow, quick = (
        _voices(tmp_path, f"{ENGINES}voices: {{vi: [{{engine: espeak-ng, voice: vi, pace: {pace}}}]}}")
        for pace in (130, 150)
    )

    assert slow.ranked("vi")[0].checksum != quick.ranked("vi")[0].checksum


BOTH = "{espeak-ng: {licence: GPL, home: h, package: p}, hibari: {licence: A, home: h, package: PACKAGE}}"
ENGLISH = "en: [{engine: hibari, voice: heart, pace: 78}, {engine: espeak-ng, voice: en, pace: 123}]"


@pytest.mark.parametrize(
    ("package", "heard", "listed"),
    [
        ("hibari-tts", "hibari · heart", [State.HEARD, State.READY]),
        ("hibari-tts-of-nowhere", "espeak-ng · en", [State.LACKS_PACKAGE, State.HEARD]),
    ],
)
def test_the_first_voice_that_is_installed_speaks(
    tmp_path: Path, package: str, heard: str, listed: list[State]
) -> None:
    voices = _voices(tmp_path, f"engines: {BOTH.replace('PACKAGE', package)}\nvoices: {{{ENGLISH}}}")

    voice = voices.ranked("en")[0]

    assert voice.name == heard
    assert said(voice, "Stop here.").seconds > 0.5
    assert [line.state for line in voices.listed()] == listed
    voices.close()


def test_a_language_whose_only_voice_is_not_installed_is_text_only(tmp_path: Path) -> None:
    sheet = "voices: {en: [{engine: hibari, voice: heart, pace: 78}]}"

    assert _voices(tmp_path, f"engines: {BOTH.replace('PACKAGE', 'nowhere')}\n{sheet}").ranked("en") == ()


@pytest.mark.parametrize(("language", "voice"), [("vi", "heart"), ("fr", "heart"), ("en", "emma")])
def test_the_english_voice_is_given_no_other_language_and_no_voice_that_would_be_fetched(
    tmp_path: Path, language: str, voice: str
) -> None:
    sheet = f"voices: {{{language}: [{{engine: hibari, voice: {voice}, pace: 78}}]}}"

    with pytest.raises(VoicesUnreadable, match="only the voice heart, which speaks only en"):
        _voices(tmp_path, f"engines: {BOTH.replace('PACKAGE', 'hibari-tts')}\n{sheet}")


FILE = "{out: model.onnx, bytes: 9, parts: ['https://host/m.onnx']}"
MODEL = f"{{engine: piper, licence: L, terms: open, files: [{FILE}]}}"
PIPER = "engines: {piper: {licence: GPL, home: h, package: p}}\n"


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
        ENGINES + "voices: {vi: [{engine: espeak-ng, voice: vi, pace: 150}]}\ntext_only: [vi]",
        "voices: {vi: [{engine: espeak-ng, voice: vi, pace: 150}]}\nengines: {}",
        PIPER + "voices: {vi: [{engine: piper, voice: vi, pace: 100}]}",
        PIPER + f"models: {{m: {MODEL}}}\nvoices: {{vi: [{{engine: piper, model: other, voice: vi, pace: 100}}]}}",
        PIPER + f"models: {{m: {MODEL.replace('piper', 'kokoro')}}}\nvoices: {{}}",
        PIPER + f"models: {{m: {MODEL.replace('open', 'secret')}}}\nvoices: {{}}",
        PIPER + f"models: {{m: {MODEL.replace('model.onnx', '../model.onnx')}}}\nvoices: {{}}",
        PIPER + f"models: {{m: {MODEL.replace('https://', 'ftp://')}}}\nvoices: {{}}",
        PIPER + f"models: {{m: {MODEL.replace(', parts: [', ', sha256: 12, parts: [')}}}\nvoices: {{}}",
        PIPER + "models: {m: {engine: piper, licence: L, terms: open, files: [{out: a, bytes: 9}]}}\nvoices: {}",
    ],
)
def test_a_list_of_voices_that_cannot_be_read_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(VoicesUnreadable, match=r"voices\.yaml"):
        _voices(tmp_path, text)


def test_a_voice_that_is_put_into_its_folder_is_seen_at_the_next_look(tmp_path: Path) -> None:
    voices = Voices.load(SHEET, tmp_path)
    before = voices.ranked("en")

    _put(tmp_path, "en_US-joe-medium")

    assert voices.renew()
    assert [voice.name for voice in voices.ranked("en")] == [
        "hibari · heart",
        "Piper · en_US-joe-medium",
        "espeak-ng · en",
    ]
    assert not voices.renew()
    shutil.rmtree(tmp_path / "voices" / "en_US-joe-medium")
    assert voices.renew()
    assert [voice.name for voice in voices.ranked("en")] == [voice.name for voice in before]
    voices.close()


def test_what_is_still_being_fetched_is_no_voice(tmp_path: Path) -> None:
    voices = Voices.load(SHEET, tmp_path)

    (tmp_path / "voices" / ".installing" / "en_US-joe-medium").mkdir(parents=True)
    (tmp_path / "voices" / "half").mkdir()

    assert not voices.renew()


def test_a_model_that_has_been_renewed_since_is_not_heard_until_it_is_installed_anew(tmp_path: Path) -> None:
    kept = _put(tmp_path, "en_US-joe-medium")
    note = yaml.safe_load((kept.folder / "voice.yaml").read_text("utf-8"))
    note["files"][0]["sha256"] = "0" * 64
    (kept.folder / "voice.yaml").write_text(yaml.safe_dump(note), "utf-8")

    voices = Voices.load(SHEET, tmp_path)

    assert "Piper · en_US-joe-medium" not in [voice.name for voice in voices.ranked("en")]
    assert State.LACKS_RENEWAL in [line.state for line in voices.listed() if line.model == "en_US-joe-medium"]


def test_a_model_whose_bytes_are_others_never_speaks(tmp_path: Path) -> None:
    _put(tmp_path, "en_US-joe-medium")
    voices = Voices.load(SHEET, tmp_path)
    piper = next(voice for voice in voices.ranked("en") if voice.name.startswith("Piper"))

    with pytest.raises(VoiceFailed) as failure:
        said(piper, "Stop here.")

    assert failure.value.facts["problem"] == "corrupt"
    voices.close()


@pytest.mark.parametrize("note", ["", "[]", "engine: piper", "\x00", "engine: {"])
def test_a_folder_whose_note_cannot_be_read_is_no_voice(tmp_path: Path, note: str) -> None:
    kept = _put(tmp_path, "en_US-joe-medium")
    (kept.folder / "voice.yaml").write_text(note, "utf-8")

    assert Voices.load(SHEET, tmp_path).installed == {}


def _put(home: Path, name: str) -> Kept:
    """A folder that looks like an installed model; the bytes in it are no network."""
    model = read_sheet(SHEET).models[name]
    folder = home / "voices" / name
    folder.mkdir(parents=True)
    for file in model.files:
        (folder / file.out).write_text(json.dumps({"audio": {"sample_rate": 22050}}))
    return write_note(folder, name, model, {file.out: file.sha256 for file in model.files})


def _voices(folder: Path, text: str) -> Voices:
    (folder / "voices.yaml").write_text(text, "utf-8")
    return Voices.load(folder / "voices.yaml")
