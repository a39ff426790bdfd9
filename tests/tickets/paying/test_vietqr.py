"""VietQR: what a bank's app reads out of the square, compared with strings that others have published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pytest
import zxingcpp

from guide.tickets.paying import emv, vietqr
from guide.tickets.paying.contracts import BankAccount
from guide.tours.squares import square
from tests.tickets.box_office import NOW

NAPAS_ACCOUNT = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
    "62340107NPS68690819thanh toan don hang63042E2E"
)
"""NAPAS, Technical Specifications on NAPAS QR Switching 1.5.2, part IV, example 6.1.3: dynamic, to an account."""
NAPAS_CARD = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52"
"""The same, example 6.1.2: static, to a card."""
SUBIZ = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN"
    "62170813ung ho lu lut6304C15C"
)
"""github.com/subiz/vietqr, README."""
QR_PAY = (
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA53037045405100005802VN"
    "62150811Chuyen tien630453E6"
)
"""A port of github.com/xuannghia/vietnam-qr-pay to C#, README."""
IMAGE_SERVICE = (
    "00020101021238540010A00000072701240006970436011012345678900208QRIBFTTA53037045405500005802VN"
    "62130809TEST MEMO6304DBA4"
)
"""Read by somebody out of a square that VietQR's own image service had made."""
PUBLISHED = [
    (("970415", "0011001932418", 120_000, "ung ho lu lut"), SUBIZ),
    (("970416", "257678859", 10_000, "Chuyen tien"), QR_PAY),
    (("970436", "1234567890", 50_000, "TEST MEMO"), IMAGE_SERVICE),
]


@dataclass
class Asked:
    code: str = "K7M2QXR349"
    museum: str = "lang-gom"
    total_dong: int = 100_000
    language: str = "vi"
    expires_at: datetime = NOW


def test_the_checksum_is_the_one_in_the_catalogue_of_checksums() -> None:
    """CRC-16/CCITT-FALSE (IBM 3740): its check value over 123456789."""
    assert emv.checksum("123456789") == "29B1"


@pytest.mark.parametrize("text", [NAPAS_ACCOUNT, NAPAS_CARD])
def test_the_checksum_is_the_one_in_the_specification(text: str) -> None:
    assert emv.checksum(text[:-4]) == text[-4:]


@pytest.mark.parametrize(("asked", "published"), PUBLISHED, ids=lambda case: case[-4:])
def test_a_transfer_is_written_as_others_write_it(asked: tuple[str, str, int, str], published: str) -> None:
    assert emv.transfer(*asked) == published


def test_the_specifications_example_is_taken_apart_as_it_says() -> None:
    found = emv.read(NAPAS_ACCOUNT)

    assert (found["53"], found["54"], found["58"]) == ("704", "180000", "VN")
    assert emv.fields(found["62"])["08"] == "thanh toan don hang"


@pytest.mark.parametrize("broken", [NAPAS_ACCOUNT[:-1] + "F", NAPAS_ACCOUNT.replace("180000", "180001"), "", "6304"])
def test_a_text_with_a_wrong_checksum_says_nothing(broken: str) -> None:
    assert emv.read(broken) == {}


def test_a_phone_reads_the_order_the_amount_and_the_account_out_of_the_square() -> None:
    held = BankAccount(bin="970436", account="0011001932418", name="LANG GOM")
    payment = vietqr.payment(held, Asked())

    drawn = (
        np.kron(~np.array(square(payment.emv).modules, dtype=bool), np.ones((8, 8), dtype=bool)).astype(np.uint8) * 255
    )
    read = emv.read(zxingcpp.read_barcodes(drawn)[0].text)

    assert emv.fields(read["62"])["08"] == payment.memo == "SEN K7M2QXR349"
    assert read["54"] == "100000"
    assert emv.fields(emv.fields(read["38"])["01"]) == {"00": "970436", "01": "0011001932418"}
    assert payment.bank == "Vietcombank"


def test_a_program_is_told_what_there_is_and_nothing_blank() -> None:
    held = BankAccount(bin="999999", account="1234", name="LANG GOM")

    assert set(vietqr.payment(held, Asked()).data) == {"way", "kind", "dong", "memo", "emv", "bin", "account", "name"}
