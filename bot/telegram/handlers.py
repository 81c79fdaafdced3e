"""What becomes of an update: a turn, an enrolment, or one kind sentence. Answers go out through the outbox alone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import timedelta

import pysqlite3
from telegram import Audio, Bot, CallbackQuery, Message, Update, Voice
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, TelegramError

from bot.app import App
from bot.buttons import pressed
from bot.redact import where
from bot.telegram.courier import TelegramCourier
from bot.telegram.enrolment import CHANNEL, Enrolment, sender
from bot.telegram.files import Files
from bot.telegram.parked import OnParked
from bot.telegram.saying import Saying
from bot.telegram.wording import words
from bot.turn import Incoming, UnknownPersonError
from bot.web.desk.entrance import new_link
from storage import inbox, members
from storage.database import writing
from storage.inbox import Received
from storage.members import Member

logger = logging.getLogger(__name__)

RETRY_SECONDS = (1.0, 2.0, 4.0, 8.0)
"""Waits before an update that failed is tried again; after the fifth try it is parked and a human is told."""
CHAT_LINK = timedelta(hours=1)
"""How long a link to the desk holds that was sent into a chat, where it stays readable."""
LONGEST_TOAST = 200
"""Characters that Telegram shows when a button is answered."""


class TooLarge(Exception):
    """A recording that Telegram does not hand out to bots."""


class Handlers:
    """Handles updates that are in the inbox."""

    def __init__(
        self, app: App, bot: Bot, courier: TelegramCourier, on_parked: OnParked, again: Callable[[Update], None]
    ) -> None:
        self._app = app
        self._courier = courier
        self._again = again
        self._bot = bot
        self._on_parked = on_parked
        self._enrolment = Enrolment(app.db)
        self._saying = Saying(app)
        self._files = Files(app, bot, self._saying)
        self._at_work: set[asyncio.Task[None]] = set()
        self._closed = False

    async def close(self) -> None:
        """Cut off what is still at work; its rows stay in the inbox for the next start."""
        self._closed = True
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def handle(self, update: Update) -> None:
        """Answer an update, or see to it that it is tried again; one that was answered already is left alone."""
        if self._closed:
            return
        task = asyncio.create_task(self._handle(update))
        self._at_work.add(task)
        try:
            await task
        finally:
            self._at_work.discard(task)

    async def _handle(self, update: Update) -> None:
        received: Received | None = None
        try:
            received = inbox.find_update(self._app.db, CHANNEL, str(update.update_id))
            if received is not None and received.state == "new":
                await self._answer(update, received)
        except Exception as error:  # noqa: BLE001
            # Whatever one update does, it must neither be lost nor stop the others; a person hears of it in the end.
            logger.error("update %d failed: %s", update.update_id, where(error))
            if received is None or not self._failed(received, update):
                # Outside the queue of the chat: a cry for help behind a recording that cannot be fetched does not wait.
                tries = received.attempts if received else 0
                wait = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
                asyncio.get_running_loop().call_later(wait, self._again, update)

    async def _answer(self, update: Update, received: Received) -> None:
        account = update.effective_user
        if account is None or not (update.message or update.edited_message or update.callback_query):
            inbox.complete(self._app.db, received.id, "")
            return
        member = sender(self._app.db, account.id, self._app.clock())
        message = update.message
        command, argument = parted((message.text or "") if message else "")
        if command == "/start" and argument and self._enrol(received, account.id, argument):
            return
        if member is None:
            self._saying.say(received, account.id, "stranger")
        elif update.callback_query:
            await self._press(received, member, account.id, update.callback_query)
        elif message is None:
            self._saying.say(received, account.id, "edited", member)
        elif command == "/desk":
            self._desk(received, account.id, member)
        else:
            await self._message(received, member, account.id, message)

    async def _message(self, received: Received, member: Member, account: int, message: Message) -> None:
        recording = message.voice or message.audio
        if recording:
            try:
                async with self._courier.recording(str(account)):
                    sound = await self._sound(received, recording)
                    await self._turn(received, member, account, audio=sound)
            except TooLarge:
                self._saying.say(received, account, "too_large", member)
        elif message.text:
            asks_help = parted(message.text)[0] in ("/help", "/start")
            spoken = words("phrases").say("help") if asks_help else message.text
            await self._turn(received, member, account, text=spoken)
        elif message.document:
            await self._files.take(received, member, account, message.document)
        else:
            self._saying.say(received, account, "cannot_read", member)

    async def _press(self, received: Received, member: Member, account: int, query: CallbackQuery) -> None:
        button = pressed(self._app.db, CHANNEL, str(account), query.data or "")
        with contextlib.suppress(TelegramError):  # pressed while we were away: Telegram has forgotten it, we have not
            await query.answer(button.label[:LONGEST_TOAST] if button else None)
        if button is None:
            self._saying.say(received, account, "old_button", member)
            return
        await self._turn(received, member, account, text=button.value)
        # Taken away so that it is not pressed twice; a courtesy, and the library refuses it for very old messages.
        with contextlib.suppress(TelegramError, TypeError):
            await query.edit_message_reply_markup(None)

    async def _turn(
        self, received: Received, member: Member, account: int, *, text: str = "", audio: bytes | None = None
    ) -> None:
        try:
            await self._app.turn.take(Incoming(CHANNEL, received.update_id, member.id, text, audio, str(account)))
        except UnknownPersonError:  # taken off the roster while the message was on its way
            self._saying.say(received, account, "stranger")

    async def _sound(self, received: Received, recording: Voice | Audio) -> bytes:
        """The recording's bytes: from our own folder where they are kept already, else from Telegram."""
        if received.recording_id is not None:
            return self._app.recordings.load(received.recording_id)
        if (recording.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise TooLarge
        try:
            file = await self._bot.get_file(recording)
        except BadRequest as error:
            if "too big" in error.message.lower():
                raise TooLarge from error
            raise
        return bytes(await file.download_as_bytearray())

    def _enrol(self, received: Received, account: int, code: str) -> bool:
        with writing(self._app.db):
            member = self._enrolment.enrol(account, code, self._app.clock())
            if member:
                self._saying.say(received, account, "welcome", member)
        return member is not None

    def _desk(self, received: Received, account: int, member: Member) -> None:
        """A link to the desk for who is on duty; nothing else is said to anybody."""
        if not members.is_officer(self._app.db, member, self._app.clock()):
            self._saying.say(received, account, "no_desk", member)
            return
        with writing(self._app.db):
            link = new_link(self._app, member, lasts=CHAT_LINK)
            self._saying.answer(received, account, self._saying.sentence("desk", member), member, link=link)

    def _failed(self, received: Received, update: Update) -> bool:
        """Count the failure; True when the update is parked, and a human and the member know."""
        account = update.effective_user
        try:
            with writing(self._app.db):
                parked = inbox.failed(self._app.db, received.id)
                member = sender(self._app.db, account.id, self._app.clock()) if account else None
                if parked and self._on_parked(received, member) and member and account:
                    self._saying.put(received, account.id, self._saying.sentence("parked", member), member)
        except pysqlite3.Error as error:
            logger.error("update %s: its failure cannot be stored: %s", received.update_id, type(error).__name__)
            return False
        self._saying.committed()
        return parked


def parted(text: str) -> tuple[str, str]:
    """A command without the bot's name after an @, and what follows it."""
    command, _, argument = text.partition(" ")
    return command.partition("@")[0], argument.strip()
