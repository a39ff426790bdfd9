"""What the box office is asked and answers, for those who read `/api`."""

from __future__ import annotations

from typing import Any

SLOT: dict[str, Any] = {
    "id": "2026-11-25T0800",
    "starts_at": "2026-11-25T08:00:00+07:00",
    "ends_at": "2026-11-25T10:00:00+07:00",
    "places": 40,
    "free": 38,
}
WISH: dict[str, Any] = {
    "day": "2026-11-25",
    "slot": "2026-11-25T0800",
    "tickets": [{"category": "adult", "count": 2}],
    "email": "an@example.vn",
    "language": "vi",
    "pay": "counter",
}
ORDER: dict[str, Any] = {
    "code": "K7M2QXR4TR",
    "status": "held",
    "expires_at": "2026-11-25T09:00:00+07:00",
    "total_dong": 100_000,
    "pay": {"way": "counter", "kind": "none", "dong": 100_000},
    "tickets": [
        {"code": "4F8W2HNAY2", "category": "adult", "signed": None},
        {"code": "9TQ3ZC6VBQ", "category": "adult", "signed": None},
    ],
}
