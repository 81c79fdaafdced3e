"""What has become of a try: out, to be tried again, or given up. No word of a message goes into the logs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlite_utils import Database

from bot.courier import DeliveryError, Refused, Unsendable
from storage import members, outbox
from storage.database import writing
from storage.outbox import Message

logger = logging.getLogger(__name__)

MOST_DOUBLINGS = 5
"""After so many tries the wait between two is ALERT_WAIT in any case."""
ALERT_WAIT = 20.0
"""Seconds at most between two tries at an alert: when the line comes back, an alert goes out within that time."""

Undeliverable = Callable[[Message, str], None]
"""Called in the transaction that gives a message up, with the kind of failure: an alert must move on."""


class Marking:
    """Writes the outcome of tries into the outbox."""

    def __init__(self, db: Database, clock: Callable[[], datetime], on_undeliverable: Undeliverable) -> None:
        self._db = db
        self._clock = clock
        self._on_undeliverable = on_undeliverable

    def text_out(self, message: Message, remote_id: str, *, whole: bool) -> None:
        """The text is out, and with it the whole message where nothing follows."""
        with writing(self._db):
            outbox.text_sent(self._db, message.id, self._clock(), remote_id)
            if whole:
                self.done(message)

    def done(self, message: Message) -> None:
        """All of it is out."""
        outbox.sent(self._db, message.id, self._clock())

    def again(self, message: Message, error: DeliveryError, wait: float | None = None) -> None:
        """It will be tried again, in `wait` seconds where the channel says so."""
        logger.warning("message %d (%s) will be tried again: %s", message.id, message.lane, type(error).__name__)
        if wait is None and message.lane == "alert":
            # A chat that has been dead for hours must not overflow the power: that once stopped the lane.
            wait = min(2.0 ** min(message.attempts + 1, MOST_DOUBLINGS), ALERT_WAIT)
        outbox.retry(self._db, message, self._clock(), type(error).__name__, wait=wait)

    def give_up(self, message: Message, refusal: Refused | Unsendable) -> None:
        """The chat will never take it; an alert moves on, a chat that takes nothing is blocked."""
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
