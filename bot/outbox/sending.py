"""Taking one message to its channel, piece by piece; what is out already is not sent a second time."""

from __future__ import annotations

import logging
from typing import Protocol

from sqlite_utils import Database

from bot.buttons import handles
from bot.courier import Courier, PerhapsSent
from bot.outbox.drawing import drawn
from bot.outbox.marking import Marking
from bot.whole_notes import Kept, in_parts
from speech.contracts import SpeechError
from storage import members
from storage.members import Member
from storage.outbox import Message
from storage.recordings import Recordings

logger = logging.getLogger(__name__)


class Speak(Protocol):
    """`Engines.speak`."""

    async def __call__(self, text: str, member: Member) -> bytes:
        """The words as a voice note in the manner this member likes. Raises SpeechError."""
        ...


class Sending:
    """One try at one message: its text, the voice notes that follow a text, or a picture."""

    def __init__(
        self,
        db: Database,
        courier: Courier,
        speak: Speak,
        recordings: Recordings,
        kept: Kept | None,
        marking: Marking,
    ) -> None:
        self._db = db
        self._courier = courier
        self._speak = speak
        self._recordings = recordings
        self._kept = kept
        self._marking = marking
        self._parts: dict[int, list[str]] = {}
        """Spoken parts of a message that is on its way: they stay the same when it is tried again."""
        self._out: dict[tuple[int, str], int] = {}
        """Pieces of a message that have gone out, by (message, part), so that a retry does not repeat them."""

    async def send(self, message: Message) -> None:
        """Send what is next of it. Raises DeliveryError."""
        if message.chart:
            await self._send_picture(message)
        elif message.text_sent_at:
            await self._send_voices(message)
        else:
            await self._send_text(message)

    def forget(self, message: Message) -> None:
        """It will not be tried again."""
        self._out.pop((message.id, "text"), None)
        self._out.pop((message.id, "voice"), None)
        self._parts.pop(message.id, None)

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
        whole = not has_voice(message)
        self._marking.text_out(message, remote_id, whole=whole)
        if whole:
            self.forget(message)

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
        self._marking.done(message)
        self.forget(message)

    async def _send_picture(self, message: Message) -> None:
        picture = await drawn(message)
        try:
            await self._courier.send_picture(message.address, picture, message.text)
        except PerhapsSent:
            logger.warning("message %d: whether its picture arrived is unknown", message.id)
        self._marking.done(message)

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

    def _count(self, message: Message, part: str) -> None:
        self._out[message.id, part] = self._out.get((message.id, part), 0) + 1


def has_voice(message: Message) -> bool:
    """Whether voice notes follow the text."""
    return bool(message.spoken and message.member_id) or message.recording_id is not None
