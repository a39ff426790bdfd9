"""English numbers in words: cardinals, ordinals and the way years are said."""

from guide.narration.reading.numerals import Number, digit_by_digit, point_decimal

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = [(10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")]
LONGEST_NUMBER = 15
IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

digits = digit_by_digit(" ".join(ONES[:10]))


def cardinal(number: int) -> str:
    if number < 100:
        return below_hundred(number)
    if number < 1000:
        return with_rest(f"{ONES[number // 100]} hundred", number % 100)
    worth, name = next(scale for scale in SCALES if number >= scale[0])
    return with_rest(f"{cardinal(number // worth)} {name}", number % worth)


def with_rest(said: str, rest: int) -> str:
    if not rest:
        return said
    return f"{said} and {cardinal(rest)}" if rest < 100 else f"{said} {cardinal(rest)}"


def below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    tens, one = divmod(number, 10)
    return f"{TENS[tens]} {ONES[one]}" if one else TENS[tens]


def ordinal(number: int) -> str:
    said = cardinal(number)
    cut = said.rfind(" ") + 1
    start, last = said[:cut], said[cut:]
    if last in IRREGULAR:
        return start + IRREGULAR[last]
    return start + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(number: int) -> str:
    """Eighteen oh two, nineteen hundred, two thousand and five, twenty twenty-six."""
    century, rest = divmod(number, 100)
    if number < 100 or number % 1000 == 0 or 2000 <= number < 2010:
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decade(number: int) -> str:
    """The nineteen twenties, the nineteen hundreds, the two thousands."""
    said = year(number)
    return f"{said[:-1]}ies" if said.endswith("ty") else f"{said}s"


def whole(written: str) -> str:
    if len(written) > LONGEST_NUMBER or written.startswith("00") or (written[0] == "0" and len(written) > 3):
        return digits(written)
    return cardinal(int(written))


def amount(written: str) -> str:
    return said(point_decimal(written))


def said(number: Number) -> str:
    spoken = whole(number.whole or "0")
    return f"{spoken} point {digits(number.decimals)}" if number.decimals else spoken
