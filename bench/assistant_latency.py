"""Asking: how quickly, beside llama-index's and haystack's BM25 retrievers over the same passages.

`python -m bench.assistant_latency XQUAD PAIRS --peers PYTHON [--models FOLDER]`: the sentences of XQUAD in Vietnamese,
filled up with those of PAIRS; PYTHON is an interpreter that has haystack-ai and llama-index-retrievers-bm25.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, permutations
from pathlib import Path

from bench.assistant_xquad import embedder_of, questions_of, stops_of
from bench.told import tell
from bench.training.pairs import texts
from guide.assistant.finding.meaning import meaning_of
from guide.assistant.finding.retrieval import Retrieval, rows_of
from guide.assistant.indexing import derive, opened
from guide.assistant.passages import Passage
from guide.tours.catalogue import Museum, Part, Parts
from guide.tours.content import MuseumSheet, Stop
from guide.tours.editions import Manifest, document
from guide.tours.sentences import Sentence
from guide.tours.shapes import Content

OURS = "ours"
MOST = 14_500
ASKED = 120
PEER = """
import json, sys, time
name, passages = sys.argv[1], json.load(open(sys.argv[2]))
started = time.perf_counter()
if name == "llama-index":
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever
    index = BM25Retriever.from_defaults(nodes=[TextNode(text=text) for text in passages], similarity_top_k=10)
    ask = index.retrieve
else:
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    store = InMemoryDocumentStore()
    store.write_documents([Document(content=text) for text in passages])
    index = InMemoryBM25Retriever(store, top_k=10)
    ask = lambda question: index.run(query=question)
print(json.dumps({"built": time.perf_counter() - started}), flush=True)
for line in sys.stdin:
    question, started = json.loads(line), time.perf_counter()
    ask(question)
    print(json.dumps(time.perf_counter() - started), flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--peers", default=sys.executable, help="an interpreter that has both peers")
    parser.add_argument("--models", type=Path, help="a folder of prepared models")
    given = parser.parse_args()
    passages = filled(given.xquad, given.pairs)
    asked = [question["question"] for question in questions_of(given.xquad, "vi")[:ASKED]]
    started = time.perf_counter()
    ours = Retrieval.build(passages)
    built = time.perf_counter() - started
    tell_times(passages, asked, ours, built, given.peers)
    tell("assistant: memory without a model, MB", round(_memory()), 400)
    tell_change(passages)
    if given.models:
        tell_with_model(passages, asked, given.models)


def filled(xquad: Path, pairs: Path) -> list[Passage]:
    said = [sentence.text for passage in stops_of(xquad, "vi") for sentence in passage.sentences]
    known = set(said)
    for _, text in texts(pairs, "vi"):
        if len(said) == MOST:
            break
        if 40 < len(text) < 300 and text not in known:
            known.add(text)
            said.append(text)
    return [
        Passage(f"stops/s{n:05}/1", "stop", f"s{n:05}", "vi", "", (Sentence(1, text, 1),), "")
        for n, text in enumerate(said)
    ]


def tell_times(passages: list[Passage], asked: list[str], ours: Retrieval, built: float, python: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "passages.json")
        listed.write_text(json.dumps([passage.sentences[0].text for passage in passages]), "utf-8")
        peers = {name: Peer(python, name, listed) for name in ("llama-index", "haystack")}
        beside = {name: peer.ask for name, peer in peers.items()}
        found = by_turns({OURS: lambda one: _timed(lambda: ours.read(one, "vi")), **beside}, asked)
        weighed = by_turns({OURS: lambda one: _timed(lambda: ours.weigh(ours.read(one, "vi"), None)), **beside}, asked)
        whole = by_turns({OURS: lambda one: _timed(lambda: ours.find(one, "vi")), **beside}, asked)
        steps = {"passages by words": found, "by their best sentence too": weighed, "sentences and sureness too": whole}
        for name, times in steps.items():
            middle = {one: round(1000 * statistics.median(seconds), 2) for one, seconds in times.items()}
            tell(f"assistant: {name}, p50 ms, beside llama-index", middle[OURS], middle["llama-index"])
        rate = {name: round(len(asked) / sum(seconds), 1) for name, seconds in whole.items()}
        tell("assistant: questions a second, beside haystack", rate[OURS], rate["haystack"])
        tell("assistant: index built, s, beside llama-index", round(built, 2), round(peers["llama-index"].built, 2))
        for peer in peers.values():
            peer.close()


def by_turns(asks: Mapping[str, Callable[[str], float]], asked: Sequence[str]) -> dict[str, list[float]]:
    """Each in every place of the row equally often: whoever comes after the slowest finds the caches empty."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    for question, row in zip(asked, cycle(permutations(asks)), strict=False):
        for name in row:
            times[name].append(asks[name](question))
    return times


class Peer:
    """Another library, in a process of its own; it times itself."""

    def __init__(self, python: str, name: str, passages: Path) -> None:
        self._process = subprocess.Popen(
            [python, "-W", "ignore", "-c", PEER, name, str(passages)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.built: float = self._read()["built"]

    def ask(self, question: str) -> float:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        seconds: float = self._read()
        return seconds

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _read(self):  # type: ignore[no-untyped-def]
        assert self._process.stdout
        while line := self._process.stdout.readline():
            if line[:1] in "{0123456789":
                return json.loads(line)
        raise SystemExit("A peer ended; does its interpreter have haystack-ai and llama-index-retrievers-bm25?")


def tell_change(passages: list[Passage]) -> None:
    """As a server would: what changed is cut, and all of it can be asked."""
    said = {one.stop or "": one.sentences[0].text for one in passages}
    with tempfile.TemporaryDirectory() as folder:
        whole = _timed(lambda: opened(museum(said), "vi", Path(folder)))
        changed = museum({**said, passages[0].stop or "": "Một câu mới."})
        again = _timed(lambda: opened(changed, "vi", Path(folder)))
        tell("assistant: one changed stop indexed again, s", round(again, 2), round(whole, 2))
        cut = museum({**said, passages[1].stop or "": "Một câu mới khác."})
        tell("assistant: of this at publishing, s", round(_timed(lambda: derive(cut, "vi", Path(folder))), 2), 0.5)


def museum(said: dict[str, str]) -> Museum:
    """A stop for each text."""
    sheet = MuseumSheet.model_validate({"name": {"vi": "Bảo tàng"}, "languages": ["vi"]})
    parts: dict[str, Content] = {"museum": sheet}
    for number, (slug, text) in enumerate(said.items()):
        told = {"slug": slug, "number": number, "code": "KKKKKK", "texts": {"vi": {"title": slug, "body": text}}}
        parts[f"stops/{slug}"] = Stop.model_validate(told)
    written = {path: document(part) for path, part in parts.items()}
    manifest = Manifest("bench", {path: name for path, (name, _) in written.items()})
    return Museum(manifest, manifest.hash, Parts({path: Part(path, body) for path, (_, body) in written.items()}))


def tell_with_model(passages: list[Passage], asked: list[str], models: Path) -> None:
    some, embedder = passages[:1500], embedder_of(models)
    with tempfile.TemporaryDirectory() as folder:
        meaning = meaning_of(rows_of(some), embedder, Path(folder))
        retrieval = Retrieval.build(some, meaning)
        retrieval.find(asked[0], "vi")
        whole = [1000 * _timed(lambda q=question: retrieval.find(q, "vi")) for question in asked]
        vector = [1000 * _timed(lambda q=question: embedder.embed_queries([q])) for question in asked]
        tell(
            "assistant: with the model over 1500 passages, p50 ms, beside the query's vector alone",
            round(statistics.median(whole), 2),
            round(statistics.median(vector), 2),
        )


def _timed(work) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
