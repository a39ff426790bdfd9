"""German, as a guide in a museum says it."""

import re
from collections.abc import Sequence

from guide.narration.reading.european import DAY, YEAR, Tongue, rules
from guide.narration.reading.numerals import Number
from guide.narration.reading.roman import ROMAN, value
from guide.narration.reading.scan import Rule, Said, always, before, compiled, group, previous
from guide.narration.reading.words import Manner

ONES = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
).split()
TENS = " zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(" ")
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
IRREGULAR = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}


def cardinal(number: int) -> str:
    for worth, one, many in ((10**9, "eine Milliarde", "Milliarden"), (10**6, "eine Million", "Millionen")):
        if number >= worth:
            count, rest = divmod(number, worth)
            said = one if count == 1 else f"{cardinal(count)} {many}"
            return f"{said} {cardinal(rest)}" if rest else said
    return small(number)


def small(number: int) -> str:
    if number >= 1000:
        return joined(number, 1000, "tausend")
    if number >= 100:
        return joined(number, 100, "hundert")
    tens, one = divmod(number, 10)
    if number < 20 or not one:
        return ONES[number] if number < 20 else TENS[tens]
    return f"{'ein' if one == 1 else ONES[one]}und{TENS[tens]}"


def joined(number: int, worth: int, name: str) -> str:
    count, rest = divmod(number, worth)
    head = "ein" if count == 1 else small(count)
    return f"{head}{name}{small(rest) if rest else ''}"


def year(number: int) -> str:
    century, rest = divmod(number, 100)
    return f"{small(century)}hundert{small(rest) if rest else ''}" if 1100 <= number < 2000 else cardinal(number)


def ordinal_stem(number: int) -> str:
    last = number % 100
    if last in IRREGULAR:
        head = small(number - last) if number > last else ""
        return head + IRREGULAR[last]
    return small(number) + ("t" if 0 < last < 20 else "st")


DATIVE = before(
    r"\b(?:im|am|vom|zum|dem|den|des|beim|seit|bis zum|ab|diesem|frühen|späten|ausgehenden|beginnenden"
    r"|mittleren|ersten|letzten|und|bis|der beiden|der zwei)\s",
    r"\b(?:im|am|vom|zum|dem|den|des|ab)\s(?:\d{1,2}\.|\w+)\s(?:und|bis|oder|zum|auf den|–|-)\s?(?:zum\s)?",
    r"\d\.\s?[-–/]\s?",
)
ARTICLE = before(r"\b(?:der|die|das)\s")


def ordinal(match: re.Match[str]) -> str:
    """Im neunzehnten, das neunzehnte, neunzehntes Jahrhundert."""
    stem = ordinal_stem(int(match["n"]))
    if DATIVE.search(previous(match)):
        return f"{stem}en"
    if ARTICLE.search(previous(match)):
        return f"{stem}e"
    return stem + ("es" if match["noun"] and match["noun"].startswith(("Jahrh", "Jh")) else "er")


def day(match: re.Match[str]) -> Said:
    return [group(match, "all", ordinal(match))]


def date(day: int, month: int, in_year: int | None, match: re.Match[str]) -> str:
    ending = "en" if DATIVE.search(previous(match)) else ("e" if ARTICLE.search(previous(match)) else "er")
    spoken = f"{ordinal_stem(day)}{ending} {MONTHS[month - 1]}"
    return f"{spoken} {year(in_year)}" if in_year else spoken


def clock(hour: int, minute: int) -> str:
    return f"{'ein' if hour == 1 else cardinal(hour)} Uhr" + (f" {cardinal(minute)}" if minute else "")


def counted(names: Sequence[str], number: Number) -> str:
    return names[0] if number.whole == "1" and not number.decimals else names[-1]


def same(**names: str) -> dict[str, tuple[str]]:
    return {symbol: (name,) for symbol, name in names.items()}


UNITS = same(
    km="Kilometer",
    m="Meter",
    cm="Zentimeter",
    mm="Millimeter",
    kg="Kilogramm",
    g="Gramm",
    mg="Milligramm",
    ha="Hektar",
    l="Liter",
    ml="Milliliter",
    L="Liter",
) | {
    "km²": ("Quadratkilometer",),
    "km2": ("Quadratkilometer",),
    "m²": ("Quadratmeter",),
    "m2": ("Quadratmeter",),
    "m³": ("Kubikmeter",),
    "m3": ("Kubikmeter",),
    "cm²": ("Quadratzentimeter",),
    "t": ("Tonne", "Tonnen"),
    "km/h": ("Kilometer pro Stunde",),
    "min": ("Minute", "Minuten"),
    "Min.": ("Minute", "Minuten"),
}
TONGUE = Tongue(
    cardinal=cardinal,
    year=year,
    comma="Komma",
    digits=" ".join(ONES[:10]),
    to="bis",
    by="mal",
    minus="minus",
    per="pro",
    signs={
        "°C": "Grad Celsius",
        "°F": "Grad Fahrenheit",
        "°": "Grad",
        "′": "Minuten",
        "+": "plus",
        "N": "Nord",
        "S": "Süd",
        "E": "Ost",
        "O": "Ost",
        "W": "West",
    },
    units=UNITS,
    money=same(VND="Dong", EUR="Euro", USD="US-Dollar", đ="Dong")
    | {"$": ("Dollar",), "US$": ("US-Dollar",), "€": ("Euro",), "£": ("Pfund",), "₫": ("Dong",), "¥": ("Yen",)},
    date=date,
    clock=clock,
    counted=counted,
    multiples="Tausend|tausend|Millionen|Million|Milliarden|Milliarde|Mio\\.|Mrd\\.",
    scale={"%": "Prozent", "‰": "Promille", "½": "ein halb", "¼": "ein Viertel", "¾": "drei Viertel"},
)
FIRST = (
    Rule(compiled(rf"(?P<all>(?P<n>{DAY})\.)(?=\s?(?P<noun>{'|'.join(MONTHS)})\b)"), day),
    Rule(
        compiled(
            r"(?P<all>(?P<n>\d{1,2})\.)(?=\s?(?:[-–/]|und|bis|oder)\s?(?:zum\s)?\d{1,2}\.\s?(?P<noun>Jahrh\w*"
            r"|Jh\.?|[A-Z]))"
        ),
        day,
    ),
    Rule(
        compiled(
            r"(?P<all>(?P<n>\d{1,3})\.)(?=\s(?P<noun>Jahrh|Jh|Stock|Etage|Saal|Raum|König|Kaiser|Klasse"
            r"|Weltkrieg|Mal|Dynastie|Geburtstag|Todestag|Jahrestag)\w*)"
        ),
        day,
    ),
    Rule(
        compiled(r"(?P<d>[0-3]?\d)\.(?P<m>1[0-2]|0?[1-9])\.(?![\d])"), lambda m: date(int(m["d"]), int(m["m"]), None, m)
    ),
    Rule(compiled(r"(?P<h>[01]?\d|2[0-4])[:.](?P<min>[0-5]\d)\s?Uhr"), lambda m: clock(int(m["h"]), int(m["min"]))),
    Rule(compiled(r"(?P<n>\d{3}0)er(?:n)?(?![^\W_])"), lambda m: f"{year(int(m['n']))}er"),
    Rule(compiled(r"(?P<n>\d0)er(?![^\W_])"), lambda m: f"{small(int(m['n']))}er"),
    Rule(compiled(rf"{YEAR}(?=\s?[-–]\s?{YEAR})"), lambda m: year(int(m.group()))),
    Rule(
        compiled(r"1(?=\s(?:km|m|cm|mm|kg|g|l|ha|m²|km²|Meter|Euro|Dollar|€|\$|Kilometer|Jahr|Tag|Monat))"),
        always("ein"),
    ),
)
KING = before(
    r"\b(?:Ludwig|Napoleon|Friedrich|Wilhelm|Heinrich|Karl|Otto|Elisabeth|Elizabeth|Georg|Nikolaus"
    r"|Pius|Johannes Paul|Ramses|Franz|Leopold|Rama|Jayavarman|Katharina|Eduard|Philipp|Alexander"
    r"|König [A-Z]\w+|Kaiser [A-Z]\w+|Papst [A-Z]\w+)\s"
)
WOMEN = before(r"\b(?:Elisabeth|Elizabeth|Katharina|Königin [A-Z]\w+)\s")


def reign(match: re.Match[str]) -> str:
    article = "die" if WOMEN.search(previous(match)) else "der"
    return f"{article} {ordinal_stem(value(match['a'])).capitalize()}e"


ROMANS = (
    Rule(compiled(rf"(?P<a>{ROMAN})\.?"), reign, KING),
    Rule(
        compiled(rf"(?P<n>)(?P<noun>Jahrh)?(?P<a>{ROMAN})\.(?=\s?(?:Jahrh|Jh))"),
        lambda m: ordinal_stem(value(m["a"])) + ("en" if DATIVE.search(previous(m)) else "es"),
    ),
    Rule(compiled(rf"(?P<a>(?=[IVX]{{2}}){ROMAN})"), lambda m: cardinal(value(m["a"])), None, "roman-or-letter"),
    Rule(
        compiled(rf"(?P<a>{ROMAN})"),
        lambda m: cardinal(value(m["a"])),
        before(r"\b(?:Kapitel|Band|Teil|Akt|Phase|Klasse|Lager|Zone|Artikel|Saal)\s"),
    ),
)
ABBREVIATIONS = {
    "v. Chr.": "vor Christus",
    "n. Chr.": "nach Christus",
    "v.Chr.": "vor Christus",
    "n.Chr.": "nach Christus",
    "v. u. Z.": "vor unserer Zeit",
    "Jh.": "Jahrhundert",
    "Jhs.": "Jahrhunderts",
    "Jahrh.": "Jahrhundert",
    "z. B.": "zum Beispiel",
    "z.B.": "zum Beispiel",
    "d. h.": "das heißt",
    "d.h.": "das heißt",
    "u. a.": "unter anderem",
    "u.a.": "unter anderem",
    "usw.": "und so weiter",
    "bzw.": "beziehungsweise",
    "ca.": "circa",
    "Nr.": "Nummer",
    "Dr.": "Doktor",
    "Prof.": "Professor",
    "St.": "Sankt",
    "Hl.": "Heiliger",
    "geb.": "geboren",
    "gest.": "gestorben",
    "Abb.": "Abbildung",
    "Bd.": "Band",
    "S.": "Seite",
    "Mio.": "Millionen",
    "Mrd.": "Milliarden",
    "Str.": "Straße",
}
ROWS = [
    (short, Rule(compiled(re.escape(short) + (r"(?=\s?\d)" if short == "S." else "")), always(spoken)))
    for short, spoken in sorted(ABBREVIATIONS.items(), key=lambda row: -len(row[0]))
]
RULES = rules(TONGUE, FIRST, ROMANS, ROWS)
MANNER = Manner(signs={"&": "und", "+": "plus", "=": "gleich", "@": "at", "§": "Paragraf", "×": "mal"})
