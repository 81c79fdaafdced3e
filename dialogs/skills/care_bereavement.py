"""A member or a spouse has died or is dying."""

from __future__ import annotations

from dialogs.care import caring
from dialogs.skill import Desk, Outcome, Wish


def act(wish: Wish, desk: Desk) -> Outcome:
    """Open a bereavement case and tell the officer on duty."""
    return caring.report("bereavement", wish, desk)
