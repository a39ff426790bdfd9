"""The engine in its own process: the same every time, never in the wrong language, and not to be brought down."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from guide.narration.engines.espeak import Espeak, cuts, espeak_speaker, speakable
from guide.narration.engines.process import Speaker, VoiceFailed
from guide.narration.engines.voice import Role
from guide.narration.reading.marking import marked
from tests.narration.saying import fingerprint, said

SENTENCE = "Trại được lập năm một nghìn tám trăm sáu mươi hai, ở giữa biển khơi."
LONG = "một hai ba bốn năm sáu bảy tám chín mười " * 40


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    speaker = espeak_speaker()
    yield speaker
    speaker.close()


@pytest.fixture
def vietnamese(speaker: Speaker) -> Espeak:
    return Espeak(Role("vi", "vi", 138), speaker)


@pytest.fixture
def english(speaker: Speaker) -> Espeak:
    return Espeak(Role("en", "en", 145), speaker)


def test_the_same_text_is_the_same_sound_from_every_thread(vietnamese: Espeak) -> None:
    with ThreadPoolExecutor(4) as pool:
        sounds = list(pool.map(lambda _: fingerprint(said(vietnamese, SENTENCE)), range(80)))

    assert len(set(sounds)) == 1


@pytest.mark.parametrize("rounds", [13, pytest.param(63, marks=pytest.mark.slow)])
def test_interleaved_languages_are_never_spoken_with_each_others_voice(
    vietnamese: Espeak, english: Espeak, rounds: int
) -> None:
    texts = ["Sea 1862", "Con Dao", "museum", "10 nam"]
    alone = {(voice, text): fingerprint(said(voice, text)) for voice in (vietnamese, english) for text in texts}
    asked = [(voice, text) for _ in range(rounds) for text in texts for voice in (vietnamese, english)]

    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(lambda job: fingerprint(said(job[0], job[1])), asked))

    assert len(asked) == 8 * rounds
    assert heard == [alone[job] for job in asked]
    assert all(alone[vietnamese, text] != alone[english, text] for text in texts)


def test_a_voice_that_the_engine_lacks_is_refused_and_not_spoken_by_another(speaker: Speaker) -> None:
    with pytest.raises(VoiceFailed, match="absent"):
        said(Espeak(Role("xx", "no-such-voice", 140), speaker), "hello")


def test_words_come_with_the_time_they_begin_at(vietnamese: Espeak) -> None:
    sound = said(vietnamese, SENTENCE)

    offsets = [offset for offset, _ in sound.words]
    times = [seconds for _, seconds in sound.words]
    assert offsets == [at for at, letter in enumerate(SENTENCE) if at == 0 or SENTENCE[at - 1] == " "]
    assert times == sorted(times)
    assert times[-1] < sound.seconds


def test_words_of_a_text_in_several_jobs_keep_their_place_in_the_whole(english: Espeak) -> None:
    text = "stone " * 500 + "chapel"

    sound = said(english, text)

    assert sound.words[-1][0] == text.index("chapel")
    assert sound.words[-1][1] == pytest.approx(sound.seconds, abs=2)


@pytest.mark.parametrize(
    ("text", "longest", "starts"),
    [
        ("", 10, [0]),
        ("one two three", 20, [0]),
        ("one two three", 8, [0, 8]),
        ("one two three", 6, [0, 4, 8]),
        ("onetwothree", 4, [0, 4, 8]),
        ("  a", 2, [0, 2]),
    ],
)
def test_a_long_text_is_cut_after_words(text: str, longest: int, starts: list[int]) -> None:
    assert cuts(text, longest) == starts


@pytest.mark.parametrize(
    "text", ["", " ", "😀😀", "\x00\x07\x1b", "\ud800", "\u202e\u200d", "…", "مرحبا", "東京", "[[h@'loU]]", "<b>&amp;"]
)
def test_whatever_is_written_the_voice_answers_with_a_sound(vietnamese: Espeak, text: str) -> None:
    sound = said(vietnamese, text)

    assert sound.rate == 22_050
    assert sound.seconds < 10


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("a😀b\x07c\u200d“d”", "vi", "a b c  d "),
        ("Nguyễn ở Đắk Lắk", "vi", "Nguyễn ở Đắk Lắk"),
        ("Köln, Łódź", "vi", "Koln, Łódz"),
        ("Nguyễn Thị Định, café", "en", "Nguyen Thi Dinh, café"),
        ("Đà Lạt à l'œuvre", "fr", "Dà Lat à l'œuvre"),
        ("Größe, Bảo Đại", "de", "Größe, Bao Dai"),
        ("Ёлка, район Đắk Lắk", "ru", "Ёлка, район Dak Lak"),
        ("昆岛 Côn Đảo", "zh", "昆岛 Côn Dao"),
    ],
)
def test_a_voice_is_not_handed_what_it_would_spell_out(text: str, language: str, said: str) -> None:
    assert speakable(text, language) == said


def test_a_vietnamese_name_is_said_and_not_spelt_by_a_foreign_voice(english: Espeak) -> None:
    assert said(english, "Nguyễn Thị Định").seconds == pytest.approx(said(english, "Nguyen Thi Dinh").seconds)


@pytest.mark.parametrize(
    ("language", "text", "word", "phonemes"),
    [
        ("vi", "một cối đá", "cối", "kˈoɜj"),
        ("vi", "Xin chào, cối, nhé", "cối", "kˈoj˧˥"),
        ("en", "the museum, then", "museum", "mjuːzˈiəm"),
        ("de", "das Haus am Meer", "Haus", "hˈaʊs"),
        ("cmn", "妈 好", "妈", "mˈɑ55"),
    ],
)
def test_a_word_with_its_sounds_is_said_as_if_it_were_written_so(
    speaker: Speaker, language: str, text: str, word: str, phonemes: str
) -> None:
    voice = Espeak(Role(language, language, 140), speaker)

    by_letters, by_sounds = said(voice, text), said(voice, text.replace(word, marked(word, phonemes)))

    assert by_sounds.seconds == pytest.approx(by_letters.seconds, abs=0.12)
    assert [offset for offset, _ in by_sounds.words] == [offset for offset, _ in by_letters.words]


def test_a_word_with_other_sounds_is_said_otherwise(vietnamese: Espeak) -> None:
    plain, told = said(vietnamese, "ông Doumer"), said(vietnamese, "ông " + marked("Doumer", "ɗuː˧ mɛ˧"))

    assert fingerprint(plain) != fingerprint(told)


def test_sounds_that_the_voice_lacks_are_told_and_the_word_is_read_from_its_letters(vietnamese: Espeak) -> None:
    assert vietnamese.unsayable("kʘa") == "ʘ"
    assert vietnamese.unsayable("ɗuːmɛ") is None
    assert fingerprint(said(vietnamese, marked("đá", "kʘa"))) == fingerprint(said(vietnamese, "đá"))


def test_signs_that_a_text_holds_are_not_taken_for_sounds(vietnamese: Espeak) -> None:
    text = "[[t'a]] ở đây"

    with_sounds = said(vietnamese, f"{text} {marked('đá', 'ɗˈaːɜ')}")

    assert with_sounds.seconds == pytest.approx(said(vietnamese, f"{text.replace('[', ' ')} đá").seconds, abs=0.02)


def test_a_hundred_thousand_characters_are_spoken_in_pieces(vietnamese: Espeak) -> None:
    sound = said(vietnamese, "đá " * 4_000 + "xám" * 1_000)

    assert sound.seconds > 60


def test_a_crash_in_one_job_leaves_the_process_and_the_others_alone(speaker: Speaker, vietnamese: Espeak) -> None:
    before, other = fingerprint(said(vietnamese, LONG)), fingerprint(said(vietnamese, SENTENCE))
    pid = speaker.pid

    with ThreadPoolExecutor(2) as pool:
        job = pool.submit(said, vietnamese, LONG)
        while not _kill_the_children(pid):
            job = pool.submit(said, vietnamese, LONG) if job.done() else job
        neighbour = pool.submit(said, vietnamese, SENTENCE)

        assert fingerprint(job.result()) == before
        assert fingerprint(neighbour.result()) == other
    assert speaker.pid == pid


def _kill_the_children(pid: int | None) -> bool:
    """Those that work and those that wait."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGKILL)
    return bool(children)


def test_an_engine_that_does_not_come_back_is_stopped_in_time() -> None:
    hurried = espeak_speaker(longest_seconds=0.02)

    with pytest.raises(VoiceFailed, match="slow"):
        said(Espeak(Role("vi", "vi", 138), hurried), LONG)
    hurried.close()
