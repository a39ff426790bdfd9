"""Numbers of decisions and laws, inventory codes, names with digits, telephones, places on the map."""

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
from guide.narration.reading.vi.letters import spell
from guide.narration.reading.vi.numbers import amount, cardinal, digits, whole

CODES = {
    "QĐ": "quyết định",
    "NĐ": "nghị định",
    "TT": "thông tư",
    "CT": "chỉ thị",
    "NQ": "nghị quyết",
    "CV": "công văn",
    "TB": "thông báo",
    "KH": "kế hoạch",
    "BC": "báo cáo",
    "HD": "hướng dẫn",
    "TTr": "tờ trình",
    "SL": "sắc lệnh",
    "PL": "pháp lệnh",
    "ĐA": "đề án",
    "CTr": "chương trình",
    "TTLT": "thông tư liên tịch",
    "KL": "kết luận",
    "QC": "quy chế",
    "L": "luật",
    "LCT": "lệnh chủ tịch nước",
    "HĐ": "hợp đồng",
    "BB": "biên bản",
    "GP": "giấy phép",
    "GM": "giấy mời",
    "CĐ": "công điện",
    "TTg": "thủ tướng chính phủ",
    "CP": "chính phủ",
    "TW": "trung ương",
    "TƯ": "trung ương",
    "TU": "tỉnh ủy",
    "QH": "quốc hội",
    "CTN": "chủ tịch nước",
    "UBND": "ủy ban nhân dân",
    "HĐND": "hội đồng nhân dân",
    "UB": "ủy ban",
    "UBTVQH": "ủy ban thường vụ quốc hội",
    "VPCP": "văn phòng chính phủ",
    "BVHTT": "bộ văn hóa thông tin",
    "BVHTTDL": "bộ văn hóa thể thao và du lịch",
    "VHTT": "văn hóa thông tin",
    "VHTTDL": "văn hóa thể thao và du lịch",
    "BVH": "bộ văn hóa",
    "VH": "văn hóa",
    "DSVH": "di sản văn hóa",
    "SVHTTDL": "sở văn hóa thể thao và du lịch",
    "SVHTT": "sở văn hóa và thể thao",
    "SVHTTTT": "sở văn hóa thông tin thể thao",
    "BTC": "bộ tài chính",
    "BNV": "bộ nội vụ",
    "BXD": "bộ xây dựng",
    "BQP": "bộ quốc phòng",
    "BCA": "bộ công an",
    "BTNMT": "bộ tài nguyên và môi trường",
    "BNNMT": "bộ nông nghiệp và môi trường",
    "BGDĐT": "bộ giáo dục và đào tạo",
    "BTTTT": "bộ thông tin và truyền thông",
    "BKHCN": "bộ khoa học và công nghệ",
    "BYT": "bộ y tế",
    "NV": "nội vụ",
    "DL": "du lịch",
    "BT": "bộ trưởng",
    "VP": "văn phòng",
    "BTG": "ban tuyên giáo",
    "BTGTW": "ban tuyên giáo trung ương",
    "BTV": "ban thường vụ",
    "TVQH": "thường vụ quốc hội",
    "BLĐTBXH": "bộ lao động thương binh và xã hội",
    "BKHĐT": "bộ kế hoạch và đầu tư",
    "BGTVT": "bộ giao thông vận tải",
    "BCT": "bộ công thương",
    "SVHTT&DL": "sở văn hóa thể thao và du lịch",
    "BVHTT&DL": "bộ văn hóa thể thao và du lịch",
    "VHTT&DL": "văn hóa thể thao và du lịch",
    "SL/CTN": "sắc lệnh chủ tịch nước",
    "XĐ": "xây dựng",
    "MTTQ": "mặt trận tổ quốc",
    "ĐU": "đảng ủy",
}
CODE = r"(?:[A-ZĐƯÔÂĂÊ][A-ZĐƯÔÂĂÊ&]{0,11}(?:Tg|Tr|g|r)?|TTg|TTr|CTr)"
DOCUMENT = compiled(
    rf"(?P<n>\d{{1,6}})(?P<letter>[a-zA-Z](?=[/-]))?(?:[/](?P<y>(?:18|19"
    rf"|20)\d{{2}}))?(?P<codes>(?:\s?[/\-–.]\s?{CODE}(?:\d{{1,2}}(?!\d))?){{1,5}})(?![^\W_])"
)
CODES_ALONE = compiled(rf"(?P<codes>{CODE}(?:[-–/.]{CODE}(?:\d{{1,2}}(?!\d))?){{1,5}})(?![^\W_])")
KEPT_OBJECT = before(r"(?:\bĐK|đăng ký|kiểm kê|\bKK|hiện vật|ký hiệu|\bSĐK|mã số)(?:\s(?:số|là))?\s?:?\s?")
ONE_CODE = re.compile(rf"({CODE})(\d{{1,2}})?")
KINDS = ("QĐ", "NĐ", "NQ", "CT", "TT", "SL", "TTg", "CV")


def document(match: re.Match[str]) -> Said:
    """«28/2012/NĐ-CP»: number, year, then what it is and who signed it; the strokes are short pauses."""
    if KEPT_OBJECT.search(previous(match)):
        return None
    said = whole(match["n"]) + (f" {spell(match['letter'])}" if match["letter"] else "")
    if match["y"]:
        said += f", {cardinal(int(match['y']))}"
    return f"{said}, {codes(match['codes'])}" if match["y"] else f"{said} {codes(match['codes'])}"


def codes(written: str) -> str:
    found = ONE_CODE.findall(written)
    return " ".join(code(letters) + (f" {cardinal(int(number))}" if number else "") for letters, number in found)


def code(letters: str) -> str:
    return CODES.get(letters) or " ".join(CODES.get(part) or spell(part) for part in letters.split("&"))


def kept_object(match: re.Match[str]) -> str:
    """«số ĐK 1234/BT»: on an object the letters are a collection's, not an office's."""
    letters = " ".join(spelled(code) for code in re.findall(r"[A-ZĐ]+", match["codes"]))
    return f"{whole(match['n'])} {letters}"


def kind(match: re.Match[str]) -> Said:
    return CODES[match.group()]


def codes_alone(match: re.Match[str]) -> Said:
    """«QĐ-TTg»: read out only where every code is known."""
    parts = ONE_CODE.findall(match["codes"])
    return codes(match["codes"]) if all(letters in CODES for letters, _ in parts) else None


NUMBER_AND_YEAR = Rule(
    compiled(r"(?P<n>\d{1,4})/(?P<y>(?:19|20)\d{2})(?![\d/]|[^\W_])"),
    lambda m: f"{whole(m['n'])}, {cardinal(int(m['y']))}",
    before(r"\b(?:NĐ|QĐ|TT|NQ|CT|nghị định|quyết định|thông tư|luật|nghị quyết|chỉ thị|công văn)\s(?:số\s)?"),
)
DOCUMENT_RULE = Rule(DOCUMENT, document)
KEPT_OBJECT_RULE = Rule(DOCUMENT, kept_object, KEPT_OBJECT)
CODES_RULE = Rule(CODES_ALONE, codes_alone)
KIND_RULES = [(k, Rule(compiled(rf"{k}(?=\s+(?:số\s+)?\d|\s+số\b|\s+(?:của|ngày)\b)"), kind)) for k in KINDS]

INVENTORY = compiled(
    r"(?P<letters>[A-ZĐÔƯ]{1,6}(?:[a-z](?=[.\-]))?(?:[.\-–/ ]?[A-ZĐÔƯ]{1,6}){0,3})[.\s]?(?P<join>[-–./:]?)\s?"
    r"(?P<n>\d{1,12}(?:[./-]\d{1,8}){0,3})(?P<tail>[A-ZĐ]{1,3}|[a-d])?(?![^\W_]|,\d)"
)
CHAINED = compiled(r"(?P<pairs>(?:[A-Z]{1,3}\d{1,3}){2,4})(?![^\W_])")
MIXED = compiled(r"(?P<name>[A-ZĐ][a-zà-ỹ]{1,4})[-–](?P<n>\d{1,4})(?P<tail>[A-Z]{0,2})(?![^\W_])")
NUMBERED = compiled(r"(?P<n>\d{1,4})(?P<tail>(?![VWK])[A-ZĐ]|(?<=[248])K|[a-e])(?![^\W_]|[.]\w)")


HULLS = frozenset({"HQ"})
CRAFT = before(r"\b(?:tàu|tuần dương hạm|khu trục hạm|hộ tống hạm|tàu ngầm|máy bay|trực thăng|xe tăng)\s")
SECOND_CODE = re.compile(r"/[A-ZĐ][a-z]{0,2}[-.]?\d")
WORDLIKE = re.compile(r"(?=.*[AEIOU].*[AEIOU])[A-Z]{5,}")


def inventory(match: re.Match[str]) -> Said:
    """«BTĐL-1234», «B-52», «A1»: letters by name, a short number as a number, a long one digit by digit."""
    if " " in match.group() and not match["join"] and not match["n"].startswith("0") and not is_code(match):
        return None
    said = digits if match["letters"] in ("ISBN", "ISSN") else code_number
    numbers = " ".join(said(n) for n in re.findall(r"\d+", match["n"]))
    letters = match["letters"] if WORDLIKE.fullmatch(match["letters"]) else spelled(match["letters"])
    return " ".join(part for part in (letters, numbers, spell(match["tail"] or "")) if part)


def is_code(match: re.Match[str]) -> bool:
    """«tàu HQ 604», «BTBR 1234/Gm-56»: a ship's or an inventory's letters though a space stands after them."""
    return bool(
        match["letters"] in HULLS
        or KEPT_OBJECT.search(previous(match))
        or CRAFT.search(previous(match))
        or SECOND_CODE.match(following(match))
    )


def chained(match: re.Match[str]) -> str:
    """«H5N1»: letter and number by turns."""
    pairs = re.findall(r"([A-Z]+)(\d+)", match["pairs"])
    return " ".join(f"{spell(letters)} {whole(number)}" for letters, number in pairs)


def spelled(letters: str) -> str:
    return " ".join(spell(part) for part in re.findall(r"[A-ZĐÔƯ]+", letters.upper()))


def code_number(written: str) -> str:
    return digits(written) if len(written) > 4 or (written[0] == "0" and len(written) > 2) else whole(written)


SOUNDS = {"MiG": "mích", "Mig": "mích"}


def mixed(match: re.Match[str]) -> Said:
    """«MiG-21», «Su-30»: a short name keeps its sound."""
    tail = f" {spell(match['tail'])}" if match["tail"] else ""
    return f"{SOUNDS.get(match['name'], match['name'])} {code_number(match['n'])}{tail}"


def numbered(match: re.Match[str]) -> Said:
    return f"{code_number(match['n'])} {spell(match['tail'])}"


def meters_past(written: str) -> str:
    """«km 12+300», «km 12+050»; at «km 10+000» there is nothing more to say."""
    if not int(written):
        return ""
    return f", {digits(written) if written[0] == '0' else whole(written)}"


MILESTONE = Rule(
    compiled(r"(?P<km>\d{1,4})\+(?P<m>\d{1,3})(?![\d+]|[.,]\d|[^\W_])"),
    lambda m: whole(m["km"]) + meters_past(m["m"]),
    before(r"\b(?:km|ki lô mét|cây số|lý trình)\s?"),
)
MIG = Rule(compiled(r"Mi[gG](?![^\W_]|[-–]?\d|\s\d)"), always("mích"))
WEAPON = compiled(
    r"(?P<name>MiG|Mig|Su|Mi|An|SAM|Sam|Il|Tu|Ka|Yak|Il)[-– ]?(?P<n>\d{1,3})(?P<tail>[A-Z]{0,2})(?![^\W_])"
)
CODE_RULES = (Rule(WEAPON, mixed), Rule(CHAINED, chained), Rule(INVENTORY, inventory), Rule(MIXED, mixed))
NUMBERED_RULE = Rule(NUMBERED, numbered)

CALLING = before(
    r"(?:\bĐT|SĐT|điện thoại|\btel|hotline|\bphone|\bgọi|liên hệ|\bfax|zalo|di động|tổng đài|đường dây "
    r"nóng|\bmobile|số máy)\b[^\d]{0,16}",
    r"\b0\d{2,3}[ .]?\d{3,4}[ .]?\d{3,4}\s?(?:[-–/,;]|hoặc|và)\s?",
)
PHONE = compiled(
    r"\(?\+?\d{2,5}(?:-\d{1,4})?\)?(?:[ .\-]?\d{2,5}|(?<=\)) ?\d(?=[.\-])|[ .\-]\d(?=[ .\-]\d{3})){0,6}"
    r"(?!\d|[.,]\d|[^\W_])"
)
SURE_PHONE = compiled(
    r"(?:\+\d{1,3}|\(\+?\d{2,4}\)|\(0\d{1,3}\)|0\d{1,3})(?:[ .\-]?\d{2,5}){2,4}(?!\d|[.,]\d|[^\W_])"
    r"|0\d{9,10}(?!\d)|\(0\d{1,3}\)[ .\-]?\d{5,8}(?!\d)"
    r"|1[89]00[ .\-]?\d{4}(?!\d)(?=\s*(?:$|[.,;)]))|0\d{2,3}[ .\-]\d{6,8}(?!\d)"
)


def phone(match: re.Match[str]) -> Said:
    groups = re.findall(r"\d+", match.group())
    plus = "cộng " if "+" in match.group() else ""
    if sum(map(len, groups)) < 3:
        return None
    return [Part(match.start(), match.end(), plus + ", ".join(digits(group) for group in groups))]


CALLED = Rule(PHONE, phone, CALLING)
SURELY_PHONE = Rule(SURE_PHONE, phone)
DIGITS_RULE = Rule(
    compiled(r"\d[\d-]{3,18}(?![\d-]|[.,/]\d)"),
    lambda m: digits(m.group()),
    before(
        r"\b(?:mã|mã số|mã hiệu|mã bưu chính|mã vạch|tài khoản|STK|PIN|mật khẩu|số hiệu|số đăng ký|CCCD"
        r"|CMND|IMEI|ISBN)\s?:?\s*(?:số\s)?"
    ),
)

POINTS = {
    "N": "Bắc",
    "B": "Bắc",
    "Bắc": "Bắc",
    "S": "Nam",
    "Nam": "Nam",
    "E": "Đông",
    "Đ": "Đông",
    "Đông": "Đông",
    "W": "Tây",
    "T": "Tây",
    "Tây": "Tây",
}
COORDINATES = compiled(
    r"(?P<d>\d{1,3}(?:[.,]\d+)?)\s?[°º]\s?(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s?['’′]\s?)?(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s?(?:[\"”″]"
    r"|''|’’|′′)\s?)?"
    r"(?:(?P<way>vĩ độ|kinh độ|vĩ|kinh)?\s?(?P<point>Bắc|Nam|Đông|Tây|[NBSEĐWT])(?![^\W_]))?"
)


def coordinates(match: re.Match[str]) -> Said:
    if not match["m"] and not match["point"]:
        return None
    names = ("d", "độ"), ("m", "phút"), ("s", "giây")
    said = [f"{amount(match[name].lstrip('0') or '0')} {spoken}" for name, spoken in names if match[name]]
    said += [match["way"]] * bool(match["way"]) + ([POINTS[match["point"]]] if match["point"] else [])
    return " ".join(said)


COORDINATES_RULE = Rule(COORDINATES, coordinates)
RATIO = compiled(r"(?P<a>\d{1,3})(?::|\s:\s)(?P<b>\d{1,3}(?:[.,]\d{3})+|\d+)(?![\d:]|[.,:]\d)")

RATIO_CONTEXT = before(r"(?:tỷ lệ|tỉ lệ|bản đồ|tỷ số|tỉ số)[^\d]{0,12}", r"(?:1|2):\d+\s?(?:,|và|đến)\s?")


def ratio(match: re.Match[str]) -> Said:
    return f"{cardinal(int(match['a']))} trên {cardinal(int(re.sub(r'[^0-9]', '', match['b'])))}"


SCORE = Rule(
    compiled(rf"(?P<a>\d{{1,2}})\s?(?P<dash>{DASH})\s?(?P<b>\d{{1,2}})(?!\d)"),
    lambda m: [group(m, "a", cardinal(int(m["a"]))), group(m, "dash", ""), group(m, "b", cardinal(int(m["b"])))],
    before(r"\b(?:tỷ số|tỉ số|thắng|thua|hòa|dẫn|kết quả)\s(?:là\s|với tỷ số\s|đậm\s)?"),
)
ADDRESS = Rule(
    compiled(r"\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){1,4}(?![\d/]|[^\W_]|-[A-ZĐ])"),
    lambda m: " trên ".join(numbered_part(p) for p in m.group().split("/")),
    before(r"(?:số nhà|nhà số|\bsố|hẻm|ngõ|ngách|kiệt|địa chỉ:?|thửa)\s+"),
)


def numbered_part(written: str) -> str:
    return whole(re.sub(r"\D", "", written)) + (f" {spell(written[-1])}" if written[-1].isalpha() else "")


KIND_WORDS = by_first(KIND_RULES)
