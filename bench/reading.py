"""How much of the written text is said right, by category, against a raw voice; and how long a stop takes to read.

`python -m bench reading`: the cases are the frozen sets of the tests. A reading is right when it is one of the right
spoken forms, or when espeak-ng would say it with the same phonemes; the raw voice is given the text as it is written.
"""

from __future__ import annotations

import ctypes
import importlib.util
import re
import statistics
import time
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType

from bench.told import tell
from guide.narration.reading import read

ROOT = Path(__file__).parent.parent
SETS = ROOT / "tests" / "narration" / "reading"
VOICES = {"vi": b"vi", "en": b"en-us"}
UNHEARD = re.compile(r"\([a-z-]+\)|[\sˈˌ|ː_-]")
# Vietnamese numbers and letters come from two tables of espeak-ng, which write some of the same sounds apart.
SAME_SOUNDS = (
    ("saʊɜ", "saɜw"),
    ("ɪ", "j"),
    ("7", ""),
    ("1", ""),
    ("ŋa2n", "ŋi2n"),
    ("tʃiə6w", "tʃiɛ6w"),
    ("baj4", "ba4j"),
    ("myəjboɜn", "myəjt̪y"),
)
WORDS_OF_A_STOP = 150
ROUNDS = 5
BUDGET_MS = 5.0


def main() -> None:
    ear = Ear()
    for language in VOICES:
        for name in (language, f"{language}_second"):
            told(ear, language, name)
    for language in VOICES:
        tell(f"reading.{language}.ms_for_{WORDS_OF_A_STOP}_words", round(milliseconds(language), 2), BUDGET_MS)


def told(ear: Ear, language: str, name: str) -> None:
    spoken = beside("spoken")
    cases = spoken.cases(SETS / "frozen" / f"{name}.txt")
    asked: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    raw: Counter[str] = Counter()
    for case in cases:
        right = {ear.hears(one, language) for one in case.right} | {spoken.folded(one) for one in case.right}
        for category in (case.category, "all"):
            asked[category] += 1
            for score, said in ((ours, read(case.written, language).spoken), (raw, case.written)):
                score[category] += not right.isdisjoint({ear.hears(said, language), spoken.folded(said)})
    for category, count in asked.items():
        print(f"# {name} {category}: {ours[category]} of {count}, raw espeak-ng {raw[category]}")
        tell(f"reading.{name}.{category}", round(ours[category] / count, 3), round(raw[category] / count, 3))


class Ear:
    """What espeak-ng would say, as phonemes without stress and pauses."""

    def __init__(self) -> None:
        import espeakng_loader

        self.library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.library.espeak_Initialize(1, 0, espeakng_loader.get_data_path().encode(), 0)
        self.library.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def hears(self, text: str, language: str) -> str:
        assert self.library.espeak_SetVoiceByName(VOICES[language]) == 0
        rest = ctypes.c_char_p(unicodedata.normalize("NFC", text).encode())
        heard: list[bytes] = []
        while rest:
            heard.append(self.library.espeak_TextToPhonemes(ctypes.pointer(rest), 1, 2) or b"")
        sounds = UNHEARD.sub("", b"".join(heard).decode())
        for one, other in SAME_SOUNDS if language == "vi" else ():
            sounds = sounds.replace(one, other)
        return sounds


def milliseconds(language: str) -> float:
    """The median over the sample stops, cut into stops of as many words."""
    words = " ".join(
        path.read_text("utf-8") for path in sorted((ROOT / "content").glob(f"*/stops/*/{language}.md"))
    ).split()
    stops = [
        " ".join(words[start : start + WORDS_OF_A_STOP])
        for start in range(0, len(words) - WORDS_OF_A_STOP, WORDS_OF_A_STOP)
    ]
    read(stops[0], language)
    return 1000 * statistics.median(timed(stop, language) for _ in range(ROUNDS) for stop in stops)


def timed(text: str, language: str) -> float:
    start = time.perf_counter()
    read(text, language)
    return time.perf_counter() - start


def beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SETS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
