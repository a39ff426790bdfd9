"""Russian, as a guide in a museum says it: years, centuries and days in the case their neighbours ask for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guide.narration.reading.european import DAY, Tongue, last_number, numbered, rules
from guide.narration.reading.numerals import DASH, Number
from guide.narration.reading.roman import ROMAN, value
from guide.narration.reading.scan import Rule, always, before, compiled, following, previous
from guide.narration.reading.words import Manner

ONES = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
NTH = (
    "нулев перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат "
    "четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат"
).split()
NTH_TENS = "двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност".split()
NTH_HUNDREDS = "сот двухсот трёхсот четырёхсот пятисот шестисот семисот восьмисот девятисот".split()
STRESSED = {"втор", "шест", "седьм", "восьм", "сороков", "нулев"}
ENDINGS = {
    "nominative": "ый",
    "genitive": "ого",
    "prepositional": "ом",
    "dative": "ому",
    "plural": "ые",
    "plural genitive": "ых",
    "plural prepositional": "ых",
    "neuter": "ое",
    "feminine": "ая",
}
THIRD = {
    "nominative": "третий",
    "genitive": "третьего",
    "prepositional": "третьем",
    "dative": "третьему",
    "plural": "третьи",
    "plural genitive": "третьих",
    "plural prepositional": "третьих",
    "neuter": "третье",
    "feminine": "третья",
}
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
SCALES = (
    (10**9, ("миллиард", "миллиарда", "миллиардов")),
    (10**6, ("миллион", "миллиона", "миллионов")),
    (1000, ("тысяча", "тысячи", "тысяч")),
)


def form(number: int, names: Sequence[str]) -> str:
    """Один метр, два метра, пять метров."""
    last = number % 100 if number % 100 < 20 else number % 10
    return names[0] if last == 1 else names[1] if 2 <= last <= 4 else names[2]


def cardinal(number: int, feminine: bool = False) -> str:
    for worth, names in SCALES:
        if number >= worth:
            count, rest = divmod(number, worth)
            head = (
                names[0] if count == 1 and worth == 1000 else f"{cardinal(count, worth == 1000)} {form(count, names)}"
            )
            return f"{head} {cardinal(rest, feminine)}" if rest else head
    return below_thousand(number, feminine)


def below_thousand(number: int, feminine: bool) -> str:
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return " ".join([HUNDREDS[hundreds - 1], *([below_thousand(rest, feminine)] if rest else [])])
    if number < 20:
        return {1: "одна", 2: "две"}.get(number, ONES[number]) if feminine else ONES[number]
    tens, one = divmod(number, 10)
    return " ".join([TENS[tens - 2], *([below_thousand(one, feminine)] if one else [])])


def ordinal(number: int, case: str) -> str:
    """Only the last word bends: тысяча девятьсот сорок пятого."""
    for worth in (1000, 100, 10):
        rest = number % worth
        if number > worth and rest and (worth > 10 or number % 100 >= 20):
            return f"{cardinal(number - rest)} {ordinal(rest, case)}"
    if number >= 1000:
        return ("" if number == 1000 else {2000: "двух"}.get(number, "")) + "тысячн" + ENDINGS[case]
    stem = (
        NTH_HUNDREDS[number // 100 - 1]
        if number >= 100
        else NTH_TENS[number // 10 - 2]
        if number >= 20
        else NTH[number]
    )
    return bent(stem, case)


def bent(stem: str, case: str) -> str:
    if stem == "трет":
        return THIRD[case]
    return stem + ("ой" if case == "nominative" and stem in STRESSED else ENDINGS[case])


def date(day: int, month: int, year: int | None, _: re.Match[str]) -> str:
    spoken = f"{ordinal(day, 'genitive')} {MONTHS[month - 1]}"
    return f"{spoken} {ordinal(year, 'genitive')} года" if year else spoken


def clock(hour: int, minute: int) -> str:
    hours = f"{cardinal(hour)} {form(hour, ('час', 'часа', 'часов'))}"
    return f"{hours} {cardinal(minute, True)} {form(minute, ('минута', 'минуты', 'минут'))}" if minute else hours


def counted(names: Sequence[str], number: Number) -> str:
    """После дроби — родительный: две целых пять десятых метра."""
    return names[1] if number.decimals else form(int(number.whole or 0), names)


FRACTIONS = {1: "десят", 2: "сот", 3: "тысячн"}


@dataclass(frozen=True)
class Russian(Tongue):
    """Three whole, five tenths."""

    def amount(self, written: str) -> str:
        number = numbered(written)
        if not number.decimals or len(number.decimals) > 3 or not number.decimals.strip("0"):
            return super().amount(written)
        whole, parts = int(number.whole or 0), int(number.decimals)
        wholes = f"{cardinal(whole, feminine=True)} {'целая' if form(whole, 'abc') == 'a' else 'целых'}"
        tenths = FRACTIONS[len(number.decimals)] + ("ая" if form(parts, "abc") == "a" else "ых")
        return f"{wholes} {cardinal(parts, feminine=True)} {tenths}"


def million(match: re.Match[str]) -> str:
    """Один миллион, три миллиона, пять миллионов."""
    names = {"млн": SCALES[1][1], "млрд": SCALES[0][1], "тыс.": SCALES[2][1]}[match.group()]
    return counted(names, last_number(previous(match)))


UNITS = {
    "км": ("километр", "километра", "километров"),
    "м": ("метр", "метра", "метров"),
    "см": ("сантиметр", "сантиметра", "сантиметров"),
    "мм": ("миллиметр", "миллиметра", "миллиметров"),
    "кг": ("килограмм", "килограмма", "килограммов"),
    "г": ("грамм", "грамма", "граммов"),
    "га": ("гектар", "гектара", "гектаров"),
    "л": ("литр", "литра", "литров"),
    "м²": ("квадратный метр", "квадратных метра", "квадратных метров"),
    "м2": ("квадратный метр", "квадратных метра", "квадратных метров"),
    "кв. м": ("квадратный метр", "квадратных метра", "квадратных метров"),
    "км²": ("квадратный километр", "квадратных километра", "квадратных километров"),
    "кв. км": ("квадратный километр", "квадратных километра", "квадратных километров"),
    "м³": ("кубический метр", "кубических метра", "кубических метров"),
    "м3": ("кубический метр", "кубических метра", "кубических метров"),
    "т": ("тонна", "тонны", "тонн"),
    "км/ч": ("километр в час", "километра в час", "километров в час"),
    "мин": ("минута", "минуты", "минут"),
    "ч": ("час", "часа", "часов"),
}
MONEY = {
    "$": ("доллар", "доллара", "долларов"),
    "US$": ("доллар США", "доллара США", "долларов США"),
    "USD": ("доллар США", "доллара США", "долларов США"),
    "€": ("евро", "евро", "евро"),
    "£": ("фунт", "фунта", "фунтов"),
    "₫": ("донг", "донга", "донгов"),
    "VND": ("донг", "донга", "донгов"),
    "руб.": ("рубль", "рубля", "рублей"),
    "₽": ("рубль", "рубля", "рублей"),
}
TONGUE = Russian(
    cardinal=cardinal,
    year=lambda number: ordinal(number, "nominative"),
    comma="запятая",
    digits=" ".join(ONES[:10]),
    to=",",
    by="на",
    minus="минус",
    per="на",
    signs={
        "°C": "градусов Цельсия",
        "°F": "градусов Фаренгейта",
        "°": "градусов",
        "′": "минут",
        "+": "плюс",
        "N": "северной широты",
        "S": "южной широты",
        "E": "восточной долготы",
        "W": "западной долготы",
    },
    units=UNITS,
    money=MONEY,
    date=date,
    clock=clock,
    counted=counted,
    multiples="тысяча|тысячи|тысяч|миллион(?:а|ов)?|миллиард(?:а|ов)?|млн|млрд|тыс\\.",
    scale={"‰": "промилле", "½": "одна вторая", "¼": "одна четверть", "¾": "три четверти"},
)

CASE_AHEAD = (
    ("nominative", r"год(?![а-я])|век(?![а-я])|в\.|г\."),
    ("genitive", r"года(?![а-я])|века(?![а-я])"),
    ("prepositional", r"году|веке"),
    ("dative", r"веку"),
    ("plural", r"годы|века(?=х)|века"),
    ("plural genitive", r"годов|веков"),
    ("plural prepositional", r"годах|веках"),
)
SHORT = {
    "г.": ("год", "года", "году"),
    "в.": ("век", "века", "веке"),
    "гг.": ("годы", "годов", "годах"),
    "вв.": ("века", "веков", "веках"),
}
IN = before(r"\b[Вв]о?\s(?:[А-Яа-я]+\s)?", r"\b[Вв]\s\S+\s(?:и|-|–)\s")
OF = before(
    r"\b(?:с|до|от|около|после|из|конца|начала|середины|начало|конец|середина|конце|начале|середине"
    r"|половине|половины|половина|весной|летом|осенью|зимой|по|[а-я]+(?:ря|ля|та|мая|ня|ста))\s"
)


def case_of(match: re.Match[str]) -> str:
    ahead = re.match(rf"(?:\s?(?:и|{DASH}|,)\s?[IVX\d]+)*\s?", following(match))
    rest = following(match)[ahead.end() if ahead else 0 :]
    for case, words in CASE_AHEAD:
        in_a_range = (ahead and ahead.group().strip()) or re.search(rf"[IVX\d]\s?(?:{DASH}|и)\s?$", previous(match))
        if in_a_range and re.match(r"века|годы", rest):
            return "nominative"
        if re.match(words, rest):
            return case_by_preposition(match) if rest[1:2] == "." else case
    return case_by_preposition(match)


def case_by_preposition(match: re.Match[str]) -> str:
    if IN.search(previous(match)):
        return "prepositional"
    return "genitive" if OF.search(previous(match)) else "nominative"


def short_word(match: re.Match[str]) -> str:
    """«в XIX в.» is «в девятнадцатом веке», «в 1945 г.» «в году»."""
    number = re.search(rf"(?:[IVX]+|\d+)(?:\s?(?:{DASH}|и|,)\s?(?:[IVX]+|\d+))*\s?$", previous(match))
    head = match.string[: match.start() - len(number.group())] if number else ""
    if re.search(r"\b[Вв]о?\s$", head):
        return SHORT[match.group()][2]
    return SHORT[match.group()][1 if OF.search(head[-40:]) else 0]


YEAR_AHEAD = rf"(?=(?:\s?{DASH}\s?\d{{2,4}})?\s?(?:год|г\.|гг\.))"
CENTURY_AHEAD = rf"(?=(?:\s?(?:{DASH}|и|,)\s?[IVX]+)?\s?(?:век|в\.|вв\.))"
KING = before(
    r"\b(?:Людовик[а-я]*|Наполеон[а-я]*|Пётр|Петр[а-я]*|Александр[а-я]*|Николай|Николая|Иван[а-я]*"
    r"|Генрих[а-я]*|Карл[а-я]*|Фридрих[а-я]*|Вильгельм[а-я]*|Рамсес[а-я]*|Павел|Георг[а-я]*"
    r"|Филипп[а-я]*|Пий|Рама|Джаяварман[а-я]*|король [А-Я]\w+|царь [А-Я]\w+)\s"
)
QUEEN = before(r"\b(?:Елизавета|Екатерина|королева [А-Я]\w+|Виктория|Мария)\s")
SPAN = rf"(?=\s(?:по|до)\s(?:1\d{{3}}|20\d\d)(?:{YEAR_AHEAD}|(?!\d)))"
FIRST = (
    Rule(
        compiled(rf"(?:1\d{{3}}|20\d\d){SPAN}"),
        lambda m: ordinal(int(m.group()), "genitive"),
        before(r"\b(?:[Сс]|[Оо]т)\s"),
    ),
    Rule(compiled(rf"{DAY}(?=\s(?:{'|'.join(MONTHS)}))"), lambda m: ordinal(int(m.group()), "genitive")),
    Rule(compiled(rf"[1-9]\d{{0,3}}{YEAR_AHEAD}"), lambda m: ordinal(int(m.group()), case_of(m))),
    Rule(
        compiled(r"1\d{3}|20\d{2}"),
        lambda m: (
            ordinal(int(m.group()), case_of(m))
            if re.search(rf"\d{DASH}$", previous(m))
            or re.match(rf"\s?{DASH}\s?\d{{4}}", following(m))
            or re.match(r"\)", following(m))
            else None
        ),
    ),
    Rule(compiled(r"(?P<n>\d{1,4})-?х(?=\s(?:год|гг))"), lambda m: ordinal(int(m["n"]), "plural genitive")),
    Rule(compiled(r"(?P<n>\d{1,4})-е(?=\s(?:год|гг))"), lambda m: ordinal(int(m["n"]), "plural")),
    Rule(
        compiled(r"(?P<n>\d{1,4})-(?P<end>й|го|м|ом|му|я|ое|е)(?![^\W_])"),
        lambda m: ordinal(
            int(m["n"]),
            {
                "й": "nominative",
                "го": "genitive",
                "м": "prepositional",
                "ом": "prepositional",
                "му": "dative",
                "я": "feminine",
                "ое": "neuter",
                "е": "neuter",
            }[m["end"]],
        ),
    ),
    Rule(compiled(r"(?P<n>\d{1,2})(?=\s(?:век|в\.|столет))"), lambda m: ordinal(int(m["n"]), case_of(m))),
    Rule(
        compiled(r"\d*[12](?=\s(?:тонн|минут|тысяч|тыс\.|комнат|пушк|книг|картин|статуэт|ступен|маск|ваз|монет))"),
        lambda m: cardinal(int(m.group()), feminine=True),
    ),
)
ROMANS = (
    Rule(compiled(rf"(?P<a>{ROMAN}){CENTURY_AHEAD}"), lambda m: ordinal(value(m["a"]), case_of(m))),
    Rule(compiled(rf"(?P<a>{ROMAN})"), lambda m: ordinal(value(m["a"]), "nominative"), KING),
    Rule(compiled(rf"(?P<a>{ROMAN})"), lambda m: ordinal(value(m["a"]), "feminine"), QUEEN),
    Rule(compiled(rf"(?P<a>(?=[IVX]{{2}}){ROMAN})"), lambda m: cardinal(value(m["a"])), None, "roman-or-letter"),
)


def percent(match: re.Match[str]) -> str:
    number = re.findall(r"\d+(?:,\d+)?", previous(match))[-1:] or ["5"]
    return "процента" if "," in number[0] else form(int(number[0]), ("процент", "процента", "процентов"))


ABBREVIATIONS = {
    "до н. э.": "до нашей эры",
    "до н.э.": "до нашей эры",
    "н. э.": "нашей эры",
    "н.э.": "нашей эры",
    "т. е.": "то есть",
    "т.е.": "то есть",
    "и т. д.": "и так далее",
    "и т.д.": "и так далее",
    "и др.": "и другие",
    "ок.": "около",
    "им.": "имени",
    "ул.": "улица",
    "стр.": "страница",
    "рис.": "рисунок",
    "св.": "святой",
    "проф.": "профессор",
    "д-р": "доктор",
    "№": "номер",
    "см.": "смотри",
}
ROWS = [
    *((short, Rule(compiled(re.escape(short) + r"(?![^\W_])"), million)) for short in ("млн", "млрд", "тыс.")),
    *(
        (short, Rule(compiled(re.escape(short) + ("(?![^\\W_])" if short[-1].isalpha() else "")), always(spoken)))
        for short, spoken in sorted(ABBREVIATIONS.items(), key=lambda row: -len(row[0]))
        if short != "см."
    ),
    *((s, Rule(compiled(re.escape(s)), short_word, before(r"[IVX\d]\s?"))) for s in ("гг.", "вв.")),
    ("г", Rule(compiled(r"г\.(?!\s?[А-Я][а-я]+,)"), short_word, before(r"\d{3,4}\s?"))),
    ("в", Rule(compiled(r"в\."), short_word, before(r"[IVX]\s?", r"\d{1,2}\s"))),
    ("г", Rule(compiled(r"г\.(?=\s[А-Я])"), always("город"))),
]
SHARED = rules(TONGUE, FIRST, ROMANS, ROWS)
RULES = type(SHARED)(
    digits=SHARED.digits,
    capitals=SHARED.capitals,
    words=SHARED.words,
    marks={**SHARED.marks, "%": (Rule(compiled("%"), percent),)},
)
MANNER = Manner(
    signs={
        "&": "и",
        "+": "плюс",
        "=": "равно",
        "@": "собака",
        "№": "номер",
        "§": "параграф",
        "×": "на",
        "%": "процентов",
    }
)
