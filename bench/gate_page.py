"""The gate in a browser at CPU ×4: 10,000 signatures, and from a decoded code to the colour, against bare WebCrypto.

`python -m bench gate_page`; `--few` for a tenth of it.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.told import tell
from tests.browser.conftest import BROWSERS, FLAGS
from tests.browser.gates import Gates, open_gates

SLOWER = 4
ROUNDS = 3
OURS = """async ([codes, keys]) => {
  const { read } = await import('/assets/lib/gate/signed-code.js');
  const { checksOf, wayOfVerifying } = await import('/assets/lib/gate/verifying.js');
  const checks = await checksOf(await wayOfVerifying(''), keys);
  const began = performance.now();
  let right = 0;
  for (const code of codes) {
    const { key, signature, said } = read(code);
    right += await checks.get(key)(signature, said);
  }
  return [right, performance.now() - began];
}"""
BARE = """async ([codes, keys]) => {
  const { read } = await import('/assets/lib/gate/signed-code.js');
  const raw = Uint8Array.from(atob(keys[0].public), letter => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  const pairs = codes.map(read).map(({ signature, said }) => [signature, said]);
  const began = performance.now();
  let right = 0;
  for (const [signature, said] of pairs) right += await crypto.subtle.verify('Ed25519', key, signature, said);
  return [right, performance.now() - began];
}"""
ONE = """code => new Promise(done => {
  const gate = document.querySelector('guide-gate');
  const began = performance.now();
  const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  gate.addEventListener('verdict', painted, {once: true});
  gate.scan(code);
})"""
KEYS = """() => new Promise(done => {
  indexedDB.open('gate').onsuccess = ({target}) => {
    const asked = target.result.transaction('kept').objectStore('kept').get('roster');
    asked.onsuccess = () => done(asked.result.told.keys);
  };
})"""


def main() -> None:
    few = 10 if "--few" in sys.argv else 1
    with tempfile.TemporaryDirectory() as folder, open_gates(Path(folder)) as gates, sync_playwright() as playwright:
        browser = next(path for name in BROWSERS if (path := shutil.which(name)))
        context = playwright.chromium.launch_persistent_context(
            str(Path(folder) / "profile"), executable_path=browser, args=FLAGS, viewport={"width": 360, "height": 740}
        )
        page = context.new_page()
        codes = gates.all_signed(gates.tickets(10_000 // few))
        page.goto(f"{gates.site.url}/gate#pair={gates.word()}")
        page.wait_for_selector("guide-gate[state=scanning]")
        page.wait_for_function("() => !document.querySelector('.ready').hidden")
        page.wait_for_timeout(1000)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        ours, bare = signatures(page, codes)
        tell(f"{len(codes)} signatures verified, CPU ×{SLOWER}, s", ours, bare)
        context.set_offline(True)
        waits = verdicts(page, gates, 60 // few)
        each = round(1000 * bare / len(codes), 2)
        tell("offline verdict, code to colour, p95 ms", round(waits[int(len(waits) * 0.95)]), each)
        tell("offline verdict, code to colour, median ms", round(statistics.median(waits)), each)
        context.close()


def signatures(page: Page, codes: list[str]) -> tuple[float, float]:
    """Seconds for all, ours and bare, in turns."""
    asked: list[Any] = [codes, page.evaluate(KEYS)]
    rounds = [[page.evaluate(way, asked) for way in (OURS, BARE)] for _ in range(ROUNDS)]
    for one in rounds:
        for right, _ in one:
            assert right == len(codes), "a signature was not believed"
    ours, bare = (statistics.median(one[side][1] for one in rounds) / 1000 for side in (0, 1))
    return round(ours, 2), round(bare, 2)


def verdicts(page: Page, gates: Gates, many: int) -> list[float]:
    """Milliseconds of each, with nothing but the phone itself."""
    waits = []
    for code in gates.all_signed(gates.tickets(many)):
        waits.append(page.evaluate(ONE, code))
        page.wait_for_timeout(650)
    return sorted(waits)


if __name__ == "__main__":
    main()
