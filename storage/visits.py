"""Visits of a care case: planned, carried out or missed, with what was found and what was brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from storage.care import CareCase
from storage.database import insert, one, rows

Outcome = Literal["met", "not_met", "by_phone", "family"]
OUTCOMES: tuple[Outcome, ...] = ("met", "not_met", "by_phone", "family")
"""Met; not met; spoken with by telephone; the family met instead. Not met leaves the case where it is."""
_COLUMNS = (
    "visit.id, case_id, visitor_id, planned_at, at, outcome, notes, gift_fen, recording_id, recorded_by FROM visit"
)


@dataclass(frozen=True)
class Visit:
    """One visit, planned or carried out."""

    id: int
    """Key."""
    case_id: int
    """Of which case."""
    visitor_id: int | None
    """Who goes or went."""
    planned_at: str | None
    """ISO local: when somebody means to go; None for one that nobody planned."""
    at: str | None
    """ISO local: when it was; None while it is only planned."""
    outcome: Outcome | None
    """How it went; None while it is only planned."""
    notes: str
    """What was found, in the visitor's own words."""
    gift_fen: int | None
    """Money brought, in fen; None where none was spoken of."""
    recording_id: int | None
    """The voice message in which it was told."""
    recorded_by: int | None
    """Who told it."""


def plan(db: Database, case: CareCase, visitor_id: int, planned_at: datetime) -> int:
    """Write down who means to go when; a visit that is planned already is moved. Returns its key.

    A plan alone takes nothing: until somebody has acknowledged the case, the ladder goes on.
    """
    moment = planned_at.isoformat(timespec="seconds")
    db.execute(
        "UPDATE care_case SET state = 'visit_planned' WHERE id = ? AND state = 'acknowledged'",
        [case.id],
    )
    standing = planned(db, case.id)
    if standing is None:
        return insert(db, "visit", case_id=case.id, visitor_id=visitor_id, planned_at=moment)
    db.execute("UPDATE visit SET visitor_id = ?, planned_at = ? WHERE id = ?", [visitor_id, moment, standing.id])
    return standing.id


def planned(db: Database, case_id: int) -> Visit | None:
    """The case's visit that is still to come, or None."""
    return one(db, Visit, f"SELECT {_COLUMNS} WHERE case_id = ? AND at IS NULL ORDER BY id DESC", [case_id])


def record(
    db: Database,
    case: CareCase,
    visitor_id: int,
    at: datetime,
    *,
    outcome: Outcome = "met",
    notes: str = "",
    gift_fen: int | None = None,
    recording_id: int | None = None,
    recorded_by: int | None = None,
) -> int:
    """Write down how a visit went; it is the planned one where there is one. Returns its key."""
    told: dict[str, str | int | None] = {
        "visitor_id": visitor_id,
        "at": at.isoformat(timespec="seconds"),
        "outcome": outcome,
        "notes": notes,
        "gift_fen": gift_fen,
        "recording_id": recording_id,
        "recorded_by": recorded_by if recorded_by is not None else visitor_id,
    }
    if outcome != "not_met":
        db.execute(
            "UPDATE care_case SET state = 'visited' WHERE id = ? AND state NOT IN ('closed', 'false_alarm')", [case.id]
        )
    standing = planned(db, case.id)
    if standing is None:
        return insert(db, "visit", case_id=case.id, **told)
    columns = ", ".join(f"{column} = ?" for column in told)
    db.execute(f"UPDATE visit SET {columns} WHERE id = ?", [*told.values(), standing.id])
    return standing.id


def of_case(db: Database, case_id: int) -> list[Visit]:
    """Everything planned and done for a case, in order."""
    return rows(db, Visit, f"SELECT {_COLUMNS} WHERE case_id = ? ORDER BY coalesce(at, planned_at), id", [case_id])


def planned_between(db: Database, branch_id: int, start: datetime, end: datetime) -> list[Visit]:
    """The branch's visits that somebody means to make in this stretch, in order."""
    return rows(
        db,
        Visit,
        f"SELECT {_COLUMNS} JOIN care_case ON care_case.id = case_id WHERE branch_id = ? AND visit.at IS NULL "
        "AND planned_at >= ? AND planned_at < ? AND state NOT IN ('closed', 'false_alarm') ORDER BY planned_at",
        [branch_id, start.isoformat(timespec="seconds"), end.isoformat(timespec="seconds")],
    )
