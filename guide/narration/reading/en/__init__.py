"""English, as a guide in a museum says it."""

import re

from guide.narration.reading import web
from guide.narration.reading.en import abbreviations, calendar, documents, measures, romans, troops
from guide.narration.reading.en.numbers import amount, digits, whole
from guide.narration.reading.numerals import DASH, POINT_DECIMAL, TWO_DOTS
from guide.narration.reading.scan import (
    Part,
    Rule,
    Rules,
    Said,
    always,
    before,
    by_first,
    compiled,
    following,
    merged,
    previous,
)
from guide.narration.reading.words import Manner


def number(match: re.Match[str]) -> Said:
    """«50.000 VND» was written by a Vietnamese hand: the dot groups thousands."""
    if re.fullmatch(r"[1-9]\d{0,2}\.000", match.group()) and re.match(r"\s?(?:VND|VNĐ|₫|đ|dong)", following(match)):
        return [Part(match.start(), match.end(), whole(match.group().replace(".", "")), "decimal-point")]
    return amount(match.group())


def fraction(match: re.Match[str]) -> Said:
    """A share where the top is smaller; «two and three quarters» after a whole number."""
    top, bottom = int(match["top"]), int(match["bottom"])
    if top == bottom:
        return f"{whole(match['top'])} {whole(match['bottom'])}"
    if match["top"][0] == "0" or bottom < 2 or top >= bottom:
        return None
    said = measures.share(top, bottom)
    return f"and {measures.after_whole(said)}" if re.search(r"\d\s$", previous(match)) else said


def feet(match: re.Match[str]) -> str:
    return f"{whole(match['ft'])} {'foot' if match['ft'] == '1' else 'feet'}"


def initials(match: re.Match[str]) -> Said:
    """«C. S. Lewis»: the dots of initials are no pauses."""
    return [
        Part(match.start() + m.start(), match.start() + m.end(), m.group()[0])
        for m in re.finditer(r"[A-Z]\.", match.group())
    ]


ENDPOINT = (
    r"\d|present\b|today\b|now\b|[½¼¾]|[$€£]\d|c\.\s?\d|Mon|Tue|Wed|Thu|Fri|Sat|Sun|early\s|late\s|mid"
    r"|the\s\d|AD\s\d|BC\b|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
AFTER_AMOUNT = before(
    r"[\d½¼¾%]\s?",
    r"\d(?:s|st|nd|rd|th)\s?",
    r"\b(?:BC|BCE|AD|CE)\s?",
    r"\d\s?(?:[ap]\.?m\.?|km|m|cm|mm|ha|kg|g|°C|°|BC|BCE|AD|CE|ft|million|billion|thousand|₫|VND)\s?",
    r"\b(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat)\.?\s?",
    r"(?:day|Jan|Feb|Mar|Apr|May|Jun|June|Jul|July|Aug|Sep|Sept|Oct|Nov)\.?\s?",
    rf"\b(?:{'|'.join(calendar.MONTHS)})\s?",
)
TO = Rule(compiled(rf"{DASH}(?!\s?0\d{{2,3}}[ .]\d)(?=\s?(?:{ENDPOINT}))"), always("to"), AFTER_AMOUNT)
BY = Rule(compiled(r"[x×*✕](?=\s?\d)"), always("by"), before(r"\d\s?", r"\d\s?(?:m|cm|mm|km|in|ft)\s?"))
TIMES_OVER = Rule(compiled(r"[x×](?![^\W_])"), always("times"), before(r"\d\s?"))
MINUS = Rule(compiled(rf"{DASH}(?=\d)"), always("minus"), before(r"^\s*", r"[\s(\[,;:]"))
NUMBER_MARK = Rule(compiled(r"#(?=\s?\d)"), always("number"))
SPAN = Rule(compiled(r"~(?=\s?\d)"), always("to"), before(r"\d\s?"))
COUNTING = Rule(compiled(r"\d(?:-\d){2,8}(?![\d-]|[.,/]\d|[^\W_])"), lambda m: digits(m.group().replace("-", "")))
HALVES = Rule(compiled(r"50-50(?![\d-])"), always("fifty fifty"))
CALIBRE = Rule(
    compiled(r"\.(?P<n>\d\d)(?=[\s-](?:cal|pistol|revolver|rifle|Colt|Magnum|rounds?))"), lambda m: whole(m["n"])
)
POINT_FIRST = Rule(
    compiled(r"\.(?P<n>\d{1,6})(?![\d.]|[^\W_])"), lambda m: f"point {digits(m['n'])}", before(r"^", r"[\s(]")
)
SQUARED = Rule(compiled("²"), always("squared"), before(r"\d"))
CUBED = Rule(compiled("³"), always("cubed"), before(r"\d"))
ROMAN_POINT = Rule(compiled(r"\.(?=\d)"), always("point"), before(r"\b[IVX]+"))
INCHES = Rule(
    compiled(rf"″|\"(?=\s?(?:{measures.ACROSS}))"),
    lambda m: "inch" if measures.ONE.search(previous(m)) else "inches",
    before(r"\d"),
)
FRACTION = Rule(compiled(r"(?P<top>\d{1,3})\s?[/⁄]\s?(?P<bottom>\d{1,3})(?![\d/]|[.,]\d|[^\W_])"), fraction)
ROUND_THE_CLOCK = Rule(compiled(r"24/7(?![\d/])"), always("twenty four seven"))
YEAR_PAIR = Rule(compiled(r"/(?=\d\d(?!\d))"), always("to"), before(r"\b(?:1\d|20)\d\d"))
DECIMAL_COMMA = Rule(
    compiled(r"\d+,\d{1,2}(?!\d|,)"), lambda m: amount(m.group().replace(",", ".")), doubt="decimal-comma"
)
FEET = Rule(
    compiled(r"(?P<ft>\d{1,2})['’′]\s?(?P<in>\d{1,2})(?:[\"”″]|''|’’)"),
    lambda m: f"{whole(m['ft'])} feet {whole(m['in'])} inches",
)
SIDE_FEET = r"(?P<ft>\d{1,3})['’′](?![\d\w'’′])"
SIDES = (
    Rule(compiled(rf"{SIDE_FEET}(?=\s?(?:{measures.ACROSS}))"), feet),
    Rule(compiled(SIDE_FEET), feet, before(r"[x×✕]\s?", r"\d['’′\"″]\sby\s")),
)
INCH_SIDE = Rule(compiled('″|"'), always("inches"), before(r"\d\s?(?:[\"″]|in)?\s?[x×✕]\s?\d{1,3}"))
OVER = Rule(compiled(r"/(?=\d)"), always("slash"), before(r"\d"))
SECTION = Rule(
    compiled(r"\d{1,3}(?:\.\d{1,3}){2,5}(?!\d|[^\W_])"),
    lambda m: None if re.fullmatch(TWO_DOTS, m.group()) else " point ".join(whole(n) for n in m.group().split(".")),
)
NUMBER = Rule(compiled(POINT_DECIMAL), number)
CALENDAR_WORDS = by_first(
    [
        *(
            (month, rule)
            for month in (*calendar.MONTHS, *calendar.SHORT)
            for rule in (calendar.MONTH_DAY, calendar.MONTH_YEAR)
        ),
        *((month, calendar.SHORT_MONTH) for month in calendar.SHORT),
        *(
            (era, rule)
            for era in ("BC", "BCE", "AD", "CE", "BP", "B.C.", "A.D.", "C.E.")
            for rule in (calendar.ERA_FIRST, calendar.ERA_WORD)
        ),
        *(
            (short, rule)
            for short in calendar.WEEKDAYS
            for rule in (calendar.WEEKDAY_DATE, calendar.WEEKDAY, calendar.WEEKDAY_AFTER)
        ),
        ("c", calendar.CENTURY_SHORT),
        ("cent", calendar.CENTURY_SHORT),
        *(
            (
                half,
                Rule(compiled(r"[aApP]\.?[mM](?:\.(?!\s+[A-Z]|\s*$)|(?![^\W_]))"), calendar.half_day, before(r"\d\s?")),
            )
            for half in ("a", "p", "am", "pm")
        ),
        *((half, Rule(compiled(r"[aApP]\.[mM]\.(?![^\W_])"), calendar.half_day)) for half in ("a", "p")),
    ]
)
INITIALS = Rule(compiled(rf"[A-Z]\.(?:\s?[A-Z]\.){{0,5}}(?=\s?(?:{romans.PARTICLE}\s?)?[A-ZÀ-Ý][^\W\d_])"), initials)
SPACED_INITIALS = Rule(compiled(r"(?:[A-Z]\.){2,6}(?![^\W_])"), initials)
SIGNS = {
    "&": "and",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "§": "section",
    "№": "number",
    "°": "degrees",
    "±": "plus or minus",
    "÷": "divided by",
    "×": "by",
    "%": "percent",
    "‰": "per thousand",
    "₫": "dong",
    "$": "dollars",
    "€": "euros",
    "£": "pounds",
    "¥": "yen",
}
COMPARED = {"~": "about", "≈": "about", ">": "over", "<": "under", "≥": "at least", "≤": "at most"}


def sign(mark: str, said: str, ahead: str = "") -> tuple[Rule]:
    return (Rule(compiled(re.escape(mark) + ahead), always(said)),)


RULES = Rules(
    digits=(
        documents.CALLED,
        documents.DIGITS,
        documents.COORDINATES_RULE,
        ROUND_THE_CLOCK,
        HALVES,
        calendar.ISO,
        calendar.NUMERIC,
        calendar.SHORT_NUMERIC,
        COUNTING,
        documents.SURELY_PHONE,
        calendar.DAY_MONTH,
        calendar.SPAN_START,
        documents.SCORE,
        documents.RESULT,
        documents.SCALE,
        *calendar.CLOCKS,
        calendar.MILITARY,
        calendar.HOURS_AND_MINUTES,
        documents.RATIO,
        calendar.NINE_ELEVEN,
        documents.DOCUMENT_RULE,
        FEET,
        *SIDES,
        calendar.LUNAR_DAY,
        calendar.DAY_AND_MONTH,
        calendar.SPOKEN_DAY,
        FRACTION,
        calendar.DECADE,
        calendar.SHORT_DECADE,
        calendar.ORDINALS,
        calendar.BARE_RANGE,
        calendar.PLAIN_YEAR,
        calendar.EARLY_YEAR,
        calendar.AD_YEAR,
        calendar.SHORT_SPAN,
        documents.ROOM,
        documents.NUMBERED_RULE,
        documents.ACCESSION,
        SECTION,
        DECIMAL_COMMA,
        NUMBER,
        SQUARED,
        CUBED,
    ),
    capitals=(romans.ROMAN_RULE, romans.ROMAN_CENTURY, *documents.CODE_RULES, INITIALS, SPACED_INITIALS),
    words=merged(
        measures.UNIT_WORDS,
        CALENDAR_WORDS,
        abbreviations.ABBREVIATIONS,
        troops.ABBREVIATIONS,
        web.WORDS,
        {"x": (BY, TIMES_OVER)},
    ),
    marks={
        **dict.fromkeys("-–—−‒", (TO, MINUS)),
        **{mark: sign(mark, said) for mark, said in {"%": "percent", "‰": "per thousand"}.items()},
        **{mark: sign(mark, said, r"(?=\s?\d)") for mark, said in COMPARED.items()},
        **{mark: (Rule(compiled(mark), measures.vulgar),) for mark in measures.VULGAR},
        **measures.MONEY_MARKS,
        "¢": (measures.CENT_MARK,),
        "~": (SPAN, *sign("~", "about", r"(?=\s?\d)")),
        "″": (INCHES, INCH_SIDE),
        '"': (INCHES, INCH_SIDE),
        "°": (measures.DEGREES,),
        "×": (BY, TIMES_OVER),
        "*": (BY,),
        "/": (measures.PER, measures.PER_APART, YEAR_PAIR, OVER),
        "#": (NUMBER_MARK,),
        ".": (CALIBRE, POINT_FIRST, web.dot("dot"), ROMAN_POINT),
        "+": (documents.CALLED, documents.SURELY_PHONE),
        "(": (documents.CALLED, documents.SURELY_PHONE),
        "'": (calendar.CUT_DECADE, calendar.CUT_YEAR),
        "’": (calendar.CUT_DECADE, calendar.CUT_YEAR),
        "‘": (calendar.CUT_DECADE, calendar.CUT_YEAR),
    },
)
MANNER = Manner(signs=SIGNS, twins=str.maketrans("º", "°"))
