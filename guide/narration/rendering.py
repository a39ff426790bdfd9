"""Rendering many: what is missing of a museum's recordings is made, a few at a time, and progress is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

from guide.errors import GuideError
from guide.narration.library import Library
from guide.narration.script import Script
from guide.narration.tables import Recording


@dataclass(frozen=True)
class Progress:
    wanted: int
    reused: int = 0
    made: int = 0
    text_only: int = 0
    failed: tuple[tuple[Script, GuideError], ...] = ()

    @property
    def done(self) -> int:
        return self.reused + self.made + self.text_only + len(self.failed)


def render_all(scripts: Sequence[Script], library: Library, workers: int) -> Iterator[Progress]:
    """First what is there already, then each as it is made. Stopped halfway, what is made stays made."""
    recipes = {script: library.recipe(script) for script in scripts}
    kept = library.find_many(recipe for recipe in recipes.values() if recipe)
    missing = [script for script, recipe in recipes.items() if recipe and recipe not in kept]
    text_only = sum(recipe is None for recipe in recipes.values())
    progress = Progress(len(recipes), reused=len(recipes) - len(missing) - text_only, text_only=text_only)
    yield progress
    yield from _made(progress, missing, library, workers)


def _made(progress: Progress, missing: Sequence[Script], library: Library, workers: int) -> Iterator[Progress]:
    with ThreadPoolExecutor(workers, thread_name_prefix="narration") as pool:
        begun = {pool.submit(library.render, script): script for script in missing}
        try:
            for future in as_completed(begun):
                progress = _after(progress, begun.pop(future), future)
                yield progress
        finally:
            pool.shutdown(cancel_futures=True)


def _after(progress: Progress, script: Script, future: Future[Recording]) -> Progress:
    failure = future.exception()
    if failure is None:
        return replace(progress, made=progress.made + 1)
    if isinstance(failure, GuideError):
        return replace(progress, failed=(*progress.failed, (script, failure)))
    raise failure
