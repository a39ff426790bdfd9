"""The open house of the journeys is open to these rooms' tests too."""

from __future__ import annotations

from tests.flows.conftest import house, new_address, open_house

__all__ = ["house", "new_address", "open_house"]
