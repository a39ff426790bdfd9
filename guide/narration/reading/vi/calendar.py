"""Vietnamese days, lunar days, months, years and hours."""

import re

from guide.narration.reading.numerals import DASH
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
from guide.narration.reading.vi.numbers import cardinal

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:[1-9]\d{2,3})"
SEP = r"(?P<sep>\s?[/.\-–]\s?)"
END = r"(?![\d%°]|[.,/\-–]\d|[^\W_]|\s?[/]|-[A-ZĐ])"
LUNAR_WORD = r"(?:âm lịch|âm\b|ÂL|AL\b|\(âm lịch|nông lịch|Tết\b)"
LUNAR_AHEAD = re.compile(
    rf"(?:\s*(?:,|;|và|hoặc|đến|tới|–|-|ngày|mùng|rằm|hay|{DAY}[/-]{MONTH}|{DAY}|tháng))*\s*\(?{LUNAR_WORD}",
    re.IGNORECASE,
)
LUNAR_BEHIND = before(
    r"âm lịch(?: (?:là|vào|ngày|mùng|từ|các))*[\s:,(]*",
    r"(?:mùng|mồng)\s*",
    r"\bÂL\s*:?\s*",
    r"(?:Đoan Ngọ|Trung thu|Vu Lan|Phật đản|Phật Đản|Nguyên tiêu|Thượng nguyên|Hạ nguyên|Hàn thực|rằm tháng"
    r" (?:giêng|bảy|tám|tư|mười))(?: ngày)?[\s(]*",
    r"giỗ tổ(?: Hùng Vương)?(?: vào)?(?: ngày)?\s*\(?",
)
RAM = before(r"\brằm tháng\s+")
SAID_DAY = before(r"(?:mùng|mồng|rằm)\s+")
DAY_WORDS = before(
    r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|từ|đến|tới|trước|sau|vào|lễ|dịp|hết|quốc khánh|kỷ niệm|phố"
    r"|đường|quảng trường|cách mạng|khởi nghĩa|chiến thắng|giải phóng|nay|cuộc|và|sinh|mất|hội|tết|thứ "
    r"\w+|chủ nhật|số ra|Hùng Vương|bệnh viện|công viên|trường|nhà máy|xí nghiệp|nông trường|hợp tác "
    r"xã|lịch|phong trào|hiệp định)[\s,(]*",
    rf"\b(?:ngày|đêm|từ|các|ngày)\s{DAY}/{MONTH}\s?(?:[,–-]|và|đến)?\s?",
    rf"{DAY}[/-]{MONTH}(?:/{YEAR})?\s?(?:,|và|đến|–|-)\s?",
)
SHARE_AHEAD = re.compile(
    r"\s+(?:số|diện tích|dân số|thời gian|quãng đường|tổng|chiều|lượng|trong|cả|các|nhân loại|thế giới"
    r"|chặng|khối|trọng lượng|đại biểu|phiếu|thành viên|nước|lãnh thổ|bề mặt|cuộc đời|thế kỷ|kg|km|m"
    r"|ha|lít|giờ|là)\b"
)
SHARE_BEHIND = before(
    r"\b(?:chiếm|gần|khoảng|hơn|được|bằng|còn|một|quá|phân số|tỷ lệ|tỉ lệ|có|mất đi|giảm|tăng|chừng|trên|dưới)\s+"
)
HOLIDAY = before(
    r"\b(?:quốc khánh|lễ|dịp|phố|đường|quảng trường|công viên|kỷ niệm|cách mạng|khởi nghĩa|giải phóng|bệnh viện|trường"
    r"|nhà máy|rạp|cầu|chợ|sân vận động|nông trường|hợp tác xã|phong trào|tết|mừng|chào mừng)\s(?:ngày\s)?"
)
STREET_AHEAD = re.compile(r"\s(?!Tết|Dương|Âm)[A-ZĐÀ-Ỹ][^\W\d_]*[à-ỹ]?[^\W\d_]*\s[A-ZĐÀ-Ỹ][^\W\d_]+")
RATIO_BEHIND = before(r"(?:số nhà|nhà số|số|hẻm|ngõ|ngách|kiệt|địa chỉ:?|thửa)\s+")
KNOWN_DAYS = {
    "2/9",
    "30/4",
    "1/5",
    "8/3",
    "20/11",
    "27/7",
    "3/2",
    "19/5",
    "22/12",
    "10/3",
    "7/5",
    "19/8",
    "23/11",
    "26/3",
    "20/10",
    "1/6",
    "27/2",
    "21/6",
    "6/1",
    "13/9",
    "10/10",
    "23/9",
    "19/12",
    "9/1",
    "5/9",
}


def is_lunar(match: re.Match[str]) -> bool:
    return bool(LUNAR_BEHIND.search(previous(match)) or LUNAR_AHEAD.match(following(match)))


def day(written: str, lunar: bool, match: re.Match[str]) -> str:
    number = int(written)
    mung = lunar and number <= 10 and not SAID_DAY.search(previous(match))
    return f"mùng {cardinal(number)}" if mung else cardinal(number)


def month(written: str, lunar: bool = False) -> str:
    named = {1: "giêng", 12: "chạp"}.get(int(written)) if lunar else None
    return f"tháng {named or ordinal_month(int(written))}"


def named_month(match: re.Match[str]) -> str:
    return month(match.group(), lunar=True).removeprefix("tháng ")


def ordinal_month(number: int) -> str:
    return "tư" if number == 4 else cardinal(number)


def year(written: str) -> str:
    return cardinal(int(written))


def full_date(match: re.Match[str]) -> str:
    lunar = is_lunar(match)
    return f"{day(match['d'], lunar, match)} {month(match['m'], lunar)} năm {year(match['y'])}"


def date_range(match: re.Match[str]) -> Said:
    lunar = is_lunar(match)
    second = f"{day(match['e'], lunar, match)} {month(match['m'], lunar)}"
    if match["y"]:
        second += f" năm {year(match['y'])}"
    first = day(match["d"], lunar, match)
    return f"{first} đến {second}"


def day_and_month(match: re.Match[str]) -> Said:
    """«2/9» alone may be a share; the words around it, and the days that everyone knows, decide."""
    written = f"{int(match['d'])}/{int(match['m'])}"
    lunar = is_lunar(match)
    said = f"{day(match['d'], lunar, match)} {month(match['m'], lunar)}"
    if (
        lunar
        or DAY_WORDS.search(previous(match))
        or re.match(r"\s*(?:năm|dương lịch|hằng năm|hàng năm)", following(match))
    ):
        return said
    if RATIO_BEHIND.search(previous(match)) or is_share(match):
        return None
    if STREET_AHEAD.match(following(match)):
        return [Part(match.start(), match.end(), house(match), "date-or-address")]
    known = written in KNOWN_DAYS
    if not known and int(match["d"]) < int(match["m"]) <= 10:
        return None
    return [Part(match.start(), match.end(), said, "date-or-fraction")]


def house(match: re.Match[str]) -> str:
    return f"{cardinal(int(match['d']))} trên {cardinal(int(match['m']))}"


def is_share(match: re.Match[str]) -> bool:
    return bool(SHARE_AHEAD.match(following(match)) or SHARE_BEHIND.search(previous(match)))


def month_and_year(match: re.Match[str]) -> str:
    month_said = month(match["m"])
    if re.search(r"(?:tháng\s+|quý\s+|(?<![^\W_])Q)$", previous(match), re.IGNORECASE):
        month_said = month_said.removeprefix("tháng ")
    return f"{month_said} năm {year(match['y'])}"


def first_of_span(match: re.Match[str]) -> Said:
    """«13/3–7/5/1954»: the second day names the year of both."""
    lunar = is_lunar(match)
    first = f"{day(match['d'], lunar, match)} {month(match['m'], lunar)}"
    return [Part(match.start(), match.end("m"), first), group(match, "dash", "đến")]


def month_span(match: re.Match[str]) -> Said:
    """«tháng 3-4/1975»: both are months of that year."""
    until = ordinal_month(int(match["n"])) + (f" năm {year(match['y'][1:])}" if match["y"] else "")
    return [
        group(match, "m", ordinal_month(int(match["m"]))),
        group(match, "dash", "đến tháng"),
        Part(match.start("n"), match.end(), until),
    ]


def known_day(match: re.Match[str]) -> Said:
    """«phố 19-8»: a day that everyone knows."""
    known = f"{int(match['d'])}/{int(match['m'])}" in KNOWN_DAYS
    return f"{cardinal(int(match['d']))} {month(match['m'])}" if known else None


def minutes(match: re.Match[str]) -> Said:
    return f"{cardinal(int(match['min']))} phút {cardinal(int(match['sec']))} giây"


def clock(match: re.Match[str]) -> Said:
    hour, minute = int(match["h"]), int(match["min"] or 0)
    said = f"{cardinal(hour)} giờ" + (f" {cardinal(minute)} phút" if minute else "")
    if match.groupdict().get("sec"):
        said += f" {cardinal(int(match['sec']))} giây"
    return said


def lunar_day(match: re.Match[str]) -> Said:
    """«10 tháng 3 âm lịch»: the first ten days are mùng."""
    lunar = is_lunar(match)
    return [
        group(match, "d", day(match["d"], lunar, match)),
        group(match, "m", month(match["m"], lunar).removeprefix("tháng ")),
    ]


H = r"(?P<h>[01]?\d|2[0-4])"
MIN = r"(?P<min>[0-5]\d)"
TO = rf"(?:\s?{DASH}\s?)"
NOT_MORE = r"(?![\d:]|[^\W_])"
TIMES = (
    Rule(compiled(r"(?P<min>\d{1,3})\s?['′’]\s?(?P<sec>[0-5]?\d)\s?(?:[\"″”]|''|′′|’’)"), minutes),
    Rule(compiled(rf"{H}:{MIN}(?::(?P<sec>[0-5]\d))?(?![\d:]|[.,]\d)"), clock),
    Rule(compiled(rf"{H}\s?[hHg]\s?{MIN}(?:\s?(?:p|ph|phút|'|′))?{NOT_MORE}"), clock),
    Rule(compiled(rf"{H}\s?[hH](?P<min>)(?![^\W_])"), clock),
    Rule(compiled(rf"{H}g(?P<min>)(?=\s?[-–]\s?\d|\s(?:sáng|trưa|chiều|tối|đến|đêm|ngày))"), clock),
    Rule(compiled(rf"{H}g(?P<min>)(?![^\W_])"), clock, before(r"\b(?:lúc|từ|đến|trước|sau|vào lúc|hồi)\s")),
    Rule(
        compiled(rf"{H}\s?giờ\s?{MIN}(?=\s*(?:[-–,.;)]|$|sáng|trưa|chiều|tối|đêm|đến|ngày|cùng|hàng|hằng|mỗi|các|và))"),
        clock,
    ),
    Rule(compiled(r"(?P<min>\d{1,3})\s?(?:p|ph|'|′)(?![\w'′\"″])"), lambda m: f"{cardinal(int(m['min']))} phút"),
)

DATES = (
    Rule(compiled(rf"(?P<d>{DAY})/(?P<m>{MONTH})\s?(?P<dash>{DASH})\s?(?={DAY}/{MONTH}/{YEAR}{END})"), first_of_span),
    Rule(compiled(rf"(?P<d>{DAY})/(?P<m>{MONTH})/(?P<y>{YEAR})(?={DASH}{DAY}/{MONTH}/{YEAR}{END})"), full_date),
    Rule(compiled(rf"(?P<y>[12]\d{{3}})[-/](?P<m>{MONTH})[-/](?P<d>{DAY}){END}"), full_date),
    Rule(compiled(rf"(?P<d>{DAY}){SEP}(?P<m>{MONTH})(?P=sep)(?P<y>{YEAR}|\d{{2}}){END}"), full_date),
    Rule(compiled(rf"(?P<d>{DAY})\s?[-–]\s?(?P<e>{DAY})/(?P<m>{MONTH})(?:/(?P<y>{YEAR}))?{END}"), date_range),
    Rule(compiled(rf"(?P<m>{MONTH})[/](?P<y>[1-9]\d{{3}}){END}"), month_and_year),
    Rule(compiled(rf"(?P<m>{MONTH})\s?[-.–]\s?(?P<y>[12]\d{{3}}){END}"), month_and_year, before(r"tháng\s+")),
    Rule(
        compiled(rf"(?P<m>{MONTH})\s?(?P<dash>{DASH})\s?(?P<n>{MONTH})(?P<y>/[12]\d{{3}})?{END}"),
        month_span,
        before(r"tháng\s+"),
    ),
    Rule(compiled(rf"(?P<d>{DAY})-(?P<m>{MONTH}){END}"), known_day, HOLIDAY),
    Rule(compiled(rf"(?P<d>{DAY})/(?P<m>{MONTH}){END}"), day_and_month),
    Rule(
        compiled(rf"(?P<d>{DAY})[-.](?P<m>{MONTH}){END}"),
        day_and_month,
        before(r"\b(?:ngày|mùng|mồng|sáng|chiều|tối|đêm)\s"),
    ),
    Rule(compiled(rf"(?P<d>{DAY})[-.–](?P<m>{MONTH}){END}(?=\s?\(?(?:âm lịch|ÂL))"), day_and_month),
    Rule(compiled(rf"(?P<d>{DAY})\s+tháng\s+(?P<m>{MONTH})(?!\d|[/.-]\d|[^\W_])"), lunar_day),
)

LUNAR_MONTH = Rule(
    compiled(r"(?:0?1|12)(?!\d|[.,/:]\d|[^\W_])"),
    lambda m: named_month(m) if is_lunar(m) or RAM.search(previous(m)) else None,
    before(r"\btháng\s+"),
)
FOURTH = Rule(
    compiled(r"0?4(?!\d|[.,/:]\d|[^\W_]|%)"),
    always("tư"),
    before(r"\b(?:tháng|thứ)\s+", r"\bthứ\s(?:[2-7]\s?(?:,|và|-|–)\s?)+"),
)
FIRST = Rule(compiled(r"0?1(?!\d|[.,/:]\d|[^\W_])"), always("nhất"), before(r"\bthứ\s+"))
CALENDAR_NUMBER = Rule(
    compiled(r"0[1-9](?!\d|[.,/:]\d|[^\W_])"),
    lambda m: cardinal(int(m.group())),
    before(r"\b(?:tháng|ngày|mùng|mồng|thứ)\s+"),
)
LUNAR_DAY_ALONE = Rule(
    compiled(rf"(?P<d>{DAY})(?=\s+(?:âm lịch|Tết|tháng (?:giêng|chạp)))"),
    lambda m: day(m["d"], not re.search(r"\b(?:tháng|năm)\s+$", previous(m)), m),
    before(r"\bngày\s+"),
)
LUNAR_SPAN_START = Rule(
    compiled(rf"(?P<d>{DAY})(?=\s(?:đến|tới|và)\s(?:ngày\s)?{DAY}(?:/{MONTH}(?!/)|\stháng\s))"),
    lambda m: day(m["d"], True, m) if is_lunar(m) else None,
    before(r"\b(?:từ|ngày)\s+"),
)
YEAR_OF_QUARTER = Rule(compiled(r"/(?=[12]\d{3}(?!\d))"), always("năm"), before(r"\b[IVX]+\s?", r"\bquý \d\s?"))
WEEKDAYS = {"2": "thứ hai", "3": "thứ ba", "4": "thứ tư", "5": "thứ năm", "6": "thứ sáu", "7": "thứ bảy"}
WEEKDAY = Rule(
    compiled(r"T(?P<day>[2-7])(?=\s*(?:[-–,;:)]|$|đến|và|hàng|hằng|,|&)|\.(?!\d))"),
    lambda m: WEEKDAYS[m["day"]],
    before(r"^\s*", r"(?:từ|đến|thứ|và|các ngày|mở cửa|vào|sáng|chiều|tối|,|\(|:|[-–]|&|nghỉ|đóng cửa)\s*"),
)
SUNDAY = Rule(
    compiled(r"CN(?![^\W_])"),
    always("chủ nhật"),
    before(
        r"\bthứ\s(?:hai|ba|tư|năm|sáu|bảy)\s?(?:[-–,;&]|và|đến|hoặc)\s?",
        r"(?:T|thứ\s)[2-7]\s?(?:[-–,;&]|và|đến|hoặc)\s?",
        r"(?:thứ bảy|thứ 7)\s?(?:[-–,&]|và)\s?",
    ),
)
ERAS = {
    "TCN": "trước Công nguyên",
    "SCN": "sau Công nguyên",
    "tr.CN": "trước Công nguyên",
    "tr. CN": "trước Công nguyên",
    "Tr.CN": "trước Công nguyên",
    "Tr. CN": "trước Công nguyên",
    "TrCN": "trước Công nguyên",
    "s.CN": "sau Công nguyên",
    "T.CN": "trước Công nguyên",
    "S.CN": "sau Công nguyên",
}
LUNAR_SIGN = Rule(compiled(r"[ÂA]L(?![^\W_])"), always("âm lịch"), before(r"\d\s?\(?", r"(?:lịch|tháng|Tết)\s"))
ERA = Rule(compiled(r"CN(?![^\W_])"), always("Công nguyên"), before(r"\b(?:trước|sau|đầu|kỷ nguyên)\s"))
CALENDAR_WORDS = by_first(
    [
        *(
            (written, Rule(compiled(re.escape(written) + r"(?![^\W_])"), always(spoken)))
            for written, spoken in ERAS.items()
        ),
        ("T", Rule(compiled(r"T\.?(?=(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?!\d))"), always(""))),
        ("T", WEEKDAY),
        ("CN", SUNDAY),
        ("CN", ERA),
        ("ÂL", LUNAR_SIGN),
        ("AL", LUNAR_SIGN),
        ("DL", Rule(compiled(r"DL(?![^\W_])"), always("dương lịch"), before(r"\d\s?\(?"))),
        ("AM", Rule(compiled(r"(?:AM|am)(?![^\W_])"), always("sáng"), before(r"\d\s?", r"\dh\s?"))),
        ("PM", Rule(compiled(r"(?:PM|pm)(?![^\W_])"), always("chiều"), before(r"\d\s?", r"\dh\s?"))),
    ]
)
