"""The command line as an operator meets it: results on standard output, refusals in one sentence, exit code 2."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from guide.cli import app
from tests.flows.conftest import write_museum

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent


class Operator:
    """Somebody at a terminal, with a home of their own and a museum in a folder."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home = home
        self.folder = folder
        self.settings = {"GUIDE_HOME": str(home), "LC_ALL": "vi_VN.UTF-8", "GUIDE_LOG_LEVEL": "error"}

    def types(self, *words: str | Path, text: str | None = None, **settings: str) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], input=text, env={**self.settings, **settings})


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path / "home", write_museum(tmp_path / "dao-xa"))


def test_check_says_what_was_checked(operator: Operator) -> None:
    told = operator.types("check", operator.folder)

    assert (told.exit_code, told.stdout) == (0, "dao-xa: 3 điểm, không có lỗi\n")


def test_check_names_file_line_and_cure_in_the_terminals_language(operator: Operator) -> None:
    (operator.folder / "stops/cong-da/stop.yaml").write_text("number: 101\nimagse: []\n", "utf-8")

    vietnamese = operator.types("check", operator.folder)
    english = operator.types("check", operator.folder, LC_ALL="C")

    assert (vietnamese.exit_code, vietnamese.stdout) == (2, "")
    assert "stops/cong-da/stop.yaml:2: không có khóa “imagse”; có phải là “images”?" in vietnamese.stderr
    assert "is “images” meant?" in english.stderr


def test_publish_says_what_changed_and_a_second_time_that_nothing_did(operator: Operator) -> None:
    first = operator.types("publish", operator.folder, "--no-audio")
    second = operator.types("publish", operator.folder, "--no-audio")

    assert "thêm 3: cong-da, gieng-co, nha-bep" in first.stdout
    assert "không có gì mới" in second.stdout


def test_publish_makes_the_recordings_first(operator: Operator) -> None:
    told = operator.types("publish", operator.folder)

    assert told.exit_code == 0
    assert "5/5" in told.stderr, "three stops in Vietnamese and two in English"
    assert len(list((operator.home / "media").glob("*.mp3"))) == 5


def test_a_mistake_leaves_the_running_edition_untouched(operator: Operator) -> None:
    operator.types("publish", operator.folder, "--no-audio")
    (operator.folder / "museum.yaml").write_text("name: {vi: x}\nlanguages: [vi\n", "utf-8")

    refused = operator.types("publish", operator.folder, "--no-audio")
    exported = operator.types("export", "dao-xa", operator.home / "out")

    assert refused.exit_code == 2
    assert exported.exit_code == 0
    assert "Nhà tù Đảo Xa" in (operator.home / "out/museum.yaml").read_text("utf-8")


def test_export_does_not_write_into_a_folder_that_is_in_use(operator: Operator) -> None:
    operator.types("publish", operator.folder, "--no-audio")

    told = operator.types("export", "dao-xa", operator.folder)

    assert told.exit_code == 2
    assert "còn trống" in told.stderr


def test_an_unknown_museum_is_said(operator: Operator) -> None:
    told = operator.types("export", "khong-co", operator.home / "out")

    assert told.exit_code == 2
    assert "khong-co" in told.stderr


def test_read_takes_one_line_and_gives_one_line(operator: Operator) -> None:
    told = operator.types("read", "--language", "vi", text="Thế kỷ XVI\n\nGiá vé 50.000đ\n")

    assert told.stdout.split("\n") == ["Thế kỷ mười sáu", "", "Giá vé năm mươi nghìn đồng", ""]


def test_speak_writes_one_recording(operator: Operator) -> None:
    told = operator.types("speak", "--language", "en", "--out", operator.home / "x.mp3", "Welcome to the museum.")

    assert told.exit_code == 0
    assert (operator.home / "x.mp3").stat().st_size > 5_000


def test_speak_refuses_a_language_that_no_voice_speaks_honestly(operator: Operator) -> None:
    told = operator.types("speak", "--language", "rad", "--out", operator.home / "x.mp3", "Anei jing.")

    assert told.exit_code == 2
    assert not (operator.home / "x.mp3").exists()


class TestLabels:
    def printed(self, operator: Operator, *words: str, **settings: str) -> Result:
        operator.types("publish", operator.folder, "--no-audio")
        return operator.types("labels", "dao-xa", operator.home / "labels.pdf", *words, **settings)

    def test_labels_refuse_without_an_address(self, operator: Operator) -> None:
        told = self.printed(operator, "--anyway")

        assert told.exit_code == 2
        assert "GUIDE_PUBLIC_URL" in told.stderr

    def test_labels_refuse_codes_that_stand_only_here(self, operator: Operator) -> None:
        told = self.printed(operator, GUIDE_PUBLIC_URL="https://sen.vn")

        assert told.exit_code == 2
        assert "guide export" in told.stderr

    def test_what_export_wrote_can_be_printed(self, operator: Operator) -> None:
        operator.types("publish", operator.folder, "--no-audio")
        operator.types("export", "dao-xa", operator.home / "out")
        operator.types("publish", operator.home / "out", "--museum", "dao-xa", "--no-audio")

        told = operator.types("labels", "dao-xa", operator.home / "labels.pdf", "--url", "https://sen.vn")

        assert told.exit_code == 0
        words = "".join(page.extract_text() for page in PdfReader(operator.home / "labels.pdf").pages)
        assert "Cổng đá" in words
        assert re.search(r"https://sen\.vn/q/[2-9A-HJKMNP-TV-Z]{7}", words.replace("\n", ""))


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        (["export", "dao-xa", "/etc/hostname"], {}),
        (["speak", "--out", "/nowhere/a.mp3", "Xin chào"], {}),
        (["labels", "dao-xa", "/nowhere/l.pdf", "--anyway", "--url", "https://sen.vn"], {}),
        (["labels", "dao-xa", "l.pdf", "--anyway", "--url", "nonsense"], {}),
        (["labels", "dao-xa", "l.pdf", "--anyway", "--url", "https://sen.vn", "--language", "xx"], {}),
        (["numbers", "dao-xa", "--days", "99999999"], {}),
        (["serve", "--port", "99999"], {}),
        (["serve", "--certificate", "/nowhere"], {}),
        (["serve"], {"GUIDE_CONTENT": "/nowhere"}),
        (["export", "dao-xa", "out"], {"GUIDE_LOG_LEVEL": "loud"}),
        (["export", "dao-xa", "out"], {"GUIDE_PUBLIC_URL": "nonsense"}),
        (["export", "dao-xa", "out"], {"GUIDE_DATABASE_URL": "nonsense"}),
        (["export", "dao-xa", "out"], {"GUIDE_HOME": "/proc/nowhere"}),
    ],
)
def test_a_slip_of_the_operator_is_one_sentence_and_exit_code_2(
    operator: Operator, words: list[str], settings: dict[str, str]
) -> None:
    operator.types("publish", operator.folder, "--no-audio")

    told = operator.types(*words, **settings)

    assert told.exit_code == 2, told.exception
    assert told.stderr.strip()
    assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_serve_publishes_what_is_there_and_speaks(operator: Operator) -> None:
    """From an empty home to a stop that is heard, as `make run` does it; and a label's code leads there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    settings = {**os.environ, **operator.settings, "GUIDE_CONTENT": str(operator.folder)}
    command = [sys.executable, "-m", "guide", "serve", "--host", "127.0.0.1", "--port", port]
    process = subprocess.Popen(command, env=settings, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        page = fetched(f"http://127.0.0.1:{port}/dao-xa/101").decode()
        sound = re.search(r'<audio[^>]+src="([^"]+)"', page)
        assert sound
        heard = fetched(f"http://127.0.0.1:{port}{sound[1].replace('&amp;', '&')}")
    finally:
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=90)[1]

    assert "Cổng đá được dựng năm 1862." in page
    assert len(heard) > 10_000
    assert f"http://127.0.0.1:{port}" in told
    assert "█" in told, "a code to scan"
    assert process.returncode in (0, -signal.SIGTERM)


def fetched(url: str) -> bytes:
    """The answer, as soon as somebody answers there."""
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(Request(url, headers={"accept": "text/html", "accept-language": "vi"}), timeout=90) as answer:
                return bytes(answer.read())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
