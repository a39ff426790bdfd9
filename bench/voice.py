"""How long a stop takes from its text to a finished MP3 with captions, against the bare engines in the same run.

`python -m bench voice [ENGINE]`: a stop of some 120 words, by espeak-ng in Vietnamese and English, and in English by
hibari and Piper where they are installed. Cold is a new process with nothing loaded; warm, the process has spoken
before and no sentence of the text is kept. Each round asks the bare engine and the guide one after the other, on one
thread each, and of the rounds the median counts. Of the synthesis the seconds of processor are told too, ours with
those of the engine's process and its forks: on a busy machine a clock on the wall sees mostly the wait for a core. The
models of the voices lie in GUIDE_TEST_EXTRAS (`.venv/extras`).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.told import tell

ROOT = Path(__file__).parent.parent
EXTRAS = Path(os.environ.get("GUIDE_TEST_EXTRAS", ROOT / ".venv" / "extras"))
JOE = EXTRAS / "voices" / "en_US-joe-medium"
ROUNDS = {"espeak-ng": 15, "hibari": 7, "piper": 3}
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
LONG = (
    "In the dark of the mill where the stones were so heavy that six people had to turn them the men who had been "
    "punished worked from morning until night and those who stayed behind told their children who at last told it to "
    "you."
)
"""A first sentence of 45 words without a comma: the hardest to begin early."""

Bare = Callable[[str], object]


@dataclass(frozen=True)
class Case:
    language: str
    engine: str

    @property
    def name(self) -> str:
        return f"voice.{self.language}.{self.engine}"


CASES = (Case("vi", "espeak-ng"), Case("en", "espeak-ng"), Case("en", "hibari"), Case("en", "piper"))


def main() -> None:
    wanted = sys.argv[2:]
    for case in CASES:
        if wanted and case.engine not in wanted:
            continue
        if case.engine == "piper" and not JOE.is_dir():
            print(f"# {case.name}: there is no voice in {JOE}")
            continue
        _measured(case)


def _measured(case: Case) -> None:
    from guide.narration.production import perform

    with speaking(case) as voice:
        bare = BARE[case.engine](voice.role)
        made = perform(planned(case, voice, 0), lambda _: None)
        print(f"# {case.name}: {len(BODIES[case.language].split())} words, {made.seconds:.1f} s of sound")
        rounds = [_round(case, voice, bare, number) for number in range(1, ROUNDS[case.engine] + 1)]
        raw, asked, raw_cpu, asked_cpu, warm, long_raw, first = (median(column) for column in zip(*rounds, strict=True))
        tell(f"{case.name}.synthesis_s", round(asked, 4), round(raw, 4))
        tell(f"{case.name}.synthesis_cpu_s", round(asked_cpu, 3), round(raw_cpu, 3))
        tell(f"{case.name}.first_chunk_of_45_words_s", round(first, 4), round(long_raw, 4))
        tell(f"{case.name}.mp3_with_captions_warm_s", round(warm, 3), round(raw, 3))
        tell(f"{case.name}.mp3_with_captions_cold_s", round(_cold(case), 3), round(raw, 3))
        tell(
            f"{case.name}.kept_with_opus_warm_s", round(median(_kept(case, voice) for _ in range(3)), 3), round(raw, 3)
        )


def _round(case: Case, voice: Any, bare: Bare, number: int) -> tuple[float, ...]:
    """Sentence by sentence the bare engine and ours in turn, so that a busy machine is busy for both."""
    from guide.narration.production import perform
    from guide.narration.sound import whole

    raw = asked = raw_cpu = 0.0
    asked_cpu = -_engines_processor(voice)
    for text in [line.reading.spoken for line in planned(case, voice, 0).lines]:
        began = time.process_time()
        raw += _timed(lambda text=text: bare(text))
        between = time.process_time()
        asked += _timed(lambda text=text: whole(voice.pieces(text)))
        raw_cpu, asked_cpu = raw_cpu + between - began, asked_cpu + time.process_time() - between
    asked_cpu += _engines_processor(voice)
    warm = _timed(lambda: perform(planned(case, voice, number), lambda _: None))
    return raw, asked, raw_cpu, asked_cpu, warm, _timed(lambda: bare(LONG)), _timed(lambda: next(voice.pieces(LONG)))


@contextmanager
def speaking(case: Case) -> Iterator[Any]:
    """As it is listed: its voice, its pace."""
    from guide.narration.engines.voice import Role

    listed = next(voice for voice in _listed(case.language) if voice["engine"] == case.engine)
    role = Role(case.language, listed["voice"], listed["pace"])
    voice, speaker = OURS[case.engine](role)
    yield voice
    speaker.close()


def _listed(language: str) -> list[dict[str, Any]]:
    import yaml

    voices: dict[str, list[dict[str, Any]]] = yaml.safe_load((ROOT / "voices/voices.yaml").read_text("utf-8"))["voices"]
    return voices[language]


def _our_espeak(role: Any) -> Any:
    from guide.narration.engines.espeak import Espeak, espeak_speaker

    speaker = espeak_speaker()
    return Espeak(role, speaker), speaker


def _our_hibari(role: Any) -> Any:
    from guide.narration.engines.hibari import Hibari, hibari_speaker, installed

    heart = installed("hibari-tts")
    assert heart
    speaker = hibari_speaker(heart.model)
    return Hibari(heart, role, speaker), speaker


def _our_piper(role: Any) -> Any:
    from guide.narration.engines.piper import ABOUT, MODEL, Piper, installed, piper_speaker

    model = installed(JOE, {name: hashlib.sha256((JOE / name).read_bytes()).hexdigest() for name in (MODEL, ABOUT)})
    assert model
    speaker = piper_speaker(model)
    return Piper(model, role, speaker), speaker


def _bare_espeak(role: Any) -> Bare:
    import espeakng_loader

    from guide.narration.engines.espeak_process import Engine

    engine = Engine(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())

    def say(text: str) -> None:
        engine.clear()
        engine.speak(role.voice, role.pace, text)

    return say


def _bare_hibari(role: Any) -> Bare:
    """As its own package is used: one thread, the same seed, the same speed."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from hibari import Hibari

    engine = Hibari()
    engine("Nguyen, once before the clock runs.")
    return lambda text: engine(text, speed=role.pace / 100, seed=0)


def _bare_piper(role: Any) -> Bare:
    """As its own package is used, on one thread as ours."""
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig

    engine = PiperVoice.load(JOE / "model.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    engine.session = onnxruntime.InferenceSession(str(JOE / "model.onnx"), options, providers=["CPUExecutionProvider"])
    manner = SynthesisConfig(length_scale=100 / role.pace, noise_scale=0, noise_w_scale=0)
    list(engine.synthesize("Once before the clock runs.", manner))
    return lambda text: list(engine.synthesize(text, manner))


OURS = {"espeak-ng": _our_espeak, "hibari": _our_hibari, "piper": _our_piper}
BARE = {"espeak-ng": _bare_espeak, "hibari": _bare_hibari, "piper": _bare_piper}


def planned(case: Case, voice: Any, number: int) -> Any:
    from guide.narration.script import Script, plan
    from guide.tours.sentences import sentences

    told = sentences(TITLES[case.language], BODIES[case.language], case.language)
    return plan(Script(case.language, tuple(replace(one, number=one.number + number) for one in told)), voice)


def _cold(case: Case) -> float:
    """In a process of its own, from its first import of the guide on."""
    program = (sys.executable, "-c", "import sys; from bench import voice; voice.first(*sys.argv[1:])")
    ran = subprocess.run([*program, case.language, case.engine], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(ran.stdout)


def first(language: str, engine: str) -> None:
    case = Case(language, engine)

    def act() -> None:
        from guide.narration.production import perform

        with speaking(case) as voice:
            perform(planned(case, voice, 0), lambda _: None)

    print(_timed(act))


def _kept(case: Case, voice: Any) -> float:
    """To the row in the database and every file on disk."""
    from guide.database import Database
    from guide.narration.library import Library, Script
    from guide.narration.tables import Recording
    from guide.storage import Folder
    from guide.tours.sentences import sentences

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/guide.sqlite")
        Recording.__table__.create(database.engine)
        library = Library(database, Folder(Path(folder)), Alone(voice))
        script = Script(case.language, sentences(TITLES[case.language], BODIES[case.language], case.language))
        took = _timed(lambda: library.render(script))
        database.engine.dispose()
    return took


class Alone:
    """The one voice there is."""

    def __init__(self, voice: Any) -> None:
        self._voice = voice

    def renew(self) -> bool:
        return False

    def ranked(self, _: str) -> tuple[Any, ...]:
        return (self._voice,)


def _engines_processor(voice: Any) -> float:
    """Seconds used so far by the engine's process and the forks of it that have ended; the bare engine is in ours."""
    fields = Path(f"/proc/{voice._speaker.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
