"""Rendering a museum: what is there is reused, what fails is named, and the rest is made."""

from __future__ import annotations

from guide.narration.library import Library
from guide.narration.rendering import render_all
from guide.narration.script import NoVoice

from .stops import script

SCRIPTS = [script("vi"), script("en", "The gate", "Of stone."), script("ja", "門", "石。"), script("vi", "😀", "")]


def test_progress_says_what_was_reused_made_and_left_as_text(library: Library) -> None:
    library.render(SCRIPTS[0])

    told = list(render_all(SCRIPTS, library, workers=2))

    assert [(progress.wanted, progress.reused, progress.made, progress.text_only) for progress in told] == [
        (4, 1, 0, 2),
        (4, 1, 1, 2),
    ]
    assert told[-1].done == 4


def test_a_second_time_everything_is_reused(library: Library) -> None:
    list(render_all(SCRIPTS, library, workers=2))

    assert [progress.reused for progress in render_all(SCRIPTS, library, workers=2)] == [2]


def test_what_fails_is_named_and_the_others_are_made(library: Library) -> None:
    wanted = [script("vi", "Cổng", "Đá."), script("en", "The gate", "Of stone.")]
    recipes = {one: library.recipe(one) for one in wanted}
    library.recipe, speak = recipes.get, library.render  # type: ignore[method-assign]

    def failing(asked):
        if asked is wanted[0]:
            raise NoVoice(language="vi")
        return speak(asked)

    library.render = failing  # type: ignore[method-assign]
    last = list(render_all(wanted, library, workers=1))[-1]

    assert last.made == 1
    assert [(failed is wanted[0], type(problem)) for failed, problem in last.failed] == [(True, NoVoice)]


def test_nothing_to_render_is_nothing_done(library: Library) -> None:
    assert [(progress.wanted, progress.done) for progress in render_all([], library, workers=2)] == [(0, 0)]
