"""Vietnamese, as a guide in a museum says it."""

import re

from guide.narration.reading import web
from guide.narration.reading.numerals import BY_DOT, COMMA_DECIMAL, DASH
from guide.narration.reading.scan import Part, Rule, Rules, Said, always, before, compiled, merged, previous
from guide.narration.reading.vi import abbreviations, calendar, documents, measures, names, romans
from guide.narration.reading.vi.numbers import amount, whole
from guide.narration.reading.words import Manner

UNIT = (
    "phút|giây|ngày|tháng|năm|tuổi|lần|°C|°|km|m|cm|mm|ha|kg|g|m²|km²|đ|₫|h|VNĐ|VND|USD|triệu|tỷ|nghìn|ngàn|đồng|tấn"
    "|giờ|%"
)
ENDPOINT = (
    r"\d|[IVX]+\b|nửa (?:đầu|cuối|sau)\b|nay\b|hiện nay|khoảng\b|[½¼¾+]|T[3-7]\b|CN\b|[Tt]hứ\s|[Cc]hủ "
    r"nhật|[Tt]hế kỷ|TK\b|(?:cuối|đầu|giữa)\s(?:thế kỷ|thế kỉ|TK|năm|tháng|những)|ngày\s\d|năm\s\d"
    r"|tháng\s\d|sau CN|tr\."
)
AFTER_AMOUNT = before(
    r"[\d½¼¾%‰]\s?",
    rf"\d\s?(?:{UNIT})\s?",
    r"\b(?:TCN|SCN|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu)\s?",
    r"\bT[2-7]\s?",
    r"\b[IVX]+\s?",
)
TO = Rule(compiled(rf"{DASH}(?!\s?0\d{{2,3}}[ .]\d)(?=\s?(?:{ENDPOINT}))"), always("đến"), AFTER_AMOUNT)
TIMES = Rule(compiled(r"[x×*✕Xх](?=\s?\d)"), always("nhân"), before(r"\d\s?", r"\d\s?(?:m|cm|mm|km|dm)\s?"))
TIMES_OVER = Rule(compiled(r"[x×](?![^\W_])"), always("lần"), before(r"\d\s?"))
MINUS = Rule(compiled(rf"{DASH}(?=\d)"), always("âm"), before(r"^\s*", r"[\s(\[,;:]"))
OVER = Rule(compiled(r"/(?=\s?\d)"), always("trên"), before(r"\d\s?", r"\d\s?(?:°C|km|m|ha|kg)\s?"))
SAID_ALREADY = before(r"đường kính\s(?:miệng\s|đáy\s|thân\s|ngoài\s|trong\s)?[:(]?\s?")
DIAMETER = Rule(
    compiled(r"[ØøΦφ](?=\s?:?\s?\d)"),
    lambda m: "" if SAID_ALREADY.search(previous(m)) else "đường kính",
)
OC = Rule(compiled(r"[oO]C(?![^\W_])"), always("độ xê"), before(r"\d\s?"))
DECADE_S = Rule(compiled(r"s(?![^\W_])"), always(""), before(r"\d0"))
NUMBER_MARK = Rule(compiled(r"#(?=\d)"), always("số"))
PLAIN_SHARES = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5)}
LABELLED = before(
    r"\b(?:số|phòng|điều|khoản|mục|trang|lớp|tháng|ngày|năm|quận|phường|tầng|khu|tập|bài|thứ|hình|bảng|tổ|ấp|thôn"
    r"|đội|đợt|lần|cấp|hạng|loại|chương|phần|tuần|quý|kỳ|khóa|xóm)\s",
    r"[\d.,/:-]\s?",
)
HOUSE_OR_DAY = before(r"(?:số nhà|\bsố|hẻm|ngõ|ngách|kiệt|thửa|phòng|căn hộ|lô)\s+")
PERCENT = {"%": "phần trăm", "‰": "phần nghìn"}
COMPARED = {"~": "khoảng", "≈": "khoảng", ">": "trên", "<": "dưới", "≥": "từ", "≤": "không quá"}
SIGNS = {
    "&": "và",
    "+": "cộng",
    "=": "bằng",
    "@": "a còng",
    "§": "mục",
    "№": "số",
    "°": "độ",
    "±": "cộng trừ",
    "√": "căn bậc hai",
    "÷": "chia",
    "×": "nhân",
    "%": "phần trăm",
    "‰": "phần nghìn",
    "₫": "đồng",
    "$": "đô la",
    "€": "ơ rô",
    "£": "bảng Anh",
    "¥": "yên",
}


def fraction(match: re.Match[str]) -> Said:
    """A share where the top is smaller; otherwise, and in addresses, one number over another."""
    top, bottom = int(match["top"]), int(match["bottom"])
    if match["top"][0] == "0" or bottom < 2 or top >= bottom or HOUSE_OR_DAY.search(previous(match)):
        return None
    share = measures.fraction(match)
    unsure = (
        bottom <= 12
        and not match["bottom"].startswith("0")
        and not calendar.is_share(match)
        and (top, bottom) not in PLAIN_SHARES
    )
    return [Part(match.start(), match.end(), share, "date-or-fraction")] if unsure else share


def spaced(match: re.Match[str]) -> Said:
    """«25 768 cổ vật»: a space groups thousands, unless the first number belongs to the word before it."""
    if LABELLED.search(previous(match)):
        return None
    unsure = None if match.group().endswith("000") else "one-number-or-two"
    return [Part(match.start(), match.end(), whole(match.group().replace(" ", "")), unsure)]


def at_least(match: re.Match[str]) -> Said:
    """«≥ 60 tuổi» is said «từ sáu mươi tuổi trở lên»."""
    start = Part(match.start(), match.start() + 1, "từ")
    count = Part(match.start("n"), match.end("n"), amount(match["n"]) + ("" if match["what"] else " trở lên"))
    what = [Part(match.start("what"), match.end("what"), f"{match['what']} trở lên")] if match["what"] else []
    return [start, count, *what]


def section(match: re.Match[str]) -> Said:
    """«3.2.1» is a section, «3.200.100» a number."""
    return None if re.fullmatch(BY_DOT, match.group()) else " chấm ".join(whole(n) for n in match.group().split("."))


def initials(match: re.Match[str]) -> Said:
    """«V.I. Lênin»: the dots of initials are no pauses."""
    letters = [Part(m.start(), m.end(), m.group()[0]) for m in re.finditer(r"[^\W\d_]\.?", match.group())]
    return [part._replace(start=part.start + match.start(), end=part.end + match.start()) for part in letters]


INITIALS = Rule(compiled(r"[A-ZĐÔƯ]\.(?:\s?[A-ZĐÔƯ]\.){0,5}(?=\s?[A-ZĐÀ-Ỹ][^\W\d_])"), initials)
ROUND_THE_CLOCK = Rule(
    compiled(r"24/(?P<of>24|7)(?P<h>h(?![^\W_]))?(?![\d/])"),
    lambda m: f"hai mươi tư trên {whole(m['of'])}{' giờ' if m['h'] else ''}",
)
FRACTION = Rule(compiled(r"(?P<top>\d{1,3})\s?[/⁄]\s?(?P<bottom>\d{1,4})(?![\d/]|[.,]\d|[^\W_])"), fraction)
SPACED = Rule(compiled(r"[1-9]\d{0,2} \d{3}(?![\d/:-]|[.,]\d|[^\W_]| \d)"), spaced)
AT_LEAST = Rule(
    compiled(
        rf"≥\s?(?P<n>{COMMA_DECIMAL})(?:\s(?P<what>tuổi|năm|người|ngày|giờ|khách|lượt|bậc|tháng|mét|cm|m|kg))?(?![^\W_]|%)"
    ),
    at_least,
)
SPAN = Rule(compiled(r"[~÷](?=\s?\d)"), always("đến"), before(r"\d\s?"))
YEAR_PAIR = Rule(compiled(r"/(?=\d\d(?!\d))"), always("đến"), before(r"\b(?:1\d|20)\d\d"))
SQUARED = Rule(compiled("²"), always("bình phương"), before(r"\d"))
CUBED = Rule(compiled("³"), always("lập phương"), before(r"\d"))
SECTION = Rule(compiled(r"\d{1,3}(?:\.\d{1,3}){2,5}(?![\d]|[^\W_])"), section)
NUMBER = Rule(compiled(COMMA_DECIMAL), measures.number)
CLOCK_OR_RATIO = (
    Rule(documents.RATIO, documents.ratio, documents.RATIO_CONTEXT),
    *calendar.TIMES,
    Rule(documents.RATIO, documents.ratio),
)

RULES = Rules(
    digits=(
        documents.CALLED,
        documents.COORDINATES_RULE,
        ROUND_THE_CLOCK,
        documents.MILESTONE,
        documents.SCORE,
        documents.ADDRESS,
        documents.NUMBER_AND_YEAR,
        *calendar.DATES,
        documents.SURELY_PHONE,
        documents.DOCUMENT_RULE,
        documents.KEPT_OBJECT_RULE,
        *CLOCK_OR_RATIO,
        FRACTION,
        calendar.LUNAR_MONTH,
        calendar.FOURTH,
        calendar.FIRST,
        calendar.CALENDAR_NUMBER,
        calendar.LUNAR_DAY_ALONE,
        calendar.LUNAR_SPAN_START,
        documents.DIGITS_RULE,
        documents.NUMBERED_RULE,
        SECTION,
        SPACED,
        NUMBER,
        SQUARED,
        CUBED,
    ),
    capitals=(
        romans.SHORT_CENTURY,
        romans.ROMAN_RULE,
        documents.CODES_RULE,
        *documents.CODE_RULES,
        *names.NAME_RULES,
        INITIALS,
    ),
    words=merged(
        names.KNOWN_WORDS,
        documents.KIND_WORDS,
        calendar.CALENDAR_WORDS,
        abbreviations.STREETS,
        measures.UNIT_WORDS,
        abbreviations.ABBREVIATIONS,
        web.WORDS,
        {
            "ø": (DIAMETER,),
            "φ": (DIAMETER,),
            "mig": (documents.MIG,),
            "oc": (OC,),
            "s": (DECADE_S,),
            "x": (TIMES, TIMES_OVER),
            "х": (TIMES,),
            "tk": (romans.SHORT_CENTURY,),
        },
        dict.fromkeys("bcdđghjklmnprstx", names.NAME_RULES[:1]),
    ),
    marks={
        **dict.fromkeys("-–—−‒", (TO, MINUS)),
        **{mark: (Rule(compiled(re.escape(mark)), always(said)),) for mark, said in PERCENT.items()},
        **{mark: (Rule(compiled(re.escape(mark) + r"(?=\s?\d)"), always(said)),) for mark, said in COMPARED.items()},
        **{mark: (Rule(compiled(mark), always(said)),) for mark, said in measures.VULGAR.items()},
        **{
            mark: (Rule(measures.PREFIXED, measures.prefixed), measures.money_rule(mark, measures.MONEY[mark]))
            for mark in "$€£¥₩₫฿₽₭"
        },
        "~": (SPAN, Rule(compiled(r"~(?=\s?\d)"), always("khoảng"))),
        "÷": (SPAN,),
        "≥": (AT_LEAST, Rule(compiled(r"≥(?=\s?\d)"), always("từ"))),
        "½": (Rule(compiled("½"), measures.half),),
        "°": measures.DEGREE_RULES,
        "º": measures.DEGREE_RULES,
        "℃": measures.DEGREE_RULES,
        "×": (TIMES, TIMES_OVER),
        "*": (TIMES,),
        "/": (measures.PER_RULE, calendar.YEAR_OF_QUARTER, YEAR_PAIR, OVER),
        "#": (NUMBER_MARK,),
        ".": (web.dot("chấm"), Rule(compiled(r"\.(?=\d)"), always("chấm"), before(r"\b[IVX]+"))),
        "+": (documents.CALLED, documents.SURELY_PHONE),
        "(": (documents.CALLED, documents.SURELY_PHONE),
    },
)
MANNER = Manner(signs=SIGNS, names_joined=True, twins=str.maketrans("ÐðƉº", "ĐđĐ°"))
