"""Somebody is in difficulty: money, nobody to care for them, the house, the family."""

from __future__ import annotations

from dialogs.care import caring
from dialogs.skill import Desk, Outcome, Wish


def act(wish: Wish, desk: Desk) -> Outcome:
    """Open a hardship case and tell the officer on duty."""
    return caring.report("hardship", wish, desk)
