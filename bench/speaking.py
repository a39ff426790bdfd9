"""How much of a spoken question the ear understands, by language: said by the house's own voices, through a phone.

`make bench NAME=speaking`; SPEAK_LANGUAGES (`en,vi`) and SPEAK_QUESTIONS (so many in each) shorten it. Each question of
the tests is said by the best voice that is installed, in a hall with people, coded as a phone does (Opus, 24 kbit/s),
and heard. The figure is the share of its words that came through (of its signs, where no spaces are written); the
baseline is the same in a quiet room.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from bench.told import tell
from guide.assistant.speaking.recording import decoded
from guide.narration.ear import RATE, Ear, open_ear
from guide.narration.encoding import Flow, encode_webm, resampled
from guide.narration.engines.voice import Voice
from guide.narration.reading import read
from guide.narration.sound import Samples, whole
from guide.narration.sounding import letters
from guide.narration.voices import Voices
from guide.tours.folding import unspaced

ROOT = Path(__file__).parent.parent
EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", ROOT / ".venv" / "extras"))
QUESTIONS = ROOT / "tests" / "assistant" / "questions"
LANGUAGES = os.environ.get("SPEAK_LANGUAGES", "en,fr,es,de,zh,ja,vi,ru").split(",")
MOST = int(os.environ.get("SPEAK_QUESTIONS", "12"))


def main() -> None:
    ear = open_ear(EXTRAS)
    if ear is None:
        print(f"There is no ear in {EXTRAS}.")
        return
    voices = Voices.load(ROOT / "voices" / "voices.yaml", EXTRAS)
    for language, questions in asked().items():
        for voice in voices.ranked(language)[:1]:
            spoken = [said(voice, question, language) for question in questions]
            quiet = [understood(ear, language, *pair) for pair in zip(questions, spoken, strict=True)]
            hall = [understood(ear, language, *pair) for pair in zip(questions, map(in_a_hall, spoken), strict=True)]
            tell(f"{language} by {voice.name}, words understood", mean(hall), mean(quiet))
    voices.close()
    ear.close()


def asked() -> dict[str, list[str]]:
    """Spread over the files, so that not one museum alone is asked about."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in ("sample.jsonl", "practical-elsewhere.jsonl"):
        for line in (QUESTIONS / file).read_text("utf-8").splitlines():
            told = json.loads(line)
            if told["question"].strip().endswith(("?", "？", "か", "吗")):
                found[told["language"]].append(told["question"])
    return {tag: found[tag][:: -(-len(found[tag]) // MOST)] for tag in LANGUAGES if found[tag]}


def said(voice: Voice, question: str, language: str) -> Samples:
    sound = whole(voice.pieces(read(question, language).spoken))
    return resampled(sound.samples, sound.rate, RATE)


def in_a_hall(samples: Samples) -> Samples:
    """An echo, and people farther away, 15 dB below."""
    dice = np.random.default_rng(7)
    voice = samples / 32_768
    echo = np.concatenate([voice, np.zeros(RATE // 2)])
    for delay, share in ((0.03, 0.35), (0.07, 0.25), (0.13, 0.15)):
        at = round(delay * RATE)
        echo[at : at + len(voice)] += share * voice
    murmur = np.convolve(dice.normal(0, 1, len(echo)), np.ones(8) / 8, "same")
    loud = np.sqrt(np.mean(voice**2))
    noisy = echo + murmur / np.sqrt(np.mean(murmur**2)) * loud * 10 ** (-15 / 20)
    return np.asarray(np.clip(noisy * 20_000, -32_768, 32_767).astype(np.int16))


def understood(ear: Ear, language: str, question: str, samples: Samples) -> float:
    phone = encode_webm(Flow((samples,), RATE, len(samples) / RATE))
    heard = ear.listen(decoded(phone), RATE, language, guess=False)
    wanted, found = pieces(question, language), pieces(heard.text, language)
    same = sum(block.size for block in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())
    return same / len(wanted)


def pieces(text: str, language: str) -> list[str]:
    """Words, with numbers written out; signs where no spaces are: another of the same sound is another word."""
    if any(unspaced(sign) for sign in text):
        return [sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum()]
    words: list[str] = []
    for letter in letters(read(text, language).spoken, language):
        if letter.opens or not words:
            words.append("")
        words[-1] += letter.plain
    return words


def mean(shares: list[float]) -> float:
    return round(sum(shares) / len(shares), 3)


if __name__ == "__main__":
    main()
