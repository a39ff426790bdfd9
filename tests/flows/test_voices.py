"""Voices as an operator meets them: listed with their licences, one installed from a folder, none changed in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from guide.cli import app

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def types(home: Path, *words: str | Path) -> Result:
    settings = {"GUIDE_HOME": str(home), "LC_ALL": "vi_VN.UTF-8", "GUIDE_LOG_LEVEL": "error"}
    return CliRunner().invoke(app, ["voices", *(str(word) for word in words)], env=settings)


def test_voices_are_listed_with_licence_terms_and_size_on_standard_output(home: Path) -> None:
    told = types(home, "list", "vi")

    assert told.exit_code == 0
    for word in ("supertonic-3 · F1", "OpenRAIL-M", "tự do, có quy tắc dùng", "399 MB", "đang nghe"):
        assert word in told.stdout
    assert not home.exists()


def test_a_licence_for_research_only_is_said_and_must_be_accepted(home: Path) -> None:
    told = types(home, "install", "en_US-joe-medium")

    assert (told.exit_code, told.stdout) == (2, "")
    assert "chỉ cho dùng vào việc nghiên cứu" in told.stderr
    assert "hãy thêm --research" in told.stderr
    assert not home.exists()


def test_without_the_files_nothing_changes_and_it_says_what_else_there_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()

    told = types(home, "install", "vi", "--from", tmp_path / "stick", "--no-render")

    assert (told.exit_code, told.stdout) == (2, "")
    assert "Cũng cài được: vi_VN-vais1000-medium · 64 MB" in told.stderr
    assert "thiếu duration_predictor" in told.stderr
    assert "Chưa có gì thay đổi" in told.stderr
    assert "mạng" not in told.stderr
    assert [path.name for path in home.rglob("*") if path.is_file()] == [".lock"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("install", "th"), "Chưa có giọng nào đọc tiếng “th”"),
        (("install", "none"), "Không có ngôn ngữ hay giọng nào tên “none”"),
        (("install", "vi_VN-vais1000"), "Không có ngôn ngữ hay giọng nào tên “vi_VN-vais1000”"),
        (("install", "EN_us-joe-medium"), "hãy thêm --research"),
        (("remove", "none"), "Chưa cài giọng nào tên “none”"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(home: Path, words: tuple[str, ...], said: str) -> None:
    told = types(home, *words)

    assert told.exit_code == 2
    assert said in told.stderr


def test_where_the_best_voice_is_there_already_it_says_so(home: Path) -> None:
    told = types(home, "install", "en")

    assert told.exit_code == 0
    assert "hibari · heart" in told.stdout


@pytest.mark.slow
def test_a_voice_that_is_named_speaks_or_is_said_not_to_be_here(home: Path, tmp_path: Path) -> None:
    settings = {"GUIDE_HOME": str(home), "LC_ALL": "vi_VN.UTF-8", "GUIDE_LOG_LEVEL": "error"}
    asked = ["speak", "--out", str(tmp_path / "a.mp3"), "Xin chào.", "--voice"]

    absent = CliRunner().invoke(app, [*asked, "supertonic-3"], env=settings)
    assert (absent.exit_code, (tmp_path / "a.mp3").exists()) == (2, False)
    assert "Giọng đang có: espeak-ng" in absent.stderr

    assert CliRunner().invoke(app, [*asked, "espeak-ng"], env=settings).exit_code == 0
    assert (tmp_path / "a.mp3").stat().st_size > 1_000


@pytest.mark.slow
def test_every_voice_that_is_there_is_heard_and_a_spoilt_one_is_found_out(home: Path) -> None:
    well = types(home, "check")
    (home / "voices" / "en_US-joe-medium").mkdir(parents=True)
    spoilt = types(home, "check")

    assert (well.exit_code, spoilt.exit_code) == (0, 2)
    assert "vi · espeak-ng · vi: đọc được" in well.stdout
    assert "KHÔNG rõ đây là giọng nào" in spoilt.stdout
