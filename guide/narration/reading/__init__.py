"""Reading: what is written is turned into what is said, in each language by its own rules."""

import unicodedata
from collections.abc import Sequence

from guide.narration.reading.folding import fold
from guide.narration.reading.languages import language_of
from guide.narration.reading.lexicon import rules_of, shown
from guide.narration.reading.scan import scan
from guide.narration.reading.shapes import Entry, Reading, Word
from guide.narration.reading.words import displayed

__all__ = ["Entry", "Reading", "Word", "read"]


def read(text: str, language: str, lexicon: Sequence[Entry] = ()) -> Reading:
    written = unicodedata.normalize("NFC", text)
    spoken_here = language_of(language)
    folded = fold(written, spoken_here.manner.twins)
    parts = scan(folded.text, rules_of(lexicon), spoken_here.rules)
    return Reading(written, tuple(map(shown, displayed(folded, parts, spoken_here.manner))))
