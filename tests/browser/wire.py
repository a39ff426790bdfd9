"""A wire between phone and server that can be cut: a browser that is told to be offline lets a worker through."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class Wire:
    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: set[socket.socket] = set()
        self._whole = True
        self._flows = threading.Event()
        self._flows.set()
        self._left: int | None = None
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._whole = False
        for end in list(self._ends):
            _break(end)

    def mend(self) -> None:
        self._whole, self._left = True, None

    def hold(self) -> None:
        """Nothing breaks, and nothing comes."""
        self._flows.clear()

    def let_go(self) -> None:
        self._flows.set()

    def cut_after(self, kilobytes: int) -> None:
        """It breaks in the middle of something."""
        self._left = kilobytes * 1024

    def close(self) -> None:
        self.let_go()
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                try:
                    self._join(near, socket.create_connection(("127.0.0.1", self._port)))
                except OSError:
                    _break(near)

    def _join(self, near: socket.socket, far: socket.socket) -> None:
        self._ends |= {near, far}
        if not self._whole:  # asked after the ends were put down: a cut that comes in between finds these too
            self._ends -= {near, far}
            _break(near)
            _break(far)
            return
        for start, end, counted in ((near, far, lambda _: None), (far, near, self._count)):
            threading.Thread(target=self._carry, args=(start, end, counted), daemon=True).start()

    def _carry(self, start: socket.socket, end: socket.socket, counted: Callable[[int], None]) -> None:
        with suppress(OSError):
            while piece := start.recv(16_384):
                self._flows.wait()
                end.sendall(piece)
                counted(len(piece))
        for one in (start, end):
            self._ends.discard(one)
            _break(one)

    def _count(self, sent: int) -> None:
        left = self._left  # mended meanwhile it is nothing
        if left is not None:
            self._left = left - sent
            if left < sent:
                self.cut()


def _break(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
