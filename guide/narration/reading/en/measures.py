"""English sizes, weights, prices and shares."""

import re

from guide.narration.reading.en.numbers import amount, cardinal, ordinal
from guide.narration.reading.numerals import DASH, POINT_DECIMAL
from guide.narration.reading.scan import (
    Part,
    Rule,
    Said,
    always,
    before,
    by_first,
    compiled,
    following,
    group,
    previous,
)

UNITS = {
    "km": "kilometer",
    "m": "meter",
    "cm": "centimeter",
    "mm": "millimeter",
    "dm": "decimeter",
    "µm": "micrometer",
    "μm": "micrometer",
    "nm": "nanometer",
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "ha": "hectare",
    "l": "liter",
    "L": "liter",
    "ml": "milliliter",
    "mL": "milliliter",
    "cl": "centiliter",
    "ft": "foot",
    "yd": "yard",
    "mi": "mile",
    "lb": "pound",
    "lbs": "pound",
    "oz": "ounce",
    "kW": "kilowatt",
    "MW": "megawatt",
    "W": "watt",
    "V": "volt",
    "kV": "kilovolt",
    "kWh": "kilowatt hour",
    "Hz": "hertz",
    "kHz": "kilohertz",
    "MHz": "megahertz",
    "GHz": "gigahertz",
    "dB": "decibel",
    "GB": "gigabyte",
    "MB": "megabyte",
    "TB": "terabyte",
    "kB": "kilobyte",
    "hp": "horsepower",
    "sq ft": "square foot",
    "sq m": "square meter",
    "sq. m": "square meter",
    "sq km": "square kilometer",
    "sq. km": "square kilometer",
    "sq mi": "square mile",
    "cu m": "cubic meter",
    "km/h": "kilometer per hour",
    "kph": "kilometer per hour",
    "mph": "mile per hour",
    "m/s": "meter per second",
    "kg/m³": "kilogram per cubic meter",
    "kg/m3": "kilogram per cubic meter",
    "t": "tonne",
    "hrs": "hour",
    "hr": "hour",
    "mins": "minute",
    "min": "minute",
    "secs": "second",
    "sec": "second",
    "kcal": "kilocalorie",
    "h": "hour",
    "lx": "lux",
    "in": "inch",
    "yds": "yard",
    "lb.": "pound",
    "cc": "cubic centimeter",
    "Mbps": "megabit per second",
    "Gbps": "gigabit per second",
    "ppm": "part per million",
    "sq. ft.": "square foot",
    "sq. ft": "square foot",
    "sq. in.": "square inch",
    "sq in": "square inch",
    "sq. mi.": "square mile",
    "cu. m": "cubic meter",
    "cu. ft.": "cubic foot",
    "cu ft": "cubic foot",
    "s": "second",
}
BARE_UNITS = ("km²", "m²", "cm²", "m³", "km", "sq km", "sq m", "km/h", "kg", "cm")
PLURALS = {"foot": "feet", "inch": "inches", "hertz": "hertz", "horsepower": "horsepower", "lux": "lux"}
POWERS = {"²": "square", "2": "square", "³": "cubic", "3": "cubic"}
LENGTHS = ("km", "m", "cm", "mm", "dm", "ft", "in")
ACROSS = r"(?:wide|high|long|tall|deep|thick|across|apart|in\s(?:diameter|length|height|width)|[x×]\s?\d|by\s\d)"
NEEDS_DOT_OR_CLOSE = {
    "in": rf"in(?:\.(?=\s|$|,|\))|(?=\s{ACROSS})|(?<=\dft \din)|(?<=\dft \d\din)|(?=\s*$)(?<=ft \d\sin))",
    "s": r"(?<=\s)s(?![^\W_]|['’]|\.\w)",
    "t": r"t(?![^\W_]|['’])",
}
MONEY = {
    "$": ("dollar", "dollars"),
    "US$": ("U S dollar", "U S dollars"),
    "USD": ("U S dollar", "U S dollars"),
    "€": ("euro", "euros"),
    "EUR": ("euro", "euros"),
    "£": ("pound", "pounds"),
    "GBP": ("pound", "pounds"),
    "¥": ("yen", "yen"),
    "JPY": ("yen", "yen"),
    "₫": ("dong", "dong"),
    "đ": ("dong", "dong"),
    "VND": ("dong", "dong"),
    "VNĐ": ("dong", "dong"),
    "₩": ("won", "won"),
    "KRW": ("won", "won"),
    "฿": ("baht", "baht"),
    "THB": ("baht", "baht"),
    "CNY": ("yuan", "yuan"),
    "RMB": ("yuan", "yuan"),
    "A$": ("Australian dollar", "Australian dollars"),
    "AUD": ("Australian dollar", "Australian dollars"),
    "C$": ("Canadian dollar", "Canadian dollars"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "S$": ("Singapore dollar", "Singapore dollars"),
    "SGD": ("Singapore dollar", "Singapore dollars"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars"),
    "₽": ("rouble", "roubles"),
}
CENTS = {"$": "cents", "US$": "cents", "USD": "cents", "€": "cents", "EUR": "cents", "£": "pence", "GBP": "pence"}
TIMES = {
    "m": "million",
    "M": "million",
    "mn": "million",
    "bn": "billion",
    "b": "billion",
    "B": "billion",
    "k": "thousand",
    "K": "thousand",
}
MULTIPLE = r"(?:hundred|thousand|million|billion|trillion)"
END = r"(?![^\W_]|[²³])"
AFTER_COUNT = before(r"\d\s?", r"\d[kK]\s", rf"\d[\s-]{MULTIPLE}\s", r"[½¼¾⅓⅔⅛]\s?", r"\d-")
ONE = re.compile(r"(?:^|[^\d.,–-])1\s?$")
GOLD = r"(?=[\s-](?:white\s|yellow\s|rose\s)?gold(?![^\W_]))"
CROWD = (
    r"\s(?:people|visitors|tourists|inhabitants|visits|copies|dong|tonnes|tons|dollars|euros|years|bricks|francs"
    r"|piastres|pounds|yen|baht|objects|books|items|pieces)\b"
)
VULGAR = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
    "⅒": (1, 10),
}


MEASURED = re.compile(
    r"\s(?:howitzer|gun|cannon|shell|mortar|rifle|pistol|rocket|round|film|lens|race|walk|drive|ride|tour|hike|climb|swim"
    r"|boat trip|trip|wall|tower|tunnel|gap|gauge|pipe|tank|crane|pole)s?(?![^\W_])"
)


SIZE = r"\s(?:[1-9][\d,]*\.)?\d[\d,]*\s?"
A_SIZE = before(rf"(?:\b(?-i:an?)|(?:^|[.!?:(“\"]\s?)An?){SIZE}")
THE_SIZE = before(rf"\b(?:the|this|that|his|her|its|their|our|each|every|['’]s){SIZE}")
NOUN_AHEAD = re.compile(
    r"\s(?!(?:of|in|to|from|and|or|at|on|by|is|are|was|were|has|had|between|for|that|which|with|below|above|away|across"
    r"|along|up|down|before|after|inland|north|south|east|west|it|they|he|she|we|I|as|than|into|through|per)(?![^\W_]))"
    r"[^\W\d_]"
)


def plural(name: str) -> str:
    head, per, rest = name.partition(" per ")
    if " of " in head:
        return name
    start, _, last = head.rpartition(" ")
    many = last if last.endswith("hertz") else PLURALS.get(last, last + "s")
    return f"{start} {many}".strip() + per + rest


def unit_name(name: str, match: re.Match[str]) -> str:
    """One meter, two meters; a 5-meter wall, a 105 mm howitzer."""
    text, follows = previous(match), following(match)
    single = ONE.search(text) or text.endswith("-") or MEASURED.match(follows) or A_SIZE.search(text)
    return name if single or (THE_SIZE.search(text) and NOUN_AHEAD.match(follows)) else plural(name)


def unit_rule(symbol: str, name: str) -> Rule:
    pattern = NEEDS_DOT_OR_CLOSE.get(symbol, rf"{re.escape(symbol)}(?:\.(?=\s[a-z(]|,|\))|{END})")
    return Rule(compiled(pattern), lambda m: unit_name(name, m), AFTER_COUNT)


def bare_rule(symbol: str) -> Rule:
    """«a few km»: many; «per km²»: one. After a number the unit's own rule answers."""
    name = f"{POWERS[symbol[-1]]} {UNITS[symbol[:-1]]}" if symbol[-1] in "²³" else UNITS[symbol]

    def say(match: re.Match[str]) -> Said:
        if AFTER_COUNT.search(previous(match)):
            return None
        return name if re.search(r"\b(?:per|a|an|each|every|one)\s$", previous(match)) else plural(name)

    return Rule(compiled(rf"{re.escape(symbol)}{END}"), say)


def power_rule(symbol: str) -> Rule:
    def say(match: re.Match[str]) -> Said:
        return unit_name(f"{POWERS[match['power']]} {UNITS[symbol]}", match)

    return Rule(compiled(rf"{symbol}(?P<power>[²³23])(?![^\W_])"), say, AFTER_COUNT)


def times_rule(symbol: str, name: str) -> Rule:
    return Rule(compiled(rf"{symbol}(?![^\W_])"), always(name), before(r"[$€£¥]\s?\d[\d.,]*\s?"))


PREFIXED = compiled(
    rf"(?P<sign>US\s?\$|HK\$|A\$|C\$|S\$|USD|VND|VNĐ|EUR|GBP|JPY|CNY|AUD|SGD"
    rf"|[$€£¥₩₫฿₽])\s?(?P<n>{POINT_DECIMAL})(?:\s?{DASH}\s?(?:US\$|[$€£¥])?(?P<to>{POINT_DECIMAL}))?"
    rf"(?:(?P<gap>\s?|-)(?P<times>{MULTIPLE}|bn|mn|[mMbBkK])(?![^\W_]))?"
)


def prefixed(match: re.Match[str]) -> Said:
    """«US$6.7 million» is six point seven million U S dollars, «$5.50» five dollars fifty."""
    one, many = MONEY[match["sign"].replace(" ", "")]
    many = one if re.search(r"\ban?\s$", previous(match)) else many
    count = amount(match["n"]) + (f" to {amount(match['to'])}" if match["to"] else "")
    end = match.end("to") if match["to"] else match.end("n")
    if match["times"]:
        multiple = TIMES.get(match["times"], match["times"])
        apart = [Part(match.start(), end, count), group(match, "times", f"{multiple} {many}")]
        return apart if match["gap"].strip() == "" and match["gap"] else f"{count} {multiple} {many}"
    small = re.fullmatch(r"([\d,]+)\.(\d\d)", match["n"])
    if small and match["sign"] in CENTS and not match["to"]:
        return with_cents(match["sign"], small[1], small[2])
    return [Part(match.start(), end, f"{count} {one if match['n'] == '1' and not match['to'] else many}")]


def with_cents(sign: str, whole: str, cents: str) -> str:
    coins = f"{amount(whole)} {MONEY[sign][whole != '1']}"
    return coins if cents == "00" else f"{coins} and {cardinal(int(cents))} {CENTS[sign]}"


def money_rule(symbol: str) -> Rule:
    one, many = MONEY[symbol]
    ending = END if symbol[-1].isalpha() else ""
    return Rule(compiled(re.escape(symbol) + ending), lambda m: one if ONE.search(previous(m)) else many, AFTER_COUNT)


def share(top: int, bottom: int) -> str:
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom)
    if top == 1:
        return f"one {name}"
    return f"{cardinal(top)} {'halves' if bottom == 2 else name + 's'}"


def after_whole(said: str) -> str:
    return f"a{said.removeprefix('one')}" if said.startswith("one ") else said


def vulgar(match: re.Match[str]) -> Said:
    """«2½» is two and a half."""
    top, bottom = VULGAR[match.group()]
    said = share(top, bottom)
    if re.search(r"\d\s?$", previous(match)):
        return f"and {after_whole(said)}"
    return said


def degrees(match: re.Match[str]) -> Said:
    scale = {"C": " Celsius", "F": " Fahrenheit"}.get(match["scale"] or "", "")
    one = ONE.search(previous(match)) and not scale
    return f"degree{'' if one else 's'}{scale}"


DEGREES = Rule(compiled(r"[°º]\s?(?P<scale>[CF](?![^\W_]))?"), degrees)
PER_NAMES = {
    "h": "hour",
    "km²": "square kilometer",
    "km2": "square kilometer",
    "km": "kilometer",
    "kg": "kilogram",
    "m²": "square meter",
    "m2": "square meter",
    "people": "person",
    "ha": "hectare",
    "pax": "person",
    "litre": "liter",
    "s": "second",
    "sec": "second",
    "min": "minute",
    "hr": "hour",
    "d": "day",
    "yr": "year",
    "l": "liter",
}
PER = Rule(
    compiled(
        r"/\s?(?P<unit>sec|s|min|hr|d|yr|l|person|people|day|night|hour|h|km²|km2|km|kg|m²|m2|month|year|visitor|ticket|adult|student|guest|group"
        r"|child|head|ha|litre|liter|pax)(?![^\W_])"
    ),
    lambda m: f"per {PER_NAMES.get(m['unit'], m['unit'])}",
    before(
        r"(?:\d|\s)(?:km|m|cm|mm|m³|m3|m²|m2|l|kg|g|times|₫|đ|VND|USD|€|tonnes?|people|dong|inhabitants|visitors|dollars|euros|persons)",
        r"[$€£₫]?\d",
    ),
)

PER_APART = Rule(
    compiled(
        r"/\s(?P<unit>person|people|adult|child|visitor|ticket|student|guest|group|head|pax|day|night|hour|month|year)(?![^\W_])"
    ),
    PER.say,
    before(r"\d\s", r"\d\s?(?:VND|VNĐ|₫|đ|dong|USD|€|\$|euros?|dollars)\s"),
)

UNIT_WORDS = by_first(
    [
        *((symbol, power_rule(symbol)) for symbol in LENGTHS),
        ("k", Rule(compiled(rf"[kK]{GOLD}"), always(" karat"), before(r"\d\d"))),
        ("k", Rule(compiled(r"[kK](?![^\W_])"), always("thousand"), before(r"\d\d"))),
        *(
            (short, Rule(compiled(rf"{short}(?![^\W_])"), always(TIMES[short]), before(r"\d\s?")))
            for short in ("bn", "mn")
        ),
        ("m", Rule(compiled(rf"m(?={CROWD})"), always(" million"), before(r"\d"))),
        ("p", Rule(compiled(r"p(?![^\W_]|\.)"), always("pence"), before(r"\b\d{2}"))),
        *((symbol, bare_rule(symbol)) for symbol in BARE_UNITS),
        *((symbol, times_rule(symbol, name)) for symbol, name in TIMES.items()),
        *((symbol, unit_rule(symbol, name)) for symbol, name in sorted(UNITS.items(), key=lambda row: -len(row[0]))),
        ("US", Rule(PREFIXED, prefixed)),
        *(
            (sign, Rule(PREFIXED, prefixed))
            for sign in ("US$", "HK$", "A$", "C$", "S$", "USD", "VND", "VNĐ", "EUR", "GBP", "JPY", "CNY", "AUD", "SGD")
        ),
        *((symbol, money_rule(symbol)) for symbol in MONEY if symbol[0].isalpha()),
    ]
)
CENT_MARK = Rule(compiled("¢"), lambda m: "cent" if ONE.search(previous(m)) else "cents", before(r"\d\s?"))
MONEY_MARKS = {sign: (Rule(PREFIXED, prefixed), money_rule(sign)) for sign in "$€£¥₩₫฿₽"}
