"""How long 10,000 stops in two languages take to publish, and one changed stop among them, against ten stops.

Without audio, through the command's own way: checked, stored, indexed, shown. Each publish is a process of its own, so
that its peak memory is its own too.

Then 40 stops in two languages with their recordings: one sentence changed in each language, against the same without
recordings; how many sentences were spoken for it is counted.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.told import tell

MANY, FEW = 10_000, 10
RECORDED = 40
TRUSTED_AFTER_SECONDS = 2.5
"""What was written this long ago is believed to be unchanged without reading it."""
MEASURED = {"seconds": 2, "command": 2, "megabytes": 0, "stored": 0}
"""Publishing itself; the command with its start; its peak of memory; the documents that it stored."""
WORDS = """bảo tàng cổ vật nhà tù đảo lịch sử người dân làng nghề gốm sứ thế kỷ vua triều đình chùa bia đá tượng gỗ tháp
cổng sân vườn hồ biển thuyền""".split()
PUBLISH = """
import json, resource, sys, time
started = time.perf_counter()
from pathlib import Path
from guide.app import close, furnish
from guide.clock import Clock
from guide.publishing.deriving import Deriving
from guide.publishing.publish import Press
from guide.settings import Settings
shelf = furnish(Settings(home=Path(sys.argv[2]), log_level="error"))
deriving = Deriving.of(shelf, lambda _: None)
derive = getattr(deriving, sys.argv[3])
began = time.perf_counter()
outcome = shelf[Press].publish(Path(sys.argv[1]), "big", Clock().now(), derive)
ended = time.perf_counter()
close(shelf)
seconds, command = ended - began, ended - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
told = {"seconds": seconds, "command": command, "megabytes": peak, "stored": outcome.documents_stored}
print(json.dumps({**told, "spoken": deriving.tally.sentences, "made": deriving.tally.made}))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        few = rounds(Path(folder) / "few", FEW)
        many = rounds(Path(folder) / "many", MANY)
    for when in ("first", "changed"):
        for what, digits in MEASURED.items():
            tell(f"publishing.{when}.{what}", round(many[when][what], digits), round(few[when][what], digits))
    with tempfile.TemporaryDirectory() as folder:
        recorded(Path(folder))


def recorded(root: Path) -> None:
    """A sentence is rewritten in each language, with recordings and, a sentence further, without."""
    museum = generate(root / "big", RECORDED)
    publish(museum, root / "home", "everything")
    time.sleep(TRUSTED_AFTER_SECONDS)
    publish(museum, root / "home", "everything")
    with_sound = rewritten(museum, root / "home", "Mới viết lại.", "everything")
    time.sleep(TRUSTED_AFTER_SECONDS)
    without = rewritten(museum, root / "home", "Viết lại lần nữa.", "without_audio")
    for what in ("seconds", "command"):
        tell(f"publishing.one_sentence.{what}", round(with_sound[what], 2), round(without[what], 2))
    tell("publishing.one_sentence.spoken", with_sound["spoken"], 2)


def rewritten(museum: Path, home: Path, sentence: str, derive: str) -> dict[str, float]:
    for language in ("vi", "en"):
        file = museum / "stops" / "s00005" / f"{language}.md"
        paragraphs = file.read_text("utf-8").split("\n\n")
        paragraphs[1] = f"{sentence} {paragraphs[1].split('. ', 1)[1]}"
        file.write_text("\n\n".join(paragraphs), "utf-8")
    return publish(museum, home, derive)


def rounds(root: Path, stops: int) -> dict[str, dict[str, float]]:
    """The first publish, and another after one stop was rewritten."""
    museum = generate(root / "big", stops)
    first = publish(museum, root / "home")
    time.sleep(TRUSTED_AFTER_SECONDS)
    publish(museum, root / "home")
    (museum / "stops" / "s00005" / "vi.md").write_text("# Hiện vật mới\n\nMới viết lại.\n", "utf-8")
    return {"first": first, "changed": publish(museum, root / "home")}


def generate(museum: Path, stops: int) -> Path:
    chance = random.Random(1)
    museum.mkdir(parents=True)
    sheet = "name: {vi: Lớn, en: Big}\nlanguages: [vi, en]\nsources: {A: {title: Sách}}\n"
    (museum / "museum.yaml").write_text(sheet, "utf-8")
    for number in range(stops):
        folder = museum / "stops" / f"s{number:05}"
        folder.mkdir(parents=True)
        for language, title in (("vi", "Hiện vật"), ("en", "Object")):
            body = f"# {title} {number}\n\n{paragraph(chance)}\n\n{paragraph(chance)}\n"
            (folder / f"{language}.md").write_text(body, "utf-8")
        (folder / "stop.yaml").write_text(stop_sheet(number), "utf-8")
    return museum


def paragraph(chance: random.Random) -> str:
    return " ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(4))


def stop_sheet(number: int) -> str:
    return f"""names: {{other: [Tên khác {number}]}}
object: {{kind: {{vi: Gốm, en: Ceramic}}, period: {{vi: thế kỷ {number % 20}, en: century {number % 20}}}}}
facts: [{{about: {{vi: Năm}}, values: [{{value: {1000 + number % 900}, text: {{vi: Năm ấy}}, sources: [A]}}]}}]
"""


def publish(museum: Path, home: Path, derive: str = "without_audio") -> dict[str, float]:
    command = [sys.executable, "-c", PUBLISH, str(museum), str(home), derive]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."})
    outcome: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return outcome
