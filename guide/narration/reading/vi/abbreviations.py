"""Vietnamese abbreviations that people say in full: UBND, TP., GS.TS, NXB."""

import re

from guide.narration.reading.scan import Part, Rule, Said, always, by_first, compiled, following

ALWAYS = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "TP.HCM": "Thành phố Hồ Chí Minh",
    "TP. HCM": "Thành phố Hồ Chí Minh",
    "TP HCM": "Thành phố Hồ Chí Minh",
    "TPHCM": "Thành phố Hồ Chí Minh",
    "Tp.HCM": "Thành phố Hồ Chí Minh",
    "Tp. HCM": "Thành phố Hồ Chí Minh",
    "Tp HCM": "Thành phố Hồ Chí Minh",
    "HCM": "Hồ Chí Minh",
    "VN": "Việt Nam",
    "T.Ư": "Trung ương",
    "T.P": "thành phố",
    "KHXH&NV": "khoa học xã hội và nhân văn",
    "KHXHNV": "khoa học xã hội và nhân văn",
    "BR-VT": "Bà Rịa Vũng Tàu",
    "BRVT": "Bà Rịa Vũng Tàu",
    "TT-Huế": "Thừa Thiên Huế",
    "CHXHCN": "Cộng hòa xã hội chủ nghĩa",
    "CHXHCNVN": "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "VNDCCH": "Việt Nam Dân chủ Cộng hòa",
    "VNCH": "Việt Nam Cộng hòa",
    "XHCN": "xã hội chủ nghĩa",
    "CNXH": "chủ nghĩa xã hội",
    "CNTB": "chủ nghĩa tư bản",
    "CNCS": "chủ nghĩa cộng sản",
    "TBCN": "tư bản chủ nghĩa",
    "CMTT": "Cách mạng tháng Tám",
    "CMT8": "Cách mạng tháng Tám",
    "ĐCSVN": "Đảng Cộng sản Việt Nam",
    "ĐCSĐD": "Đảng Cộng sản Đông Dương",
    "BCHTW": "Ban Chấp hành Trung ương",
    "BCH": "Ban Chấp hành",
    "BCHTƯ": "Ban Chấp hành Trung ương",
    "TW": "Trung ương",
    "TƯ": "Trung ương",
    "QĐND": "Quân đội nhân dân",
    "QĐNDVN": "Quân đội nhân dân Việt Nam",
    "CAND": "Công an nhân dân",
    "LLVT": "lực lượng vũ trang",
    "LLVTND": "lực lượng vũ trang nhân dân",
    "AHLLVT": "Anh hùng Lực lượng vũ trang",
    "AHLLVTND": "Anh hùng Lực lượng vũ trang nhân dân",
    "AHLĐ": "Anh hùng Lao động",
    "VNAH": "Việt Nam anh hùng",
    "MTDTGP": "Mặt trận Dân tộc giải phóng",
    "MTDTGPMN": "Mặt trận Dân tộc giải phóng miền Nam",
    "GPMN": "giải phóng miền Nam",
    "LHQ": "Liên hợp quốc",
    "TTXVN": "Thông tấn xã Việt Nam",
    "HTX": "hợp tác xã",
    "KHXH": "khoa học xã hội",
    "KHXHVN": "Khoa học xã hội Việt Nam",
    "KHCN": "khoa học công nghệ",
    "KH&CN": "khoa học và công nghệ",
    "KHKT": "khoa học kỹ thuật",
    "VHTT": "văn hóa thông tin",
    "VHTTDL": "Văn hóa, Thể thao và Du lịch",
    "VH,TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VHTT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH-TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VHTT-DL": "Văn hóa, Thể thao và Du lịch",
    "VH-TT": "văn hóa thông tin",
    "DSVH": "di sản văn hóa",
    "DSVHPVT": "di sản văn hóa phi vật thể",
    "DTLS": "di tích lịch sử",
    "DTLSVH": "di tích lịch sử văn hóa",
    "LS-VH": "lịch sử văn hóa",
    "LSVH": "lịch sử văn hóa",
    "BQL": "Ban Quản lý",
    "BTC": "Ban Tổ chức",
    "BGK": "Ban Giám khảo",
    "BGĐ": "Ban Giám đốc",
    "GD&ĐT": "Giáo dục và Đào tạo",
    "GDĐT": "Giáo dục và Đào tạo",
    "TN&MT": "Tài nguyên và Môi trường",
    "TNMT": "Tài nguyên và Môi trường",
    "NN&PTNT": "Nông nghiệp và Phát triển nông thôn",
    "TT&TT": "Thông tin và Truyền thông",
    "CLB": "câu lạc bộ",
    "THPT": "trung học phổ thông",
    "THCS": "trung học cơ sở",
    "ĐHQG": "Đại học Quốc gia",
    "ĐHQGHN": "Đại học Quốc gia Hà Nội",
    "KTX": "ký túc xá",
    "HSSV": "học sinh sinh viên",
    "CBCNV": "cán bộ công nhân viên",
    "CBCC": "cán bộ công chức",
    "TNCS": "Thanh niên Cộng sản",
    "TNXP": "thanh niên xung phong",
    "TDTT": "thể dục thể thao",
    "TNHH": "trách nhiệm hữu hạn",
    "CTCP": "công ty cổ phần",
    "TMCP": "thương mại cổ phần",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "GPMB": "giải phóng mặt bằng",
    "KCN": "khu công nghiệp",
    "HCV": "huy chương vàng",
    "CNH": "công nghiệp hóa",
    "HĐH": "hiện đại hóa",
    "PCCC": "phòng cháy chữa cháy",
    "ATGT": "an toàn giao thông",
    "SĐT": "số điện thoại",
    "NSND": "Nghệ sĩ nhân dân",
    "NSƯT": "Nghệ sĩ ưu tú",
    "NNND": "Nghệ nhân nhân dân",
    "NNƯT": "Nghệ nhân ưu tú",
    "NGND": "Nhà giáo nhân dân",
    "NGƯT": "Nhà giáo ưu tú",
    "TTg": "Thủ tướng Chính phủ",
    "ĐBSCL": "đồng bằng sông Cửu Long",
    "ĐBQH": "đại biểu Quốc hội",
    "KTXH": "kinh tế xã hội",
    "KT-XH": "kinh tế xã hội",
    "ANQP": "an ninh quốc phòng",
    "TNTP": "thiếu niên tiền phong",
    "HLHPN": "Hội Liên hiệp Phụ nữ",
    "LĐLĐ": "Liên đoàn Lao động",
    "CCB": "cựu chiến binh",
    "QLDA": "quản lý dự án",
    "CSVN": "Cộng sản Việt Nam",
    "VQG": "vườn quốc gia",
    "KBT": "khu bảo tồn",
    "KDL": "khu du lịch",
    "BTLSQG": "Bảo tàng Lịch sử Quốc gia",
}
DOTTED = {
    "GS.TSKH": "giáo sư tiến sĩ khoa học",
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
    "ThS": "thạc sĩ",
    "Ths": "thạc sĩ",
    "Th.S": "thạc sĩ",
    "KTS": "kiến trúc sư",
    "NXB": "nhà xuất bản",
    "Nxb": "nhà xuất bản",
    "NCS": "nghiên cứu sinh",
    "BSCKII": "bác sĩ chuyên khoa hai",
    "BSCKI": "bác sĩ chuyên khoa một",
    "NSNA": "nghệ sĩ nhiếp ảnh",
}
BEFORE_A_NAME = {
    "TP": "thành phố",
    "Tp": "thành phố",
    "TX": "thị xã",
    "Tx": "thị xã",
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
    "HT": "hòa thượng",
    "ĐĐ": "đại đức",
    "NNC": "nhà nghiên cứu",
    "NĐT": "nhà điêu khắc",
    "TM": "thay mặt",
    "TL": "thừa lệnh",
    "KT": "ký thay",
}
NEEDS_DOT = {"TM", "TL", "KT", "HS", "NS", "NB", "LS", "DS", "ĐC", "LM", "HT", "ĐĐ", "NĐT", "CN", "KS", "CĐ"}
PLACES = {
    "Q": "quận",
    "P": "phường",
    "H": "huyện",
    "X": "xã",
    "T": "tỉnh",
    "TT": "thị trấn",
    "F": "phường",
    "Đ": "đường",
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
    "Đ/c": "địa chỉ",
    "Đ/C": "địa chỉ",
    "VD": "ví dụ",
    "vd": "ví dụ",
    "Vd": "ví dụ",
    "SĐK": "số đăng ký",
    "MST": "mã số thuế",
    "STT": "số thứ tự",
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
    labels = [
        (short, written(rf"{re.escape(short)}(?:(?<=[Vv][Dd])\.|\.?(?=\s?:|\s[(+0]\d))", spoken))
        for short, spoken in LABELS.items()
    ]
    return longest_first(dotted + always + endings + labels) + longest_first(names() + numbers())


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


def numbers() -> list[tuple[str, Rule]]:
    return [
        (short, written(rf"{re.escape(short)}{'[.]' if short in NEEDS_DOT_TOO else '[.]?'}(?=\s?\d)", spoken))
        for short, spoken in BEFORE_NUMBER.items()
    ]


def longest_first(table: list[tuple[str, Rule]]) -> list[tuple[str, Rule]]:
    return sorted(table, key=lambda row: -len(row[0]))


ABBREVIATIONS = by_first(rows())
