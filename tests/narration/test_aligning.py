"""A known text is found in what an ear heard: slips, gaps and additions are allowed, and no letter is paired twice."""

from __future__ import annotations

import random
import string
import tracemalloc
from functools import cache
from itertools import groupby, pairwise

import numpy as np
import pytest

from guide.narration import aligning
from guide.narration.aligning import LONGER, MATCH, OPEN, SLIP, pairs, runs
from guide.narration.captions import Cue
from guide.narration.ear import HeardWord
from guide.narration.following import Followed, Told, follow, heard_letters
from guide.narration.reading import read
from guide.narration.timing import timed

RATE = 1_000


def test_no_other_way_of_laying_them_agrees_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also across the rows that are computed again."""
    monkeypatch.setattr(aligning, "FEWEST_ROWS", 3)
    dice = random.Random(20)

    for _ in range(300):
        told, heard = ("".join(dice.choices("abc", k=dice.randint(1, 12))) for _ in range(2))
        assert agreement(told, heard, pairs(told, heard)) == best_agreement(told, heard)


PAIRS = [
    ("thehouse", "welcometothemuseumthehouse", "........", "thehouse"),
    ("abcdefghi", "abcghi", "...def...", "abcghi"),
    ("abcdef", "abcxyzdef", "......", "abcdef"),
    ("nguyen", "nwen", "", ""),
    ("abc", "", "abc", ""),
    ("", "abc", "", ""),
]


@pytest.mark.parametrize(("told", "heard", "unheard", "certain"), PAIRS)
def test_what_was_said_besides_or_left_out_is_one_stretch(told: str, heard: str, unheard: str, certain: str) -> None:
    found = pairs(told, heard)

    if unheard:
        assert "".join(letter if at < 0 else "." for letter, at in zip(told, found, strict=True)) == unheard
    sure = runs(told, heard, found, 3)
    assert "".join(letter for letter, known in zip(told, sure, strict=True) if known) == certain
    places = [at for at in found if at >= 0]
    assert places == sorted(set(places))


HEARD = {
    "numbers": ("en", "Built in 1862.", " built in eighteen sixty two"),
    "the other way round": ("en", "Built in eighteen sixty-two.", " Built in 1862."),
    "a date": ("en", "On 20 October 1945.", " On the 20th of October, 1945."),
    "no tones": ("vi", "Bạn đang đứng trước mộ Võ Thị Sáu.", " ban dang dung truoc mo vo thi sau"),
    "French": ("fr", "Construit en 1862, haut de 3 m.", " Construit en 1862, haut de 3 mètres."),
    "Chinese": ("zh", "建于1862年。", "建於一八六二年"),
    "Japanese": ("ja", "1862年に建てられたカフェ。", "千八百六十二年に建てられたかふぇ"),
    "German": ("de", "Die Mühle steht seit 1862.", " Die Mühle steht seit 1862."),
}


@pytest.mark.parametrize("case", HEARD)
def test_two_ways_of_writing_the_same_words_agree(case: str) -> None:
    language, text, heard = HEARD[case]

    (line,) = follow([told(1, text, language)], heard_letters(words(heard), language))

    assert line.share >= 0.85


TEXT = ("Three halls, one character.", "Step back a little and look up.", "The whole compound faces south.")


def test_a_sentence_that_is_left_out_is_missed_alone() -> None:
    lines = followed(TEXT, " Three halls one character the whole compound faces south")

    assert [line.share >= 0.5 for line in lines] == [True, False, True]
    assert lines[1].room < 0.2


def test_a_greeting_before_and_after_disturbs_nothing() -> None:
    lines = followed(TEXT, f" Good morning and welcome to the three halls {' '.join(TEXT)} Thank you for listening")

    assert [line.share for line in lines] == [1, 1, 1]
    cues, _ = timed(lines, np.full(60 * RATE, 9_000, np.int16), RATE)
    assert cues[0].start == pytest.approx(4.0, abs=0.2)


def test_names_that_no_ear_knows_leave_room_where_they_were_said() -> None:
    lines = followed(("Look at the gate.", "Y Thu Knul.", "He tamed the white elephant."),
                     " Look at the gate he too canoe he tamed the white elephant")  # fmt: skip

    assert lines[1].room >= 0.5


def test_every_displayed_word_has_a_time_and_none_goes_back() -> None:
    lines = followed((*TEXT, "Decision 02/1999/QĐ-BVHTT named it."), f" {TEXT[0]} mumble mumble {TEXT[2]} named it")
    cues, times = timed(lines, np.full(40 * RATE, 9_000, np.int16), RATE)

    assert [cue.sentence for cue in cues] == [0, 1, 2, 3]
    assert len(times) == sum(len(line.told.reading.words) for line in lines)
    assert all(before.start <= after.start for before, after in pairwise(times))
    assert all(before.end <= after.start for before, after in pairwise(cues))


def test_sentences_end_and_begin_at_the_pause_between_them() -> None:
    """The ear hears a word begin in the pause before it; the pause itself is in the sound."""
    loud, silence = np.full(round(1.9 * RATE), 9_000, np.int16), np.zeros(round(0.6 * RATE), np.int16)
    lines = followed(("One two three four.", "Five six seven eight."), " one two three four five six seven eight")

    cues, _ = timed(lines, np.concatenate([loud, silence, loud]), RATE)

    assert cues == [
        Cue(0, 0, pytest.approx(1.95, abs=0.02)),
        Cue(1, pytest.approx(2.45, abs=0.02), pytest.approx(4.4, 0.1)),
    ]


@pytest.mark.slow
def test_a_long_text_is_laid_against_what_was_heard_in_little_memory() -> None:
    """The whole table would take 36 MB for these, and 5 GB for an hour."""
    text = "".join(random.Random(3).choices(string.ascii_lowercase, k=6_000))
    tracemalloc.start()

    found = pairs(text, text[:1_500] + text[3_000:])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found[:1_490] + found[3_010:] == [*range(1_490), *range(1_510, 4_500)]
    assert most < 9_000_000


def told(number: int, text: str, language: str = "en") -> Told:
    return Told(number, read(text, language), language)


def words(heard: str) -> list[HeardWord]:
    """Half a second each."""
    said = [f" {word}" for word in heard.split()] if heard[0] == " " else [heard]
    return [HeardWord(word, n / 2, (n + 1) / 2, 0.9) for n, word in enumerate(said)]


def followed(text: tuple[str, ...], heard: str) -> list[Followed]:
    return follow([told(n, sentence) for n, sentence in enumerate(text)], heard_letters(words(heard), "en"))


def agreement(told: str, heard: str, found: list[int]) -> int:
    steps, after = "", 0
    for place, at in enumerate(found):
        if at >= 0:
            steps += "+" * (at - after) + ("=" if told[place] == heard[at] else "~")
            after = at + 1
        else:
            steps += "-"
    steps += "+" * (len(heard) - after)
    gaps = [len(list(stretch)) for step, stretch in groupby(steps) if step in "+-"]
    return steps.count("=") * MATCH + steps.count("~") * SLIP - sum(OPEN + LONGER * length for length in gaps)


def best_agreement(told: str, heard: str) -> int:
    @cache
    def best(place: int, at: int, gap: str) -> int:
        if place == len(told) and at == len(heard):
            return 0
        ways = []
        if place < len(told) and at < len(heard):
            ways.append((MATCH if told[place] == heard[at] else SLIP) + best(place + 1, at + 1, ""))
        if place < len(told):
            ways.append(best(place + 1, at, "-") - LONGER - OPEN * (gap != "-"))
        if at < len(heard):
            ways.append(best(place, at + 1, "+") - LONGER - OPEN * (gap != "+"))
        return max(ways)

    return best(0, 0, "")
