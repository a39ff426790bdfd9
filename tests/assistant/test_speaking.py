"""A spoken question: heard on this machine, one at a time, in languages that it hears well, and kept nowhere."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from guide.app import create_app, furnish, write_logs
from guide.assistant.speaking.listener import (
    MOST_WAITING,
    LanguageNotHeard,
    Listener,
    NobodyListens,
    OthersAreSpeaking,
    languages,
)
from guide.assistant.speaking.recording import (
    LONGEST_SECONDS,
    MOST_BYTES,
    SpokenSilent,
    SpokenTooLarge,
    SpokenTooLong,
    SpokenUnreadable,
    decoded,
)
from guide.clock import Clock
from guide.errors import GuideError
from guide.narration.ear_model import FOLDER
from guide.narration.encoding import resampled
from guide.narration.mastering import RATE as VOICE_RATE
from guide.publishing.publish import Press
from guide.settings import Settings
from guide.shelf import Shelf
from tests.assistant.spoken import QUESTION, RATE, Parrot, mp4, voice, wav, webm
from tests.flows.conftest import MUSEUM, TUESDAY_MORNING, write_museum
from tests.narration.persons import EXTRAS, a_person, an_ear

DOOR = "/api/v1/museums/dao-xa/spoken-questions"


@pytest.fixture
def turn(tmp_path: Path) -> Path:
    file = tmp_path / "turn"
    file.touch()
    return file


@pytest.mark.parametrize("packed", [wav, webm, mp4])
def test_what_browsers_record_is_understood(turn: Path, packed: object) -> None:
    assert callable(packed)
    parrot = Parrot()

    told = Listener(parrot, turn).understand(packed(voice(2)), "en")

    assert (told.heard, told.language) == (QUESTION, "en")
    assert told.seconds == pytest.approx(2, abs=0.2)
    assert parrot.heard == [(2, "en")]


UNUSABLE: list[tuple[str, bytes, type[GuideError]]] = [
    ("nothing", b"", SpokenUnreadable),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(500), SpokenUnreadable),
    ("a broken film", b"\x1a\x45\xdf\xa3" + bytes(2000), SpokenUnreadable),
    ("a playlist that names a file", b"#EXTM3U\n/etc/passwd\n", SpokenUnreadable),
    ("too long", wav(voice(LONGEST_SECONDS + 2, rate=8_000), 8_000), SpokenTooLong),
    ("hours in few bytes", webm(voice(240, level=0.0)), SpokenTooLong),
    ("ten samples a second, which would unpack to gigabytes", wav(voice(2), 10), SpokenUnreadable),
    ("silence", wav(voice(2, level=0.0)), SpokenSilent),
    ("a hiss", wav(np.random.default_rng(1).integers(-60, 60, 2 * RATE).astype(np.int16)), SpokenSilent),
    ("a click", wav(voice(0.05)), SpokenSilent),
    ("too large", b"RIFF" + bytes(MOST_BYTES), SpokenTooLarge),
]


@pytest.mark.parametrize(("body", "refusal"), [case[1:] for case in UNUSABLE], ids=[case[0] for case in UNUSABLE])
def test_what_is_no_question_is_refused(turn: Path, body: bytes, refusal: type[GuideError]) -> None:
    parrot = Parrot()

    with pytest.raises(refusal):
        Listener(parrot, turn).understand(body, "en")

    assert parrot.heard == []


def test_twenty_seconds_are_heard_and_cut_nowhere() -> None:
    assert len(decoded(wav(voice(LONGEST_SECONDS)))) == LONGEST_SECONDS * RATE


def test_an_ear_that_makes_nothing_of_it_says_so(turn: Path) -> None:
    with pytest.raises(SpokenSilent):
        Listener(Parrot(says=" … "), turn).understand(wav(voice(1)), "en")


def test_only_languages_that_it_hears_well_are_offered(turn: Path, tmp_path: Path) -> None:
    listener, deaf = Listener(Parrot(), turn), Listener.open(tmp_path)

    assert [listener.hears(tag) for tag in ("en", "en-GB", "vi", "rad")] == ["well", "well", "poorly", ""]
    assert deaf.hears("en") == ""
    with pytest.raises(LanguageNotHeard):
        listener.understand(wav(voice(1)), "vi")
    with pytest.raises(NobodyListens):
        deaf.understand(wav(voice(1)), "en")


def test_what_is_offered_was_tried_and_came_through() -> None:
    for tag, tried in languages().items():
        assert tried.offered == (tried.understood >= 0.8), tag


def test_two_processes_listen_to_one_question_at_a_time(turn: Path) -> None:
    parrot = Parrot(seconds=0.05)
    both = [Listener(parrot, turn), Listener(parrot, turn)]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: both[number % 2].understand(wav(voice(0.5)), "en"), range(6)))

    assert (len(parrot.heard), parrot.most_at_once) == (6, 1)


def test_whoever_would_wait_too_long_is_told_so(turn: Path) -> None:
    parrot = Parrot(seconds=0.4)
    listener, hasty = Listener(parrot, turn), Listener(parrot, turn, patience=0.05)
    speaking = threading.Thread(target=lambda: listener.understand(wav(voice(0.5)), "en"))
    speaking.start()
    while not parrot.most_at_once:
        pass

    with pytest.raises(OthersAreSpeaking):
        hasty.understand(wav(voice(0.5)), "en")

    speaking.join()


def test_the_line_is_short(turn: Path) -> None:
    parrot = Parrot(seconds=0.1)
    listener = Listener(parrot, turn)

    def ask(_: int) -> str:
        try:
            return listener.understand(wav(voice(0.5)), "en").heard
        except OthersAreSpeaking:
            return ""

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))

    assert answers.count(QUESTION) == MOST_WAITING


def test_an_ear_that_slept_gets_ready_while_somebody_speaks(turn: Path) -> None:
    parrot = Parrot()
    listener = Listener(parrot, turn)

    for _ in range(3):
        listener.wake()
    for thread in threading.enumerate():
        if thread.name == "ear wakes":
            thread.join()
    listener.understand(wav(voice(1)), "en")

    assert [seconds for seconds, _ in parrot.heard] == [0, 1]


SECRET = "is the xylophone of Zanzibar insured"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[tuple[TestClient, Path]]:
    folder = tmp_path_factory.mktemp("speaking")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'guide.sqlite')}"
    heard = Listener(Parrot(says=SECRET), folder / "guide.sqlite")
    settings = Settings(home=folder / "home", database_url=url, log_level="debug")
    shelf = Shelf({Clock: Clock(TUESDAY_MORNING), Listener: heard}).over(furnish(settings))
    shelf[Press].publish(write_museum(folder / "dao-xa", MUSEUM), "dao-xa", TUESDAY_MORNING, lambda _: None)
    with TestClient(create_app(shelf), headers={"accept-language": "en"}) as browser:
        yield browser, folder


def test_the_door_answers_with_what_was_understood(house: tuple[TestClient, Path]) -> None:
    browser, _ = house

    answer = browser.post(f"{DOOR}?lang=en", content=webm(voice(2)), headers={"content-type": "audio/webm"})

    assert answer.status_code == 200
    assert answer.json() == {"heard": SECRET, "language": "en", "seconds": pytest.approx(2, abs=0.2)}


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """All that the house writes, however little matters."""
    write_logs("debug")
    yield capsys
    write_logs("error")


def test_nothing_that_was_said_is_written_down(
    house: tuple[TestClient, Path], logged: pytest.CaptureFixture[str]
) -> None:
    browser, folder = house
    sound = wav(voice(1, level=0.31))
    before = {path for path in folder.rglob("*") if path.is_file()}

    assert browser.post(f"{DOOR}?lang=en", content=sound).status_code == 200

    after = {path for path in folder.rglob("*") if path.is_file()}
    assert after == before
    assert not [path for path in after if b"xylophone" in path.read_bytes() or sound[2000:2200] in path.read_bytes()]
    written = "".join(logged.readouterr())
    assert "spoken-questions" in written
    assert "xylophone" not in written


REFUSED = [
    ("vi", wav(voice(1)), 422, "LanguageNotHeard", "gõ câu hỏi"),
    ("rad", wav(voice(1)), 422, "LanguageNotHeard", ""),
    ("en", b"no sound", 422, "SpokenUnreadable", "recording"),
    ("en", wav(voice(30, rate=8_000), 8_000), 422, "SpokenTooLong", "20 seconds"),
    ("en", bytes(MOST_BYTES + 1), 413, "TooLarge", ""),
]


@pytest.mark.parametrize(("language", "body", "status", "error", "said"), REFUSED, ids=[case[3] for case in REFUSED])
def test_refusals_are_said_in_the_readers_language(
    house: tuple[TestClient, Path], language: str, body: bytes, status: int, error: str, said: str
) -> None:
    answer = house[0].post(f"{DOOR}?lang={language}", content=body)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert said in answer.json()["message"]


@pytest.mark.parametrize(("language", "hears"), [("en", "well"), ("vi", "poorly"), ("rad", "")])
def test_programs_learn_it_too(house: tuple[TestClient, Path], language: str, hears: str) -> None:
    assert house[0].get(f"{DOOR}?lang={language}").json() == {"hears": hears}


def test_a_larger_body_is_taken_at_this_door_alone(house: tuple[TestClient, Path]) -> None:
    browser, large = house[0], bytes(200_000)

    assert browser.post(f"{DOOR}?lang=en", content=large).json()["error"] == "SpokenUnreadable"
    assert browser.post("/api/v1/museums/dao-xa/questions", content=large).json()["error"] == "TooLarge"


def test_the_page_tells_whether_it_can_be_spoken_to(house: tuple[TestClient, Path]) -> None:
    pages = {tag: house[0].get(f"/dao-xa/ask?lang={tag}", headers={"accept": "text/html"}).text for tag in ("vi", "en")}

    assert 'ear="well"' in pages["en"]
    assert 'ear="poorly"' in pages["vi"]


def test_one_who_speaks_without_end_is_asked_to_wait(house: tuple[TestClient, Path]) -> None:
    answers = [house[0].post(f"{DOOR}?lang=en", content=b"x") for _ in range(12)]

    assert [answer.status_code for answer in answers][-1] == 429
    assert answers[-1].json()["error"] == "TooManyQuestions"


@pytest.mark.slow
def test_the_ear_of_the_house_hears_a_visitor(tmp_path: Path) -> None:
    with an_ear(), a_person() as person:
        home = tmp_path / "home"
        (home / FOLDER).parent.mkdir(parents=True)
        (home / FOLDER).symlink_to(EXTRAS / FOLDER)
        listener = Listener.open(home)
        asked = resampled(person(QUESTION), VOICE_RATE, RATE)

        told = listener.understand(webm(asked), "en")
        listener.close()

    assert told.heard.lower().strip(" ?.") == QUESTION.lower().strip(" ?.")
    assert [path for path in home.rglob("*") if path.is_file() and FOLDER not in str(path)] == []
