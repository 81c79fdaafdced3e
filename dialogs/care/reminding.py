"""When an officer is reminded of a visit: the evening before and in the morning, each a due row of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

from dialogs.hours import on_day
from dialogs.office import Office
from storage import due
from storage.care import CareCase

KIND = "visit_reminder"
"""The due rows of reminders."""


def put(visit_id: int, case: CareCase, at: datetime, desk: Office) -> None:
    """Write the rows that are still to come; those of an earlier plan for this visit no longer hold."""
    cancel(case.id, desk)
    for part, moment in moments(at, desk).items():
        if moment > desk.now:
            due.put(
                desk.db, branch_id=desk.branch_id, kind=KIND,
                key=f"visit:{visit_id}:{at.isoformat()}:{part}:{desk.now.isoformat()}", now=desk.now, at=moment,
                case_id=case.id, subject=subject(visit_id, at, part),
            )  # fmt: skip


def cancel(case_id: int, desk: Office) -> None:
    """Let no reminder of the case's visit fire."""
    due.cancel_case(desk.db, case_id, KIND)


def moments(at: datetime, desk: Office) -> dict[str, datetime]:
    """When the reminders are due; a visit before the morning's hour is reminded of an hour before."""
    morning = on_day(at.date(), desk.profile, "visit.remind_morning")
    if morning > at - timedelta(hours=1):
        morning = at - timedelta(hours=1)
    return {"eve": on_day(at.date() - timedelta(days=1), desk.profile, "visit.remind_eve"), "morning": morning}


def subject(visit_id: int, at: datetime, part: str) -> str:
    """What the duty needs to know."""
    return f"{visit_id}|{at.isoformat(timespec='minutes')}|{part}"
