"""What an officer told everybody, or a group: the words as they were sent, and to whom they have got through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, rows

_COLUMNS = (
    "broadcast.id, broadcast.branch_id, audience, text, sender.name AS sent_by, at FROM broadcast "
    "JOIN member AS sender ON sender.id = sent_by"
)


@dataclass(frozen=True)
class Broadcast:
    """Something told to many at once."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    audience: str
    """everybody, frail, unpaid, signed_up, absent or officers."""
    text: str
    """The words as they were sent."""
    sent_by: str
    """Name of the officer."""
    at: str
    """ISO local."""


@dataclass(frozen=True)
class Delivery:
    """How far a broadcast has got with one person."""

    member_id: int
    """Who."""
    name: str
    """Their name."""
    state: str
    """heard (told in a talk), sent (in their chat), waiting or failed."""
    at: str
    """ISO local: when it got through; empty where it has not."""


def add(db: Database, branch_id: int, audience: str, text: str, by: int, now: datetime) -> int:
    """Write what is told to many; returns its key. The messages themselves are rows of the outbox."""
    return insert(
        db,
        "broadcast",
        branch_id=branch_id,
        audience=audience,
        text=text,
        sent_by=by,
        at=now.isoformat(timespec="seconds"),
    )


def key_of(broadcast_id: int, member_id: int) -> str:
    """How the messages of a broadcast to one person begin their key in the outbox."""
    return f"broadcast:{broadcast_id}:{member_id}"


def latest(db: Database, branch_id: int, count: int = 20) -> list[Broadcast]:
    """The branch's last broadcasts, newest first."""
    return rows(
        db,
        Broadcast,
        f"SELECT {_COLUMNS} WHERE broadcast.branch_id = ? ORDER BY broadcast.id DESC LIMIT ?",
        [branch_id, count],
    )


def deliveries(db: Database, branch_id: int, broadcast_id: int) -> list[Delivery]:
    """Everybody it was for, in roster order; one message that got through is enough."""
    return rows(
        db,
        Delivery,
        "SELECT member.id AS member_id, name, "
        "CASE WHEN sum(outbox.state = 'sent' AND channel = 'next_turn') THEN 'heard' "
        "WHEN sum(outbox.state = 'sent') THEN 'sent' WHEN sum(outbox.state = 'waiting') THEN 'waiting' "
        "ELSE 'failed' END AS state, coalesce(min(sent_at), '') AS at "
        "FROM outbox JOIN member ON member.id = outbox.member_id "
        "WHERE member.branch_id = ? AND dedupe_key >= ? AND dedupe_key < ? GROUP BY member.id ORDER BY member.id",
        [branch_id, f"broadcast:{broadcast_id}:", f"broadcast:{broadcast_id};"],
    )
