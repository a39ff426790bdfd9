"""How long a stop takes from its text to a finished MP3 with captions, against the bare engine in the same run.

`python bench/voice.py`: a stop of some 120 words in Vietnamese and in English by espeak-ng, and in English by hibari,
cold (a new process, nothing loaded) and warm (the process has spoken before; no sentence of the text is kept). The best
of a few rounds counts.
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
    for language, engine in (("vi", "espeak-ng"), ("en", "espeak-ng"), ("en", "hibari")):
        command = [sys.executable, __file__, language, engine]
        cold = subprocess.run(command, capture_output=True, text=True, check=True)
        raw, asked, warm, whole, seconds = _warm(language, engine)
        words = len(f"{TITLES[language]} {BODIES[language]}".split())
        print(f"# {language} by {engine}: {words} words, {seconds:.1f} s of sound")
        name = f"voice.{language}" if engine == "espeak-ng" else f"voice.{language}.{engine}"
        _tell(f"{name}.mp3_with_captions_warm_s", warm, raw)
        _tell(f"{name}.mp3_with_captions_cold_s", float(cold.stdout), raw)
        _tell(f"{name}.kept_with_opus_warm_s", whole, raw)
        _tell(f"{name}.synthesis_s", asked, raw)


def _tell(name: str, value: float, baseline: float) -> None:
    print(f"{name}: {value:.3f} (raw engine {baseline:.3f}, ratio {value / baseline:.2f})")
    if path := os.environ.get("BENCH_JSON"):
        line = {"name": name, "value": value, "baseline": baseline, "ratio": value / baseline}
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _cold(language: str, engine: str) -> float:
    """With everything that a process loads the first time; nothing of the guide is imported before."""
    return _timed(lambda: _first(language, engine))


def _first(language: str, engine: str) -> None:
    from guide.narration.production import perform

    perform(_planned(language, _voices(engine), 0), lambda _: None)


def _voices(engine: str) -> object:
    """As they are listed, and of this engine alone."""
    import yaml

    from guide.narration.voices import Voices, VoicesSheet

    listed = yaml.safe_load((ROOT / "voices" / "voices.yaml").read_text("utf-8"))
    for language, voices in listed["voices"].items():
        listed["voices"][language] = [voice for voice in voices if voice["engine"] == engine]
    return Voices(VoicesSheet.model_validate(listed))


def _planned(language: str, voices: object, number: int) -> object:
    from guide.narration.script import Script, plan
    from guide.tours.sentences import sentences

    told = sentences(TITLES[language], BODIES[language], language)
    return plan(
        Script(language, tuple(replace(one, number=one.number + number) for one in told)), voices.best(language)
    )


def _warm(language: str, engine: str) -> tuple[float, float, float, float, float]:
    from guide.narration.production import perform

    voices = _voices(engine)
    bare = _bare_espeak() if engine == "espeak-ng" else _bare_hibari()
    made = perform(_planned(language, voices, 0), lambda _: None)
    rounds = [_round(language, voices, bare, number) for number in range(1, ROUNDS + 1)]
    wholes = _kept(language, voices)
    voices.close()
    raw, asked, warm = (min(column) for column in zip(*rounds, strict=True))
    return raw, asked, warm, wholes, made.seconds


def _bare_espeak() -> Callable[[str, int, str], object]:
    import espeakng_loader

    from guide.narration.engines.espeak_process import Engine

    return Engine(espeakng_loader.get_library_path(), espeakng_loader.get_data_path()).speak


def _bare_hibari() -> Callable[[str, int, str], object]:
    """As its own package is used: one thread, the same seed, the same speed."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from hibari import Hibari

    engine = Hibari()
    engine("Nguyen, once before the clock runs.")
    return lambda _, pace, text: engine(text, speed=pace / 100, seed=0)


def _round(
    language: str, voices: object, bare: Callable[[str, int, str], object], number: int
) -> tuple[float, float, float]:
    from guide.narration.production import perform
    from guide.narration.sound import whole

    voice = voices.best(language)
    spoken = [line.reading.spoken for line in _planned(language, voices, 0).lines]
    raw = _timed(lambda: [bare(voice.role.voice, voice.role.pace, text) for text in spoken])
    asked = _timed(lambda: [whole(voice.pieces(text)) for text in spoken])
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
        print(_cold(*sys.argv[1:]))
    else:
        main()
