"""Killed with -9: a child does something, and dies before its n-th statement, before COMMIT, or right after it."""

from __future__ import annotations

import os
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from itertools import count

from sqlalchemy import event

from guide.database import Database

Act = Callable[[Database], object]


def boundaries() -> Iterator[int]:
    """1, 2, …: until `killed_before` says that the act was over before its turn came."""
    return count(1)


def killed_before(number: int, url: str, act: Act) -> bool:
    """Do this on a database of its own connection in a child that kills itself before its n-th boundary.

    Statements are boundaries, COMMIT is one, and the end of the act (after COMMIT, before anybody is answered) is the
    last. False where the act had fewer of them: then it was done, and its child ended in peace.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads: the child uses nothing of theirs
        child = os.fork()
    if child == 0:
        _die_in_the_middle(number, url, act)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the act failed by itself; see above"
    return os.WIFSIGNALED(status)


def _die_in_the_middle(number: int, url: str, act: Act) -> None:
    ended = 1
    try:
        database, passed = Database(url), count(1)

        def die_at_its_turn(*_: object) -> None:
            if next(passed) == number:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(database.engine, "before_cursor_execute", die_at_its_turn)
        event.listen(database.engine, "commit", die_at_its_turn)
        act(database)
        die_at_its_turn()
        ended = 0
    except BaseException:  # noqa: BLE001  # the child's edge: it must never go on as the parent
        traceback.print_exc()
    finally:
        os._exit(ended)
