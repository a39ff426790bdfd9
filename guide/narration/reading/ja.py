"""Japanese, as a guide in a museum says it: numbers in kanji, which a Japanese voice counts rightly."""

import re

from guide.narration.reading.han import DIGITS, HanTongue, rules, runs
from guide.narration.reading.scan import Rule, compiled
from guide.narration.reading.words import Manner


def cardinal(number: int) -> str:
    if number < 10000:
        return below_ten_thousand(number) or "零"
    said = ""
    for worth, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        four = number // worth % 10000
        if four:
            said += below_ten_thousand(four) + name
    return said


def below_ten_thousand(number: int) -> str:
    said = ""
    for worth, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit = number // worth % 10
        if digit:
            said += (DIGITS[digit] if digit > 1 else "") + name
    return said + (DIGITS[number % 10] if number % 10 else "")


def day(match: re.Match[str]) -> str:
    return f"{cardinal(int(match['y']))}年{cardinal(int(match['m']))}月{cardinal(int(match['d']))}日"


def clock(hour: int, minute: int) -> str:
    return f"{cardinal(hour)}時" + (f"{cardinal(minute)}分" if minute else "")


TONGUE = HanTongue(
    cardinal=cardinal,
    zero="零",
    point="点",
    to="から",
    by="かける",
    minus="マイナス",
    percent="{}パーセント",
    units={
        "km²": "平方キロメートル",
        "km2": "平方キロメートル",
        "m²": "平方メートル",
        "m2": "平方メートル",
        "㎡": "平方メートル",
        "m³": "立方メートル",
        "m3": "立方メートル",
        "km/h": "キロメートル毎時",
        "km": "キロメートル",
        "m": "メートル",
        "cm": "センチメートル",
        "mm": "ミリメートル",
        "kg": "キログラム",
        "g": "グラム",
        "ha": "ヘクタール",
        "l": "リットル",
        "L": "リットル",
        "ml": "ミリリットル",
        "t": "トン",
        "°C": "度",
        "°F": "華氏度",
        "°": "度",
    },
    money={
        "US$": "米ドル",
        "$": "ドル",
        "USD": "米ドル",
        "€": "ユーロ",
        "£": "ポンド",
        "₫": "ドン",
        "VND": "ドン",
        "đ": "ドン",
        "¥": "円",
        "￥": "円",
    },
    day=day,
    clock=clock,
)
FIRST = (
    Rule(
        compiled(r"(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\d/])"),
        lambda m: f"{cardinal(int(m['b']))}分の{cardinal(int(m['a']))}",
    ),
)
RULES = rules(TONGUE, FIRST, [])
# A phrase ends where kana gives way to kanji, katakana or a digit.
PHRASE = re.compile(
    r"(?:\d[\d,.]*|[^\s\dぁ-ゖ、。！？」』）]){1,8}[ぁ-ゖー]{0,8}[、。！？」』）…]*|[ぁ-ゖー]{1,8}[、。！？」』）…]*|\S"
)
MANNER = Manner(
    signs={"&": "アンド", "+": "プラス", "=": "イコール", "%": "パーセント"}, comma="、", gap="", cut=runs(PHRASE)
)
