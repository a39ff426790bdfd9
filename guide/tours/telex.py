"""Telex slips: a visitor whose keyboard was not set to Vietnamese still finds "đảo" with "ddaor" or "d9ao3".

A word is read as keystrokes of Telex or VNI, and only a well-formed Vietnamese syllable is believed.
"""

import unicodedata

TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
TONES |= dict(zip("12345", TONES.values(), strict=True))
CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
HORN_OR_BREVE = {"w": {"a": "ă", "o": "ơ", "u": "ư"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}}
VOWELS = "aăâeêioôơuưy"
QUALITY = "ăâêôơư"
FRONT = "eêiy"
ONSETS = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x".split()
RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()
)
BEFORE_FRONT_VOWELS_ONLY = {"k", "gh", "ngh"}
NEVER_BEFORE_FRONT_VOWELS = {"c": FRONT, "ng": FRONT, "g": "eêy"}


def untangled(typed: str) -> str | None:
    """The Vietnamese syllable that these keystrokes were meant to write, or None."""
    letters, tone = _pressed(typed.lower())
    if letters == typed.lower():
        return None
    for spelling in (letters, letters.replace("ươ", "uơ")):
        if parts := syllable(spelling):
            onset, rime = parts
            return _toned(onset, rime, tone) if _tone_fits(rime, tone) else None
    return None


def syllable(letters: str) -> tuple[str, str] | None:
    """Onset and rime of a syllable without its tone, or None where Vietnamese has no such syllable."""
    for onset in ["", *ONSETS]:
        rime = letters.removeprefix(onset)
        if letters.startswith(onset) and rime in RIMES and _go_together(onset, rime):
            return onset, rime
    return None


def _pressed(keys: str) -> tuple[str, str]:
    letters, tone = "", ""
    for key in keys:
        if key in TONES and not tone and _has_vowel(letters):
            tone = TONES[key]
        else:
            letters = _with_key(letters, key)
    return letters, tone


def _has_vowel(letters: str) -> bool:
    return any(letter in VOWELS for letter in letters)


def _with_key(letters: str, key: str) -> str:
    if key in "d9" and letters.startswith("d"):
        return "đ" + letters[1:]
    if key in CIRCUMFLEX and key in letters:
        return _last_replaced(letters, key, CIRCUMFLEX[key])
    if key == "6":
        return _modified(letters, key, CIRCUMFLEX)
    if key in HORN_OR_BREVE:
        return _modified(letters.replace("uo", "ươ") if key in "w7" else letters, key, HORN_OR_BREVE[key])
    return letters + key


def _modified(letters: str, key: str, marks: dict[str, str]) -> str:
    if "ươ" in letters:
        return letters
    for plain in reversed(letters):
        if plain in marks:
            return _last_replaced(letters, plain, marks[plain])
    return letters + ("ư" if key == "w" and not _has_vowel(letters) else key)


def _last_replaced(letters: str, plain: str, marked: str) -> str:
    before, _, after = letters.rpartition(plain)
    return before + marked + after


def _go_together(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime[0] in "aăâeêiyơ" or rime == "ôc"
    if onset in BEFORE_FRONT_VOWELS_ONLY:
        return rime[0] in FRONT
    return rime[0] not in NEVER_BEFORE_FRONT_VOWELS.get(onset, "")


def _tone_fits(rime: str, tone: str) -> bool:
    return not rime.endswith(("c", "ch", "p", "t")) or tone in (TONES["s"], TONES["j"])


def _toned(onset: str, rime: str, tone: str) -> str:
    at = _seat(rime) + 1
    return unicodedata.normalize("NFC", onset + rime[:at] + tone + rime[at:])


def _seat(rime: str) -> int:
    """Which letter of the rime carries the tone: thuở, nước, toán, hòa, khoái."""
    marked = [place for place, letter in enumerate(rime) if letter in QUALITY]
    if marked:
        return marked[-1]
    vowels = sum(letter in VOWELS for letter in rime)
    if vowels < len(rime):
        return vowels - 1
    return 1 if vowels == 3 else 0
