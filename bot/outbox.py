"""Delivery: one worker takes what waits in the outbox to a channel, retries it, and marks it.

Lanes work side by side: several for the texts of alerts, one for all other texts, and one for voice notes, which take
seconds to speak. A text goes first and its voice note follows, so no alert waits for a voice, no broadcast holds an
alert up, and an alert to a chat that does not answer does not hold up the alert to the next officer.

Delivery is at least once: after a crash between sending and marking, one message may come twice. Where the outcome of
a try is unknown (the connection broke after the request), an alert is sent again with the same words; any other text
is not, because its voice note says the same; only one without a voice note is sent once more.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from math import ceil
from time import monotonic
from typing import Protocol

from sqlite_utils import Database

from bot.buttons import handles
from bot.courier import Courier, DeliveryError, Flooded, PerhapsSent, Refused, Unsendable
from bot.redact import where
from bot.whole_notes import Kept, in_parts
from speech.contracts import SpeechError
from storage import members, outbox
from storage.database import writing
from storage.members import Member
from storage.outbox import Message, Part
from storage.recordings import Recordings

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
"""How often a lane looks for messages that have come due when nothing wakes it."""
ALERTS_AT_ONCE = 4
"""Alerts on their way at the same time."""
MOST_DOUBLINGS = 5
"""After so many tries the wait between two is ALERT_WAIT in any case."""
ALERT_WAIT = 20.0
"""Seconds at most between two tries at an alert: when the line comes back, an alert goes out within that time."""

Undeliverable = Callable[[Message, str], None]
"""Called in the transaction that gives a message up, with the kind of failure: an alert must move on."""


class Speak(Protocol):
    """`Turn.voice`."""

    async def __call__(self, text: str, member: Member) -> bytes:
        """The words as a voice note in the manner this member likes. Raises SpeechError."""
        ...


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
        self._courier = courier
        self._speak = speak
        self._kept = kept
        self._recordings = recordings
        self._clock = clock
        self._on_undeliverable = on_undeliverable
        self._lanes = (
            *(_Lane("alerts", pauses=False) for _ in range(ALERTS_AT_ONCE)),
            _Lane("texts"),
            _Lane("voices"),
        )
        self._stopping = False
        self._looked_at = datetime.max
        """When a lane looked last; before the first look the clock may have been set back while nobody worked."""
        self._at_work: set[int] = set()
        """Messages that a lane is delivering, so that no other takes them."""
        self._parts: dict[int, list[str]] = {}
        """Spoken parts of a message that is on its way: they stay the same when it is tried again."""
        self._out: dict[tuple[int, str], int] = {}
        """Pieces of a message that have gone out, by (message, part), so that a retry does not repeat them."""

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

    async def _work(self, lane: _Lane) -> None:
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

    def _next(self, lane: _Lane) -> Message | None:
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
        """One try at one message: its text, or the voice notes that follow a text."""
        try:
            if message.text_sent_at:
                await self._send_voices(message)
            else:
                await self._send_text(message)
        except Flooded as flood:
            self._pause(flood.seconds)
            self._again(message, flood, ceil(flood.seconds) + 1)  # a due time has whole seconds, and 429 twice is worse
        except (Refused, Unsendable) as refusal:
            self._give_up(message, refusal)
        except DeliveryError as error:
            self._again(message, error)
        self._lanes[-1].woken.set()  # a text that is out has made a voice note ready

    async def _send_text(self, message: Message) -> None:
        pieces = self._courier.pieces(message.text)
        remote_id = ""
        for index, piece in enumerate(pieces):
            if index < self._out.get((message.id, "text"), 0):
                continue
            buttons = handles(message) if index == len(pieces) - 1 else []
            try:
                remote_id = await self._courier.send_text(message.address, piece, buttons)
            except PerhapsSent:
                if message.lane == "alert" or (message.attempts == 0 and not has_voice(message)):
                    raise
            self._count(message, "text")
        with writing(self._db):
            outbox.text_sent(self._db, message.id, self._clock(), remote_id)
            if not has_voice(message):
                self._done(message)

    async def _send_voices(self, message: Message) -> None:
        """The words spoken, part by part, and then a member's own recording."""
        parts: list[str | int] = list(await self._spoken_parts(message))
        if message.recording_id:
            parts.append(message.recording_id)
        for index, part in enumerate(parts):
            if index < self._out.get((message.id, "voice"), 0):
                continue
            note = await self._note(message, part)
            try:
                if note:
                    await self._courier.send_voice(message.address, note)
            except PerhapsSent:
                logger.warning("message %d: whether its voice note arrived is unknown", message.id)
            self._count(message, "voice")
        self._done(message)

    async def _spoken_parts(self, message: Message) -> list[str]:
        if message.id not in self._parts:
            listener = members.member(self._db, message.member_id) if message.member_id else None
            if self._kept and listener:
                parts = await in_parts(message.spoken, listener, self._kept, self._courier.speeches)
            else:
                parts = list(self._courier.speeches(message.spoken))
            self._parts[message.id] = parts
        return self._parts[message.id]

    async def _note(self, message: Message, part: str | int) -> bytes | None:
        """Words spoken, or the recording with this key; None where it cannot be made, for the text has arrived."""
        try:
            if isinstance(part, int):
                return self._recordings.load(part)
            listener = members.member(self._db, message.member_id) if message.member_id else None
            if listener is None:
                return None
            async with self._courier.recording(message.address):
                return await self._speak(part, listener)
        except (SpeechError, OSError) as error:
            logger.error("message %d goes without a voice note: %s", message.id, type(error).__name__)
            return None

    def _pause(self, seconds: float) -> None:
        for lane in self._lanes:
            lane.pause_for(seconds)

    def _done(self, message: Message) -> None:
        outbox.sent(self._db, message.id, self._clock())
        self._forget(message)

    def _again(self, message: Message, error: DeliveryError, wait: float | None = None) -> None:
        logger.warning("message %d (%s) will be tried again: %s", message.id, message.lane, type(error).__name__)
        if wait is None and message.lane == "alert":
            # A chat that has been dead for hours must not overflow the power: that once stopped the lane.
            wait = min(2.0 ** min(message.attempts + 1, MOST_DOUBLINGS), ALERT_WAIT)
        outbox.retry(self._db, message, self._clock(), type(error).__name__, wait=wait)

    def _give_up(self, message: Message, refusal: Refused | Unsendable) -> None:
        kind = type(refusal).__name__
        logger.error("message %d (%s) cannot be delivered: %s", message.id, message.lane, kind)
        with writing(self._db):
            if message.text_sent_at:  # only its voice note is refused; the words have arrived
                outbox.sent(self._db, message.id, self._clock())
            else:
                outbox.fail(self._db, message, kind, self._clock())
                self._on_undeliverable(message, kind)
            if isinstance(refusal, Refused):
                members.block_contact(self._db, message.channel, message.address)
        self._forget(message)

    def _count(self, message: Message, part: str) -> None:
        self._out[message.id, part] = self._out.get((message.id, part), 0) + 1

    def _forget(self, message: Message) -> None:
        self._out.pop((message.id, "text"), None)
        self._out.pop((message.id, "voice"), None)
        self._parts.pop(message.id, None)


class _Lane:
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


def has_voice(message: Message) -> bool:
    """Whether voice notes follow the text."""
    return bool(message.spoken and message.member_id) or message.recording_id is not None
