"""How two spoken forms are compared: pauses, capitals and hyphens apart, and the spellings that sound the same."""

import re
import unicodedata

SAME = (("mươi bốn", "mươi tư"), ("mồng", "mùng"), ("kỉ", "kỷ"))


def folded(spoken: str) -> str:
    text = re.sub(r"[^\w\s']", " ", unicodedata.normalize("NFC", spoken).lower())
    text = " ".join(text.replace("'", "").split())
    for one, other in SAME:
        text = text.replace(one, other)
    return text
