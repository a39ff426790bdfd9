"""Addresses on the net: their dots are said, their beginnings are not."""

from guide.narration.reading.scan import Rule, always, compiled

ENDINGS = "vn|com|org|net|gov|edu|info|fr|de|uk|jp|cn|kr|ru|es|museum|io"
DOT = compiled(rf"(?<=\w)\.(?=(?:[\w-]{{1,63}}\.){{0,4}}(?:{ENDINGS})(?![\w]))")
WORDS = {
    "http": (Rule(compiled(r"https?://(?:www\.)?"), always("")),),
    "https": (Rule(compiled(r"https?://(?:www\.)?"), always("")),),
    "www": (Rule(compiled(r"www\.(?=\w)"), always("")),),
}


def dot(name: str) -> Rule:
    return Rule(DOT, always(name))
