"""A museum's own tiles: one PMTiles file, of which a phone fetches the few it looks at."""

from __future__ import annotations

MAGIC = b"PMTiles\x03"
HEADER = 127


def are_tiles(raw: bytes) -> bool:
    """Its third version, with all of what its header speaks of."""
    return raw.startswith(MAGIC) and len(raw) > HEADER and _end(raw) <= len(raw)


def _end(raw: bytes) -> int:
    """Where the last of directories, notes and tiles ends."""
    numbers = [int.from_bytes(raw[at : at + 8], "little") for at in range(8, 72, 8)]
    return max(offset + length for offset, length in zip(numbers[::2], numbers[1::2], strict=True))


def shown_name(original: str) -> str:
    return f"media/{original[:32]}.pmtiles"
