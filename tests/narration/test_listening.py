"""The listening check: a wrong voice, a cut sentence or a misread number shows, and names no ear knows do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from guide.bell import Quiet
from guide.clock import Clock
from guide.database import Database
from guide.narration.ear import Ear, Heard, HeardWord, ear_speaker
from guide.narration.engines.espeak import Espeak, espeak_speaker
from guide.narration.engines.voice import Role
from guide.narration.hearing import Hearing
from guide.narration.library import Library
from guide.narration.listening import (
    Flag,
    Listened,
    NoEar,
    NoStopToListenTo,
    NoTextToListenTo,
    Summed,
    compare,
    listen_to,
    passed_over,
    summed,
)
from guide.narration.scribe import Scribe
from guide.narration.script import Script
from guide.narration.sound import Samples, whole
from guide.narration.voices import Voices
from guide.publishing.publish import Press
from guide.storage import Folder
from guide.tours.catalogue import Museum
from guide.tours.sentences import sentences
from tests.museum import NOW, VILLAGE, Publishing

from .persons import MILL, SPOKEN, Person

NEVER_ASKED = Scribe(Ear(ear_speaker(Path("nowhere"))), Folder(Path("nowhere")))
MASK = "The mask"
TELLS = (
    "A gold mask was found in 1985. It weighs 18.5 grams, and one of them covers the eyes only. Y Thu Knul sold it.\n\n"
    "Decision 02/1999/QĐ-BVHTT named it, and 2,000 people came on 3 May 2001."
)
GOLD = "The mask. A gold mask was found in 1985. "
EYES = "It weighs 18.5 grams, and one of them covers the eyes only. "
SOLD = "Y Thu Knul sold it. "
NAMED = "Decision 02/1999 QD BVHTT named it and 2,000 people came on 3 May 2001."
HEARD: dict[str, tuple[str, list[tuple[Flag, int | None]]]] = {
    "as it is written": (GOLD + EYES + SOLD + NAMED, []),
    "numbers otherwise": (GOLD + EYES + SOLD + NAMED.replace("02/1999", "2, 1999").replace("3 May", "May 3rd,"), []),
    "names that no ear knows": (GOLD + EYES + "Ee too canoe saw it. " + NAMED, []),
    "another year": (GOLD + EYES + SOLD + NAMED.replace("2001", "2007"), [(Flag.MISREAD_NUMBER, 4)]),
    "digits one by one": (
        GOLD.replace("1985", "one nine eight five") + EYES + SOLD + NAMED,
        [(Flag.MISREAD_NUMBER, 1)],
    ),
    "a sentence cut": (GOLD + "It weighs. " + SOLD + NAMED, [(Flag.CUT_SENTENCE, 2)]),
    "the end cut off": (GOLD + EYES + SOLD + "Decision", [(Flag.CUT_SENTENCE, 4)]),
    "gibberish": ("The mass cat a cold musk was fun did night in age he fife.", [(Flag.NOT_UNDERSTOOD, None)]),
    "nothing": ("", [(Flag.NOT_UNDERSTOOD, None)]),
}


@pytest.mark.parametrize("case", HEARD)
def test_what_stands_out_is_flagged_and_nothing_else(case: str) -> None:
    text, flags = HEARD[case]

    assert flagged(listened(Script("en", sentences(MASK, TELLS, "en")), text)) == flags


def test_a_voice_of_another_language_is_named_so() -> None:
    script = Script("en", sentences(MASK, TELLS, "en"))

    one = listened(script, "Le masque à court, mascara sans dix-neuf.", Heard("fr", (), 0.9))

    assert flagged(one) == [(Flag.WRONG_LANGUAGE, None)]
    assert one.share < 0.5


NUMBERS = [
    ("zh", "建于1862年，高3米。", "建於一八六二年,高三米", []),
    ("zh", "建于1862年，高3米。", "建於一八六五年,高三米", [(Flag.MISREAD_NUMBER, 1)]),
    ("ja", "1862年に建てられた。", "1862年に建てられた", []),
    ("ja", "1862年に建てられた。", "1882年に建てられた", [(Flag.MISREAD_NUMBER, 1)]),
    ("fr", "Construit en 1862 par le gouverneur.", " Construit en 1862 par le gouverneur", []),
    ("fr", "Construit en 1862 par le gouverneur.", " Construit en 1872 par le gouverneur", [(Flag.MISREAD_NUMBER, 1)]),
    ("de", "Seit 1862 steht hier eine Mühle.", " Seit 1862 steht hier eine Mühle", []),
    ("de", "Seit 1862 steht hier eine Mühle.", " Seit 1892 steht hier eine Mühle", [(Flag.MISREAD_NUMBER, 1)]),
    ("es", "Se construyó en 1862 con piedra.", " Se construyó en 1862 con piedra", []),
    ("es", "Se construyó en 1862 con piedra.", " Se construyó en 1802 con piedra", [(Flag.MISREAD_NUMBER, 1)]),
]


@pytest.mark.parametrize(("language", "text", "heard", "flags"), NUMBERS)
def test_a_misread_number_shows_in_every_language(
    language: str, text: str, heard: str, flags: list[tuple[Flag, int]]
) -> None:
    assert flagged(listened(Script(language, sentences("", text, language)[1:]), heard)) == flags


def test_a_person_may_leave_the_title_out() -> None:
    script = Script("en", sentences("A gold mask of the Sa Huỳnh people", "It weighs 18.5 grams.", "en"))

    assert flagged(listened(script, "It weighs 18.5 grams.", human=True)) == []
    assert flagged(listened(script, "It weighs 18.5 grams.", human=False)) == [(Flag.CUT_SENTENCE, 0)]


def test_the_table_counts_words_by_language_and_voice() -> None:
    told = [
        Listened("a", "en", "hibari", False, 100, 90, ()),
        listened(MILL, "", voice="humming"),
        Listened("b", "en", "hibari", False, 300, 290, ()),
    ]

    table = summed(told)

    assert table[0] == Summed("en", "hibari", 2, 0.95, 0)
    assert (table[1].recordings, table[1].share, table[1].flagged) == (1, 0, 1)


@pytest.fixture
def village(new_sqlite: Callable[[], str], voices: Voices, tmp_path: Path) -> tuple[Museum, Hearing]:
    """Published, and nothing recorded yet."""
    database, storage = Database(new_sqlite()), Folder(tmp_path / "home")
    publishing = Publishing(tmp_path / "lang-gom", Press(database, storage, Quiet()))
    publishing(VILLAGE)
    return publishing.museum, Hearing(Library(database, storage, voices, Clock(NOW)), storage)


def test_without_an_ear_it_is_refused(village: tuple[Museum, Hearing]) -> None:
    with pytest.raises(NoEar):
        list(listen_to(*village, None))


def test_what_is_not_there_to_listen_to_is_said(village: tuple[Museum, Hearing]) -> None:
    with pytest.raises(NoStopToListenTo):
        list(listen_to(*village, NEVER_ASKED, stop="lo-nug"))
    with pytest.raises(NoTextToListenTo) as refusal:
        list(listen_to(*village, NEVER_ASKED, language="ja"))

    assert refusal.value.facts["languages"] == "en, vi"


def test_it_is_told_how_many_recordings_the_ear_was_not_asked_about(village: tuple[Museum, Hearing]) -> None:
    museum, hearing = village
    assert passed_over(museum, hearing, NEVER_ASKED) == {}
    hearing.make(museum, museum.stop("ban-xoay"), "vi")

    assert passed_over(museum, hearing, NEVER_ASKED) == {"vi": 1}
    assert passed_over(museum, hearing, NEVER_ASKED, language="en") == {}
    assert passed_over(museum, hearing, NEVER_ASKED, voice="nobody's") == {}


@pytest.mark.slow
def test_the_recordings_that_are_made_are_listened_to(village: tuple[Museum, Hearing], scribe: Scribe) -> None:
    """In Vietnamese no ear can be believed; and what nobody has recorded is not recorded for it."""
    museum, hearing = village
    assert list(listen_to(museum, hearing, scribe)) == []
    for language in ("vi", "en"):
        hearing.make(museum, museum.stop("ban-xoay"), language)

    (one,) = listen_to(museum, hearing, scribe)

    assert (one.stop, one.language, one.human, one.flags) == ("ban-xoay", "en", False, ())
    assert one.share > 0.8
    assert list(listen_to(museum, hearing, scribe, stop="lo-nung")) == []
    assert list(listen_to(museum, hearing, scribe, voice="nobody's")) == []


@pytest.fixture(scope="module")
def french() -> Callable[[str], Samples]:
    """A Frenchman reads English by the letters."""
    speaker = espeak_speaker()
    return lambda line: whole(Espeak(Role("fr", "fr", 130), speaker).pieces(line)).samples


@pytest.mark.slow
def test_a_natural_voice_that_reads_it_right_is_not_flagged(scribe: Scribe, person: Person) -> None:
    one = really(scribe, person(*SPOKEN), "right")

    assert one.flags == ()
    assert one.share > 0.9


@pytest.mark.slow
def test_the_wrong_voice_is_caught(scribe: Scribe, french: Callable[[str], Samples]) -> None:
    one = really(scribe, np.concatenate([french(line) for line in SPOKEN]), "french")

    assert one.flags
    assert one.flags[0].sentence is None


@pytest.mark.slow
def test_a_cut_sentence_is_caught(scribe: Scribe, person: Person) -> None:
    cut = person(SPOKEN[2])[: len(person(SPOKEN[2])) // 3]

    one = really(scribe, np.concatenate([person(*SPOKEN[:2]), cut, person(*SPOKEN[3:])]), "cut")

    assert flagged(one) == [(Flag.CUT_SENTENCE, 2)]


OTHER_YEARS = ("seventeen forty-five", "seventeen ninety", "eighteen ninety", "nineteen fifty")


@pytest.mark.slow
def test_most_misread_numbers_are_caught_and_no_other_is(scribe: Scribe, person: Person) -> None:
    """How certain the ear is of a number differs by processors; in doubt it has misheard, and says nothing."""
    misread = [SPOKEN[1].replace("eighteen sixty-two", year) for year in OTHER_YEARS]

    found = [flagged(really(scribe, person(SPOKEN[0], said, *SPOKEN[2:]), said)) for said in misread]

    caught = [(Flag.MISREAD_NUMBER, 1)]
    assert found.count(caught) > len(OTHER_YEARS) // 2
    assert all(flags in ([], caught) for flags in found)


def really(scribe: Scribe, samples: Samples, name: str) -> Listened:
    return compare("mill", MILL, "somebody", False, scribe.heard(name, samples, 22_050, "en"), scribe)


def listened(script: Script, text: str, heard: Heard | None = None, human: bool = False, voice: str = "") -> Listened:
    said = [f" {word}" for word in text.split()] if text.count(" ") > 1 or text[:1] == " " else [text]
    words = tuple(HeardWord(word, n / 2, n / 2 + 0.5, 0.9) for n, word in enumerate(said) if word.strip())
    whole_heard = Heard(heard.language if heard else script.language, words, heard.sure if heard else 0.9)
    return compare("mask", script, voice, human, whole_heard, NEVER_ASKED)


def flagged(one: Listened) -> list[tuple[Flag, int | None]]:
    return [(flag.flag, flag.sentence) for flag in one.flags]
