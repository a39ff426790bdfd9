"""What Lighthouse makes of home, museum, stop and ticket pages on a mobile phone, against what is promised.

Medians of three runs each. What falls short is named below its score. Lighthouse comes by npm into `.venv/lighthouse`;
it throttles by calculation, so a busy machine lowers only the performance it reports.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.stop_page import serving
from bench.told import tell

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / ".venv" / "lighthouse"
LIGHTHOUSE = TOOLS / "node_modules" / ".bin" / "lighthouse"
PORT = 8719
RUNS = int(os.environ.get("LIGHTHOUSE_RUNS", "3"))
TRIES = 4
PROMISED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = {
    "home": "/?lang=vi",
    "museum": "/con-dao?lang=vi",
    "stop": "/con-dao/stops/phu-hai?lang=vi",
    "tickets": "/con-dao/tickets?lang=vi",
}
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def main() -> None:
    install()
    with tempfile.TemporaryDirectory() as folder:
        guide = Path(sys.executable).with_name("guide")
        settings = {**os.environ, "GUIDE_HOME": f"{folder}/home", "GUIDE_LOG_LEVEL": "error", "GUIDE_TRIAL": "true"}
        for museum in ("con-dao", "pho-hien"):
            publish = [guide, "publish", ROOT / "content" / museum, "--no-audio"]
            subprocess.run(publish, env=settings, check=True, capture_output=True)
        with serving([str(guide), "serve", "--port", str(PORT), "--host", "127.0.0.1"], PORT, settings):
            for name, path in PAGES.items():
                judge(name, path, Path(folder))


def install() -> None:
    if not LIGHTHOUSE.exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-fund", "--no-audit", "--silent", "--prefix", TOOLS, "lighthouse@12"]
        subprocess.run(command, cwd=TOOLS, check=True)


def judge(name: str, path: str, folder: Path) -> None:
    warm_up = report(path, folder)
    reports = [report(path, folder) for _ in range(RUNS)] or [warm_up]
    for category, promised in PROMISED.items():
        scores = [round(100 * (one["categories"][category]["score"] or 0)) for one in reports]
        tell(f"lighthouse {name}, {category}", statistics.median(scores), promised)
        if statistics.median(scores) < promised:
            print(f"  {', '.join(short(reports[-1], category))}")


def report(path: str, folder: Path) -> dict[str, Any]:
    """Now and then Lighthouse misses the beginning of a page and asks to be run again."""
    for _ in range(TRIES - 1):
        with suppress(subprocess.CalledProcessError):
            return looked_at(path, folder)
    return looked_at(path, folder)


def looked_at(path: str, folder: Path) -> dict[str, Any]:
    out = folder / "report.json"
    with tempfile.TemporaryDirectory() as profile:
        flags = f"--chrome-flags={CHROMIUM} --user-data-dir={profile}"
        command = [LIGHTHOUSE, f"http://127.0.0.1:{PORT}{path}", "--quiet", "--output=json", f"--output-path={out}"]
        mobile = ["--form-factor=mobile", "--throttling-method=simulate", flags]
        subprocess.run([*command, *mobile], env=browser(), check=True, capture_output=True)
    told: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return told


def browser() -> dict[str, str]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    return {**os.environ, "CHROME_PATH": found}


def short(report: dict[str, Any], category: str) -> list[str]:
    """The audits that cost the score, worst first."""
    parts = [part for part in report["categories"][category]["auditRefs"] if part["weight"]]
    scored = [(report["audits"][part["id"]]["score"], part["id"]) for part in parts]
    return [f"{name} {score}" for score, name in sorted(scored, key=str) if score is not None and score < 1]


if __name__ == "__main__":
    main()
