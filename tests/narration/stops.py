"""A stop to be heard, in each language that has a voice, and an outside ear to measure it with."""

from __future__ import annotations

import io
import math

import av
from av.filter import Graph

from guide.narration.library import Script
from guide.tours.sentences import sentences

TOLD = {
    "vi": (
        "Hầm xay lúa",
        "Cối đá nặng lắm, sáu người mới quay nổi. Họ đẩy từ sáng đến tối.\n\nHãy đứng lại và lắng nghe.",
    ),
    "en": ("The rice mill", "The stones are heavy. Six people turned them, day and night.\n\nStop here and listen."),
    "fr": ("Le moulin", "Les pierres sont lourdes. Six personnes les tournaient.\n\nArrêtez-vous et écoutez."),
    "zh": ("碾米房", "石磨很重。六个人才能推动它。\n\n请停下来听一听。"),
    "de": ("Die Mühle", "Die Steine sind schwer. Sechs Menschen drehten sie.\n\nBleiben Sie stehen und hören Sie."),
    "es": ("El molino", "Las piedras pesan mucho. Seis personas las movían.\n\nDeténgase y escuche."),
    "ru": ("Мельница", "Камни очень тяжёлые. Их вращали шесть человек.\n\nОстановитесь и послушайте."),
}


def script(language: str, title: str | None = None, body: str | None = None) -> Script:
    told = TOLD.get(language, ("", ""))
    return Script(language, sentences(told[0] if title is None else title, told[1] if body is None else body, language))


def measured_outside(body: bytes) -> tuple[float, float]:
    """Integrated loudness and true peak as FFmpeg's own meter has them after decoding the file."""
    with av.open(io.BytesIO(body), "r") as file:
        stream = file.streams.audio[0]
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=stream.rate, format=stream.format.name, layout="mono", time_base=stream.time_base
        )
        meter, sink = graph.add("ebur128", "metadata=1:peak=true:framelog=quiet"), graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        last: dict[str, str] = {}
        for frame in file.decode(audio=0):
            frame.pts = None
            graph.push(frame)
            last = _pulled(graph) or last
    return float(last["lavfi.r128.I"]), 20 * math.log10(float(last["lavfi.r128.true_peak"]))


def _pulled(graph: Graph) -> dict[str, str]:
    last: dict[str, str] = {}
    while True:
        try:
            last = dict(graph.pull().metadata)
        except (BlockingIOError, EOFError):
            return last
