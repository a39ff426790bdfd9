"""Whoever reads finds a whole file or none: also when the writer is killed, and when the disk is full."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.storage import Folder
from tests.museum import tree


def test_what_is_put_can_be_read_listed_and_removed(storage: Folder) -> None:
    storage.put("media/a.mp3", b"one")
    storage.put("media/deep/b.mp3", b"two")
    storage.put("files/c.jpg", b"three")

    path = storage.path("media/a.mp3")
    assert path is not None
    assert path.read_bytes() == b"one"
    assert list(storage.names("media")) == ["media/a.mp3", "media/deep/b.mp3"]

    storage.remove("media/a.mp3")
    storage.remove("media/never.mp3")

    assert storage.path("media/a.mp3") is None
    assert list(storage.names("media")) == ["media/deep/b.mp3"]


def test_a_name_that_is_not_kept_has_no_path_and_an_empty_room_no_names(storage: Folder) -> None:
    assert storage.path("media/none.mp3") is None
    assert storage.path("") is None
    assert list(storage.names("media")) == []


def test_putting_the_same_twice_is_harmless(storage: Folder) -> None:
    for _ in range(2):
        storage.put("media/a.mp3", b"one")

    assert tree(storage.root) == {"media/a.mp3": b"one"}


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_writer_that_is_killed_leaves_no_half_file(storage: Folder, moment: str) -> None:
    storage.put("media/other.mp3", b"other")

    assert killed_at(moment, lambda: storage.put("media/a.mp3", b"x" * 100_000))

    assert storage.path("media/a.mp3") is None
    assert list(storage.names("media")) == ["media/other.mp3"]
    storage.put("media/a.mp3", b"whole")
    assert (storage.root / "media/a.mp3").read_bytes() == b"whole"


def killed_at(moment: str, act: Callable[[], None]) -> bool:
    """Do it in a child process that kills itself at this call of the operating system."""
    child = os.fork()
    if child == 0:
        setattr(os, moment, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        act()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_full_disk_leaves_nothing(storage: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.put("media/other.mp3", b"other")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        storage.put("media/a.mp3", b"x" * 100_000)

    assert tree(storage.root) == {"media/other.mp3": b"other"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")
def test_a_disk_that_is_full_at_the_first_byte_leaves_nothing(storage: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    real_open = Path.open

    def on_a_full_disk(path: Path, mode: str) -> object:
        path.symlink_to("/dev/full")
        return real_open(path, mode)

    monkeypatch.setattr(Path, "open", on_a_full_disk)

    with pytest.raises(OSError, match="No space"):
        storage.put("media/a.mp3", b"x" * 100_000)

    assert not list((storage.root / "media").iterdir())
