"""Reading care cases for the desk: what was reported in which words, what was closed, and everybody's name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from storage.database import rows


@dataclass(frozen=True)
class Report:
    """One report of a case."""

    id: int
    """Key."""
    reporter: str
    """Who told it."""
    said: str
    """The words."""
    recording_id: int | None
    """The voice message."""
    at: str
    """ISO local."""


@dataclass(frozen=True)
class Closed:
    """A case that needs nobody any more."""

    id: int
    """Key."""
    number: int
    """The number that people say."""
    trigger: str
    """What it was about."""
    who: str
    """Who was in need."""
    state: str
    """closed or false_alarm."""
    reported_at: str
    """ISO local."""
    closed_at: str
    """ISO local."""
    close_reason: str
    """Why it was closed without a visit; empty where a visit closed it."""


def reports(db: Database, case_id: int) -> list[Report]:
    """What was reported of a case, in order."""
    return rows(
        db,
        Report,
        "SELECT care_report.id, name AS reporter, said, recording_id, at FROM care_report "
        "JOIN member ON member.id = reporter_id WHERE case_id = ? ORDER BY care_report.id",
        [case_id],
    )


def closed(db: Database, branch_id: int, count: int) -> list[Closed]:
    """The branch's cases that were closed last, newest first, without those that became part of another."""
    return rows(
        db,
        Closed,
        "SELECT id, number, trigger, who, state, reported_at, coalesce(closed_at, reported_at) AS closed_at, "
        "close_reason FROM care_case WHERE branch_id = ? AND state IN ('closed', 'false_alarm') "
        "AND merged_into IS NULL ORDER BY closed_at DESC, id DESC LIMIT ?",
        [branch_id, count],
    )


def names(db: Database, branch_id: int) -> dict[int, str]:
    """Everybody who is or was of the branch, by key: who went may have left since."""
    found = db.execute("SELECT id, name FROM member WHERE branch_id = ?", [branch_id])
    return {int(key): str(name) for key, name in found}
