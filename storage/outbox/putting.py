"""Writing down what is to go out, in the transaction of its effect."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlite_utils import Database

from storage.outbox.row import Button, Lane, stamp


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
    chart: str = "",
    after_id: int | None = None,
) -> int | None:
    """Write a message to be delivered; the same key twice is one message. Returns its key, None for the second."""
    at = stamp(now)
    written = db.execute(
        "INSERT INTO outbox (dedupe_key, lane, member_id, channel, address, text, spoken, buttons, recording_id, "
        "case_id, created_at, due_at, chart, after_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (dedupe_key) DO NOTHING",
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
            at,
            stamp(max(now, not_before or now)),
            chart,
            after_id,
        ],
    )
    return int(written.lastrowid or 0) if written.rowcount else None
