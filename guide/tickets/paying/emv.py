"""The text inside a VietQR code: EMVCo's tags, lengths and values, as NAPAS fills them in, with a checksum behind."""

from __future__ import annotations

import binascii

NAPAS = "A000000727"
TO_AN_ACCOUNT = "QRIBFTTA"
DONG = "704"
LONGEST_MEMO = 25


def transfer(bin_number: str, account: str, dong: int, memo: str) -> str:
    """A transfer of so much to this account, with this memo."""
    receiver = field("00", NAPAS) + field("01", field("00", bin_number) + field("01", account))
    text = (
        field("00", "01")
        + field("01", "12")
        + field("38", receiver + field("02", TO_AN_ACCOUNT))
        + field("53", DONG)
        + field("54", str(dong))
        + field("58", "VN")
        + field("62", field("08", memo[:LONGEST_MEMO]))
        + "6304"
    )
    return text + checksum(text)


def field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE in four hexadecimal digits."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def read(text: str) -> dict[str, str]:
    """The values under their tags; a text that is cut or whose checksum is wrong gives nothing."""
    return fields(text) if checksum(text[:-4]) == text[-4:] else {}


def fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    while text[2:4].isdigit():
        tag, length = text[:2], int(text[2:4])
        found[tag], text = text[4 : 4 + length], text[4 + length :]
    return found if not text else {}
