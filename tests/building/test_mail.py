"""Letters reach a real mail server whole, to one reader, and never with a header that a stranger wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from guide.clock import Clock
from guide.mail import Attachment, Letter, Mail, NoMailServer, NotSent, mail_server, reader
from guide.outgoing import Undeliverable
from guide.settings import Settings
from tests.building.mailbox import Mailbox, open_mailbox

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LETTER = Letter("lan@example.vn", "Vé của bạn", "Chào bạn,\nđây là vé.\n", "<p>Chào bạn</p>", number="0a1b")
FROM = "from=Bảo tàng Đảo Xa <ve@example.vn>"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


def mail(box: Mailbox) -> Mail:
    return Mail(f"smtp://127.0.0.1:{box.port}?{FROM}", Clock(NOW))


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found
    return str(found.get_content())


class TestALetter:
    def test_arrives_as_it_was_written(self, box: Mailbox) -> None:
        mail(box).send(LETTER)

        (taken,) = box.taken
        message = taken.message
        assert (taken.sender, taken.readers) == ("ve@example.vn", ["lan@example.vn"])
        assert message["subject"] == "Vé của bạn"
        assert str(message["from"]) == "Bảo tàng Đảo Xa <ve@example.vn>"
        assert message["to"] == "lan@example.vn"
        assert message["date"].datetime == NOW
        assert message["message-id"] == "<0a1b@example.vn>"
        assert message["auto-submitted"] == "auto-generated"
        assert part(message, "plain").splitlines() == ["Chào bạn,", "đây là vé."]
        assert "<p>Chào bạn</p>" in part(message, "html")

    def test_is_carried_by_a_server_that_knows_only_ascii(self, box: Mailbox) -> None:
        mail(box).send(LETTER)

        assert box.taken[0].raw.isascii()
        assert max(map(len, box.taken[0].raw.splitlines())) < 998

    def test_brings_its_attachments(self, box: Mailbox) -> None:
        pdf, calendar = bytes(range(256)) * 200, "BEGIN:VCALENDAR\r\nSUMMARY:Thăm đảo\r\nEND:VCALENDAR\r\n".encode()
        attached = (
            Attachment("vé tham quan.pdf", "application/pdf", pdf),
            Attachment("ve.ics", "text/calendar", calendar),
        )

        mail(box).send(Letter("lan@example.vn", "Vé", "Vé", attachments=attached))

        came = list(box.taken[0].message.iter_attachments())
        assert [one.get_filename() for one in came] == ["vé tham quan.pdf", "ve.ics"]
        assert [one.get_content_type() for one in came] == ["application/pdf", "text/calendar"]
        assert came[0].get_payload(decode=True) == pdf
        assert came[1].get_payload(decode=True) == calendar

    def test_with_a_dot_on_a_line_of_its_own_is_not_cut_there(self, box: Mailbox) -> None:
        mail(box).send(Letter("lan@example.vn", "Vé", "một\n.\nhai\n..\nba\n"))

        assert part(box.taken[0].message, "plain").splitlines() == ["một", ".", "hai", "..", "ba"]

    @pytest.mark.parametrize(
        "subject",
        [
            "Vé\r\nBcc: all@example.vn",
            "Vé\nBcc: all@example.vn",
            "Vé\x0bBcc: all@example.vn",
            "Vé\x85Bcc: all@example.vn",
            "Vé\u2028Bcc: all@example.vn",
            "🐘" * 500,
            "",
        ],
    )
    def test_has_no_header_that_a_stranger_wrote(self, box: Mailbox, subject: str) -> None:
        mail(box).send(Letter("lan@example.vn", subject, "Vé"))

        (taken,) = box.taken
        assert taken.readers == ["lan@example.vn"]
        assert "bcc" not in taken.message
        expected = {"Subject", "From", "To", "Date", "Auto-Submitted", "MIME-Version"}
        assert set(taken.message.keys()) == expected | {"Content-Type", "Content-Transfer-Encoding"}

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "lan",
            "@example.vn",
            "lan@",
            "lan@example.vn, minh@example.vn",
            "lan@example.vn\r\nBcc: all@example.vn",
            "lan@example.vn\r\nRCPT TO:<all@example.vn>",
            "Lan <lan@example.vn>",
            "lan@example.vn;minh@example.vn",
            "lan@\0example.vn",
            "lan@" + "x" * 300 + ".vn",
            "a b@example.vn",
            "lan@exam ple.vn",
        ],
    )
    def test_goes_to_one_reader_or_to_nobody(self, box: Mailbox, address: str) -> None:
        with pytest.raises(Undeliverable):
            mail(box).send(Letter(address, "Vé", "Vé"))

        assert box.taken == []

    def test_finds_a_domain_with_marks(self, box: Mailbox) -> None:
        mail(box).send(Letter("lan@đảoxa.vn", "Vé", "Vé"))

        assert box.taken[0].readers == [reader("lan@đảoxa.vn")]
        assert box.taken[0].readers[0].startswith("lan@xn--")

    def test_to_a_name_with_marks_is_given_up_where_the_server_cannot_write_it(self, box: Mailbox) -> None:
        with pytest.raises(Undeliverable):
            mail(box).send(Letter("lân@example.vn", "Vé", "Vé"))


class TestAServerThatSaysNo:
    @pytest.mark.parametrize(
        ("answers", "outcome"),
        [
            ({"RCPT": "550 lan@example.vn does not live here"}, Undeliverable),
            ({"RCPT": "450 lan@example.vn is busy"}, NotSent),
            ({"TAKEN": "554 lan@example.vn wants no letters"}, Undeliverable),
            ({"TAKEN": "451 later"}, NotSent),
            ({"DATA": "421 going away"}, NotSent),
            ({"MAIL": "550 who are you"}, NotSent),
            ({"CONNECT": "554 no service"}, NotSent),
            ({"EHLO": "421 going away", "HELO": "421 going away"}, NotSent),
        ],
    )
    def test_for_good_or_for_now_is_told_apart_and_names_nobody(
        self, box: Mailbox, answers: dict[str, str], outcome: type[Exception]
    ) -> None:
        box.answers = answers

        with pytest.raises(outcome) as said:
            mail(box).send(LETTER)

        assert type(said.value) is outcome
        assert "lan@" not in str(said.value)
        assert box.taken == []

    def test_at_the_very_end_has_taken_the_letter_all_the_same(self, box: Mailbox) -> None:
        box.answers = {"QUIT": "421 in a hurry"}

        mail(box).send(LETTER)

        assert len(box.taken) == 1

    def test_by_not_being_there_is_tried_again(self) -> None:
        with open_mailbox() as gone:
            port = gone.port

        with pytest.raises(NotSent):
            Mail(f"smtp://127.0.0.1:{port}?{FROM}", Clock(NOW)).send(LETTER)

    def test_where_none_was_named_nothing_is_sent_and_that_is_said(self) -> None:
        with pytest.raises(NoMailServer, match="no-mail-server"):
            Mail(None).send(LETTER)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("mail") / "mail.pem")


class TestAnEncryptedLine:
    @pytest.fixture
    def trusted(self, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    @pytest.mark.usefixtures("trusted")
    def test_carries_the_password_and_the_letter(self, certificate: Path) -> None:
        with open_mailbox(certificate) as box:
            Mail(f"smtp://lan:p%3Ass%2Fword%40@localhost:{box.port}?{FROM}", Clock(NOW)).send(LETTER)

        assert box.signed_in == [("lan", "p:ss/word@", True)]
        assert len(box.taken) == 1

    @pytest.mark.usefixtures("trusted")
    def test_may_be_encrypted_from_the_first_byte(self, certificate: Path) -> None:
        with open_mailbox(certificate, at_once=True) as box:
            Mail(f"smtps://lan:secret@localhost:{box.port}?{FROM}", Clock(NOW)).send(LETTER)

        assert box.signed_in == [("lan", "secret", True)]

    def test_is_not_trusted_without_a_certificate_that_is(self, certificate: Path) -> None:
        with open_mailbox(certificate) as box, pytest.raises(NotSent):
            Mail(f"smtp://lan:secret@localhost:{box.port}?{FROM}", Clock(NOW)).send(LETTER)

        assert box.signed_in == []

    def test_is_not_done_without_where_a_password_is_to_be_told(self, box: Mailbox) -> None:
        """A server that offers none, or somebody in between who takes the offer away."""
        with pytest.raises(NotSent):
            Mail(f"smtp://lan:secret@127.0.0.1:{box.port}?{FROM}", Clock(NOW)).send(LETTER)

        assert box.signed_in == []


def write_certificate(file: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    begin = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=3))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file


class TestTheSetting:
    @pytest.mark.parametrize(
        ("url", "port", "starttls", "encrypted"),
        [
            ("smtp://mail.example.vn?from=ve@example.vn", 25, False, False),
            ("smtp://u:p@mail.example.vn?from=ve@example.vn", 587, True, False),
            ("smtp://u:p@mail.example.vn:2525?from=ve@example.vn&starttls=no", 2525, False, False),
            ("smtp://mail.example.vn:587?starttls=yes&from=ve@example.vn", 587, True, False),
            ("smtps://u:p@mail.example.vn?from=ve@example.vn", 465, False, True),
            ("smtps://ve%40example.vn:p@mail.example.vn", 465, False, True),
        ],
    )
    def test_says_where_and_how(self, url: str, port: int, starttls: bool, encrypted: bool) -> None:
        server = mail_server(url)

        assert (server.port, server.starttls, server.encrypted) == (port, starttls, encrypted)
        assert server.sender.addr_spec == "ve@example.vn"

    @pytest.mark.parametrize(
        "url",
        [
            "mail.example.vn",
            "http://mail.example.vn?from=ve@example.vn",
            "smtp://mail.example.vn",
            "smtp://mail.example.vn?from=nobody",
            "smtp://mail.example.vn?from=ve@example.vn&startls=yes",
            "smtp://mail.example.vn?from=ve@example.vn&starttls=perhaps",
            "smtp://mail.example.vn:mail?from=ve@example.vn",
            "smtp://u:secret@?from=ve@example.vn",
            "smtp://u:secret-mật-khẩu@mail.example.vn?from=ve@example.vn",
        ],
    )
    def test_is_refused_where_it_makes_no_sense_and_tells_no_password(self, url: str) -> None:
        with pytest.raises(ValueError, match=r".") as said:
            mail_server(url)
        assert "secret" not in str(said.value)

        with pytest.raises(ValueError, match="smtp_url"):
            Settings(smtp_url=url)
