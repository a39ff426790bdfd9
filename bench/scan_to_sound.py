"""A phone scans a label on bad Wi-Fi, CPU ×4: milliseconds to the first sound, against a bare page that only plays.

A first visit is set beside the bare page on the same wire; a later one, and one without a network, beside the bare page
on a wire as good as none: that is what the browser and the measuring themselves take here.

`python -m bench scan_to_sound --tool scan_to_audio.py`: the measuring tool is given by its path.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

from bench.stop_page import ROOT, serving
from bench.told import tell

STOP = "/con-dao/stops/phu-hai?lang=vi"
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route
page = '''<!doctype html><audio preload=auto src=/x.mp3></audio>
<button id=play onclick="document.querySelector('audio').play()">Play</button>'''
async def home(request): return HTMLResponse(page)
async def sound(request): return FileResponse(sys.argv[1], media_type="audio/mpeg")
app = Starlette(routes=[Route("/x.mp3", sound), Route("/{rest:path}", home)])
uvicorn.run(app, port=int(sys.argv[2]), loop="uvloop", http="httptools", log_level="error", access_log=False)
"""


def main() -> None:
    tool = Path(sys.argv[sys.argv.index("--tool") + 1]).resolve()
    profile = sys.argv[sys.argv.index("--profile") + 1] if "--profile" in sys.argv else "badwifi"
    guide = Path(sys.executable).with_name("guide")
    with tempfile.TemporaryDirectory() as home:
        settings = {**os.environ, "GUIDE_HOME": home, "GUIDE_LOG_LEVEL": "error"}
        subprocess.run([guide, "publish", ROOT / "content" / "con-dao"], env=settings, check=True, capture_output=True)
        with serving([str(guide), "serve", "--host", "127.0.0.1", "--port", "8741"], 8741, settings):
            media = sound_of(f"http://127.0.0.1:8741{STOP}")
            mp3 = str(Path(home) / media.lstrip("/"))
            with serving([sys.executable, "-c", BARE, mp3, "8742"], 8742, dict(os.environ)):
                wired = measured(tool, profile, "http://127.0.0.1:8742/", "")["cold"]
                near = measured(tool, "none", "http://127.0.0.1:8742/", "")["cold"]
                ours = measured(tool, profile, f"http://127.0.0.1:8741{STOP}", media)
    for visit, bare in (("cold", wired), ("warm", near), ("offline", near)):
        if visit in ours:
            tell(f"scan to sound, {profile}, {visit}, ms", ours[visit]["t_audio"], bare["t_audio"])


def sound_of(url: str) -> str:
    with urlopen(url) as answer:
        found = re.search(r'<audio[^>]+src="([^"]+)"', answer.read().decode())
    assert found
    return found[1]


def measured(tool: Path, profile: str, url: str, media: str) -> dict[str, dict[str, float]]:
    command = [sys.executable, str(tool), "--url", url, "--profile", profile, "--runs", "5"]
    told = subprocess.run(
        [*command, *(["--media", media] if media else [])], capture_output=True, text=True, cwd=tool.parent
    )
    result: dict[str, dict[str, float]] = json.loads(told.stdout)["median"]
    return result


if __name__ == "__main__":
    main()
