"""Little words: "where is the" tells little of what a visitor looks for, so such words count little.

Vietnamese ones are listed without diacritics too where nothing else is likely meant.
"""

from typing import Final

LITTLE_WORDS: Final = {
    "vi": """
        là của và các những một được bị đã đang sẽ với ở từ đến thì mà này đó để do bởi khi lúc rằng cũng gì nào ai đâu
        bao nhiêu giờ như thế sao vì tại có không cho trong ra vào về hay hoặc
        la cac nhung duoc rang gi nao nhieu nhu khong""",
    "en": """
        what who whom whose when where which why how is are was were be been do does did the a an of in on at to for by
        with from and or that this it its as has have had many much""",
    "de": """
        was wer wen wem wann wo welche welcher welches warum wie ist sind war waren wird wurde wurden der die das den
        dem des ein eine einer eines einem einen von in im am an auf zu zum zur für mit und oder hat haben""",
    "fr": """
        que qui quoi quel quelle quels quelles quand où pourquoi comment est sont était le la les l un une des de du d
        à au aux en dans sur pour par avec et ou a ont""",
    "es": """
        qué quién quiénes cuándo dónde cuál cuáles cómo cuánto cuántos es son fue era el la los las un una de del a al
        en por para con y o que se ha han""",
    "ru": "что кто когда где какой какая какие каких как почему сколько был была было были в на и с по из к от для о у",
}


def is_little(written: str, language: str) -> bool:
    return written in _LISTED.get(language.partition("-")[0], ())


_LISTED: Final = {language: frozenset(listed.split()) for language, listed in LITTLE_WORDS.items()}
