"""`python -m bench` lists the benches, `python -m bench NAME` runs one."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def benches() -> dict[str, str]:
    """Each module here that has a `main`, and the first line of what it says about itself."""
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in sorted(HERE.glob("*.py")) if path.stem[0] != "_"}
    runnable = {name: tree for name, tree in trees.items() if any(is_main(node) for node in tree.body)}
    return {name: (ast.get_docstring(tree) or "").partition("\n")[0] for name, tree in runnable.items()}


def is_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "main"


def main(arguments: list[str]) -> int:
    known = benches()
    if not arguments:
        for name, told in known.items():
            print(f"{name:<16}{told}")
        return 0
    if arguments[0] not in known:
        print(f"There is no bench {arguments[0]!r}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    importlib.import_module(f"bench.{arguments[0]}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
