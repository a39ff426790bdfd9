"""Passes for a phone's wallet: a place to put them, empty until somebody who has Apple's or Google's keys fills it."""

from __future__ import annotations

from typing import Protocol

from guide.tickets.letters.told import ToldOrder


class Wallet(Protocol):
    """Where one stands on the shelf under `Wallet`, the page of a paid order offers its pass. By default none does."""

    name: str
    """`Apple Wallet`, `Google Wallet`: it stands on the button."""
    type: str
    """The media type of what it makes."""
    ending: str

    def passes(self, order: ToldOrder) -> bytes: ...
