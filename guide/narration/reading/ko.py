"""Korean, as a guide in a museum says it: Sino-Korean numbers, native ones for hours and things counted."""

import re

from guide.narration.reading.numerals import DASH, POINT_DECIMAL, point_decimal
from guide.narration.reading.scan import Rule, Rules, always, before, by_first, compiled, merged
from guide.narration.reading.words import Manner

DIGITS = "영일이삼사오육칠팔구"
PHONE_DIGITS = "공일이삼사오육칠팔구"
NATIVE_ONES = " 한 두 세 네 다섯 여섯 일곱 여덟 아홉".split(" ")
NATIVE_TENS = " 열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split(" ")
COUNTERS = r"(?:개|명|마리|살|시간|시|권|장|채|척|군데|곳|가지|사람|번째|그루|자루|켤레|벌|점의|송이|대의|줄|칸)"
UNITS = {
    "km²": "제곱킬로미터",
    "km2": "제곱킬로미터",
    "m²": "제곱미터",
    "m2": "제곱미터",
    "㎡": "제곱미터",
    "m³": "세제곱미터",
    "m3": "세제곱미터",
    "km/h": "킬로미터 매 시",
    "km": "킬로미터",
    "m": "미터",
    "cm": "센티미터",
    "mm": "밀리미터",
    "kg": "킬로그램",
    "g": "그램",
    "ha": "헥타르",
    "l": "리터",
    "L": "리터",
    "ml": "밀리리터",
    "t": "톤",
}
MONEY = {
    "US$": "미국 달러",
    "$": "달러",
    "USD": "미국 달러",
    "€": "유로",
    "£": "파운드",
    "₫": "동",
    "VND": "동",
    "đ": "동",
    "₩": "원",
    "¥": "엔",
}
SIGNS = {"%": "퍼센트", "‰": "퍼밀", "°C": "도", "°F": "화씨 도", "℃": "도", "°": "도", "½": "이분의 일"}


def cardinal(number: int) -> str:
    said: list[str] = []
    for worth, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        four = number // worth % 10000
        if four:
            said.append("만" if four == 1 and name == "만" and not said else below_ten_thousand(four) + name)
    return " ".join(said) or DIGITS[0]


def below_ten_thousand(number: int) -> str:
    said = ""
    for worth, name in ((1000, "천"), (100, "백"), (10, "십")):
        digit = number // worth % 10
        if digit:
            said += (DIGITS[digit] if digit > 1 else "") + name
    return said + (DIGITS[number % 10] if number % 10 else "")


def native(number: int) -> str:
    if number == 20:
        return "스무"
    return NATIVE_TENS[number // 10] + NATIVE_ONES[number % 10] if number < 100 else cardinal(number)


def amount(written: str) -> str:
    number = point_decimal(written)
    if len(number.whole) > 16:
        return "".join(DIGITS[int(digit)] for digit in number.whole)
    spoken = cardinal(int(number.whole or 0))
    return f"{spoken} 점 {''.join(DIGITS[int(digit)] for digit in number.decimals)}" if number.decimals else spoken


def month(number: int) -> str:
    return {6: "유", 10: "시"}.get(number) or cardinal(number)


def day(match: re.Match[str]) -> str:
    return f"{cardinal(int(match['y']))} 년 {month(int(match['m']))}월 {cardinal(int(match['d']))}일"


def clock(match: re.Match[str]) -> str:
    minute = int(match["min"])
    hour = native(int(match["h"])) if 0 < int(match["h"]) <= 12 else cardinal(int(match["h"]))
    return f"{hour} 시" + (f" {cardinal(minute)} 분" if minute else "")


def phone(match: re.Match[str]) -> str:
    return ", ".join(
        "".join(PHONE_DIGITS[int(digit)] for digit in digits) for digits in re.findall(r"\d+", match.group())
    )


def fixed(pattern: str, spoken: str, after: re.Pattern[str] | None = None) -> Rule:
    return Rule(compiled(pattern), always(spoken), after)


AFTER_COUNT = before(r"\d\s?", r"[만억천]\s?")
PREFIXED = Rule(
    compiled(rf"(?P<sign>US\$|USD|VND|[$€£₫₩¥])\s?(?P<n>{POINT_DECIMAL})(?P<times>[만억])?"),
    lambda m: f"{amount(m['n'])}{m['times'] or ''} {MONEY[m['sign']]}",
)
TO = fixed(
    rf"(?:{DASH}|[~～])(?=\s?\d)", "에서 ", before(r"\d\s?", r"[년월일시분%세기]\s?", r"\d\s?(?:km|m|cm|kg|°C)[²³]?\s?")
)
MINUS = fixed(rf"{DASH}(?=\d)", "영하 ", before(r"^\s*", r"[\s(]"))
BY = fixed(r"[×x](?=\s?\d)", " 곱하기 ", before(r"\d\s?(?:m|cm|mm)?\s?"))
DIGIT_RULES = (
    Rule(compiled(r"(?P<y>[12]\d{3})([-/.])\s?(?P<m>0?[1-9]|1[0-2])\2\s?(?P<d>[0-2]?\d|3[01])(?!\d)"), day),
    Rule(compiled(r"(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?![\d:])"), clock),
    Rule(compiled(r"0\d{1,3}(?:[ .\-]\d{2,5}){2,4}(?!\d)|0\d{9,10}(?!\d)"), phone),
    Rule(compiled(r"0?\d{1,2}(?=\s?월(?!요))"), lambda m: month(int(m.group()))),
    Rule(
        compiled(rf"[1-9]\d?(?=\s?{COUNTERS})(?!\s?시대)"),
        lambda m: (
            native(int(m.group()))
            if not m.string[m.end() :].lstrip().startswith("시") or int(m.group()) <= 12
            else cardinal(int(m.group()))
        ),
    ),
    Rule(
        compiled(r"(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\d/])"),
        lambda m: f"{cardinal(int(m['b']))}분의 {cardinal(int(m['a']))}",
    ),
    Rule(compiled(POINT_DECIMAL), lambda m: amount(m.group())),
)
NAMES = sorted({**UNITS, **MONEY}.items(), key=lambda row: -len(row[0]))
LETTERS = [
    (sign, fixed(re.escape(sign) + r"(?![A-Za-z0-9²³])", name, AFTER_COUNT))
    for sign, name in NAMES
    if sign[0].isalpha()
]
RULES = Rules(
    digits=DIGIT_RULES,
    words=merged(by_first(LETTERS), by_first((sign, PREFIXED) for sign in ("US$", "USD", "VND")), {"x": (BY,)}),
    marks={
        **dict.fromkeys("-–—~～−", (TO, MINUS)),
        "×": (BY,),
        **{
            sign: (PREFIXED, fixed(re.escape(sign), name, AFTER_COUNT))
            for sign, name in MONEY.items()
            if len(sign) == 1 and not sign.isalpha()
        },
        "%": (fixed("%", SIGNS["%"]),),
        "‰": (fixed("‰", SIGNS["‰"]),),
        "½": (fixed("½", SIGNS["½"]),),
        "℃": (fixed("℃", "도"),),
        "°": (fixed("°C", SIGNS["°C"]), fixed("°F", SIGNS["°F"]), fixed("°", SIGNS["°"])),
    },
)
MANNER = Manner(gap="", signs={"&": "와", "+": "더하기", "=": "은", "%": "퍼센트"})
