"""An answer on its way to a chat: rows of the outbox, written in the transaction of the turn."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot import charts
from bot.answer import Answer
from storage import outbox
from storage.inbox import Received


def put_answer(
    db: Database, received: Received, answer: Answer, *, channel: str, address: str, member_id: int, now: datetime
) -> None:
    """The words, and the picture as a row of its own: one that fails holds nothing back."""
    words = outbox.put(
        db,
        dedupe_key=f"reply:{received.id}",
        lane="reply",
        channel=channel,
        address=address,
        member_id=member_id,
        text=answer.text,
        spoken=answer.spoken,
        buttons=answer.buttons,
        now=now,
    )
    if answer.chart is not None:
        outbox.put(
            db,
            dedupe_key=f"picture:{received.id}",
            lane="reply",
            channel=channel,
            address=address,
            member_id=member_id,
            text=answer.chart.caption,
            chart=charts.written(answer.chart),
            after_id=words,
            now=now,
        )
