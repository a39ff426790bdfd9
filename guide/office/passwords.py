"""Passwords: long enough to be worth guessing for years, kept only as argon2 hashes, a few checked at a time."""

from __future__ import annotations

import base64
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from guide.errors import NotReady, Unusable

SHORTEST, LONGEST = 10, 200
FEWEST_SIGNS = 5
ROUNDS, KIBIBYTES, LANES = 3, 65_536, 4
AT_ONCE, IN_ALL = 2, 10
"""Each check takes 64 MiB, and whoever waits holds a thread that visitors need: no more are let in than these."""


class ManyAtTheDoor(NotReady):
    """Too many sign in at this moment."""


class PasswordTooShort(Unusable):
    def __init__(self) -> None:
        super().__init__(shortest=SHORTEST)


class PasswordTooLong(Unusable):
    def __init__(self) -> None:
        super().__init__(longest=LONGEST)


class PasswordTooPlain(Unusable):
    """One sign over and over, or the person's own address or name."""


class Passwords:
    """Hashes and checks. Where there is nobody to check, as long is spent on a hash that nothing matches."""

    def __init__(self, rounds: int = ROUNDS, kibibytes: int = KIBIBYTES, lanes: int = LANES) -> None:
        self._hasher = PasswordHash((Argon2Hasher(rounds, kibibytes, lanes),))
        self._cost = f"m={kibibytes},t={rounds},p={lanes}"
        self._turns = threading.Semaphore(AT_ONCE)
        self._hall = threading.Semaphore(IN_ALL)

    def hash(self, password: str) -> str:
        with self._turn():
            return self._hasher.hash(_composed(password))

    def match(self, password: str, kept: str | None) -> bool:
        if len(password) > LONGEST:
            password = ""
        with self._turn():
            try:
                return self._hasher.verify(_composed(password), kept or self._nobodys()) and kept is not None
            except UnknownHashError:
                return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._hall.acquire(blocking=False):
            raise ManyAtTheDoor
        try:
            with self._turns:
                yield
        finally:
            self._hall.release()

    def _nobodys(self) -> str:
        """A hash of nothing that anybody knows, as dear to check as a real one."""
        salt, rest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
        return f"$argon2id$v=19${self._cost}${salt}${rest}"


def refuse_weak(password: str, *own: str) -> None:
    if len(password) < SHORTEST:
        raise PasswordTooShort
    if len(password) > LONGEST:
        raise PasswordTooLong
    plain = password.casefold()
    if len(set(plain)) < FEWEST_SIGNS or plain in {word.casefold() for word in own}:
        raise PasswordTooPlain


def _composed(password: str) -> str:
    """The same letters, whichever keyboard put their marks together; a lone half of a sign is no letter."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode()
