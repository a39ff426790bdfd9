"""Spanish, as a guide in a museum says it."""

import re
from collections.abc import Sequence

from guide.narration.reading.european import DAY, Tongue, rules
from guide.narration.reading.numerals import Number
from guide.narration.reading.roman import ROMAN, value
from guide.narration.reading.scan import Rule, always, before, compiled
from guide.narration.reading.words import Manner

ONES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós "
    "veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split()
)
ORDINALS = "cero primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo".split()
MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
CLIPPED = {"veintiuno": "veintiún", "uno": "un"}


def cardinal(number: int) -> str:
    if number >= 10**6:
        count, rest = divmod(number, 10**6)
        millions = "un millón" if count == 1 else f"{clipped(cardinal(count))} millones"
        return f"{millions} {cardinal(rest)}" if rest else millions
    if number >= 1000:
        count, rest = divmod(number, 1000)
        thousands = "mil" if count == 1 else f"{clipped(cardinal(count))} mil"
        return f"{thousands} {cardinal(rest)}" if rest else thousands
    return below_thousand(number)


def below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return (
            "cien" if number == 100 else " ".join([HUNDREDS[hundreds - 1], *([below_thousand(rest)] if rest else [])])
        )
    if number < 30:
        return ONES[number]
    tens, one = divmod(number, 10)
    return f"{TENS[tens - 3]} y {ONES[one]}" if one else TENS[tens - 3]


def clipped(spoken: str) -> str:
    """Veintiún mil, treinta y un metros."""
    last = spoken.split()[-1]
    return spoken.removesuffix(last) + CLIPPED.get(last, last)


def ordinal(number: int) -> str:
    return ORDINALS[number] if number <= 10 else cardinal(number)


def date(day: int, month: int, year: int | None, _: re.Match[str]) -> str:
    spoken = f"{'primero' if day == 1 else cardinal(day)} de {MONTHS[month - 1]}"
    return f"{spoken} de {cardinal(year)}" if year else spoken


def clock(hour: int, minute: int) -> str:
    hours = cardinal(hour).replace("uno", "una")
    return (
        f"{hours} y {'media' if minute == 30 else 'cuarto' if minute == 15 else cardinal(minute)}" if minute else hours
    )


def counted(names: Sequence[str], number: Number) -> str:
    return names[0] if number.whole == "1" and not number.decimals else names[-1]


TONGUE = Tongue(
    cardinal=cardinal,
    year=cardinal,
    comma="coma",
    digits=" ".join(ONES[:10]),
    to="a",
    by="por",
    minus="menos",
    per="por",
    signs={
        "°C": "grados Celsius",
        "°F": "grados Fahrenheit",
        "°": "grados",
        "′": "minutos",
        "+": "más",
        "N": "norte",
        "S": "sur",
        "E": "este",
        "O": "oeste",
        "W": "oeste",
    },
    units={
        "km": ("kilómetro", "kilómetros"),
        "m": ("metro", "metros"),
        "cm": ("centímetro", "centímetros"),
        "mm": ("milímetro", "milímetros"),
        "kg": ("kilogramo", "kilogramos"),
        "g": ("gramo", "gramos"),
        "ha": ("hectárea", "hectáreas"),
        "l": ("litro", "litros"),
        "ml": ("mililitro", "mililitros"),
        "t": ("tonelada", "toneladas"),
        "km²": ("kilómetro cuadrado", "kilómetros cuadrados"),
        "km2": ("kilómetro cuadrado", "kilómetros cuadrados"),
        "m²": ("metro cuadrado", "metros cuadrados"),
        "m2": ("metro cuadrado", "metros cuadrados"),
        "m³": ("metro cúbico", "metros cúbicos"),
        "m3": ("metro cúbico", "metros cúbicos"),
        "km/h": ("kilómetro por hora", "kilómetros por hora"),
        "min": ("minuto", "minutos"),
        "h": ("hora", "horas"),
    },
    money={
        "$": ("dólar", "dólares"),
        "US$": ("dólar estadounidense", "dólares estadounidenses"),
        "USD": ("dólar estadounidense", "dólares estadounidenses"),
        "€": ("euro", "euros"),
        "EUR": ("euro", "euros"),
        "£": ("libra", "libras"),
        "₫": ("dong", "dongs"),
        "VND": ("dong", "dongs"),
        "đ": ("dong", "dongs"),
        "¥": ("yen", "yenes"),
    },
    date=date,
    clock=clock,
    counted=counted,
    multiples="mil|millones|millón",
    of=" de",
    scale={"%": "por ciento", "‰": "por mil", "½": "un medio", "¼": "un cuarto", "¾": "tres cuartos"},
)
KING = before(
    r"\b(?:Felipe|Carlos|Alfonso|Fernando|Isabel|Luis|Napoleón|Enrique|Jorge|Juan Pablo|Pío|Juan "
    r"Carlos|Ramsés|Nicolás|Guillermo|Rama|Jayavarman|Pedro|Catalina|Leopoldo|Eduardo|(?:rey|reina"
    r"|papa|emperador|zar) [A-ZÁ-Ú]\w+)\s"
)
CENTURY = before(r"\b[Ss]iglos?\s(?:[IVX]+\s?(?:,|y|al?|o|-|–)\s?(?:el\s|siglo\s)?)*", r"\bs\.\s")
FEMININE = before(r"\b(?:Isabel|Catalina|reina [A-ZÁ-Ú]\w+)\s")
DIVISION = before(
    r"\b(?:capítulo|tomo|volumen|libro|parte|acto|escena|fase|clase|tipo|campo|zona|sección|artículo"
    r"|sala|anexo|Vaticano)\s"
)


def reign(match: re.Match[str]) -> str:
    spoken = ordinal(value(match["a"]))
    return (
        spoken[:-1] + "a"
        if FEMININE.search(match.string[max(0, match.start() - 32) : match.start()]) and spoken.endswith("o")
        else spoken
    )


ROMANS = (
    Rule(compiled(rf"(?P<a>{ROMAN})"), lambda m: ordinal(value(m["a"])), CENTURY),
    Rule(compiled(rf"(?P<a>{ROMAN})"), lambda m: reign(m) if set(m["a"]) <= set("IVX") else None, KING),
    Rule(compiled(rf"(?P<a>{ROMAN})"), lambda m: cardinal(value(m["a"])), DIVISION),
    Rule(compiled(rf"(?P<a>{ROMAN})(?=\s[Gg]uerra)"), lambda m: ORDINALS[min(value(m["a"]), 10)][:-1] + "a"),
    Rule(compiled(rf"(?P<a>(?=[IVX]{{2}}){ROMAN})"), lambda m: cardinal(value(m["a"])), None, "roman-or-letter"),
)
FEMININE_AHEAD = (
    r"(?=\s(?!días|mapas|poemas|sistemas|temas|idiomas|programas|lemas|diademas)"
    r"[a-záéíóúñ]{2,}(?:as|iones|dades)(?![^\W_]))"
)


def feminine(match: re.Match[str]) -> str:
    """«21 salas», «200 personas»: the number agrees with what it counts."""
    spoken = cardinal(int(match.group().replace(".", "")))
    spoken = re.sub(r"(?<=cient|nient)os", "as", spoken)
    return re.sub(r"uno$", "una", spoken)


FIRST = (
    Rule(compiled(rf"(?:[1-9]\d{{0,2}}(?:\.\d{{3}}){{1,2}}|[1-9]\d{{0,5}}){FEMININE_AHEAD}"), feminine),
    Rule(compiled(rf"1(?:\.?º|º)?(?=\sde\s(?:{'|'.join(MONTHS)})\b)"), always("primero")),
    Rule(compiled(rf"{DAY}(?=\sde\s(?:{'|'.join(MONTHS)})\b)"), lambda m: cardinal(int(m.group()))),
    Rule(
        compiled(r"(?P<n>\d{1,2})\.?(?P<g>[ºª°])"),
        lambda m: ordinal(int(m["n"])) if m["g"] != "ª" else ordinal(int(m["n"]))[:-1] + "a",
    ),
    Rule(
        compiled(
            r"\d{0,3}1(?=\s?(?:km|m|cm|mm|kg|g|l|m²|km²|metros?|euros?|dólar(?:es)?|€|\$|kilómetros?|años?"
            r"|días?|mes(?:es)?|objetos?)(?![^\W_]))"
        ),
        lambda m: clipped(cardinal(int(m.group()))),
    ),
    Rule(
        compiled(r"(?P<h>1?\d|2[0-4])\s?h(?![^\W_])"), lambda m: f"{cardinal(int(m['h'])).replace('uno', 'una')} horas"
    ),
)
ABBREVIATIONS = {
    "a. C.": "antes de Cristo",
    "a.C.": "antes de Cristo",
    "d. C.": "después de Cristo",
    "d.C.": "después de Cristo",
    "a. de C.": "antes de Cristo",
    "Sr.": "señor",
    "Sra.": "señora",
    "Dr.": "doctor",
    "Dra.": "doctora",
    "Prof.": "profesor",
    "etc.": "etcétera",
    "p. ej.": "por ejemplo",
    "n.º": "número",
    "nº": "número",
    "N.º": "número",
    "núm.": "número",
    "pág.": "página",
    "págs.": "páginas",
    "p.": "página",
    "vol.": "volumen",
    "aprox.": "aproximadamente",
    "ca.": "hacia",
    "EE. UU.": "Estados Unidos",
    "EE.UU.": "Estados Unidos",
    "Sto.": "santo",
    "Sta.": "santa",
    "s.": "siglo",
    "c.": "hacia",
    "Av.": "avenida",
}
AHEAD = {"p.": r"(?=\s?\d)", "c.": r"(?=\s?\d)", "ca.": r"(?=\s?\d)", "s.": r"(?=\s?[IVX]+\b)"}
ROWS = [
    (short, Rule(compiled(re.escape(short) + AHEAD.get(short, "")), always(spoken)))
    for short, spoken in sorted(ABBREVIATIONS.items(), key=lambda row: -len(row[0]))
]
RULES = rules(TONGUE, FIRST, ROMANS, ROWS)
MANNER = Manner(signs={"&": "y", "+": "más", "=": "igual a", "@": "arroba", "§": "sección", "×": "por"})
