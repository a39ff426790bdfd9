"""A better voice by one command: it is there whole, checked and heard, or nothing has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from guide.fetching import Unfetched, WrongChecksum
from guide.narration.engines.process import VoiceFailed
from guide.narration.engines.voice import Role, Voice
from guide.narration.hiring import Speakers, hire
from guide.narration.installed import Kept, installed
from guide.narration.installing import (
    Errand,
    NoSuchVoice,
    NotInstalled,
    NotInTheFolder,
    NoVoiceToInstall,
    TermsNotAccepted,
    choose,
    install,
    remove,
)
from guide.narration.proving import Inspected, VoiceUnproven, inspect, prove_all
from guide.narration.sound import Sound
from guide.narration.voice_sheet import FileSheet, ModelSheet, Terms, VoiceSheet, VoicesSheet, read_sheet
from guide.narration.voices import State, Voices
from tests.museum import tree

SHEET = Path(__file__).parent.parent.parent / "voices" / "voices.yaml"
EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", ".venv/extras"))
MODEL = b"a network" * 1_000
ABOUT = b'{"sample_rate": 22050}'


@dataclass(frozen=True)
class Whisper:
    """Says two seconds of a tone, whatever it is asked."""

    role: Role
    name: str = "whisper"
    checksum: str = "whisper"
    seconds: float = 2.0
    peak: int = 8_000

    def pieces(self, spoken: str) -> Iterator[tuple[int, Sound]]:
        if self.seconds < 0:
            raise VoiceFailed(voice=self.name, problem="slow")
        wave = np.sin(np.arange(int(22_050 * self.seconds)) / 10) * self.peak
        yield 0, Sound(wave.astype(np.int16), 22_050, ((0, 0.0),))


def hire_whisper(
    sheet: VoicesSheet, language: str, line: VoiceSheet, kept: Kept | None, speakers: Speakers
) -> Voice | None:
    if line.model is None:
        return hire(sheet, language, line, kept, speakers)
    return Whisper(Role(language, line.voice, line.pace, slow=line.slow), line.model) if kept else None


def file(out: str, body: bytes, source: Path) -> FileSheet:
    return FileSheet(out=out, sha256=hashlib.sha256(body).hexdigest(), bytes=len(body), parts=(f"file:{source / out}",))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(MODEL)
    (folder / "about.json").write_bytes(ABOUT)
    return folder


@pytest.fixture
def sheet(source: Path) -> VoicesSheet:
    """Natural voices for Vietnamese, one of them open, and one for English that is worse than what is there."""
    files = (file("model.onnx", MODEL, source), file("about.json", ABOUT, source))
    models = {
        "studious": ModelSheet(engine="piper", licence="CC-BY-NC-4.0", terms=Terms.NONCOMMERCIAL, files=files),
        "natural": ModelSheet(engine="supertonic", licence="OpenRAIL-M", terms=Terms.RULES, files=files),
        "plain": ModelSheet(engine="piper", licence="CC0-1.0", terms=Terms.OPEN, files=files),
    }
    engines = {"espeak-ng": {"licence": "GPL-3.0-or-later", "home": "h", "package": "espeakng-loader"}}
    engines |= {name: {"licence": "MIT", "home": "h", "package": "p"} for name in ("piper", "supertonic")}
    espeak = {"engine": "espeak-ng", "pace": 140}
    voices = {
        "vi": [
            {"engine": "piper", "model": "studious", "voice": "vi", "pace": 100},
            {"engine": "supertonic", "model": "natural", "voice": "F1", "pace": 95, "slow": True},
            {"engine": "piper", "model": "plain", "voice": "vi", "pace": 100},
            {**espeak, "voice": "vi"},
        ],
        "ko": [{"engine": "supertonic", "model": "natural", "voice": "F1", "pace": 95, "slow": True}],
        "en": [{**espeak, "voice": "en"}, {"engine": "piper", "model": "studious", "voice": "en", "pace": 100}],
        "fr": [{"engine": "piper", "model": "studious", "voice": "fr", "pace": 100}],
    }
    facts = {"engines": engines, "models": models, "voices": voices, "text_only": ["th"]}
    return VoicesSheet.model_validate(facts)


@pytest.fixture
def voices(sheet: VoicesSheet, home: Path) -> Iterator[Voices]:
    voices = Voices(sheet, home, hire_whisper)
    yield voices
    voices.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen", "others"),
    [
        ("vi", (), "natural", ("studious", "plain")),
        ("vi-VN", (), "natural", ("studious", "plain")),
        ("vi", (Terms.NONCOMMERCIAL,), "studious", ("natural", "plain")),
        ("vi", (Terms.RESEARCH,), "natural", ("studious", "plain")),
        ("ko", (), "natural", ()),
        ("plain", (), "plain", ()),
        ("Plain", (), "plain", ()),
        ("VI_vn", (), "natural", ("studious", "plain")),
        ("ko-Kore-KR", (), "natural", ()),
        ("studious", (Terms.NONCOMMERCIAL,), "studious", ()),
        ("en", (), "espeak-ng · en", ("studious",)),
    ],
)
def test_of_a_language_the_best_voice_is_chosen_whose_licence_asks_for_nothing_more(
    voices: Voices, wanted: str, accepted: tuple[Terms, ...], chosen: str, others: tuple[str, ...]
) -> None:
    choice = choose(voices, wanted, accepted)

    assert (choice.name, choice.others) == (chosen, others)


@pytest.mark.parametrize(
    ("wanted", "accepted", "refusal"),
    [
        ("th", (), NoVoiceToInstall),
        ("xx", (), NoSuchVoice),
        ("", (), NoSuchVoice),
        ("../etc", (), NoSuchVoice),
        ("vi_VN-plainly", (), NoSuchVoice),
        ("vi_VN-joe", (), NoSuchVoice),
        ("th_TH-joe-medium", (), NoSuchVoice),
        ("studious", (), TermsNotAccepted),
        ("studious", (Terms.RESEARCH,), TermsNotAccepted),
        ("fr", (), TermsNotAccepted),
    ],
)
def test_what_cannot_be_chosen_is_refused(
    voices: Voices, wanted: str, accepted: tuple[Terms, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        choose(voices, wanted, accepted)


def test_an_installed_voice_is_whole_has_spoken_and_is_heard_at_the_next_look(voices: Voices, home: Path) -> None:
    told: list[str] = []

    outcome = install(voices, home, choose(voices, "vi"), Errand(told=lambda key, **_: told.append(key)))

    assert told == ["voices.fetching", "voices.proving"]
    assert [(proof.language, proof.seconds) for proof in outcome.proofs] == [("vi", 2.0), ("ko", 2.0)]
    assert sorted(tree(home)) == [
        "voices/.lock",
        "voices/natural/about.json",
        "voices/natural/model.onnx",
        "voices/natural/voice.yaml",
    ]
    assert installed(home)["natural"].note.licence == "OpenRAIL-M"
    assert sorted(path.name for path in (home / "voices").iterdir()) == [".lock", "natural"]
    assert voices.renew()
    assert [voice.name for voice in voices.ranked("vi")] == ["natural", "espeak-ng · vi"]
    assert [line.state for line in voices.listed() if line.language == "vi"] == [
        State.CAN_BE_INSTALLED,
        State.HEARD,
        State.CAN_BE_INSTALLED,
        State.MEANWHILE,
    ]


def test_what_is_there_already_is_left_alone_and_nobody_is_asked(voices: Voices, home: Path, source: Path) -> None:
    install(voices, home, choose(voices, "vi"), Errand())
    shutil.rmtree(source)
    before = tree(home)

    outcome = install(voices, home, choose(voices, "vi"), Errand())

    assert outcome.already
    assert tree(home) == before


def test_a_voice_whose_package_came_later_is_heard_at_the_next_look(sheet: VoicesSheet, home: Path) -> None:
    there = Voices(sheet, home, hire_whisper)
    install(there, home, choose(there, "vi"), Errand())
    packages: list[str] = []
    voices = Voices(sheet, home, lambda *facts: hire_whisper(*facts) if packages else None)
    assert voices.ranked("vi") == ()

    packages.append("a package")
    (home / "voices" / "natural").rename(home / "voices" / "aside")
    (home / "voices" / "aside").rename(home / "voices" / "natural")

    assert voices.renew()
    assert voices.ranked("vi")[0].name == "natural"


def test_where_the_best_voice_came_by_package_there_is_nothing_to_install(voices: Voices, home: Path) -> None:
    assert install(voices, home, choose(voices, "en"), Errand()).already
    assert not home.exists()


def test_what_cannot_be_fetched_changes_nothing(voices: Voices, home: Path, source: Path) -> None:
    install(voices, home, choose(voices, "plain"), Errand())
    before = tree(home)
    shutil.rmtree(source)

    with pytest.raises(Unfetched):
        install(voices, home, choose(voices, "natural"), Errand())

    assert tree(home) == before
    assert not voices.renew() or "natural" not in voices.installed


def test_what_was_fetched_before_an_interruption_is_not_fetched_again(voices: Voices, home: Path, source: Path) -> None:
    (source / "about.json").unlink()
    with pytest.raises(Unfetched):
        install(voices, home, choose(voices, "vi"), Errand())
    assert "natural" not in installed(home)

    (source / "about.json").write_bytes(ABOUT)
    (source / "model.onnx").unlink()
    install(voices, home, choose(voices, "vi"), Errand())

    assert (home / "voices" / "natural" / "model.onnx").read_bytes() == MODEL


def test_another_file_than_was_tried_is_not_taken(voices: Voices, home: Path, source: Path) -> None:
    (source / "model.onnx").write_bytes(MODEL[:-1] + b"?")

    with pytest.raises(WrongChecksum):
        install(voices, home, choose(voices, "vi"), Errand())

    assert installed(home) == {}
    assert [name for name in tree(home) if "model.onnx" in name] == []


def test_a_file_that_broke_in_one_byte_is_fetched_anew(voices: Voices, home: Path) -> None:
    install(voices, home, choose(voices, "vi"), Errand())
    (home / "voices" / "natural" / "model.onnx").write_bytes(MODEL[:-1] + b"?")

    outcome = install(voices, home, choose(voices, "vi"), Errand())

    assert not outcome.already
    assert (home / "voices" / "natural" / "model.onnx").read_bytes() == MODEL
    assert [one.problem for one in inspect(Voices(voices.sheet, home, hire_whisper), home)] == [""]


@pytest.mark.parametrize(
    ("seconds", "peak", "problem"), [(-1, 0, "slow"), (0.2, 8_000, "length"), (60, 8_000, "length"), (2, 20, "silent")]
)
def test_a_voice_that_does_not_say_its_sentence_is_not_put_in_place(
    sheet: VoicesSheet, home: Path, seconds: float, peak: int, problem: str
) -> None:
    def hire_broken(*facts: object) -> Voice | None:
        voice = hire_whisper(*facts)  # type: ignore[arg-type]
        return replace(voice, seconds=seconds, peak=peak) if isinstance(voice, Whisper) else voice

    voices = Voices(sheet, home, hire_broken)

    with pytest.raises(VoiceUnproven) as refusal:
        install(voices, home, choose(voices, "vi"), Errand())

    assert refusal.value.facts == {"model": "natural", "language": "vi", "problem": problem}
    assert installed(home) == {}


def test_a_network_that_is_none_is_not_put_in_place(sheet: VoicesSheet, home: Path) -> None:
    voices = Voices(sheet, home)

    with pytest.raises(VoiceUnproven):
        install(voices, home, choose(voices, "vi"), Errand())

    assert installed(home) == {}


@pytest.mark.parametrize("moment", ["link", "fsync", "replace", "rename"])
def test_killed_anywhere_the_voice_that_was_there_stands(
    sheet: VoicesSheet, voices: Voices, home: Path, source: Path, moment: str
) -> None:
    install(voices, home, choose(voices, "plain"), Errand())
    renewed = _renewed(sheet, source)

    child = os.fork()
    if child == 0:
        setattr(os, moment, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        install(Voices(renewed, home, hire_whisper), home, choose(Voices(renewed, home), "plain"), Errand())
        os._exit(0)
    os.waitpid(child, 0)

    found = installed(home)["plain"]
    assert found.whole
    after = Voices(renewed, home, hire_whisper)
    install(after, home, choose(after, "plain"), Errand())
    assert installed(home)["plain"].is_all_of(renewed.models["plain"])
    assert [name for name in tree(home) if "/." in name] == ["voices/.lock"]


def test_killed_between_putting_away_the_old_and_putting_in_place_the_new_the_next_install_mends_it(
    sheet: VoicesSheet, voices: Voices, home: Path, source: Path
) -> None:
    install(voices, home, choose(voices, "plain"), Errand())
    before = tree(home)
    (home / "voices" / "plain").rename(home / "voices" / ".former-plain")

    assert install(voices, home, choose(voices, "plain"), Errand()).already
    assert tree(home) == before


def test_a_model_that_was_renewed_is_fetched_in_what_changed(
    sheet: VoicesSheet, voices: Voices, home: Path, source: Path
) -> None:
    install(voices, home, choose(voices, "plain"), Errand())
    renewed = _renewed(sheet, source)
    (source / "model.onnx").unlink()

    outcome = install(Voices(renewed, home, hire_whisper), home, choose(Voices(renewed), "plain"), Errand())

    assert not outcome.already
    assert (home / "voices" / "plain" / "about.json").read_bytes() == ABOUT + b"\n"


def test_a_folder_that_was_copied_from_another_machine_is_enough(
    voices: Voices, home: Path, source: Path, tmp_path: Path
) -> None:
    install(voices, home, choose(voices, "vi"), Errand())
    shutil.rmtree(source)

    install(voices, tmp_path / "other", choose(voices, "vi"), Errand(stick=home / "voices"))

    assert installed(tmp_path / "other")["natural"].whole


def test_a_file_that_a_folder_lacks_is_named(sheet: VoicesSheet, home: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "model.onnx").write_bytes(MODEL)
    far = tuple(
        one.model_copy(update={"parts": (f"https://far.invalid/{one.out}",)}) for one in sheet.models["plain"].files
    )
    models = {**sheet.models, "plain": sheet.models["plain"].model_copy(update={"files": far})}
    voices = Voices(sheet.model_copy(update={"models": models}), home, hire_whisper)

    with pytest.raises(NotInTheFolder) as refusal:
        install(voices, home, choose(voices, "plain"), Errand(stick=tmp_path / "stick"))

    assert (refusal.value.facts["folder"], refusal.value.facts["file"]) == (str(tmp_path / "stick"), "about.json")


def test_a_file_that_nobody_published_a_hash_of_is_kept_to_as_it_was_first_seen(
    sheet: VoicesSheet, home: Path, source: Path
) -> None:
    bare = tuple(one.model_copy(update={"sha256": None}) for one in sheet.models["plain"].files)
    models = {**sheet.models, "plain": sheet.models["plain"].model_copy(update={"files": bare})}
    voices = Voices(sheet.model_copy(update={"models": models}), home, hire_whisper)

    outcome = install(voices, home, choose(voices, "plain"), Errand())

    assert outcome.unpublished == ("model.onnx", "about.json")
    (home / "voices" / "plain" / "model.onnx").unlink()
    (source / "model.onnx").write_bytes(MODEL[:-1] + b"?")
    with pytest.raises(WrongChecksum):
        install(voices, home, choose(voices, "plain"), Errand())


def test_a_voice_that_is_removed_is_gone_and_one_that_is_not_there_is_said(voices: Voices, home: Path) -> None:
    install(voices, home, choose(voices, "vi"), Errand())

    remove(home, "natural")

    assert sorted(tree(home)) == ["voices/.lock"]
    for name in ("natural", "..", "", ".lock"):
        with pytest.raises(NotInstalled):
            remove(home, name)


def test_what_is_installed_is_read_whole_and_every_voice_is_heard(voices: Voices, home: Path) -> None:
    install(voices, home, choose(voices, "vi"), Errand())
    voices.renew()

    assert list(inspect(voices, home)) == [Inspected("natural", "OpenRAIL-M", Terms.RULES)]
    proofs = {(proof.language, proof.voice): proof.problem for proof in prove_all(voices)}
    assert proofs == {
        ("vi", "natural"): "",
        ("vi", "espeak-ng · vi"): "",
        ("ko", "natural"): "",
        ("en", "espeak-ng · en"): "",
    }


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda folder: (folder / "model.onnx").write_bytes(MODEL[:-1] + b"?"), ("corrupt", "model.onnx")),
        (lambda folder: (folder / "model.onnx").unlink(), ("missing", "model.onnx")),
        (lambda folder: (folder / "voice.yaml").unlink(), ("unknown", "")),
        (lambda folder: folder.rename(folder.with_name("of-old")), ("unknown", "")),
    ],
)
def test_a_spoilt_voice_is_found_out(voices: Voices, home: Path, spoil: object, problem: tuple[str, str]) -> None:
    install(voices, home, choose(voices, "vi"), Errand())
    spoil(home / "voices" / "natural")  # type: ignore[operator]

    found = list(inspect(Voices(voices.sheet, home, hire_whisper), home))

    assert [(one.problem, one.file) for one in found] == [problem]


@pytest.mark.slow
def test_one_command_makes_vietnamese_and_korean_natural(tmp_path: Path) -> None:
    """Small networks with the inputs and outputs of the real ones, brought in a folder."""
    from tests.narration.engines import standins  # it loads what makes networks

    carried, sheet = tmp_path / "stick", read_sheet(SHEET)
    hashes = standins.folder_of(carried)
    real = sheet.models["supertonic-3"]
    files = [
        FileSheet(out=out, sha256=sha256, bytes=(carried / out).stat().st_size, parts=("https://nowhere.invalid/",))
        for out, sha256 in hashes.items()
    ]
    models = {**sheet.models, "supertonic-3": real.model_copy(update={"files": tuple(files)})}
    voices = Voices(sheet.model_copy(update={"models": models}), tmp_path)

    outcome = install(voices, tmp_path, choose(voices, "vi"), Errand(stick=carried))
    voices.renew()

    assert outcome.choice.name == "supertonic-3"
    assert [voice.name for voice in voices.ranked("vi")] == ["Supertonic · F1", "espeak-ng · vi"]
    assert [voice.name for voice in voices.ranked("ko")] == ["Supertonic · F1"]
    assert {proof.language for proof in outcome.proofs} == {"vi", "ko", "ja", "de", "ru", "fr", "es"}
    voices.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "accepted"), [("en_US-joe-medium", (Terms.RESEARCH,)), ("kokoro-82m", ())], ids=["Piper", "Kokoro"]
)
def test_the_voices_of_our_own_list_can_be_installed_and_speak(
    tmp_path: Path, model: str, accepted: tuple[Terms, ...]
) -> None:
    carried = EXTRAS.resolve() / "voices"
    if not (carried / model).is_dir():
        pytest.skip(f"{carried / model} is not there: `make test` fetches it")
    voices = Voices.load(SHEET, tmp_path)

    outcome = install(voices, tmp_path, choose(voices, model, accepted), Errand(stick=carried))

    assert [proof.problem for proof in outcome.proofs] == [""] * len(outcome.choice.languages)
    assert voices.renew()
    assert {line.state for line in voices.listed() if line.model == model} <= {State.HEARD, State.READY}
    voices.close()


def _renewed(sheet: VoicesSheet, source: Path) -> VoicesSheet:
    """The same model with another description beside the same network."""
    (source / "about.json").write_bytes(ABOUT + b"\n")
    plain = sheet.models["plain"]
    files = (plain.files[0], file("about.json", ABOUT + b"\n", source))
    models = {**sheet.models, "plain": plain.model_copy(update={"files": files})}
    return sheet.model_copy(update={"models": models})
