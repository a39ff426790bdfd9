"""YAML as a museum means it: `no` is Norwegian and not false, 10:30 is a time and not a number, a key stands once.

Parsing is quick; only when something is wrong is the text read again, slowly, to find the line.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from guide.publishing.mistakes import Mistake

T = TypeVar("T")
Place = tuple[str | int, ...]
"""The way to a value from the top of a file: keys, and places in lists."""
_SHOWN = 60
_SHORT = 1000
"""So few characters cannot nest deeply."""
_DEEPEST = 50


class _Loader(yaml.CSafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _problem("a key must be a word", key.start_mark)
            if key.value in seen:
                raise _problem(f"twice {key.value}", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", ["t", "f"]),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:[0-9]+\.[0-9]+)$", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


class Unreadable(Exception):
    """A file that cannot even be parsed; the mistake says where."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.kind)
        self.mistake = mistake


def _problem(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def text_of(raw: bytes, file: str) -> str:
    """UTF-8, NFC, with one kind of line end; anything else is named."""
    try:
        text = raw.decode("utf-8-sig")
        bad = raw.find(b"\0")
    except UnicodeDecodeError as error:
        bad = error.start
    if bad >= 0:
        raise Unreadable(Mistake(file, "not-utf8", line=raw[:bad].count(b"\n") + 1))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def parse(shape: type[T], text: str, file: str) -> T:
    """The text as `shape`; every mistake in it is raised at once, each with its line."""
    data = _load(text, file)
    if data is None:
        data = [] if get_origin(shape) is list else {}
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError as error:
        raise Mistaken(_mistakes(error, shape, text, file)) from error


class Mistaken(Exception):
    """A file that can be parsed and does not say what it should."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(len(mistakes))
        self.mistakes = mistakes


def _load(text: str, file: str) -> Any:
    try:
        _refuse_tricks(text)
        return yaml.load(text, _Loader)  # noqa: S506  # a loader of ours, narrower than the safe one
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_grammar(error, file)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(Mistake(file, "bad-yaml", {"problem": str(error)[:_SHOWN]})) from error


def _refuse_tricks(text: str) -> None:
    """An alias can make a small file grow without bound, deep nesting ends the parser; no museum needs either."""
    if "*" not in text and len(text) <= _SHORT:
        return
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise _problem("alias", event.start_mark)
        if depth > _DEEPEST:
            raise _problem("nested too deeply", event.start_mark)


def _grammar(error: yaml.MarkedYAMLError, file: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = error.problem or ""
    if problem == "alias":
        return Mistake(file, "alias", line=line)
    if problem.startswith("twice "):
        return Mistake(file, "key-twice", {"key": problem[6:]}, line)
    return Mistake(file, "bad-yaml", {"problem": problem}, line)


def _mistakes(error: ValidationError, shape: Any, text: str, file: str) -> list[Mistake]:
    tree = yaml.compose(text, _Loader)
    found: dict[tuple[int, str, str], Mistake] = {}
    for detail in _without_shadows(error.errors(include_url=False)):
        mistake = _mistake(detail, shape, tree, file)
        found.setdefault((mistake.line, mistake.kind, str(mistake.facts)), mistake)
    return list(found.values())


def _without_shadows(details: list[ErrorDetails]) -> Iterable[ErrorDetails]:
    """Where a value may have one of two shapes, pydantic complains for each: keep the complaint that went deepest."""
    by_place: dict[Place, list[ErrorDetails]] = {}
    for detail in details:
        by_place.setdefault(_place(detail), []).append(detail)
    places = list(by_place)
    for place, group in by_place.items():
        if not any(other != place and other[: len(place)] == place for other in places):
            yield group[0]


def _place(detail: ErrorDetails) -> Place:
    """The path in the file, without the names pydantic gives to the branches of a union."""
    *above, last = detail["loc"] or ("",)
    kept = () if _is_branch(last) and detail["type"] != "extra_forbidden" else (last,)
    return (*(part for part in above if not _is_branch(part)), *kept)


def _is_branch(part: str | int) -> bool:
    return isinstance(part, str) and ("[" in part or part in _BRANCHES)


_BRANCHES = frozenset({"", "str", "StopClosed", "constrained-str", "int", "float", "literal['open']"})


def _mistake(detail: ErrorDetails, shape: Any, tree: yaml.Node | None, file: str) -> Mistake:
    place, kind = _place(detail), _KINDS.get(detail["type"], "bad-value")
    facts: dict[str, object] = {
        "key": _shown(place),
        "value": str(detail.get("input"))[:_SHOWN],
        "problem": detail["msg"],
    }
    facts.update(detail.get("ctx", {}))
    if kind == "unknown-key":
        near = difflib.get_close_matches(str(place[-1]), _keys(shape, place[:-1]), 1)
        kind, facts["near"] = ("unknown-key-near", near[0]) if near else (kind, "")
    return Mistake(file, kind, facts, _line(tree, place))


_KINDS = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "days": "days",
    "span": "span",
    "zone": "zone",
    "day": "yearly-day",
    "origin": "origin",
    "outside": "outside",
    "code": "bad-code",
    "order": "order",
    "strange_language": "strange-language",
    "say_or_phonemes": "say-or-phonemes",
    "string_pattern_mismatch": "pattern",
    "string_too_long": "too-long",
    "string_too_short": "empty",
    "too_short": "empty",
    "too_long": "too-long",
    "dict_type": "needs-languages",
    "model_type": "needs-keys",
    "list_type": "needs-list",
    "string_type": "needs-text",
    "int_type": "needs-number",
    "int_parsing": "needs-number",
    "date_from_datetime_parsing": "date",
    "date_parsing": "date",
    "date_from_datetime_inexact": "date",
    "date_type": "date",
    "bool_parsing": "true-or-false",
    "bool_type": "true-or-false",
    "literal_error": "one-of",
    "position-system": "position-system",
    "position-range": "position-range",
    "position-swapped": "position-swapped",
    "position-metres": "position-metres",
}


def _shown(place: Place) -> str:
    return ".".join(map(str, place)) or "·"


def _keys(shape: Any, place: Place) -> list[str]:
    """The keys that would be right at a place, found by walking the shape."""
    models = _models(shape)
    for part in place:
        steps = [_models(model.model_fields[name].annotation) for model in models for name in _named(model, part)]
        models = [model for step in steps for model in step] or models
    return [info.alias or name for model in models for name, info in model.model_fields.items()]


def _named(model: type[BaseModel], key: str | int) -> list[str]:
    return [name for name, info in model.model_fields.items() if key in (name, info.alias)]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]


def line_of(text: str, place: Place) -> int:
    return _line(yaml.compose(text, _Loader), place)


def _line(node: yaml.Node | None, place: Place) -> int:
    line = 1
    for part in place:
        if node is None:
            break
        line, node = _step(node, part, line)
    return line


def _step(node: yaml.Node, part: str | int, line: int) -> tuple[int, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return line, None
