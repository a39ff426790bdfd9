"""Roman numerals as they stand in heritage texts: XVI, XIX, MDCCCLXII."""

import re

ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![^\W\d_])"
WHOLE = re.compile(ROMAN)
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def value(numeral: str) -> int:
    total = 0
    for letter, following in zip(numeral, [*numeral[1:], ""], strict=True):
        worth = VALUES[letter]
        total += -worth if following and VALUES[following] > worth else worth
    return total
