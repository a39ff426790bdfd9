"""Letters: written whole, in any script, and handed to the museum's mail server.

A letter has one reader. What a stranger typed can fill it but never add a header or a second reader. What the server
says when it refuses is told without the reader's address.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from guide.clock import Clock
from guide.outgoing import NotDelivered, Undeliverable

PATIENCE_SECONDS = 20
LONGEST_SUBJECT = 200
POLICY = SMTP.clone(cte_type="7bit")
"""Any server carries it, also one that knows nothing newer than 1982."""
YES, NO = ("yes", "true", "1"), ("no", "false", "0")


class NoMailServer(Undeliverable):
    """Nobody set GUIDE_SMTP_URL: letters are not sent, and pages say what they would have said."""

    def __init__(self) -> None:
        super().__init__("no-mail-server")


@dataclass(frozen=True)
class Attachment:
    name: str
    type: str
    """`application/pdf`, `text/calendar`."""
    body: bytes


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    number: str = ""
    """The same letter sent twice has the same number, so that a mailbox can show it once."""


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    sender: Address
    user: str = ""
    password: str = ""
    encrypted: bool = False
    """From the first byte on."""
    starttls: bool = False


def mail_server(url: str) -> MailServer:
    """`smtp://user:password@host:587?starttls=yes&from=tickets@museum.vn`, or `smtps://…`."""
    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not asked.keys() <= {"starttls", "from"}:
        raise ValueError("an address like smtp://user:password@host:587?starttls=yes&from=tickets@museum.vn")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise ValueError("a user and a password in plain letters: mail servers know no others")
    encrypted = parts.scheme == "smtps"
    starttls = not encrypted and _starttls(asked.get("starttls"), bool(password))
    return MailServer(
        host=parts.hostname,
        port=parts.port or _usual_port(parts, starttls),
        sender=_sender(asked.get("from") or user),
        user=user,
        password=password,
        encrypted=encrypted,
        starttls=starttls,
    )


def _starttls(told: str | None, has_password: bool) -> bool:
    """A password never travels in the open unless somebody asked for it."""
    if told is None:
        return has_password
    if told.lower() not in (*YES, *NO):
        raise ValueError("starttls is yes or no")
    return told.lower() in YES


def _usual_port(parts: SplitResult, starttls: bool) -> int:
    if parts.scheme == "smtps":
        return 465
    return 587 if starttls else 25


def _sender(told: str) -> Address:
    name, address = parseaddr(told)
    try:
        return Address(name, addr_spec=reader(address))
    except ValueError as error:
        raise ValueError("from= must say who the letters come from, like from=tickets@museum.vn") from error


def reader(address: str) -> str:
    """One address and nothing else; its domain as mail servers write it."""
    mailbox, at, domain = address.strip().rpartition("@")
    if not (mailbox and at and domain) or any(sign in address for sign in "\r\n,;<>\0"):
        raise ValueError("not an address")
    try:
        plain = domain.encode("idna").decode()
        return Address(addr_spec=f"{mailbox}@{plain}").addr_spec
    except Exception as error:  # the parser of addresses fails in many ways on what is none
        raise ValueError("not an address") from error


class Mail:
    """Sends a letter, or says why not: `Undeliverable` is for good, anything else is worth another try."""

    def __init__(self, smtp_url: str | None, clock: Clock = Clock()) -> None:  # noqa: B008  # frozen
        self._server = mail_server(smtp_url) if smtp_url else None
        self._clock = clock

    def send(self, letter: Letter) -> None:
        if self._server is None:
            raise NoMailServer
        message = self._written(letter, self._server)
        try:
            with _opened(self._server) as line:
                _hand_over(line, message)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _recipient_refused(refused) from None
        except smtplib.SMTPResponseException as refused:
            raise _refused(refused) from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"unreachable {type(error).__name__}") from None

    def _written(self, letter: Letter, server: MailServer) -> EmailMessage:
        message = EmailMessage(POLICY)
        message["Subject"] = " ".join(letter.subject.split())[:LONGEST_SUBJECT]
        message["From"] = server.sender
        try:
            message["To"] = Address(addr_spec=reader(letter.to))
        except ValueError:
            raise Undeliverable("no-address") from None
        message["Date"] = format_datetime(self._clock.now())
        if letter.number:
            message["Message-ID"] = f"<{letter.number}@{server.sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        if letter.html:
            message.add_alternative(letter.html, subtype="html")
        for attached in letter.attachments:
            main, _, sub = attached.type.partition("/")
            message.add_attachment(attached.body, maintype=main, subtype=sub, filename=attached.name)
        return message


def _hand_over(line: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        line.send_message(message)
    except smtplib.SMTPNotSupportedError:
        raise Undeliverable("unwritable-address") from None


class NotSent(NotDelivered):
    """The server did not take the letter this time."""


def _recipient_refused(refused: smtplib.SMTPRecipientsRefused) -> Exception:
    codes = [code for code, _ in refused.recipients.values()]
    told = f"address-refused {', '.join(map(str, codes))}"
    return Undeliverable(told) if all(code >= 500 for code in codes) else NotSent(told)


def _refused(refused: smtplib.SMTPResponseException) -> Exception:
    """What it says in words may name the reader; its number is enough."""
    told = f"answered {refused.smtp_code}"
    at_the_letter = isinstance(refused, smtplib.SMTPDataError) and refused.smtp_code >= 500
    return Undeliverable(told) if at_the_letter else NotSent(told)


@contextmanager
def _opened(server: MailServer) -> Iterator[smtplib.SMTP]:
    secure = ssl.create_default_context()
    where, own_name = (server.host, server.port), server.sender.domain
    line: smtplib.SMTP
    if server.encrypted:
        line = smtplib.SMTP_SSL(*where, own_name, timeout=PATIENCE_SECONDS, context=secure)
    else:
        line = smtplib.SMTP(*where, own_name, timeout=PATIENCE_SECONDS)
    try:
        if server.starttls:
            line.starttls(context=secure)
        if server.user:
            line.login(server.user, server.password)
        yield line
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what was taken is taken, however they say goodbye
            line.quit()
