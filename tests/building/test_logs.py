"""What is logged is a line of JSON, wherever standard error leads by then."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from guide.app import write_logs


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_a_line_goes_to_the_standard_error_of_its_moment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as passing, StringIO() as closed:
        passing.setattr(sys, "stderr", closed)
        write_logs("info")

    structlog.get_logger("gate").warning("mất điện", museum="con-dao")

    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["museum"], line["level"]) == ("mất điện", "con-dao", "warning")


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    write_logs("error")

    structlog.get_logger("gate").warning("mất điện")

    assert capsys.readouterr().err == ""
