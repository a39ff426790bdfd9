"""Which language a reader gets, from what they and the museum say; and the product's own words in it."""

from __future__ import annotations

import pytest

from guide.language import Messages, accepted, choose, match

MATCHES = [
    ("vi", ["vi", "en"], "vi"),
    ("VI", ["vi"], "vi"),
    ("vi-VN", ["vi", "en"], "vi"),
    ("zh-CN", ["zh"], "zh"),
    ("zh", ["zh-Hant", "zh-Hans"], "zh-Hant"),
    ("zh-Hant-TW", ["zh", "zh-Hant"], "zh-Hant"),
    ("zh-TW", ["zh-CN", "zh"], "zh"),
    ("zh-hans-cn", ["zh-Hant", "zh-Hans"], "zh-Hans"),
    ("rad", ["ra", "rad"], "rad"),
    ("ra", ["rad"], None),
    ("fr", ["vi", "en"], None),
    ("", ["vi"], None),
    ("-", ["vi"], None),
    ("vi", [], None),
]


@pytest.mark.parametrize(("asked", "offered", "found"), MATCHES)
def test_a_language_finds_the_nearest_that_is_offered(asked: str, offered: list[str], found: str | None) -> None:
    assert match(asked, offered) == found


HEADERS = [
    ("vi", ["vi"]),
    ("vi-VN,vi;q=0.9,en;q=0.8", ["vi-VN", "vi", "en"]),
    ("en;q=0.5, vi", ["vi", "en"]),
    ("en ; q=0.5 ,\tvi ; q=0.7", ["vi", "en"]),
    ("fr;q=0.8,de;q=0.8,en;q=0.9", ["en", "fr", "de"]),
    ("en;q=0", []),
    ("en;q=0.000, vi;q=0.001", ["vi"]),
    ("*", []),
    ("*;q=0.1, vi", ["vi"]),
    ("", []),
    (",,;,;q=1", []),
    ("vi;q=", []),
    ("vi;q=many, en", ["en"]),
    ("vi;q=nan, en;q=inf", []),
    ("vi;q=-1", []),
    ("<script>, ../../etc, en", ["en"]),
    ("tiếng-việt, en", ["en"]),
    ("vi_VN", []),
    ("a" * 100_000, []),
    (",".join(["en"] * 10_000), ["en"] * 20),
]


@pytest.mark.parametrize(("header", "languages"), HEADERS, ids=lambda value: str(value)[:30])
def test_a_header_gives_the_languages_that_it_accepts_best_first(header: str, languages: list[str]) -> None:
    assert accepted(header) == languages


CHOICES = [
    (["fr", "zh-CN"], ["vi", "zh"], "zh"),
    (["en", "vi"], ["vi", "en"], "en"),
    (["fr"], ["vi", "en"], "otherwise"),
    ([], ["vi"], "otherwise"),
]


@pytest.mark.parametrize(("wishes", "offered", "chosen"), CHOICES)
def test_the_first_wish_that_can_be_met_is_met(wishes: list[str], offered: list[str], chosen: str) -> None:
    assert choose(wishes, offered, "otherwise") == chosen


WORDS = Messages({"en": {"hello": "Hello {name}", "bye": "Bye"}, "vi": {"hello": "Chào {name}"}})


def test_the_products_words_fall_back_to_english_and_then_to_their_key() -> None:
    assert WORDS.say("vi-VN", "hello", name="Lan") == "Chào Lan"
    assert WORDS.say("vi", "bye") == "Bye"
    assert WORDS.say("rad", "hello", name="Lan") == "Hello Lan"
    assert WORDS.say("vi", "nothing.here") == "nothing.here"


def test_a_reader_of_a_language_without_an_interface_gets_the_museums_fallback() -> None:
    assert WORDS.spoken_in("rad", ["vi", "en"]) == "vi"
    assert WORDS.spoken_in("rad") == "en"


def test_what_fills_a_sentence_is_never_read_as_a_pattern() -> None:
    assert WORDS.say("en", "hello", name="{name.__class__}") == "Hello {name.__class__}"
