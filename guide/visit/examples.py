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
PACK: dict[str, Any] = {
    "museum": "con-dao",
    "language": "vi",
    "edition": "5f2c1f0e9d4b",
    "made_at": "2026-11-24T02:00:00Z",
    "bytes": 4_812_345,
    "files": [
        {
            "url": "/media/ec70d518e0cf18a54cdffc8748e408c5.webm",
            "kind": "sound",
            "bytes": 131_072,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        }
    ],
    "codes": {"Z33ZQFQ": "/con-dao/stops/phu-hai?lang=vi"},
    "numbers": {"102": "/con-dao/stops/phu-hai?lang=vi"},
    "waiting": 0,
}
WALK: dict[str, Any] = {
    "minutes": 20,
    "given_seconds": 1200,
    "seconds": 742,
    "exact": True,
    "url": "/con-dao/walk?lang=vi&walk=108.109",
    "stops": [
        {
            "slug": "chuong-cop-phap",
            "number": 108,
            "walk_seconds": 0,
            "steps": 0,
            "how": "",
            "listen_seconds": 191,
            "look_seconds": 60,
            "worth": 22,
            "why": {"curated": 12},
        },
        {
            "slug": "phong-tam-nang",
            "number": 109,
            "walk_seconds": 180,
            "steps": None,
            "how": "told",
            "listen_seconds": 251,
            "look_seconds": 60,
            "worth": 22,
            "why": {"curated": 12},
        },
    ],
    "left_out": [{"slug": "hang-duong", "number": 110, "why": "time"}],
}
