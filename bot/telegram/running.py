"""The Telegram channel from start to stop: receiving, the watch over it, and delivery."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress

from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import ApplicationBuilder, TypeHandler, Updater

from bot.app import App
from bot.outbox import OutboxWorker, Undeliverable
from bot.redact import install_redaction
from bot.telegram.courier import TelegramCourier
from bot.telegram.enrolment import CHANNEL, refused_token
from bot.telegram.handlers import Handlers
from bot.telegram.moving_on import move_on
from bot.telegram.parked import OnParked, hand_over
from bot.telegram.polling import ALLOWED_UPDATES, ChatOrder, InboxBot
from bot.telegram.silence import Silence
from bot.telegram.wording import words
from storage import inbox

logger = logging.getLogger(__name__)

STALLED_SECONDS = 150.0
"""Without an answer to getUpdates for so long, polling is started anew: its task can hang while it says it runs."""
STOP_SECONDS = 5.0
"""Time for what is at work to end; what is cut off is in the inbox or the outbox and is taken up at the next start."""
LONGEST_WAIT = 30.0
"""Seconds at most between tries to reach Telegram at start."""


async def run_telegram(
    app: App,
    stop: asyncio.Event,
    *,
    on_parked: OnParked | None = None,
    on_undeliverable: Undeliverable | None = None,
    stalled_seconds: float = STALLED_SECONDS,
) -> None:
    """Serve the Telegram channel until `stop` is set; waits for Telegram where it cannot be reached.

    What cannot be handled goes to `on_parked`, as a rule a call back by the officer on duty; what a chat will never
    take goes to `on_undeliverable`, as a rule to the next officer.
    Raises ConfigError where Telegram does not know the token.
    """
    install_redaction(app.config.telegram.token.get_secret_value())
    channel = _Channel(
        app, on_parked or hand_over(app), on_undeliverable or move_on(app.db, app.clock), stalled_seconds
    )
    try:
        await channel.run(stop)
    except InvalidToken as error:
        raise refused_token() from error


class _Channel:
    """Everything of one run, wired once."""

    def __init__(self, app: App, on_parked: OnParked, on_undeliverable: Undeliverable, stalled_seconds: float) -> None:
        self._app = app
        self._stalled_seconds = stalled_seconds
        settings = app.config.telegram
        self._bot = InboxBot(
            settings.token.get_secret_value(),
            base_url=settings.base_url,
            base_file_url=settings.base_file_url,
            db=app.db,
            clock=app.clock,
            on_parked=on_parked,
            on_answer=Silence(app.db, app.clock).answered,
        )
        # Order and patience are the processor's; jobs are rows of ours, so the library's job queue is left out.
        self._ptb = ApplicationBuilder().bot(self._bot).concurrent_updates(ChatOrder()).job_queue(None).build()
        courier = TelegramCourier(self._bot)
        self._handlers = handlers = Handlers(app, self._bot, courier, on_parked, self._ptb.update_queue.put_nowait)
        self._ptb.add_handler(TypeHandler(Update, lambda update, _: handlers.handle(update)))
        self._worker = OutboxWorker(
            app.db,
            CHANNEL,
            courier,
            app.engines.speak,
            app.recordings,
            app.clock,
            on_undeliverable,
            app.engines.kept,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. What is being answered is finished first, as far as it ends within a few seconds."""
        try:
            await until(stop, self._reach())
            if stop.is_set():
                return
            self._app.listeners.append(self._worker.wake)
            delivery = asyncio.create_task(self._worker.run(), name="outbox telegram")
            try:
                await self._receive(stop)
            finally:
                self._worker.stop()
                await _at_most(STOP_SECONDS, delivery)
                self._app.listeners.remove(self._worker.wake)
        finally:
            await self._ptb.shutdown()

    async def _reach(self) -> None:
        """Get to know ourselves at Telegram; a branch office's line may come up after the machine."""
        wait = 1.0
        while True:
            try:
                await self._ptb.initialize()
            except NetworkError as error:
                logger.error("Telegram cannot be reached (%s); trying again in %g s", type(error).__name__, wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                return

    async def _receive(self, stop: asyncio.Event) -> None:
        await self._ptb.start()
        try:
            self._replay()
            await until(stop, self._poll())
            await until(stop, self._menu())
            await until(stop, self._watch())
        finally:
            if self._updater.running:
                await _at_most(STOP_SECONDS, self._updater.stop())
            await _at_most(STOP_SECONDS, self._ptb.stop())
            await self._handlers.close()

    def _replay(self) -> None:
        """Take up what was stored and not answered when the last run ended."""
        for received in inbox.unanswered(self._app.db, CHANNEL):
            update = self._bot.restore(received)
            if update:
                self._ptb.update_queue.put_nowait(update)

    async def _poll(self) -> None:
        self._bot.note_answer()
        await self._updater.start_polling(
            allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, error_callback=_polling_failed
        )

    async def _watch(self) -> None:
        """Start polling anew when Telegram has not answered for too long."""
        while True:
            await asyncio.sleep(min(5.0, self._stalled_seconds / 3))
            if self._bot.silent_seconds > self._stalled_seconds:
                logger.error("no answer to getUpdates for %d s; polling starts anew", self._bot.silent_seconds)
                await self._updater.stop()
                self._replay()  # stopping asks for updates once more and leaves them in the inbox
                await self._poll()

    async def _menu(self) -> None:
        commands = words("commands")
        try:
            await self._bot.set_my_commands([BotCommand(name, commands.say(name)) for name in ("help",)])
        except TelegramError as error:
            logger.warning("the menu of commands is not set: %s", type(error).__name__)

    @property
    def _updater(self) -> Updater:
        updater = self._ptb.updater
        assert updater is not None  # noqa: S101 - built with one
        return updater


async def until(stop: asyncio.Event, work: Awaitable[None]) -> None:
    """Do the work, but no longer than until `stop` is set."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        for each in (task, stopped):
            each.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


async def _at_most(seconds: float, work: Awaitable[None]) -> None:
    """Wait for the work to end; cut it off when it takes too long or Telegram fails it."""
    with suppress(TimeoutError, TelegramError):
        await asyncio.wait_for(work, seconds)


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        logger.error("another program polls with the same bot token; stop it, or each takes the other's messages")
    else:
        logger.error("polling: %s", type(error).__name__)
