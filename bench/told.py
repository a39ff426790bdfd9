"""How a bench tells what it saw: a line to read, and a line of JSON for whoever keeps them."""

from __future__ import annotations

import json
import os
from pathlib import Path


def tell(name: str, value: float, baseline: float) -> None:
    ratio = round(value / baseline, 3) if baseline else 0.0
    print(f"{name}: {value} (baseline {baseline}, ratio {ratio})", flush=True)
    if kept := os.environ.get("BENCH_JSON"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, "value": value, "baseline": baseline, "ratio": ratio}) + "\n")
