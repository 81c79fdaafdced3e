"""Care cases: who was reported in need, by whom, who has taken it, who went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database import insert, one, rows

TRIGGERS = ("emergency", "illness", "hardship", "bereavement", "holiday")
_COLUMNS = (
    "care_case.id, branch_id, number, trigger, member_id, who, state, place, reported_at, due_at, "
    "acknowledged_by, acknowledged_at"
)


@dataclass(frozen=True)
class CareCase:
    """Somebody in need, until a human has been there."""

    id: int
    """Key."""
    branch_id: int
    """The branch."""
    number: int
    """1, 2, 3 … in the branch: the number that people say."""
    trigger: str
    """emergency, illness, hardship, bereavement or holiday."""
    member_id: int | None
    """The member in need; None where it is somebody else (a neighbour)."""
    who: str
    """The name as it was said or as the roster has it."""
    state: str
    """reported, acknowledged, visited or closed."""
    place: str
    """Where, as it was said; empty where not said."""
    reported_at: str
    """ISO local, of the first report."""
    due_at: str
    """ISO local: by then somebody is to have been there."""
    acknowledged_by: int | None
    """Who has taken it."""
    acknowledged_at: str | None
    """When it was taken."""


@dataclass(frozen=True)
class Opened:
    """What a report did."""

    case: CareCase
    """The case as it now stands."""
    new: bool
    """False when the report was added to a case that was open already."""


def report(
    db: Database,
    *,
    branch_id: int,
    trigger: str,
    member_id: int | None,
    who: str,
    reporter_id: int,
    said: str,
    place: str,
    recording_id: int | None,
    now: datetime,
    due_at: datetime,
) -> Opened:
    """Open a case, or add the report to the person's open case of the same trigger."""
    standing = _open_case(db, branch_id, trigger, member_id)
    stamp = now.isoformat(timespec="seconds")
    case_id = (
        standing.id
        if standing
        else insert(
            db,
            "care_case",
            branch_id=branch_id,
            number=_next_number(db, branch_id),
            trigger=trigger,
            member_id=member_id,
            who=who,
            place=place,
            reported_at=stamp,
            due_at=due_at.isoformat(timespec="seconds"),
        )
    )
    insert(
        db,
        "care_report",
        case_id=case_id,
        reporter_id=reporter_id,
        said=said,
        recording_id=recording_id,
        at=stamp,
    )
    case = find_case(db, branch_id, case_id)
    assert case is not None  # noqa: S101 - written above
    return Opened(case, standing is None)


def find_case(db: Database, branch_id: int, case_id: int) -> CareCase | None:
    """The branch's case with this key, or None."""
    return one(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE branch_id = ? AND id = ?",
        [branch_id, case_id],
    )


def open_cases(db: Database, branch_id: int, *, unvisited: bool = False) -> list[CareCase]:
    """The branch's cases that are not closed, most urgent and oldest first; `unvisited` leaves out those visited."""
    states = "('reported', 'acknowledged')" if unvisited else "('reported', 'acknowledged', 'visited')"
    return rows(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE branch_id = ? AND state IN {states} "
        "ORDER BY trigger = 'emergency' DESC, due_at, id",
        [branch_id],
    )


def reported_by(db: Database, reporter_id: int) -> list[CareCase]:
    """The open cases about this person, or reported by them, newest first."""
    return rows(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE state <> 'closed' AND (member_id = ? OR id IN "
        "(SELECT case_id FROM care_report WHERE reporter_id = ?)) ORDER BY id DESC",
        [reporter_id, reporter_id],
    )


def reporters(db: Database, case_id: int) -> list[int]:
    """Everybody who reported this case, first reporter first."""
    return [
        int(row[0])
        for row in db.execute(
            "SELECT reporter_id FROM care_report WHERE case_id = ? GROUP BY reporter_id ORDER BY min(id)",
            [case_id],
        )
    ]


def acknowledge(db: Database, case: CareCase, officer_id: int, now: datetime) -> bool:
    """Let somebody take the case; False where somebody else already has."""
    changed = db.execute(
        "UPDATE care_case SET state = 'acknowledged', acknowledged_by = ?, acknowledged_at = ? "
        "WHERE id = ? AND branch_id = ? AND acknowledged_by IS NULL",
        [officer_id, now.isoformat(timespec="seconds"), case.id, case.branch_id],
    ).rowcount
    return bool(changed)


def assign(db: Database, case: CareCase, member_id: int, who: str) -> CareCase:
    """Say who a case is about; a case of that member and trigger that is open already takes the reports over."""
    standing = _open_case(db, case.branch_id, case.trigger, member_id)
    if standing and standing.id != case.id:
        db.execute("UPDATE care_report SET case_id = ? WHERE case_id = ?", [standing.id, case.id])
        db.execute("UPDATE care_case SET state = 'closed' WHERE id = ?", [case.id])
        return standing
    db.execute("UPDATE care_case SET member_id = ?, who = ? WHERE id = ?", [member_id, who, case.id])
    assigned = find_case(db, case.branch_id, case.id)
    assert assigned is not None  # noqa: S101 - updated above
    return assigned


def record_visit(
    db: Database,
    case: CareCase,
    visitor_id: int,
    now: datetime,
    *,
    notes: str = "",
    gift_fen: int | None = None,
) -> int:
    """Write down that somebody was there; returns the visit's key."""
    db.execute("UPDATE care_case SET state = 'visited' WHERE id = ?", [case.id])
    return insert(
        db,
        "visit",
        case_id=case.id,
        visitor_id=visitor_id,
        at=now.isoformat(timespec="seconds"),
        notes=notes,
        gift_fen=gift_fen,
    )


def _open_case(db: Database, branch_id: int, trigger: str, member_id: int | None) -> CareCase | None:
    if member_id is None:  # a neighbour whom the roster does not know: each report is a case of its own
        return None
    return one(
        db,
        CareCase,
        f"SELECT {_COLUMNS} FROM care_case WHERE branch_id = ? AND member_id = ? AND trigger = ? AND state <> 'closed'",
        [branch_id, member_id, trigger],
    )


def _next_number(db: Database, branch_id: int) -> int:
    return int(
        db.execute("SELECT coalesce(max(number), 0) + 1 FROM care_case WHERE branch_id = ?", [branch_id]).fetchone()[0]
    )
