"""How a case goes on: somebody is told, takes it, was there; and it is closed, or asked about anew."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.care.case import CareCase, NotVisited, the_case


def told(db: Database, case_id: int) -> None:
    """Note that an alert has reached somebody."""
    db.execute("UPDATE care_case SET state = 'told' WHERE id = ? AND state = 'reported'", [case_id])


def next_step(db: Database, case: CareCase) -> int:
    """Count one more step of the ladder; returns its number, 1 for the first."""
    db.execute("UPDATE care_case SET step = step + 1 WHERE id = ?", [case.id])
    return int(db.execute("SELECT step FROM care_case WHERE id = ?", [case.id]).fetchone()[0])


def acknowledge(db: Database, case: CareCase, officer_id: int, now: datetime) -> bool:
    """Let somebody take the case; False where somebody else already has, or where it is closed."""
    changed = db.execute(
        "UPDATE care_case SET acknowledged_by = ?, acknowledged_at = ?, state = iif(EXISTS "
        "(SELECT 1 FROM visit WHERE case_id = care_case.id AND at IS NULL), 'visit_planned', 'acknowledged') "
        "WHERE id = ? AND branch_id = ? AND state IN ('reported', 'told')",
        [officer_id, _stamp(now), case.id, case.branch_id],
    ).rowcount
    return bool(changed)


def ask_anew(db: Database, case_id: int, now: datetime) -> None:
    """Somebody is wanted again: what was taken or visited was reported once more."""
    db.execute(
        "UPDATE care_case SET state = 'reported', asked_at = ?, acknowledged_by = NULL, acknowledged_at = NULL "
        "WHERE id = ?",
        [_stamp(now), case_id],
    )


def asked_by_now(db: Database, case: CareCase, now: datetime) -> CareCase:
    """The case, asked since now at the latest: where the clock was set back, it was asked in a future that is gone."""
    if datetime.fromisoformat(case.asked_at) <= now:
        return case
    db.execute("UPDATE care_case SET asked_at = ? WHERE id = ?", [_stamp(now), case.id])
    return the_case(db, case.branch_id, case.id)


def visited(db: Database, case_id: int) -> bool:
    """Whether somebody was there, spoke with them by telephone, or met the family."""
    found = db.execute("SELECT 1 FROM visit WHERE case_id = ? AND outcome <> 'not_met' LIMIT 1", [case_id])
    return found.fetchone() is not None


def close(
    db: Database, case: CareCase, by: int | None, now: datetime, *, reason: str = "", false_alarm: bool = False
) -> None:
    """Close a case that was visited, or say why it is closed without. Raises NotVisited where neither is so.

    `by` is None where nobody did, because its time was over (a festival long past).

    A false alarm is closed with its reason and changes nothing for the next report: it lowers nobody's priority.
    """
    if not reason and (false_alarm or not visited(db, case.id)):
        raise NotVisited(f"care case {case.id} has neither a visit nor a reason")
    db.execute(
        "UPDATE care_case SET state = ?, closed_at = ?, closed_by = ?, close_reason = ? WHERE id = ?",
        ["false_alarm" if false_alarm else "closed", _stamp(now), by, reason, case.id],
    )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
