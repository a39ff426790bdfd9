"""Roman numerals in Vietnamese: centuries, congresses, chapters and kings, but not letters."""

import re
from collections.abc import Callable

from guide.narration.reading.numerals import DASH
from guide.narration.reading.roman import ROMAN, value
from guide.narration.reading.scan import Part, Rule, Said, always, before, compiled, following, previous
from guide.narration.reading.vi.numbers import cardinal, ordinal

WRITTEN = rf"(?P<a>{ROMAN})(?:\s?(?P<dash>{DASH})\s?(?P<b>{ROMAN}))?"
ERA = r"(?:\s+(?:TCN|SCN|trước Công nguyên|sau Công nguyên))?"
MORE = (
    rf"(?:[IVXLC]+{ERA}\s*(?:,|;|và|đến|sang|hay|hoặc|tới|[-–—/])\s*(?:(?:đầu|cuối|giữa|nửa đầu|nửa "
    rf"cuối|nửa sau)\s+)?(?:(?:thế kỷ|TK)\s+)?)*"
)
CENTURY = before(rf"\b(?:thế kỷ|thế kỉ|TK\.?|thiên niên kỷ|thiên niên kỉ)\s*{MORE}")
NTH = before(rf"\b(?:thứ|lần)\s+{MORE}", rf"\bthế (?:kỷ|kỉ) thứ\s+{MORE}")
DIVISION = before(
    r"\b(?:chương|phần|tập|quyển|hồi|mục|điều|khoản|bài|kỳ|kì|khóa|khoá|đại hội|hội nghị|quý|cấp|hạng|loại|bậc|đợt|vòng"
    r"|giai đoạn|thời kỳ|quân khu|quân đoàn|liên khu|vùng|khu vực|chiến khu|thế chiến|chiến tranh thế "
    r"giới|số|trại|lao|bagne|đệ"
    r"|phụ lục|bảng|hình|tuyến|trung ương|tháp|mộ|lần|phân khu|phân đội|đại đội|tiểu đoàn|trung đoàn"
    r"|sư đoàn|đội|chuyên đề|học kỳ|học kì"
    rf"|tổng tập|bộ|cung|đoạn|trang|tiết|vương triều|triều đại|nền cộng hòa|cộng hòa|kiểu|nhóm|lớp|di "
    rf"tích cấp)\s+{MORE}"
)
VOLUME = re.compile(r"\btr?\.\s?$")
UNSURE_DIVISION = before(r"\b(?:khu|phòng|tầng|cổng|cửa|lầu|gian|nhà|dãy|lô|ban|khối|trục)\s+")
KINGS = before(
    r"\b(?:vua|hoàng đế|nữ hoàng|hoàng hậu|quốc vương|giáo hoàng|sa hoàng|Nga hoàng|công tước|chúa)"
    r"(?:\s+(?-i:[A-ZĐÀ-Ỹ])[^\W\d_]+){1,4}\s+",
    r"\b(?:vua|hoàng đế|nữ hoàng|quốc vương|giáo hoàng|sa hoàng|Nga hoàng|công tước|Napoléon|Napoleon"
    r"|Louis|Elizabeth|Charles"
    r"|George|William|Wilhelm|Henri|Henry|Edward|Nikolai|Nicolas|Pius|Piô|Rama|Ramses|Pyotr|Peter"
    r"|Philip|Philippe|Felipe"
    r"|François|Francis|Franz|Friedrich|James|Léopold|Leopold|Alexander|Alexandre|Aleksandr|Ekaterina"
    r"|Catherine|Ivan|Juan Carlos"
    r"|Phaolô|Bênêđictô|Norodom|Jayavarman|Suryavarman|Indravarman|Simhavarman|Sihanouk|Constantine"
    r"|Darius|Xerxes|Otto)(?:\s+[A-Z]\w+)?\s+",
)
NAME_BEFORE = re.compile(r"(?:^|[\s(])[A-ZĐÀ-Ỹ][^\W\d_]+\s+$")
TWO_NAMES_BEFORE = re.compile(r"(?:^|[\s(])[A-ZĐÀ-Ỹ][^\W\d_]+\s[A-ZĐÀ-Ỹ][^\W\d_]+\s$")
SURE = re.compile(r"[IVX]{2,}")


def roman(match: re.Match[str]) -> Said:
    """A numeral in a context that counts, or of several letters; otherwise it is a letter."""
    text, numeral = previous(match), match["a"]
    if CENTURY.search(text):
        return spans(match, century)
    if NTH.search(text):
        return spans(match, ordinal)
    if numeral[0] in "LCDM" and not (len(numeral) > 1 and DIVISION.search(text)):
        return inscribed(match)
    return world_war(match, text) or counted(match, text) or standing_alone(match, text)


def world_war(match: re.Match[str], text: str) -> Said:
    wars = re.search(r"(?:chiến tranh thế giới|thế chiến)\s+$", text, re.IGNORECASE)
    return [Part(match.start("a"), match.end("a"), f"thứ {ordinal(value(match['a']))}")] if wars else None


def counted(match: re.Match[str], text: str) -> Said:
    if DIVISION.search(text) or VOLUME.search(text):
        return spans(match, cardinal)
    if KINGS.search(text):
        return spans(match, reign)
    if UNSURE_DIVISION.search(text) and match["a"] in ("I", "V"):
        return spans(match, cardinal, "roman-or-letter")
    return None


def standing_alone(match: re.Match[str], text: str) -> Said:
    if SURE.fullmatch(match["a"]):
        return spans(match, cardinal, None if NAME_BEFORE.search(text) else "roman-or-letter")
    return heading(match) or letter_after_name(match, text)


def reign(number: int) -> str:
    return "đệ nhất" if number == 1 else cardinal(number)


def century(number: int) -> str:
    return f"thứ {ordinal(number)}" if number < 10 else cardinal(number)


def heading(match: re.Match[str]) -> Said:
    """«I. Lịch sử» at the head of a text is a first part; «V. Hugo» is a person."""
    follows = following(match)
    plain_vietnamese = re.match(r"\.\s+[^\W\d_]*[À-ỹĐđ]", follows) and not re.match(r"\.\s+\w+[.]", follows)
    if previous(match).strip() or not plain_vietnamese:
        return None
    return [Part(match.start(), match.end(), cardinal(value(match["a"])), "roman-or-letter")]


def letter_after_name(match: re.Match[str], text: str) -> Said:
    """«Duy Tân I» may be a king where no title says so: the letter stays, the editor is told."""
    alone = match["a"] in ("I", "V") and not match["b"] and not following(match).startswith(".")
    if not alone or not TWO_NAMES_BEFORE.search(text):
        return None
    return [Part(match.start(), match.end(), match["a"], "roman-or-letter")]


def inscribed(match: re.Match[str]) -> Said:
    """A long numeral on a stone is a year."""
    if len(match["a"]) < 4 or match["b"] or not 1000 <= value(match["a"]) < 2100:
        return None
    return [Part(match.start(), match.end(), cardinal(value(match["a"])), "roman-or-letter")]


def spans(match: re.Match[str], say: Callable[[int], str], doubt: str | None = None) -> list[Part]:
    first = Part(match.start("a"), match.end("a"), say(value(match["a"])), doubt)
    if not match["b"]:
        return [first]
    dash = Part(match.start("dash"), match.end("dash"), "đến")
    return [first, dash, Part(match.start("b"), match.end("b"), say(value(match["b"])))]


ROMAN_RULE = Rule(compiled(WRITTEN), roman)
SHORT_CENTURY = Rule(
    compiled(r"(?:TK|Tk|tk)\.?(?=\s*(?:thứ\s)?\s*(?:[IVX]+(?![^\W_])|\d{1,2}(?!\d)))"), always("thế kỷ")
)
