"""What the widgets' doors answer, as `/api` shows it."""

from __future__ import annotations

from typing import Any

ABOUT: dict[str, Any] = {
    "museum": "con-dao",
    "name": "Côn Đảo Prison",
    "language": "en",
    "interface": "en",
    "direction": "ltr",
}
STOP: dict[str, Any] = ABOUT | {
    "words": {"play": "Listen", "pause": "Pause"},
    "url": "/con-dao/stops/phu-hai?lang=en",
    "stop": "phu-hai",
    "number": 101,
    "status": "open",
    "note": "",
    "text_language": "en",
    "text_direction": "ltr",
    "title": {"n": 0, "text": "Phú Hải camp", "start": 0.0, "end": 1.4},
    "paragraphs": [[{"n": 1, "text": "The oldest camp was built in 1862.", "start": 2.1, "end": 5.0}]],
    "audio": {"url": "/media/0352edcebd1197de2157f5312e102d45.mp3", "seconds": 75.2, "voice": "Read by a person"},
    "picture": {"url": "/media/4a1d.webp", "alt": "A stone gate", "credit": "The museum"},
}
ASK: dict[str, Any] = ABOUT | {
    "words": {"label": "Your question", "go": "Ask"},
    "url": "/con-dao/ask?lang=en",
    "stop": None,
    "about": "",
    "suggestions": ["How much is a ticket?"],
}
TICKETS: dict[str, Any] = ABOUT | {
    "words": {"day": "Which day?", "go": "Buy on the museum’s website"},
    "url": "/con-dao/tickets?lang=en",
    "most": 20,
    "chosen": "2026-11-25",
    "days": [
        {
            "day": "2026-11-25",
            "name": "Tomorrow",
            "told": "Wednesday, 25 November 2026",
            "state": "open",
            "state_told": "open",
            "sells": True,
            "hours": "07:30–11:30",
            "times": [
                {"slot": "2026-11-25T08:00", "begins": "08:00", "ends": "09:00", "free": 12, "told": "12 places left"}
            ],
            "left": "",
            "categories": [
                {
                    "category": "adult",
                    "name": "Adults",
                    "language": "en",
                    "dong": 50000,
                    "price": "50,000 ₫",
                    "whom": [],
                }
            ],
        }
    ],
}
