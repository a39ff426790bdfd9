"""A film that every phone plays: checked, and given out without what the camera noted of place and owner."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from guide.visit.seeing.flaws import Flaw

if TYPE_CHECKING:
    from av.container import InputContainer
    from PIL.Image import Image

MOST_MEGABYTES = 100
MOST_MINUTES = 15
MOST_SIDE = 1920
KINDS = {"mp4": "mp4", "webm": "webm"}
PICTURES = {"mp4": ("h264", "av1", "vp9"), "webm": ("vp8", "vp9", "av1")}
SOUNDS = {"mp4": ("aac", "mp3", "opus"), "webm": ("opus", "vorbis")}
PLAIN = ("yuv420p", "yuvj420p", "yuva420p")
"""Eight bits, as every phone's own decoder has them."""
POSTER_AT = 0.25


def flaw(raw: bytes, ending: str) -> Flaw | None:
    """Why a film cannot be shown; None when it can."""
    if ending not in KINDS:
        return Flaw("film-format")
    try:
        with _opened(raw, ending) as film:
            return _codecs(film, ending) or _measures(film) or _undecodable(film)
    except (OSError, ValueError, IndexError):
        return Flaw("film-format")


def _opened(raw: bytes, ending: str) -> InputContainer:
    import av  # heavy, and few folders hold a film

    film = av.open(io.BytesIO(raw), mode="r")
    if KINDS[ending] not in film.format.name.split(",") or not film.streams.video:
        raise ValueError(ending)
    return film


def _codecs(film: InputContainer, ending: str) -> Flaw | None:
    pictures, sounds = film.streams.video[0], film.streams.audio
    if pictures.codec_context.name.removeprefix("lib") not in (*PICTURES[ending], "dav1d", "aom-av1"):
        return Flaw("film-codec", {"codec": pictures.codec_context.name})
    if pictures.codec_context.pix_fmt not in PLAIN:
        return Flaw("film-codec", {"codec": f"{pictures.codec_context.name} {pictures.codec_context.pix_fmt}"})
    strange = next((one for one in sounds if not one.codec_context.name.startswith(SOUNDS[ending])), None)
    return Flaw("film-codec", {"codec": strange.codec_context.name}) if strange else None


def _measures(film: InputContainer) -> Flaw | None:
    picture, minutes = film.streams.video[0], (film.duration or 0) / 60_000_000
    if max(picture.width, picture.height) > MOST_SIDE:
        return Flaw("film-side", {"side": max(picture.width, picture.height), "most": MOST_SIDE})
    return Flaw("film-long", {"most": MOST_MINUTES}) if minutes > MOST_MINUTES else None


def _undecodable(film: InputContainer) -> Flaw | None:
    return None if next(film.decode(video=0), None) else Flaw("film-format")


def cleaned(raw: bytes, ending: str) -> bytes:
    """The same pictures and sounds, packed anew: begins to play at once, and says nothing of place, time or device."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"film.{ending}"  # the index of an MP4 is moved to its front in a second pass
        _repack(raw, ending, made)
        return made.read_bytes()


def _repack(raw: bytes, ending: str, into: Path) -> None:
    import av

    told = {"movflags": "+faststart"} if ending == "mp4" else {}
    options = {**told, "fflags": "+bitexact"}
    with _opened(raw, ending) as film, av.open(str(into), "w", format=ending, options=options) as made:
        kept = [film.streams.video[0], *film.streams.audio[:1]]
        tracks = {stream.index: made.add_stream_from_template(stream) for stream in kept}
        for track in tracks.values():
            track.metadata.clear()
        for packet in film.demux(kept):
            if packet.dts is not None:
                packet.stream = tracks[packet.stream.index]
                made.mux(packet)


def still(raw: bytes, ending: str) -> Image:
    """A picture out of its first quarter."""
    with _opened(raw, ending) as film:
        wanted = (film.duration or 0) * POSTER_AT / 1_000_000
        frame = next(film.decode(video=0))
        for frame in film.decode(video=0):  # the last one looked at is the one
            if frame.time is None or frame.time >= wanted:
                break
        picture: Image = frame.to_image()  # type: ignore[no-untyped-call]  # as av has it
        return picture
