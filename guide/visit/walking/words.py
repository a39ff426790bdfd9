"""What the page of walks says, given to the phone with the page, so that it can say the same without a network."""

from __future__ import annotations

from guide.language import Messages

ROOM = "walking."
ALSO = ("visit.stops.one", "visit.stops.other", "visit.closed.flag", "visit.number", "visit.point", "days.date")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def words(messages: Messages, interface: str) -> dict[str, str]:
    """By their names; blanks stand in braces."""
    ours = (key for key in messages.words[messages.spoken_in(interface)] if key.startswith(ROOM))
    days = (*(f"days.{day}" for day in WEEK), *(f"days.month.{month}" for month in range(1, 13)))
    found = {key: messages.find(interface, key) or "" for key in (*ours, *ALSO, *days)}
    return {key.removeprefix(ROOM): said for key, said in found.items()}
