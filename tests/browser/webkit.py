"""WebKitGTK, the nearest to a Safari that can be had on Linux: its window, and why it cannot be opened here."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

WINDOWS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
PROMISED = "const told = arguments[arguments.length - 1]; ({})().then(told, problem => told(`failed: ${{problem}}`))"


def missing() -> str:
    """What a machine without it lacks; nothing where all is there."""
    lacking = [name for name in ("WebKitWebDriver", "Xvfb") if shutil.which(name) is None]
    return ", ".join([*lacking, *([] if WINDOWS else ["webkit2gtk's MiniBrowser"])])


@dataclass
class Safari:
    driver: Any

    def open(self, url: str) -> None:
        self.driver.get(url)

    def tap(self, selector: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def tell(self, expression: str) -> Any:
        return self.driver.execute_script(f"return {expression}")

    def promised(self, function: str) -> Any:
        """What an asynchronous function of the page comes to."""
        return self.driver.execute_async_script(PROMISED.format(function))

    def wait(self, expression: str, seconds: float = 60) -> Any:
        until = time.monotonic() + seconds
        while not (found := self.tell(expression)):
            assert time.monotonic() < until, f"{expression}: {self.driver.current_url}"
            time.sleep(0.1)
        return found


@contextmanager
def open_safari() -> Iterator[Safari]:
    """In a screen that nobody sees."""
    with _screen() as display:
        options = Options()
        options.binary_location = str(WINDOWS[-1])
        options.add_argument("--automation")
        service = Service(str(shutil.which("WebKitWebDriver")), env={**os.environ, "DISPLAY": display})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # selenium's own way to its driver
            driver = webdriver.WebKitGTK(options=options, service=service)
        try:
            driver.set_script_timeout(90)
            yield Safari(driver)
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """Xvfb picks a free number, and writes it where we read."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1024x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            yield f":{process.stdout.readline().strip()}"
        finally:
            process.terminate()
