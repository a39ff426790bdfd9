"""What Chinese and Japanese share: numbers in Han characters, signs between them, runs short enough to light up."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guide.narration.reading.numerals import DASH, POINT_DECIMAL, point_decimal
from guide.narration.reading.scan import Rule, Rules, Said, always, before, by_first, compiled, merged

DIGITS = "零一二三四五六七八九"
NUMBER = POINT_DECIMAL
TO = r"(?:[-–—~～〜−]{1,2}|至)"


def by_digit(written: str, names: str = DIGITS) -> str:
    return "".join(names[int(digit)] for digit in written if digit.isdigit())


@dataclass(frozen=True)
class HanTongue:
    """A language's own words around numbers written in Han characters."""

    cardinal: Callable[[int], str]
    zero: str
    point: str
    to: str
    by: str
    minus: str
    percent: str
    units: Mapping[str, str]
    money: Mapping[str, str]
    day: Callable[[re.Match[str]], str]
    clock: Callable[[int, int], str]

    def amount(self, written: str) -> str:
        number = point_decimal(written)
        digits = self.zero + DIGITS[1:]
        if len(number.whole) > 16:
            return by_digit(number.whole, digits)
        spoken = self.cardinal(int(number.whole or 0))
        return f"{spoken}{self.point}{by_digit(number.decimals, digits)}" if number.decimals else spoken


def rules(tongue: HanTongue, first: Sequence[Rule], words: Sequence[tuple[str, Rule]]) -> Rules:
    after = before(r"\d\s?", r"[万萬亿億千]\s?")
    units = [
        (sign, Rule(compiled(re.escape(sign) + r"(?![A-Za-z0-9²³])"), always(name), after))
        for sign, name in sorted({**tongue.units, **tongue.money}.items(), key=lambda row: -len(row[0]))
    ]
    to = Rule(
        compiled(rf"{TO}(?=\s?\d)"),
        always(tongue.to),
        before(r"\d\s?", r"[年月日时時点分世纪紀%]\s?", r"[a-zA-Z²³°]\s?"),
    )
    minus = Rule(compiled(rf"{DASH}(?=\d)"), always(tongue.minus), before(r"^\s*", r"[^\w)]"))
    by = Rule(compiled(r"[×xX*](?=\s?\d)"), always(tongue.by), before(r"\d\s?(?:m|cm|mm)?\s?"))
    money = [
        Rule(compiled(rf"(?P<sign>{re.escape(sign)})\s?(?P<n>{NUMBER})(?P<times>[万萬亿億])?"), prefixed(tongue, name))
        for sign, name in tongue.money.items()
    ]
    coins = merged(by_first(zip(tongue.money, money, strict=True)), by_first(units))
    marks = {sign: found for sign, found in coins.items() if not sign.isalpha()}
    degrees = tuple(Rule(compiled(sign), always(tongue.units[sign])) for sign in ("°C", "°F", "°"))
    dashes = dict.fromkeys("-–—~～〜−", (to, minus))
    return Rules(
        digits=(*first, *shared(tongue)),
        words=merged(by_first(words), {k: v for k, v in coins.items() if k.isalpha()}, {"至": (to,), "x": (by,)}),
        marks={**dashes, "×": (by,), "°": degrees, "℃": (Rule(compiled("℃"), always(tongue.units["°C"])),), **marks},
    )


def prefixed(tongue: HanTongue, name: str) -> Callable[[re.Match[str]], Said]:
    return lambda match: tongue.amount(match["n"]) + (match["times"] or "") + name


def shared(tongue: HanTongue) -> tuple[Rule, ...]:
    clock = Rule(
        compiled(r"(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?![\d:])"), lambda m: tongue.clock(int(m["h"]), int(m["min"]))
    )
    return (
        Rule(compiled(r"(?P<y>[12]\d{3})([-/.])(?P<m>0?[1-9]|1[0-2])\2(?P<d>[0-2]?\d|3[01])(?!\d)"), tongue.day),
        Rule(compiled(rf"(?P<n>{NUMBER})\s?[%％]"), lambda m: tongue.percent.format(tongue.amount(m["n"]))),
        clock,
        Rule(
            compiled(r"(?:0\d{1,3})(?:[ .\-]\d{2,5}){2,4}(?!\d)|0\d{9,10}(?!\d)"),
            lambda m: by_digit(m.group(), tongue.zero + DIGITS[1:]),
        ),
        Rule(compiled(NUMBER), lambda m: tongue.amount(m.group())),
    )


def runs(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    def cut(text: str) -> Iterator[tuple[int, int]]:
        return ((run.start(), run.end()) for run in pattern.finditer(text))

    return cut
