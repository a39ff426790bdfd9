"""English days, months, years, centuries and hours."""

import re

from guide.narration.reading.en.numbers import cardinal, decade, ordinal, year
from guide.narration.reading.numerals import DASH
from guide.narration.reading.scan import Part, Rule, Said, always, before, compiled, following, group, previous

MONTHS = "January February March April May June July August September October November December".split()
SHORT = {name[:3]: name for name in MONTHS} | {"Sept": "September", "June": "June", "July": "July"}
WEEKDAYS = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Tues": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}
MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(sorted(SHORT, key=len, reverse=True))})\b\.?)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:[1-9]\d{2,3})"
NTH = r"(?:st|nd|rd|th)?"
NOT_MORE = r"(?!\d|[.,/:]\d|[^\W_]|%)"
ERA = {
    "BC": "B C",
    "BCE": "B C E",
    "AD": "A D",
    "CE": "C E",
    "B.C.": "B C",
    "B.C.E.": "B C E",
    "A.D.": "A D",
    "C.E.": "C E",
    "BP": "B P",
}


def month_name(written: str) -> str:
    bare = written.rstrip(".")
    return bare if bare in MONTHS else SHORT[bare]


def day_month(match: re.Match[str]) -> Said:
    """«2 September 1945» is the second of September nineteen forty-five."""
    article = "" if re.search(r"\bthe\s+$", previous(match), re.IGNORECASE) else "the "
    of = "" if match["of"] else " of"
    parts = [group(match, "d", f"{article}{ordinal(int(match['d']))}{of}")]
    if match["e"]:
        parts = [
            group(match, "d", f"{article}{ordinal(int(match['d']))}"),
            group(match, "dash", "to"),
            group(match, "e", f"{article}{ordinal(int(match['e']))}{of}"),
        ]
    return [*widened(match, parts), group(match, "month", month_name(match["month"])), *year_part(match)]


def widened(match: re.Match[str], parts: list[Part]) -> list[Part]:
    """The «nd» of «2nd» belongs to the day."""
    ends = {"d": "nth", "e": "nthe"}
    return [
        part._replace(
            end=max(part.end, *(match.end(nth) for day, nth in ends.items() if match.end(day) == part.end), part.end)
        )
        for part in parts
    ]


def month_day(match: re.Match[str]) -> Said:
    """«September 2, 1945» is September second, nineteen forty-five."""
    parts = [group(match, "month", month_name(match["month"])), group(match, "d", ordinal(int(match["d"])))]
    if match["e"]:
        parts += [group(match, "dash", "to"), group(match, "e", ordinal(int(match["e"])))]
    return [*widened(match, parts), *year_part(match)]


def year_part(match: re.Match[str]) -> list[Part]:
    return [group(match, "y", year(int(match["y"])))] if match["y"] else []


def month_year(match: re.Match[str]) -> Said:
    return [group(match, "month", month_name(match["month"])), group(match, "y", year(int(match["y"])))]


def short_month(match: re.Match[str]) -> Said:
    return month_name(match.group())


def numeric_date(match: re.Match[str]) -> Said:
    """Day before month, as in Vietnam, unless only the other order makes a date."""
    first, second = int(match["d"]), int(match["m"])
    unsure = first <= 12 and second <= 12 and first != second
    day, month = (second, first) if second > 12 else (first, second)
    if month > 12 or day > 31:
        return None
    said = f"the {ordinal(day)} of {MONTHS[month - 1]} {year(int(match['y']))}"
    return [Part(match.start(), match.end(), said, "day-or-month" if unsure and match["sep"] == "/" else None)]


def short_date(match: re.Match[str]) -> Said:
    """«6/6/44» is the sixth of June forty-four."""
    first, second, years = int(match["d"]), int(match["m"]), match["y"]
    day, month = (second, first) if second > 12 else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    end = f"oh {cardinal(int(years))}" if years[0] == "0" else cardinal(int(years))
    unsure = "day-or-month" if first <= 12 and second <= 12 and first != second else None
    return [Part(match.start(), match.end(), f"the {ordinal(day)} of {MONTHS[month - 1]} {end}", unsure)]


def iso_date(match: re.Match[str]) -> Said:
    return f"the {ordinal(int(match['d']))} of {MONTHS[int(match['m']) - 1]} {year(int(match['y']))}"


def lunar_day(match: re.Match[str]) -> str:
    return f"the {ordinal(int(match['d']))} day of the {ordinal(int(match['m']))} month"


def day_and_month(match: re.Match[str]) -> str:
    return f"the {ordinal(int(match['d']))} of {MONTHS[int(match['m']) - 1]}"


def minute(written: str) -> str:
    number = int(written)
    return cardinal(number) if number > 9 else ("hundred" if number == 0 else f"oh {cardinal(number)}")


def clock(match: re.Match[str]) -> Said:
    hour, minute, half = int(match["h"]), int(match["min"] or 0), match["half"]
    said = cardinal(hour)
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    elif not half:
        said = f"{said} o'clock" if 1 <= hour <= 12 else ("midnight" if hour in (0, 24) else f"{said} hundred")
    return f"{said} {half[0].lower()} m" if half else said


def half_day(match: re.Match[str]) -> Said:
    return f"{match.group()[0].lower()} m"


HALF = r"(?P<half>[aApP]\.?\s?[mM](?:\.(?!\s+[A-Z]|\s*$)|(?![^\W_])))"
H24 = r"(?P<h>[01]?\d|2[0-4])"
MILITARY = Rule(
    compiled(r"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?=\s?(?:hours|hrs)(?![^\W_]))"),
    lambda m: f"{'oh ' if m['h'][0] == '0' else ''}{cardinal(int(m['h']))} {minute(m['min'])}",
)
HOURS_AND_MINUTES = Rule(
    compiled(r"(?P<h>\d{1,2})h\s?(?P<min>\d{1,2})\s?m(?:in)?(?![^\W_])"),
    lambda m: f"{cardinal(int(m['h']))} hour{'' if m['h'] == '1' else 's'} {cardinal(int(m['min']))} minutes",
)
CLOCKS = (
    Rule(compiled(rf"{H24}:(?P<min>[0-5]\d)(?::00)?(?:\s?{HALF})?(?![\d:]|[.,]\d|[^\W_])"), clock),
    Rule(compiled(rf"(?P<h>1[0-2]|0?[1-9])(?:\.(?P<min>[0-5]\d))?\s?{HALF}"), clock),
    Rule(compiled(r"(?P<h>[01]?\d|2[0-4])h(?P<min>[0-5]\d)(?P<half>)(?![^\W_])"), clock),
    Rule(
        compiled(r"(?P<h>[01]?\d|2[0-4])h(?P<min>)(?P<half>)(?![^\W_])"),
        clock,
        before(r"\b(?:at|from|until|till|to|by|before|after)\s", r"\dh(?:\d\d)?\s?[-–]\s?"),
    ),
    Rule(
        compiled(r"(?P<h>1[0-2]|0?[1-9])(?P<min>)(?P<half>)(?=\s?[-–]\s?(?:1[0-2]|[1-9])(?::\d\d)?\s?[aApP]\.?[mM])"),
        lambda m: cardinal(int(m["h"])),
    ),
)
DASHED = rf"(?:\s?(?P<dash>{DASH})\s?(?P<e>{DAY})(?P<nthe>{NTH}))?"
DAY_MONTH = Rule(
    compiled(rf"(?P<d>{DAY})(?P<nth>{NTH}){DASHED}\s+(?P<of>of\s+)?{MONTH}(?![^\W_])(?:,?\s+(?P<y>{YEAR}){NOT_MORE})?"),
    day_month,
)
SPAN_START = Rule(
    compiled(rf"(?P<d>{DAY})(?=\s(?:to|and|until|till)\s{DAY}{NTH}\s{MONTH})"),
    lambda m: f"the {ordinal(int(m['d']))}",
    before(r"\b(?:from|between|on|of|until)\s"),
)
MONTH_DAY = Rule(
    compiled(rf"{MONTH}\s+(?P<d>{DAY})(?P<nth>{NTH}){DASHED}{NOT_MORE}(?:,?\s+(?P<y>{YEAR}){NOT_MORE})?"), month_day
)
MONTH_YEAR = Rule(compiled(rf"{MONTH},?\s+(?P<y>{YEAR}){NOT_MORE}"), month_year)
SHORT_MONTH = Rule(
    compiled(r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|(?=\s?[-–])|(?=$))(?![^\W_])"), short_month
)
NUMERIC = Rule(
    compiled(r"(?P<d>\d{1,2})(?P<sep>[/.\-])(?P<m>\d{1,2})(?P=sep)(?P<y>[12]\d{3})(?![\d/]|[^\W_])"),
    numeric_date,
)
SHORT_NUMERIC = Rule(compiled(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d\d)(?![\d/]|[.,]\d|[^\W_])"), short_date)
ISO = Rule(compiled(r"(?P<y>[12]\d{3})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"), iso_date)
LUNAR = re.compile(r"\blunar\b", re.IGNORECASE)
LUNAR_DAY = Rule(
    compiled(rf"(?P<d>{DAY})/(?P<m>0?[1-9]|1[0-2])(?![\d/]|[^\W_])"),
    lambda m: lunar_day(m) if LUNAR.search(m.string[max(0, m.start() - 24) : m.end() + 24]) else None,
)
DAY_AND_MONTH = Rule(compiled(r"(?P<d>1[3-9]|2\d|3[01])/(?P<m>0?[1-9]|1[0-2])(?![\d/]|[^\W_])"), day_and_month)
SPOKEN_DAY = Rule(
    compiled(rf"(?P<d>{DAY})/(?P<m>0?[1-9]|1[0-2])(?![\d/]|[^\W_])"),
    day_and_month,
    before(r"\b(?:on|until|since|from)\s"),
    "date-or-fraction",
)
NINE_ELEVEN = Rule(compiled(r"9/11(?![\d/])"), always("nine eleven"))


ORDINALS = Rule(
    compiled(r"(?P<n>\d{1,3}(?:,\d{3})?|\d{1,4})(?:st|nd|rd|th)(?![^\W_])"),
    lambda m: ordinal(int(m["n"].replace(",", ""))),
)
BARE_RANGE = Rule(
    compiled(rf"(?P<n>\d{{1,2}})(?=\s?{DASH}\s?\d{{1,2}}(?:st|nd|rd|th)(?![^\W_]))"), lambda m: ordinal(int(m["n"]))
)


def century_name(match: re.Match[str]) -> str:
    plural = re.search(rf"\d(?:st|nd|rd|th)?\s?{DASH}\s?\d{{1,2}}(?:st|nd|rd|th)\s?$", previous(match))
    return "centuries" if plural else "century"


CENTURY_SHORT = Rule(
    compiled(r"[cC](?:\.(?!\s*\d)|ent\.?|(?=\s(?:BC|AD)))(?![^\W_])"),
    century_name,
    before(r"\d(?:st|nd|rd|th)[\s-]?", r"\b[IVX]+\s"),
)


DECADE = Rule(compiled(r"(?P<n>1\d\d0|20\d0)['’]?s(?![^\W_])"), lambda m: decade(int(m["n"])))
SHORT_DECADE = Rule(compiled(r"(?P<n>[2-9]0)['’]?s(?![^\W_])"), lambda m: f"{cardinal(int(m['n']))[:-1]}ies")
CUT_DECADE = Rule(compiled(r"['’‘](?P<n>[2-9]0)['’]?s(?![^\W_])"), lambda m: f"{cardinal(int(m['n']))[:-1]}ies")
CUT_YEAR = Rule(
    compiled(r"['’‘](?P<n>\d\d)(?![\d\w'’])"),
    lambda m: year(1900 + int(m["n"])).split(" ", 1)[1],
    before(r"(?:in|of|since|summer|winter|spring|autumn|class of)\s"),
)

YEAR_WORDS = before(
    r"\b(?:in|since|from|by|until|till|to|of|circa|around|about|before|after|during|between|and|early"
    r"|late|mid|year|years|spring|summer|autumn|winter|fall"
    r"|built|dated|born|died|founded|the|or|ca?\.|dating|through|opened|circa|AD|A\.D\.|festival"
    r"|edition|census|war|revolution|uprising|treaty|act|constitution|congress)[\s-]+",
    r"[(\[,;:–-]\s?",
    r"^\s*",
    r"\d\s?[-–/]\s?",
)
COUNT_WORDS = before(
    r"\b(?:over|some|nearly|almost|more than|fewer than|less than|approximately|at least|up to|only"
    r"|roughly|another|all|its|these|those|than|with|has|have|holds|hold|keeps|contains|houses"
    r"|numbered|no|number|some)\s+"
)
COUNTED = re.compile(
    r"\s+(?!(?:was|is|as|has|this|his|its|does|thus|plus|us|across|towards|afterwards|always|perhaps"
    r"|versus|besides)\b)(?:[a-z]+\s+)?[a-z]{2,}(?:s|men|women|people|children|feet)\b"
)
DIRECTLY_COUNTED = re.compile(
    r"\s+(?:[a-z-]+\s+)?(?:people|men|women|children|visitors|objects|pieces|items|soldiers|prisoners"
    r"|metres|meters|kilometres|feet|years|tonnes|tons|dong|dollars|"
    r"artefacts|artifacts|documents|photographs|books|coins|steps|books|guns|weapons|cells|m|km|kg|ha"
    r"|cm|mm|ft|m²|km²|m³|g|l)(?![^\W_])"
)


def plain_year(match: re.Match[str]) -> Said:
    """Four digits without a comma are a year unless something is counted."""
    number = int(match.group())
    counted = DIRECTLY_COUNTED.match(following(match)) or (
        COUNT_WORDS.search(previous(match)) and COUNTED.match(following(match))
    )
    if counted or not 1000 <= number < 2100:
        return None
    known = bool(YEAR_WORDS.search(previous(match))) or not COUNTED.match(following(match))
    return [Part(match.start(), match.end(), year(number), None if known else "year-or-number")]


def early_year(match: re.Match[str]) -> Said:
    return year(int(match.group()))


PLAIN_YEAR = Rule(compiled(r"[1-9]\d{3}(?!\d|[.,:]\d|/\d(?!\d(?!\d))|[^\W_]|\s?[%°])"), plain_year)
EARLY_YEAR = Rule(compiled(r"[1-9]\d{2}(?=\s(?:BC|BCE|AD|CE|B\.C)(?![^\W_]))"), early_year)
CLOSED = re.compile(
    r"\s*(?:$|[.,;:)–-]|(?:and|or|to|by|when|with|after|before|the|at|in|during|until|he|she|it|they|under|as)\b)"
)


def year_in(match: re.Match[str]) -> Said:
    """«in 938» ends there; «in 938 villages» counts."""
    return early_year(match) if CLOSED.match(following(match)) or re.search(r"A\.?D\.?\s$", previous(match)) else None


AD_YEAR = Rule(
    compiled(r"[1-9]\d{2}(?!\d|[.,:/]\d|[^\W_]|%)"),
    year_in,
    before(r"\b(?:AD|A\.D\.)\s", r"\b(?:in|since|year|until|c\.|circa)\s"),
)
SHORT_SPAN = Rule(compiled(r"0\d(?!\d|[^\W_])"), lambda m: f"oh {cardinal(int(m.group()))}", before(r"[12]\d{3}[-–/]"))
ERA_WORD = Rule(
    compiled(r"(?:B\.C\.E\.|B\.C\.|A\.D\.|C\.E\.|BCE|BC|AD|CE|BP)(?![^\W_])"),
    lambda m: ERA[m.group()],
    before(
        r"\d\s?",
        r"\d(?:st|nd|rd|th)?\s(?:century|centuries|c\.|millennium)\s",
        r"\b(?:century|centuries|millennium)\s",
        r"\b(?:in|from|since|c\.)\s",
        r"\byears\s",
    ),
)
ERA_FIRST = Rule(compiled(r"(?:AD|A\.D\.)(?=\s?\d)"), always("A D"))
DAYS = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
# «Sun», «Sat» and «Wed» are words too: a day stands beside another day or an hour.
WEEKDAY = Rule(
    compiled(
        rf"(?:{DAYS})\b\.?(?=\s?(?:[-–,&/]|to|and|through)\s?(?:{DAYS})|\s?:?\s?\d{{1,2}}(?:[:.]\d\d|\s?[ap]\.?m))"
    ),
    lambda m: WEEKDAYS[m.group().rstrip(".")],
)
WEEKDAY_DATE = Rule(
    compiled(rf"(?:{DAYS})\b\.?(?=,?\s(?:\d{{1,2}}{NTH}\s)?{MONTH}(?:\s\d|[^\w]|$))"),
    lambda m: WEEKDAYS[m.group().rstrip(".")],
)
WEEKDAY_AFTER = Rule(
    compiled(rf"(?:{DAYS})\b(?:\.(?!\s+[A-Z]|$))?"),
    lambda m: WEEKDAYS[m.group().rstrip(".")],
    before(
        rf"\b(?:{DAYS})\w*\.?\s?(?:[-–,&/]|to|and|through)\s?", r"\b(?:closed|open|every|on|each|except)\s(?:on\s)?"
    ),
)
