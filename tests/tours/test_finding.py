"""What visitors type, and what they find: the judged list in judged_search.yaml, and the promises of the index."""

import json
import mmap
import random
import struct
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide.tours.finding import Document, Field, Hit, Index, Segment, address, bucket_of, buckets
from guide.tours.postings import UnfitDocuments
from guide.tours.segments import NotASegment

JUDGED: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("judged_search.yaml").read_text(encoding="utf-8"))
LANGUAGES = ("vi", "en")


def document(key: str, language: str) -> Document:
    written = JUDGED["documents"][key]
    fields = {**written[language], "number": written["number"]}
    return Document(
        key,
        tuple(
            Field(name, text, weight)
            for name, weight in JUDGED["weights"].items()
            for text in ([fields[name]] if isinstance(fields.get(name), str) else fields.get(name, []))
        ),
    )


def museum(language: str) -> list[Document]:
    return [document(key, language) for key in JUDGED["documents"]]


@pytest.fixture(scope="module")
def indexes() -> dict[str, Index]:
    return {language: Index([Segment.build(museum(language), language)], language) for language in LANGUAGES}


QUERIES = [
    (language, query, stop, [reasons] if isinstance(reasons, str) else reasons)
    for language, queries in JUDGED["queries"].items()
    for query, (stop, reasons) in queries.items()
]


@pytest.mark.parametrize(("language", "query", "stop", "reasons"), QUERIES)
def test_the_stop_that_was_meant_comes_first_and_says_why(
    indexes: dict[str, Index], language: str, query: str, stop: str, reasons: list[str]
) -> None:
    hits = indexes[language].search(query)

    assert hits[0].key == stop
    for reason in reasons:
        assert tells(hits[0], reason), f"{reason} not in {hits[0].why}"


def tells(hit: Hit, reason: str) -> bool:
    place, words, how = (part.strip() for part in reason.split("|"))
    field, _, text = (part.strip() for part in place.partition("="))
    return any(
        (why.field, why.how) == (field, how) and set(words.split()) <= set(why.words) and text in ("", why.text)
        for why in hit.why
    )


def test_the_judged_list_is_long_enough_to_mean_something() -> None:
    assert len(QUERIES) >= 60
    assert len(JUDGED["documents"]) == 12


@pytest.mark.parametrize(
    ("language", "query"), [(language, query) for language, queries in JUDGED["nothing"].items() for query in queries]
)
def test_what_the_museum_does_not_have_is_not_found(indexes: dict[str, Index], language: str, query: str) -> None:
    assert indexes[language].search(query) == []


LONG = "nhà tù Côn Đảo " * 200


@pytest.mark.parametrize(
    "query",
    [
        LONG,
        "x" * 2000,
        "监狱 prison тюрьма เรือนจำ nhà tù",
        "เ",
        "\ud800\udfff broken",
        "\u0301\u0323",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "a\0b\nc",
        "👩‍👩‍👧‍👦" * 300,
        "1" * 2000,
    ],
)
def test_any_query_is_answered_calmly(indexes: dict[str, Index], query: str) -> None:
    for hit in indexes["vi"].search(query):
        assert 0 < hit.share <= 1


def test_a_long_query_still_finds_what_it_begins_with(indexes: dict[str, Index]) -> None:
    assert indexes["vi"].search(LONG)[0].key == "nha-tu-con-dao"


def test_no_more_than_the_limit_is_told_best_first(indexes: dict[str, Index]) -> None:
    hits = indexes["vi"].search("trại giam nhà tù", limit=2, at_least=0.0)

    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_each_language_without_spaces_is_found_by_its_pieces() -> None:
    texts = {
        "zh": ("关押犯人的监狱建于1862年。", "参观监狱", "监狱"),
        "ja": ("この刑務所は島にあります。", "刑務所はどこ", "刑務所は"),
        "ko": ("섬에 있는 감옥입니다.", "감옥", "감옥"),
        "th": ("เรือนจำแห่งนี้สร้างขึ้นบนเกาะ", "เรือนจำ", "เรือนจำ"),
    }
    for language, (text, query, shown) in texts.items():
        index = Index([Segment.build([Document("prison", (Field("text", text),))], language)], language)

        (hit,) = index.search(query)

        assert (hit.why[0].field, hit.why[0].how) == ("text", "exact")
        assert shown in hit.why[0].words


def test_the_title_counts_more_than_the_text() -> None:
    told = Document("told", (Field("title", "A lamp", 4), Field("text", "It lit the bell tower.")))
    named = Document("named", (Field("title", "The bell", 4), Field("text", "It hung beside the lamp.")))
    index = Index([Segment.build([told, named], "en")], "en")

    assert [hit.key for hit in index.search("bell")] == ["named", "told"]


def test_the_right_diacritics_come_first() -> None:
    words = ["ma", "má", "mà", "mả", "mã", "mạ"]
    index = Index([Segment.build([Document(word, (Field("text", word),)) for word in words], "vi")], "vi")

    for word in words[1:]:
        assert index.search(word)[0].key == word
    assert {hit.key for hit in index.search("ma")} == set(words)


def test_an_empty_index_finds_nothing() -> None:
    assert Index([], "vi").search("nhà tù") == []
    assert Index([Segment.build([], "vi")], "vi").search("nhà tù") == []
    assert Index([Segment.build([Document("blank", (Field("text", "… —"),))], "vi")], "vi").search("nhà tù") == []


def test_the_same_documents_give_the_same_bytes_in_any_order() -> None:
    documents = museum("vi")
    shuffled = random.Random(7).sample(documents, len(documents))

    assert Segment.build(shuffled, "vi").to_bytes() == Segment.build(documents, "vi").to_bytes()
    assert address(shuffled, "vi") == address(documents, "vi")


def test_the_address_changes_with_the_text_the_weight_and_the_language() -> None:
    plain = Document("a", (Field("text", "lamp"),))
    changed = [
        ([Document("a", (Field("text", "lamps"),))], "en"),
        ([Document("a", (Field("text", "lamp", 2),))], "en"),
        ([Document("b", (Field("text", "lamp"),))], "en"),
        ([plain], "vi"),
    ]

    assert address([plain], "en") not in {address(documents, language) for documents, language in changed}


def test_many_segments_search_as_one() -> None:
    documents = museum("vi")
    whole = Index([Segment.build(documents, "vi")], "vi")
    split = Index([Segment.build(documents[start::5], "vi") for start in range(5)], "vi")

    for query in ("nha tu con dao", "bcah dinh", "voi tây nguyên"):
        found = {hit.key: (round(hit.score, 9), round(hit.share, 9), hit.why) for hit in split.search(query)}
        assert found == {hit.key: (round(hit.score, 9), round(hit.share, 9), hit.why) for hit in whole.search(query)}


def test_joined_segments_are_as_if_built_at_once() -> None:
    documents = museum("vi")
    pieces = [Segment.build(documents[start::5], "vi") for start in range(5)]

    assert Segment.joined(pieces).to_bytes() == Segment.build(documents, "vi").to_bytes()


def test_a_changed_document_rebuilds_its_bucket_alone() -> None:
    keys = [f"stop-{number}" for number in range(2000)]
    count = buckets(len(keys))
    sizes = [sum(bucket_of(key, count) == place for key in keys) for place in range(count)]

    assert count == 8
    assert min(sizes) > 200
    assert bucket_of("stop-1", 8) == bucket_of("stop-1", 64) % 8


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, 1), (1, 1), (256, 1), (257, 2), (512, 2), (513, 4), (1024, 4), (1025, 8), (10_000, 64), (20_000, 128)],
)
def test_buckets_hold_256_documents_on_average_and_double(count: int, expected: int) -> None:
    assert buckets(count) == expected


def test_a_stored_segment_is_read_in_place(tmp_path: Path) -> None:
    path = tmp_path / "segment"
    path.write_bytes(Segment.build(museum("vi"), "vi").to_bytes())

    with path.open("rb") as file:
        segment = Segment.from_bytes(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    index = Index([segment], "vi")

    assert not segment.terms.flags.owndata
    assert index.search("chuong cop")[0].key == "chuong-cop-phap"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda good: b"", "too few"),
        (lambda good: b"JPEG" + good[4:], "another kind"),
        (lambda good: good[:4] + b"\x63" + good[5:], "another kind or version"),
        (lambda good: good[:-4], "bytes instead of"),
    ],
)
def test_spoilt_bytes_are_refused(spoil: Callable[[bytes], bytes], why: str) -> None:
    good = Segment.build(museum("en"), "en").to_bytes()

    with pytest.raises(NotASegment, match=why):
        Segment.from_bytes(spoil(good))


def test_two_documents_with_one_key_are_refused() -> None:
    twice = [Document("a", (Field("text", "lamp"),)), Document("a", (Field("text", "bell"),))]

    with pytest.raises(UnfitDocuments, match="'a'"):
        Segment.build(twice, "en")


def test_a_reader_that_knows_only_the_layout_finds_the_same_documents() -> None:
    documents = museum("vi")
    reader = PlainReader(Segment.build(documents, "vi").to_bytes())

    assert reader.keys_with("chuong") == {"chua-chuong", "chuong-cop-phap"}
    assert reader.keys_with("khoai") == {"den-da-hoa"}
    assert reader.keys_with("pizza") == set()


class PlainReader:
    """The layout of segments.py and the terms of terms.py, with nothing but integers: what a browser would do."""

    def __init__(self, data: bytes) -> None:
        _, _, self.width, *sizes = struct.unpack_from("<4sHH8I", data)
        starts = [40]
        for size in sizes:
            starts.append(starts[-1] + (size + 3) // 4 * 4)
        parts = [data[start : start + size] for start, size in zip(starts, sizes, strict=False)]
        self.keys = [key for key, _ in json.loads(parts[0])["documents"]]
        self.terms = struct.unpack(f"<{len(parts[3]) // 4}I", parts[3])
        self.offsets = struct.unpack(f"<{len(parts[4]) // 4}I", parts[4])
        self.documents = parts[6]

    def keys_with(self, folded_word: str) -> set[str]:
        place = bisect_left(self.terms, self.term(folded_word))
        if place == len(self.terms) or self.terms[place] != self.term(folded_word):
            return set()
        begin, end = self.offsets[place] * self.width, self.offsets[place + 1] * self.width
        numbers = range(begin, end, self.width)
        return {self.keys[int.from_bytes(self.documents[at : at + self.width], "little")] for at in numbers}

    def term(self, folded_word: str) -> int:
        mixed = 0
        for letter in folded_word:
            mixed = (mixed * 0x9E3779B1 + ord(letter)) & 0xFFFFFFFF
        mixed ^= 0x5BD1E995
        mixed = (mixed ^ mixed >> 16) * 0x85EBCA6B & 0xFFFFFFFF
        mixed = (mixed ^ mixed >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
        return (mixed ^ mixed >> 16) & 0x7FFFFFFF
