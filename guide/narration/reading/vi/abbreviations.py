"""Vietnamese abbreviations that people say in full: UBND, TP., GS.TS, NXB."""

import re

from guide.narration.reading.scan import Part, Rule, Said, always, before, by_first, compiled, following
from guide.narration.reading.vi.short_forms import ALWAYS

DOTTED = {
    "GS.TSKH": "giáo sư tiến sĩ khoa học",
    "GS.VS": "giáo sư viện sĩ",
    "NSND": "nghệ sĩ nhân dân",
    "NSƯT": "nghệ sĩ ưu tú",
    "NNND": "nghệ nhân nhân dân",
    "NNƯT": "nghệ nhân ưu tú",
    "NGND": "nhà giáo nhân dân",
    "NGƯT": "nhà giáo ưu tú",
    "AHLĐ": "anh hùng lao động",
    "AHLLVT": "anh hùng lực lượng vũ trang",
    "AHLLVTND": "anh hùng lực lượng vũ trang nhân dân",
    "GS.TS": "giáo sư tiến sĩ",
    "GS, TS": "giáo sư tiến sĩ",
    "GS,TS": "giáo sư tiến sĩ",
    "PGS,TS": "phó giáo sư tiến sĩ",
    "GS TS": "giáo sư tiến sĩ",
    "GS-TS": "giáo sư tiến sĩ",
    "GS. TS": "giáo sư tiến sĩ",
    "PGS.TS": "phó giáo sư tiến sĩ",
    "PGS, TS": "phó giáo sư tiến sĩ",
    "PGS TS": "phó giáo sư tiến sĩ",
    "PGS. TS": "phó giáo sư tiến sĩ",
    "PGS-TS": "phó giáo sư tiến sĩ",
    "GS": "giáo sư",
    "PGS": "phó giáo sư",
    "TSKH": "tiến sĩ khoa học",
    "VS.TS": "viện sĩ tiến sĩ",
    "ThS": "thạc sĩ",
    "Ths": "thạc sĩ",
    "Th.S": "thạc sĩ",
    "KTS": "kiến trúc sư",
    "NXB": "nhà xuất bản",
    "Nxb": "nhà xuất bản",
    "nxb": "nhà xuất bản",
    "NCS": "nghiên cứu sinh",
    "BSCKII": "bác sĩ chuyên khoa hai",
    "BSCKI": "bác sĩ chuyên khoa một",
    "NSNA": "nghệ sĩ nhiếp ảnh",
}
BEFORE_A_NAME = {
    "TP": "thành phố",
    "Tp": "thành phố",
    "tp": "thành phố",
    "TX": "thị xã",
    "Tx": "thị xã",
    "tx": "thị xã",
    "TS": "tiến sĩ",
    "Ts": "tiến sĩ",
    "BS": "bác sĩ",
    "KS": "kỹ sư",
    "LS": "luật sư",
    "HS": "họa sĩ",
    "NS": "nghệ sĩ",
    "NB": "nhà báo",
    "ĐH": "đại học",
    "CĐ": "cao đẳng",
    "CN": "cử nhân",
    "TTX": "thông tấn xã",
    "BV": "bệnh viện",
    "DS": "dược sĩ",
    "ĐC": "đồng chí",
    "Đ/c": "đồng chí",
    "đ/c": "đồng chí",
    "LM": "linh mục",
    "VS": "viện sĩ",
    "Lm": "linh mục",
    "Ô": "ông",
    "GĐ": "giám đốc",
    "HT": "hòa thượng",
    "ĐĐ": "đại đức",
    "NNC": "nhà nghiên cứu",
    "NĐT": "nhà điêu khắc",
    "TM": "thay mặt",
    "TL": "thừa lệnh",
    "KT": "ký thay",
}
NEEDS_DOT = {
    "TM",
    "TL",
    "KT",
    "HS",
    "NS",
    "NB",
    "LS",
    "DS",
    "ĐC",
    "LM",
    "HT",
    "ĐĐ",
    "NĐT",
    "CN",
    "KS",
    "CĐ",
    "Lm",
    "Ô",
    "GĐ",
    "VS",
}
PLACES = {
    "Q": "quận",
    "P": "phường",
    "H": "huyện",
    "X": "xã",
    "T": "tỉnh",
    "TT": "thị trấn",
    "F": "phường",
    "Đ": "đường",
    "đ": "đường",
    "q": "quận",
    "p": "phường",
    "h": "huyện",
    "x": "xã",
    "tt": "thị trấn",
    "Kp": "khu phố",
    "KP": "khu phố",
}
BEFORE_NUMBER = {
    "QL": "quốc lộ",
    "TL": "tỉnh lộ",
    "ĐT": "đường tỉnh",
    "HL": "hương lộ",
    "tr": "trang",
    "Tr": "trang",
    "tt": "tờ",
    "KM": "ki lô mét",
    "Km": "ki lô mét",
    "No": "số",
    "Nº": "số",
    "N°": "số",
    "no": "số",
    "H": "hình",
    "h": "hình",
    "t": "tập",
    "T": "tập",
    "k": "khóa",
}
NEEDS_DOT_TOO = {"H", "h", "T", "t", "k", "tt", "no", "No"}
LABELS = {
    "ĐT": "điện thoại",
    "Tel": "điện thoại",
    "TEL": "điện thoại",
    "ĐTDĐ": "điện thoại di động",
    "DĐ": "di động",
    "ĐC": "địa chỉ",
    "Đc": "địa chỉ",
    "đc": "địa chỉ",
    "Đ/c": "địa chỉ",
    "đ/c": "địa chỉ",
    "Đ/C": "địa chỉ",
    "VD": "ví dụ",
    "vd": "ví dụ",
    "Vd": "ví dụ",
    "SĐK": "số đăng ký",
    "MST": "mã số thuế",
    "KT": "kích thước",
    "CL": "chất liệu",
}
ENDINGS = {
    "v.v": "vân vân",
    "v.v.": "vân vân",
    "v.v…": "vân vân",
    "v.v...": "vân vân",
    "vv": "vân vân",
    "v..v": "vân vân",
    "v.v..": "vân vân",
}

BEFORE_YEAR = {
    "k": "khoảng",
    "kh": "khoảng",
    "s": "sinh năm",
    "m": "mất năm",
    "sn": "sinh năm",
    "tv": "tại vị",
    "r": "trị vì",
}
SIZES = {
    "C": "cao",
    "H": "cao",
    "R": "rộng",
    "D": "dài",
    "ĐK": "đường kính",
    "Đk": "đường kính",
    "đk": "đường kính",
    "ĐKM": "đường kính miệng",
    "Đkm": "đường kính miệng",
    "ĐKĐ": "đường kính đáy",
    "Đkđ": "đường kính đáy",
    "TL": "trọng lượng",
}

WITH_NUMBERS = {"Q", "P", "F", "Kp", "KP", "Đ"}
NUMBERED = r"(?=\s?\d)"
END = r"(?![^\W_])"
NAME = r"(?=\s?[A-ZĐÀ-Ỹ][^\W\d_])"
PLACE_NAME = r"(?=\s?[A-ZĐÀ-Ỹ][^\W\d_]*(?:(?<=[à-ỹđĐÀ-Ỹ])|[à-ỹđ]|\s[A-ZĐÀ-Ỹ][^\W\d_]*[À-ỹĐđ]))"


def written(pattern: str, spoken: str) -> Rule:
    return Rule(compiled(pattern), always(spoken))


def place(match: re.Match[str]) -> Said:
    """«Q. 1» is surely a district, «P. Bến Nghé» a ward unless somebody's initial."""
    spoken = PLACES[match.group().rstrip(".")]
    sure = following(match).strip()[:1].isdigit()
    return spoken if sure else [Part(match.start(), match.end(), spoken, "place-or-initial")]


def rows() -> list[tuple[str, Rule]]:
    dotted = [
        (short, written(rf"{re.escape(short)}(?:\.(?=\s|$|[A-ZĐÀ-Ỹ,)])|{END})", spoken))
        for short, spoken in DOTTED.items()
    ]
    always = [(short, written(re.escape(short) + END, spoken)) for short, spoken in ALWAYS.items()]
    endings = [
        (short, written(rf"{re.escape(short)}(?:[.…](?=\s*$|\s+[^\W\da-zà-ỹ]))?{END}", say))
        for short, say in ENDINGS.items()
    ]
    monks = [("TT", written(r"TT\.?(?=\s?Thích\s)", "thượng tọa"))]
    labels = [
        (short, written(rf"{re.escape(short)}(?:(?<=[Vv][Dd])\.|\.?(?=\s?:|\s[(+0]\d))", spoken))
        for short, spoken in LABELS.items()
    ]
    return (
        longest_first(dotted + always + endings + labels + monks + sizes()) + longest_first(names() + numbers()) + ALONE
    )


def names() -> list[tuple[str, Rule]]:
    """Short forms that mean something only before a name or a number."""
    titles = []
    for short, spoken in BEFORE_A_NAME.items():
        dot = r"\." if short in NEEDS_DOT else r"\.?"
        titles.append((short, written(rf"{re.escape(short)}{dot}{NAME}|{re.escape(short)}\.(?=\s?\d)", spoken)))
    places = [
        (short, Rule(compiled(rf"{short}\.(?:{NUMBERED if short in WITH_NUMBERS else '(?!)'}|{PLACE_NAME})"), place))
        for short in PLACES
    ]
    return titles + places


def sizes() -> list[tuple[str, Rule]]:
    """«C: 20cm; ĐK: 12,5cm» on a label: what is measured, then how much."""
    size = r"\s?\d[\d.,]*\s?(?:cm|mm|m|dm|g|kg)(?![^\W_])"
    years = [
        (short, written(rf"{short}{'[.]?' if short == 'sn' else '[.]'}(?=\s?[1-9]\d{{2,3}}(?!\d))", spoken))
        for short, spoken in BEFORE_YEAR.items()
    ]
    return years + [
        (
            short,
            written(rf"{short}(?:\.(?={size})|(?=\s?[:=]{size}){'' if len(short) == 1 else f'|(?={size})'})", spoken),
        )
        for short, spoken in SIZES.items()
    ]


def numbers() -> list[tuple[str, Rule]]:
    """«t. 2» and «t. II»: a volume, a page; a Roman numeral needs the dot and the small letter."""
    table = [
        (short, written(rf"{re.escape(short)}{'[.]' if short in NEEDS_DOT_TOO else '[.]?'}(?=\s?\d)", spoken))
        for short, spoken in BEFORE_NUMBER.items()
    ]
    return table + [
        (short, written(rf"{short}\.(?=\s?[IVX]+(?![^\W_]))", BEFORE_NUMBER[short])) for short in ("t", "tr")
    ]


DISTRICT = Rule(compiled(r"Q\s?(?=(?:1[0-2]|[1-9])(?![\d/.]|[^\W_]))"), always("quận"), doubt="place-or-initial")
WARD = Rule(compiled(r"P\s?(?=\d{1,2}(?!\d)(?:,|\s[-–])\s?(?:Q|quận|TP|TX|thành phố|thị xã))"), always("phường"))
ALONE = [
    ("Q", written(r"Q(?=[1-4]/(?:19|20)\d\d)", "quý")),
    ("Q", DISTRICT),
    ("P", WARD),
    ("TP", written(r"T[Pp](?![^\W_]|[.-])", "thành phố")),
    ("Đ/c", written(r"[đĐ]/c(?![^\W_]|\s?:)", "đồng chí")),
    ("x", written(r"x\.(?=\s(?:hình|ảnh|trang|tr\.|bảng|phần|mục|chương|thêm)(?![^\W_]))", "xem")),
    ("km", written(r"km(?=\s?\d)", "ki lô mét")),
]


def longest_first(table: list[tuple[str, Rule]]) -> list[tuple[str, Rule]]:
    return sorted(table, key=lambda row: -len(row[0]))


HOUSE = r"\d{1,4}[A-Z]?(?:/\d{1,4}[A-Z]?){0,3}\s"
STREETS = by_first(
    [
        (
            "Đ",
            Rule(
                compiled(rf"[Đđ]\.{NAME}"),
                always("đường"),
                before(rf"\b(?:số|nhà|địa chỉ:?|tại|ở|hẻm|ngõ|ngách|kiệt)\s{HOUSE}"),
            ),
        ),
        ("Đ", Rule(compiled(rf"Đ\.{NAME}"), always("đường"), before(rf"(?:^|[,;(])\s*{HOUSE}"))),
    ]
)
ABBREVIATIONS = by_first(rows())
