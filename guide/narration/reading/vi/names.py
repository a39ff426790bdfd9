"""Names of the peoples of the Highlands and mountains, spelled so that a Vietnamese voice says them."""

import re
import unicodedata

from guide.narration.reading.scan import Rule, Said, before, compiled, following

KNOWN = {
    "êđê": "Ê Đê",
    "ede": "Ê Đê",
    "rhadé": "Ra Đê",
    "bahnar": "Ba Na",
    "bana": "Ba Na",
    "jrai": "Gia Rai",
    "jarai": "Gia Rai",
    "giarai": "Gia Rai",
    "gia-rai": "Gia Rai",
    "ba-na": "Ba Na",
    "ê-đê": "Ê Đê",
    "raglai": "Ra Glai",
    "raglay": "Ra Glai",
    "sedang": "Xơ Đăng",
    "xêđăng": "Xơ Đăng",
    "xơđăng": "Xơ Đăng",
    "sêđăng": "Xơ Đăng",
    "stiêng": "xờ tiêng",
    "xtiêng": "xờ tiêng",
    "s'tiêng": "xờ tiêng",
    "x'tiêng": "xờ tiêng",
    "khmer": "Khơ Me",
    "khơme": "Khơ Me",
    "khơmer": "Khơ Me",
    "kơho": "cơ ho",
    "cơho": "Cơ Ho",
    "k'ho": "cơ ho",
    "kaho": "cơ ho",
    "katu": "Cơ Tu",
    "cơtu": "Cơ Tu",
    "hmông": "mông",
    "h'mông": "hờ mông",
    "chơro": "Chơ Ro",
    "churu": "Chu Ru",
    "hrê": "hờ rê",
    "h'rê": "hờ rê",
    "rơmăm": "Rơ Măm",
    "srêpôk": "sê rê pốc",
    "sêrêpốk": "sê rê pốc",
    "sêrêpôk": "sê rê pốc",
    "srêpốk": "sê rê pốc",
    "pleiku": "plây cu",
    "plei": "plây",
    "bidoup": "bi đúp",
    "langbiang": "lang bi ang",
    "langbian": "lang bi an",
    "knul": "cờ nun",
    "t'rưng": "tơ rưng",
    "kpă": "cờ pá",
    "klông": "cờ lông",
    "ktul": "cờ tun",
    "niê": "ni ê",
    "bdap": "bờ đáp",
    "bkrông": "bờ cờ rông",
    "kbuôr": "cờ buôn",
    "kđăm": "cờ đăm",
    "êban": "ê ban",
    "byă": "bi á",
    "tơlơi": "tơ lơi",
    "chapi": "cha pi",
    "goong": "goong",
    "k'ni": "cờ ni",
    "kbang": "cờ bang",
    "chro": "chờ ro",
    "kni": "cờ ni",
    "bru": "bờ ru",
    "bru-vân": "bờ ru vân",
    "champa": "Chăm Pa",
    "ksor": "cờ so",
    "hmok": "hờ mốc",
    "blao": "bờ lao",
    "djiring": "di ring",
    "klong": "cờ lông",
    "kpan": "cờ pan",
    "knah": "cờ na",
    "ndrong": "nờ đờ rông",
    "dray": "đờ ray",
    "ea": "ê a",
}
HIGHLAND_BEFORE = before(
    r"\b(?:buôn|plei|plây|làng|người|dân tộc|sông|suối|thác|núi|đèo|hồ|huyện|xã|ea|ia|ya|cư|chư|krông"
    r"|đắk|đăk|dak|y|ama|ami|ma|"
    r"nhóm|tiếng|đàn|kon|sang ae|ae|đạ|đắc|amí|aê)\s+"
)
LETTER = r"[^\W\d_]"
TONED = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
VOWEL = f"[aeiouyăâêôơưŏŭĭĕ{TONED}]"
PAIR = (
    r"(?:[Kk](?=[rlntbpdđmsjgc])|[BbPpGgĐđDdHhSsJjMm](?=[rl])|[MmHhPp](?=n)|[Hh](?=[lmbdđkjw])|[Tt](?=[lnmdp])|[XxSs](?=[tm])"
    r"|[Mm](?=[dđgbsj])|[Bb](?=[dđjh])|[Đđ](?=j)|[Rr](?=[mkl])|[Nn](?=[dđjlmr])|[Ll](?=[mnp]))"
)
WORD_END = r"(?![^\W_]|['’-])"
CLUSTERED = compiled(rf"(?P<first>{PAIR})(?P<rest>{LETTER}{VOWEL}{LETTER}{{0,5}}){WORD_END}")
APOSTROPHED = compiled(
    rf"(?P<first>[BCĐDGHJKLMNPRSTXbcđdghjklmnprstx]|[Cc]h)['’ʼ](?P<rest>(?![sdtm]{WORD_END}){LETTER}{{2,7}}){WORD_END}"
)
VIETNAMESE_LETTER = re.compile(rf"[ăâđêôơưŏŭĭĕčñƀ{TONED}]", re.IGNORECASE)
ONE_SYLLABLE = re.compile(r"[^aeiouyăâêôơư]*[aeiouyăâêôơư]{1,3}(?:ng|nh|ch|n|m|p|t|c|k|h|l|r|s)?", re.IGNORECASE)
SHUT = compiled(rf"{LETTER}{{0,4}}{VOWEL}(?:[kKlrLR]|(?<![nNcCgGpPtTkK])[hH]){WORD_END}")
FOREIGN_LETTERS = str.maketrans(
    {
        "ŏ": "o",
        "ŭ": "u",
        "ĭ": "i",
        "ĕ": "e",
        "č": "ch",
        "ñ": "nh",
        "ƀ": "b",
        "w": "u",
        "j": "gi",
        "z": "d",
        "f": "ph",
        "ʼ": "",
    }
)
LIGHT = {"k": "c", "j": "gi", "d": "đ"}
SHARP = {
    "a": "á",
    "ă": "ắ",
    "â": "ấ",
    "e": "é",
    "ê": "ế",
    "i": "í",
    "o": "ó",
    "ô": "ố",
    "ơ": "ớ",
    "u": "ú",
    "ư": "ứ",
    "y": "ý",
}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def known(match: re.Match[str]) -> Said:
    said = KNOWN.get(match.group().lower().replace("’", "'").replace("ʼ", "'"))
    return said or None


def clustered(match: re.Match[str]) -> Said:
    """«Krông»: two consonants at the start are said with a light vowel between them."""
    return broken(match) if is_highland(match) else None


def broken(match: re.Match[str]) -> Said:
    """«M'Nông»: the apostrophe is the light vowel."""
    if not ONE_SYLLABLE.fullmatch(toneless(match["rest"]).lower()):
        return None
    first, rest = match["first"].lower(), CLUSTERED.fullmatch(match["rest"])
    return f"{LIGHT.get(first, first)}ờ {broken(rest) if rest else syllable(match['rest'])}"


def is_highland(match: re.Match[str]) -> bool:
    """French and English begin so too: a Vietnamese letter or a Highland word before it must speak for it."""
    word = match.group()
    if not ONE_SYLLABLE.fullmatch(toneless(word).lower()):
        return False
    return bool(
        VIETNAMESE_LETTER.search(word)
        or HIGHLAND_BEFORE.search(match.string[max(0, match.start() - 24) : match.start()])
    )


def shut(match: re.Match[str]) -> Said:
    """«Đắk», «Păh», «gươl»: a final k is said c and the syllable rises, a final h or r falls silent, l is n."""
    word = match.group()
    if not VIETNAMESE_LETTER.search(word) and not re.match(r"\s[A-ZĐ][^\W\d_]*[À-ỹĐđ]", following(match)):
        return None
    return syllable(word) if ONE_SYLLABLE.fullmatch(toneless(word).lower()) else None


def toneless(word: str) -> str:
    apart = "".join(c for c in unicodedata.normalize("NFD", word) if c not in TONES)
    return unicodedata.normalize("NFC", apart)


def syllable(word: str) -> str:
    said = word.lower().translate(FOREIGN_LETTERS)
    if word[0] in "gG" and said[1:2] in tuple("eêiy"):
        said = f"gh{said[1:]}"
    said = re.sub(r"k$", "c", said).replace("ei", "ây")
    said = re.sub(r"ă(?=[hrs]?$)", "á", said)
    said = re.sub(rf"(?<={VOWEL})(?:h|r|s)$", "", said)
    said = re.sub(r"l$", "n", said)
    return rising(said) if re.search(r"(?:p|t|c)$", said) else said


def rising(word: str) -> str:
    if toneless(word) != word:
        return word
    vowels = list(re.finditer(r"[aăâeêioôơuưy]", word))
    marked = next((v for v in vowels if v.group() in "ăâêôơư"), vowels[-1] if vowels else None)
    return word[: marked.start()] + SHARP[marked.group()] + word[marked.end() :] if marked else word


LIGHT_J = compiled(rf"[Jj](?P<rest>{VOWEL}{LETTER}{{0,5}}){WORD_END}")


def softened(match: re.Match[str]) -> Said:
    """«Jút»: the j of the Highlands is said gi."""
    return syllable(match.group()) if is_highland(match) else None


NAME_RULES = (Rule(APOSTROPHED, broken), Rule(CLUSTERED, clustered), Rule(SHUT, shut), Rule(LIGHT_J, softened))
KNOWN_RULE = Rule(compiled(rf"{LETTER}+(?:['’ʼ-]{LETTER}+)?"), known)
KNOWN_WORDS = {re.split("['-]", name)[0]: (KNOWN_RULE,) for name in KNOWN}
