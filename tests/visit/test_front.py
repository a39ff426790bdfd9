"""What pages are dressed in: files named by their content, and nothing carried that is not needed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from guide.visit.front import Front

ROOT = Path(__file__).parent.parent.parent
PWA = ROOT / "pwa"


def kept_from_the_start(front: Front, name: str) -> list[str]:
    found = re.search(rf"const {name} = (\[.*\]);", front.worker)
    assert found
    return [url.partition("?")[0].removeprefix("/assets/") for url in json.loads(found[1])]


def test_a_module_is_named_by_what_it_imports_too(tmp_path: Path) -> None:
    """So that no page runs half of one version and half of another."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "one.js").write_text('import { two } from "./lib/two.js";\n')
    (tmp_path / "lib" / "two.js").write_text('import { three } from "../three.js";\nexport const two = three;\n')
    (tmp_path / "three.js").write_text("export const three = 3;\n")
    before = Front(tmp_path)
    (tmp_path / "three.js").write_text("export const three = 4;\n")
    after = Front(tmp_path)

    assert before.asset("one.js") != after.asset("one.js")
    assert f'"./lib/two.js?v={after.assets["lib/two.js"].hash}"' in after.assets["one.js"].body.decode()
    assert f'"../three.js?v={after.assets["three.js"].hash}"' in after.assets["lib/two.js"].body.decode()


def test_every_module_of_the_gate_imports_what_is_there() -> None:
    front = Front(PWA)

    for name, asset in front.assets.items():
        if name.startswith(("lib/gate/", "elements/guide-gate")):
            for _, other in re.findall(r'(import|from) "(\.[^"]+)";', asset.body.decode()):
                assert "?v=" in other, f"{name} imports {other}"


def test_a_visitor_does_not_carry_the_tools_of_a_gate() -> None:
    front = Front(PWA)

    visitors, gate = kept_from_the_start(front, "SHELL"), kept_from_the_start(front, "GATE_TOOLS")

    assert not [name for name in visitors if "gate" in name or name.startswith("bundles/")]
    assert {"elements/guide-gate.js", "lib/gate/judging.js", "styles/gate.css"} <= set(gate)


def test_every_phone_carries_only_what_a_stop_works_with() -> None:
    """Other tools come when they are used, or with a museum that is taken along."""
    front = Front(PWA)
    visitors = [name for name in kept_from_the_start(front, "SHELL") if name != "/offline"]

    assert not [name for name in visitors if name.startswith(("lib/", "bundles/"))]
    assert sum(len(front.assets[name].packed or front.assets[name].body) for name in visitors) < 30_000


def test_a_tool_is_named_with_everything_that_it_imports() -> None:
    found = Front(PWA).with_imports(["elements/guide-take.js"])

    assert found[-1] == "elements/guide-take.js"
    assert {"lib/pack/taking.js", "lib/pack/fetching.js", "lib/pack/listing.js", "lib/pack/keeping.js"} <= set(found)
    assert found.index("lib/pack/listing.js") < found.index("lib/pack/fetching.js")


def test_what_bundles_are_made_from_is_not_served() -> None:
    assert not [name for name in Front(PWA).assets if name.startswith(("bundling/", "package", "node_modules"))]


@pytest.fixture
def unbundled(tmp_path: Path) -> Path:
    """The project where nothing was bundled, on a machine without npm and without a network."""
    shutil.copytree(PWA, tmp_path / "pwa", ignore=shutil.ignore_patterns("bundles"))
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "rm", "mkdir", "cp"):
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    python = tmp_path / "bin" / "python3"
    python.write_text("#!/bin/sh\necho 'no network' >&2\nexit 1\n")
    python.chmod(0o755)
    return tmp_path


def test_bundling_that_fails_is_said_and_stops_nothing(unbundled: Path) -> None:
    done = subprocess.run(
        ["sh", ".ci/bundles"],
        cwd=unbundled,
        env={"PATH": str(unbundled / "bin"), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0
    assert "could not be bundled" in done.stderr
    assert not (unbundled / "pwa" / "bundles").exists()


def test_without_bundles_pages_say_so_by_an_empty_address(unbundled: Path) -> None:
    front = Front(unbundled / "pwa")

    assert front.bundled("scanner.js") == ""
    assert not [name for name in kept_from_the_start(front, "GATE_TOOLS") if name.startswith("bundles/")]
