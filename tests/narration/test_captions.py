"""Captions: every displayed word lights up while it is said, and never before the one in front of it."""

from __future__ import annotations

import pytest

from guide.narration.captions import Cue, Heard, webvtt, word_times
from guide.narration.reading import Reading, Word


def heard(text: str, words: list[tuple[str, str]], events: list[tuple[int, float]]) -> Heard:
    """`words`: as written and as spoken, in order."""
    at, read = 0, []
    for written, spoken in words:
        at = text.index(written, at)
        read.append(Word(at, at + len(written), spoken))
        at += len(written)
    return Heard(Cue(3, 10.0, 14.0), Reading(text, tuple(read)), events)


CASES = {
    "each word by the voice's own event": (
        heard("the old gate", [("the", "the"), ("old", "old"), ("gate", "gate")], [(0, 10.1), (4, 11.0), (8, 12.5)]),
        [("the", 10.0, 11.0), ("old", 11.0, 12.5), ("gate", 12.5, 14.0)],
    ),
    "a word of several spoken words lasts until the next written one": (
        heard(
            "in 1862 it", [("in", "in"), ("1862", "eighteen sixty"), ("it", "it")], [(3, 11.0), (12, 12.0), (18, 13.0)]
        ),
        [("in", 10.0, 11.0), ("1862", 11.0, 13.0), ("it", 13.0, 14.0)],
    ),
    "a word without an event lies between its neighbours": (
        heard("aa bb cc", [("aa", "aa"), ("bb", "bb"), ("cc", "cc")], [(0, 10.0), (6, 13.0)]),
        [("aa", 10.0, 11.5), ("bb", 11.5, 13.0), ("cc", 13.0, 14.0)],
    ),
    "words that another speaks for share its time": (
        heard("on 10/3 (âm lịch)", [("on", "on"), ("10/3", "mùng mười"), ("(âm", ""), ("lịch)", "")], [(3, 12.0)]),
        [("on", 10.0, 12.0), ("10/3", 12.0, 12.667), ("(âm", 12.667, 13.167), ("lịch)", 13.167, 14.0)],
    ),
    "a silent word at the front shares with the first that is said": (
        heard("« oui", [("«", ""), ("oui", "oui")], [(0, 10.5)]),
        [("«", 10.0, 11.0), ("oui", 11.0, 14.0)],
    ),
    "an event inside a word counts for it": (
        heard("so « oui", [("so", "so"), ("«", ""), ("oui", "«oui")], [(4, 12.0)]),
        [("so", 10.0, 11.333), ("«", 11.333, 12.0), ("oui", 12.0, 14.0)],
    ),
    "events out of order are passed over": (
        heard("aa bb cc", [("aa", "aa"), ("bb", "bb"), ("cc", "cc")], [(3, 12.0), (3, 11.0), (6, 11.5), (6, 13.0)]),
        [("aa", 10.0, 12.0), ("bb", 12.0, 13.0), ("cc", 13.0, 14.0)],
    ),
    "no event at all": (heard("aa bb", [("aa", "aa"), ("bb", "bb")], []), [("aa", 10.0, 12.4), ("bb", 12.4, 14.0)]),
    "nothing said": (heard("…", [("…", "")], []), []),
}


@pytest.mark.parametrize("case", CASES)
def test_words_light_up_while_they_are_said(case: str) -> None:
    sentence, expected = CASES[case]

    times = word_times(sentence)

    seen = [(sentence.reading.text[word.first : word.last], word.start, word.end) for word in times]
    assert seen == expected
    assert {word.sentence for word in times} <= {3}


def test_captions_name_the_sentence_and_keep_their_marks_harmless() -> None:
    cues = [Cue(0, 0.0804, 1.5), Cue(2, 3599.9996, 3725.25)]

    text = webvtt(cues, {0: "Cổng <Bắc> & sân", 2: "a --> b"})

    assert text == (
        "WEBVTT\n\n"
        "0\n00:00:00.080 --> 00:00:01.500\nCổng &lt;Bắc&gt; &amp; sân\n\n"
        "2\n01:00:00.000 --> 01:02:05.250\na --&gt; b\n"
    )
