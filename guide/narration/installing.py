"""A better voice by one command: what there is for a language, fetched, checked and heard before it is put in place."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guide import fetching, packages
from guide.errors import GuideError, NotFound, Refused
from guide.narration.hiring import Speakers
from guide.narration.installed import Kept, folder_of, installed, write_note
from guide.narration.proving import Proof, VoiceUnproven, prove
from guide.narration.voice_sheet import FileSheet, ModelSheet, Terms, VoicesSheet
from guide.narration.voices import Voices, wider

LANGUAGE = re.compile(r"[a-z]{2,3}([-_][a-z]{4})?([-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)
Told = Callable[..., None]
"""Told what is being done: a key of the messages, and the facts for it."""


class NoSuchVoice(NotFound):
    """Neither a language nor a model of that name is known."""


class NoVoiceToInstall(NotFound):
    """Nobody here speaks the language so that a listener understands."""


class TermsNotAccepted(Refused):
    """The licence asks something of the museum, which must say that it accepts."""


class NotInTheFolder(NotFound):
    """A file that somebody was to bring in a folder is not there."""


class NotInstalled(NotFound):
    """There is no such model to remove."""


@dataclass(frozen=True)
class Choice:
    """What is meant by a language or a model's name."""

    name: str
    """The model; or, where what is there is the best already, the voice that is heard."""
    model: ModelSheet | None
    languages: tuple[str, ...]
    """That it speaks; the one that was asked for first."""
    licence: str
    others: tuple[str, ...] = ()
    """Models that could be chosen instead."""


@dataclass(frozen=True)
class Outcome:
    """What was installed, or was there already."""

    choice: Choice
    already: bool = False
    proofs: tuple[Proof, ...] = ()

    @property
    def unpublished(self) -> tuple[str, ...]:
        """Files that nobody has published a hash of: they are kept to as they were first seen."""
        files = self.choice.model.files if self.choice.model else ()
        return tuple(file.out for file in files if file.sha256 is None)


@dataclass(frozen=True)
class Errand:
    """How models are brought: over the network, or from a folder that somebody carried here."""

    told: Told = lambda *_, **__: None
    progress: fetching.Note = lambda *_: None
    stick: Path | None = None


def accepted(*, research: bool, noncommercial: bool) -> tuple[Terms, ...]:
    """What the operator says that the museum accepts."""
    said = {Terms.RESEARCH: research, Terms.NONCOMMERCIAL: noncommercial}
    return tuple(terms for terms, yes in said.items() if yes)


def choose(voices: Voices, wanted: str, accepted: Collection[Terms] = ()) -> Choice:
    """Of a language, the best that asks for nothing which was not accepted."""
    sheet = voices.sheet
    if model := next((name for name in sheet.models if name.casefold() == wanted.casefold()), None):
        return _of_model(sheet, model, sheet.spoken_by(model), accepted)
    language = next((tag for tag in _tags(wanted) if tag in sheet.voices), None)
    if language is None:
        raise _nobody(sheet, wanted)
    names = list(dict.fromkeys(voice.model for voice in sheet.voices[language] if voice.model))
    for voice in sheet.voices[language]:
        if voice.model is None and (heard := next(iter(voices.ranked(language)), None)):
            return Choice(heard.name, None, (language,), sheet.licence(voice), tuple(names))
        if voice.model and not _asks(sheet.models[voice.model], accepted):
            return _of_model(sheet, voice.model, (language,), accepted, names)
    return _of_model(sheet, names[0], (language,), accepted, names)


def install(voices: Voices, home: Path, choice: Choice, errand: Errand) -> Outcome:
    """Killed anywhere, what was there before stands; what was fetched by then is not fetched again."""
    if choice.model is None:
        return Outcome(choice, already=True)
    place = folder_of(home) / choice.name
    with _alone(place):
        before = installed(home).get(choice.name)
        if before and before.whole and before.is_all_of(choice.model) and not packages.lacking(choice.model.packages):
            return Outcome(choice, already=True)
        with _aside(place) as aside:
            found = _brought(choice, place, aside, before, errand)
            proofs = _proven(voices, choice, found, errand.told)
            _put_in_place(aside, place)
    return Outcome(choice, proofs=proofs)


def remove(home: Path, name: str) -> None:
    place = folder_of(home) / name
    if name not in installed(home):
        raise NotInstalled(model=name, installed=", ".join(installed(home)) or "–")
    with _alone(place):
        gone = place.with_name(f".removed-{name}")
        place.rename(gone)
        shutil.rmtree(gone)


def _of_model(
    sheet: VoicesSheet, name: str, asked: tuple[str, ...], accepted: Collection[Terms], offered: Iterable[str] = ()
) -> Choice:
    model = sheet.models[name]
    if _asks(model, accepted):
        raise TermsNotAccepted(model=name, licence=model.licence, terms=model.terms.value)
    languages = tuple(dict.fromkeys((*asked, *sheet.spoken_by(name))))
    return Choice(name, model, languages, model.licence, tuple(other for other in offered if other != name))


def _asks(model: ModelSheet, accepted: Collection[Terms]) -> bool:
    return model.terms.must_be_accepted and model.terms not in accepted


def _tags(wanted: str) -> list[str]:
    """None of what is no language: a slip in a model's name is not to bring another model."""
    return wider(wanted) if LANGUAGE.fullmatch(wanted) else []


def _nobody(sheet: VoicesSheet, wanted: str) -> GuideError:
    if any(tag in sheet.text_only for tag in _tags(wanted)):
        return NoVoiceToInstall(language=wanted)
    return NoSuchVoice(wanted=wanted, languages=", ".join(sheet.voices), models=", ".join(sheet.models))


def _brought(choice: Choice, place: Path, aside: Path, before: Kept | None, errand: Errand) -> Kept:
    assert choice.model
    megabytes = -(-choice.model.bytes // 1_000_000)
    errand.told("voices.fetching", model=choice.name, megabytes=megabytes, licence=choice.licence)
    with fetching.Courier(errand.progress, errand.stick) as courier:
        known = before.hashes if before else {}
        hashes = {}
        for file in choice.model.files:
            _take_along(place / file.out, aside / file.out)
            carried = _carried(errand.stick, choice.name, file.out)
            wanted = _wanted(choice.model, file, carried, known.get(file.out))
            with brought_along(errand.stick, file.out):
                hashes[file.out] = courier.fetch(wanted, aside / file.out)
    if lacking := packages.lacking(choice.model.packages):
        errand.told("voices.packages", packages=", ".join(lacking))
        with brought_along(errand.stick, ", ".join(lacking)):
            packages.install(lacking, errand.stick)
    return write_note(aside, choice.name, choice.model, hashes)


@contextlib.contextmanager
def brought_along(stick: Path | None, name: str) -> Iterator[None]:
    """Where a folder was to hold it, no network is to blame."""
    try:
        yield
    except fetching.Unfetched as problem:
        if stick is None:
            raise
        raise NotInTheFolder(folder=str(stick), file=name, source=problem.facts["source"]) from problem


def _wanted(model: ModelSheet, file: FileSheet, carried: Path | None, known: str | None) -> fetching.Wanted:
    """A file without a published hash is to be as it was first seen."""
    source, *more = (f"file:{carried}",) if carried else model.sources(file)
    return fetching.Wanted(source, file.sha256 or known, file.bytes, tuple(more))


def _take_along(there: Path, aside: Path) -> None:
    """Whether it is the right one is seen by its hash."""
    with contextlib.suppress(OSError):
        os.link(there, aside)


def _carried(stick: Path | None, model: str, name: str) -> Path | None:
    """The file itself, in a model's folder that was copied from another machine."""
    places = (stick / model / name, stick / name) if stick else ()
    return next((place for place in places if place.is_file()), None)


def _proven(voices: Voices, choice: Choice, found: Kept, told: Told) -> tuple[Proof, ...]:
    told("voices.proving", model=choice.name, languages=", ".join(choice.languages))
    speakers = Speakers()
    try:
        return tuple(_proof(voices, choice.name, language, found, speakers) for language in choice.languages)
    finally:
        speakers.close()


def _proof(voices: Voices, name: str, language: str, found: Kept, speakers: Speakers) -> Proof:
    line = next(line for line in voices.sheet.voices[language] if line.model == name)
    voice = voices.hire(voices.sheet, language, line, found, speakers)
    proof = prove(voice) if voice else Proof(language, name, 0.0, "absent")
    if proof.problem:
        raise VoiceUnproven(model=name, language=language, problem=proof.problem)
    return proof


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One at a time; where the last one was killed between two renames, what was there before is put back."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (former := _former(place)).exists() and not place.exists():
            former.rename(place)
        yield


@contextlib.contextmanager
def _aside(place: Path) -> Iterator[Path]:
    """Where a model is made ready. It stays for the next try when something came that is worth keeping."""
    aside = place.parent / ".installing" / place.name
    aside.mkdir(parents=True, exist_ok=True)
    try:
        yield aside
    finally:
        for empty in (aside, aside.parent):
            with contextlib.suppress(OSError):
                empty.rmdir()


def _put_in_place(aside: Path, place: Path) -> None:
    former = _former(place)
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.rename(former)
    aside.rename(place)
    shutil.rmtree(former, ignore_errors=True)


def _former(place: Path) -> Path:
    return place.with_name(f".former-{place.name}")
