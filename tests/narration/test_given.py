"""A person's recording: taken in whole, made as loud as the others, or refused by name."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from guide.database import Database
from guide.narration.ear import Ear
from guide.narration.encoding import Flow, encode_flac, encode_mp3
from guide.narration.engines.process import Speaker
from guide.narration.given import (
    RecordingOfAnotherText,
    RecordingSilent,
    RecordingTooLarge,
    RecordingTooLong,
    RecordingUnreadable,
    refused,
    take_in,
    taken_from,
)
from guide.narration.library import Library
from guide.narration.mastering import RATE
from guide.narration.scribe import Scribe
from guide.narration.script import Script
from guide.narration.sound import Samples, Sound
from guide.narration.voices import Voices
from guide.publishing import files as publishing_files
from guide.publishing.stop_folder import read_stop
from guide.storage import Folder
from guide.tours.content import MuseumSheet
from guide.tours.sentences import sentences
from tests.museum import write

from .persons import ANOTHER, BODY, MILL, SPOKEN, TITLE, Person, in_a_hall
from .stops import measured_outside


def tone(seconds: float, level: float = 0.1, rate: int = 44_100) -> np.ndarray:
    return (level * 32_767 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)).astype(np.int16)


def wav(samples: np.ndarray, rate: int = 44_100, codec: str = "pcm_s16le", container: str = "wav") -> bytes:
    body = io.BytesIO()
    with av.open(body, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.repeat(samples, 2).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate = rate
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return body.getvalue()


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        (wav(tone(3)), "wav"),
        (wav(tone(3, 0.004)), "WAV"),
        (encode_mp3(Flow([tone(3)], 44_100, 3)), "mp3"),
        (encode_mp3(Flow([tone(3)], 44_100, 3))[200:], ".mp3"),
        (wav(tone(3), codec="aac", container="ipod"), "m4a"),
    ],
    ids=["wav", "quiet wav", "mp3", "cut mp3", "m4a"],
)
def test_a_persons_recording_is_levelled_and_kept_under_its_own_bytes(
    library: Library, body: bytes, ending: str
) -> None:
    made = library.accept(body, ending, "rad")

    assert (made.human, made.language, made.cues, made.words) == (True, "rad", [], "[]")
    assert made.seconds == pytest.approx(3, abs=0.15)
    loudness, peak = measured_outside(library.media(f"{made.recipe}.mp3").read_bytes())
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1
    assert library.accept(body, ending, "rad") is made


def test_a_persons_recording_may_be_given_a_name(library: Library) -> None:
    assert library.accept(wav(tone(2)), "wav", "vi", "a" * 32).recipe == "a" * 32


REFUSED: dict[str, tuple[Callable[[], bytes], str, type[Exception]]] = {
    "nothing": (lambda: b"", "mp3", RecordingUnreadable),
    "garbage": (lambda: np.random.default_rng(4).bytes(300_000), "mp3", RecordingUnreadable),
    "garbage wav": (lambda: b"RIFF\xff\xff\xff\xffWAVEfmt " + b"\xff" * 9000, "wav", RecordingUnreadable),
    "a text": (lambda: b"hello " * 9000, "m4a", RecordingUnreadable),
    "another kind under this name": (lambda: wav(tone(2)), "m4a", RecordingUnreadable),
    "a kind we do not take": (lambda: encode_flac(Sound(tone(2), 44_100, ())), "flac", RecordingUnreadable),
    "a playlist": (lambda: b"#EXTM3U\n#EXTINF:1,\n/etc/hostname\n", "mp3", RecordingUnreadable),
    "a click": (lambda: wav(tone(0.1)), "wav", RecordingUnreadable),
    "silence": (lambda: wav(np.zeros(44_100 * 2, np.int16)), "wav", RecordingSilent),
    "200 MB": (lambda: bytes(200_000_001), "wav", RecordingTooLarge),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_recording_is_refused_and_leaves_nothing(library: Library, folder: Folder, case: str) -> None:
    make, ending, refusal = REFUSED[case]

    with pytest.raises(refusal):
        library.accept(make(), ending, "vi")

    assert list(folder.names("")) == []


def test_a_recording_that_goes_on_and_on_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guide.narration.given.MOST_MINUTES", 1)

    with pytest.raises(RecordingTooLong):
        library.accept(wav(tone(61, rate=8_000), 8_000), "wav", "vi")


GREETING = "Good morning, and welcome to our museum. My name is Anna."
TOLD: dict[str, Callable[[Person], Samples]] = {
    "as it is written": lambda person: person(*SPOKEN),
    "quickly, and the title left out": lambda person: person(*SPOKEN[1:], pace=104, pause=0.25),
    "slowly": lambda person: person(*SPOKEN, pace=70, pause=1.6),
    "in a hall, with a greeting and thanks": lambda person: in_a_hall(person(GREETING, *SPOKEN, "Thank you all.")),
    "with a slip mended": lambda person: person(
        *SPOKEN[:2], "Six women, sorry, six people turned its heavy stones, day and night.", *SPOKEN[3:]
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", TOLD)
def test_a_person_who_reads_the_text_is_followed_through_it(scribe: Scribe, person: Person, case: str) -> None:
    taken = taken_from(wav(TOLD[case](person), RATE), "wav", MILL, scribe)

    titled = [0] if "title" not in case else []
    assert [cue.sentence for cue in taken.cues] == [*titled, 1, 2, 3, 4]
    assert {word.sentence for word in taken.words} == {cue.sentence for cue in taken.cues}
    assert all(before.start <= after.start for before, after in pairwise(taken.words))
    assert taken.cues[-1].end <= len(taken.samples) / RATE


@pytest.mark.slow
def test_sentences_are_heard_when_the_page_says(scribe: Scribe, person: Person) -> None:
    """The pauses of a person who breathes between sentences are found to a tenth of a second."""
    lengths = [len(person(line)) / RATE for line in SPOKEN]
    begins = [sum(lengths[:n]) for n in range(len(lengths))]

    given = take_in(wav(person(*SPOKEN), RATE), "wav", MILL, scribe)

    assert given.files["vtt"].decode().count("-->") == len(given.cues) == len(SPOKEN)
    shift = begins[0] - given.cues[0].start
    assert [cue.start + shift for cue in given.cues] == pytest.approx(begins, abs=0.2)


REFUSED_TEXTS: dict[str, tuple[Callable[[Person], Samples], Script, int]] = {
    "another text": (lambda person: person(*SPOKEN), ANOTHER, 1),
    "a sentence left out": (lambda person: person(*SPOKEN[:2], *SPOKEN[3:]), MILL, 2),
    "the last one cut off": (lambda person: person(*SPOKEN[:4]), MILL, 4),
    "another sentence instead": (
        lambda person: person(*SPOKEN[:2], "The river behind the house is wide and quiet in the winter.", *SPOKEN[3:]),
        MILL,
        2,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED_TEXTS)
def test_a_recording_of_another_text_is_refused_and_the_sentence_named(
    scribe: Scribe, person: Person, case: str
) -> None:
    tells, script, sentence = REFUSED_TEXTS[case]

    refusal = refused(wav(tells(person), RATE), "wav", script, scribe)

    assert isinstance(refusal, RecordingOfAnotherText)
    assert refusal.facts == {"sentence": sentence, "text": script.sentences[sentence].text}


@pytest.mark.slow
def test_a_persons_recording_is_kept_with_its_times(
    database: Database, folder: Folder, voices: Voices, scribe: Scribe, person: Person
) -> None:
    library = Library(database, folder, voices, scribe=scribe)
    body = wav(person(*SPOKEN), RATE)

    made = library.accept(body, "wav", "en", scribe.human_name("a" * 64, MILL), MILL)

    assert [cue[0] for cue in made.cues] == [0, 1, 2, 3, 4]
    assert len(json.loads(made.words)) == sum(len(sentence.text.split()) for sentence in MILL.sentences)
    assert library.find(made.recipe) == made
    assert scribe.human_name("a" * 64, ANOTHER) != made.recipe


@pytest.mark.slow
def test_a_language_that_no_ear_knows_is_taken_in_as_it_is(scribe: Scribe, person: Person) -> None:
    told = Script("rad", MILL.sentences)

    given = take_in(wav(person(SPOKEN[0]), RATE), "wav", told, scribe)

    assert (given.cues, given.words, sorted(given.files)) == ((), (), ["mp3", "webm"])


@pytest.mark.slow
def test_what_is_heard_too_faintly_to_be_followed_is_never_refused(scribe: Scribe, person: Person) -> None:
    """Of Vietnamese the ear knows too little to say that something else was told."""
    told = Script("vi", sentences("Hầm xay lúa", "Cối đá nặng lắm, sáu người mới quay nổi.", "vi"))

    assert taken_from(wav(person(*SPOKEN), RATE), "wav", told, scribe).cues == ()


@pytest.mark.slow
def test_a_recording_in_which_the_text_could_not_be_followed_is_for_a_person_to_hear(
    scribe: Scribe, person: Person, tmp_path: Path
) -> None:
    doubted: list[str] = []
    body = wav(person(*SPOKEN), RATE)
    files = {"vi.md": "# Hầm xay lúa\n\nCối đá nặng lắm, sáu người mới quay nổi.\n", "vi.wav": body}
    files |= {"en.md": f"# {TITLE}\n\n{BODY}\n", "en.wav": body}
    write(tmp_path, {f"stops/mill/{name}": content for name, content in files.items()})
    there = publishing_files.Folder(tmp_path, scribe=replace(scribe, doubt=doubted.append))

    stop = read_stop(there, "mill", MuseumSheet(name={"en": "Mill"}, languages=["en", "vi"]))

    assert (there.mistakes, sorted(stop.recordings), doubted) == ([], ["en", "vi"], ["stops/mill/vi.wav"])


@pytest.mark.slow
def test_a_recording_is_listened_to_once_also_for_a_changed_text(
    scribe: Scribe, person: Person, tmp_path: Path
) -> None:
    body, deaf = wav(person(*SPOKEN), RATE), Scribe(Ear(Speaker("deaf", ("false",))), scribe.storage)

    assert refused(body, "wav", MILL, scribe) is None
    assert refused(body, "wav", MILL, deaf) is None
    assert isinstance(refused(body, "wav", ANOTHER, deaf), RecordingOfAnotherText)


@pytest.mark.slow
def test_checking_a_folder_names_the_recording_of_another_text(scribe: Scribe, person: Person, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "stops/mill/en.md": f"# {TITLE}\n\n{BODY}\n",
            "stops/mill/en.wav": wav(person(*SPOKEN[:2], *SPOKEN[3:]), RATE),
        },
    )
    there = publishing_files.Folder(tmp_path, scribe=scribe)

    stop = read_stop(there, "mill", MuseumSheet(name={"en": "Mill"}, languages=["en"]))

    assert stop.recordings == {}
    assert [(mistake.file, mistake.kind, mistake.facts["sentence"]) for mistake in there.mistakes] == [
        ("stops/mill/en.wav", "sound-another-text", 2)
    ]
