"""The scribe: writes down once what the ear hears of a recording, and finds the known text in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from guide.narration.ear import Ear, Heard, HeardWord, Note
from guide.narration.script import Script
from guide.storage import Storage

if TYPE_CHECKING:
    from guide.narration.following import Followed
    from guide.narration.sound import Samples

MANNER = "2"
"""Changes whenever the same sound would be heard, or the same text be followed, otherwise."""


@dataclass(frozen=True)
class Scribe:
    """What was heard is kept under the recording's name: another look at it, also for a changed text, costs nothing."""

    ear: Ear
    storage: Storage
    note: Note = lambda *_: None
    doubt: Callable[[str], None] = lambda _: None
    """Told the file that was listened to in vain: a person should hear it."""

    def human_name(self, original: str, script: Script) -> str | None:
        """A person's recording that is followed is another when its text is; None where the ear knows no language."""
        if not self.ear.follows(script.language):
            return None
        told = [[sentence.number, sentence.text] for sentence in script.sentences]
        whole = json.dumps(["human-2", original, self.ear.version, MANNER, script.language, told])
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    def heard(self, name: str, samples: Samples, rate: int, language: str) -> Heard:
        file = f"heard/{name}.{language}.{self.ear.version}-{MANNER}.json"
        if kept := self.storage.path(file):
            return _read(json.loads(kept.read_bytes()))
        heard = self.ear.listen(samples, rate, language, self.note)
        self.storage.put(file, json.dumps(asdict(heard), ensure_ascii=False).encode())
        return heard

    def follow(self, script: Script, heard: Heard) -> list[Followed]:
        """Each sentence that has something to be heard."""
        from guide.narration.following import Told, follow, heard_letters
        from guide.narration.reading import read

        lines = [
            Told(sentence.number, read(sentence.text, script.language, script.lexicon), script.language)
            for sentence in script.sentences
        ]
        said = heard_letters(heard.words, script.language, script.lexicon)
        return follow([line for line in lines if line.letters], said)


def _read(kept: dict[str, object]) -> Heard:
    words = kept.pop("words")
    assert isinstance(words, list)
    return Heard(words=tuple(HeardWord(**word) for word in words), **kept)  # type: ignore[arg-type]  # as it was written
