"""The other end of a Speaker: a program that keeps an engine warm and takes one job after the other.

Its standard input is a socket over which each job comes as a socket of its own; when it closes, the asker is gone and
so is this process. It also ends when nothing was asked of it for a while, since an engine holds some hundred
megabytes, and when one job takes too long. Nothing is fetched: an engine reads the files that it is given.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import select
import signal
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

RESTING = 0.5
"""Seconds without a job after which memory is given back."""
HEADER = struct.Struct("<iii")
ABSENT, CORRUPT = -1, -2
"""Instead of a rate: there is no such voice here, or its file is not the one that was tried."""
TRIM_THRESHOLD, MMAP_THRESHOLD, LARGEST_KEPT = -1, -3, 1 << 25
GRAPH, OUTPUT, NAME = b"\x3a", b"\x62", b"\x0a"

Say = Callable[..., tuple[int, list[int], bytes]]
"""Of a job's facts: rate, places in the text and samples at which words begin (flat), and the sound."""


class Absent(Exception):  # it never leaves this process
    """This voice does not have what it is asked for."""


class Corrupt(Exception):  # it never leaves this process
    """A file is not the one that was tried, to the byte."""


def _nothing_more() -> None:
    """What an engine gives back at rest that keeps nothing for itself."""


def work(say: Say, longest_seconds: float, idle_seconds: float, rest: Callable[[], None] = _nothing_more) -> None:
    """Until the asker is gone, or asks nothing more; a job that takes too long ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _keep_memory()
    jobs = socket.socket(fileno=0)
    asked = False
    while (fd := _next_job(jobs, idle_seconds, rest if asked else _nothing_more)) is not None:
        asked = True
        signal.setitimer(signal.ITIMER_REAL, longest_seconds)
        _answer(say, fd)
        signal.setitimer(signal.ITIMER_REAL, 0)


def checked(file: Path, sha256: str) -> bytes:
    """What is in it, if it is whole and the very one that was asked for."""
    body = file.read_bytes()
    if hashlib.sha256(body).hexdigest() != sha256:
        raise Corrupt
    return body


def telling(model: bytes, tensor: bytes) -> bytes:
    """The same network, giving out one more of what it computes: protobuf joins what is written one after another."""
    output = b"".join((NAME, bytes([len(tensor)]), tensor))
    graph = b"".join((OUTPUT, bytes([len(output)]), output))
    return b"".join((model, GRAPH, bytes([len(graph)]), graph))


def _keep_memory() -> None:
    """From the system and back for every step of a network would take a sixth of its time."""
    with contextlib.suppress(AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(TRIM_THRESHOLD, LARGEST_KEPT)
        mallopt(MMAP_THRESHOLD, LARGEST_KEPT)


def _next_job(jobs: socket.socket, idle: float, rest: Callable[[], None]) -> int | None:
    if not select.select([jobs], [], [], RESTING)[0]:
        rest()
        _give_back_memory()
        if not select.select([jobs], [], [], idle)[0]:
            return None
    return next(iter(socket.recv_fds(jobs, 1, 1)[1]), None)


def _give_back_memory() -> None:
    """A long sentence takes 200 MB for a moment, which the C library would keep; musl's keeps none."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _answer(say: Say, fd: int) -> None:
    """An asker who has gone away is no reason to end."""
    with socket.socket(fileno=fd) as asker, contextlib.suppress(ConnectionError):
        asker.sendall(_said(say, json.loads(asker.makefile("rb").read())))


def _said(say: Say, job: dict[str, Any]) -> bytes:
    try:
        rate, words, pcm = say(**job)
    except Corrupt:
        return HEADER.pack(CORRUPT, 0, 0)
    except (Absent, FileNotFoundError, ModuleNotFoundError):
        return HEADER.pack(ABSENT, 0, 0)
    return HEADER.pack(rate, len(words) // 2, len(pcm) // 2) + struct.pack(f"<{len(words)}i", *words) + pcm
