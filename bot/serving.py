"""`nuanyang serve`: every configured channel in one event loop, until a signal ends it."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress

from bot.ageing import keep_short
from bot.app import App
from bot.config import ConfigError
from bot.console import err, explain, out, tell
from bot.documents.shelves import keep_ready
from bot.speaking_ahead import SpeakingAhead
from bot.telegram.running import run_telegram
from bot.watchdog import keep_alive
from bot.web.links import issue_links, issue_sign_ins
from bot.web.running import OpenSite
from speech.contracts import SpeechError

logger = logging.getLogger(__name__)

SYNCHRONOUS_CHANNELS = ("web", "cli")
"""Channels with no redelivery of their own: what a crash left unanswered is taken up at start."""
TOKEN_AGAIN = 300.0
"""Seconds between two tries with a token that Telegram refuses."""


async def serve_everything(app: App) -> None:
    """Serve until SIGINT or SIGTERM; then finish what is being answered and close. Raises ConfigError."""
    site = OpenSite(app)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    telegram = bool(app.config.telegram.token.get_secret_value())
    jobs = [asyncio.create_task(site.serve(stop), name="web")]
    if telegram:
        jobs.append(asyncio.create_task(telegram_beside(app, stop), name="telegram"))
    _print_links(app, telegram)
    behind = [
        asyncio.create_task(_catch_up(app), name="catch-up"),
        asyncio.create_task(keep_ready(app), name="shelves"),
        asyncio.create_task(keep_short(app), name="recordings"),
        asyncio.create_task(keep_alive(), name="watchdog"),
    ]
    due = asyncio.create_task(app.due.run(), name="due")
    await _until_stopped(jobs, stop)
    app.due.stop()
    for job in behind:
        job.cancel()
    await due


async def telegram_beside(app: App, stop: asyncio.Event, again: float = TOKEN_AGAIN) -> None:
    """The Telegram channel until `stop` is set.

    A token that is refused, at start or when it was revoked at night, closes the web page to nobody: the operator is
    told, and it is tried again.
    """
    while not stop.is_set():
        try:
            await run_telegram(app, stop)
        except ConfigError as refused:
            err.print(tell("without_telegram", message=explain(refused)), style="red", markup=False)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), again)


async def _until_stopped(jobs: list[asyncio.Task[None]], stop: asyncio.Event) -> None:
    """Wait for the stop; a channel that ends before it ends the server, with its error."""
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, *jobs], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.gather(*jobs)


async def _catch_up(app: App) -> None:
    """Answer what a crash left behind, load the engines, then make the voices of the documents ahead of time."""
    for channel in SYNCHRONOUS_CHANNELS:
        count = await app.turn.replay(channel)
        if count:
            logger.warning("%d updates of channel %s were left by a crash and are answered now", count, channel)
    try:
        await app.engines.warm()
    except SpeechError as error:  # text still works, and every voice message is kept and goes to a human
        logger.error("voice messages cannot be heard or answered by voice: %s", error)
        return
    await SpeakingAhead(app).run()


def _print_links(app: App, telegram: bool) -> None:
    """The links to open, in Chinese and English."""
    for language in ("zh", "en"):
        out.print(tell("serving", language))
        out.print(tell("telegram_on" if telegram else "telegram_off", language))
    print_links(app)
    for language in ("zh", "en"):
        out.print(tell("stop_hint", language))


def print_links(app: App) -> None:
    """Everybody's page, and for each who is on duty a link to the desk that works once."""
    for member, url in issue_links(app):
        out.print(tell("link_member", "zh", name=member.name, url=url), markup=False)
    sign_ins = issue_sign_ins(app)
    for officer, url in sign_ins:
        line = tell("link_desk", "zh", name=officer.name, title=officer.title or officer.role, url=url)
        out.print(line, markup=False)
    if not sign_ins:
        out.print(tell("no_officer"), style="yellow", markup=False)
