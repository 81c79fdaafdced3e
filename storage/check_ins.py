"""Check-ins: who is asked how they are, how often, who does not want it, and what came of each.

A check-in is one question with at most two tries. Any word of the member's ends it; what they answer decides how.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, rows

_COLUMNS = "id, member_id, tries, asked_at, state, answered_at, said"


@dataclass(frozen=True)
class Rhythm:
    """How a member wants to be asked."""

    member_id: int
    """Who."""
    every_days: int | None
    """Days from one check-in to the next; None for the branch's usual."""
    refused: int
    """1 for a member who does not want to be asked."""
    said: str
    """The words in which they said so."""


@dataclass(frozen=True)
class CheckIn:
    """One question how somebody is."""

    id: int
    """Key."""
    member_id: int
    """Who was asked."""
    tries: int
    """How often, 1 or 2."""
    asked_at: str
    """ISO local, of the last try."""
    state: str
    """asked, well, unwell, heard (they spoke of something else) or unanswered."""
    answered_at: str | None
    """ISO local."""
    said: str
    """The answer, word for word."""


def rhythm(db: Database, member_id: int) -> Rhythm | None:
    """How this member wants to be asked; None for one who never said."""
    return one(db, Rhythm, "SELECT member_id, every_days, refused, said FROM rhythm WHERE member_id = ?", [member_id])


def set_rhythm(db: Database, member_id: int, every_days: int, said: str, now: datetime) -> None:
    """Ask this member every so many days from now on, in place of what they wanted before."""
    _write(db, member_id, every_days, 0, said, now)


def refuse(db: Database, member_id: int, said: str, now: datetime) -> None:
    """Ask this member no more; a check-in that is open is over."""
    _write(db, member_id, None, 1, said, now)


def resume(db: Database, member_id: int, said: str, now: datetime) -> None:
    """Ask this member again, in the branch's usual rhythm."""
    _write(db, member_id, None, 0, said, now)


def ask(db: Database, member_id: int, now: datetime) -> CheckIn:
    """Write down that the question goes out: a first try, or the second of the check-in that is open."""
    stamp = now.isoformat(timespec="seconds")
    tried = db.execute(
        "UPDATE check_in SET tries = tries + 1, asked_at = ? WHERE member_id = ? AND state = 'asked'",
        [stamp, member_id],
    ).rowcount
    if not tried:
        insert(db, "check_in", member_id=member_id, asked_at=stamp)
    return latest_of(db, member_id)


def open_check_in(db: Database, member_id: int) -> CheckIn | None:
    """The question that this member has not answered yet."""
    return one(db, CheckIn, f"SELECT {_COLUMNS} FROM check_in WHERE member_id = ? AND state = 'asked'", [member_id])


def latest(db: Database, member_id: int) -> CheckIn | None:
    """The last question to this member, however it ended."""
    return one(db, CheckIn, f"SELECT {_COLUMNS} FROM check_in WHERE member_id = ? ORDER BY id DESC", [member_id])


def latest_of(db: Database, member_id: int) -> CheckIn:
    """The last question to a member who was asked at least once. Raises LookupError for any other."""
    found = latest(db, member_id)
    if found is None:
        raise LookupError(f"member {member_id} was never asked")
    return found


def end(
    db: Database,
    check_in: CheckIn,
    state: str,
    now: datetime,
    *,
    said: str = "",
    recording_id: int | None = None,
) -> bool:
    """Close a check-in with what came of it; False where it was over already."""
    changed = db.execute(
        "UPDATE check_in SET state = ?, answered_at = ?, said = ?, recording_id = ? WHERE id = ? AND state = 'asked'",
        [state, now.isoformat(timespec="seconds"), said, recording_id, check_in.id],
    ).rowcount
    return bool(changed)


def history(db: Database, member_id: int, limit: int = 10) -> list[CheckIn]:
    """The check-ins of a member, newest first."""
    return rows(
        db, CheckIn, f"SELECT {_COLUMNS} FROM check_in WHERE member_id = ? ORDER BY id DESC LIMIT ?", [member_id, limit]
    )


def _write(db: Database, member_id: int, every_days: int | None, refused: int, said: str, now: datetime) -> None:
    db.execute(
        "INSERT INTO rhythm (member_id, every_days, refused, said, changed_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (member_id) DO UPDATE SET every_days = excluded.every_days, refused = excluded.refused, "
        "said = excluded.said, changed_at = excluded.changed_at",
        [member_id, every_days, refused, said, now.isoformat(timespec="seconds")],
    )
