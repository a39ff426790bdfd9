"""Killed at any moment, or beside another publisher: what visitors see is one whole edition, the old or the new."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from hashlib import sha256
from itertools import count

import pytest
from sqlmodel import Session

from guide.bell import Quiet
from guide.database import Database
from guide.publishing.keeping import show_pictures
from guide.publishing.publish import Press, PublishedMeanwhile
from guide.tours.originals import original
from tests.museum import NOW, SVG, VILLAGE, Files, Publishing, nothing, write

pytestmark = pytest.mark.slow

MOST_WRITES = 60


def version(number: int) -> Files:
    """The village again, with other texts and other drawings."""
    drawing = SVG.replace("9v9", f"{number}v9")
    texts = {path: f"# Bản {number}\n\nThân bài {number}.\n" for path in VILLAGE if path.endswith("vi.md")}
    return {**VILLAGE, **texts, "ground.svg": drawing, "stops/ban-xoay/wheel.svg": drawing}


def test_a_publisher_killed_before_any_write_leaves_the_old_edition_whole(publishing: Publishing) -> None:
    before = publishing(version(0)).edition
    for kill_at in count(1):
        write(publishing.folder, version(kill_at))

        survived = lives_through(publishing, kill_at)

        if survived:
            break
        assert publishing.museum.edition == before
        assert_whole(publishing)
        before = publishing().edition
        assert_whole(publishing)
        assert {stop.texts["vi"].title for stop in publishing.museum.stops} == {f"Bản {kill_at}"}
    assert 8 < kill_at < MOST_WRITES, "it was killed at each of several writes"


def test_a_first_publisher_killed_before_any_write_leaves_nothing_or_all(publishing: Publishing) -> None:
    for kill_at in count(1):
        publishing.folder = write(publishing.folder.with_name(f"museum-{kill_at}"), version(kill_at))

        survived = lives_through(publishing, kill_at)

        if survived:
            break
        assert publishing.published is None
        publishing()
        assert_whole(publishing)
    assert 8 < kill_at < MOST_WRITES


def lives_through(publishing: Publishing, kill_at: int) -> bool:
    """Publish in a child process that kills itself before its n-th write; whether it got to the end."""
    database, storage = publishing.press.database, publishing.press.storage
    database.engine.dispose()
    child = os.fork()
    if child == 0:
        address = database.engine.url.render_as_string(hide_password=False)
        _publish_and_die(Publishing(publishing.folder, Press(Database(address), storage, Quiet())), kill_at)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the child failed in another way"
    return not os.WIFSIGNALED(status)


def _publish_and_die(publishing: Publishing, kill_at: int) -> None:
    writes = count(1)

    def deadly(write: Callable[..., object]) -> Callable[..., object]:
        def dying(*args: object, **more: object) -> object:
            if next(writes) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return write(*args, **more)

        return dying

    os.fsync, os.replace = deadly(os.fsync), deadly(os.replace)
    Session.commit = deadly(Session.commit)  # type: ignore[method-assign]
    storage = publishing.press.storage
    try:
        publishing.press.publish(
            publishing.folder,
            publishing.folder.name,
            NOW,
            lambda museum: show_pictures(storage, museum.manifest.files.items()),
        )
    except BaseException:  # noqa: BLE001  # the child's edge
        os._exit(1)
    os._exit(0)


def assert_whole(publishing: Publishing) -> None:
    """Every document can be read, and every file is there with the bytes that the edition names."""
    museum = publishing.museum
    assert museum.sheet.languages == ["vi", "en"]
    assert len({stop.texts["vi"].body for stop in museum.stops}) in (1, 3)
    assert (len(museum.stops), len(museum.tours), len(museum.lexicons), len(museum.faqs)) == (3, 1, 1, 1)
    for path, name in museum.manifest.files.items():
        assert sha256(original(publishing.press.storage, path, name)).hexdigest() == name


def test_of_many_publishers_at_once_one_wins_and_nothing_is_mixed(publishing: Publishing) -> None:
    start = threading.Barrier(6)
    publishing(version(0))
    told: list[str] = []

    def publish(number: int) -> None:
        folder = write(publishing.folder.parent / f"publisher-{number}", version(number))
        start.wait(30)
        try:
            told.append(publishing.press.publish(folder, "lang-gom", NOW, nothing).edition)
        except PublishedMeanwhile:
            told.append("meanwhile")

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(told) == 6
    assert publishing.museum.edition in told
    assert len({stop.texts["vi"].title for stop in publishing.museum.stops}) == 1
    assert_whole(publishing)
