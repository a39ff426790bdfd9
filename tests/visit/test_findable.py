"""Searching without a server finds what the server finds: the judged list, in a real browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guide.tours.finding import Index, Segment
from guide.visit.findable import packed
from guide.visit.search_page import reasons
from tests.assistant.pocket.conftest import Reader, reader
from tests.tours.test_finding import JUDGED, QUERIES, museum

__all__ = ["reader"]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_phone_finds_the_same_stops_in_the_same_order_and_says_why(reader: Reader, language: str) -> None:
    queries = [query for tongue, query, _, _ in QUERIES if tongue == language]
    queries += JUDGED["nothing"].get(language, [])
    index = Index([Segment.build(museum(language), language)], language)

    found = reader.find(packed(museum(language), language), queries)

    server = [index.search(query) for query in queries]
    for query, phone, there in zip(queries, found, server, strict=True):
        assert [hit["key"] for hit in phone] == [hit.key for hit in there], query
        assert [told(hit) for hit in phone] == [[vars(why) for why in reasons(hit.why)] for hit in there], query


def told(hit: dict[str, Any]) -> list[dict[str, str]]:
    return list(hit["why"])


def test_hostile_queries_find_nothing_and_break_nothing(reader: Reader) -> None:
    hostile = [
        "",
        "   ",
        "x" * 2000,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "👩‍👩‍👧‍👦" * 300,
        "1" * 2000,
        "\\u0301\\u0323",
        "เ",
    ]

    found = reader.find(packed(museum("vi"), "vi"), hostile)

    assert len(found) == len(hostile)
    assert not json.dumps(found).count("<script")
