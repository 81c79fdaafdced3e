"""Looking, when its time has come, whether anybody has been with somebody in need."""

from __future__ import annotations

from datetime import datetime

from dialogs import quiet
from dialogs.office import Office
from storage import due
from storage.care import CareCase

KIND = "care_overdue"
"""Kind of the due rows."""


def look_at(case: CareCase, moment: datetime, desk: Office) -> None:
    """Look then whether somebody has been there; a reminder of anything but an emergency waits for the morning."""
    if case.trigger != "emergency":
        moment = quiet.not_before(desk.profile, moment)
    due.only(desk.db, branch_id=case.branch_id, kind=KIND, case_id=case.id, now=desk.now, at=moment)


def stop(case: CareCase, desk: Office) -> None:
    """Nobody need look any more."""
    due.cancel_case(desk.db, case.id, KIND)
