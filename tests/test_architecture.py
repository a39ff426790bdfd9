"""The house rules that a machine can keep."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(path for path in (ROOT / "guide").rglob("*.py") if "versions" not in path.parts)
DOORS = {"routes.py", "api.py", "files.py", "door.py", "web.py", "app.py", "kept.py", "serving.py"}
NAMES_THAT_SAY_NOTHING = {"core", "utils", "util", "services", "service", "helpers", "common", "misc", "manager"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_short_and_opens_with_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")

    assert text.count("\n") <= 400
    assert not text.strip() or ast.get_docstring(tree(path)), "a module opens with one sentence"


def test_nine_functions_of_ten_fit_in_fifteen_lines() -> None:
    lengths = [lines_of(function) for path in CODE for function in functions(path)]

    assert sum(length <= 15 for length in lengths) / len(lengths) >= 0.9


def test_the_inside_of_a_room_does_not_know_http() -> None:
    strangers = {
        path.relative_to(ROOT).as_posix()
        for path in CODE
        if path.name not in DOORS and any(name.split(".")[0] in ("fastapi", "starlette") for name in imported(path))
    }

    assert strangers == set()


def test_a_door_does_not_query() -> None:
    for path in CODE:
        if path.name in ("routes.py", "api.py", "files.py"):
            assert not re.search(r"\bselect\(|\.exec\(", path.read_text("utf-8")), path


def test_http_exception_is_not_raised_anywhere() -> None:
    raised = [path for path in CODE if re.search(r"raise HTTPException", path.read_text("utf-8"))]

    assert raised == []


def test_only_a_transaction_commits() -> None:
    committing = {path.name for path in CODE if ".commit()" in path.read_text("utf-8")}

    assert committing == {"database.py"}


def test_importing_the_guide_does_nothing(tmp_path: Path) -> None:
    """No file is made, no thread begun, nothing heavy loaded."""
    modules = [path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in CODE]
    names = [name.removesuffix(".__init__") for name in modules if name != "guide.migrations.env"]
    program = f"""
import importlib, sys, threading
sys.path.insert(0, {str(ROOT)!r})
for name in {names!r}:
    importlib.import_module(name)
heavy = {{"torch", "faiss", "onnxruntime", "sentence_transformers", "faster_whisper", "ctranslate2"}} & set(sys.modules)
assert threading.active_count() == 1, threading.enumerate()
assert not heavy, heavy
"""

    done = subprocess.run([sys.executable, "-B", "-c", program], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_say_something(path: Path) -> None:
    parts = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}

    assert not parts & NAMES_THAT_SAY_NOTHING


def test_no_page_asks_a_third_party() -> None:
    """Nothing that is sent to a browser names another host, but the vocabularies that are names and not addresses."""
    names = ("http://www.w3.org/", "https://schema.org", "http://www.sitemaps.org/")
    sent = [*(ROOT / "guide").rglob("*.html"), *(path for path in (ROOT / "pwa").rglob("*") if path.is_file())]

    for path in sent:
        if path.suffix in (".png", ".ico", ".wasm") or path.name == "package-lock.json":
            continue
        for address in re.findall(r"https?://[^\s\"'<>)]+", path.read_text("utf-8")):
            assert address.startswith(names), f"{path}: {address}"


def test_nothing_in_the_project_names_a_package_registry() -> None:
    registries = re.compile("|".join(("pypi" + r"\.org", "npmjs" + r"\.(?:org|com)", "deb" + r"\.debian\.org")))
    kept = [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and path.suffix in (".py", ".md", ".toml", ".yml", ".txt", "")
    ]
    skipped = {".venv", ".git", "node_modules", "var"}

    assert [
        path
        for path in kept
        if not skipped & set(path.relative_to(ROOT).parts) and registries.search(path.read_text("utf-8", "ignore"))
    ] == []
