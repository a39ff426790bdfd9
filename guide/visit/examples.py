"""What the API's answers look like, for those who read `/api`: taken from the sample museum of Côn Đảo."""

from __future__ import annotations

from typing import Any

LINE: dict[str, Any] = {
    "slug": "phu-hai",
    "number": 102,
    "code": "Z33ZQFQ",
    "title": "Trại Phú Hải, nơi lâu đời nhất",
    "language": "vi",
    "status": "open",
}
STOP: dict[str, Any] = {
    **LINE,
    "sentences": [
        {"n": 0, "text": "Trại Phú Hải, nơi lâu đời nhất", "start": 0.1, "end": 2.3},
        {"n": 1, "text": "Trước mặt bạn là trại giam lâu đời nhất trên đảo.", "start": 3.1, "end": 6.4},
    ],
    "audio": [
        {
            "url": "/media/ec70d518e0cf18a54cdffc8748e408c5.mp3",
            "type": "audio/mpeg",
            "bytes": 258_000,
            "seconds": 43.0,
            "voice": "espeak-ng · vi",
            "human": False,
        }
    ],
    "captions": "/media/ec70d518e0cf18a54cdffc8748e408c5.vtt",
    "images": [
        {
            "url": "/media/6d394037ceec9546e6108bd95143a991.svg",
            "alt": "Cổng đá trại Phú Hải với cánh cửa sắt khép giữa hai bức tường dài",
            "credit": "Tranh vẽ của Sen Guide",
        }
    ],
    "facts": [
        {
            "about": "Bắt đầu xây",
            "values": [{"text": "Năm 1862", "sources": [{"title": "Kỷ nguyên Đông Dương", "url": None, "trust": 1}]}],
        }
    ],
    "names": {"other": ["Bagne 1", "Lao 2"], "places": ["Huyện Côn Đảo, tỉnh Bà Rịa – Vũng Tàu"]},
    "object": {"kind": "Trại giam"},
}
FOUND: dict[str, Any] = {**LINE, "why": [{"field": "other-name", "how": "exact", "words": "Bagne 1"}]}
MUSEUM: dict[str, Any] = {
    "slug": "con-dao",
    "edition": "01d66fe0ec76a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607182930",
    "name": {"vi": "Di tích Nhà tù Côn Đảo", "en": "Côn Đảo Prison"},
    "languages": ["vi", "en", "fr"],
    "today": {"day": "2026-11-24", "state": "open", "until": "17:00:00", "opens": None},
    "address": {"vi": "Đặc khu Côn Đảo, Thành phố Hồ Chí Minh"},
    "contact": None,
    "hours": {"daily": ["07:30-11:30", "13:30-17:00"]},
    "prices": [{"category": "adult", "dong": 50_000}],
    "facilities": None,
    "tours": [{"slug": "phu-tuong-20", "title": {"vi": "Hai mươi phút ở trại Phú Tường"}, "minutes": 20, "stops": []}],
    "stops": 11,
}
COUNTED: dict[str, Any] = {"what": "play", "key": "phu-hai", "language": "vi"}
