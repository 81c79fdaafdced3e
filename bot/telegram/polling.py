"""Receiving: every update is in the inbox before it is confirmed to Telegram.

python-telegram-bot raises the offset as soon as `get_updates` has returned, which confirms the batch although no
handler has run; what a crash then loses is gone for good. So the raw updates are committed inside `get_updates`.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import cast

import pysqlite3
from sqlite_utils import Database
from telegram import Update
from telegram._utils.defaultvalue import DEFAULT_NONE, DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor, ExtBot
from telegram.request import HTTPXRequest

from bot.telegram.enrolment import CHANNEL
from bot.telegram.parked import OnParked
from storage import inbox
from storage.database import writing
from storage.inbox import Received

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
"""What Telegram is asked for. Nothing from channels, groups' memberships or reactions is wanted."""
PATIENCE = 10.0
"""Seconds that an answer of Telegram may take, beyond the time for which it is asked to wait."""

Raw = Mapping[str, object]


class InboxBot(ExtBot[None]):
    """A bot whose updates are stored before Telegram hears that they have arrived."""

    def __init__(
        self,
        token: str,
        *,
        base_url: str,
        base_file_url: str,
        db: Database,
        clock: Callable[[], datetime],
        on_parked: OnParked,
        on_answer: Callable[[], None],
    ) -> None:
        """`on_answer` is called in the transaction that stores what Telegram hands over, also where it was nothing."""
        super().__init__(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            # Many voices are fetched and sent at once; the library's pool waits one second and then gives up.
            request=HTTPXRequest(connection_pool_size=16, pool_timeout=30.0, read_timeout=PATIENCE),
        )
        self._db = db
        self._clock = clock
        self._on_parked = on_parked
        self._on_answer = on_answer
        self._answered = monotonic()

    @property
    def silent_seconds(self) -> float:
        """How long ago Telegram last answered getUpdates, or polling was started."""
        return monotonic() - self._answered

    def note_answer(self) -> None:
        """Count the silence from now on."""
        self._answered = monotonic()

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: int | timedelta | None = None,
        allowed_updates: Sequence[str] | None = None,
        *,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
        api_kwargs: JSONDict | None = None,
    ) -> tuple[Update, ...]:
        """The updates from `offset` on, committed to the inbox.

        One that needs no answer comes back bare, with its number alone: the library confirms up to the last number it
        sees, and would ask for the same batch again and again if it saw none.
        Raises NetworkError where they cannot be stored: polling then goes on, and nothing is confirmed.
        """
        hold = timeout.total_seconds() if isinstance(timeout, timedelta) else float(timeout or 0)
        raws = cast(
            "list[Raw]",
            await self._post(
                "getUpdates",
                {"timeout": timeout, "offset": offset, "limit": limit, "allowed_updates": allowed_updates},
                read_timeout=hold + (PATIENCE if isinstance(read_timeout, DefaultValue) else read_timeout or 0.0),
                write_timeout=write_timeout,
                connect_timeout=connect_timeout,
                pool_timeout=pool_timeout,
                api_kwargs=api_kwargs,
            ),
        )
        self.note_answer()
        try:
            with writing(self._db):
                self._on_answer()
                return tuple(self.receive(raw) for raw in raws)
        except (pysqlite3.Error, OSError) as error:
            logger.error("updates cannot be stored: %s", type(error).__name__)
            raise NetworkError("the inbox cannot be written") from error

    def restore(self, received: Received) -> Update | None:
        """An update out of the inbox, as it came; one that the library cannot read is parked, and a human told."""
        try:
            return Update.de_json(json.loads(received.raw), self)
        except Exception as error:  # noqa: BLE001 - a poison update raises whatever its missing part makes it raise
            logger.error("update %s cannot be read: %s", received.update_id, type(error).__name__)
        with writing(self._db):
            inbox.park(self._db, received.id)
            self._on_parked(received, None)
        return None

    def receive(self, raw: Raw) -> Update:
        """Store one update. It comes back bare where it is answered already, put aside, or not meant for us."""
        number = cast("int", raw["update_id"])
        bare = Update(number)
        if not is_private(raw):
            received = inbox.accept(self._db, CHANNEL, str(number), self._clock())
            inbox.complete(self._db, received.id, "")
            return bare
        words = json.dumps(raw, ensure_ascii=False)
        received = inbox.accept(self._db, CHANNEL, str(number), self._clock(), raw=words)
        if received.state != "new":
            return bare
        return self.restore(received) or bare


def is_private(raw: Raw) -> bool:
    """Whether a person wrote this to the bot alone: no group, no channel, nobody speaking as one, no other bot.

    Of everything else nothing is kept, not even for a moment. What cannot be judged counts as private.
    """
    content = next((value for key, value in raw.items() if key != "update_id"), None)
    if not isinstance(content, Mapping):
        return False
    message = content.get("message") if "data" in content else content
    if not isinstance(message, Mapping):
        return True
    chat, sender = message.get("chat"), content.get("from")
    in_group = isinstance(chat, Mapping) and chat.get("type") != "private"
    a_bot = isinstance(sender, Mapping) and bool(sender.get("is_bot"))
    return not (in_group or a_bot or "sender_chat" in message)


class ChatOrder(BaseUpdateProcessor):
    """Updates of one chat one after the other, of different chats side by side."""

    def __init__(self, at_once: int = 64) -> None:
        super().__init__(at_once)
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Wait for the chat's turn, then handle the update."""
        chat = update.effective_chat if isinstance(update, Update) else None
        async with self._locks[chat.id if chat else 0]:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""
