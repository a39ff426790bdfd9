"""Kokoro's natural voices: every word said and timed, the same every time, and each in the language that is its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest
import yaml

from guide.narration.captions import Cue, Heard, word_times
from guide.narration.engines import kokoro_letters_espeak, kokoro_letters_ja, kokoro_letters_zh
from guide.narration.engines.clauses import clauses
from guide.narration.engines.kokoro import Kokoro, KokoroModel, installed, jobs, kokoro_speaker, speaks
from guide.narration.engines.kokoro_letters import Letters, tidied, with_sounds
from guide.narration.engines.parts import Part
from guide.narration.engines.process import Speaker, VoiceFailed
from guide.narration.engines.voice import Role
from guide.narration.mastering import Joined, Take, join
from guide.narration.reading.marking import marked
from guide.narration.script import Plan, plan
from tests.narration.saying import fingerprint, said
from tests.narration.stops import script

ROOT = Path(__file__).parents[3]
EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", ROOT / ".venv" / "extras"))
SHEET = yaml.safe_load((ROOT / "voices" / "voices.yaml").read_text("utf-8"))
NAME = "kokoro-82m"
SHORT = {"fr": "La mer entoure le bagne.", "es": "El mar rodea la isla.", "zh": "海在外面。", "ja": "海が見えます。"}
LONG = (
    "La maison fut bâtie au milieu du jardin, face à la mer, par des ouvriers venus de loin, qui travaillèrent "
    "pendant deux longues années sous le soleil, la pluie et le vent, sans savoir pour qui, ni combien de temps, "
    "les murs blancs qu'ils dressaient là resteraient debout."
)


@pytest.fixture(scope="session")
def model() -> KokoroModel:
    hashes = {file["out"]: file["sha256"] for file in SHEET["models"][NAME]["files"]}
    found = installed(EXTRAS / "voices" / NAME, hashes)
    if found is None:
        pytest.skip(f"Kokoro is not installed in {EXTRAS}: guide voices install {NAME}")
    return found


@pytest.fixture(scope="session")
def speaker(model: KokoroModel) -> Iterator[Speaker]:
    speaker = kokoro_speaker(model)
    yield speaker
    speaker.close()


@pytest.fixture(scope="session")
def voice_of(model: KokoroModel, speaker: Speaker) -> Callable[[str], Kokoro]:
    """As it is ranked, or the test is passed over where its letters cannot be read."""

    def voice(language: str) -> Kokoro:
        sheet = next(sheet for sheet in SHEET["voices"][language] if sheet["engine"] == "kokoro")
        if not speaks(model, language, sheet["voice"]):
            pytest.skip(f"what reads {language} for Kokoro is not installed: guide voices install {NAME}")
        return Kokoro(model, Role(language, sheet["voice"], sheet["pace"]), speaker)

    return voice


@pytest.mark.slow
def test_the_same_text_is_the_same_sound_from_every_thread_and_process(
    model: KokoroModel, voice_of: Callable[[str], Kokoro]
) -> None:
    voice = voice_of("fr")
    other = kokoro_speaker(model)
    with ThreadPoolExecutor(4) as pool:
        sounds = set(pool.map(lambda _: fingerprint(said(voice, "La mer.")), range(20)))

    assert sounds == {fingerprint(said(Kokoro(model, voice.role, other), "La mer."))}
    other.close()


@pytest.mark.slow
@pytest.mark.parametrize("language", SHORT)
def test_each_language_is_said_with_a_time_for_its_words(voice_of: Callable[[str], Kokoro], language: str) -> None:
    sound = said(voice_of(language), SHORT[language])

    assert sound.rate == 24_000
    assert 0.8 < sound.seconds < 4
    assert sound.words[0][0] == 0
    assert all(before < after for (_, before), (_, after) in pairwise(sound.words))
    assert sound.words[-1][1] < sound.seconds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text", "after"),
    [
        ("fr", "Arrêtez-vous ici ; la mer est là.", "la mer"),
        ("es", "Mire el mar. No hay nadie.", "No"),
        ("zh", "请您停下来。海在外面。", "海"),
        ("ja", "見てください。門が見えます。", "門"),
    ],
)
def test_a_word_is_heard_when_its_time_says(
    voice_of: Callable[[str], Kokoro], language: str, text: str, after: str
) -> None:
    """After a pause the ear knows where a word begins."""
    sound = said(voice_of(language), text)

    loud = np.flatnonzero(np.abs(sound.samples.astype(int)) > 500) / sound.rate
    longest = int(np.diff(loud).argmax())
    assert dict(sound.words)[text.index(after)] == pytest.approx(loud[longest + 1], abs=0.04)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "zh", "ja"])
def test_every_displayed_word_of_a_stop_has_its_time(voice_of: Callable[[str], Kokoro], language: str) -> None:
    planned, joined = told(voice_of(language))

    for line, placed in zip(planned.lines, joined.placed, strict=True):
        times = word_times(Heard(Cue(line.sentence.number, placed.start, placed.end), line.reading, placed.words))
        assert len(times) == len(line.reading.words)
        assert all(word.start < word.end for word in times)
        assert all(before.end <= after.start for before, after in pairwise(times))


@pytest.mark.slow
@pytest.mark.parametrize(("language", "calm"), [("fr", (100, 180)), ("zh", (170, 270)), ("ja", (250, 420))])
def test_a_stop_is_told_calmly(voice_of: Callable[[str], Kokoro], language: str, calm: tuple[int, int]) -> None:
    """Words, characters, or morae a minute, without the pauses between sentences."""
    planned, joined = told(voice_of(language))

    spoken = " ".join(line.reading.spoken for line in planned.lines)
    count = {"fr": lambda: len(spoken.split()), "zh": lambda: letters_in(spoken), "ja": lambda: morae_of(spoken)}
    seconds = sum(placed.end - placed.start for placed in joined.placed)
    assert calm[0] <= count[language]() / (seconds / 60) <= calm[1]


STOP = {"ja": ("石臼", "石臼はとても重く、六人でようやく回りました。\n\n立ち止まって、耳をすませてみてください。")}
TOLD: dict[str, tuple[Plan, Joined]] = {}


def told(voice: Kokoro) -> tuple[Plan, Joined]:
    """A small stop, as it lies in a recording."""
    if (language := voice.role.language) not in TOLD:
        planned = plan(script(language, *STOP.get(language, ())), voice)
        takes = [Take(said(voice, line.reading.spoken), line.sentence.paragraph) for line in planned.lines]
        TOLD[language] = planned, join(takes)
    return TOLD[language]


def letters_in(spoken: str) -> int:
    return sum(letter.isalnum() for letter in spoken)


def morae_of(spoken: str) -> int:
    import pyopenjtalk

    return sum(token["mora_size"] for token in pyopenjtalk.run_frontend(spoken, use_sudachi_kanji_yomi=False))


@pytest.mark.slow
def test_a_long_sentence_is_heard_before_it_is_all_spoken(voice_of: Callable[[str], Kokoro]) -> None:
    pieces = [(start, sound.seconds) for start, sound in voice_of("fr").pieces(LONG)]

    assert len(LONG.split()) >= 45
    assert pieces[0][1] <= 0.6 * sum(seconds for _, seconds in pieces)
    assert all(LONG[start - 2] == "," for start, _ in pieces[1:])


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", " ", "😀😀", "\x00\x07\x1b", "\ud800", "\u202e\u200d", "…", "。", "[a](/b/)"])
@pytest.mark.parametrize("language", ["fr", "zh", "ja"])
def test_whatever_is_written_the_voice_answers_with_a_sound(
    voice_of: Callable[[str], Kokoro], language: str, text: str
) -> None:
    assert said(voice_of(language), text).seconds < 5


@pytest.mark.slow
def test_its_memory_is_bounded_however_long_the_text(model: KokoroModel, voice_of: Callable[[str], Kokoro]) -> None:
    """Text without a mark is cut all the same; one such part takes as much as a hundred."""
    speaker = kokoro_speaker(model)
    for start, _ in Kokoro(model, voice_of("fr").role, speaker).pieces("pierre " * 2_000):
        if start > 100:
            break

    status = Path(f"/proc/{speaker.pid}/status").read_text()
    assert int(status.split("VmHWM:")[1].split()[0]) < 600_000
    speaker.close()


@pytest.mark.slow
def test_a_word_is_said_with_the_museums_own_sounds(voice_of: Callable[[str], Kokoro]) -> None:
    voice = voice_of("fr")

    own, other = (said(voice, f"le {word} blanc") for word in (marked("Bagne", "mˈyʁ"), "mur"))
    assert own.samples.tobytes() == other.samples.tobytes()
    assert [place for place, _ in own.words] == [0, 3, 9]


def test_a_voice_of_another_language_is_never_spoken_with(tmp_path: Path) -> None:
    hashes = dict.fromkeys(("model.onnx", "vocab.json", "ff_siwis.bin", "zf_xiaoxiao.bin", "af_heart.bin"), "0" * 64)
    for name in hashes:
        (tmp_path / name).touch()
    model = installed(tmp_path, hashes)

    assert model
    assert speaks(model, "fr", "ff_siwis")
    for language, voice in (("es", "ff_siwis"), ("fr", "zf_xiaoxiao"), ("en", "af_heart"), ("vi", "ff_siwis")):
        assert not speaks(model, language, voice)
    assert not speaks(model, "fr", "ff_absent")


def test_a_folder_that_lacks_a_file_is_no_voice(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").touch()

    assert installed(tmp_path, {"model.onnx": "0" * 64, "vocab.json": "0" * 64}) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["vocab.json", "ff_siwis.bin"])
def test_a_wrong_file_is_never_a_wrong_sound(model: KokoroModel, tmp_path: Path, name: str) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    for kept in ("model.onnx", "vocab.json", "ff_siwis.bin"):
        (folder / kept).symlink_to(model.folder / kept)
    (folder / name).unlink()
    (folder / name).write_bytes((model.folder / name).read_bytes() + b" ")
    speaker = kokoro_speaker(spoilt := replace(model, folder=folder))

    with pytest.raises(VoiceFailed, match="problem=corrupt"):
        said(Kokoro(spoilt, Role("fr", "ff_siwis", 90), speaker), "Oui.")
    speaker.close()


@pytest.mark.slow
def test_an_engine_that_does_not_come_back_is_stopped_in_time(model: KokoroModel) -> None:
    hurried = kokoro_speaker(model, longest_seconds=0.3)

    with pytest.raises(VoiceFailed, match="problem=slow"):
        said(Kokoro(model, Role("fr", "ff_siwis", 90), hurried), LONG)
    hurried.close()


def test_another_pace_voice_or_file_is_another_checksum(tmp_path: Path) -> None:
    hashes = dict.fromkeys(("model.onnx", "vocab.json", "ff_siwis.bin", "ff_other.bin"), "0" * 64)
    speaker = kokoro_speaker(model := KokoroModel(tmp_path, hashes))
    voices = [
        Kokoro(model, Role("fr", "ff_siwis", 90), speaker),
        Kokoro(model, Role("fr", "ff_siwis", 91), speaker),
        Kokoro(KokoroModel(tmp_path, {**hashes, "ff_siwis.bin": "1" * 64}), Role("fr", "ff_siwis", 90), speaker),
        Kokoro(KokoroModel(tmp_path, {**hashes, "model.onnx": "1" * 64}), Role("fr", "ff_siwis", 90), speaker),
    ]

    assert len({voice.checksum for voice in voices}) == 4


@pytest.mark.parametrize(
    ("text", "most", "starts"),
    [
        ("", 10, [0]),
        ("海在外面。", 10, [0]),
        ("海在外面，山在后面。", 6, [0, 5]),
        ("一二三四五六七八九十", 4, [0, 4, 8]),
        ("一二，三四五六七八九十", 5, [0, 3, 8]),
    ],
)
def test_a_text_without_spaces_is_cut_after_clauses(text: str, most: int, starts: list[int]) -> None:
    assert clauses(text, most) == starts


def test_no_part_is_longer_than_what_the_voice_says_at_once() -> None:
    for language, text, most in (("zh", "石" * 500, 42), ("ja", "石、" * 200, 42), ("fr", "pierre " * 200, 160)):
        starts = jobs(text, language)
        assert max(after - before for before, after in pairwise([*starts, len(text)])) <= most


@pytest.fixture(scope="module")
def espeak() -> kokoro_letters_espeak.Letters:
    return kokoro_letters_espeak.Letters(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())


def heard(letters: Letters, text: str) -> list[tuple[str, str]]:
    """Each stretch of phonemes with the word that stands where it begins."""
    parts = list(tidied(letters.parts(text)))
    places = [*(part.place for part in parts), len(text)]
    return [
        (text[part.place : after].strip(), part.phonemes.strip()) for part, after in zip(parts, places[1:], strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("fr", "le bagne, fondé ici.", [("le", "lə"), ("bagne,", "bˈaɲ,"), ("fondé", "fɔ̃dˈe"), ("ici.", "isˈi.")]),
        ("fr", "les îles", [("les", "lez"), ("îles", "ˈil")]),
        ("fr", "d'aujourd'hui", [("d'aujourd'hui", "doʒuʁdyˈi")]),
        ("fr", "(oui) ; non", [("(", "("), ("oui) ;", "wˈi);"), ("non", "nˈɔ̃")]),
        ("es", "¿La prisión? ¡Sí!", [("¿La", "la"), ("prisión?", "pɾisjˈon?"), ("¡Sí!", "sˈi!")]),
        ("es", "東京", [("東京", "ʧˈinosˈimbolo ʧˈinosˈimbolo")]),
        ("fr", "", []),
        ("fr", "Ah … oui", [("Ah …", "ˈa…"), ("oui", "wˈi")]),
    ],
)
def test_french_and_spanish_are_read_word_by_word(
    espeak: kokoro_letters_espeak.Letters, language: str, text: str, parts: list[tuple[str, str]]
) -> None:
    assert heard(kokoro_letters_espeak.Tongue(espeak, language), text) == parts


@pytest.mark.parametrize(
    ("written", "sounds"),
    [
        ("カキク", "kakʲikɯ"),
        ("キョウト", "kʲoɯto"),
        ("トーキョー", "toːkʲoː"),
        ("ガッコー", "ɡaʔkoː"),
        ("サンポ テンキ センセー アンナイ", "sampoteŋkʲiseɴseːannai"),
        ("ホン", "hoɴ"),
        ("ヴィラ ティー ファン チェ ジャ", "vʲiɾatʲiːɸaɲʨeʥa"),
        ("きゃ", "kʲa"),
        ("ァ", "a"),
    ],
)
def test_kana_are_written_as_the_voice_learnt_them(written: str, sounds: str) -> None:
    assert kokoro_letters_ja.kana(written) == sounds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("刑務所は、古い。", [("刑務所", "keːmɯɕo"), ("は", "βa"), ("、", ","), ("古い", "ɸɯɾɯi"), ("。", ".")]),
        ("「海」", [("「", "“"), ("海", "ɯmʲi"), ("」", "”")]),
        ("Định館", [("Định", "ɗˈiɲ"), ("館", "tate")]),
        ("UBND", [("UBND", "jɯːbʲiːenɯdʲiː")]),
        ("龘", [("龘", "ʧˈInizlˌɛɾəɹ")]),
    ],
)
def test_japanese_is_read_as_its_dictionary_says(
    espeak: kokoro_letters_espeak.Letters, text: str, parts: list[tuple[str, str]]
) -> None:
    pytest.importorskip("pyopenjtalk", reason="Open JTalk is not installed: guide voices install kokoro-82m")
    assert heard(kokoro_letters_ja.Tongue(espeak.foreign), text) == parts


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("你好，世界！", [("你", "ni↓"), ("好", "xau↓"), ("，", ","), ("世", "ʂɨ↘"), ("界", "ʨje↘"), ("！", "!")]),
        ("银行街", [("银", "i↗n"), ("行", "xa↗ŋ"), ("街", "ʨje→")]),
        ("Sũ街", [("Sũ", "sˈu"), ("街", "ʨje→")]),
        ("第2层", [("第", "ti↘"), ("2", "ɚ↘"), ("层", "ʦʰə↗ŋ")]),
        ("ひめじ", [("ひめじ", "çimeʥi")]),
        ("𠮷", [("𠮷", "mou↓")]),
    ],
)
def test_chinese_is_read_character_by_character(
    espeak: kokoro_letters_espeak.Letters, text: str, parts: list[tuple[str, str]]
) -> None:
    for package in ("jieba", "pypinyin", "misaki"):
        pytest.importorskip(package, reason="what reads Chinese is not installed: guide voices install kokoro-82m")
    assert heard(kokoro_letters_zh.Tongue(espeak.foreign), text) == parts


@pytest.mark.slow
@pytest.mark.parametrize("word", "Москва 東京 ひめじ 한글 مرحبا Ωμέγα ½ 1862 B-52 Łódź x A UNESCO".split())
@pytest.mark.parametrize("language", SHORT)
def test_no_word_is_skipped(espeak: kokoro_letters_espeak.Letters, language: str, word: str) -> None:
    parts = [part for part in letters_of(language, espeak).parts(f"{word} {SHORT[language]}") if part.place < len(word)]

    assert any(sign.isalpha() for part in parts for sign in part.phonemes)


def letters_of(language: str, espeak: kokoro_letters_espeak.Letters) -> Letters:
    if language == "ja":
        pytest.importorskip("pyopenjtalk", reason="Open JTalk is not installed: guide voices install kokoro-82m")
        return kokoro_letters_ja.Tongue(espeak.foreign)
    if language == "zh":
        pytest.importorskip("jieba", reason="what reads Chinese is not installed: guide voices install kokoro-82m")
        return kokoro_letters_zh.Tongue(espeak.foreign)
    return kokoro_letters_espeak.Tongue(espeak, language)


class Syllables:
    """Reads two letters at a time, as a language does whose words do not stand apart."""

    def parts(self, text: str) -> Iterator[Part]:
        return (Part(at, text[at : at + 2] + " ") for at in range(0, len(text), 2))


def test_the_museums_own_sounds_stand_in_their_place(espeak: kokoro_letters_espeak.Letters) -> None:
    tongue = kokoro_letters_espeak.Tongue(espeak, "fr")

    parts = with_sounds(tongue, "le Bagne, blanc", [(3, 8, "ɡˈis")])

    assert [(part.place, part.phonemes) for part in parts] == [(0, "lə "), (3, "ɡˈis, "), (10, "blˈɑ̃ ")]


def test_the_museums_own_sounds_replace_no_letter_beside_them() -> None:
    parts = with_sounds(Syllables(), "abcdefg", [(2, 5, "X")])

    assert [(part.place, part.phonemes) for part in parts] == [(0, "ab "), (2, "X "), (5, "fg ")]


def test_marks_stand_close_to_their_words() -> None:
    parts = [Part(0, "a "), Part(2, ", "), Part(4, "“ "), Part(6, "b "), Part(8, "” "), Part(9, " ")]

    assert "".join(part.phonemes for part in tidied(iter(parts))) == "a, “b” "


@pytest.mark.slow
def test_reading_chinese_writes_nothing_down(
    espeak: kokoro_letters_espeak.Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jieba", reason="what reads Chinese is not installed: guide voices install kokoro-82m")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    list(kokoro_letters_zh.Tongue(espeak.foreign).parts("海在外面"))

    assert not list(tmp_path.iterdir())
