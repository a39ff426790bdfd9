"""The operator brings the first administrator, invites others, and sees who works here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from guide.cli import app
from guide.office import passwords

LAN = ("--email", "lan@example.vn", "--name", "Trần Thị Lan")
PASSWORD = "sáng sớm ra biển\n"


class Operator:
    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings

    def types(self, *words: str, text: str | None = None, **settings: str) -> Result:
        return CliRunner().invoke(app, ["staff", *words], input=text, env=self.settings | settings)


@pytest.fixture
def operator(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    monkeypatch.setattr(passwords.Passwords.__init__, "__defaults__", (1, 8, 1))
    home = tmp_path / "home"
    home.mkdir()
    (home / "guide.sqlite").write_bytes(sqlite_template.read_bytes())
    return Operator({"GUIDE_HOME": str(home), "LC_ALL": "vi_VN.UTF-8", "GUIDE_LOG_LEVEL": "error"})


def test_the_first_administrator_is_added_with_a_password_from_standard_input(operator: Operator) -> None:
    added = operator.types("add", *LAN, text=PASSWORD)

    assert (added.exit_code, added.stdout) == (0, "")
    assert "Trần Thị Lan đã có thể đăng nhập" in added.stderr
    assert operator.types("list").stdout == "lan@example.vn\tTrần Thị Lan\t*:admin\n"


def test_nobody_is_added_twice(operator: Operator) -> None:
    operator.types("add", *LAN, text=PASSWORD)

    again = operator.types("add", *LAN, text=PASSWORD)

    assert again.exit_code == 2
    assert again.stderr == "lan@example.vn đã có tài khoản.\n"


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        (LAN, "ngắn\n", "Mật khẩu cần ít nhất 10 ký tự"),
        (LAN, "", "Mật khẩu cần ít nhất 10 ký tự"),
        (LAN, "lan@example.vn\n", "dễ đoán"),
        (("--email", "lan", "--name", "Lan"), PASSWORD, "Địa chỉ thư này không đúng"),
        (("--email", "lan@example.vn", "--name", " "), PASSWORD, "Xin ghi tên"),
        ((*LAN, "--museum", "khong-co"), PASSWORD, "khong-co"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    operator: Operator, words: tuple[str, ...], text: str, told: str
) -> None:
    refused = operator.types("add", *words, text=text)

    assert refused.exit_code == 2
    assert told in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert operator.types("list").stdout == ""


def test_a_role_that_is_none_is_a_mistake_of_usage(operator: Operator) -> None:
    assert operator.types("invite", *LAN, "--role", "king").exit_code == 2


def test_an_invitation_is_a_link_and_nothing_else_on_standard_output(operator: Operator) -> None:
    words = ("invite", *LAN, "--role", "desk", "--role", "gate")
    told = operator.types(*words, GUIDE_PUBLIC_URL="https://ve.example.vn")

    assert told.exit_code == 0
    assert re.fullmatch(r"https://ve\.example\.vn/office/invitation/[\w-]{40,}\n", told.stdout)
    assert operator.types("list").stdout == "lan@example.vn\tTrần Thị Lan\t*:desk+gate\tinvited\n"


def test_a_forgotten_password_needs_no_role_and_changes_none(operator: Operator) -> None:
    operator.types("add", *LAN, "--role", "gate", text=PASSWORD)

    told = operator.types("invite", "--email", "LAN@example.vn")

    assert "/office/invitation/" in told.stdout
    assert "GUIDE_PUBLIC_URL" in told.stderr
    assert operator.types("list").stdout == "lan@example.vn\tTrần Thị Lan\t*:gate\n"


def test_a_forgotten_password_of_nobody_is_refused(operator: Operator) -> None:
    refused = operator.types("invite", "--email", "khong@example.vn")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Không tìm thấy" in refused.stderr


def test_passwords_are_dear_to_guess_where_it_counts() -> None:
    assert passwords.KIBIBYTES >= 64 * 1024
    assert passwords.ROUNDS >= 3
