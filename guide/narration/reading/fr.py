"""French, as a guide in a museum says it."""

import re
from collections.abc import Sequence

from guide.narration.reading.european import DAY, Tongue, rules
from guide.narration.reading.numerals import Number
from guide.narration.reading.roman import ROMAN, value
from guide.narration.reading.scan import Part, Rule, Said, always, before, compiled, group
from guide.narration.reading.words import Manner

ONES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def cardinal(number: int) -> str:
    if number < 100:
        return below_hundred(number)
    for worth, name in ((10**9, "milliard"), (10**6, "million")):
        if number >= worth:
            count, rest = divmod(number, worth)
            return f"{cardinal(count)} {name}{'s' if count > 1 else ''}" + (f" {cardinal(rest)}" if rest else "")
    if number >= 1000:
        return hundreds(number, 1000, "mille")
    return hundreds(number, 100, "cent")


def hundreds(number: int, worth: int, name: str) -> str:
    count, rest = divmod(number, worth)
    plural = "s" if name == "cent" and count > 1 and not rest else ""
    return " ".join(
        word
        for word in (
            cardinal(count).removesuffix("s")
            if name == "mille" and count % 100 in (0, 80)
            else cardinal(count)
            if count > 1
            else "",
            name + plural,
            cardinal(rest) if rest else "",
        )
        if word
    )


def below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    tens = number // 10 * 10 if number // 10 not in (7, 9) else number // 10 * 10 - 10
    rest = number - tens
    if not rest:
        return "quatre-vingts" if number == 80 else TENS[tens]
    return f"{TENS[tens]} et {ONES[rest]}" if rest in (1, 11) and tens < 80 else f"{TENS[tens]}-{ONES[rest]}"


def ordinal(number: int) -> str:
    if number == 1:
        return "premier"
    spoken = cardinal(number).removesuffix("s") if number % 100 == 80 else cardinal(number)
    for last, changed in (("cinq", "cinquième"), ("neuf", "neuvième")):
        if spoken.endswith(last):
            return spoken.removesuffix(last) + changed
    return spoken.removesuffix("e") + "ième"


def date(day: int, month: int, year: int | None, _: re.Match[str]) -> str:
    spoken = f"{'premier' if day == 1 else cardinal(day)} {MONTHS[month - 1]}"
    return f"{spoken} {cardinal(year)}" if year else spoken


def clock(hour: int, minute: int) -> str:
    hours = (
        "une heure"
        if hour == 1
        else f"{cardinal(hour).replace('vingt et un', 'vingt et une')} heure{'s' if hour > 1 else ''}"
    )
    return f"{hours} {cardinal(minute)}" if minute else hours


def counted(names: Sequence[str], number: Number) -> str:
    return names[0] if int(number.whole or 0) < 2 else names[-1]


def plural(*names: str) -> dict[str, tuple[str, str]]:
    pairs = (name.split("=") for name in names)
    return {
        symbol: (
            name,
            re.sub(
                r"(\w+)( par .*| carré| cube)?$",
                lambda m: f"{m[1]}s" + (f"{m[2]}s" if m[2] and "par" not in m[2] else m[2] or ""),
                name,
            ),
        )
        for symbol, name in pairs
    }


TONGUE = Tongue(
    cardinal=cardinal,
    year=cardinal,
    comma="virgule",
    digits=" ".join(ONES[:10]),
    to="à",
    by="sur",
    minus="moins",
    per="par",
    signs={
        "°C": "degrés Celsius",
        "°F": "degrés Fahrenheit",
        "°": "degrés",
        "′": "minutes",
        "+": "plus",
        "N": "nord",
        "S": "sud",
        "E": "est",
        "O": "ouest",
        "W": "ouest",
    },
    units=plural(
        "km=kilomètre",
        "m=mètre",
        "cm=centimètre",
        "mm=millimètre",
        "km²=kilomètre carré",
        "km2=kilomètre carré",
        "m²=mètre carré",
        "m2=mètre carré",
        "cm²=centimètre carré",
        "m³=mètre cube",
        "m3=mètre cube",
        "kg=kilogramme",
        "g=gramme",
        "mg=milligramme",
        "ha=hectare",
        "l=litre",
        "L=litre",
        "ml=millilitre",
        "t=tonne",
        "km/h=kilomètre par heure",
        "min=minute",
    ),
    money=plural(
        "$=dollar",
        "USD=dollar américain",
        "€=euro",
        "EUR=euro",
        "£=livre",
        "₫=dong",
        "đ=dong",
        "VND=dong",
        "¥=yen",
        "FF=franc",
    )
    | {"US$": ("dollar américain", "dollars américains"), "USD": ("dollar américain", "dollars américains")},
    date=date,
    clock=clock,
    counted=counted,
    multiples="mille|millions?|milliards?",
    of=" de",
    scale={"%": "pour cent", "‰": "pour mille", "½": "un demi", "¼": "un quart", "¾": "trois quarts"},
)

CENTURY_END = r"(?:ers?|ère|re|e|è|ème|eme|nd|nde)(?![^\W_])"


def roman_ordinal(match: re.Match[str]) -> Said:
    return ordinal(value(match["a"]))


def reign(match: re.Match[str]) -> Said:
    """«Louis XIV» is quatorze, «François Ier» premier."""
    number = value(match["a"])
    return ordinal(1) if number == 1 else cardinal(number)


def day_month(match: re.Match[str]) -> Said:
    day = int(match["d"])
    return [group(match, "all", "premier" if day == 1 else cardinal(day))]


BARE_ORDINAL = compiled(rf"(?P<a>(?=[IVX])(?:X{{0,3}})(?:IX|IV|V?I{{0,3}})){CENTURY_END}")
DIVISION = before(
    r"\b(?:chapitre|tome|volume|livre|partie|acte|scène|guerre mondiale|phase|classe|type|vatican"
    r"|bagne|camp|zone|section|article|niveau|salle|annexe)\s"
)
KING = before(
    r"\b(?:roi|reine|pape|empereur|impératrice|tsar|sultan|prince)\s(?:[A-ZÀ-Ý][\w-]+\s)?",
    r"\b(?:Louis|Napoléon|Charles|Henri|François|Élisabeth|Elizabeth|Jean-Paul|Pie|Ramsès|Philippe"
    r"|Nicolas|Guillaume|Édouard|George|Jayavarman|Rama|Léopold|Alexandre|Pierre|Catherine)\s",
)
ROMANS = (
    Rule(BARE_ORDINAL, roman_ordinal),
    Rule(compiled(rf"(?P<a>{ROMAN})(?=\s?(?:siècles?)(?![^\W_]))"), roman_ordinal),
    Rule(compiled(rf"(?P<a>{ROMAN})"), lambda m: cardinal(value(m["a"])), DIVISION),
    Rule(compiled(rf"(?P<a>{ROMAN})"), lambda m: reign(m) if set(m["a"]) <= set("IVX") else None, KING),
    Rule(
        compiled(rf"(?P<a>(?=[IVX]{{2}}){ROMAN})"),
        lambda m: [Part(m.start(), m.end(), cardinal(value(m["a"])), "roman-or-letter")],
    ),
)
FIRST = (
    Rule(compiled(rf"(?P<all>(?P<d>{DAY})(?:er)?)(?=\s(?:{'|'.join(MONTHS)})\b)"), day_month),
    Rule(
        compiled(r"(?P<n>\d{1,4})(?:ers?|ère|re|e|ème|eme|nde?|è)(?![^\W_])"),
        lambda m: ordinal(int(m["n"])).replace("premier", "première" if m.group().endswith("re") else "premier"),
    ),
    Rule(
        compiled(r"(?P<h>[01]?\d|2[0-4])\s?h(?:eures?)?\s?(?P<min>[0-5]\d)?(?![\d]|[^\W_])"),
        lambda m: clock(int(m["h"]), int(m["min"] or 0)),
    ),
    Rule(
        compiled(r"(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\d/])"),
        lambda m: f"{cardinal(int(m['a']))} sur {cardinal(int(m['b']))}",
    ),
)
ABBREVIATIONS = {
    "av. J.-C.": "avant Jésus-Christ",
    "av. J.-C": "avant Jésus-Christ",
    "apr. J.-C.": "après Jésus-Christ",
    "ap. J.-C.": "après Jésus-Christ",
    "avant J.-C.": "avant Jésus-Christ",
    "J.-C.": "Jésus-Christ",
    "M.": "Monsieur",
    "Mme": "Madame",
    "Mlle": "Mademoiselle",
    "MM.": "Messieurs",
    "Dr": "Docteur",
    "Pr": "Professeur",
    "St": "Saint",
    "Ste": "Sainte",
    "etc.": "et cetera",
    "p. ex.": "par exemple",
    "env.": "environ",
    "vers.": "vers",
    "cf.": "confer",
    "n°": "numéro",
    "N°": "numéro",
    "no": "numéro",
    "n°s": "numéros",
    "p.": "page",
    "pp.": "pages",
    "vol.": "volume",
    "fig.": "figure",
    "s.": "siècle",
    "ca": "vers",
    "c.": "vers",
}
NUMBERED = {"no", "p.", "pp.", "vol.", "fig.", "ca", "c.", "n°", "N°"}
NAMED = {"M.", "St", "Ste", "Dr", "Pr"}


def rows() -> list[tuple[str, Rule]]:
    table = []
    for short, spoken in sorted(ABBREVIATIONS.items(), key=lambda row: -len(row[0])):
        ahead = r"(?=\s?\d)" if short in NUMBERED else (r"(?=\s[A-ZÀ-Ý][^\W\d_])" if short in NAMED else r"(?![^\W_])")
        after = before(r"(?:\d|[IVX])(?:er|e|ème)?\s") if short == "s." else None
        table.append((short, Rule(compiled(re.escape(short) + ahead), always(spoken), after)))
    return table


TODAY = Rule(
    compiled(r"(?P<before>[dDlL]|[qQ]u|[jJ]usqu)['’](?P<today>[aA]ujourd)['’]hui(?![^\W_])"),
    lambda m: f"{m['before']}'{m['today']}hui",
)
"""Of a word with two apostrophes a voice may believe that it is no French."""
TODAY_ROWS = [(first, TODAY) for first in ("d", "l", "qu", "jusqu")]
RULES = rules(TONGUE, FIRST, ROMANS, rows() + TODAY_ROWS)
MANNER = Manner(signs={"&": "et", "+": "plus", "=": "égale", "@": "arobase", "§": "paragraphe", "×": "fois"})
