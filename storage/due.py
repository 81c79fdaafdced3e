"""What is to happen at a time: every reminder, escalation and digest is a row, so that it survives a restart.

A row fires once, in the transaction of what it does. One that was missed fires at the next look and is marked late.
A row for a moment (tomorrow at seven) keeps that moment whatever the clock does; a row for a stretch (in three
minutes) is measured anew where the clock was set back behind the time at which it was written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from storage.database import one

LATE = timedelta(seconds=60)
"""From so long after its time a row counts as fired late."""
_WAITS = (5, 15, 60, 300)
"""Seconds until a row whose duty failed is tried again, by tries so far; the last is kept for ever."""
_COLUMNS = "id, branch_id, kind, dedupe_key, member_id, case_id, subject, due_at, state, fired_at, late, tries"


@dataclass(frozen=True)
class DueRow:
    """Something that is to happen."""

    id: int
    """Key."""
    branch_id: int
    """For which branch."""
    kind: str
    """The duty that fires: a module of dialogs/duties."""
    dedupe_key: str
    """Unique: written twice it is one row, fired once for good."""
    member_id: int | None
    """Whom it concerns."""
    case_id: int | None
    """The care case it belongs to."""
    subject: str
    """What else the duty needs to know, in its own words (春节:2027)."""
    due_at: str
    """ISO local: not before."""
    state: str
    """waiting, fired or cancelled."""
    fired_at: str | None
    """When it fired."""
    late: int
    """1 where it fired later than LATE."""
    tries: int
    """How often its duty failed so far."""


def put(
    db: Database,
    *,
    branch_id: int,
    kind: str,
    key: str,
    now: datetime,
    at: datetime | None = None,
    after: timedelta | None = None,
    member_id: int | None = None,
    case_id: int | None = None,
    subject: str = "",
) -> bool:
    """Let `kind` happen `at` a moment or `after` a stretch; False where the key has a row already, fired or not."""
    moment = _moment(now, at, after)
    written = db.execute(
        "INSERT INTO due (branch_id, kind, dedupe_key, member_id, case_id, subject, put_at, due_at, stretch) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING",
        [branch_id, kind, key, member_id, case_id, subject, _stamp(now), _stamp(moment), int(after is not None)],
    )
    return bool(written.rowcount)


def cancel(db: Database, key: str) -> bool:
    """Let the row of this key not happen; its key stays taken. False where it does not wait."""
    return bool(
        db.execute("UPDATE due SET state = 'cancelled' WHERE dedupe_key = ? AND state = 'waiting'", [key]).rowcount
    )


def cancel_case(db: Database, case_id: int, kind: str) -> int:
    """Let nothing more of this kind happen for a care case; returns how much was waiting."""
    return int(
        db.execute(
            "UPDATE due SET state = 'cancelled' WHERE case_id = ? AND kind = ? AND state = 'waiting'", [case_id, kind]
        ).rowcount
    )


def only(
    db: Database,
    *,
    branch_id: int,
    kind: str,
    case_id: int,
    now: datetime,
    at: datetime | None = None,
    after: timedelta | None = None,
) -> None:
    """Let exactly one row of this kind wait for a care case: one that waits already is moved."""
    moment = _moment(now, at, after)
    moved = db.execute(
        "UPDATE due SET put_at = ?, due_at = ?, stretch = ?, again_at = NULL WHERE case_id = ? AND kind = ? "
        "AND state = 'waiting'",
        [_stamp(now), _stamp(moment), int(after is not None), case_id, kind],
    ).rowcount
    if not moved:
        number = db.execute("SELECT count(*) FROM due WHERE case_id = ? AND kind = ?", [case_id, kind]).fetchone()[0]
        key = f"{kind}:{case_id}:{number}"
        put(db, branch_id=branch_id, kind=kind, key=key, now=now, at=at, after=after, case_id=case_id)


def waiting(db: Database, *, kind: str, case_id: int | None = None, member_id: int | None = None) -> DueRow | None:
    """The next row of this kind that waits, for this case or member where one is given."""
    return one(
        db,
        DueRow,
        f"SELECT {_COLUMNS} FROM due WHERE state = 'waiting' AND kind = ? AND (? IS NULL OR case_id = ?) "
        "AND (? IS NULL OR member_id = ?) ORDER BY due_at, id",
        [kind, case_id, case_id, member_id, member_id],
    )


def next_at(db: Database) -> datetime | None:
    """When the next row is due; None where nothing waits."""
    found = db.execute("SELECT min(coalesce(again_at, due_at)) FROM due WHERE state = 'waiting'").fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def take_due(db: Database, now: datetime) -> DueRow | None:
    """Mark the first row that is due as fired and hand it out, inside the transaction of what it does."""
    _measure_anew(db, now)
    row = one(
        db,
        DueRow,
        f"SELECT {_COLUMNS} FROM due WHERE state = 'waiting' AND coalesce(again_at, due_at) <= ? "
        "ORDER BY coalesce(again_at, due_at), id LIMIT 1",
        [_stamp(now)],
    )
    if row is None:
        return None
    late = int(now - datetime.fromisoformat(row.due_at) > LATE)
    db.execute("UPDATE due SET state = 'fired', fired_at = ?, late = ? WHERE id = ?", [_stamp(now), late, row.id])
    return replace(row, state="fired", fired_at=_stamp(now), late=late)


def failed(db: Database, row: DueRow, now: datetime, error: str) -> None:
    """Try a row again later: its duty failed and undid what it did. `error` names a kind, no words."""
    wait = timedelta(seconds=_WAITS[min(row.tries, len(_WAITS) - 1)])
    db.execute(
        "UPDATE due SET state = 'waiting', fired_at = NULL, tries = tries + 1, again_at = ?, last_error = ? "
        "WHERE id = ?",
        [_stamp(now + wait), error, row.id],
    )


def _measure_anew(db: Database, now: datetime) -> None:
    """Where the clock was set back, what waits for a stretch of time waits that stretch from now, and no longer."""
    set_back = db.execute(
        "SELECT id, put_at, due_at FROM due WHERE state = 'waiting' AND stretch = 1 AND put_at > ?", [_stamp(now)]
    ).fetchall()
    for key, put_at, due_at in set_back:
        stretch = datetime.fromisoformat(due_at) - datetime.fromisoformat(put_at)
        db.execute("UPDATE due SET put_at = ?, due_at = ? WHERE id = ?", [_stamp(now), _stamp(now + stretch), key])
    longest = _stamp(now + timedelta(seconds=_WAITS[-1]))
    db.execute("UPDATE due SET again_at = ? WHERE state = 'waiting' AND again_at > ?", [_stamp(now), longest])


def _moment(now: datetime, at: datetime | None, after: timedelta | None) -> datetime:
    moment = at if after is None else now + after
    if moment is None:
        raise ValueError("a due row has neither a moment nor a stretch")
    return moment


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
