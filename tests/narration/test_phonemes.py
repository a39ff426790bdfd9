"""A word whose sounds a museum wrote down: shown as written, told to the voice, and only its sentences are renamed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide.narration.engines.voice import Phonetic
from guide.narration.reading import Entry, read
from guide.narration.reading.marking import CLOSE, OPEN, SOUNDS, taken, tidy_sounds
from guide.narration.script import Script, plan
from guide.narration.voices import Voices
from guide.tours.sentences import sentences

DOUMER = Entry("Doumer", phonemes="dumɛʁ")
BODY = "Ông Paul Doumer đến đây. Ông ở lại ba ngày. Sau đó Doumer về Sài Gòn. Ai cũng nhớ."


def test_the_written_word_is_shown_and_its_sounds_are_told_to_the_voice() -> None:
    reading = read("Ông Doumer, đến.", "vi", [DOUMER])

    assert reading.spoken == "Ông Doumer, đến."
    assert reading.told == f"Ông {OPEN}Doumer{SOUNDS}dumɛʁ{CLOSE}, đến."
    assert [word.spoken for word in reading.words] == ["Ông", "Doumer,", "đến."]


def test_what_a_voice_is_handed_has_the_places_of_what_is_shown() -> None:
    reading = read("Ông Doumer gặp ông Doumer.", "vi", [DOUMER])

    handed = taken(reading.told)

    assert handed.text == reading.spoken
    assert [handed.text[start:end] for start, end, _ in handed.sounds] == ["Doumer", "Doumer"]
    assert handed.within(4, len(handed.text)) == [(0, 6, "dumɛʁ"), (15, 21, "dumɛʁ")]


def test_a_respelling_serves_the_voices_that_know_no_sounds() -> None:
    reading = read("Ông Doumer", "vi", [replace(DOUMER, say="Đu me")])

    assert (reading.spoken, taken(reading.told).sounds) == ("Ông Đu me", ((4, 9, "dumɛʁ"),))


@pytest.mark.parametrize("language", ["vi", "en", "zh", "rad"])
def test_no_text_marks_a_word_by_accident(language: str) -> None:
    sly = f"a {OPEN}b{SOUNDS}c{CLOSE} d {CLOSE}{OPEN}"

    reading = read(sly, language, [Entry("a", sly), Entry("d", phonemes=f"{OPEN}x{CLOSE}")])

    assert {mark for mark in (OPEN, SOUNDS, CLOSE) if mark in reading.spoken} == set()
    assert [ipa for *_, ipa in taken(reading.told).sounds] == ["x"]


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [("/ˈdu:.me/", "ˈduːme"), ("'gun", "ˈɡun"), ("[ŋwiə̯n˧˥]", "ŋwiə̯n˧˥"), (" a  b ", "a b"), ("e\u0301", "é")],
)
def test_sounds_may_be_typed_as_people_type_them(typed: str, tidy: str) -> None:
    assert tidy_sounds(typed) == tidy


def test_of_two_entries_the_more_important_goes_first_then_the_longer() -> None:
    entries = (Entry("Paul Doumer", "Pôn Đu-me"), Entry("Paul", "Pao", priority=1), Entry("Doumer", "Đu-me"))

    assert read("ông Paul Doumer", "vi", entries).spoken == "ông Pao Đu-me"
    assert read("ông Paul Doumer", "vi", [replace(entry, priority=0) for entry in entries]).spoken == "ông Pôn Đu-me"


@pytest.mark.parametrize(
    "changed",
    [Entry("Doumer", "Đu-me"), Entry("doumer", phonemes="dumɛʁ"), Entry("Doumer", "Đu-me", phonemes="dumɛʁ")],
    ids=["a respelling", "sounds", "both"],
)
def test_a_changed_entry_renames_exactly_the_sentences_that_hold_its_word(voices: Voices, changed: Entry) -> None:
    script = Script("vi", sentences("Cổng", BODY, "vi"))
    voice = voices.ranked("vi")[0]

    before = [line.name for line in plan(script, voice).lines]
    after = [line.name for line in plan(replace(script, lexicon=(changed,)), voice).lines]

    assert [old != new for old, new in zip(before, after, strict=True)] == [False, True, False, True, False]


def test_another_sound_of_a_word_is_another_name(voices: Voices) -> None:
    script, voice = Script("vi", sentences("Doumer", "", "vi")), voices.ranked("vi")[0]

    names = {
        plan(replace(script, lexicon=(Entry("Doumer", phonemes=ipa),)), voice).lines[0].name for ipa in ("dume", "duma")
    }

    assert len(names) == 2


def test_voices_that_know_sounds_say_which_they_lack(voices: Voices) -> None:
    voice = voices.ranked("vi")[0]

    assert isinstance(voice, Phonetic)
    assert (voice.unsayable("ɗumɛ"), voice.unsayable("ɗuʘɛ")) == (None, "ʘ")
