"""What French, German, Spanish and Russian share: comma decimals, units and money after the number, dates day first."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from guide.narration.reading import web
from guide.narration.reading.numerals import BY_DOT, BY_SPACE, DASH, Number, digit_by_digit, parted
from guide.narration.reading.scan import Rule, Rules, Said, always, before, by_first, compiled, merged, previous

SPACED = r"[1-9]\d{0,2}(?: \d{3})+(?!\d)"
COUNT = rf"(?:(?:{BY_DOT}|{BY_SPACE}|{SPACED})(?:,\d{{1,12}}(?!\d))?|\d+,\d{{1,12}}(?!\d)|\d+\.\d{{1,2}}(?![\d.])|\d+)"
END = r"(?![^\W_]|[²³])"
DAY, MONTH, YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"[12]\d{3}"
LONGEST_NUMBER = 15


@dataclass(frozen=True)
class Tongue:
    """A language's words for what stands around a number; `counted` gives a name the form its number asks for."""

    cardinal: Callable[[int], str]
    year: Callable[[int], str]
    comma: str
    digits: str
    to: str
    by: str
    minus: str
    per: str
    signs: Mapping[str, str]
    units: Mapping[str, Sequence[str]]
    money: Mapping[str, Sequence[str]]
    date: Callable[[int, int, int | None, re.Match[str]], str]
    clock: Callable[[int, int], str]
    counted: Callable[[Sequence[str], Number], str]
    multiples: str
    of: str = ""
    scale: Mapping[str, str] = field(default_factory=dict)

    def whole(self, written: str) -> str:
        spell = len(written) > LONGEST_NUMBER or written.startswith("00")
        return digit_by_digit(self.digits)(written) if spell else self.cardinal(int(written))

    def amount(self, written: str) -> str:
        number = numbered(written)
        if not number.decimals:
            return self.whole(number.whole)
        zeros = [self.cardinal(0)] * (len(number.decimals) - len(number.decimals.lstrip("0")))
        rest = number.decimals.lstrip("0")
        spoken = [self.whole(rest)] if rest and len(rest) < 4 else ([digit_by_digit(self.digits)(rest)] if rest else [])
        return " ".join([self.whole(number.whole), self.comma, *zeros, *spoken])


def numbered(written: str) -> Number:
    return parted(written, BY_DOT, ",", ".")


def last_number(text: str) -> Number:
    """The number that a unit stands after."""
    found = list(re.finditer(rf"{COUNT}", text))
    return numbered(found[-1].group()) if found else Number("2")


def unit_rows(tongue: Tongue) -> list[tuple[str, Rule]]:
    after = before(r"\d\s?", rf"\d\s(?:{tongue.multiples})\s(?:de\s|d['’])?")
    named = {**tongue.units, **tongue.money}
    return [
        (symbol, unit_rule(tongue, symbol, named[symbol], after)) for symbol in sorted(named, key=len, reverse=True)
    ]


def unit_rule(tongue: Tongue, symbol: str, names: Sequence[str], after: re.Pattern[str]) -> Rule:
    def say(match: re.Match[str]) -> Said:
        big = re.search(rf"(?:{tongue.multiples})\s(?:de\s|d['’])?$", previous(match))
        return names[-1] if big else tongue.counted(names, last_number(previous(match)))

    return Rule(compiled(re.escape(symbol) + (END if symbol[-1].isalnum() else "")), say, after)


def prefixed_rule(tongue: Tongue) -> Rule:
    def say(match: re.Match[str]) -> Said:
        names = tongue.money[match["sign"]]
        times = f" {match['times']}{tongue.of}" if match["times"] else ""
        coin = names[-1] if times else tongue.counted(names, numbered(match["n"]))
        return f"{tongue.amount(match['n'])}{times} {coin}"

    signs = "|".join(re.escape(sign) for sign in sorted(tongue.money, key=len, reverse=True))
    return Rule(compiled(rf"(?P<sign>{signs})\s?(?P<n>{COUNT})(?:\s(?P<times>{tongue.multiples})(?![^\W_]))?"), say)


def day_rules(tongue: Tongue) -> tuple[Rule, ...]:
    def numeric(match: re.Match[str]) -> Said:
        return tongue.date(int(match["d"]), int(match["m"]), int(match["y"]), match)

    def hour(match: re.Match[str]) -> Said:
        return tongue.clock(int(match["h"]), int(match["min"] or 0))

    return (
        Rule(compiled(rf"(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>{DAY})(?!\d)"), numeric),
        Rule(compiled(rf"(?P<d>{DAY})(?P<sep>[/.\-])(?P<m>{MONTH})(?P=sep)(?P<y>{YEAR})(?!\d)"), numeric),
        Rule(
            compiled(r"(?P<h>[01]?\d|2[0-4])\s?(?:[:hH]|[:h]\s)(?P<min>[0-5]\d)(?:\s?(?:h|Uhr|ч\.?))?(?![\d:]|[^\W_])"),
            hour,
        ),
    )


def rules(
    tongue: Tongue, first: tuple[Rule, ...], capitals: tuple[Rule, ...], words: Sequence[tuple[str, Rule]]
) -> Rules:
    """A language's own rules go first, the shared ones after."""
    prefixed = prefixed_rule(tongue)
    after_number = before(r"[\d%°]\s?", r"[\d]\s?[²³\w]{1,3}\s?", r"\b[IVX]+e?\s?")
    joint = Rule(compiled(rf"{DASH}(?=\s?(?:[\d½]|[IVX]+(?:e|er|\.)?(?![^\W_])))"), always(tongue.to), after_number)
    minus = Rule(compiled(rf"{DASH}(?=\d)"), always(tongue.minus), before(r"^\s*", r"[\s(\[,;:]"))
    by = Rule(compiled(r"[x×](?=\s?\d)"), always(tongue.by), before(r"\d\s?(?:m|cm|mm)?\s?"))
    per = Rule(compiled(r"/(?=[^\W\d_])"), always(tongue.per), before(r"\d\s?(?:km|m|kg|g|₫|€|\$)", r"\d\s?\w+"))
    numbers = (
        *day_rules(tongue),
        phone_rule(tongue),
        coordinates_rule(tongue),
        year_rule(tongue),
        Rule(compiled(COUNT), lambda m: tongue.amount(m.group())),
    )
    signs = {mark: (Rule(compiled(re.escape(mark)), always(name)),) for mark, name in tongue.scale.items()}
    coins = {
        sign: (prefixed, unit_rule(tongue, sign, names, before(r"\d\s?", rf"(?:{tongue.multiples})\s(?:de\s)?")))
        for sign, names in tongue.money.items()
        if len(sign) == 1 and not sign.isalpha()
    }
    letters = [(sign, prefixed) for sign in tongue.money if sign[0].isalpha()]
    return Rules(
        digits=(*first, *numbers),
        capitals=capitals,
        words=merged(by_first(words), by_first([*unit_rows(tongue), *letters]), web.WORDS, {"x": (by,)}),
        marks={
            **dict.fromkeys("-–—−‒", (joint, minus)),
            **signs,
            **coins,
            "×": (by,),
            "/": (per,),
            "°": degree_rules(tongue),
            "+": (phone_rule(tongue),),
        },
    )


def year_rule(tongue: Tongue) -> Rule:
    return Rule(compiled(r"1[1-9]\d\d(?![\d]|[.,]\d|\s?(?:%|km|m|kg|₫|€)\b)"), lambda m: tongue.year(int(m.group())))


def degree_rules(tongue: Tongue) -> tuple[Rule, ...]:
    names = {"°C": tongue.signs["°C"], "°F": tongue.signs["°F"], "°": tongue.signs["°"]}
    return tuple(
        Rule(compiled(re.escape(sign[0]) + r"\s?" + sign[1:] + "(?![^\\W_])" if sign[1:] else sign), always(name))
        for sign, name in names.items()
    )


def phone_rule(tongue: Tongue) -> Rule:
    spell = digit_by_digit(tongue.digits)
    plus = tongue.signs["+"]

    def say(match: re.Match[str]) -> Said:
        groups = re.findall(r"\d+", match.group())
        return (f"{plus} " if match.group()[0] == "+" else "") + ", ".join(spell(one) for one in groups)

    return Rule(compiled(r"(?:\+\d{1,3}|0\d{1,3})(?:[ .\-]\d{2,5}){2,5}(?!\d|[.,]\d)|0\d{9,10}(?!\d)"), say)


def coordinates_rule(tongue: Tongue) -> Rule:
    def say(match: re.Match[str]) -> Said:
        spoken = f"{tongue.amount(match['d'])} {tongue.signs['°']} {tongue.amount(match['m'])} {tongue.signs['′']}"
        return f"{spoken} {tongue.signs.get(match['point'], match['point'])}" if match["point"] else spoken

    return Rule(compiled(r"(?P<d>\d{1,3})\s?°\s?(?P<m>\d{1,2})\s?['’′]\s?(?P<point>[NSEWO](?![^\W_]))?"), say)
