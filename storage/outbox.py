"""What goes out: every message and alert is a row, written in the transaction of its effect.

Alerts overtake replies, replies overtake routine. `dedupe_key` makes a row unique, so that a turn that runs twice
sends once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from storage import deliveries
from storage.database import one, rows

Lane = Literal["alert", "reply", "routine"]
Part = Literal["all", "alerts", "texts", "voices"]
_PARTS: Mapping[Part, str] = {
    "all": "",
    "alerts": "AND lane = 'alert' AND text_sent_at IS NULL ",
    "texts": "AND lane <> 'alert' AND text_sent_at IS NULL ",
    "voices": "AND text_sent_at IS NOT NULL ",
}
_COLUMNS = (
    "id, lane, member_id, channel, address, text, spoken, buttons, recording_id, case_id, created_at, due_at, state, "
    "text_sent_at, attempts"
)
_WAITS = (2, 5, 15, 30, 60, 120, 300)
"""Seconds until the next try, by tries so far; the last is kept for ever."""


@dataclass(frozen=True)
class Button:
    """A choice offered under a message."""

    label: str
    """What it says."""
    value: str
    """What a press means: words, as if they had been spoken, or an act such as ack:12."""


@dataclass(frozen=True)
class Message:
    """Something to be delivered."""

    id: int
    """Key."""
    lane: str
    """alert, reply or routine."""
    member_id: int | None
    """To whom."""
    channel: str
    """telegram or desk."""
    address: str
    """The chat on that channel."""
    text: str
    """What it says."""
    spoken: str
    """What is sent as a voice note besides; empty for none."""
    buttons: str
    """The choices, as JSON."""
    recording_id: int | None
    """A member's own voice message to send along."""
    case_id: int | None
    """The care case it is about."""
    created_at: str
    """ISO local."""
    due_at: str
    """ISO local: not to be tried before."""
    state: str
    """waiting, sent, failed, or cancelled because somebody has taken the case."""
    text_sent_at: str | None
    """When the text went out, while the voice note may still wait."""
    attempts: int
    """Tries so far."""

    @property
    def choices(self) -> tuple[Button, ...]:
        """The buttons under it."""
        return tuple(Button(**choice) for choice in json.loads(self.buttons))


def put(
    db: Database,
    *,
    dedupe_key: str,
    lane: Lane,
    channel: str,
    address: str,
    text: str,
    now: datetime,
    member_id: int | None = None,
    spoken: str = "",
    buttons: Sequence[Button] = (),
    recording_id: int | None = None,
    case_id: int | None = None,
    not_before: datetime | None = None,
) -> int | None:
    """Write a message to be delivered; the same key twice is one message. Returns its key, None for the second."""
    stamp = _stamp(now)
    written = db.execute(
        "INSERT INTO outbox (dedupe_key, lane, member_id, channel, address, text, spoken, buttons, recording_id, "
        "case_id, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING",
        [
            dedupe_key,
            lane,
            member_id,
            channel,
            address,
            text,
            spoken,
            json.dumps([asdict(button) for button in buttons], ensure_ascii=False),
            recording_id,
            case_id,
            stamp,
            _stamp(max(now, not_before or now)),
        ],
    )
    return int(written.lastrowid or 0) if written.rowcount else None


def due(db: Database, channel: str, now: datetime, limit: int = 20, part: Part = "all") -> list[Message]:
    """The channel's messages to be tried now: alerts first, then replies, then routine, oldest first.

    Of a `part` only: the texts of alerts, all other texts, or what is left to be spoken after a text that is out.
    """
    return rows(
        db,
        Message,
        f"SELECT {_COLUMNS} FROM outbox WHERE channel = ? AND state = 'waiting' AND due_at <= ? {_PARTS[part]}"
        "ORDER BY CASE lane WHEN 'alert' THEN 0 WHEN 'reply' THEN 1 ELSE 2 END, due_at, id LIMIT ?",
        [channel, _stamp(now), limit],
    )


def for_person(db: Database, channel: str, member_id: int, limit: int = 30) -> list[Message]:
    """A person's messages on a channel, newest first: what the desk shows."""
    return rows(
        db,
        Message,
        f"SELECT {_COLUMNS} FROM outbox WHERE channel = ? AND member_id = ? ORDER BY id DESC LIMIT ?",
        [channel, member_id, limit],
    )


def alerted(db: Database, case_id: int) -> list[int]:
    """Who was told of a care case, in the order in which they were told."""
    return [
        int(row[0])
        for row in db.execute(
            "SELECT member_id FROM outbox WHERE case_id = ? AND lane = 'alert' AND member_id IS NOT NULL "
            "GROUP BY member_id ORDER BY min(id)",
            [case_id],
        )
    ]


def message(db: Database, message_id: int) -> Message | None:
    """The message with this key, or None."""
    return one(db, Message, f"SELECT {_COLUMNS} FROM outbox WHERE id = ?", [message_id])


def text_sent(db: Database, message_id: int, now: datetime, remote_id: str) -> None:
    """Mark that the text went out; a retry then sends only the voice note."""
    db.execute("UPDATE outbox SET text_sent_at = ?, remote_id = ? WHERE id = ?", [_stamp(now), remote_id, message_id])
    deliveries.result(db, message_id, "delivered", now)


def sent(db: Database, message_id: int, now: datetime) -> None:
    """Mark a message as delivered."""
    db.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ? WHERE id = ? AND state = 'waiting'", [_stamp(now), message_id]
    )
    deliveries.result(db, message_id, "delivered", now)


def retry(
    db: Database,
    tried: Message,
    now: datetime,
    error: str,
    *,
    wait: float | None = None,
    most: int | None = None,
) -> None:
    """Try a message again later; after `most` tries (None: never) it has failed. `error` names a kind, no words."""
    attempts = tried.attempts + 1
    seconds = wait if wait is not None else _WAITS[min(attempts, len(_WAITS)) - 1]
    state = "failed" if most is not None and attempts >= most else "waiting"
    db.execute(
        "UPDATE outbox SET attempts = ?, due_at = ?, last_error = ?, state = ? WHERE id = ?",
        [attempts, _stamp(now + timedelta(seconds=seconds)), error, state, tried.id],
    )
    deliveries.result(db, tried.id, "failed", now)


def fail(db: Database, tried: Message, error: str, now: datetime) -> None:
    """Mark a message that can never be delivered (a chat that refuses us)."""
    db.execute(
        "UPDATE outbox SET state = 'failed', attempts = attempts + 1, last_error = ? WHERE id = ? "
        "AND state IN ('waiting', 'failed')",
        [error, tried.id],
    )
    deliveries.result(db, tried.id, "refused", now)


def cancel_alerts(db: Database, case_id: int) -> int:
    """Keep back the alerts of a case that are not out yet: somebody has taken it. Returns how many."""
    return int(
        db.execute(
            "UPDATE outbox SET state = 'cancelled' WHERE case_id = ? AND lane = 'alert' AND state = 'waiting' "
            "AND text_sent_at IS NULL",
            [case_id],
        ).rowcount
    )


def cancel_keys(db: Database, prefix: str) -> None:
    """Keep back the messages whose keys begin so and that are not out yet: newer news has overtaken them."""
    db.execute(
        "UPDATE outbox SET state = 'cancelled' WHERE dedupe_key >= ? AND dedupe_key < ? AND state = 'waiting' "
        "AND text_sent_at IS NULL",
        [prefix, prefix + "\uffff"],
    )


def reached(db: Database, prefix: str) -> set[int]:
    """The members for whom a message whose key begins so is out."""
    found = db.execute(
        "SELECT DISTINCT member_id FROM outbox WHERE dedupe_key >= ? AND dedupe_key < ? AND member_id IS NOT NULL "
        "AND (state = 'sent' OR text_sent_at IS NOT NULL)",
        [prefix, prefix + "\uffff"],
    )
    return {int(row[0]) for row in found.fetchall()}


def last_id(db: Database) -> int:
    """The key of the message written last, 0 before the first."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0])


def held_since(db: Database, after_id: int) -> datetime | None:
    """Until when the routine messages written after this one are held back; None where none is."""
    found = db.execute(
        "SELECT max(due_at) FROM outbox WHERE id > ? AND lane = 'routine' AND due_at > created_at", [after_id]
    ).fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def mend_times(db: Database, now: datetime) -> None:
    """Where the clock was set back, what was written in a future that is gone is tried now."""
    stamp = _stamp(now)
    db.execute(
        "UPDATE outbox SET created_at = ?, due_at = ? WHERE state = 'waiting' AND created_at > ?",
        [stamp, stamp, stamp],
    )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
