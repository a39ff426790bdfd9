"""What a museum is asked with is made by difference, and is the same as if it were made at once."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guide.assistant import indexing
from guide.assistant.finding.retrieval import Retrieval
from guide.assistant.indexing import BESIDE, derive, opened
from guide.assistant.passages import passages_of
from guide.assistant.quoting import Quotable
from guide.tours.catalogue import Museum, Part, Parts
from guide.tours.content import MuseumSheet, Stop, Text, Withdrawn
from guide.tours.editions import Manifest, document

SHEET = MuseumSheet.model_validate(
    {
        "name": {"vi": "Đảo Xa"},
        "languages": ["vi", "en"],
        "address": {"vi": "1 Đường Biển"},
        "about": {"vi": "Một đảo."},
    }
)
FACT = {"about": {"vi": "Năm xây"}, "values": [{"value": 1884, "text": {"vi": "Xây năm 1884."}}]}
SAID = {
    "den-bien": "Hải đăng cao 16 m. Người gác đèn đầu tiên là ông Lê Văn Son.\n\nĐèn soi xa mười hải lý.",
    "gieng-co": "Giếng sâu mười mét. Giếng được đào năm 1880.",
    "nha-tu": "Nhà tù do Thống đốc Bonard lập năm 1862.",
}


class Read(Parts):
    """Documents that remember which of them were read."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        super().__init__(parts)
        self.asked: list[str] = []

    def __getitem__(self, path: str) -> object:
        self.asked.append(path)
        return super().__getitem__(path)


def stop(slug: str, body: str, number: int, **sheet: Any) -> Stop:
    text = Text(title=f"Trạm {slug}", body=body)
    told = {"number": number, "code": "KKKKKK", "slug": slug, "texts": {"vi": text}, **sheet}
    return Stop.model_validate(told)


def museum(stops: Mapping[str, Stop]) -> Museum:
    parts = {"museum": SHEET, **{f"stops/{slug}": one for slug, one in stops.items()}}
    documents = {path: document(part) for path, part in parts.items()}
    manifest = Manifest("dao-xa", {path: name for path, (name, _) in documents.items()})
    read = Read({path: Part(path, body) for path, (_, body) in documents.items()})
    return Museum(manifest, manifest.hash, read)


def island(**said: str) -> Museum:
    told = {**SAID, **{slug.replace("_", "-"): body for slug, body in said.items()}}
    stops = {slug: stop(slug, body, 101 + n, facts=[FACT]) for n, (slug, body) in enumerate(told.items())}
    return museum(stops)


def read_of(there: Museum) -> list[str]:
    assert isinstance(there.parts, Read)
    return [path for path in there.parts.asked if path.startswith("stops/")]


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def find(there: Museum, folder: Path, question: str) -> str:
    """The sentence that comes first."""
    rows, lexical = opened(there, "vi", folder)
    key, number, _ = Retrieval(rows, lexical, "vi").find(question, "vi").sentences[0]
    passage = Quotable(there, "vi", rows)[rows.places[key]]
    return next(sentence.text for sentence in passage.sentences if sentence.number == number)


def test_only_the_stop_that_changed_is_read_again(tmp_path: Path) -> None:
    derive(island(), "vi", tmp_path)

    changed = island(gieng_co="Giếng vừa được nạo vét.")
    derive(changed, "vi", tmp_path)

    assert read_of(changed) == ["stops/gieng-co"]
    assert find(changed, tmp_path, "Giếng được nạo vét chưa?") == "Giếng vừa được nạo vét."


def test_a_guide_that_cuts_in_another_way_takes_nothing_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derive(island(), "vi", tmp_path)
    older = {path.name.partition(".")[0]: path for path in tmp_path.iterdir()}

    monkeypatch.setattr(indexing, "CUT_BY", (indexing.lexical,))
    changed = island(gieng_co="Giếng vừa được nạo vét.")
    derive(changed, "vi", tmp_path)

    assert sorted(read_of(changed)) == [f"stops/{slug}" for slug in sorted(SAID)]
    assert all(path.exists() for path in older.values()), "a guide that is gone back to finds its own"


def test_of_an_edition_that_is_indexed_nothing_is_read_or_written(tmp_path: Path) -> None:
    opened(island(), "vi", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    again = island()
    opened(again, "vi", tmp_path)

    assert read_of(again) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_only_quoted_stops_are_read_for_an_answer(tmp_path: Path) -> None:
    derive(island(), "vi", tmp_path)

    there = island()
    assert find(there, tmp_path, "Ai gác đèn đầu tiên?") == "Người gác đèn đầu tiên là ông Lê Văn Son."
    assert set(read_of(there)) == {"stops/den-bien"}


def test_after_any_changes_the_index_is_the_one_that_is_made_at_once(tmp_path: Path) -> None:
    chance, stops = random.Random(6), dict[str, Stop]()
    for step, changed in enumerate(_changed(stops, chance)):
        derive(changed, "vi", tmp_path / "by-difference")
        derive(changed, "vi", tmp_path / f"at-once-{step}")

        at_once = kept(tmp_path / f"at-once-{step}")
        assert at_once.items() <= kept(tmp_path / "by-difference").items()


def _changed(stops: dict[str, Stop], chance: random.Random) -> Iterator[Museum]:
    """Stops come, change, move, are taken back and go."""
    words = " ".join(SAID.values()).split()
    for step in range(24):
        slug = f"tram-{chance.randrange(9)}"
        taken_back = Withdrawn(since=date(2026, 11, 24)) if chance.random() < 0.2 else None
        body = " ".join(chance.choices(words, k=chance.randrange(30)))
        stops[slug] = stop(slug, body, chance.randrange(101, 140), withdrawn=taken_back)
        if chance.random() < 0.2:
            stops.pop(chance.choice(sorted(stops)))
        if step % 3 == 0:
            yield museum(stops)


def test_an_answer_is_the_same_as_from_all_passages_looked_at_together(tmp_path: Path) -> None:
    there = island()
    rows, lexical = opened(there, "vi", tmp_path)
    together = Retrieval.build(passages_of(there, "vi"))

    for question in ("Ai gác đèn đầu tiên?", "gieng sau bao nhieu met", "Nhà tù lập năm nào?", "Bảo tàng ở đâu?"):
        found = Retrieval(rows, lexical, "vi").find(question, "vi", here="nha-tu")
        assert found == together.find(question, "vi", here="nha-tu")


def test_passages_are_those_of_the_edition_in_the_order_of_a_visit(tmp_path: Path) -> None:
    there = island()
    rows, _ = opened(there, "vi", tmp_path)

    passages = Quotable(there, "vi", rows)

    assert tuple(passages) == passages_of(there, "vi")
    assert passages[-1] == passages_of(there, "vi")[-1]
    assert [one.key for one in passages] == rows.keys
    with pytest.raises(IndexError):
        passages[len(passages)]


def test_a_stop_without_a_text_in_a_language_is_known_not_to_be_told_in_it(tmp_path: Path) -> None:
    rows, lexical = opened(island(), "en", tmp_path)

    assert rows.count == 0
    assert not any(group.told for group in rows.groups)
    assert Retrieval(rows, lexical, "en").find("Who?", "en").sentences == ()


def test_a_stop_that_was_taken_back_is_not_found(tmp_path: Path) -> None:
    stops = {slug: stop(slug, body, 101 + n) for n, (slug, body) in enumerate(SAID.items())}
    derive(museum(stops), "vi", tmp_path)
    stops["nha-tu"] = stop("nha-tu", SAID["nha-tu"], 103, withdrawn=Withdrawn(since=date(2026, 11, 24)))

    rows, _ = opened(museum(stops), "vi", tmp_path)

    assert "nha-tu" not in rows.by_stop


@pytest.mark.parametrize("left", [b"", b"SenA", bytes(4096), b'SenA\x10\x00\x00\x00{"told":[],"arra'])
def test_what_a_power_failure_left_is_made_anew(tmp_path: Path, left: bytes) -> None:
    opened(island(), "vi", tmp_path)
    whole = kept(tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(left)

    assert find(island(), tmp_path, "Ai gác đèn đầu tiên?") == "Người gác đèn đầu tiên là ông Lê Văn Son."
    assert kept(tmp_path) == whole


def test_many_may_ask_first_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: find(island(), tmp_path, "Ai gác đèn đầu tiên?"), range(24)))

    assert found == {"Người gác đèn đầu tiên là ông Lê Văn Son."}
    assert not list(tmp_path.glob("*.aside"))


def test_only_the_last_few_indexes_stay(tmp_path: Path) -> None:
    for n in range(8):
        opened(island(gieng_co=f"Giếng sâu {n} mét."), "vi", tmp_path)

    segments = [path for path in tmp_path.glob("*.segment") if not path.name.startswith(BESIDE)]
    assert len(segments) == 3
    assert len(list(tmp_path.glob(f"{BESIDE}.*"))) == 1
    assert len(list(tmp_path.glob("*.postings"))) <= 3


@pytest.mark.slow
def test_of_three_thousand_stops_only_the_changed_one_is_read_and_only_its_bucket_written(tmp_path: Path) -> None:
    bodies = list(SAID.values())
    stops = {f"tram-{n}": stop(f"tram-{n}", f"{bodies[n % 3]} Đây là trạm số {n}.", 101 + n) for n in range(3000)}
    derive(museum(stops), "vi", tmp_path)
    before = kept(tmp_path)
    stops["tram-7"] = stop("tram-7", "Trạm bảy vừa viết lại.", 108)
    changed = museum(stops)

    derive(changed, "vi", tmp_path)

    assert read_of(changed) == ["stops/tram-7"]
    assert len(before) == 16 + 1, "buckets, and what is beside the stops"
    assert len(kept(tmp_path).keys() - before.keys()) == 1
