"""What a museum draws of its grounds: lines and areas as GeoJSON, each of a kind that a map knows how to show.

A feature's `properties` are `kind` and `name`, a name once for all or by language. Coordinates are longitude, then
latitude, in WGS 84, as GeoJSON always means them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guide.tours.positions import Place

KINDS = ("water", "green", "yard", "building", "wall", "road", "path", "steps", "shore", "border")
LINES = ("LineString", "MultiLineString")
AREAS = ("Polygon", "MultiPolygon")
MOST_POINTS = 20_000
_FEATURE = re.compile(r'"type"\s*:\s*"Feature"')
Line = tuple[Place, ...]


class NotADrawing(Exception):
    """The kind of mistake, and in which feature."""

    def __init__(self, kind: str, line: int, facts: Mapping[str, object]) -> None:
        super().__init__(kind)
        self.kind, self.line, self.facts = kind, line, facts


@dataclass(frozen=True)
class Feature:
    kind: str
    name: Mapping[str, str] | str
    area: bool
    lines: tuple[Line, ...]
    """Its lines, or the rings of its areas."""


@dataclass(frozen=True)
class Drawing:
    features: tuple[Feature, ...]

    @property
    def places(self) -> Iterator[Place]:
        return (place for feature in self.features for line in feature.lines for place in line)


@lru_cache(maxsize=32)
def drawing(raw: bytes) -> Drawing:
    return _Reading(raw).drawing()


class _Reading:
    def __init__(self, raw: bytes) -> None:
        self._text = raw.decode("utf-8-sig", "replace")
        self._points = 0

    def drawing(self) -> Drawing:
        told = self._json()
        features = told.get("features") if isinstance(told, dict) and told.get("type") == "FeatureCollection" else None
        if not isinstance(features, list):
            raise self.mistake(0, "map-collection")
        return Drawing(tuple(self._feature(number, told) for number, told in enumerate(features, start=1)))

    def _json(self) -> Any:
        try:
            return json.loads(self._text)
        except json.JSONDecodeError as error:
            raise self.mistake(0, "map-json", line=error.lineno, problem=error.msg) from error
        except RecursionError as error:
            raise self.mistake(0, "map-json", problem="nested too deeply") from error

    def mistake(self, number: int, kind: str, line: int = 1, **facts: object) -> NotADrawing:
        """At the line where the feature says that it is one."""
        starts = [found.start() for found in _FEATURE.finditer(self._text)]
        if 0 < number <= len(starts):
            line = self._text.count("\n", 0, starts[number - 1]) + 1
        return NotADrawing(kind, line, {"feature": number, **facts})

    def _feature(self, number: int, told: Any) -> Feature:
        told = told if isinstance(told, dict) and told.get("type") == "Feature" else {}
        geometry = told.get("geometry")
        shape = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(geometry, dict) or shape not in (*LINES, *AREAS):
            raise self.mistake(number, "map-feature", shape=str(shape)[:20], known=", ".join((*LINES, *AREAS)))
        kind, name = self._meaning(number, told.get("properties") or {})
        depth = {"LineString": 1, "MultiPolygon": 3}.get(str(shape), 2)
        least = 2 if shape in LINES else 4
        lines = tuple(self._lines(number, geometry.get("coordinates"), depth, least))
        return Feature(kind, name, shape in AREAS, lines)

    def _meaning(self, number: int, properties: Any) -> tuple[str, Mapping[str, str] | str]:
        strange = sorted(set(properties) - {"kind", "name"}) if isinstance(properties, dict) else ["?"]
        if strange:
            raise self.mistake(number, "map-property", key=", ".join(strange)[:60])
        kind, name = properties.get("kind", "path"), properties.get("name") or ""
        if kind not in KINDS:
            raise self.mistake(number, "map-kind", value=str(kind)[:20], known=", ".join(KINDS))
        if not isinstance(name, str) and not _is_told(name):
            raise self.mistake(number, "map-name")
        return kind, name

    def _lines(self, number: int, told: Any, depth: int, least: int) -> Iterator[Line]:
        if not isinstance(told, list) or not told:
            raise self.mistake(number, "map-degrees")
        if depth > 1:
            for part in told:
                yield from self._lines(number, part, depth - 1, least)
            return
        self._points += len(told)
        if self._points > MOST_POINTS:
            raise self.mistake(number, "map-many", most=MOST_POINTS)
        if len(told) < least or not all(map(_is_place, told)):
            raise self.mistake(number, "map-degrees")
        yield tuple(Place(float(point[1]), float(point[0])) for point in told)


def _is_told(name: Any) -> bool:
    return isinstance(name, dict) and all(isinstance(word, str) and word for word in (*name, *name.values()))


def _is_place(point: Any) -> bool:
    """Two numbers that are degrees; a third, the height, is passed over."""
    if not isinstance(point, list) or not 2 <= len(point) <= 3:
        return False
    return all(type(value) in (int, float) for value in point) and abs(point[0]) <= 180 and abs(point[1]) <= 90
