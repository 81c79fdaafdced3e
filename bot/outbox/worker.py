"""What is tried when: every lane takes what is due, and pauses where the channel wants it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from math import ceil

from sqlite_utils import Database

from bot.courier import Courier, DeliveryError, Flooded, Refused, Unsendable
from bot.outbox.lanes import AFTER_TEXT, POLL_SECONDS, Lane, all_lanes
from bot.outbox.marking import Marking, Undeliverable
from bot.outbox.sending import Sending, Speak
from bot.redact import where
from bot.whole_notes import Kept
from storage import outbox
from storage.outbox import Message
from storage.recordings import Recordings

logger = logging.getLogger(__name__)


class OutboxWorker:
    """Delivers the outbox rows of one channel."""

    def __init__(
        self,
        db: Database,
        channel: str,
        courier: Courier,
        speak: Speak,
        recordings: Recordings,
        clock: Callable[[], datetime],
        on_undeliverable: Undeliverable,
        kept: Kept | None = None,
    ) -> None:
        """`kept` tells what is spoken already in one piece; without it every text is spoken in parts."""
        self._db = db
        self._channel = channel
        self._clock = clock
        self._marking = Marking(db, clock, on_undeliverable)
        self._sending = Sending(db, courier, speak, recordings, kept, self._marking)
        self._lanes = all_lanes()
        self._stopping = False
        self._looked_at = datetime.max
        """When a lane looked last; before the first look the clock may have been set back while nobody worked."""
        self._at_work: set[int] = set()
        """Messages that a lane is delivering, so that no other takes them."""

    def wake(self) -> None:
        """Look for new rows at once. To be called after a commit, on the event loop's thread."""
        for lane in self._lanes:
            lane.woken.set()

    def stop(self) -> None:
        """End after the messages that are on their way."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Deliver until stopped."""
        async with asyncio.TaskGroup() as lanes:
            for lane in self._lanes:
                lanes.create_task(self._work(lane), name=f"outbox {self._channel} {lane.part}")

    async def deliver_due(self) -> int:
        """Try everything that is due by the clock, once, and return how much it was: for a clock that is not real."""
        tried = 0
        for lane in self._lanes:
            seen: set[int] = set()
            while not lane.pause and (message := self._next(lane)) is not None and message.id not in seen:
                seen.add(message.id)
                await self._take(message)
            tried += len(seen)
        return tried

    async def _work(self, lane: Lane) -> None:
        while not self._stopping:
            lane.woken.clear()
            try:
                message = None if lane.pause else self._next(lane)
                if message is None:
                    await lane.rest()
                else:
                    await self._take(message)
            except Exception as error:  # noqa: BLE001
                # A full disk, a fault of ours: the lane must outlive it, and the row still says what is to be sent.
                logger.error("delivery on %s, %s: will try again: %s", self._channel, lane.part, where(error))
                await asyncio.sleep(POLL_SECONDS)

    def _next(self, lane: Lane) -> Message | None:
        now = self._clock()
        if now < self._looked_at:
            outbox.mend_times(self._db, now)
        self._looked_at = now
        waiting = outbox.due(self._db, self._channel, now, len(self._at_work) + 1, lane.part)
        return next((each for each in waiting if each.id not in self._at_work), None)

    async def _take(self, message: Message) -> None:
        self._at_work.add(message.id)
        try:
            await self._deliver(message)
        finally:
            self._at_work.discard(message.id)

    async def _deliver(self, message: Message) -> None:
        """One try at one message, and what it means for the next."""
        try:
            await self._sending.send(message)
        except Flooded as flood:
            for lane in self._lanes:
                lane.pause_for(flood.seconds)
            # A due time has whole seconds, and being told twice to wait is worse than a second lost.
            self._marking.again(message, flood, ceil(flood.seconds) + 1)
        except (Refused, Unsendable) as refusal:
            self._marking.give_up(message, refusal)
            self._sending.forget(message)
        except DeliveryError as error:
            self._marking.again(message, error)
        for lane in self._lanes:
            if lane.part in AFTER_TEXT:
                lane.woken.set()
