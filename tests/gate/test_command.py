"""`guide gate`: a device is let in, and the key that signs tickets is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from guide.cli import app, gate
from guide.office.tables import AuditLine
from guide.shelf import Shelf
from guide.tickets.signing.keys import public_keys
from tests.gate.conftest import Door

pytestmark = pytest.mark.slow

DONE = CliRunner()


@pytest.fixture(autouse=True)
def at_home(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def house() -> Iterator[Shelf]:
        yield door.app.state.shelf

    monkeypatch.setattr(gate, "house", house)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.setenv("GUIDE_PUBLIC_URL", "https://baotang.example.vn/")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)


def test_a_phone_is_paired_by_what_the_command_prints(door: Door) -> None:
    made = DONE.invoke(app, ["gate", "pair", "--museum", "lang-gom", "--gate", "Cổng Nam", "--name", "Máy của Lan"])

    link, word = made.stdout.splitlines()
    assert made.exit_code == 0, made.output
    assert link.startswith("https://baotang.example.vn/gate#pair=")
    assert link.endswith(f"#pair={word}")
    assert "█" in made.stderr
    paired = door.browser.post("/api/v1/gate/devices", json={"pairing": word})
    assert (paired.status_code, paired.json()["gate"]) == (201, "Cổng Nam")


def test_an_address_that_is_a_guess_is_called_one(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    known = DONE.invoke(app, ["gate", "pair", "--museum", "lang-gom"])
    monkeypatch.delenv("GUIDE_PUBLIC_URL")

    guessed = DONE.invoke(app, ["gate", "pair", "--museum", "lang-gom"])

    assert "phỏng đoán" not in known.stderr
    assert "phỏng đoán" in guessed.stderr


def test_a_museum_that_is_not_here_has_no_gate(door: Door) -> None:
    refused = DONE.invoke(app, ["gate", "pair", "--museum", "nowhere"])

    assert refused.exit_code == 2
    assert refused.stdout == ""


def test_keys_follow_each_other_and_are_withdrawn(door: Door) -> None:
    made = [DONE.invoke(app, ["gate", "new-key", "--museum", "lang-gom"]).stdout.strip() for _ in range(2)]
    withdrawn = DONE.invoke(app, ["gate", "withdraw-key", "--museum", "lang-gom", "--number", "2"])
    unknown = DONE.invoke(app, ["gate", "withdraw-key", "--museum", "lang-gom", "--number", "9"])

    assert made == ["1", "2"]
    assert "khóa số 1" in withdrawn.stderr
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    with door.gate.database.reading() as session:
        assert [key.withdrawn for key in public_keys(session, "lang-gom")] == [False, True]
        assert {"key.made", "key.withdrawn"} <= set(session.exec(select(AuditLine.did)).all())
