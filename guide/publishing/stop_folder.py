"""One stop's folder: its sheet, its texts in each language, its pictures and its recordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from guide.narration.script import Script
from guide.publishing.files import SOUNDS, Folder
from guide.publishing.views import read_views
from guide.publishing.yaml_file import Place
from guide.tours.content import VARIANTS, MuseumSheet, StopSheet, Text
from guide.tours.sentences import sentences
from guide.tours.shapes import LANGUAGE


@dataclass
class StopFolder:
    """What was read; `files` is the hash of each file that the stop names."""

    slug: str
    sheet: StopSheet
    texts: dict[str, Text] = field(default_factory=dict)
    variants: dict[str, dict[str, Text]] = field(default_factory=dict)
    recordings: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def here(self) -> str:
        return f"stops/{self.slug}"

    @property
    def sheet_file(self) -> str:
        return f"{self.here}/stop.yaml"


def read_stop(folder: Folder, slug: str, museum: MuseumSheet) -> StopFolder:
    names = folder.names(f"stops/{slug}")
    sheet = folder.yaml(StopSheet, f"stops/{slug}/stop.yaml") if "stop.yaml" in names else None
    stop = StopFolder(slug, sheet or StopSheet())
    for name in sorted(names, key=_texts_first):
        _take(folder, stop, name, museum)
    _check_source_text(folder, stop, names, museum)
    _take_named_files(folder, stop)
    _check_references(folder, stop, museum)
    return stop


def _texts_first(name: str) -> bool:
    """What a recording tells is known before somebody listens to it."""
    return not name.lower().endswith(".md")


def _take(folder: Folder, stop: StopFolder, name: str, museum: MuseumSheet) -> None:
    """Texts and recordings are found by their names; other files count only where the sheet names them."""
    stem, _, ending = name.rpartition(".")
    language, _, variant = stem.partition(".")
    file, ending = f"{stop.here}/{name}", ending.lower()
    if ending in ("yaml", "yml") and name != "stop.yaml":
        folder.mistake(file, "unknown-file")
    elif ending not in ("md", *SOUNDS) or name in {seen.file for seen in stop.sheet.seeing}:
        return
    elif language not in museum.languages and not (stop.sheet.withdrawn and LANGUAGE.fullmatch(language)):
        folder.mistake(file, "strange-language", tag=language)
    elif ending == "md":
        _take_text(folder, stop, file, language, variant)
    else:
        _take_recording(folder, stop, name, language)


def _take_text(folder: Folder, stop: StopFolder, file: str, language: str, variant: str) -> None:
    if variant and variant not in VARIANTS:
        return folder.mistake(file, "strange-variant", variant=variant, known=", ".join(VARIANTS))
    written = folder.text(file)
    if written is None:
        return None
    text = read_text(written)
    if variant:
        stop.variants.setdefault(language, {})[variant] = text
    elif not text.title:
        folder.mistake(file, "no-title")
    else:
        stop.texts[language] = text
    return None


def read_text(written: str) -> Text:
    """The title is the first line, after `# `; the rest is the body."""
    first, _, rest = written.strip().partition("\n")
    title = " ".join(first[2:].split()) if first.startswith("# ") else ""
    return Text(title=title, body=rest.strip()) if title else Text(title="", body=written.strip())


def _take_recording(folder: Folder, stop: StopFolder, name: str, language: str) -> None:
    if language in stop.recordings:
        folder.mistake(f"{stop.here}/{name}", "two-recordings", language=language)
    elif name.count(".") > 1:
        folder.mistake(f"{stop.here}/{name}", "unknown-file")
    elif kept := folder.recording(f"{stop.here}/{name}", _script(stop, language)):
        stop.recordings[language] = name
        stop.files[name] = kept


def _script(stop: StopFolder, language: str) -> Script | None:
    text = stop.texts.get(language)
    return Script(language, sentences(text.title, text.body, language)) if text else None


def _check_source_text(folder: Folder, stop: StopFolder, names: list[str], museum: MuseumSheet) -> None:
    """Never blank: a stop is told at least in the museum's first language; one that was taken back, in any."""
    file = f"{museum.source_language}.md"
    if file not in names and not (stop.sheet.withdrawn and stop.texts):
        folder.mistake(f"{stop.here}/{file}", "no-source-text", language=museum.source_language)


def _take_named_files(folder: Folder, stop: StopFolder) -> None:
    for place, picture in enumerate(stop.sheet.images):
        named = ("images", place, "file")
        if kept := folder.picture(f"{stop.here}/{picture.file}", stop.sheet_file, named):
            stop.files[picture.file] = kept
    stop.files.update(read_views(folder, stop.here, stop.sheet_file, stop.sheet.seeing))


def _check_references(folder: Folder, stop: StopFolder, museum: MuseumSheet) -> None:
    """What a sheet names must be in museum.yaml. A stop that was taken back may speak of what is there no more."""
    if stop.sheet.withdrawn:
        return
    floors = {floor.id for floor in museum.floors}
    if stop.sheet.floor and stop.sheet.floor.id not in floors:
        folder.mistake_in(stop.sheet_file, ("floor", "id"), "no-such-floor", floor=stop.sheet.floor.id)
    for place, letter in _sources_named(stop.sheet):
        if letter not in museum.sources:
            folder.mistake_in(stop.sheet_file, place, "no-such-source", source=letter)
    captions = [
        ("seeing", place, "captions", tag) for place, seen in enumerate(stop.sheet.seeing) for tag in seen.captions
    ]
    for named in (*(("translations", tag) for tag in stop.sheet.translations), *captions):
        if named[-1] not in museum.languages:
            folder.mistake_in(stop.sheet_file, named, "strange-language", tag=named[-1])


def _sources_named(sheet: StopSheet) -> Iterator[tuple[Place, str]]:
    for f, fact in enumerate(sheet.facts):
        for v, value in enumerate(fact.values):
            for s, letter in enumerate(value.sources):
                yield ("facts", f, "values", v, "sources", s), letter
