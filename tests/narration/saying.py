"""A whole sentence by a voice, and what tells one sound from another."""

from __future__ import annotations

import hashlib

from guide.narration.engines.voice import Voice
from guide.narration.sound import Sound, whole


def said(voice: Voice, text: str) -> Sound:
    return whole(voice.pieces(text))


def fingerprint(sound: Sound) -> str:
    return hashlib.sha256(sound.samples.tobytes() + repr(sound.words).encode()).hexdigest()
