"""Sending to Telegram: its limits, and its errors as what they mean for the next try."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatAction, FileSizeLimit, MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.courier import DeliveryError, Flooded, NotSent, PerhapsSent, Refused, Unsendable
from storage.outbox import Button

SENTENCE_ENDS = "\n。！？；"
"""After these a text may be parted."""
LONGEST_SPEECH = 150
"""Characters in one voice note, about 50 s: the first is heard while the next is being spoken, and the app plays them
one after the other. It also keeps them far below the 1 MB up to which Telegram shows a voice note."""
SIGN_SECONDS = 4.5
"""How often the sign that somebody is recording is renewed; Telegram takes it away after 5 s."""

TOO_LARGE = "request entity too large"
"""What the Bot API answers, with status 413, to an upload beyond its limits."""

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Failures before a request was on its way."""


class TelegramCourier:
    """Delivers to private chats. Texts are plain: no word of a member can be taken for markup."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def pieces(self, text: str) -> list[str]:
        """The text in pieces of at most 4096 UTF-16 units, parted after a sentence where one ends."""
        return split(text, int(MessageLimit.MAX_TEXT_LENGTH))

    def speeches(self, spoken: str) -> list[str]:
        """The words in parts of one voice note each."""
        return split(spoken, LONGEST_SPEECH) if spoken else []

    async def send_text(self, address: str, text: str, buttons: Sequence[Button]) -> str:
        """Send a text, one button a row as large as the screen allows; returns the message's number."""
        keyboard = InlineKeyboardMarkup(
            [[InlineKeyboardButton(button.label, callback_data=button.value)] for button in buttons]
        )
        async with _explained():
            message = await self._bot.send_message(int(address), text, reply_markup=keyboard if buttons else None)
        return str(message.message_id)

    @asynccontextmanager
    async def recording(self, address: str) -> AsyncIterator[None]:
        """Show the sign of somebody recording a voice message, as long as this lasts."""

        async def show() -> None:
            while True:
                with suppress(TelegramError):
                    await self._bot.send_chat_action(int(address), ChatAction.RECORD_VOICE)
                await asyncio.sleep(SIGN_SECONDS)

        sign = asyncio.create_task(show())
        try:
            yield
        finally:
            sign.cancel()

    async def send_voice(self, address: str, sound: bytes) -> None:
        """Send a voice note; Telegram shows one only up to 1 MB, above that it becomes a file to open."""
        if len(sound) > FileSizeLimit.VOICE_NOTE_FILE_SIZE:
            raise Unsendable("longer than a voice note may be")
        async with _explained():
            await self._bot.send_voice(int(address), sound, filename="nuanyang.ogg")

    async def send_picture(self, address: str, picture: bytes, caption: str) -> None:
        """Send a picture; of a caption longer than 1024 UTF-16 units the first sentences, for the words are out."""
        if len(picture) > FileSizeLimit.PHOTOSIZE_UPLOAD:
            raise Unsendable("larger than a picture may be")
        under = split(caption, int(MessageLimit.CAPTION_LENGTH))[0]
        async with _explained():
            await self._bot.send_photo(int(address), picture, caption=under, filename="nuanyang.png")


@asynccontextmanager
async def _explained() -> AsyncIterator[None]:
    try:
        yield
    except TelegramError as error:
        raise explain(error) from error


def explain(error: TelegramError) -> DeliveryError:
    """What an error of the Bot API means for the next try."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Flooded(float(wait if isinstance(wait, int) else wait.total_seconds()))
    if isinstance(error, (Forbidden, ChatMigrated)):
        # Only groups migrate, and we write to private chats alone: such a chat is no member's.
        return Refused(type(error).__name__)
    if isinstance(error, BadRequest):
        gone = "chat not found" in error.message.lower()
        return Refused("gone") if gone else Unsendable("refused as it is")
    if TOO_LARGE in error.message.lower():  # it will be as large the next time
        return Unsendable("too large")
    # A broken request has its cause in the HTTP library; an answer with an error status has none, and says no.
    broken = isinstance(error, NetworkError) and isinstance(error.__cause__, httpx.HTTPError)
    if broken and not isinstance(error.__cause__, _NEVER_LEFT):
        return PerhapsSent(type(error.__cause__).__name__)
    return NotSent(type(error).__name__)


def split(text: str, most: int) -> list[str]:
    """A text in pieces of at most `most` UTF-16 units, which is what Telegram counts."""
    pieces, piece, units, best = [], "", 0, 0
    for letter in text:
        size = 2 if ord(letter) > 0xFFFF else 1
        while units + size > most:
            cut = best or len(piece)
            pieces.append(piece[:cut])
            piece, best = piece[cut:], 0
            units = len(piece.encode("utf-16-le")) // 2
        piece, units = piece + letter, units + size
        if letter in SENTENCE_ENDS:
            best = len(piece)
    return [*pieces, piece]
