"""`guide tickets pay`: the operator plays the bank, by the way that every notice comes by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from guide.cli import app, tickets
from guide.cli.operator import house
from guide.shelf import Shelf
from guide.tickets.tables import Notice, OrderStatus
from tests.tickets.paying.conftest import Till
from tests.tickets.paying.world import every, issued, sold, status_of

DONE = CliRunner()


@pytest.fixture(autouse=True)
def at_home(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def house(log_level: str) -> Iterator[Shelf]:
        assert log_level == "warning", "what became of it is said once"
        yield till.app.state.shelf

    monkeypatch.setattr(tickets, "house", house)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)


def test_an_order_is_paid_by_command(till: Till) -> None:
    order = sold(till.books, pay="simulator")

    done = DONE.invoke(app, ["tickets", "pay", order.code.lower()])

    assert (done.exit_code, done.stdout) == (0, f"Đơn {order.code}: đã nhận 100.000 đồng, vé đã phát hành.\n")
    assert issued(till.books, order) == 2


def test_a_wrong_amount_waits_for_somebody_to_look(till: Till) -> None:
    order = sold(till.books)

    done = DONE.invoke(app, ["tickets", "pay", order.code, "--dong", "1"])

    assert "không khớp với đơn" in done.stdout
    assert [notice.why for notice in every(till.books, Notice)] == ["wrong-amount"]


def test_late_money_comes_after_the_hold_was_over(till: Till) -> None:
    order = sold(till.books)

    DONE.invoke(app, ["tickets", "pay", order.code, "--late"])

    assert every(till.books, Notice)[0].heard_at > order.expires_at
    assert status_of(till.books, order) == OrderStatus.PAID


def test_a_second_payment_is_owed_back(till: Till) -> None:
    order = sold(till.books)
    DONE.invoke(app, ["tickets", "pay", order.code])

    done = DONE.invoke(app, ["tickets", "pay", order.code])

    assert "được trả trước đó" in done.stdout
    assert "khoản 100.000 đồng thứ hai này nằm trong danh sách trả lại" in done.stdout


def test_a_command_can_be_quieter_than_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    levels: list[str] = []
    monkeypatch.setattr("guide.app.furnish", lambda settings: levels.append(settings.log_level))
    monkeypatch.setattr("guide.app.close", lambda shelf: None)

    with house("warning"), house():
        pass

    assert levels == ["warning", "info"]


@pytest.mark.parametrize(
    ("arguments", "problem"), [(["K7M2QXR349"], "Không có đơn nào"), (["K7M2QXR349", "--dong", "0"], ""), ([], "")]
)
def test_what_cannot_be_paid_is_said_with_exit_code_two(arguments: list[str], problem: str) -> None:
    done = DONE.invoke(app, ["tickets", "pay", *arguments])

    assert done.exit_code == 2
    assert problem in done.stderr
