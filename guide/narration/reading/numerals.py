"""Numbers as they are written: grouped by dots, commas or thin spaces, with or without decimals."""

import re
from collections.abc import Callable
from typing import NamedTuple

from guide.narration.reading.scan import Part, Said

THIN = "\u00a0\u202f\u2009"
BY_SPACE = (
    rf"[1-9]\d{{0,2}}(?:[{THIN}]\d{{3}}){{1,8}}(?!\d)|[1-9]\d{{0,2}}(?: \d{{3}}){{2,8}}(?!\d)|[1-9]\d{{0,2}} 000(?!\d)"
)
BY_DOT = r"[1-9]\d{0,2}(?:\.\d{3}){1,8}(?![\d])"
BY_COMMA = r"[1-9]\d{0,2}(?:,\d{3}){1,8}(?![\d])"
TWO_COMMAS = r"[1-9]\d{0,2}(?:,\d{3}){2,8}(?![\d])"
TWO_DOTS = r"[1-9]\d{0,2}(?:\.\d{3}){2,8}(?![\d])"
COMMAS_AND_POINT = r"[1-9]\d{0,2}(?:,\d{3})+\.\d{1,3}(?!\d)"
DASH = r"[-–—‒−]"

COMMA_DECIMAL = (
    rf"(?:(?:{BY_DOT}|{BY_SPACE})(?:,\d{{1,12}}(?!\d))?|{COMMAS_AND_POINT}|{TWO_COMMAS}|\d+,\d{{1,12}}(?![\d])"
    rf"|\d+\.\d{{1,12}}(?!\d|\.\d)|\d+)"
)
POINT_DECIMAL = rf"(?:(?:{BY_COMMA}|{BY_SPACE})(?:\.\d{{1,12}}(?!\d))?|{TWO_DOTS}|\d+\.\d{{1,12}}(?![\d])|\d+)"


class Number(NamedTuple):
    """The digits before and after the decimal sign; `sign` is that sign, or empty."""

    whole: str
    sign: str = ""
    decimals: str = ""


def comma_decimal(written: str) -> Number:
    if re.fullmatch(TWO_COMMAS, written):
        return Number(written.replace(",", ""))
    if re.fullmatch(COMMAS_AND_POINT, written):
        return point_decimal(written)
    return parted(written, BY_DOT, ",", ".")


def point_decimal(written: str) -> Number:
    if re.fullmatch(TWO_DOTS, written):
        return Number(written.replace(".", ""))
    return parted(written, BY_COMMA, ".", ",")


def parted(written: str, grouped: str, sign: str, other: str) -> Number:
    whole, found, decimals = written.partition(sign)
    if not found and not re.fullmatch(grouped, written) and other in written:
        whole, found, decimals = written.partition(other)
    return Number(re.sub(r"\D", "", whole), found, decimals)


def single(match: re.Match[str], said: str) -> Said:
    """A number with a space in it: the first word says it all."""
    return [Part(match.start(), match.end(), said)]


def digit_by_digit(names: str) -> Callable[[str], str]:
    words = names.split()
    return lambda written: " ".join(words[int(digit)] for digit in written if digit.isdigit())
