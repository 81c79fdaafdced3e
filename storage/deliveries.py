"""Who was tried for a care case, on which channel and on which step of the ladder, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage import care
from storage.database import insert, rows

Result = Literal["tried", "delivered", "refused", "failed", "acknowledged"]
_COLUMNS = "id, case_id, officer_id, channel, rung, step, at, outcome, message_id"


@dataclass(frozen=True)
class Delivery:
    """One thing that happened on the way to an officer."""

    id: int
    """Key."""
    case_id: int
    """Of which case."""
    officer_id: int
    """Whom it was to reach."""
    channel: str
    """telegram, desk, or where it was acknowledged."""
    rung: int
    """The officer's place on the ladder, 1 for the first."""
    step: int
    """The step of the ladder on which they were called, 0 for the first."""
    at: str
    """ISO local."""
    outcome: Result
    """Put on its way; delivered; refused by the chat; given up; acknowledged by a human."""
    message_id: int | None
    """The outbox row; None for an acknowledgement."""


def note(
    db: Database,
    case_id: int,
    officer_id: int,
    channel: str,
    outcome: Result,
    now: datetime,
    *,
    rung: int = 0,
    step: int = 0,
    message_id: int | None = None,
) -> int:
    """Write down one try or its result; returns the key."""
    return insert(
        db,
        "delivery",
        case_id=case_id,
        officer_id=officer_id,
        channel=channel,
        rung=rung,
        step=step,
        at=now.isoformat(timespec="seconds"),
        outcome=outcome,
        message_id=message_id,
    )


def result(db: Database, message_id: int, outcome: Result, now: datetime) -> bool:
    """What came of a message that was put on its way for a case, once each; False where it belongs to none.

    Only now is somebody told: what waits in the outbox has told nobody.
    """
    written = db.execute(
        "INSERT INTO delivery (case_id, officer_id, channel, rung, step, at, outcome, message_id) "
        "SELECT case_id, officer_id, channel, rung, step, ?, ?, message_id FROM delivery AS try "
        "WHERE message_id = ? AND outcome = 'tried' AND NOT EXISTS "
        "(SELECT 1 FROM delivery WHERE message_id = try.message_id AND outcome = ?) RETURNING case_id",
        [now.isoformat(timespec="seconds"), outcome, message_id, outcome],
    ).fetchone()
    if written and outcome == "delivered":
        care.told(db, int(written[0]))
    return written is not None


def called(db: Database, case_id: int, since: str) -> list[int]:
    """Which officers were called since this moment (ISO local), in the order of the first call."""
    found = db.execute(
        "SELECT officer_id FROM delivery WHERE case_id = ? AND outcome = 'tried' AND at >= ? "
        "GROUP BY officer_id ORDER BY min(id)",
        [case_id, since],
    )
    return [int(row[0]) for row in found.fetchall()]


def reached(db: Database, case_id: int, step: int) -> bool:
    """Whether anybody called on this step or after it has had the alert delivered."""
    found = db.execute(
        "SELECT 1 FROM delivery WHERE case_id = ? AND step >= ? AND outcome IN ('delivered', 'acknowledged') LIMIT 1",
        [case_id, step],
    )
    return found.fetchone() is not None


def delivered_to(db: Database, case_id: int, since: str) -> list[int]:
    """To which officers an alert was delivered since this moment (ISO local), first one first."""
    found = db.execute(
        "SELECT officer_id FROM delivery WHERE case_id = ? AND outcome = 'delivered' AND at >= ? "
        "GROUP BY officer_id ORDER BY min(id)",
        [case_id, since],
    )
    return [int(row[0]) for row in found.fetchall()]


def of_case(db: Database, case_id: int) -> list[Delivery]:
    """Everything that was tried for a case, in order."""
    return rows(db, Delivery, f"SELECT {_COLUMNS} FROM delivery WHERE case_id = ? ORDER BY id", [case_id])
