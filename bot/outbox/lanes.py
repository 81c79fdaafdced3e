"""A lane: one kind of message, which waits and pauses by itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic

from storage.outbox import Part

POLL_SECONDS = 1.0
"""How often a lane looks for messages that have come due when nothing wakes it."""
ALERTS_AT_ONCE = 4
"""Alerts on their way at the same time."""
AFTER_TEXT: frozenset[Part] = frozenset({"voices", "pictures"})
"""What follows a text: a text that is out has made it ready."""


class Lane:
    """One kind of message, with its own pause."""

    def __init__(self, part: Part, *, pauses: bool = True) -> None:
        self.part = part
        self.woken = asyncio.Event()
        self._pauses = pauses
        self._quiet_until = 0.0

    @property
    def pause(self) -> float:
        """Seconds for which the lane is still to keep quiet."""
        return max(0.0, self._quiet_until - monotonic())

    def pause_for(self, seconds: float) -> None:
        """Keep quiet as the channel wants it; alerts do not, a refused alert waits by itself."""
        if self._pauses:
            self._quiet_until = max(self._quiet_until, monotonic() + seconds)

    async def rest(self) -> None:
        """Wait until there may be something to do."""
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self.woken.wait()


def all_lanes() -> tuple[Lane, ...]:
    """The lanes of one channel."""
    return (
        *(Lane("alerts", pauses=False) for _ in range(ALERTS_AT_ONCE)),
        Lane("texts"),
        Lane("voices"),
        Lane("pictures"),
    )
