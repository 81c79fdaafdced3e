"""Who was tried for a care case, on which channel and on which step of the ladder, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

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


def of_case(db: Database, case_id: int) -> list[Delivery]:
    """Everything that was tried for a case, in order."""
    return rows(db, Delivery, f"SELECT {_COLUMNS} FROM delivery WHERE case_id = ? ORDER BY id", [case_id])
