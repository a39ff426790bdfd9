"""From a line of `voices/voices.yaml` to somebody who speaks, where what it takes is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guide.narration.engines.espeak import Espeak, espeak_speaker
from guide.narration.engines.hibari import Hibari, hibari_speaker
from guide.narration.engines.hibari import installed as installed_hibari
from guide.narration.engines.process import Speaker
from guide.narration.engines.voice import Role, Voice
from guide.narration.installed import Kept
from guide.narration.voice_sheet import VoiceSheet, VoicesSheet


class Speakers:
    """One process for each model, whatever number of languages it speaks; it is started when it is first asked."""

    def __init__(self) -> None:
        self._by_key: dict[str, Speaker] = {}

    def of(self, key: str, start: Callable[[], Speaker]) -> Speaker:
        if key not in self._by_key:
            self._by_key[key] = start()
        return self._by_key[key]

    @property
    def keys(self) -> set[str]:
        return set(self._by_key)

    def end(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._by_key.pop(key).close()

    def close(self) -> None:
        self.end(self.keys)


def hire(sheet: VoicesSheet, language: str, voice: VoiceSheet, kept: Kept | None, speakers: Speakers) -> Voice | None:
    """None where its package or its model is not installed."""
    role = Role(language, voice.voice, voice.pace, voice.gain, voice.slow)
    if voice.engine == "espeak-ng":
        return Espeak(role, speakers.of(voice.engine, espeak_speaker))
    if voice.engine == "hibari":
        return _hibari(role, sheet.engines[voice.engine].package, speakers)
    if kept is None or voice.model is None or not kept.agrees_with(sheet.models[voice.model]):
        return None
    return MODELS[voice.engine](role, kept, speakers)


Hire = Callable[[VoicesSheet, str, VoiceSheet, Kept | None, Speakers], Voice | None]


def key_of(kept: Kept) -> str:
    """Another one when any of the files is."""
    return "\n".join((kept.note.engine, str(kept.folder), *sorted(kept.hashes.values())))


def _hibari(role: Role, package: str, speakers: Speakers) -> Voice | None:
    heart = installed_hibari(package)
    if heart is None:
        return None
    return Hibari(heart, role, speakers.of("hibari", lambda: hibari_speaker(heart.model)))


def _piper(role: Role, kept: Kept, speakers: Speakers) -> Voice | None:
    from guide.narration.engines.piper import Piper, installed, piper_speaker

    model = installed(kept.folder, kept.hashes)
    if model is None:
        return None
    return Piper(model, role, speakers.of(key_of(kept), lambda: piper_speaker(model)))


def _kokoro(role: Role, kept: Kept, speakers: Speakers) -> Voice | None:
    from guide.narration.engines.kokoro import Kokoro, installed, kokoro_speaker, speaks

    model = installed(kept.folder, kept.hashes)
    if model is None or not speaks(model, role.language, role.voice):
        return None
    return Kokoro(model, role, speakers.of(key_of(kept), lambda: kokoro_speaker(model)))


def _supertonic(role: Role, kept: Kept, speakers: Speakers) -> Voice | None:
    from guide.narration.engines.supertonic import Supertonic, installed, speaks, supertonic_speaker

    model = installed(kept.folder, kept.hashes)
    if model is None or not speaks(model, role.language, role.voice):
        return None
    return Supertonic(model, role, speakers.of(key_of(kept), lambda: supertonic_speaker(model)))


MODELS: dict[str, Callable[[Role, Kept, Speakers], Voice | None]] = {
    "piper": _piper,
    "kokoro": _kokoro,
    "supertonic": _supertonic,
}
