"""A whole answer: in the process of the server and through HTTP, over 14,500 sentences, against what it may take.

`python -m bench.asking XQUAD PAIRS [--models FOLDER]`: the Vietnamese stops of XQUAD, filled up with the sentences of
PAIRS, ten a stop, are published and served by one process that records nothing meanwhile; its questions are asked one
after another, of stops whose pages were opened before, as visitors do who stand in front of them.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.assistant_latency import filled
from bench.assistant_xquad import questions_of, stops_of
from bench.stop_page import serving
from bench.told import tell
from guide.visit import addresses

PORT = 8719
WARM = 40
A_STOP = 10
IN_PROCESS_MS, THROUGH_HTTP_MS = 8, 30
SERVER = """
import sys, uvicorn
from guide.app import create_app, furnish
from guide.assistant.minds import Minds
from guide.settings import Settings
from guide.tours.catalogue import Catalogues
shelf = furnish(Settings())
shelf[Minds].ready(shelf[Catalogues].renew().museums["lon"], "vi")
quiet = {"lifespan": "off", "log_level": "error", "access_log": False}
uvicorn.run(create_app(shelf), port=int(sys.argv[1]), loop="uvloop", http="httptools", **quiet)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--models", type=Path, help="a folder of prepared models; without one by words alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.mkdir()
        if given.models:
            (home / "models").symlink_to(given.models.resolve())
        laid_out(Path(folder, "lon"), given.xquad, given.pairs)
        settings = {**os.environ, "GUIDE_HOME": str(home), "GUIDE_LOG_LEVEL": "error"}
        published = [sys.executable, "-m", "guide", "publish", str(Path(folder, "lon")), "--no-audio"]
        subprocess.run(published, env=settings, check=True, capture_output=True)
        with serving([sys.executable, "-c", SERVER, str(PORT)], PORT, settings):
            asked = questions_of(given.xquad, "vi")
            look_at(dict.fromkeys(question["stop"] for question in asked))
            questions = [question["question"] for question in asked]
            ask(questions[:WARM])
            told = ask(questions[WARM:])
    how = "with the model" if given.models else "by words"
    inside, outside = ([one[side] for one in told] for side in (0, 1))
    tell(f"asking: a whole answer {how}, p50 ms in process", round(statistics.median(inside), 2), IN_PROCESS_MS)
    tell(f"asking: a whole answer {how}, p99 ms through HTTP", round(slow_end(outside), 2), THROUGH_HTTP_MS)


def laid_out(museum: Path, xquad: Path, pairs: Path) -> None:
    museum.mkdir()
    (museum / "museum.yaml").write_text("name: {vi: Lớn}\nlanguages: [vi]\n", "utf-8")
    own = stops_of(xquad, "vi")
    for passage in own:
        stop = museum / "stops" / str(passage.stop)
        stop.mkdir(parents=True)
        shutil.copy(xquad / "museum" / "stops" / str(passage.stop) / "vi.md", stop)
    more = [passage.sentences[0].text for passage in filled(xquad, pairs)]
    for first in range(sum(len(passage.sentences) for passage in own), len(more), A_STOP):
        stop = museum / "stops" / f"them-{first}"
        stop.mkdir()
        (stop / "vi.md").write_text(f"# Thêm {first}\n\n" + "\n\n".join(more[first : first + A_STOP]) + "\n", "utf-8")


def look_at(stops: Iterable[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    for stop in stops:
        connection.request("GET", addresses.stop("lon", stop, "vi"))
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"The page of {stop} answered {answer.status}.")


def ask(questions: Sequence[str]) -> list[tuple[float, float]]:
    """What the server says that each took, and what the visitor waited; every question is another visitor's."""
    connection, times = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60), []
    for number, question in enumerate(questions):
        body = json.dumps({"question": question, "language": "vi"})
        headers = {"content-type": "application/json", "x-forwarded-for": f"10.0.{number // 250}.{number % 250}"}
        began = time.perf_counter()
        connection.request("POST", "/api/v1/museums/lon/questions", body, headers)
        answer = json.loads(connection.getresponse().read())
        times.append((answer["ms"], 1000 * (time.perf_counter() - began)))
    return times


def slow_end(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


if __name__ == "__main__":
    main()
