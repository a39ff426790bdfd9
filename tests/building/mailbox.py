"""A small mail server on this machine, as strict as it is told to be; it keeps what it takes."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path


@dataclass
class Taken:
    sender: str
    readers: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)  # type: ignore[arg-type,return-value]


@dataclass
class Mailbox:
    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    signed_in: list[tuple[str, str, bool]] = field(default_factory=list)
    """User, password, and whether the line was encrypted."""
    answers: dict[str, str] = field(default_factory=dict)
    """What it says instead of yes, by command: `{"RCPT": "550 no such user"}`."""
    secure: ssl.SSLContext | None = None
    at_once: bool = False
    """Encrypted from the first byte."""


class _Talk(socketserver.StreamRequestHandler):
    """One connection: RFC 5321, as far as a sender needs it."""

    box: Mailbox

    def handle(self) -> None:
        with suppress(OSError):  # whoever does not trust us hangs up
            self.talk()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        if self.connection is not self.request:
            self.connection.close()

    def talk(self) -> None:
        self.encrypted = self.box.at_once
        if self.encrypted:
            self._encrypt()
        self.say(self.box.answers.get("CONNECT", "220 mailbox"))
        while line := self.rfile.readline():
            command, _, rest = line.decode("utf-8").strip().partition(" ")
            if command.upper() == "QUIT":
                self.say(self.box.answers.get("QUIT", "221 bye"))
                return
            self.answer(command.upper(), rest)

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
        self.wfile.flush()

    def answer(self, command: str, rest: str) -> None:
        if told := self.box.answers.get(command):
            self.say(told)
            return
        getattr(self, f"do_{command.lower()}", self.do_unknown)(rest)

    def do_unknown(self, _: str) -> None:
        self.say("500 what?")

    def do_ehlo(self, _: str) -> None:
        offers = ["250-mailbox", "250-SIZE 10000000"]
        if self.box.secure and not self.encrypted:
            offers.append("250-STARTTLS")
        self.say(*offers, "250 AUTH PLAIN")

    def do_starttls(self, _: str) -> None:
        self.say("220 go on")
        self._encrypt()
        self.encrypted = True

    def _encrypt(self) -> None:
        assert self.box.secure
        self.rfile.close()
        self.connection = self.box.secure.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")  # type: ignore[assignment]

    def do_auth(self, rest: str) -> None:
        _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
        self.box.signed_in.append((user, password, self.encrypted))
        self.say("235 welcome")

    def do_mail(self, rest: str) -> None:
        self.sender, self.readers = _address(rest), list[str]()
        self.say("250 yes")

    def do_rcpt(self, rest: str) -> None:
        self.readers.append(_address(rest))
        self.say("250 yes")

    def do_data(self, _: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if told := self.box.answers.get("TAKEN"):
            self.say(told)
            return
        self.box.taken.append(Taken(self.sender, self.readers, b"".join(lines)))
        self.say("250 taken")

    def do_rset(self, _: str) -> None:
        self.say("250 yes")


def _address(told: str) -> str:
    return told.partition("<")[2].partition(">")[0]


@contextmanager
def open_mailbox(certificate: Path | None = None, at_once: bool = False) -> Iterator[Mailbox]:
    box = Mailbox(at_once=at_once)
    if certificate:
        box.secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        box.secure.load_cert_chain(certificate)
    talk = type("Talk", (_Talk,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()
