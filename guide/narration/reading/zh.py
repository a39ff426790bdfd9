"""Chinese, as a guide in a museum says it."""

import re

from guide.narration.reading.han import DIGITS, TO, HanTongue, by_digit, rules, runs
from guide.narration.reading.scan import Rule, always, before, compiled
from guide.narration.reading.words import Manner


def cardinal(number: int) -> str:
    if number < 10000:
        return below_ten_thousand(number)
    worth, name = (10**8, "亿") if number >= 10**8 else (10**4, "万")
    count, rest = divmod(number, worth)
    if not rest:
        return cardinal(count) + name
    gap = "零" if rest < worth // 10 else ""
    ten = "一" if 10 <= rest < 20 else ""
    return f"{cardinal(count)}{name}{gap}{ten}{cardinal(rest)}"


def below_ten_thousand(number: int) -> str:
    if number < 20:
        return DIGITS[number] if number < 10 else "十" + (DIGITS[number % 10] if number % 10 else "")
    said, open_zero = "", False
    for worth, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // worth % 10
        if digit:
            said += ("零" if open_zero and said else "") + DIGITS[digit] + name
        open_zero = not digit
    return said


def day(match: re.Match[str]) -> str:
    return f"{by_digit(match['y'])}年{cardinal(int(match['m']))}月{cardinal(int(match['d']))}日"


def clock(hour: int, minute: int) -> str:
    return f"{'两' if hour == 2 else cardinal(hour)}点" + (
        f"{cardinal(minute) if minute > 9 else '零' + cardinal(minute)}分" if minute else ""
    )


TONGUE = HanTongue(
    cardinal=cardinal,
    zero="零",
    point="点",
    to="到",
    by="乘",
    minus="负",
    percent="百分之{}",
    units={
        "km²": "平方公里",
        "km2": "平方公里",
        "m²": "平方米",
        "m2": "平方米",
        "m³": "立方米",
        "m3": "立方米",
        "km/h": "公里每小时",
        "km": "公里",
        "m": "米",
        "cm": "厘米",
        "mm": "毫米",
        "kg": "公斤",
        "g": "克",
        "ha": "公顷",
        "l": "升",
        "L": "升",
        "ml": "毫升",
        "t": "吨",
        "°C": "摄氏度",
        "°F": "华氏度",
        "°": "度",
    },
    money={
        "US$": "美元",
        "$": "美元",
        "USD": "美元",
        "€": "欧元",
        "£": "英镑",
        "₫": "越南盾",
        "VND": "越南盾",
        "đ": "越南盾",
        "¥": "元",
        "￥": "元",
    },
    day=day,
    clock=clock,
)
BC = before(r"(?:公元前|西元前|前)\s?")
FIRST = (
    Rule(compiled(r"\d{1,4}(?=\s?年)"), lambda m: cardinal(int(m.group())), BC),
    Rule(compiled(rf"[12]\d{{3}}(?=\s?(?:年|{TO}\s?[12]\d{{3}}\s?年))"), lambda m: by_digit(m.group())),
    Rule(compiled(rf"[12]\d{{3}}(?=\s?{TO}\s?[12]\d{{3}})"), lambda m: by_digit(m.group())),
    Rule(compiled(r"[12]\d{3}(?!\d|[,.]\d)"), lambda m: by_digit(m.group()), before(rf"[12]\d{{3}}\s?年?\s?{TO}\s?")),
    Rule(compiled(r"\d{2}(?=年代)"), lambda m: cardinal(int(m.group()))),
    Rule(compiled(r"2(?=\s?(?:个|件|座|层|位|人|米|公里|次|名|艘|幅|块|根|条|张|把|只|头))"), always("两")),
    Rule(
        compiled(r"(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\d/])"),
        lambda m: f"{cardinal(int(m['b']))}分之{cardinal(int(m['a']))}",
    ),
)
RULES = rules(TONGUE, FIRST, [])
SHORT_RUN = re.compile(r"[㐀-鿿]{1,4}[，。、！？；：…」』）》”]*|[^\s㐀-鿿]+")
MANNER = Manner(signs={"&": "和", "+": "加", "=": "等于", "%": "百分之"}, comma="，", gap="", cut=runs(SHORT_RUN))
