"""Vietnamese numbers in words: mươi, mốt, tư, lăm and linh where they belong."""

from guide.narration.reading.numerals import Number, comma_decimal, digit_by_digit

DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
SCALES = ["", "nghìn", "triệu"]
LONGEST_NUMBER = 18
ORDINALS = {1: "nhất", 4: "tư"}

digits = digit_by_digit(" ".join(DIGITS))


def cardinal(number: int) -> str:
    if number >= 10**9:
        billions, rest = divmod(number, 10**9)
        return f"{cardinal(billions)} tỷ" + (f" {below_billion(rest, full=True)}" if rest else "")
    return below_billion(number, full=False) if number else DIGITS[0]


def below_billion(number: int, full: bool) -> str:
    said: list[str] = []
    for power in (2, 1, 0):
        three = number // 1000**power % 1000
        if three:
            said += [below_thousand(three, full=full or bool(said)), SCALES[power]]
    return " ".join(word for word in said if word)


def below_thousand(number: int, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    said = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if rest and rest < 10 and said:
        return " ".join([*said, "linh", DIGITS[rest]])
    return " ".join([*said, below_hundred(rest)] if rest else said)


def below_hundred(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return DIGITS[unit]
    said = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    return f"{said} {after_ten(tens, unit)}" if unit else said


def after_ten(tens: int, unit: int) -> str:
    if unit == 5:
        return "lăm"
    if tens > 1 and unit in (1, 4):
        return {1: "mốt", 4: "tư"}[unit]
    return DIGITS[unit]


def ordinal(number: int) -> str:
    """After «thứ»: nhất, hai, ba, tư."""
    return ORDINALS.get(number) or cardinal(number)


def whole(written: str) -> str:
    """A leading zero is heard; what is too long to be a number is said digit by digit."""
    if len(written) > LONGEST_NUMBER or written.startswith("00"):
        return digits(written)
    said = cardinal(int(written))
    return f"không {said}" if written[0] == "0" and len(written) > 1 else said


def amount(written: str) -> str:
    return said(comma_decimal(written))


def said(number: Number) -> str:
    if not number.decimals:
        return whole(number.whole)
    return f"{whole(number.whole)} phẩy {decimals(number.decimals)}"


def decimals(written: str) -> str:
    if len(written) > 3:
        return digits(written)
    zeros = len(written) - len(written.lstrip("0"))
    rest = written[zeros:]
    return " ".join(["không"] * zeros + ([cardinal(int(rest))] if rest else []))
