"""Vietnamese sizes, weights, prices and shares: what stands after a number and how it is called."""

import re

from guide.narration.reading.numerals import COMMA_DECIMAL, DASH, Number, comma_decimal
from guide.narration.reading.scan import (
    Part,
    Rule,
    Said,
    always,
    before,
    by_first,
    compiled,
    following,
    group,
    previous,
)
from guide.narration.reading.vi.numbers import amount, cardinal, ordinal, said, whole

UNITS = {
    "km²": "ki lô mét vuông",
    "km2": "ki lô mét vuông",
    "m²": "mét vuông",
    "m2": "mét vuông",
    "m³": "mét khối",
    "m3": "mét khối",
    "cm²": "xăng ti mét vuông",
    "cm2": "xăng ti mét vuông",
    "cm³": "xăng ti mét khối",
    "cm3": "xăng ti mét khối",
    "mm²": "mi li mét vuông",
    "mm2": "mi li mét vuông",
    "mm³": "mi li mét khối",
    "dm²": "đề xi mét vuông",
    "dm³": "đề xi mét khối",
    "km³": "ki lô mét khối",
    "km3": "ki lô mét khối",
    "km": "ki lô mét",
    "m": "mét",
    "cm": "xăng ti mét",
    "mm": "mi li mét",
    "dm": "đề xi mét",
    "dam": "đề ca mét",
    "hm": "héc tô mét",
    "µm": "mi crô mét",
    "μm": "mi crô mét",
    "nm": "na nô mét",
    "ha": "héc ta",
    "Ha": "héc ta",
    "kg": "ki lô gam",
    "g": "gam",
    "gr": "gam",
    "mg": "mi li gam",
    "µg": "mi crô gam",
    "l": "lít",
    "L": "lít",
    "ml": "mi li lít",
    "mL": "mi li lít",
    "cl": "xăng ti lít",
    "dl": "đề xi lít",
    "hl": "héc tô lít",
    "kW": "ki lô oát",
    "kWh": "ki lô oát giờ",
    "MW": "mê ga oát",
    "W": "oát",
    "kV": "ki lô vôn",
    "V": "vôn",
    "Hz": "héc",
    "kHz": "ki lô héc",
    "MHz": "mê ga héc",
    "GHz": "ghi ga héc",
    "dB": "đề xi ben",
    "Pa": "pát can",
    "hPa": "héc tô pát can",
    "kPa": "ki lô pát can",
    "KB": "ki lô bai",
    "MB": "mê ga bai",
    "GB": "ghi ga bai",
    "TB": "tê ra bai",
    "cal": "ca lo",
    "kcal": "ki lô ca lo",
    "mAh": "mi li ampe giờ",
    "CV": "mã lực",
    "HP": "mã lực",
    "hp": "mã lực",
    "ms": "mi li giây",
    "ft": "phút Anh",
    "lb": "pao",
    "oz": "ao xơ",
    "lx": "lúc",
    "ppm": "phần triệu",
    "ct": "ca ra",
    "cc": "xê xê",
}
PER = UNITS | {
    "s": "giây",
    "h": "giờ",
    "người": "người",
    "tấn": "tấn",
    "tạ": "tạ",
    "giờ": "giờ",
    "phút": "phút",
    "giây": "giây",
    "ngày": "ngày",
    "tháng": "tháng",
    "năm": "năm",
    "lượt": "lượt",
    "vé": "vé",
    "khách": "khách",
    "lần": "lần",
    "cây": "cây",
    "đêm": "đêm",
    "hộ": "hộ",
    "xe": "xe",
    "chiếc": "chiếc",
    "lít": "lít",
    "gói": "gói",
    "suất": "suất",
    "học sinh": "học sinh",
    "trẻ em": "trẻ em",
    "đoàn": "đoàn",
    "tuần": "tuần",
    "phòng": "phòng",
    "bộ": "bộ",
    "cuốn": "cuốn",
    "bản": "bản",
    "chuyến": "chuyến",
    "héc ta": "héc ta",
    "nhóm": "nhóm",
    "em": "em",
}
MONEY = {
    "đ": "đồng",
    "Đ": "đồng",
    "₫": "đồng",
    "VND": "đồng",
    "VNĐ": "đồng",
    "vnđ": "đồng",
    "vnd": "đồng",
    "đồng": "đồng",
    "USD": "đô la Mỹ",
    "US$": "đô la Mỹ",
    "$": "đô la",
    "€": "ơ rô",
    "EUR": "ơ rô",
    "euro": "ơ rô",
    "£": "bảng Anh",
    "GBP": "bảng Anh",
    "¥": "yên",
    "JPY": "yên Nhật",
    "CNY": "nhân dân tệ",
    "RMB": "nhân dân tệ",
    "NDT": "nhân dân tệ",
    "₩": "uôn",
    "KRW": "uôn Hàn Quốc",
    "฿": "bạt",
    "THB": "bạt Thái",
    "AUD": "đô la Úc",
    "SGD": "đô la Xinh-ga-po",
    "CAD": "đô la Ca-na-đa",
    "HKD": "đô la Hồng Kông",
    "₽": "rúp",
    "RUB": "rúp Nga",
    "CHF": "phrăng Thụy Sĩ",
    "FRF": "phrăng",
    "₭": "kíp",
    "LAK": "kíp Lào",
}
MULTIPLES = {"k": "nghìn", "K": "nghìn", "tr": "triệu", "Tr": "triệu"}
MULTIPLE = r"(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm|vạn|tr|k|K)"

END = r"(?![^\W_]|[²³])"
COUNT_BEFORE = before(r"\d\s?", rf"\d\s?{MULTIPLE}\s", r"[½⅓¼¾⅔⅛]\s?")
AFTER_COUNT = before(r"\d\s?", rf"\d\s?{MULTIPLE}\s?", r"\d tr\.\s?")
TIMES_A_DAY = r"(?:lần|chuyến|buổi|ca|suất|đợt|kỳ|số)"
PAID = re.compile(rf"(?:đ|₫|VNĐ|VND|đồng|USD|\$|€|\dk|\dK|tr)(?:/\w+)?$|\b{TIMES_A_DAY}$")
AFTER_UNIT = before(
    rf"(?:\d|\s|[½¼¾]|{MULTIPLE})(?:{'|'.join(map(re.escape, UNITS))})",
    r"\d\s?(?:đ|₫|VNĐ|VND|đồng|USD|k|K|tr|€|\$)(?:/\w+)?",
    rf"{MULTIPLE}\s(?:đ|₫|VNĐ|VND|đồng|USD)",
    r"\b(?:đồng|người|tấn|tạ|khách|lượt|hiện vật|cây|con|hộ|độ|mét|lít|vé)",
    rf"\b{TIMES_A_DAY}",
)
COUNTED = "tỷ|tỉ|triệu|nghìn|ngàn|vạn|giờ|phút|giây|ngày|tháng|năm|lần|tấn|tạ|mét|lít|độ|tuổi|đô la"
PRICE = re.compile(r"\s?(?:đ|₫|đồng|VND|VNĐ)(?![^\W_])")


def number(match: re.Match[str]) -> Said:
    written = match.group()
    found = comma_decimal(written)
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", written) and (written.endswith(",000") or PRICE.match(following(match))):
        return whole(written.replace(",", ""))
    if written.replace(found.sign or ".", "", 1).isdigit() and "." in written and found.decimals:
        return point(match, found)
    return said(found)


def point(match: re.Match[str], found: Number) -> str:
    """A decimal with a point is a size where a unit follows, else a version or a section: «bốn chấm không»."""
    follows = re.match(rf"\s?[x×]|\s?(?:{'|'.join(map(re.escape, UNITS))}|%|{COUNTED}){END}", following(match))
    if follows or not found.whole.lstrip("0"):
        return said(found)
    return f"{whole(found.whole)} chấm {amount(found.decimals)}"


def order(match: re.Match[str]) -> str:
    return ordinal(int(match.group()))


def fraction(match: re.Match[str]) -> str:
    top, bottom = int(match["top"]), int(match["bottom"])
    share = f"{cardinal(top)} phần {ordinal(bottom)}" if bottom > 1 else f"{cardinal(top)} phần {cardinal(bottom)}"
    return share.replace("phần nhất", "phần một")


VULGAR = {
    "⅓": "một phần ba",
    "⅔": "hai phần ba",
    "¼": "một phần tư",
    "¾": "ba phần tư",
    "⅕": "một phần năm",
    "⅖": "hai phần năm",
    "⅗": "ba phần năm",
    "⅘": "bốn phần năm",
    "⅙": "một phần sáu",
    "⅛": "một phần tám",
    "⅜": "ba phần tám",
    "⅝": "năm phần tám",
    "⅞": "bảy phần tám",
    "⅒": "một phần mười",
}


def half(match: re.Match[str]) -> str:
    return "rưỡi" if re.search(r"\d\s?$", previous(match)) else "một phần hai"


def unit_rule(symbol: str, spoken: str) -> Rule:
    return Rule(
        compiled(rf"{re.escape(symbol)}{END}" + (r"|m(?=\d{1,2}(?!\d))" if symbol == "m" else "")),
        always(spoken),
        COUNT_BEFORE,
    )


def money_rule(symbol: str, spoken: str) -> Rule:
    ending = END if symbol[-1].isalpha() else ""
    return Rule(compiled(rf"{re.escape(symbol)}{ending}"), always(spoken), AFTER_COUNT)


def multiple_rule(symbol: str, spoken: str) -> Rule:
    return Rule(compiled(rf"{symbol}(?![^\W\d_])"), always(spoken), before(r"\d\s?"))


PREFIXED = compiled(
    rf"(?P<sign>US\$|USD|VND|VNĐ|EUR|JPY|CNY|GBP"
    rf"|[$€£¥₩₫฿])\s?(?P<n>{COMMA_DECIMAL})(?P<to>\s?{DASH}\s?(?P<m>{COMMA_DECIMAL}))?"
    rf"(?:(?P<gap>\s?)(?P<times>nghìn|ngàn|triệu|tỷ|tỉ)(?![^\W_]))?"
)


def money(written: str) -> str:
    """A sum with a foreign sign before it may group its thousands by a comma."""
    return whole(written.replace(",", "")) if re.fullmatch(r"[1-9]\d{0,2},\d{3}", written) else amount(written)


def prefixed(match: re.Match[str]) -> Said:
    """«US$6,7 triệu» is said «sáu phẩy bảy triệu đô la Mỹ»."""
    coin = MONEY[match["sign"]]
    count = money(match["n"]) + (f" đến {money(match['m'])}" if match["m"] else "")
    end = match.end("to") if match["m"] else match.end("n")
    if not match["times"]:
        return [Part(match.start(), end, f"{count} {coin}")]
    return [Part(match.start(), end, count), group(match, "times", f"{match['times']} {coin}")]


def per(match: re.Match[str]) -> Said:
    """«km/h» is said with «trên», a price and what is counted over a time «một» (một người, một năm)."""
    return f"{'một' if PAID.search(previous(match)) else 'trên'} {PER[match['unit']]}"


PER_UNIT = "|".join(sorted(map(re.escape, PER), key=len, reverse=True))
PER_RULE = Rule(compiled(rf"/\s?(?P<unit>{PER_UNIT}){END}"), per, AFTER_UNIT)
DEGREES = {"°C": "độ xê", "°F": "độ ép", "°K": "độ ca", "º": "độ", "ºC": "độ xê", "℃": "độ xê", "°": "độ"}
DEGREE_RULES = tuple(
    Rule(compiled(rf"{symbol[0]}\s?{symbol[1:]}(?![^\W_])" if symbol[1:] else symbol), always(spoken))
    for symbol, spoken in sorted(DEGREES.items(), key=lambda row: -len(row[0]))
)
BARE_COMPOUND = {
    "km/h": "ki lô mét trên giờ",
    "km/giờ": "ki lô mét trên giờ",
    "m/s": "mét trên giây",
    "người/km²": "người trên ki lô mét vuông",
    "người/km2": "người trên ki lô mét vuông",
}

TALL = Rule(
    compiled(r"m(?=[2-9](?![\d]|[^\W_]))"),
    always("mét"),
    before(r"(?:trẻ em|trẻ|chiều cao|người cao)\s(?:cao\s)?(?:dưới|trên|từ|hơn|đến)?\s?[<>≤≥]?\s?[12]"),
    "height-or-area",
)
UNIT_WORDS = by_first(
    [
        ("m", TALL),
        *(
            (symbol, Rule(compiled(re.escape(symbol) + END), always(spoken)))
            for symbol, spoken in BARE_COMPOUND.items()
        ),
        *(
            (symbol, unit_rule(symbol, spoken))
            for symbol, spoken in sorted(UNITS.items(), key=lambda row: -len(row[0]))
        ),
        *(
            (symbol, Rule(compiled(symbol + END), always(UNITS[symbol])))
            for symbol in ("m²", "km²", "cm²", "m³", "cm³", "dm³")
        ),
        ("k", Rule(compiled(r"[kK](?![^\W_])"), always("ca"), before(r"\bvàng\s(?:trắng\s|tây\s|ta\s)?\d\d\s?"))),
        *((symbol, multiple_rule(symbol, spoken)) for symbol, spoken in MULTIPLES.items()),
        *((symbol, money_rule(symbol, spoken)) for symbol, spoken in MONEY.items() if symbol[0].isalpha()),
        *((symbol, Rule(PREFIXED, prefixed)) for symbol in ("US$", "USD", "VND", "VNĐ", "EUR", "JPY", "CNY", "GBP")),
    ]
)
