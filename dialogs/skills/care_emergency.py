"""Somebody is in danger now."""

from __future__ import annotations

from dialogs.care import caring
from dialogs.skill import Desk, Outcome, Wish


def act(wish: Wish, desk: Desk) -> Outcome:
    """Open an emergency case and tell the officer on duty."""
    return caring.report("emergency", wish, desk)
