"""A Chromium that is really put away: its page is hidden as behind a locked screen; Playwright's pages never are."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from websocket import WebSocket, create_connection

from tests.browser.conftest import FLAGS, browser_there, free_port


@dataclass
class Tab:
    """One page, driven by the browser's own protocol."""

    line: WebSocket
    target: str = ""
    session: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _heard: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, **told: object) -> Any:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": told}
        self.line.send(json.dumps(message | ({"sessionId": self.session} if self.session else {})))
        while (answer := json.loads(self.line.recv())).get("id") != number:
            self._heard.append(answer)
        assert "error" not in answer, answer
        return answer["result"]

    def go(self, url: str) -> None:
        """Until this very page has loaded: what is asked while it takes the other's place is answered by neither."""
        self.ask("Page.setLifecycleEventsEnabled", enabled=True)
        loaded = {"name": "load", "loaderId": self.ask("Page.navigate", url=url)["loaderId"]}
        while not any(loaded.items() <= event.get("params", {}).items() for event in self._heard):
            self._heard.append(json.loads(self.line.recv()))

    def tell(self, expression: str) -> Any:
        answer = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait(self, expression: str, seconds: float = 60) -> Any:
        until = time.monotonic() + seconds
        while not (found := self.tell(expression)):
            assert time.monotonic() < until, f"{expression}: {self.tell('JSON.stringify(globalThis.seen ?? 0)')}"
            time.sleep(0.05)
        return found

    def tap(self, selector: str) -> None:
        x, y = self.tell(
            f"(() => {{ const part = document.querySelector({selector!r}); part.scrollIntoView({{block: 'center'}});"
            "const {x, y, width, height} = part.getBoundingClientRect(); return [x + width / 2, y + height / 2] })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def put_away(self) -> None:
        """Another tab is in front; the page knows that nobody sees it."""
        Tab(self.line, _numbers=self._numbers).ask("Target.createTarget", url="about:blank")
        self.wait("document.visibilityState === 'hidden'")


@contextmanager
def open_put_away(url: str, folder: Path, before: str) -> Iterator[Tab]:
    """A page in a browser of its own; `before` runs in it before anything of the page does."""
    port = free_port()
    addressed = (f"--remote-debugging-port={port}", "--remote-allow-origins=*", f"--user-data-dir={folder}")
    process = subprocess.Popen([browser_there(), *FLAGS, *addressed, "about:blank"], stderr=subprocess.DEVNULL)
    try:
        line = create_connection(_address(port), timeout=90)
        tab = Tab(line)
        tab.target = tab.ask("Target.createTarget", url="about:blank")["targetId"]
        tab.session = tab.ask("Target.attachToTarget", targetId=tab.target, flatten=True)["sessionId"]
        tab.ask("Page.enable")
        tab.ask("Page.addScriptToEvaluateOnNewDocument", source=before)
        tab.go(url)
        yield tab
        line.close()
    finally:
        process.terminate()
        process.wait(timeout=60)


def _address(port: int) -> str:
    until = time.monotonic() + 90
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/json/version", timeout=2) as answer:
                return str(json.load(answer)["webSocketDebuggerUrl"])
        except OSError:
            assert time.monotonic() < until, "Chromium does not open"
            time.sleep(0.1)
