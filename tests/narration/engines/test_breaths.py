"""A long sentence is handed over in parts: at its clauses, none too long, none a lone word, and no word lost."""

from __future__ import annotations

import pytest

from guide.narration.engines.breaths import breaths, unabbreviated


def parts(text: str, **limits: int) -> list[str]:
    starts = breaths(text, **limits)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("", 3, [""]),
        ("  ", 3, ["  "]),
        ("one two three", 3, ["one two three"]),
        ("one two three four", 3, ["one two ", "three four"]),
        ("one, two three four", 3, ["one, ", "two three four"]),
        ("one two three, four five", 3, ["one two three, ", "four five"]),
        ("a, b, c, d, e, f", 3, ["a, b, c, ", "d, e, f"]),
        ("the work of Dr. Lee began then", 4, ["the work of Dr. ", "Lee began then"]),
        (
            "It ended. The sea was calm there",
            4,
            ["It ended. ", "The sea was ", "calm there"],
        ),
    ],
)
def test_it_is_cut_near_the_middle_at_a_clause_where_there_is_one(text: str, words: int, expected: list[str]) -> None:
    assert parts(text, most_words=words) == expected


@pytest.mark.parametrize(
    "text", ["stone " * 800, "stone, " * 800, "x" * 5_000, f"{'y' * 400} b c " * 20, "đá\n\tđá " * 100]
)
def test_no_part_is_longer_than_a_voice_can_say_at_once_and_nothing_is_lost(text: str) -> None:
    cut = parts(text)

    assert "".join(cut) == text
    assert all(len(part.split()) <= 25 and len(part.strip()) <= 300 for part in cut)


def test_the_first_part_of_a_long_sentence_is_about_half_of_it() -> None:
    assert len(parts("stone " * 45)[0].split()) == 23


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dr. Lee and J. Smith", "Dr  Lee and J  Smith"),
        ("ông TS. Nam, TP. Huế.", "ông TS  Nam, TP  Huế."),
        ("Ở đó. Rồi đi.", "Ở đó. Rồi đi."),
        ("He left. So did she. St.", "He left. So did she. St."),
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(text: str, said: str) -> None:
    assert unabbreviated(text) == said
