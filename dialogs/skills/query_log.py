"""The secretary searches the branch log."""

from __future__ import annotations

from dialogs import asking
from dialogs.skill import Desk, Outcome, Wish


def act(wish: Wish, desk: Desk) -> Outcome:
    """Answer it, and remember it for what is asked next."""
    return asking.answer(wish, desk)
