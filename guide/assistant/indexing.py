"""The index of a museum's words in one language, by difference: a stop that did not change is not cut again.

Segments are named by the documents that they were cut from, so that one look at an edition tells what is missing; it
is made from the segment before and the stops that changed. What is looked up in, the postings of all segments, is put
together by whoever asks first, and kept beside them. Nothing that is kept is ever changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from guide.assistant import passages
from guide.assistant.finding import cutting, lexical, segments
from guide.assistant.finding.lexical import Lexical
from guide.assistant.finding.rows import Rows
from guide.assistant.finding.segments import Group, Segment
from guide.assistant.passages import passages_after, passages_before, passages_of_stop
from guide.assistant.quoting import AFTER, BEFORE, stop_of
from guide.tours import folding, sentences, terms
from guide.tours.catalogue import Museum
from guide.tours.segments import bucket_of, buckets

OLDER_KEPT = 2
"""Of each file: an earlier edition may be gone back to, and another process may still open it."""
BESIDE = "beside"
CUT_BY = (cutting, folding, passages, segments, sentences, terms)
"""Whatever decides how texts are cut and kept."""


@dataclass(frozen=True)
class Bucket:
    """Documents that are cut together, and the name of what they give."""

    name: str
    documents: Sequence[tuple[str, str]]
    kept: Path

    @property
    def stops(self) -> Iterator[tuple[str, str]]:
        """Slug and version of each."""
        return ((path.partition("/")[2], version) for path, version in self.documents)


def derive(museum: Museum, language: str, folder: Path) -> list[Bucket]:
    """Cut what changed, so that every process finds it."""
    there = _buckets(museum, language, folder)
    missing = [bucket for bucket in there if not bucket.kept.exists()]
    for bucket in missing:
        _made(museum, language, bucket).write(bucket.kept)
    if missing:
        _clear(folder, there)
    return there


def opened(museum: Museum, language: str, folder: Path) -> tuple[Rows, Lexical]:
    """What is found in; mapped into memory, so that the processes of a server share it."""
    there = derive(museum, language, folder)
    rows = Rows([_read(bucket.kept) or _made_anew(museum, language, bucket) for bucket in there])
    kept = folder / f"{_digest([_recipe(lexical), *(bucket.kept.name for bucket in there)])}.postings"
    if (postings := _postings(kept, rows)) is None:
        Lexical.build(rows).write(kept)
        _clear(folder, there)
        postings = Lexical.read(kept, rows.count)
    return rows, postings


def _buckets(museum: Museum, language: str, folder: Path) -> list[Bucket]:
    stops = [path for path in museum.manifest.documents if path.startswith("stops/")]
    count, shelves = buckets(len(stops)), defaultdict[str, list[tuple[str, str]]](list)
    for path, version in sorted(museum.manifest.documents.items()):
        room, _, slug = path.partition("/")
        if room == "stops":
            shelves[f"{count}-{bucket_of(slug, count)}"].append((path, version))
        elif room in ("museum", "faq", "tours"):
            shelves[BESIDE].append((path, version))
    return [_named(name, documents, language, folder) for name, documents in shelves.items()]


def _named(name: str, documents: Sequence[tuple[str, str]], language: str, folder: Path) -> Bucket:
    kept = f"{name}.{_recipe(*CUT_BY)[:8]}-{_digest([language, documents])}.segment"
    return Bucket(name, documents, folder / kept)


def _made(museum: Museum, language: str, bucket: Bucket) -> Segment:
    if bucket.name == BESIDE:
        before, after = (tuple(cut(museum, language)) for cut in (passages_before, passages_after))
        return Segment.cut([(Group(None, BEFORE, ""), before), (Group(None, AFTER, ""), after)])
    older = _older(bucket)
    known = {(group.stop, group.version): place for place, group in enumerate(older.groups)} if older else {}
    fresh = [(slug, version) for slug, version in bucket.stops if (slug, version) not in known]
    stops = [(stop_of(museum, slug), version) for slug, version in fresh]
    shown = [(stop, version) for stop, version in stops if stop.withdrawn is None]
    made = Segment.cut(
        (Group(stop.slug, stop.number, version), tuple(passages_of_stop(museum, stop, language)))
        for stop, version in shown
    )
    parts = [(older, known[one]) for one in bucket.stops if older and one in known]
    return Segment.gathered(sorted([*parts, *((made, place) for place in range(len(shown)))], key=_slug))


def _slug(part: tuple[Segment, int]) -> str:
    segment, place = part
    return segment.groups[place].stop or ""


def _older(bucket: Bucket) -> Segment | None:
    """What was cut last of the same stops, in the same way."""
    alike = bucket.kept.name.rpartition("-")[0]
    found = sorted(bucket.kept.parent.glob(f"{alike}-*.segment"), key=_age)
    return _read(found[-1]) if found else None


def _made_anew(museum: Museum, language: str, bucket: Bucket) -> Segment:
    """What lies there cannot be read: a disk was full, or the power went."""
    bucket.kept.unlink(missing_ok=True)
    made = _made(museum, language, bucket)
    made.write(bucket.kept)
    return made


def _read(path: Path) -> Segment | None:
    try:
        return Segment.read(path)
    except (ValueError, OSError):
        return None


def _postings(path: Path, rows: Rows) -> Lexical | None:
    try:
        return Lexical.read(path, rows.count)
    except (ValueError, OSError):
        return None


def _clear(folder: Path, there: Iterable[Bucket]) -> None:
    """Of each bucket a few older segments stay, and of an edition that was cut into other buckets nothing."""
    needed, names = {bucket.kept for bucket in there}, {bucket.name for bucket in there}
    older = defaultdict[str, list[Path]](list)
    for path in sorted(folder.iterdir(), key=_age, reverse=True):
        if path not in needed:
            older[path.name.partition(".")[0] if path.suffix == ".segment" else path.suffix].append(path)
    for name, paths in older.items():
        for path in paths[OLDER_KEPT if name in names or name.startswith(".") else 0 :]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:  # another process is at it too
        return 0, path.name


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


@cache
def _recipe(*made_by: ModuleType) -> str:
    """A newer guide makes anew what another would read."""
    sources = [Path(one.__file__ or "").read_bytes() for one in made_by]
    return _digest([hashlib.sha256(source).hexdigest() for source in sources])
