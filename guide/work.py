"""Work that waits behind: a small pool in this process, in which the same thing is never begun twice at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

log = logging.getLogger(__name__)


class Work:
    """Work is derived from what is missing, so losing the queue loses nothing: it is derived again."""

    def __init__(self, hands: int = 2) -> None:
        self._pool = ThreadPoolExecutor(hands, thread_name_prefix="work")
        self._lock = threading.Lock()
        self._begun: dict[str, Future[None]] = {}

    def behind(self, name: str, act: Callable[[], None]) -> Future[None]:
        """Do it behind; while a thing of this name is queued or being done, it is not begun again."""
        with self._lock:
            if name not in self._begun:
                self._begun[name] = self._pool.submit(self._do, name, act)
            return self._begun[name]

    def _do(self, name: str, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:  # a thread's edge: said once, and derived again next time
            log.exception("work failed: %s", name)
        finally:
            with self._lock:
                self._begun.pop(name, None)

    def stop(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
