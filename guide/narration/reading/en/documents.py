"""Numbers of decisions, inventory codes, names with digits, telephones and places on the map, in English."""

import re

from guide.narration.reading.en.numbers import amount, cardinal, digits, whole, year
from guide.narration.reading.numerals import DASH
from guide.narration.reading.scan import Part, Rule, Said, before, compiled, group

CODE = r"[A-ZĐƯ][A-ZĐƯ&]{0,11}(?:Tg|Tr|g|r)?"
DOCUMENT = compiled(
    rf"(?P<n>\d{{1,6}})(?:/(?P<y>(?:18|19|20)\d{{2}}))?(?P<codes>(?:[/\-.]{CODE}(?:\d{{1,2}}(?!\d))?){{1,5}})(?![^\W_])"
)
ACRONYM = re.compile(rf"({CODE})(\d{{1,2}})?")
PLAIN_LETTERS = str.maketrans("ĐƯđư", "DUdu")


def document(match: re.Match[str]) -> Said:
    """«548/QĐ-TTg»: the number, then the letters of what it is and who signed it."""
    said = whole(match["n"]) if match["n"][0] != "0" else code_number(match["n"])
    if match["y"]:
        said += f", {year(int(match['y']))},"
    letters = (
        spell(letters) + (f" {cardinal(int(number))}" if number else "")
        for letters, number in ACRONYM.findall(match["codes"])
    )
    return f"{said} {' '.join(letters)}"


def spell(letters: str) -> str:
    return " ".join(letters.translate(PLAIN_LETTERS).upper().replace("&", ""))


INVENTORY = compiled(
    r"(?P<letters>[A-ZĐ]{1,6}(?:[.\-–/]?[A-ZĐ]{1,6}){0,3})(?P<join>[-–./]?"
    r"|\s(?=0))(?P<n>\d{1,12}(?:[./-]\d{1,8}){0,3})(?P<tail>[A-Z]{1,3}|[a-d]|s)?(?![^\W_])"
)
MIXED = compiled(
    r"(?P<name>[A-Z][a-z]{1,2}[A-Z]?|[A-Z][a-z]{1,5}(?=-))[-–](?P<n>\d{1,4})(?P<tail>s|[A-Z]{0,2})(?![^\W_])"
)
NUMBERED = compiled(
    r"(?P<n>\d{1,4})(?P<tail>(?![VWLK])[A-Z]|(?<=[248])K(?![\s-](?:white\s|yellow\s|rose\s)?gold)|[a-e](?!\.m))(?![^\W_]|[.]\w)"
)


def inventory(match: re.Match[str]) -> Said:
    numbers = " ".join(code_number(n) for n in re.findall(r"\d+", match["n"]))
    letters = (
        match["letters"]
        if WORDLIKE.fullmatch(match["letters"])
        else " ".join(spell(part) for part in re.findall(r"[A-ZĐ]+", match["letters"]))
    )
    tail = match["tail"] or ""
    return f"{letters} {several(numbers)}" if tail == "s" else f"{letters} {numbers} {tail.upper()}".rstrip()


WORDLIKE = re.compile(r"(?=.*[AEIOU].*[AEIOU])[A-Z]{5,}")


def several(number: str) -> str:
    """«B-50s»: fifties, sixes, twenty-ones."""
    return f"{number[:-1]}ies" if number.endswith("y") else number + ("es" if number.endswith("x") else "s")


def mixed(match: re.Match[str]) -> Said:
    number = code_number(match["n"])
    if match["tail"] == "s":
        return f"{match['name']} {several(number)}"
    return f"{match['name']} {number} {match['tail']}".rstrip()


def numbered(match: re.Match[str]) -> Said:
    return f"{code_number(match['n'])} {match['tail'].upper()}"


def code_number(written: str) -> str:
    """«52» fifty-two, «105» one oh five, «1234» twelve thirty-four, «00123» digit by digit."""
    if len(written) > 4 or (written[0] == "0" and len(written) > 1):
        return digits(written)
    if len(written) == 3 and written[1:] != "00":
        return f"{cardinal(int(written[0]))} {'oh ' if written[1] == '0' else ''}{cardinal(int(written[1:]))}"
    return year(int(written))


CALLING = before(r"(?:\btel|telephone|phone|hotline|\bcall|contact|\bfax|mobile|whatsapp|zalo|\bdial)\b[^\d]{0,16}")
PHONE = compiled(r"\(?\+?\d{2,5}(?:-\d{1,4})?\)?(?:[ .\-]?\d{2,5}){0,5}(?!\d|[.,]\d|[^\W_])")
SURE_PHONE = compiled(
    r"(?:\+\d{1,3}|\(\+?\d{2,4}\)|0\d{1,3})(?:[ .\-]?\(?\d{1,5}\)?){2,5}(?!\d|[.,]\d|[^\W_])"
    r"|0\d{9,10}(?!\d)|\(0\d{1,3}\)[ .\-]?\d{5,8}(?!\d)"
)


def phone(match: re.Match[str]) -> Said:
    groups = re.findall(r"\d+", match.group())
    if sum(map(len, groups)) < 3:
        return None
    plus = "plus " if "+" in match.group() else ""
    return [Part(match.start(), match.end(), plus + ", ".join(digits(one) for one in groups))]


CALLED = Rule(PHONE, phone, CALLING)
SURELY_PHONE = Rule(SURE_PHONE, lambda m: phone(m) if sum(map(str.isdigit, m.group())) > 6 else None)
POINTS = {"N": "north", "S": "south", "E": "east", "W": "west"}
COORDINATES = compiled(
    r"(?P<d>\d{1,3}(?:\.\d+)?)\s?[°º]\s?(?:(?P<m>\d{1,2}(?:\.\d+)?)\s?['’′]\s?)?(?:(?P<s>\d{1,2}(?:\.\d+)?)\s?(?:[\"”″]"
    r"|''|’’|′′)\s?)?(?:(?P<point>[NSEW])(?![^\W_]))?"
)


def coordinates(match: re.Match[str]) -> Said:
    if not match["m"] and not match["point"]:
        return None
    said = [
        counted(match[name], unit) for name, unit in (("d", "degree"), ("m", "minute"), ("s", "second")) if match[name]
    ]
    return " ".join([*said, *([POINTS[match["point"]]] if match["point"] else [])])


def counted(written: str, unit: str) -> str:
    return f"{amount(written)} {unit}{'' if written.lstrip('0') == '1' else 's'}"


COORDINATES_RULE = Rule(COORDINATES, coordinates)
RATIO = Rule(
    compiled(r"(?P<a>\d{1,3})(?::|\s:\s)(?P<b>\d{1,3}(?:,\d{3})+|\d+)(?![\d:]|[.,:]\d)"),
    lambda m: f"{cardinal(int(m['a']))} to {cardinal(int(m['b'].replace(',', '')))}",
)
SCALE = Rule(RATIO.pattern, RATIO.say, before(r"\b(?:scale|ratio|scale of|ratio of)\s(?:of\s)?"))
SCORE = Rule(
    compiled(rf"(?P<a>\d{{1,2}})(?P<dash>{DASH})(?P<b>\d{{1,2}})(?!\d)"),
    lambda m: [
        group(m, "a", cardinal(int(m["a"]))),
        group(m, "dash", ""),
        group(m, "b", "nil" if m["b"] == "0" else cardinal(int(m["b"]))),
    ],
    before(r"\b(?:won|lost|beat|score|score of|drew|defeated|led)\s"),
)
RESULT = Rule(
    compiled(SCORE.pattern.pattern + r"(?=\s(?:win|victory|defeat|loss|draw|lead|triumph|score)\b)"), SCORE.say
)
ACCESSION = Rule(
    compiled(r"(?P<y>(?:1[89]|20)\d\d)(?P<rest>(?:\.\d{1,4}){2,4})(?!\d)"),
    lambda m: f"{year(int(m['y']))}, {', '.join(whole(n) for n in m['rest'][1:].split('.'))}",
)
DIGITS = Rule(
    compiled(r"\d[\d-]{3,16}(?![^\W_])"),
    lambda m: digits(m.group()),
    before(r"\b(?:ISBN|ISSN|postcode|postal code|zip code|PIN|passcode|barcode|code)\s?:?\s"),
)
ROOM = Rule(compiled(r"0[1-9](?!\d|[.,:]\d|[^\W_])"), lambda m: cardinal(int(m.group())))
KEPT = compiled(INVENTORY.pattern.replace(r"|\s(?=0)", r"|\s"))
KEPT_AFTER = before(r"\b(?:inv|acc|cat|reg|ref|inventory|accession|register)\.?\s?(?:nos?\.?\s|numbers?\s)?:?\s?")
CODE_RULES = (Rule(INVENTORY, inventory), Rule(KEPT, inventory, KEPT_AFTER), Rule(MIXED, mixed))
DOCUMENT_RULE = Rule(DOCUMENT, document)
NUMBERED_RULE = Rule(NUMBERED, numbered)
