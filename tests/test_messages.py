"""Every word of the product's own is there in each language, with the same places to fill in."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path
from string import Formatter

import pytest
import yaml

from guide.language import _flat, shipped_messages
from guide.publishing import yaml_file
from guide.publishing.files import SOUND_MISTAKES

ROOT = Path(__file__).parent.parent
CODE = sorted((ROOT / "guide").rglob("*.py"))
MESSAGES = shipped_messages()
EN, VI = MESSAGES.words["en"], MESSAGES.words["vi"]


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


NODES = [node for path in CODE for node in ast.walk(ast.parse(path.read_text("utf-8")))]
CALLS: dict[str, list[ast.Call]] = {}
for _node in NODES:
    if isinstance(_node, ast.Call):
        CALLS.setdefault(called(_node), []).append(_node)


def words_in(node: ast.expr) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def kinds_of_mistakes() -> set[str]:
    """The second thing said to `Mistake` and `mistake`, the third to `mistake_in`, and why pictures are refused."""
    named = [(call, 1) for name in ("Mistake", "mistake") for call in CALLS[name]]
    named += [(call, 2) for call in CALLS["mistake_in"]]
    named += [(call, 0) for name in ("Flaw", "mistaken") for call in CALLS[name]]
    kinds = {kind for call, place in named if len(call.args) > place for kind in words_in(call.args[place])}
    refused = [path for path in CODE if path.name in ("pictures.py", "drawings.py")]
    kinds |= {kind for path in refused for kind in re.findall(r'"(picture-\w+)"', path.read_text("utf-8"))}
    kinds |= set(SOUND_MISTAKES.values())
    return kinds | set(yaml_file._KINDS.values()) | {"bad-value", "unknown-key-near", "alias"}


def refusals() -> dict[str, set[str]]:
    """The expected refusals that are raised somewhere, and the facts that each time stand with them."""
    classes = {node.name: node for node in NODES if isinstance(node, ast.ClassDef)}
    raised = {name: node for name, node in classes.items() if name in CALLS and is_refusal(name, classes)}
    return {name: facts(node) for name, node in raised.items()}


def is_refusal(name: str, classes: dict[str, ast.ClassDef]) -> bool:
    bases = [getattr(base, "id", "") for base in classes[name].bases] if name in classes else []
    return name == "GuideError" or any(is_refusal(base, classes) for base in bases)


def facts(refusal: ast.ClassDef) -> set[str]:
    """Given by the class itself, or else wherever it is raised."""
    inside = [node for node in ast.walk(refusal) if isinstance(node, ast.Call) and called(node) == "__init__"]
    given = [{word.arg for word in call.keywords if word.arg} for call in inside or CALLS.get(refusal.name, [])]
    return set.intersection(*given) if given else set()


@pytest.mark.parametrize("language", MESSAGES.languages)
def test_no_language_lacks_a_word(language: str) -> None:
    assert set(MESSAGES.words[language]) == set(EN)


@pytest.mark.parametrize("language", MESSAGES.languages)
def test_no_word_is_said_in_two_files(language: str) -> None:
    files = (ROOT / "guide" / "messages" / language).glob("*.yaml")
    keys = [key for file in files for key, _ in _flat(yaml.safe_load(file.read_text("utf-8")))]

    assert [key for key in keys if keys.count(key) > 1] == []


@pytest.mark.parametrize("key", sorted(EN))
def test_a_sentence_has_the_same_places_to_fill_in_everywhere(key: str) -> None:
    assert blanks(VI[key]) == blanks(EN[key])
    assert VI[key].strip()
    assert EN[key].strip()


def test_every_kind_of_mistake_has_its_sentence_and_every_sentence_its_mistake() -> None:
    written = {key.removeprefix("mistakes.") for key in EN if key.startswith("mistakes.")}

    assert kinds_of_mistakes() == written


@pytest.mark.parametrize(("name", "given"), sorted(refusals().items()))
def test_every_refusal_has_its_sentence_and_gives_the_facts_for_it(name: str, given: set[str]) -> None:
    assert blanks(EN[f"errors.{name}"]) <= given


def test_vietnamese_is_written_with_joined_letters() -> None:
    assert [key for key, sentence in VI.items() if not unicodedata.is_normalized("NFC", sentence)] == []
