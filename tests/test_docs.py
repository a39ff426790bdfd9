"""What an operator or a translator needs to know is written down, and stays true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from guide.cli import app
from guide.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_each_setting_is_in_the_readme(name: str) -> None:
    assert f"`GUIDE_{name.upper()}`" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_readme_and_has_help(command: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from guide.cli import app; app()", command, "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )

    assert f"guide {command}" in README
    assert told.returncode == 0
    assert "Usage" in told.stdout


def test_each_room_is_on_the_floor_plan() -> None:
    rooms = [path.parent.name for path in (ROOT / "guide").glob("*/__init__.py") if path.parent.name != "migrations"]

    for room in rooms:
        assert re.search(rf"`(?:guide/)?{room}/`", README), room


def test_each_picture_in_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)|src=\"([^\"]+)\"", README)

    assert len(pictures) >= 5
    for pair in pictures:
        assert (ROOT / (pair[0] or pair[1])).is_file(), pair


def test_compose_names_only_settings_that_exist() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    known = {f"GUIDE_{name.upper()}" for name in Settings.model_fields}

    for service in compose["services"].values():
        assert set(service.get("environment", {})) <= known


def test_compose_has_the_shape_of_a_compose_file() -> None:
    """The keys of the compose specification that we use; a misspelt key would be ignored in silence."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    known = {
        "build",
        "image",
        "ports",
        "volumes",
        "environment",
        "restart",
        "stop_grace_period",
        "depends_on",
        "profiles",
        "command",
        "healthcheck",
        "deploy",
    }

    assert set(compose) <= {"services", "volumes", "networks"}
    for service in compose["services"].values():
        assert set(service) <= known
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in compose["volumes"] or (ROOT / source).exists()


def test_what_the_dockerfile_copies_is_there() -> None:
    for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY"):
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


def test_the_dockerfile_sets_only_settings_that_exist() -> None:
    named = set(re.findall(r"GUIDE_[A-Z_]+", (ROOT / "Dockerfile").read_text("utf-8")))

    assert named <= {f"GUIDE_{name.upper()}" for name in Settings.model_fields}


def test_ci_calls_what_people_call() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_what_enforces_a_decision_is_there() -> None:
    decisions = (ROOT / "guide" / "DECISIONS.md").read_text("utf-8")
    named = re.findall(r"`((?:tests|bench|guide)/[\w/.]+)`", decisions)

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
