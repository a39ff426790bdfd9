"""How long a stop takes from its text to a finished MP3 with captions, against the bare engine in the same run.

`python bench/voice.py`: a stop of some 120 words in Vietnamese and in English, cold (a new process, nothing loaded)
and warm (the process has spoken before; no sentence of the text is kept). The best of a few rounds counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 5
TITLES = {"vi": "Hầm xay lúa", "en": "The rice mill"}
BODIES = {
    "vi": (
        "Hầm xay lúa nằm ở góc sân, sau một cánh cửa gỗ dày. Những người bị phạt phải đẩy cối từ sáng đến tối, trong "
        "bụi trấu và bóng tối. Cối đá nặng đến mức sáu người mới quay nổi.\n\n"
        "Khu này được xây bằng đá xám và gạch nung, mái lợp ngói đỏ. Phía trước là sân rộng có cây bàng già, phía sau "
        "là bức tường cao ngăn với đường ra biển. Bước qua cổng, bạn sẽ thấy nhà nguyện ở giữa sân.\n\n"
        "Hãy đứng lại một lát và lắng nghe. Tiếng sóng ngoài kia vẫn vọng vào như ngày trước. Người ở lại đã kể cho "
        "con cháu nghe, và bây giờ câu chuyện ấy được kể cho bạn."
    ),
    "en": (
        "The rice mill stands in a corner of the yard, behind a heavy wooden door. Those who were punished pushed its "
        "stones from morning until night, in dust and in the dark. The stones are so heavy that it took six people to "
        "turn them.\n\n"
        "These walls are of grey stone and fired brick, and the roof is of red tiles. In front of you lies a wide yard "
        "with an old almond tree; behind you a high wall shuts off the road to the sea.\n\n"
        "Stop here for a while and listen. The waves still sound as they did then. Those who stayed told it to their "
        "children, and now it is told to you."
    ),
}


def main() -> None:
    for language in ("vi", "en"):
        cold = subprocess.run([sys.executable, __file__, language], capture_output=True, text=True, check=True)
        raw, asked, warm, whole, seconds = _warm(language)
        words = len(f"{TITLES[language]} {BODIES[language]}".split())
        print(f"# {language}: {words} words, {seconds:.1f} s of sound")
        _tell(f"voice.{language}.mp3_with_captions_warm_s", warm, raw)
        _tell(f"voice.{language}.mp3_with_captions_cold_s", float(cold.stdout), raw)
        _tell(f"voice.{language}.kept_with_opus_warm_s", whole, raw)
        _tell(f"voice.{language}.synthesis_s", asked, raw)


def _tell(name: str, value: float, baseline: float) -> None:
    print(f"{name}: {value:.3f} (raw engine {baseline:.3f}, ratio {value / baseline:.2f})")
    if path := os.environ.get("BENCH_JSON"):
        line = {"name": name, "value": value, "baseline": baseline, "ratio": value / baseline}
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _cold(language: str) -> float:
    """With everything that a process loads the first time; nothing of the guide is imported before."""
    return _timed(lambda: _first(language))


def _first(language: str) -> None:
    from guide.narration.production import perform
    from guide.narration.voices import Voices

    voices = Voices.load(ROOT / "voices" / "voices.yaml")
    perform(_planned(language, voices, 0), lambda _: None)


def _planned(language: str, voices: object, number: int) -> object:
    from guide.narration.script import Script, plan
    from guide.tours.sentences import sentences

    told = sentences(TITLES[language], BODIES[language], language)
    return plan(
        Script(language, tuple(replace(one, number=one.number + number) for one in told)), voices.best(language)
    )


def _warm(language: str) -> tuple[float, float, float, float, float]:
    import espeakng_loader

    from guide.narration.espeak_process import Engine
    from guide.narration.production import perform
    from guide.narration.voices import Voices

    engine = Engine(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    voices = Voices.load(ROOT / "voices" / "voices.yaml")
    made = perform(_planned(language, voices, 0), lambda _: None)
    rounds = [_round(language, voices, engine, number) for number in range(1, ROUNDS + 1)]
    wholes = _kept(language, voices)
    voices.close()
    raw, asked, warm = (min(column) for column in zip(*rounds, strict=True))
    return raw, asked, warm, wholes, made.seconds


def _round(language: str, voices: object, engine: object, number: int) -> tuple[float, float, float]:
    from guide.narration.production import perform

    voice = voices.best(language)
    spoken = [line.reading.spoken for line in _planned(language, voices, 0).lines]
    raw = _timed(lambda: [engine.speak(voice.voice, voice.pace, text) for text in spoken])
    asked = _timed(lambda: [voice.speak(text) for text in spoken])
    warm = _timed(lambda: perform(_planned(language, voices, number), lambda _: None))
    return raw, asked, warm


def _kept(language: str, voices: object) -> float:
    """To the row in the database and every file on disk."""
    from guide.database import Database
    from guide.narration.library import Library, Script
    from guide.narration.tables import Recording
    from guide.storage import Folder
    from guide.tours.sentences import sentences

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/guide.sqlite")
        Recording.__table__.create(database.engine)
        library = Library(database, Folder(Path(folder)), voices)
        script = Script(language, sentences(TITLES[language], BODIES[language], language))
        took = _timed(lambda: library.render(script))
        database.engine.dispose()
    return took


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if len(sys.argv) > 1:
        print(_cold(sys.argv[1]))
    else:
        main()
