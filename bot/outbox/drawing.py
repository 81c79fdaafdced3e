"""The picture of a row, drawn beside the event loop when it is about to be sent."""

from __future__ import annotations

import asyncio
import logging

from bot import charts
from bot.courier import Unsendable
from bot.redact import where
from storage.outbox import Message

logger = logging.getLogger(__name__)


async def drawn(message: Message) -> bytes:
    """The message's chart as a PNG. Raises Unsendable where it cannot be drawn: its words are out, and say the same."""
    try:
        return await asyncio.to_thread(_draw, message.chart)
    except Unsendable as missing:
        logger.error("message %d goes without its picture. %s", message.id, missing)
        raise
    except Exception as error:
        # Whatever the drawing trips over, it would trip over again: tried for ever, it would hold up every picture.
        logger.error("message %d goes without its picture: %s", message.id, where(error))
        raise Unsendable(type(error).__name__) from error


def _draw(chart: str) -> bytes:
    from bot import pictures  # takes a second to import, and few people ever look

    try:
        return pictures.draw(charts.read(chart))
    except pictures.NoChineseFont as missing:  # its message names the remedy
        raise Unsendable(str(missing)) from missing
